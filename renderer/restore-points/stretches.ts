import type { Point, Span } from '../../shared/contract/certainty.ts';
import { MINUTE } from '../../shared/domain/time.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import { formatQuantity } from '../ui/number.ts';
import { formatClock, formatDuration, formatMoment } from '../ui/time/format.ts';

/** A row of the list of stretches: where it lies, how it is drawn, and what is known of it in words. */
export interface StretchRow {
  readonly fromAt: UtcSeconds;
  readonly toAt: UtcSeconds;
  readonly state: Span['state'];
  /** `12:03–14:26` */
  readonly period: string;
  readonly length: string;
  /** `13 points, none 13:43–14:13` */
  readonly words: string;
  /** `asked Sun 22 Nov 21:10 CET`; absent where nobody has asked. */
  readonly asked?: string;
  /** Points known in it; without any, none is drawn. */
  readonly points: number;
  /** About how many questions would prove the whole of it. */
  readonly questions?: number;
}

/** A break among points is worth a word when it is this long and twice the usual distance. */
const BREAK_SECONDS = 20 * MINUTE;

/** The longest break between known points of a stretch that stands out; absent where they come evenly. */
export function longestBreak(points: readonly Point[]): { fromAt: UtcSeconds; toAt: UtcSeconds } | undefined {
  const gaps = points.slice(1).map((point, index) => ({ fromAt: points[index]?.at ?? point.at, toAt: point.at }));
  const lengths = gaps.map(gap => gap.toAt - gap.fromAt).toSorted((a, b) => a - b);
  const usual = lengths[Math.floor((lengths.length - 1) / 2)] ?? 0;
  const longest = gaps.reduce<(typeof gaps)[number] | undefined>(
    (best, gap) => (best === undefined || gap.toAt - gap.fromAt > best.toAt - best.fromAt ? gap : best),
    undefined,
  );
  if (longest === undefined || gaps.length < 2) return undefined;
  const length = longest.toAt - longest.fromAt;
  return length >= BREAK_SECONDS && length >= 2 * usual ? longest : undefined;
}

interface Shown {
  readonly zone: string;
  readonly now: UtcSeconds;
  /** The end of the day shown: its midnight is written `24:00`. */
  readonly endAt: UtcSeconds;
}

/**
 * The spans with each point counted where a reader looks for it. An answer proves what follows its point, so the point itself lies in
 * the last second before: counted there, the stretch that nobody has asked about would claim a point at its own end, and the answered
 * one would say that it has none.
 */
function withPointsOfTheirAnswers(
  spans: readonly Span[],
  points: readonly Point[],
): (Span & { firstPointAt: UtcSeconds })[] {
  const movesOn = (index: number): Point[] => {
    const [span, next] = [spans[index], spans[index + 1]];
    if (span?.state !== 'notAsked' || next === undefined || next.state === 'notAsked' || next.fromAt !== span.toAt)
      return [];
    return points.filter(point => point.at === span.toAt - 1);
  };
  const fast = (some: readonly Point[]) => some.filter(point => point.fast).length;
  return spans.map((span, index) => {
    const leaving = movesOn(index);
    const coming = movesOn(index - 1);
    return {
      ...span,
      points: span.points - leaving.length + coming.length,
      fastPoints: span.fastPoints - fast(leaving) + fast(coming),
      firstPointAt: coming.length > 0 ? span.fromAt - 1 : span.fromAt,
    };
  });
}

/**
 * The stretches of a day in words, in order. What has not come yet is cut off: nobody can have asked about it, so it is not
 * "not yet asked".
 */
export function stretchRows(
  spans: readonly Span[],
  points: readonly Point[],
  { zone, now, endAt }: Shown,
): StretchRow[] {
  return withPointsOfTheirAnswers(spans, points).flatMap(span => {
    const toAt = Math.min(span.toAt, now);
    if (toAt <= span.fromAt) return [];
    const clock = (at: UtcSeconds) => (at === endAt ? '24:00' : formatClock(at, zone));
    const inside = points.filter(point => point.at >= span.firstPointAt && point.at < span.toAt);
    return [
      {
        fromAt: span.fromAt,
        toAt,
        state: span.state,
        points: span.points,
        period: `${clock(span.fromAt)}–${clock(toAt)}`,
        length: formatDuration(toAt - span.fromAt),
        words: spanInWords(span, inside, { zone, now }),
        ...(span.askedAt === undefined || span.state === 'notAsked'
          ? {}
          : { asked: `asked ${formatMoment(span.askedAt, zone, now)}` }),
        ...(span.state === 'proven' || span.questions === undefined || span.questions === 0
          ? {}
          : { questions: span.questions }),
      },
    ];
  });
}

function spanInWords(span: Span, points: readonly Point[], { zone, now }: Omit<Shown, 'endAt'>): string {
  const fast = span.fastPoints === 0 ? '' : `, ${span.fastPoints} fast`;
  const counted = span.points === 0 ? 'no point' : `${formatQuantity(span.points, 'point')}${fast}`;
  switch (span.state) {
    case 'notAsked':
      return span.points === 0 ? 'not yet asked' : `at least ${counted}, not yet asked in full`;
    case 'shown': {
      const when = span.askedAt === undefined ? 'when asked' : `at ${formatMoment(span.askedAt, zone, now)}`;
      return `${counted} ${when}, more may appear`;
    }
    case 'proven': {
      if (span.points === 0) return 'no point exists';
      const gap = longestBreak(points);
      return gap === undefined
        ? counted
        : `${counted}, none ${formatClock(gap.fromAt, zone)}–${formatClock(gap.toAt, zone)}`;
    }
  }
}

/** `34 points known; 18 h 13 min not yet asked`, and what was asked while points could still appear. */
export function dayHeadInWords(rows: readonly StretchRow[], points: number): string {
  const lengthOf = (state: Span['state']) =>
    rows.filter(row => row.state === state).reduce((sum, row) => sum + row.toAt - row.fromAt, 0);
  const unasked = lengthOf('notAsked');
  const shown = lengthOf('shown');
  const parts = [
    `${formatQuantity(points, 'point')} known`,
    unasked === 0 ? 'all of the day asked' : `${formatDuration(unasked)} not yet asked`,
    ...(shown === 0 ? [] : [`in ${formatDuration(shown)} more may appear`]),
  ];
  return parts.join('; ');
}

/** What of a time keeps an answer about it from being exact, as the list of stretches shows it. */
export interface OpenTime {
  readonly unaskedSeconds: number;
  /** Asked, but while points could still appear. */
  readonly shownSeconds: number;
}

/** The open time in `[fromAt, toAt)`; absent where the spans do not reach over all of it. */
export function openTimeIn(spans: readonly Span[], fromAt: UtcSeconds, toAt: UtcSeconds): OpenTime | undefined {
  const [first, last] = [spans[0], spans.at(-1)];
  if (first === undefined || last === undefined || first.fromAt > fromAt || last.toAt < toAt) return undefined;
  const within = (span: Span) => Math.max(0, Math.min(span.toAt, toAt) - Math.max(span.fromAt, fromAt));
  const lengthOf = (state: Span['state']) =>
    spans.filter(span => span.state === state).reduce((sum, span) => sum + within(span), 0);
  return { unaskedSeconds: lengthOf('notAsked'), shownSeconds: lengthOf('shown') };
}
