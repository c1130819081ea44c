import type { Site, User } from '@microsoft/microsoft-graph-types';
import type { DirectorySite, DirectoryUser } from '../../shared/domain/gaps.ts';
import {
  asObject,
  fieldsOf,
  findObject,
  flag,
  type GraphObject,
  list,
  ShapeError,
  text,
  withoutUndefined,
} from './fields.ts';
import type { ReadRequest } from './graph-request.ts';
import { type Page, toPage } from './page.ts';
import { scopes } from './scopes.ts';

export type ListedUser = DirectoryUser & { readonly graph: GraphObject };
export type ListedSite = DirectorySite & { readonly graph: GraphObject };

const userFields = fieldsOf<User>()({
  id: text,
  displayName: text,
  mail: text,
  userPrincipalName: text,
  accountEnabled: flag,
  userType: text,
});
const siteFields = fieldsOf<Site>()({ id: text, displayName: text, name: text, webUrl: text, isPersonalSite: flag });

/** The largest page of users. */
const USERS_A_PAGE = 999;
/** `capabilityStatus` of plans whose data is kept: in use, in its grace period, or suspended. */
const KEPT: ReadonlySet<string> = new Set(['enabled', 'warning', 'suspended']);

/** All users of the tenant, guests too. What tells members, guests, blocked and unlicensed accounts apart comes on `$select` alone. (user-list) */
export function listUsersRequest(): ReadRequest<Page<ListedUser>> {
  const select = 'id,displayName,mail,userPrincipalName,accountEnabled,userType,assignedPlans';
  return {
    effect: 'read',
    method: 'GET',
    path: `/users?$select=${select}&$top=${USERS_A_PAGE}`,
    scopes: [scopes.usersRead],
    toValue: toPage(member => {
      const graph = asObject(member, 'the user');
      const { id, displayName, mail, userPrincipalName, accountEnabled, userType } = userFields.parse(graph);
      if (id === undefined) throw new ShapeError('the user has no id');
      const address = mail ?? userPrincipalName;
      return {
        type: 'user',
        id,
        name: displayName ?? address ?? id,
        ...withoutUndefined({
          address,
          isEnabled: accountEnabled,
          userType,
          services: toServices(graph['assignedPlans']),
        }),
        graph,
      };
    }),
  };
}

/** Services whose data is kept; nothing where Graph told no plans at all, which is another thing than an empty list. */
function toServices(plans: unknown): readonly string[] | undefined {
  if (!Array.isArray(plans)) return undefined;
  const services = list.parse(plans).flatMap(plan => {
    const told = findObject(plan);
    const service = text.parse(told?.['service']);
    const status = text.parse(told?.['capabilityStatus'])?.toLowerCase();
    return service === undefined || (status !== undefined && !KEPT.has(status)) ? [] : [service];
  });
  return [...new Set(services)];
}

/** All sites that the service's search shows to the caller: listing them otherwise is for applications. (site-search) */
export function listSitesRequest(): ReadRequest<Page<ListedSite>> {
  return {
    effect: 'read',
    method: 'GET',
    path: `/sites?search=*&$select=id,displayName,name,webUrl,isPersonalSite`,
    scopes: [scopes.sitesRead],
    toValue: toPage(member => {
      const graph = asObject(member, 'the site');
      const { id, displayName, name, webUrl, isPersonalSite } = siteFields.parse(graph);
      if (id === undefined) throw new ShapeError('the site has no id');
      return {
        type: 'site',
        id,
        name: displayName ?? name ?? webUrl ?? id,
        ...withoutUndefined({ address: webUrl, isPersonal: isPersonalSite }),
        graph,
      };
    }),
  };
}
