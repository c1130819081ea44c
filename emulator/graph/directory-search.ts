/**
 * Users, groups and sites as a console looks for them (user-list, group-list, group-get, site-search). Of `$filter` there is `startswith` over
 * the properties that support it without `ConsistencyLevel`, joined by `or`; anything else is refused as Graph refuses what it doesn't support.
 */
import { guid } from '../seeded-random.ts';
import type { Group, Resource } from '../state/resources.ts';
import { listed, page, selected } from './collection.ts';
import { json, linkTo } from './exchange.ts';
import type { GraphAnswer, GraphContext } from './exchange.ts';
import { badRequest, GraphError } from './graph-error.ts';
import type { JsonObject } from './request-body.ts';

const usualPlans = ['exchange', 'SharePoint'].map(service => ({ service, capabilityStatus: 'Enabled' }));

/** A plan of ours is as good as another: what it is called says its id alone. */
const planJson = (plan: { readonly service: string; readonly capabilityStatus: string }): JsonObject => ({
  assignedDateTime: '2024-01-08T09:00:00Z',
  capabilityStatus: plan.capabilityStatus,
  service: plan.service,
  servicePlanId: guid(1, 'service plan', plan.service),
});

/** Properties that a list gives only to who selects them (resources/user). */
const onSelectAlone: ReadonlySet<string> = new Set(['accountEnabled', 'userType', 'assignedPlans']);

const userJson = (context: GraphContext, user: Resource): JsonObject & { readonly id: string } => {
  const { id, displayName, address, isBlocked, isGuest, plans = usualPlans } = user;
  const whole = {
    id,
    displayName,
    mail: address,
    userPrincipalName: address,
    accountEnabled: isBlocked !== true,
    userType: isGuest === true ? 'Guest' : 'Member',
    assignedPlans: plans.map(planJson),
  };
  if (context.request.query.get('$select') !== null) return whole;
  const usual = Object.entries(whole).filter(([name]) => !onSelectAlone.has(name));
  return { ...Object.fromEntries(usual), id };
};

const groupJson = ({ id, displayName }: Group): JsonObject & { readonly id: string } => ({
  id,
  displayName,
  mail: null,
  mailEnabled: false,
  securityEnabled: true,
  groupTypes: [],
});

const siteJson = ({ id, displayName, address, isPersonalSite }: Resource): JsonObject & { readonly id: string } => ({
  id,
  name: address.split('/').at(-1) ?? '',
  displayName,
  webUrl: address,
  isPersonalSite: isPersonalSite === true,
});

const unsupported = (filter: string): GraphError =>
  badRequest(`Unsupported or invalid query filter clause specified: ${filter}`, 'Request_UnsupportedQuery');

const clausePattern = /^startswith\(\s*([A-Za-z]+)\s*,\s*'((?:[^']|'')*)'\s*\)/i;

/** A test of `$filter`, over properties of these names. Throws 400. */
const readBeginnings = (filter: string, properties: readonly string[]): ((entity: JsonObject) => boolean) => {
  const wanted: { readonly property: string; readonly beginning: string }[] = [];
  for (let rest = filter.trim(); rest !== '';) {
    const clause = clausePattern.exec(rest);
    const property = properties.find(name => name.toLowerCase() === clause?.[1]?.toLowerCase());
    if (clause === null || property === undefined) throw unsupported(filter);
    wanted.push({ property, beginning: (clause[2] ?? '').replaceAll("''", "'").toLowerCase() });
    rest = rest.slice(clause[0].length).trim();
    if (rest === '') break;
    const joined = /^or\s+/i.exec(rest);
    if (joined === null) throw unsupported(filter);
    rest = rest.slice(joined[0].length);
    if (rest === '') throw unsupported(filter);
  }
  return entity =>
    wanted.some(({ property, beginning }) => {
      const value = entity[property];
      return typeof value === 'string' && value.toLowerCase().startsWith(beginning);
    });
};

const narrowed = <T extends JsonObject & { readonly id: string }>(
  context: GraphContext,
  entities: readonly T[],
  properties: readonly string[],
): readonly T[] => {
  const filter = context.request.query.get('$filter');
  return filter === null ? entities : entities.filter(readBeginnings(filter, properties));
};

export const listUsers = (context: GraphContext): GraphAnswer => {
  const users = context.tenant.resources.list('mailbox').map(user => userJson(context, user));
  return page(context, listed(narrowed(context, users, ['displayName', 'mail', 'userPrincipalName'])), user => user);
};

export const listGroups = (context: GraphContext): GraphAnswer => {
  const groups = context.tenant.resources.listGroups().map(groupJson);
  return page(context, listed(narrowed(context, groups, ['displayName', 'mail'])), group => group);
};

export const getGroup = (context: GraphContext): GraphAnswer => {
  const group = context.tenant.resources.findGroup(context.id);
  if (group === undefined) {
    const message = `Resource '${context.id}' does not exist or one of its queried reference-property objects are not present.`;
    throw new GraphError(404, 'Request_ResourceNotFound', message);
  }
  return json(200, {
    '@odata.context': linkTo(context, '/$metadata#groups/$entity'),
    ...selected(context, groupJson(group)),
  });
};

/** All words must stand in the name or the address; `*` finds every site. Without `search` the call is for application permissions. */
export const searchSites = (context: GraphContext): GraphAnswer => {
  const search = context.request.query.get('search');
  if (search === null) throw badRequest('Listing all sites takes the search parameter.', 'invalidRequest');
  const words = search
    .toLowerCase()
    .split(/\s+/)
    .filter(word => word !== '' && word !== '*');
  const sites = context.tenant.resources.list('site').filter(({ displayName, address }) => {
    const text = `${displayName} ${address}`.toLowerCase();
    return words.every(word => text.includes(word));
  });
  return page(context, listed(sites.map(siteJson)), site => site);
};
