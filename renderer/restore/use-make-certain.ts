import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { Plan } from '../../shared/contract/plans.ts';
import { keys, useAsks, useClient } from '../store/index.ts';

/** Asks the service about the uncertain units of a plan, with its progress and a way to stop; what was answered stays known. */
export function useMakeCertain(plan: Plan) {
  const client = useClient();
  const queryClient = useQueryClient();
  const stopping = useRef<AbortController | undefined>(undefined);
  const ask = useMutation({
    mutationFn: () => {
      stopping.current = new AbortController();
      return client.plans.makeCertain({ planId: plan.id }, { signal: stopping.current.signal });
    },
    onSettled: () =>
      Promise.all([
        queryClient.invalidateQueries({ queryKey: keys.plan(plan.id) }),
        queryClient.invalidateQueries({ queryKey: keys.points(plan.tenantId) }),
      ]),
  });
  const running = useAsks(state => state.running);
  const progress = [...running.values()].find(each => each.tenantId === plan.tenantId && each.purpose === 'incident');
  // Leaving the step stops asking: nobody waits for it any more.
  useEffect(() => () => stopping.current?.abort(), []);
  return {
    ask: () => ask.mutate(),
    stop: () => stopping.current?.abort(),
    isAsking: ask.isPending,
    progress: ask.isPending ? progress : undefined,
    /** How many stay uncertain after an ask that came to its end. */
    stillUncertain: ask.data?.uncertain,
    error: ask.error ?? undefined,
    dismiss: ask.reset,
  };
}
