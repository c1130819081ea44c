import type { UtcSeconds } from '../time.ts';
import { carries, EXPIRY_MARGIN, FLOOR_AT, isFloor, lives, provenTo, toKnownPoint } from './known-row.ts';
import type { KnownPoint, KnownRow, PointKind, Second } from './known-row.ts';
import { isFresh } from './shown-record.ts';
import type { ShownRecord } from './shown-record.ts';
import type { Stretch } from './stretch.ts';

/** What the catalog can claim about the newest restore point of a unit strictly before a time T. */
export type Certainty =
  /** This is it; nothing newer exists before T. True until the point expires (`holdsUntil`, a margin already taken off). */
  | { readonly certainty: 'exact'; readonly point: KnownPoint; readonly holdsUntil: UtcSeconds }
  /** This point exists; a newer one may exist in the unproven stretch (its hull, where there are several). */
  | { readonly certainty: 'atLeast'; readonly point: KnownPoint; readonly unproven: Stretch }
  /** Proven: there is none, back to the beginning. */
  | { readonly certainty: 'none' }
  | { readonly certainty: 'notAsked' }
  /** T lies so close to the asking that points may still appear: the newest that was shown at `askedAt`, or that none was. */
  | { readonly certainty: 'shownAt'; readonly askedAt: UtcSeconds; readonly point: KnownPoint | undefined };

/** A verdict, and what the planner needs to know of it. */
export interface Assessment {
  readonly verdict: Certainty;
  /** Nothing is left to ask: exact, none, or as shown less than a cadence ago. */
  readonly settled: boolean;
  /**
   * Where the proven-empty stretch that ends at T begins (T itself if there is none): a question that ends anywhere in
   * `[emptyFrom, T]` settles the want.
   */
  readonly emptyFrom: UtcSeconds;
}

/** What `newestBefore` judges by, beside the rows. */
export interface JudgedBy {
  readonly kind: PointKind;
  /** The tenant's service time. */
  readonly now: UtcSeconds;
  /** The unit's shown records, of both kinds. Read only where they decide, so that they may be fetched then. */
  readonly shown: readonly ShownRecord[];
}

/**
 * The newest point of a unit strictly before `before`, with its certainty, from what is known alone.
 *
 * @param secondsDescending the unit's rows with `at < before`, latest first, each time all rows of one second in any order, the floor row
 * last; read lazily, down to the second of the first living point of the kind. For `fast`, rows of other points may be left out.
 */
export function newestBefore(secondsDescending: Iterable<Second>, before: UtcSeconds, by: JudgedBy): Certainty {
  return assess(secondsDescending, before, by).verdict;
}

/** As `newestBefore`, with what the planner needs. */
export function assess(secondsDescending: Iterable<Second>, before: UtcSeconds, by: JudgedBy): Assessment {
  const walked = walk(secondsDescending, before, by);
  const settledWith = (verdict: Certainty): Assessment => ({ verdict, settled: true, emptyFrom: walked.emptyFrom });
  const { newest, unproven } = walked;
  if (unproven === undefined) {
    return settledWith(
      newest === undefined
        ? { certainty: 'none' }
        : { certainty: 'exact', point: toKnownPoint(newest), holdsUntil: newest.expiresAt - EXPIRY_MARGIN },
    );
  }
  const record = shownFor(newest, before, by);
  if (record !== undefined) {
    const point = newest === undefined ? undefined : toKnownPoint(newest);
    return settledWith({ certainty: 'shownAt', askedAt: record.askedAt, point });
  }
  const verdict: Certainty =
    newest === undefined ? { certainty: 'notAsked' } : { certainty: 'atLeast', point: toKnownPoint(newest), unproven };
  return { verdict, settled: false, emptyFrom: walked.emptyFrom };
}

interface Walked {
  readonly newest: KnownRow | undefined;
  /** Where a newer point may hide; `undefined`: nowhere. */
  readonly unproven: Stretch | undefined;
  readonly emptyFrom: UtcSeconds;
}

/** Walks down from T to the first living point; every proof missing on the way, and every tombstone, costs the certainty. */
function walk(secondsDescending: Iterable<Second>, before: UtcSeconds, by: JudgedBy): Walked {
  let end = before;
  let emptyFrom = before;
  let unproven: Stretch | undefined;
  const doubt = (from: UtcSeconds, to: UtcSeconds): void => {
    unproven = { from: Math.min(from, unproven?.from ?? from), to: Math.max(to, unproven?.to ?? to) };
  };
  for (const second of secondsDescending) {
    for (const row of latestFirst(second, before, by)) {
      const reaches = provenTo(row, by.kind);
      if (reaches < end) doubt(Math.max(row.at, reaches), end);
      if (isFloor(row)) return { newest: undefined, unproven, emptyFrom };
      if (lives(row, by.now)) return { newest: row, unproven, emptyFrom };
      // A tombstone: the service may have extended its expiry since, so it may be the newest itself.
      if (end === before && reaches >= before) emptyFrom = row.at + 1;
      doubt(row.at, row.at + 1);
      end = row.at;
    }
  }
  doubt(FLOOR_AT, end);
  return { newest: undefined, unproven, emptyFrom };
}

/**
 * The rows of a second that count for the kind, the latest tick first. Of points of the same tick the service names either: the one it
 * named last goes first, so that its record is found again, and a living one goes before a tombstone, which can't be newer than it.
 */
function latestFirst(second: Second, before: UtcSeconds, by: JudgedBy): readonly KnownRow[] {
  const [first] = second;
  if (first === undefined || first.at >= before) return [];
  const rows = second.length === 1 && carries(first, by.kind) ? second : second.filter(row => carries(row, by.kind));
  if (rows.length < 2) return rows;
  const { shown } = by;
  const named = (row: KnownRow): UtcSeconds =>
    shown.reduce(
      (at, record) => (record.kind === by.kind && record.pointId === row.id ? Math.max(at, record.askedAt) : at),
      0,
    );
  const living = (row: KnownRow): number => (lives(row, by.now) ? 1 : 0);
  return rows.toSorted((a, b) => b.ticks - a.ticks || living(b) - living(a) || named(b) - named(a));
}

/**
 * The record by which the newest known living point is also what the service showed last as the newest before T, less than a cadence ago.
 * A living point known beside it and later than what was shown means that one of the two is out of date: no record then.
 */
function shownFor(newest: KnownRow | undefined, before: UtcSeconds, by: JudgedBy): ShownRecord | undefined {
  let latest: ShownRecord | undefined;
  for (const record of by.shown) {
    const fits =
      record.kind === by.kind &&
      isFresh(record, by.now) &&
      record.to >= Math.min(before, record.askedAt) &&
      record.pointId === newest?.id;
    if (fits && (latest === undefined || record.askedAt > latest.askedAt)) latest = record;
  }
  return latest;
}
