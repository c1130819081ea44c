import type { Point } from '../../shared/contract/certainty.ts';
import { HOUR, MINUTE } from '../../shared/domain/time.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import { formatClock } from '../ui/time/format.ts';
import { instantsOf, wallAt } from '../ui/time/zone.ts';

/** A stretch of time laid along a width in pixels. */
export interface Scale {
  readonly fromAt: UtcSeconds;
  readonly toAt: UtcSeconds;
  readonly width: number;
}

/** Where an instant lies, in pixels; kept inside the ruler. */
export function xOf(scale: Scale, at: UtcSeconds): number {
  const share = (at - scale.fromAt) / (scale.toAt - scale.fromAt);
  return Math.min(1, Math.max(0, share)) * scale.width;
}

/** The instant at a pixel, floored to the minute and kept inside the ruler. */
export function atX(scale: Scale, x: number): UtcSeconds {
  const share = scale.width <= 0 ? 0 : Math.min(1, Math.max(0, x / scale.width));
  const at = scale.fromAt + share * (scale.toAt - scale.fromAt);
  return Math.max(scale.fromAt, Math.floor(at / MINUTE) * MINUTE);
}

/** A labelled instant of an axis. */
export interface Tick {
  readonly at: UtcSeconds;
  readonly word: string;
}

/** Ticks of a day at whole hours of the zone's own clock, so that a day of 23 or 25 hours stays right. Ends with `24:00`. */
export function dayTicks(zone: string, fromAt: UtcSeconds, toAt: UtcSeconds, everyHours: number): Tick[] {
  const date = wallAt(zone, fromAt);
  const ticks: Tick[] = [];
  for (let hour = 0; hour < 24; hour += everyHours) {
    const instants = instantsOf({ ...date, hour, minute: 0, second: 0 }, zone);
    const at = instants.is === 'once' ? instants.at : instants.is === 'twice' ? instants.first : instants.resumesAt;
    if (at >= fromAt && at < toAt) ticks.push({ at, word: `${String(hour).padStart(2, '0')}:00` });
  }
  return [...ticks, { at: toAt, word: '24:00' }];
}

/** How much the lower ruler enlarges: two and a half hours before the cursor, and what follows. */
const ENLARGED = 3.5 * HOUR;
const BEFORE_CURSOR = 2.5 * HOUR;
const STEP = 30 * MINUTE;

/** The enlarged hours around the cursor, at full half-hours, inside the day. */
export function enlargedAround(
  cursorAt: UtcSeconds,
  dayFromAt: UtcSeconds,
  dayToAt: UtcSeconds,
): { fromAt: UtcSeconds; toAt: UtcSeconds } {
  const length = Math.min(ENLARGED, dayToAt - dayFromAt);
  const wished = dayFromAt + Math.floor((cursorAt - BEFORE_CURSOR - dayFromAt) / STEP) * STEP;
  const fromAt = Math.max(dayFromAt, Math.min(wished, dayToAt - length));
  return { fromAt, toAt: fromAt + length };
}

/** Half of what `19:30` takes. */
export const LABEL_HALF = 14;

/** Which points get a label: the chosen one first, then as many as fit without touching. */
export function labelledPoints(
  points: readonly Point[],
  scale: Scale,
  zone: string,
  chosenAt: UtcSeconds | undefined,
  gap: number,
): (Tick & { isChosen: boolean })[] {
  const taken: number[] = [];
  const labels: (Tick & { isChosen: boolean })[] = [];
  const place = (point: Point, isChosen: boolean) => {
    // A label keeps inside of the ruler, so one at its edge comes closer to the next.
    const x = Math.min(scale.width - LABEL_HALF, Math.max(LABEL_HALF, xOf(scale, point.at)));
    if (taken.some(other => Math.abs(other - x) < gap)) return;
    taken.push(x);
    labels.push({ at: point.at, word: formatClock(point.at, zone), isChosen });
  };
  const shown = points.filter(point => point.at >= scale.fromAt && point.at < scale.toAt);
  const chosen = shown.find(point => point.at === chosenAt);
  if (chosen !== undefined) place(chosen, true);
  for (const point of shown) if (point !== chosen) place(point, false);
  return labels.toSorted((a, b) => a.at - b.at);
}

/** A piece of a line that something stands on already, in pixels. */
export interface TakenRoom {
  readonly from: number;
  readonly to: number;
}

/**
 * Where a caption goes in a line: at its left end, else at its right end, else in the widest room between what stands there. `x` is its
 * left edge; absent where it fits nowhere.
 */
export function roomForCaption(
  lineWidth: number,
  captionWidth: number,
  taken: readonly TakenRoom[],
): number | undefined {
  const isFree = (from: number) =>
    from >= 0 &&
    from + captionWidth <= lineWidth &&
    taken.every(room => room.to <= from || room.from >= from + captionWidth);
  const between = taken.map(room => room.to).toSorted((a, b) => a - b);
  return [0, lineWidth - captionWidth, ...between].find(isFree);
}

/** The minute after a point: the earliest incident time in whole minutes whose newest point it is. */
export function minuteAfter(pointAt: UtcSeconds): UtcSeconds {
  return (Math.floor(pointAt / MINUTE) + 1) * MINUTE;
}

/**
 * Where a key moves the incident: left and right to just after the point before or next, the page keys an hour, Home and End to the
 * bounds of the day. `points` in ascending order. Absent where there is no further point, or the key means nothing here.
 */
export function incidentAfterKey(
  key: string,
  incidentAt: UtcSeconds,
  points: readonly Point[],
  day: { readonly fromAt: UtcSeconds; readonly toAt: UtcSeconds },
): UtcSeconds | undefined {
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      return points.map(point => minuteAfter(point.at)).findLast(at => at < incidentAt);
    case 'ArrowRight':
    case 'ArrowUp':
      return points.map(point => minuteAfter(point.at)).find(at => at > incidentAt);
    case 'PageUp':
      return incidentAt - HOUR;
    case 'PageDown':
      return incidentAt + HOUR;
    case 'Home':
      return day.fromAt;
    case 'End':
      return day.toAt - MINUTE;
    default:
      return undefined;
  }
}
