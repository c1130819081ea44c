import { useMutation, useQueryClient } from '@tanstack/react-query';
import { keys, navigate, useClient } from '../store/index.ts';

/** Makes a draft plan of a selection, or of one unit alone, and goes on to the wizard. Works offline: a plan is kept here. */
export function useStartPlan(tenantId: string) {
  const client = useClient();
  const queryClient = useQueryClient();
  const start = useMutation({
    mutationFn: async (of: { selectionId: string } | { unitId: string }) => {
      if ('selectionId' in of) return client.plans.create({ tenantId, selectionId: of.selectionId });
      // A selection of its own, so that what was selected in the table stays as it is.
      const { id } = await client.units.openSelection({ tenantId });
      await client.units.changeSelection({ selectionId: id, change: { type: 'add', unitIds: [of.unitId] } });
      return client.plans.create({ tenantId, selectionId: id });
    },
    onSuccess: plan => {
      void queryClient.invalidateQueries({ queryKey: keys.plans });
      navigate({ at: 'wizard', tenantId, planId: plan.id });
    },
  });
  return { start: start.mutate, isStarting: start.isPending, error: start.error ?? undefined, dismiss: start.reset };
}
