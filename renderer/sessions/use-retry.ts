import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import type { Plan } from '../../shared/contract/plans.ts';
import { keys, navigate, useClient } from '../store/index.ts';

/**
 * Makes a new draft of a plan's failed units and opens it where its destination, which main has preset, is seen and can be changed.
 * A second press while the first is under way makes no second plan.
 */
export function useRetryFailed(plan: Plan | undefined) {
  const client = useClient();
  const queryClient = useQueryClient();
  const isRunning = useRef(false);
  const { mutate, isPending, error, reset } = useMutation({
    mutationFn: async () => (plan === undefined ? undefined : client.plans.retryFailed({ planId: plan.id })),
    onSuccess: async made => {
      if (made === undefined) return;
      await queryClient.invalidateQueries({ queryKey: keys.plans });
      navigate({ at: 'wizard', tenantId: made.tenantId, planId: made.id, step: 'where' });
    },
    onSettled: () => {
      isRunning.current = false;
    },
  });
  // Two clicks of a double click come before anything is drawn anew: the button alone would let both through.
  const retry = () => {
    if (isRunning.current) return;
    isRunning.current = true;
    mutate();
  };
  return { retry, isPending, error, reset };
}

/** Makes a draft of one unit to a new location, with the incident of the plan that it failed in, and opens it. */
export function useRestoreElsewhere(tenantId: string, plan: Plan | undefined) {
  const client = useClient();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async ({ unitId, name }: { unitId: string; name: string }) => {
      const { id: selectionId } = await client.units.openSelection({ tenantId });
      await client.units.changeSelection({ selectionId, change: { type: 'add', unitIds: [unitId] } });
      const made = await client.plans.create({ tenantId, selectionId });
      await client.plans.rename({ planId: made.id, name: `${name}, to a new location`.slice(0, 200) });
      if (plan?.incidentAt !== undefined)
        await client.plans.setIncident({
          planId: made.id,
          incidentAt: plan.incidentAt,
          timeZone: plan.timeZone ?? 'UTC',
          preference: plan.preference,
        });
      await client.plans.setDestination({ planId: made.id, destination: 'new' });
      return made.id;
    },
    onSuccess: async planId => {
      await queryClient.invalidateQueries({ queryKey: keys.plans });
      navigate({ at: 'wizard', tenantId, planId });
    },
  });
}
