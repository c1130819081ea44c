import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { SelectionSummary, UnitFilter, UnitRow, UnitSort } from '../../shared/contract/units.ts';
import { keys, queries, toAppError, useClient } from '../store/index.ts';
import { windowsOf } from '../ui/table/row-pages.ts';
import type { RowRange } from '../ui/table/row-pages.ts';
import { selectedShare } from './selected-share.ts';

interface Listing {
  readonly tenantId: string;
  readonly filter: UnitFilter;
  readonly sort: UnitSort;
  readonly total: number | undefined;
  /** Where the id of main's selection is kept while the list is left and come back to. */
  readonly kept: KeptSelection;
}

export interface KeptSelection {
  readonly id: string | undefined;
  /** The id as it is now, also between two renderings. */
  readonly current: () => string | undefined;
  readonly keep: (id: string | undefined) => void;
}

/** Ids that one call may name. */
const IDS_A_CALL = 200;

/**
 * The selection of a tenant's units. It lives in main, so it survives filtering, sorting, refreshing and leaving the view; this hook
 * opens it when the first unit is selected and shows a change at once, before main has answered.
 */
export function useUnitSelection({ tenantId, filter, sort, total, kept }: Listing) {
  const client = useClient();
  const queryClient = useQueryClient();
  const selectionId = kept.id;
  const [overrides, setOverrides] = useState<ReadonlyMap<string, boolean>>(new Map());
  const [error, setError] = useState<unknown>(undefined);
  const queue = useRef<Promise<unknown>>(Promise.resolve());

  const summary = useQuery({
    ...queries.selection(client, tenantId, selectionId ?? ''),
    enabled: selectionId !== undefined,
  });
  const inFilter = useQuery({
    ...queries.unitCount(client, tenantId, selectionId === undefined ? filter : { ...filter, selectionId }),
    enabled: selectionId !== undefined,
  });

  /** Changes run one after the other: a second click must not overtake the first. */
  const run = (
    ids: readonly string[],
    chosen: boolean,
    work: (id: string) => Promise<SelectionSummary | undefined>,
  ) => {
    setOverrides(known => new Map([...known, ...ids.map(id => [id, chosen] as const)]));
    queue.current = queue.current.then(async () => {
      try {
        const id = kept.current() ?? (await client.units.openSelection({ tenantId })).id;
        kept.keep(id);
        const answer = await work(id);
        if (answer !== undefined) queryClient.setQueryData(queries.selection(client, tenantId, id).queryKey, answer);
        setError(undefined);
      } catch (thrown) {
        // Main was started anew, and its selections with it; the next click opens one.
        if (toAppError(thrown).code === 'SELECTION_NOT_FOUND') kept.keep(undefined);
        setError(thrown);
      }
      await queryClient.invalidateQueries({ queryKey: keys.units(tenantId) });
      setOverrides(known => new Map([...known].filter(([id]) => !ids.includes(id))));
    });
  };

  const isSelected = (row: UnitRow) => overrides.get(row.id) ?? row.selected;
  return {
    selectionId,
    summary: selectionId === undefined ? undefined : summary.data,
    error,
    dismissError: () => setError(undefined),
    isSelected,
    all: selectionId === undefined ? false : selectedShare(inFilter.data ?? 0, total ?? 0),
    toggle: (row: UnitRow) => {
      const chosen = !isSelected(row);
      run([row.id], chosen, selection =>
        client.units.changeSelection({
          selectionId: selection,
          change: { type: chosen ? 'add' : 'remove', unitIds: [row.id] },
        }),
      );
    },
    /** Takes in a stretch of the list as it is filtered and sorted, also rows that were never on screen. */
    addRange: (range: RowRange, known: readonly UnitRow[]) => {
      run(
        known.map(row => row.id),
        true,
        async selection => {
          let answer: SelectionSummary | undefined;
          for (const window of windowsOf(range, IDS_A_CALL)) {
            const page = await client.units.list({ tenantId, filter, sort, window });
            const unitIds = page.rows.map(row => row.id);
            if (unitIds.length > 0)
              answer = await client.units.changeSelection({ selectionId: selection, change: { type: 'add', unitIds } });
          }
          return answer;
        },
      );
    },
    toggleAll: () =>
      run([], true, async selection => {
        // Counted when its turn comes: a press before it may have changed what is selected.
        const chosen = await queryClient.query({
          ...queries.unitCount(client, tenantId, { ...filter, selectionId: selection }),
          staleTime: 0,
        });
        const type = selectedShare(chosen, total ?? 0) === true ? 'removeMatching' : 'addMatching';
        return await client.units.changeSelection({ selectionId: selection, change: { type, filter } });
      }),
    clear: () =>
      run([], false, selection => client.units.changeSelection({ selectionId: selection, change: { type: 'clear' } })),
  };
}
