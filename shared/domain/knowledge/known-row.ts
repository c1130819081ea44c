import { MINUTE } from '../time.ts';
import type { UtcSeconds } from '../time.ts';
import type { RestorePointId } from '../protection-unit.ts';
import type { Instant } from './instant.ts';

/** Any restore points, or only those known as fast (`tags: fastRestore`). Each has a knowledge of its own. */
export type PointKind = 'any' | 'fast';

/**
 * One row of what is known about one unit: a restore point, and the proof that hangs on it.
 *
 * The proof: all live points after this one and before `anyTo` are known (`fastTo`: all live fast points). Nothing is
 * proven where `anyTo <= at`. Only rows of fast points, and the floor row, carry a `fastTo` that means anything.
 *
 * Each unit may have one row that is no point, the **floor**: `at` 0, `id` empty, `expiresAt` `NEVER`. It stands for everything before
 * the first point; its `anyTo` is above 0 once a search from the beginning of time named the unit as one without a result.
 *
 * Rows of one unit are keyed by (`at`, `id`): several points may fall into one second (`ticks` orders them).
 */
export interface KnownRow {
  readonly at: UtcSeconds;
  /** Ticks (of 10⁻⁷ s) after `at`; orders the points of one second. A catalog without room for it may give 0. */
  readonly ticks: number;
  readonly id: RestorePointId;
  readonly expiresAt: UtcSeconds;
  readonly fast: boolean;
  readonly anyTo: UtcSeconds;
  readonly fastTo: UtcSeconds;
  /** The asked-at of the latest answer that showed this point (floor row: of the latest that proved the floor). */
  readonly seenAt: UtcSeconds;
}

/** All rows of one unit that fall into one second, in any order. */
export type Second = readonly KnownRow[];

/** Puts rows, latest first or earliest first, together by their seconds. */
export function* inSeconds(rows: Iterable<KnownRow>): Generator<Second> {
  let second: KnownRow[] = [];
  for (const row of rows) {
    const [first] = second;
    if (first !== undefined && first.at !== row.at) {
      yield second;
      second = [];
    }
    second.push(row);
  }
  if (second.length > 0) yield second;
}

/** A restore point as the catalog tells of it. */
export interface KnownPoint extends Instant {
  readonly id: RestorePointId;
  readonly expiresAt: UtcSeconds;
  readonly fast: boolean;
}

/** Where the floor row stands; all real points of the service are later. */
export const FLOOR_AT: UtcSeconds = 0;

/** An expiry that never comes: the floor row's. */
export const NEVER: UtcSeconds = Number.MAX_SAFE_INTEGER;

/** A point this close to its expiry counts as expired: our service time may be off by less than that. */
export const EXPIRY_MARGIN = MINUTE;

/** Tells the floor row from rows of points. */
export function isFloor(row: KnownRow): boolean {
  return row.at === FLOOR_AT;
}

/**
 * Whether the point can still be restored at `now` (service time). One that cannot is a tombstone: kept until an answer
 * covers it, since the service may have extended its expiry.
 */
export function lives(row: Pick<KnownRow, 'expiresAt'>, now: UtcSeconds): boolean {
  return row.expiresAt > now + EXPIRY_MARGIN;
}

/** The stretch's end that hangs on this row for points of a kind. */
export function provenTo(row: KnownRow, kind: PointKind): UtcSeconds {
  return kind === 'any' ? row.anyTo : row.fastTo;
}

/** Whether the row's proof for this kind means anything: fast proofs hang on fast points and on the floor alone. */
export function carries(row: KnownRow, kind: PointKind): boolean {
  return kind === 'any' || row.fast || isFloor(row);
}

/** The point of a row, without its proof. */
export function toKnownPoint(row: KnownRow): KnownPoint {
  return { at: row.at, ticks: row.ticks, id: row.id, expiresAt: row.expiresAt, fast: row.fast };
}
