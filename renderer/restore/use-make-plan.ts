import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { keys, navigate, useClient } from '../store/index.ts';
import type { ConsoleClient } from '../store/index.ts';
import type { WizardStep } from '../store/routes.ts';

/**
 * Makes a plan and opens it in the wizard. A second press while the first is under way makes no second plan: two plans of the same
 * units are an invitation to restore twice.
 *
 * @param make makes the plan in main; works offline too, as a plan is kept there
 * @param step the step it opens at; the first that lacks something where none is given
 */
export function useMakePlan<Of>(
  make: (client: ConsoleClient, of: Of) => Promise<{ readonly id: string; readonly tenantId: string }>,
  step?: WizardStep,
) {
  const client = useClient();
  const queryClient = useQueryClient();
  const isRunning = useRef(false);
  const { mutate, isPending, error, reset } = useMutation({
    mutationFn: (of: Of) => make(client, of),
    onSuccess: async ({ id, tenantId }) => {
      await queryClient.invalidateQueries({ queryKey: keys.plans });
      navigate({ at: 'wizard', tenantId, planId: id, ...(step === undefined ? {} : { step }) });
    },
    onSettled: () => {
      isRunning.current = false;
    },
  });
  // Two clicks of a double click come before anything is drawn anew: a disabled button alone would let both through.
  const makeOnce = (of: Of) => {
    if (isRunning.current) return;
    isRunning.current = true;
    mutate(of);
  };
  return { make: makeOnce, isPending, error, reset };
}

/** A draft of one unit of a tenant. */
export async function createPlanOfUnit(client: ConsoleClient, tenantId: string, unitId: string) {
  const { id: selectionId } = await client.units.openSelection({ tenantId });
  await client.units.changeSelection({ selectionId, change: { type: 'add', unitIds: [unitId] } });
  return await client.plans.create({ tenantId, selectionId });
}
