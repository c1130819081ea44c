import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { GapFilter, GapOrder, GapRow, GapSelection } from '../../shared/contract/gaps.ts';
import { keys, toAppError, useClient } from '../store/index.ts';
import { windowsOf } from '../ui/table/row-pages.ts';
import type { TableSelection } from '../ui/table/table-column.ts';

interface Listing {
  readonly tenantId: string;
  readonly filter: GapFilter;
  readonly order: GapOrder;
  readonly total: number;
  readonly rowAt: (index: number) => GapRow | undefined;
  readonly selectionId: string | undefined;
  readonly selectionNow: () => string | undefined;
  readonly keep: (selectionId: string | undefined) => void;
}

const IDS_A_CALL = 200;
const anyOrder: GapOrder = { by: 'name', descending: false };

/** The selection of a tenant's gaps. It lives in main; a change is shown at once, before main has answered. */
export function useGapSelection({ tenantId, filter, order, total, rowAt, selectionId, selectionNow, keep }: Listing) {
  const client = useClient();
  const queryClient = useQueryClient();
  const [overrides, setOverrides] = useState<ReadonlyMap<string, boolean>>(new Map());
  const [error, setError] = useState<unknown>(undefined);
  const queue = useRef<Promise<unknown>>(Promise.resolve());
  const summaryKey = (id: string) => [...keys.gaps(tenantId), 'selection', id];
  const countChosen = async (id: string, signal?: AbortSignal): Promise<number> => {
    const input = {
      tenantId,
      filter: { ...filter, selectionId: id },
      order: anyOrder,
      window: { offset: 0, limit: 1 },
    };
    return (await client.gaps.list(input, signal === undefined ? {} : { signal })).total;
  };
  const countAll = async (): Promise<number> =>
    (await client.gaps.list({ tenantId, filter, order: anyOrder, window: { offset: 0, limit: 1 } })).total;
  const summary = useQuery({
    queryKey: summaryKey(selectionId ?? ''),
    queryFn: ({ signal }) => client.gaps.selection({ selectionId: selectionId ?? '' }, { signal }),
    enabled: selectionId !== undefined,
  });
  const inFilter = useQuery({
    queryKey: [...keys.gaps(tenantId), 'chosen', selectionId ?? '', filter],
    queryFn: ({ signal }) => countChosen(selectionId ?? '', signal),
    enabled: selectionId !== undefined,
  });

  /** Changes run one after the other: a second click must not overtake the first. */
  const run = (
    ids: readonly string[],
    chosen: boolean,
    work: (id: string) => Promise<GapSelection | undefined>,
  ): void => {
    setOverrides(known => new Map([...known, ...ids.map(id => [id, chosen] as const)]));
    queue.current = queue.current.then(async () => {
      try {
        const id = selectionNow() ?? (await client.gaps.openSelection({ tenantId })).id;
        keep(id);
        const answer = await work(id);
        if (answer !== undefined) queryClient.setQueryData(summaryKey(id), answer);
        setError(undefined);
      } catch (thrown) {
        // Main was started anew, and its selections with it; the next click opens one.
        if (toAppError(thrown).code === 'SELECTION_NOT_FOUND') keep(undefined);
        setError(thrown);
      }
      await queryClient.invalidateQueries({ queryKey: keys.gaps(tenantId) });
      setOverrides(known => new Map([...known].filter(([id]) => !ids.includes(id))));
    });
  };
  const isSelected = (row: GapRow): boolean => overrides.get(row.id) ?? row.selected;
  const shareOf = (chosen: number): boolean | 'mixed' =>
    chosen === 0 || total === 0 ? false : chosen >= total ? true : 'mixed';
  const byPlace = (allLabel: string): TableSelection<GapRow> => ({
    isSelected,
    toggle: index => {
      const row = rowAt(index);
      if (row === undefined) return;
      const chosen = !isSelected(row);
      run([row.id], chosen, id =>
        client.gaps.changeSelection({
          selectionId: id,
          change: { type: chosen ? 'add' : 'remove', gapIds: [row.id] },
        }),
      );
    },
    addRange: range => {
      const known = Array.from({ length: range.last - range.first + 1 }, (_, at) => rowAt(range.first + at));
      run(
        known.flatMap(row => row?.id ?? []),
        true,
        async id => {
          let answer: GapSelection | undefined;
          for (const window of windowsOf(range, IDS_A_CALL)) {
            const { rows } = await client.gaps.list({ tenantId, filter, order, window });
            if (rows.length > 0)
              answer = await client.gaps.changeSelection({
                selectionId: id,
                change: { type: 'add', gapIds: rows.map(row => row.id) },
              });
          }
          return answer;
        },
      );
    },
    all: selectionId === undefined ? false : shareOf(inFilter.data ?? 0),
    toggleAll: () =>
      run([], true, async id => {
        // Counted when its turn comes: a press before it may have changed what is selected, and the filter may be newer than the rows.
        const [chosen, all] = await Promise.all([countChosen(id), countAll()]);
        const type = all > 0 && chosen >= all ? 'removeMatching' : 'addMatching';
        return await client.gaps.changeSelection({ selectionId: id, change: { type, filter } });
      }),
    allLabel,
  });
  return {
    summary: selectionId === undefined ? undefined : summary.data,
    /** Selected gaps that the filter keeps out of the list. */
    hidden:
      selectionId === undefined || summary.data === undefined || inFilter.data === undefined
        ? 0
        : Math.max(0, summary.data.count - inFilter.data),
    error,
    dismissError: () => setError(undefined),
    byPlace,
    clear: () => run([], false, id => client.gaps.changeSelection({ selectionId: id, change: { type: 'clear' } })),
  };
}
