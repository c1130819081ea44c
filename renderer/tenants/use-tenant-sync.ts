import { useIsMutating, useMutation, useQueryClient } from '@tanstack/react-query';
import { keys, useClient } from '../store/index.ts';

/** The key that every sync of a tenant runs under, so that each place that shows one sees the others'. */
export const syncKey = (tenantId: string | undefined) => ['sync', tenantId ?? ''] as const;

/** Syncs a tenant: service status, policies, units, sessions, then the newest points that are older than a cadence. */
export function useTenantSync(tenantId: string | undefined) {
  const client = useClient();
  const queryClient = useQueryClient();
  const isSyncing = useIsMutating({ mutationKey: syncKey(tenantId) }) > 0;
  const { mutate } = useMutation({
    mutationKey: syncKey(tenantId),
    mutationFn: (id: string) => client.sync.syncTenant({ tenantId: id }),
    onSettled: () =>
      tenantId === undefined
        ? undefined
        : Promise.all(
            [keys.tenants, keys.units(tenantId), keys.points(tenantId), keys.sessions(tenantId)].map(queryKey =>
              queryClient.invalidateQueries({ queryKey }),
            ),
          ),
  });
  return {
    isSyncing,
    /** Does nothing while a sync runs. */
    sync: () => {
      if (tenantId !== undefined && !isSyncing) mutate(tenantId);
    },
  };
}
