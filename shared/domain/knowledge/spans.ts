import type { UtcSeconds } from '../time.ts';
import { carries, isFloor, lives, provenTo } from './known-row.ts';
import type { KnownRow, PointKind } from './known-row.ts';
import type { ShownRecord } from './shown-record.ts';
import { gapsWithin, unionWithin } from './stretch.ts';
import type { Stretch } from './stretch.ts';

/**
 * A stretch of a window of which one thing can be said. `proven`: all points in it are known; with `points` 0 it is known
 * as empty. `shown`: as the service showed it at `askedAt`, points may still appear. `unknown`: nobody has asked; its points are those met otherwise.
 */
export interface Span extends Stretch {
  readonly state: 'proven' | 'shown' | 'unknown';
  /** Living points of the kind known in it; in an unknown stretch there may be more. */
  readonly points: number;
  /** Those of them that are fast. */
  readonly fast: number;
  /**
   * Of a shown stretch: its asking. Of a proven one: the latest asking that showed a point in it; what proved a stretch empty is not kept
   * with its time.
   */
  readonly askedAt?: UtcSeconds;
}

/** One cell of a calendar. */
export interface WindowSummary extends Stretch {
  /** `whole`: every point known. `part`: some stretch is known, or points were met. `unknown`: nothing known. */
  readonly state: 'whole' | 'part' | 'unknown';
  /** Known living points: the count where `whole` (0: known as empty), else "at least". */
  readonly points: number;
  readonly fast: number;
  /** Seconds that are not proven. */
  readonly unprovenSeconds: number;
}

export interface WindowOf {
  readonly kind: PointKind;
  readonly now: UtcSeconds;
  readonly shown: readonly ShownRecord[];
}

/**
 * The stretches of a window, in ascending order, without gaps.
 *
 * @param rows the unit's rows in the window, and below it those of the nearest second (for `fast`: the nearest that has a
 * fast one) and the floor row; in any order
 */
export function spansOf(rows: Iterable<KnownRow>, window: Stretch, of: WindowOf): readonly Span[] {
  const { points, proven } = read(rows, window, of);
  const states: Omit<Span, 'points' | 'fast'>[] = proven.map(part => ({ ...part, state: 'proven' }));
  const covered: Stretch[] = [...proven];
  for (const record of of.shown.toSorted((a, b) => b.askedAt - a.askedAt)) {
    if (record.kind !== of.kind) continue;
    const inWindow = { from: Math.max(record.from, window.from), to: Math.min(record.to, window.to) };
    if (inWindow.from >= inWindow.to) continue;
    for (const gap of gapsWithin(covered, inWindow)) {
      states.push({ ...gap, state: 'shown', askedAt: record.askedAt });
      covered.push(gap);
    }
  }
  for (const gap of gapsWithin(covered, window)) states.push({ ...gap, state: 'unknown' });
  const count = counter(points);
  return states
    .toSorted((a, b) => a.from - b.from)
    .map(state => {
      const { seenAt, ...counts } = count(state.to);
      return { ...state, ...counts, ...(state.state === 'proven' && seenAt > 0 ? { askedAt: seenAt } : {}) };
    });
}

/**
 * One summary for each pair of neighbouring bounds (days of the tenant's time zone, say; they need not be equally long).
 *
 * @param rows as for `spansOf`, of the window from the first to the last bound
 * @param bounds ascending; n + 1 bounds give n summaries
 */
export function summariesOf(
  rows: Iterable<KnownRow>,
  bounds: readonly UtcSeconds[],
  of: Pick<WindowOf, 'kind' | 'now'>,
): readonly WindowSummary[] {
  const [first] = bounds;
  const last = bounds.at(-1);
  if (first === undefined || last === undefined) return [];
  const { points, proven } = read(rows, { from: first, to: last }, of);
  const count = counter(points);
  const summaries: WindowSummary[] = [];
  let part = 0;
  let from = first;
  for (const to of bounds.slice(1)) {
    let provenSeconds = 0;
    for (; ; part += 1) {
      const stretch = proven[part];
      if (stretch === undefined || stretch.from >= to) break;
      provenSeconds += Math.min(stretch.to, to) - Math.max(stretch.from, from);
      if (stretch.to > to) break;
    }
    const { points: counted, fast } = count(to);
    const unprovenSeconds = to - from - provenSeconds;
    const state = unprovenSeconds === 0 ? 'whole' : provenSeconds === 0 && counted === 0 ? 'unknown' : 'part';
    summaries.push({ from, to, state, points: counted, fast, unprovenSeconds });
    from = to;
  }
  return summaries;
}

function read(
  rows: Iterable<KnownRow>,
  window: Stretch,
  of: Pick<WindowOf, 'kind' | 'now'>,
): { readonly points: readonly KnownRow[]; readonly proven: readonly Stretch[] } {
  const points: KnownRow[] = [];
  const stretches: Stretch[] = [];
  for (const row of rows) {
    if (!carries(row, of.kind) || row.at >= window.to) continue;
    stretches.push({ from: row.at + 1, to: provenTo(row, of.kind) });
    if (row.at >= window.from && !isFloor(row) && lives(row, of.now)) points.push(row);
  }
  return { points: points.toSorted((a, b) => a.at - b.at), proven: unionWithin(stretches, window) };
}

interface Counts {
  readonly points: number;
  readonly fast: number;
  /** The latest asking that showed one of them; 0 where there are none. */
  readonly seenAt: UtcSeconds;
}

/** Counts points from where the last call ended up to a bound. */
function counter(points: readonly KnownRow[]): (to: UtcSeconds) => Counts {
  let next = 0;
  return to => {
    const counts = { points: 0, fast: 0, seenAt: 0 };
    for (let point = points[next]; point !== undefined && point.at < to; point = points[next]) {
      counts.points += 1;
      counts.seenAt = Math.max(counts.seenAt, point.seenAt);
      if (point.fast) counts.fast += 1;
      next += 1;
    }
    return counts;
  };
}
