import { invalidScope, multipleResources, unknownResource } from './refusals.ts';
import type { Refusal } from './aadsts.ts';

/** Microsoft Graph, the only resource that the emulator issues tokens for. */
export const GRAPH = 'https://graph.microsoft.com';

const OPENID_SCOPES = new Set(['openid', 'profile', 'email', 'offline_access']);

/** What a `scope` parameter asks for. */
export interface AskedScopes {
  /** `openid`, `profile`, `email`, `offline_access`, in the order asked. */
  readonly openId: readonly string[];
  /** Graph's permissions by short name, such as `BackupRestore-Search.Read.All`, in the order asked; without `.default`. */
  readonly permissions: readonly string[];
  /** Whether `.default` was asked: everything consented, and at a consent page all that the application lists. */
  readonly isDefault: boolean;
  /** Permissions and `.default` as they were written, with or without Graph's address. */
  readonly asWritten: readonly string[];
}

const toShortName = (scope: string): { resource: string; name: string } => {
  const slash = scope.lastIndexOf('/');
  return slash === -1
    ? { resource: '', name: scope }
    : { resource: scope.slice(0, slash).replace(/\/$/, ''), name: scope.slice(slash + 1) };
};

/**
 * Reads a `scope` parameter: names separated by spaces, a permission of Graph with or without its address before it.
 * A refusal is returned when a name is empty, of a resource that the emulator does not have, or when `.default` is
 * mixed with permissions by name.
 */
export const readScopes = (scope: string, tenant: string): AskedScopes | Refusal => {
  const openId: string[] = [];
  const permissions: string[] = [];
  const resources = new Set<string>();
  let isDefault = false;
  const asWritten: string[] = [];
  for (const asked of new Set(scope.split(' ').filter(part => part !== ''))) {
    if (OPENID_SCOPES.has(asked)) {
      openId.push(asked);
      continue;
    }
    const { resource, name } = toShortName(asked);
    if (name === '') return invalidScope(asked, 'it names no permission');
    resources.add(resource === '' ? GRAPH : resource);
    asWritten.push(asked);
    if (name === '.default') isDefault = true;
    else permissions.push(name);
  }
  if (resources.size > 1) return multipleResources(scope);
  const [resource = GRAPH] = resources;
  if (resource.toLowerCase() !== GRAPH) return unknownResource(resource, tenant);
  if (isDefault && permissions.length > 0) {
    return invalidScope(scope, '.default can not be combined with permissions by name');
  }
  return { openId, permissions, isDefault, asWritten };
};

/** Names compare without regard to case, as Entra ID compares them. */
const hasScope = (scopes: readonly string[], name: string): boolean =>
  scopes.some(scope => scope.toLowerCase() === name.toLowerCase());

/** Those of `names` that are not in `scopes`. */
export const missingFrom = (scopes: readonly string[], names: readonly string[]): string[] =>
  names.filter(name => !hasScope(scopes, name));

/**
 * The `scope` of a token response: all that was granted. MSAL looks a token up by the names it asked for, so each of
 * those that was granted comes back letter for letter; what else the token is good for follows in the same form.
 */
export const toGrantedScope = (asked: AskedScopes, granted: readonly string[]): string => {
  const isQualified = asked.asWritten.some(scope => scope.includes('/'));
  const written = asked.asWritten.filter(scope => {
    const { name } = toShortName(scope);
    return name === '.default' || hasScope(granted, name);
  });
  const others = missingFrom(asked.permissions, granted).map(name => (isQualified ? `${GRAPH}/${name}` : name));
  // Entra ID never echoes offline_access: the refresh token itself says that it was granted.
  return [...asked.openId.filter(name => name !== 'offline_access'), ...written, ...others].join(' ');
};
