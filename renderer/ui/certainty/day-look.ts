import type { DaySummary } from '../../../shared/contract/restore-points.ts';
import type { UtcSeconds } from '../../../shared/domain/time.ts';
import { formatDay, formatDuration } from '../time/format.ts';
import { formatQuantity } from '../number.ts';

/** How a day's cell is drawn: which shade of 1 to 4 its points give, and whether a part of the day was never asked about. */
export type DayLook =
  | { readonly is: 'known'; readonly shade: 1 | 2 | 3 | 4; readonly fast: boolean }
  | { readonly is: 'part'; readonly shade: 0 | 1 | 2 | 3 | 4; readonly fast: boolean }
  | { readonly is: 'empty' }
  | { readonly is: 'notAsked' }
  | { readonly is: 'before' }
  | { readonly is: 'future' };

/** Shade by count: 1, 2–10, 11–50, more. */
export function shadeOf(points: number): 1 | 2 | 3 | 4 {
  if (points <= 1) return 1;
  if (points <= 10) return 2;
  return points <= 50 ? 3 : 4;
}

interface Bounds {
  /** Now in the tenant's service time. A day is unasked only as far as it has passed. */
  readonly now: UtcSeconds;
  /** When the unit came under protection; nothing can be known before. */
  readonly protectedSinceAt?: UtcSeconds | undefined;
}

/** How a day looks. Nothing that nobody asked about ever looks like nothing there. */
export function dayLook(day: DaySummary, { now, protectedSinceAt }: Bounds): DayLook {
  const fast = day.fastPoints > 0;
  if (day.fromAt >= now) return { is: 'future' };
  // A point seen on such a day is shown all the same: the service knows better than a date.
  if (protectedSinceAt !== undefined && day.toAt <= protectedSinceAt && day.points === 0) return { is: 'before' };
  const passed = Math.min(day.toAt, now) - day.fromAt;
  if (day.unaskedSeconds === 0)
    return day.points === 0 ? { is: 'empty' } : { is: 'known', shade: shadeOf(day.points), fast };
  if (day.points === 0 && day.unaskedSeconds >= passed) return { is: 'notAsked' };
  return { is: 'part', shade: day.points === 0 ? 0 : shadeOf(day.points), fast };
}

/** A day in words: `Fri 20 Nov, at least 34 points, 1 fast, 18 h 13 min not certain`. */
export function dayInWords(day: DaySummary, bounds: Bounds & { readonly zone: string }): string {
  const name = formatDay(day.fromAt, bounds.zone, bounds.now);
  const look = dayLook(day, bounds);
  const points = formatQuantity(day.points, 'point');
  const fast = day.fastPoints > 0 ? `, ${day.fastPoints} fast` : '';
  switch (look.is) {
    case 'known':
      return `${name}, ${points}${fast}, all known`;
    case 'part':
      return `${name}, at least ${points}${fast}, ${formatDuration(day.unaskedSeconds)} not certain`;
    case 'empty':
      return `${name}, asked, no point exists`;
    case 'notAsked':
      return `${name}, not yet asked`;
    case 'before':
      return `${name}, before protection`;
    case 'future':
      return `${name}, not yet come`;
  }
}
