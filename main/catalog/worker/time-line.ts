import type { Point, Span } from '../../../shared/contract/certainty.ts';
import type { DaySummary } from '../../../shared/contract/restore-points.ts';
import { isFloor, lives, spansOf, summariesOf } from '../../../shared/domain/knowledge/index.ts';
import type { Span as KnownSpan, Stretch } from '../../../shared/domain/knowledge/index.ts';
import { estimateWindow } from '../../../shared/domain/planner/index.ts';
import type { UnitKind } from '../../../shared/domain/protection-unit.ts';
import { DAY } from '../../../shared/domain/time.ts';
import type { UtcSeconds } from '../../../shared/domain/time.ts';
import type { UnitKey } from '../repositories/units.ts';
import type { Cache } from './store.ts';
import { isCurrent, toPoint } from './verdicts.ts';

/** A unit's time line, for the calendar and the rulers. */
export const timeLine = (cache: Cache, unit: { readonly key: UnitKey; readonly kind: UnitKind }, now: UtcSeconds) => {
  const { key, kind } = unit;

  const spansIn = (window: Stretch) => {
    const rows = cache.know.around(key, window);
    return { rows, spans: spansOf(rows, window, { kind: 'any', now, shown: cache.shown.list(key) }) };
  };

  const toSpan = (span: KnownSpan): Span => ({
    fromAt: span.from,
    toAt: span.to,
    state: span.state === 'unknown' ? 'notAsked' : span.state,
    points: span.points,
    fastPoints: span.fast,
    ...(span.askedAt === undefined ? {} : { askedAt: span.askedAt }),
    // What was shown a cadence ago or more is asked again. Of the time to come nothing can be asked.
    ...(span.state === 'unknown' || (span.state === 'shown' && !isCurrent(span.askedAt ?? 0, now))
      ? { questions: estimateWindow([{ from: span.from, to: Math.min(span.to, now) }], kind, now) }
      : {}),
  });

  return {
    spans: (window: Stretch): { spans: Span[]; points: Point[] } => {
      const { rows, spans } = spansIn(window);
      const points = rows.filter(
        row => !isFloor(row) && row.at >= window.from && row.at < window.to && lives(row, now),
      );
      return { spans: spans.map(toSpan), points: points.map(toPoint) };
    },
    /** What of the window need not be asked: proven, or shown less than a cadence ago. */
    known: (window: Stretch): Stretch[] =>
      spansIn(window).spans.filter(
        span => span.state === 'proven' || (span.askedAt !== undefined && isCurrent(span.askedAt, now)),
      ),
    days: (bounds: readonly UtcSeconds[]): DaySummary[] => {
      const from = bounds[0] ?? 0;
      const to = bounds.at(-1) ?? 0;
      const rows = cache.know.around(key, { from, to });
      const ending = rows.filter(row => lives(row, now) && row.expiresAt <= now + DAY && row.at >= from);
      return summariesOf(rows, bounds, { kind: 'any', now }).map(day => ({
        fromAt: day.from,
        toAt: day.to,
        points: day.points,
        fastPoints: day.fast,
        // What is still to come has not been left unasked.
        unaskedSeconds: Math.max(0, day.unprovenSeconds - Math.max(0, day.to - Math.max(day.from, now))),
        expiringPoints: ending.filter(row => row.at >= day.from && row.at < day.to).length,
      }));
    },
  };
};
