import { type RestorePointId, type UnitId, type UnitKind, unitKinds } from './protection-unit.ts';
import { restoreLimits } from './restore-session.ts';

/** One unit to restore, and the point to restore it to. */
export interface RestoreItem {
  readonly unitId: UnitId;
  readonly kind: UnitKind;
  readonly restorePointId: RestorePointId;
}

/** What becomes one restore session: items of one kind, cut into the chunks that its requests carry. */
export interface SessionPart {
  readonly kind: UnitKind;
  /** The first chunk goes with the create, each further one with a PATCH. */
  readonly chunks: readonly (readonly RestoreItem[])[];
}

/**
 * Packs items into as few sessions as the service's limits allow: one kind and one destination a session, so one session a
 * workload, and no session above what a workload may restore at a time. Order within a kind is kept, so that the same plan
 * packs the same way after a restart.
 */
export function packSessions(items: readonly RestoreItem[]): SessionPart[] {
  const parts: SessionPart[] = [];
  for (const kind of unitKinds) {
    const ofKind = items.filter(item => item.kind === kind);
    for (const session of slices(ofKind, restoreLimits.artifactsPerWorkload))
      parts.push({ kind, chunks: slices(session, restoreLimits.artifactsPerRequest) });
  }
  return parts;
}

/** Requests that write: one create, the additions and one activation a session. */
export function countRequests(parts: readonly SessionPart[]): number {
  return parts.reduce((sum, part) => sum + part.chunks.length + 1, 0);
}

function slices<T>(all: readonly T[], size: number): T[][] {
  const out: T[][] = [];
  for (let from = 0; from < all.length; from += size) out.push(all.slice(from, from + size));
  return out;
}
