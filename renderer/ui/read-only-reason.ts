import type { Tenant } from '../../shared/contract/tenants.ts';

/** Why a change of the tenant can't be made here, where a technician has set it read-only: for `CommandButton`'s `disabledReason`. */
export function readOnlyReason(tenant: Pick<Tenant, 'readOnly' | 'displayName'> | undefined): string | undefined {
  return tenant?.readOnly === undefined
    ? undefined
    : `${tenant.displayName} is set read-only here; its menu allows changes again.`;
}
