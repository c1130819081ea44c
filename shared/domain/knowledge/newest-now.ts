import type { UtcSeconds } from '../time.ts';
import { carries, isFloor, NEVER, provenTo } from './known-row.ts';
import type { KnownPoint, Second } from './known-row.ts';
import { newestBefore } from './newest-before.ts';
import type { JudgedBy } from './newest-before.ts';
import { isHead } from './shown-record.ts';

/** What a view may say about the newest point of a unit there is. */
export type NewestNow =
  /** Asked less than a cadence ago: this was the newest (`undefined`: there was none). */
  | { readonly state: 'current'; readonly askedAt: UtcSeconds; readonly point: KnownPoint | undefined }
  /** "13:43 or newer": known to exist, asked too long ago (or never as the newest) to be called current. */
  | { readonly state: 'orNewer'; readonly point: KnownPoint }
  /** "None at 08:42". */
  | { readonly state: 'noneAt'; readonly askedAt: UtcSeconds }
  | { readonly state: 'notAsked' };

/**
 * The newest point as of `now`; the one function that every view calls. It decays a cadence after the asking.
 *
 * @param secondsDescending all rows of the unit as for `newestBefore`; read lazily
 */
export function newestNow(secondsDescending: Iterable<Second>, by: JudgedBy): NewestNow {
  let floorTo = 0;
  let sawPoint = false;
  const watched = function* (): Generator<Second> {
    for (const second of secondsDescending) {
      for (const row of second) {
        if (isFloor(row)) floorTo = provenTo(row, by.kind);
        else if (carries(row, by.kind)) sawPoint = true;
      }
      yield second;
    }
  };
  // Now is later than anything settled, so this is never exact: as shown, or less.
  const verdict = newestBefore(watched(), NEVER, { ...by, shown: by.shown.filter(isHead) });
  switch (verdict.certainty) {
    case 'shownAt':
      return { state: 'current', askedAt: verdict.askedAt, point: verdict.point };
    case 'exact':
    case 'atLeast':
      return { state: 'orNewer', point: verdict.point };
    case 'none':
    case 'notAsked': {
      const heads = by.shown.filter(record => record.kind === by.kind && isHead(record));
      const latest = heads.toSorted((a, b) => b.askedAt - a.askedAt)[0];
      if (latest !== undefined && latest.pointId === undefined) return { state: 'noneAt', askedAt: latest.askedAt };
      // Proven to the floor, but with points in between that have expired since: then there was not none.
      return floorTo > 0 && !sawPoint ? { state: 'noneAt', askedAt: floorTo } : { state: 'notAsked' };
    }
  }
}
