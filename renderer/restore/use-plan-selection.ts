import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { SelectionSummary, UnitFilter, UnitRow } from '../../shared/contract/units.ts';
import { keys, queries, useClient } from '../store/index.ts';

/**
 * A selection in main that begins with the plan's units. Changes run one after the other and show at once, before main has answered;
 * nothing of the plan changes until the selection is taken over.
 */
export function usePlanSelection(planId: string, tenantId: string, filter: UnitFilter, total: number | undefined) {
  const client = useClient();
  const queryClient = useQueryClient();
  const [overrides, setOverrides] = useState<ReadonlyMap<string, boolean>>(new Map());
  const [error, setError] = useState<unknown>(undefined);
  const queue = useRef<Promise<unknown>>(Promise.resolve());
  const opened = useQuery({
    queryKey: ['plan-selection', planId],
    queryFn: () => client.plans.openSelection({ planId }),
    staleTime: Infinity,
    gcTime: 0,
    retry: false,
  });
  const selectionId = opened.data?.selectionId;
  const summary = useQuery({
    ...queries.selection(client, tenantId, selectionId ?? ''),
    enabled: selectionId !== undefined,
  }).data;
  const inFilter = useQuery({
    ...queries.unitCount(client, tenantId, { ...filter, selectionId: selectionId ?? '' }),
    enabled: selectionId !== undefined,
  }).data;

  const run = (ids: readonly string[], chosen: boolean, work: (selectionId: string) => Promise<SelectionSummary>) => {
    if (selectionId === undefined) return;
    setOverrides(known => new Map([...known, ...ids.map(id => [id, chosen] as const)]));
    queue.current = queue.current.then(async () => {
      try {
        queryClient.setQueryData(queries.selection(client, tenantId, selectionId).queryKey, await work(selectionId));
        setError(undefined);
      } catch (thrown) {
        setError(thrown);
      }
      await queryClient.invalidateQueries({ queryKey: keys.units(tenantId) });
      setOverrides(known => new Map([...known].filter(([id]) => !ids.includes(id))));
    });
  };
  const isSelected = (row: UnitRow) => overrides.get(row.id) ?? row.selected;
  const all: boolean | 'mixed' = inFilter === undefined || inFilter === 0 ? false : inFilter === total ? true : 'mixed';
  return {
    selectionId,
    summary,
    error: opened.error ?? error,
    isSelected,
    all,
    set: (rows: readonly UnitRow[], chosen: boolean) => {
      const unitIds = rows.slice(0, 200).map(row => row.id);
      if (unitIds.length > 0)
        run(unitIds, chosen, id =>
          client.units.changeSelection({ selectionId: id, change: { type: chosen ? 'add' : 'remove', unitIds } }),
        );
    },
    toggleAll: () =>
      run([], true, id =>
        client.units.changeSelection({
          selectionId: id,
          change: { type: all === true ? 'removeMatching' : 'addMatching', filter },
        }),
      ),
    /** Resolves once every change so far has been answered. */
    settled: () => queue.current,
  };
}
