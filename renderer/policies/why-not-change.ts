import type { Tenant } from '../../shared/contract/tenants.ts';
import { readOnlyReason } from '../ui/read-only-reason.ts';

/** Why nothing can be changed in a tenant whoever asks, in a sentence with what to do; absent where it can. */
export function whyNotChange(
  tenant: Pick<Tenant, 'controller' | 'displayName' | 'readOnly' | 'service'>,
): string | undefined {
  const readOnly = readOnlyReason(tenant);
  if (readOnly !== undefined) return readOnly;
  switch (tenant.controller.by) {
    case 'pending':
      return 'Read-only until control passes to Backstop.';
    case 'anotherApp':
      return 'Another app controls Backup Storage here; only that app can change policies.';
    case 'microsoft':
      return 'Microsoft’s own tool controls Backup Storage here; policies are changed in the Microsoft 365 admin center.';
    case 'nobody':
      return 'Nobody controls Backup Storage here. Control is taken under Service.';
    case 'ours':
    case 'leaving':
    case 'unknown':
      break;
  }
  const status = tenant.service?.status.toLowerCase();
  return status === 'restorelocked' || status === 'protectionchangelocked'
    ? 'The service has locked changes of protection here. Healthy billing lifts the lock within 24 to 48 hours.'
    : undefined;
}
