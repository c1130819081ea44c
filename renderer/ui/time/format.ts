import { DAY, HOUR, MINUTE } from '../../../shared/domain/time.ts';
import type { UtcSeconds } from '../../../shared/domain/time.ts';
import { wallAt, zoneName } from './zone.ts';

const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;
const longWeekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;
const longMonths = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

const two = (value: number) => String(value).padStart(2, '0');

/** `14:05`, in the zone, floored to the minute. */
export function formatClock(at: UtcSeconds, zone: string): string {
  const { hour, minute } = wallAt(zone, at);
  return `${two(hour)}:${two(minute)}`;
}

/** `14:05:30`: for what may come again within a minute. */
export function formatClockToSecond(at: UtcSeconds, zone: string): string {
  return `${formatClock(at, zone)}:${two(wallAt(zone, at).second)}`;
}

/** `Fri 20 Nov`, with the year added where it is not that of `now`. */
export function formatDay(at: UtcSeconds, zone: string, now?: UtcSeconds): string {
  const wall = wallAt(zone, at);
  const weekday = weekdays[new Date(Date.UTC(wall.year, wall.month - 1, wall.day)).getUTCDay()] ?? '';
  const year = now !== undefined && wallAt(zone, now).year === wall.year ? '' : ` ${wall.year}`;
  return `${weekday} ${wall.day} ${months[wall.month - 1] ?? ''}${year}`;
}

/** `2 Dec`, with the year where it is not that of `now`. */
export function formatShortDate(at: UtcSeconds, zone: string, now: UtcSeconds): string {
  const wall = wallAt(zone, at);
  const year = wallAt(zone, now).year === wall.year ? '' : ` ${wall.year}`;
  return `${wall.day} ${months[wall.month - 1] ?? ''}${year}`;
}

/** `2 Feb 2026`. */
export function formatDate(at: UtcSeconds, zone: string): string {
  const wall = wallAt(zone, at);
  return `${wall.day} ${months[wall.month - 1] ?? ''} ${wall.year}`;
}

/** `Friday 20 November 2026`. */
export function formatLongDay(at: UtcSeconds, zone: string): string {
  const wall = wallAt(zone, at);
  const weekday = longWeekdays[new Date(Date.UTC(wall.year, wall.month - 1, wall.day)).getUTCDay()] ?? '';
  return `${weekday} ${wall.day} ${longMonths[wall.month - 1] ?? ''} ${wall.year}`;
}

/** Whether the zone shows the same date at both instants. */
export function isSameDay(a: UtcSeconds, b: UtcSeconds, zone: string): boolean {
  const one = wallAt(zone, a);
  const other = wallAt(zone, b);
  return one.year === other.year && one.month === other.month && one.day === other.day;
}

/** `14:05 CET` where it is today, else `Fri 20 Nov 14:05 CET`, with the year where that is another. */
export function formatMoment(at: UtcSeconds, zone: string, now: UtcSeconds): string {
  const time = `${formatClock(at, zone)} ${zoneName(zone, at)}`;
  return isSameDay(at, now, zone) ? time : `${formatDay(at, zone, now)} ${time}`;
}

/** `Fri 20 Nov 2026, 14:05 CET`: the whole of it, for what is compared with a typed date and time. */
export function formatDatedMoment(at: UtcSeconds, zone: string): string {
  return `${formatDay(at, zone)}, ${formatClock(at, zone)} ${zoneName(zone, at)}`;
}

/** `14:05` where it is today, else `24 Nov`: where there is no room, with the whole elsewhere. */
export function formatBriefly(at: UtcSeconds, zone: string, now: UtcSeconds): string {
  return isSameDay(at, now, zone) ? formatClock(at, zone) : formatShortDate(at, zone, now);
}

/** `14:05 CET, 22 min ago`. */
export function formatMomentAndAge(at: UtcSeconds, zone: string, now: UtcSeconds): string {
  return `${formatMoment(at, zone, now)}, ${formatAgo(at, now)}`;
}

/** `2026-11-20 13:05:00 UTC`: the whole time, for hovering and copying. */
export function formatUtc(at: UtcSeconds): string {
  return `${new Date(at * 1000).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** A year as lengths of time count it. Below two of them, days say more. */
const YEAR = 365.25 * DAY;

/**
 * A length of time with its two largest units, floored: `45 s`, `22 min`, `2 h 13 min`, `2 d 14 h`; from a week on in days, from
 * two years on in years. Negative lengths count as zero.
 */
export function formatDuration(seconds: number): string {
  const length = Math.max(0, Math.floor(seconds));
  if (length < MINUTE) return `${length} s`;
  if (length < HOUR) return `${Math.floor(length / MINUTE)} min`;
  if (length < DAY) return withRest(Math.floor(length / HOUR), 'h', Math.floor((length % HOUR) / MINUTE), 'min');
  if (length < 7 * DAY) return withRest(Math.floor(length / DAY), 'd', Math.floor((length % DAY) / HOUR), 'h');
  return inDays(length);
}

/** A length of time in its largest unit alone, floored: `45 s`, `22 min`, `2 h`, `3 d`; where there is no room for two. */
export function formatRoughly(seconds: number): string {
  const length = Math.max(0, Math.floor(seconds));
  if (length < HOUR) return formatDuration(length);
  return length < DAY ? `${Math.floor(length / HOUR)} h` : inDays(length);
}

/** `9 d`, `729 d`, `36 y` */
function inDays(length: number): string {
  return length < 2 * YEAR ? `${Math.floor(length / DAY)} d` : `${Math.floor(length / YEAR)} y`;
}

function withRest(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
}

/** An age without "ago": `now` below a minute, else as `formatDuration`. A time in the future has no age: `now`. */
export function formatAge(at: UtcSeconds, now: UtcSeconds): string {
  return now - at < MINUTE ? 'now' : formatDuration(now - at);
}

/** `22 min ago`, `just now`, or `in 5 min`. */
export function formatAgo(at: UtcSeconds, now: UtcSeconds): string {
  if (at - now >= MINUTE) return `in ${formatDuration(at - now)}`;
  return now - at < MINUTE ? 'just now' : `${formatDuration(now - at)} ago`;
}
