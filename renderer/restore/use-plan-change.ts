import { useMutation, useQueryClient } from '@tanstack/react-query';
import { keys, useClient } from '../store/index.ts';
import type { ConsoleClient } from '../store/index.ts';

/** Changes a draft, one change after the other, and reads it anew. A draft is saved by every change; there is no other saving. */
export function usePlanChange(planId: string) {
  const client = useClient();
  const queryClient = useQueryClient();
  const change = useMutation({
    mutationFn: (work: (client: ConsoleClient) => Promise<unknown>) => work(client),
    // A second change must not overtake the first.
    scope: { id: `plan ${planId}` },
    onSettled: () => queryClient.invalidateQueries({ queryKey: keys.plan(planId) }),
  });
  return { change: change.mutate, isSaving: change.isPending, error: change.error ?? undefined, dismiss: change.reset };
}

export type PlanChange = ReturnType<typeof usePlanChange>;
