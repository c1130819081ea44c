import type { Directory, DirectoryTenant, DirectoryUser } from '../directory.ts';
import { unknownTenant } from './refusals.ts';
import { refuse } from './request-parameters.ts';

/** `{tenant}` of an address: one tenant, or an alias that stands for the home tenant of whoever signs in. */
export type Authority =
  | { readonly is: 'tenant'; readonly tenant: DirectoryTenant }
  | { readonly is: 'organizations' | 'common' };

/** @throws RefusedRequest 90002 when there is no such tenant */
export const readAuthority = (directory: Directory, name: string): Authority => {
  const lower = name.toLowerCase();
  if (lower === 'organizations' || lower === 'common') return { is: lower };
  const tenant = directory.findTenant(lower);
  return tenant === undefined ? refuse(unknownTenant(name)) : { is: 'tenant', tenant };
};

/** A text that is the same for all names of one authority. */
export const toAuthorityKey = (authority: Authority): string =>
  authority.is === 'tenant' ? authority.tenant.id : authority.is;

/** The tenant that a user gets tokens of: the one named, or their own. */
export const tenantFor = (directory: Directory, authority: Authority, user: DirectoryUser): DirectoryTenant => {
  if (authority.is === 'tenant') return authority.tenant;
  return directory.findTenant(user.homeTenantId) ?? refuse(unknownTenant(user.homeTenantId));
};
