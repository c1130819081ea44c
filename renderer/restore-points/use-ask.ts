import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { Wanted } from '../../shared/contract/sync.ts';
import { keys, useClient } from '../store/index.ts';

/** Asks the service for what is wanted of a tenant; one ask at a time. What was answered before it is stopped stays known. */
export function useAsk(tenantId: string) {
  const client = useClient();
  const queryClient = useQueryClient();
  const stopping = useRef<AbortController | undefined>(undefined);
  const ask = useMutation({
    mutationFn: (wanted: Wanted) => {
      stopping.current = new AbortController();
      return client.sync.ask({ tenantId, wanted }, { signal: stopping.current.signal });
    },
    onSettled: () =>
      Promise.all([
        queryClient.invalidateQueries({ queryKey: keys.points(tenantId) }),
        queryClient.invalidateQueries({ queryKey: keys.units(tenantId) }),
      ]),
  });
  // Leaving the view stops what was asked from it: nobody waits for it any more, and questions are the currency.
  useEffect(() => () => stopping.current?.abort(), []);
  return {
    ask: ask.mutate,
    stop: () => stopping.current?.abort(),
    /** What is being asked right now. */
    asking: ask.isPending ? ask.variables : undefined,
    unsettled: ask.data?.unsettled ?? 0,
    error: ask.error ?? undefined,
    dismiss: ask.reset,
  };
}

export type Ask = ReturnType<typeof useAsk>;
