import { create } from 'zustand';
import { everyRow } from './audit-query.ts';
import type { AuditQuery } from './audit-query.ts';

interface AuditLook {
  readonly query: AuditQuery;
  /** The row whose panel is open, by its number: rows move when new ones come. */
  readonly openSeq: number | undefined;
}

interface AuditStore {
  readonly looks: { readonly [place: string]: AuditLook };
  readonly change: (place: string, part: Partial<AuditLook>) => void;
  readonly narrow: (place: string, part: Partial<AuditQuery>) => void;
}

const firstLook: AuditLook = { query: everyRow, openSeq: undefined };
const ALL = 'all';

const useAuditStore = create<AuditStore>()((set, get) => ({
  looks: {},
  change: (place, part) =>
    set(state => ({ looks: { ...state.looks, [place]: { ...(state.looks[place] ?? firstLook), ...part } } })),
  narrow: (place, part) => get().change(place, { query: { ...(get().looks[place] ?? firstLook).query, ...part } }),
}));

/** Drops what was looked at in a tenant's audit, after the tenant is gone; a filter by it in the audit of all stays: its rows do. */
export function forgetAuditLook(tenantId: string): void {
  useAuditStore.setState(({ looks: { [tenantId]: _, ...looks } }) => ({ looks }));
}

/** What one was looking at in the audit of a tenant, or of all, so that going elsewhere and back loses nothing. */
export function useAuditLook(tenantId: string | undefined) {
  const place = tenantId ?? ALL;
  const look = useAuditStore(state => state.looks[place]) ?? firstLook;
  const change = useAuditStore(state => state.change);
  const narrow = useAuditStore(state => state.narrow);
  return {
    look,
    change: (part: Partial<AuditLook>) => change(place, part),
    /** Changes a part of the query as it is by then, not as it was when last drawn: two filters may be set at once. */
    narrow: (part: Partial<AuditQuery>) => narrow(place, part),
  };
}
