import type { DaySummary } from '../../shared/contract/restore-points.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import { formatQuantity } from '../ui/number.ts';
import { dayLook } from '../ui/certainty/day-look.ts';
import type { DayLook } from '../ui/certainty/day-look.ts';
import { formatDay } from '../ui/time/format.ts';
import { dayBounds, wallAt } from '../ui/time/zone.ts';

/** A year and the week that has begun. */
export const WEEKS = 53;
const DAYS_A_WEEK = 7;

/** Monday 0 … Sunday 6, of the day that the zone shows. */
export function weekdayOf(zone: string, at: UtcSeconds): number {
  const { year, month, day } = wallAt(zone, at);
  return (new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 6) % DAYS_A_WEEK;
}

/** The bounds of the calendar's days: from the Monday 52 weeks ago to the end of today, oldest first, in the zone looked in. */
export function calendarBounds(zone: string, now: UtcSeconds): UtcSeconds[] {
  return dayBounds(zone, now, (WEEKS - 1) * DAYS_A_WEEK + weekdayOf(zone, now) + 1);
}

/** Where a day stands: weeks are columns, weekdays rows. */
export function placeOfDay(index: number): { column: number; row: number } {
  return { column: Math.floor(index / DAYS_A_WEEK), row: index % DAYS_A_WEEK };
}

/** The day of a place; absent where the place holds none. */
export function dayAtPlace(column: number, row: number, days: number): number | undefined {
  if (column < 0 || row < 0 || row >= DAYS_A_WEEK) return undefined;
  const index = column * DAYS_A_WEEK + row;
  return index < days ? index : undefined;
}

/** Which day holds an instant; absent outside of the calendar. */
export function dayIndexAt(bounds: readonly UtcSeconds[], at: UtcSeconds): number | undefined {
  const next = bounds.findIndex(bound => bound > at);
  return next > 0 ? next - 1 : undefined;
}

/** Labels closer than this many columns would touch. */
const LABEL_COLUMNS = 3;
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/** A label over the first whole week of each month; January names its year. */
export function monthLabels(bounds: readonly UtcSeconds[], zone: string): { column: number; word: string }[] {
  const labels: { column: number; word: string }[] = [];
  let former: number | undefined;
  for (let index = 0; index < bounds.length - 1; index += DAYS_A_WEEK) {
    const { year, month } = wallAt(zone, bounds[index] ?? 0);
    const column = index / DAYS_A_WEEK;
    const last = labels.at(-1);
    const isNew = former !== undefined && month !== former;
    if (isNew && (last === undefined || column - last.column >= LABEL_COLUMNS))
      labels.push({ column, word: month === 1 ? `Jan ${year}` : (months[month - 1] ?? '') });
    former = month;
  }
  return labels;
}

/** What a key asks of the calendar: up and down a day, left, right and the page keys a week, as they lie; never outside of it. */
export function dayAfterKey(key: string, index: number, days: number): number | undefined {
  const to = (moved: number) => Math.min(days - 1, Math.max(0, moved));
  switch (key) {
    case 'ArrowUp':
      return to(index - 1);
    case 'ArrowDown':
      return to(index + 1);
    case 'ArrowLeft':
    case 'PageUp':
      return to(index - DAYS_A_WEEK);
    case 'ArrowRight':
    case 'PageDown':
      return to(index + DAYS_A_WEEK);
    case 'Home':
      return 0;
    case 'End':
      return days - 1;
    default:
      return undefined;
  }
}

const lookWords: { readonly [L in DayLook['is']]: string } = {
  known: 'all points known',
  part: 'known in part',
  empty: 'asked, no point exists',
  notAsked: 'not yet asked',
  before: 'before protection',
  future: 'not yet come',
};

/**
 * The days with what has passed since they were read: nobody can have asked about it, so it is unasked time of the day that it fell in.
 * Without it a day that has just begun would look as if a part of it were known.
 */
export function withTimePassed(days: readonly DaySummary[], readAt: UtcSeconds, now: UtcSeconds): DaySummary[] {
  return days.map(day => {
    const passed = Math.min(day.toAt, now) - Math.max(day.fromAt, readAt);
    return passed <= 0 ? day : { ...day, unaskedSeconds: day.unaskedSeconds + passed };
  });
}

interface Bounds {
  readonly zone: string;
  readonly now: UtcSeconds;
  readonly protectedSinceAt?: UtcSeconds | undefined;
}

/** The calendar as a list for who can't see it: one line for each run of days that look the same, with their points. */
export function runsInWords(days: readonly DaySummary[], bounds: Bounds): string[] {
  const runs: { is: DayLook['is']; first: DaySummary; last: DaySummary; points: number; fast: number }[] = [];
  for (const day of days) {
    const { is } = dayLook(day, bounds);
    const run = runs.at(-1);
    if (run?.is === is) {
      run.last = day;
      run.points += day.points;
      run.fast += day.fastPoints;
    } else runs.push({ is, first: day, last: day, points: day.points, fast: day.fastPoints });
  }
  return runs.map(({ is, first, last, points, fast }) => {
    const from = formatDay(first.fromAt, bounds.zone, bounds.now);
    const period = first === last ? from : `${from} to ${formatDay(last.fromAt, bounds.zone, bounds.now)}`;
    const counted =
      points === 0
        ? ''
        : `, ${is === 'part' ? 'at least ' : ''}${formatQuantity(points, 'point')}${fast === 0 ? '' : `, ${fast} fast`}`;
    return `${period}: ${lookWords[is]}${counted}`;
  });
}

/** What the calendar shows as a whole, in one sentence. */
export function calendarInWords(days: readonly DaySummary[], bounds: Bounds): string {
  const count = (is: DayLook['is']) => days.filter(day => dayLook(day, bounds).is === is).length;
  const points = days.reduce((sum, day) => sum + day.points, 0);
  const fast = days.reduce((sum, day) => sum + day.fastPoints, 0);
  const parts = [
    `${formatQuantity(points, 'known point')}, ${fast} fast`,
    `${formatQuantity(count('known') + count('empty'), 'day')} all known`,
    `${count('part')} in part`,
    `${count('notAsked')} not yet asked`,
  ];
  return `Points by day of the last 53 weeks: ${parts.join(', ')}`;
}
