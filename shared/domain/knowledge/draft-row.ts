import type { RestorePointId } from '../protection-unit.ts';
import type { UtcSeconds } from '../time.ts';
import { compareInstants } from './instant.ts';
import type { Instant } from './instant.ts';
import { FLOOR_AT } from './known-row.ts';
import type { KnownRow, PointKind } from './known-row.ts';

/** A row being changed. */
export interface Draft {
  readonly at: UtcSeconds;
  readonly id: RestorePointId;
  ticks: number;
  expiresAt: UtcSeconds;
  fast: boolean;
  anyTo: UtcSeconds;
  fastTo: UtcSeconds;
  seenAt: UtcSeconds;
  /** The row as the catalog has it (after voiding); `undefined` for a new one. */
  was: KnownRow | undefined;
  deleted: boolean;
}

/** A stored row, to be changed. */
export const toDraft = (row: KnownRow): Draft => ({ ...row, was: row, deleted: false });
/** The row to be stored. */
export const toRow = ({ at, ticks, id, expiresAt, fast, anyTo, fastTo, seenAt }: Draft): KnownRow => ({
  at,
  ticks,
  id,
  expiresAt,
  fast,
  anyTo,
  fastTo,
  seenAt,
});

/** Whether a proof about this kind may hang on the row: fast proofs hang on fast points and the floor alone. */
export const carriesProof = (draft: Draft, kind: PointKind): boolean =>
  !draft.deleted && (kind === 'any' || draft.fast || draft.at === FLOOR_AT);
/** Where the stretch ends that is proven above the row. */
export const proofOf = (draft: Draft, kind: PointKind): UtcSeconds => (kind === 'any' ? draft.anyTo : draft.fastTo);
/** Sets that end. */
export function setProof(draft: Draft, kind: PointKind, to: UtcSeconds): void {
  if (kind === 'any') draft.anyTo = to;
  else draft.fastTo = to;
}

/** Whether anything is to be written for the row. */
export function isChanged(draft: Draft): boolean {
  const { was } = draft;
  return (
    was === undefined ||
    was.ticks !== draft.ticks ||
    was.expiresAt !== draft.expiresAt ||
    was.fast !== draft.fast ||
    was.anyTo !== draft.anyTo ||
    was.fastTo !== draft.fastTo ||
    was.seenAt !== draft.seenAt
  );
}

/** Whether an instant lies inside a proven stretch: after its row, if only by a tick. */
export const isProvenAt = (drafts: readonly Draft[], kind: PointKind, instant: Instant): boolean =>
  drafts.some(
    draft => compareInstants(draft, instant) < 0 && carriesProof(draft, kind) && proofOf(draft, kind) > instant.at,
  );

/** A point of the very same tick as a known one carries the same proof. */
export const proofOfTwins = (drafts: readonly Draft[], kind: PointKind, instant: Instant): UtcSeconds =>
  drafts.reduce(
    (to, draft) =>
      compareInstants(draft, instant) === 0 && carriesProof(draft, kind) ? Math.max(to, proofOf(draft, kind)) : to,
    instant.at,
  );

/** Takes all proofs of a kind away. */
export function voidAll(drafts: readonly Draft[], kind: PointKind): void {
  for (const draft of drafts) {
    setProof(draft, kind, draft.at);
    // The catalog voids all rows of the unit by itself: only what differs from that is a change.
    if (draft.was !== undefined) draft.was = { ...draft.was, [kind === 'any' ? 'anyTo' : 'fastTo']: draft.at };
  }
}
