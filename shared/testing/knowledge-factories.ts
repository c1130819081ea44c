import { FLOOR_TEXT, NEVER } from '../domain/knowledge/index.ts';
import type {
  KnownRow,
  ListQuestion,
  SearchQuestion,
  SeenPoint,
  ShownRecord,
  UnitAnswer,
} from '../domain/knowledge/index.ts';
import { DAY, toIso } from '../domain/time.ts';
import type { UtcSeconds } from '../domain/time.ts';

/** A day in the middle of nowhere: the zero of the tests' times. */
export const DAY_ZERO: UtcSeconds = 1_790_000_000;
/** Long after everything in a test has settled. */
export const LONG_AFTER: UtcSeconds = DAY_ZERO + 10 * DAY;

/** The row of a point at a time, living long, proving nothing. */
export function aRow(at: UtcSeconds, over: Partial<KnownRow> = {}): KnownRow {
  return {
    at,
    ticks: 0,
    id: `p${at}`,
    expiresAt: at + 365 * DAY,
    fast: false,
    anyTo: at,
    fastTo: at,
    seenAt: at,
    ...over,
  };
}

/** The floor row, proven to some time for both kinds unless said otherwise. */
export function aFloor(anyTo: UtcSeconds, fastTo = anyTo): KnownRow {
  return { at: 0, ticks: 0, id: '', expiresAt: NEVER, fast: false, anyTo, fastTo, seenAt: 0 };
}

/** A point as an answer shows it. */
export function aPoint(at: UtcSeconds, over: Partial<SeenPoint> = {}): SeenPoint {
  return { unitId: 'u', at, ticks: 0, id: `p${at}`, expiresAt: at + 365 * DAY, fast: false, ...over };
}

/** A search for the newest of unit `u` before a second. */
export function aSearch(before: UtcSeconds | undefined, over: Partial<SearchQuestion> = {}): SearchQuestion {
  const bound = before === undefined ? {} : { before, end: toIso(before) };
  return { form: 'search', unitIds: ['u'], start: FLOOR_TEXT, ...bound, prefer: 'newest', kind: 'any', ...over };
}

export function aList(before: UtcSeconds): ListQuestion {
  return { form: 'list', unitId: 'u', before: toIso(before) };
}

/** What a question told of unit `u`, asked long after. No points: `noResult` for a search, nothing for a list. */
export function told(
  question: SearchQuestion | ListQuestion,
  points: readonly SeenPoint[],
  over: Partial<UnitAnswer> = {},
): UnitAnswer {
  const noResult = question.form === 'search' && points.length === 0;
  return { unitId: 'u', question, askedAt: LONG_AFTER, points, noResult, ...over };
}

export function aShown(over: Partial<ShownRecord> & Pick<ShownRecord, 'askedAt'>): ShownRecord {
  return { kind: 'any', from: 0, to: over.askedAt, ...over };
}
