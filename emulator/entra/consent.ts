import type { Directory, DirectoryTenant, DirectoryUser } from '../directory.ts';
import { findPermission } from './graph-permissions.ts';
import { consentMissing, unknownPermission } from './refusals.ts';
import { refuse } from './request-parameters.ts';
import { missingFrom, readScopes } from './scopes.ts';
import type { AskedScopes } from './scopes.ts';

/**
 * Reads a `scope` parameter and checks that Graph has each permission.
 * @throws RefusedRequest 70011, 28000, 500011 or 650053
 */
export const readKnownScopes = (scope: string, tenantName: string): AskedScopes => {
  const asked = readScopes(scope, tenantName);
  if ('code' in asked) return refuse(asked);
  const unknown = asked.permissions.find(name => findPermission(name) === undefined);
  return unknown === undefined ? asked : refuse(unknownPermission(unknown));
};

/** Only global administrators; Entra ID knows a few more roles that may consent, this emulator's people do not have them. */
export const mayConsent = (user: DirectoryUser): boolean => user.roles.includes('Global Administrator');

/** Permissions that a consent page has to ask for before the scopes can be granted there. */
export const scopesToConsent = (directory: Directory, tenant: DirectoryTenant, asked: AskedScopes): string[] => {
  const consented = tenant.signInRules.consentMissing ? [] : tenant.consentedScopes;
  const wanted = asked.isDefault && consented.length === 0 ? registeredPermissions(directory) : asked.permissions;
  return missingFrom(consented, wanted).map(name => findPermission(name) ?? name);
};

/** What the application's registration lists. The directory keeps no such list: all that is consented anywhere. */
const registeredPermissions = (directory: Directory): string[] => [
  ...new Set(directory.listTenants().flatMap(tenant => tenant.consentedScopes)),
];

/**
 * Permissions that a token of the tenant carries: like Entra ID, all that are consented, when those asked are among them.
 * @throws RefusedRequest 65001
 */
export const grantScopes = (directory: Directory, tenant: DirectoryTenant, asked: AskedScopes): readonly string[] => {
  const isMissing =
    tenant.signInRules.consentMissing ||
    (asked.isDefault && tenant.consentedScopes.length === 0) ||
    missingFrom(tenant.consentedScopes, asked.permissions).length > 0;
  return isMissing ? refuse(consentMissing(directory.appIn(tenant).clientId)) : tenant.consentedScopes;
};
