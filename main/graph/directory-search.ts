import type { Group, Site, User } from '@microsoft/microsoft-graph-types';
import { asObject, fieldsOf, flag, type GraphObject, ShapeError, text, withoutUndefined } from './fields.ts';
import type { ReadRequest } from './graph-request.ts';
import { type Page, toPage } from './page.ts';
import { odataString, segment } from './paths.ts';
import { scopes } from './scopes.ts';

/** A user, group or site as the directory knows it: what can be protected, or named by an inclusion rule. */
export interface DirectoryObject {
  readonly type: 'user' | 'group' | 'site';
  /** Directory object id, or site id. */
  readonly id: string;
  readonly name: string;
  /** E-mail address or user principal name, or the site's address. */
  readonly address?: string;
  /** Users: false where the account is blocked. */
  readonly isEnabled?: boolean;
  readonly graph: GraphObject;
}

const userFields = fieldsOf<User>()({
  id: text,
  displayName: text,
  mail: text,
  userPrincipalName: text,
});
const groupFields = fieldsOf<Group>()({ id: text, displayName: text, mail: text });
const siteFields = fieldsOf<Site>()({ id: text, displayName: text, name: text, webUrl: text });

const MATCHES_SHOWN = 25;

/** `$filter`s that need neither `ConsistencyLevel` nor `$count`: `startsWith` over properties that support it by default. */
const beginsWith = (properties: readonly string[], typed: string): string =>
  properties.map(property => `startswith(${property},${odataString(typed)})`).join(' or ');

const queryOf = (parameters: Readonly<Record<string, string>>): string =>
  Object.entries(parameters)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&');

/** Users whose name, e-mail address or user principal name begins so, at most 25. (user-list) */
export function searchUsersRequest(typed: string): ReadRequest<Page<DirectoryObject>> {
  const query = queryOf({
    $filter: beginsWith(['displayName', 'mail', 'userPrincipalName'], typed),
    $select: 'id,displayName,mail,userPrincipalName,accountEnabled',
    $top: String(MATCHES_SHOWN),
  });
  return {
    effect: 'read',
    method: 'GET',
    path: `/users?${query}`,
    scopes: [scopes.usersRead],
    toValue: toPage(member => {
      const graph = asObject(member, 'the user');
      const { id, displayName, mail, userPrincipalName } = userFields.parse(graph);
      if (id === undefined) throw new ShapeError('the user has no id');
      const address = mail ?? userPrincipalName;
      const isEnabled = flag.parse(graph['accountEnabled']);
      return {
        type: 'user',
        id,
        name: displayName ?? address ?? id,
        ...withoutUndefined({ address, isEnabled }),
        graph,
      };
    }),
  };
}

/** Groups whose name or e-mail address begins so, at most 25. (group-list) */
export function searchGroupsRequest(typed: string): ReadRequest<Page<DirectoryObject>> {
  const query = queryOf({
    $filter: beginsWith(['displayName', 'mail'], typed),
    $select: 'id,displayName,mail',
    $top: String(MATCHES_SHOWN),
  });
  return {
    effect: 'read',
    method: 'GET',
    path: `/groups?${query}`,
    scopes: [scopes.groupsRead],
    toValue: toPage(toGroup),
  };
}

/** One group. (group-get) */
export function fetchGroupRequest(groupId: string): ReadRequest<DirectoryObject> {
  return {
    effect: 'read',
    method: 'GET',
    path: `/groups/${segment(groupId)}?${queryOf({ $select: 'id,displayName,mail' })}`,
    scopes: [scopes.groupsRead],
    toValue: toGroup,
  };
}

function toGroup(value: unknown): DirectoryObject {
  const graph = asObject(value, 'the group');
  const { id, displayName, mail } = groupFields.parse(graph);
  if (id === undefined) throw new ShapeError('the group has no id');
  return { type: 'group', id, name: displayName ?? mail ?? id, ...withoutUndefined({ address: mail }), graph };
}

/** Sites that answer to the words typed, at most 25, by the service's own search. (site-search) */
export function searchSitesRequest(typed: string): ReadRequest<Page<DirectoryObject>> {
  const query = queryOf({ search: typed, $select: 'id,displayName,name,webUrl', $top: String(MATCHES_SHOWN) });
  return {
    effect: 'read',
    method: 'GET',
    path: `/sites?${query}`,
    scopes: [scopes.sitesRead],
    toValue: toPage(member => {
      const graph = asObject(member, 'the site');
      const { id, displayName, name, webUrl } = siteFields.parse(graph);
      if (id === undefined) throw new ShapeError('the site has no id');
      const shown = displayName ?? name ?? webUrl ?? id;
      return { type: 'site', id, name: shown, ...withoutUndefined({ address: webUrl }), graph };
    }),
  };
}
