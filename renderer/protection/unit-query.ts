import type { UnitFilter, UnitSort } from '../../shared/contract/units.ts';
import type { UnitKind } from '../../shared/domain/protection-unit.ts';
import type { TableSort } from '../ui/table/virtual-table.tsx';

/** What a technician set to look at fewer units, or in another order. Kept for each tenant while the console runs. */
export interface UnitQuery {
  readonly text: string;
  readonly kind: UnitKind | 'all';
  readonly tile: NonNullable<UnitFilter['tile']> | undefined;
  readonly onlySelected: boolean;
  /** Absent: worst first. */
  readonly sort: TableSort | undefined;
}

export const everyUnit: UnitQuery = { text: '', kind: 'all', tile: undefined, onlySelected: false, sort: undefined };

/** The filter as main takes it. "Only the selected" needs the selection that they are in. */
export function toUnitFilter(query: UnitQuery, selectionId: string | undefined): UnitFilter {
  const text = query.text.trim();
  return {
    ...(text === '' ? {} : { text }),
    ...(query.kind === 'all' ? {} : { kinds: [query.kind] }),
    ...(query.tile === undefined ? {} : { tile: query.tile }),
    ...(query.onlySelected && selectionId !== undefined ? { selectionId } : {}),
  };
}

const sortable = ['name', 'kind', 'policy', 'newest', 'newestFast', 'status'] as const;

/** The order as main takes it; a column that it can't order by leaves it at worst first. */
export function toUnitSort(sort: TableSort | undefined): UnitSort {
  const by = sortable.find(column => column === sort?.by);
  return by === undefined || sort === undefined
    ? { by: 'worst', descending: false }
    : { by, descending: sort.descending };
}

/** Whether anything is filtered away. */
export function isFiltered(query: UnitQuery): boolean {
  return query.text.trim() !== '' || query.kind !== 'all' || query.tile !== undefined || query.onlySelected;
}

const orders: { readonly [by: string]: readonly [string, string] } = {
  name: ['by name', 'by name, Z first'],
  kind: ['by kind', 'by kind, reversed'],
  policy: ['by policy', 'by policy, reversed'],
  newest: ['oldest newest point first', 'newest point first'],
  newestFast: ['oldest fast point first', 'newest fast point first'],
  status: ['by state', 'by state, reversed'],
};

/** The order in words: `worst first`. */
export function orderInWords(sort: TableSort | undefined): string {
  const words = sort === undefined ? undefined : orders[sort.by];
  return words === undefined || sort === undefined ? 'worst first' : words[sort.descending ? 1 : 0];
}
