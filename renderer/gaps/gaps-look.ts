import { create } from 'zustand';
import type { GapFilter, GapOrder, GapSort } from '../../shared/contract/gaps.ts';
import type { UnitKind } from '../../shared/domain/protection-unit.ts';
import type { TableSort } from '../ui/table/virtual-table.tsx';

/** What one was looking at in a tenant's gaps, so that going elsewhere and back loses nothing. */
export interface GapsLook {
  readonly sort: GapSort | 'all';
  readonly kind: UnitKind | 'any';
  readonly text: string;
  readonly order: TableSort | undefined;
  readonly selectionId: string | undefined;
}

const firstLook: GapsLook = { sort: 'all', kind: 'any', text: '', order: undefined, selectionId: undefined };

interface GapsStore {
  readonly looks: { readonly [tenantId: string]: GapsLook };
  readonly change: (tenantId: string, part: Partial<GapsLook>) => void;
}

const useGapsStore = create<GapsStore>()(set => ({
  looks: {},
  change: (tenantId, part) =>
    set(state => ({ looks: { ...state.looks, [tenantId]: { ...(state.looks[tenantId] ?? firstLook), ...part } } })),
}));

export function useGapsLook(tenantId: string) {
  const look = useGapsStore(state => state.looks[tenantId]) ?? firstLook;
  const change = useGapsStore(state => state.change);
  return {
    look,
    change: (part: Partial<GapsLook>) => change(tenantId, part),
    /** The selection as it is now, also between two renderings. */
    selectionNow: () => useGapsStore.getState().looks[tenantId]?.selectionId,
  };
}

/** Drops what was looked at and selected in a tenant that is forgotten. */
export function forgetGapsLook(tenantId: string): void {
  useGapsStore.setState(({ looks: { [tenantId]: _, ...others } }) => ({ looks: others }));
}

/** A look as the filter that main takes. */
export function toGapFilter({ sort, kind, text }: GapsLook): GapFilter {
  return {
    ...(sort === 'all' ? {} : { sort }),
    ...(kind === 'any' ? {} : { kind }),
    ...(text.trim() === '' ? {} : { text: text.trim() }),
  };
}

const orders: ReadonlySet<string> = new Set(['name', 'kind', 'gap', 'policy']);

/** The table's order as main takes it; none, or one that main does not know, is worst first. */
export function toGapOrder(order: TableSort | undefined): GapOrder {
  return order !== undefined && orders.has(order.by)
    ? { by: order.by as GapOrder['by'], descending: order.descending }
    : { by: 'worst', descending: false };
}

export const isNarrowed = ({ sort, kind, text }: GapsLook): boolean =>
  sort !== 'all' || kind !== 'any' || text.trim() !== '';
