import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import type { Wanted } from '../../shared/contract/sync.ts';
import { keys, queries, useClient } from '../store/index.ts';

interface Asking {
  readonly tenantId: string;
  readonly unitId: string;
  /** Whether units of this kind have fast points. */
  readonly hasFast: boolean;
  /** How often the cost is read again: an answer ages, and is wanted anew. */
  readonly rereadMillis: number;
}

/** Asks for the newest points of one unit, with its cost beforehand and a way to stop. What was answered until then stays known. */
export function useAskNewest({ tenantId, unitId, hasFast, rereadMillis }: Asking) {
  const client = useClient();
  const queryClient = useQueryClient();
  const stopping = useRef<AbortController | undefined>(undefined);
  const wanted: Wanted = { type: 'heads', units: { type: 'these', unitIds: [unitId] }, fast: hasFast };
  const cost = useQuery({ ...queries.cost(client, tenantId, wanted), refetchInterval: rereadMillis });
  const ask = useMutation({
    mutationFn: () => {
      stopping.current = new AbortController();
      return client.sync.ask({ tenantId, wanted }, { signal: stopping.current.signal });
    },
    onSettled: () =>
      Promise.all([
        queryClient.invalidateQueries({ queryKey: keys.points(tenantId) }),
        queryClient.invalidateQueries({ queryKey: keys.units(tenantId) }),
      ]),
  });
  return {
    cost: cost.data,
    isAsking: ask.isPending,
    error: ask.error ?? undefined,
    unsettled: ask.data?.unsettled ?? 0,
    ask: () => ask.mutate(),
    stop: () => stopping.current?.abort(),
  };
}
