import { useQuery } from '@tanstack/react-query';
import { queries, useClient, useIsOffline, useIsSignedOut } from '../store/index.ts';
import { useTenantSync } from '../tenants/index.ts';
import { useShortcut } from '../ui/shortcuts.ts';

/** F5 syncs the tenant looked at instead of loading the page anew; with no tenant, the first that is known does nothing. */
export function useSyncKey(tenantId: string | undefined): void {
  const isKnown = useQuery(queries.tenants(useClient())).data?.some(tenant => tenant.id === tenantId) === true;
  const isOffline = useIsOffline();
  const isSignedOut = useIsSignedOut();
  const { sync } = useTenantSync(tenantId);
  useShortcut(
    'F5',
    'Sync this tenant',
    () => {
      if (!isOffline && !isSignedOut) sync();
    },
    isKnown,
  );
}
