import type { Tenant } from '../../shared/contract/tenants.ts';
import { useIsOffline, useIsSignedOut } from '../store/index.ts';
import { offlineReasons, signedOutReasons } from '../ui/offline-reason.ts';
import { whyNotChange } from './why-not-change.ts';

/** Why nothing can be changed in a tenant now, by its state or this console’s: offline, signed out. */
export function useWhyNotChange(tenant: Tenant | undefined): string | undefined {
  const isOffline = useIsOffline();
  const isSignedOut = useIsSignedOut();
  if (isOffline) return offlineReasons.change;
  if (isSignedOut) return signedOutReasons.change;
  return tenant === undefined ? undefined : whyNotChange(tenant);
}
