import { create } from 'zustand';
import { everyUnit } from './unit-query.ts';
import type { UnitQuery } from './unit-query.ts';
import type { KeptSelection } from './use-unit-selection.ts';

interface TenantLook {
  readonly query: UnitQuery;
  /** Main's selection of this tenant's units; opened when the first unit is selected. */
  readonly selectionId: string | undefined;
  /** The row that the keyboard stands on, and the unit in it: rows move when they are read again, the unit is what was meant. */
  readonly activeIndex: number | undefined;
  readonly activeUnitId: string | undefined;
  /** The unit whose panel is open. */
  readonly openUnitId: string | undefined;
}

interface ProtectionStore {
  readonly looks: { readonly [tenantId: string]: TenantLook };
  readonly change: (tenantId: string, part: Partial<TenantLook>) => void;
  readonly narrow: (tenantId: string, part: Partial<UnitQuery>) => void;
}

const firstLook: TenantLook = {
  query: everyUnit,
  selectionId: undefined,
  activeIndex: undefined,
  activeUnitId: undefined,
  openUnitId: undefined,
};

/** What one was looking at in each tenant, so that going to another tab or tenant and back loses nothing. */
const useProtectionStore = create<ProtectionStore>()((set, get) => ({
  looks: {},
  change: (tenantId, part) =>
    set(state => ({ looks: { ...state.looks, [tenantId]: { ...(state.looks[tenantId] ?? firstLook), ...part } } })),
  narrow: (tenantId, part) =>
    get().change(tenantId, {
      query: { ...(get().looks[tenantId] ?? firstLook).query, ...part },
      activeIndex: undefined,
      activeUnitId: undefined,
    }),
}));

/** Drops what was looked at in a tenant, after it is gone. */
export function forgetLook(tenantId: string): void {
  useProtectionStore.setState(({ looks: { [tenantId]: _, ...looks } }) => ({ looks }));
}

/** What one looks at in a tenant, and how to change it. */
export function useLook(tenantId: string) {
  const look = useProtectionStore(state => state.looks[tenantId]) ?? firstLook;
  const change = useProtectionStore(state => state.change);
  const narrow = useProtectionStore(state => state.narrow);
  return {
    look,
    change: (part: Partial<TenantLook>) => change(tenantId, part),
    /** Changes a part of the query as it is by then, not as it was when last drawn: two filters may be set at once. */
    narrow: (part: Partial<UnitQuery>) => narrow(tenantId, part),
  };
}

/** Where the selection of the tenant's protection is kept. */
export function useKeptSelection(tenantId: string): KeptSelection {
  const { look, change } = useLook(tenantId);
  return {
    id: look.selectionId,
    current: () => useProtectionStore.getState().looks[tenantId]?.selectionId,
    keep: selectionId => change({ selectionId }),
  };
}
