import type { Account as ToldAccount, TenantAccess } from '../../shared/contract/account.ts';
import type { Account, TenantAccess as AuthAccess } from '../auth/index.ts';

/** What of an account is kept in `work` and may cross the bridge: nothing that the sign-in library would take. */
export function toTold({ id, username, displayName, homeTenantId }: Account): ToldAccount {
  return { id, username, displayName, homeTenantId };
}

/** What is kept of a tenant, as the sign-in wants to know it. */
export function toAuthAccess({ account, clientId }: TenantAccess): AuthAccess {
  return {
    ...(account === undefined ? {} : { accountId: account.id }),
    ...(clientId === undefined ? {} : { clientId }),
  };
}
