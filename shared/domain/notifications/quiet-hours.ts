import type { UtcSeconds } from '../time.ts';

const MINUTES_A_DAY = 1_440;

/** A part of each day, in minutes since midnight of the clock on the wall; over midnight where it ends before it begins. */
export interface QuietHours {
  readonly from: number;
  /** The first minute that is no longer quiet. Never equal to `from`. */
  readonly to: number;
}

/** Whether a minute of the day lies within. */
export function isQuietMinute({ from, to }: QuietHours, minute: number): boolean {
  return (minute - from + MINUTES_A_DAY) % MINUTES_A_DAY < (to - from + MINUTES_A_DAY) % MINUTES_A_DAY;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/**
 * The minute of the day that a clock on the wall of this zone shows. Days of 23 and 25 hours need nothing of their own: a minute that is
 * left out is never met, and one that comes twice is quiet twice or not at all.
 *
 * @throws RangeError for a zone that the runtime does not know
 */
export function minuteOfDay(at: UtcSeconds, zone: string): number {
  const known = clocks.get(zone);
  const clock =
    known ?? new Intl.DateTimeFormat('en-GB', { timeZone: zone, hourCycle: 'h23', hour: 'numeric', minute: 'numeric' });
  if (known === undefined) clocks.set(zone, clock);
  const parts = clock.formatToParts(at * 1_000);
  const read = (type: 'hour' | 'minute'): number => Number(parts.find(part => part.type === type)?.value ?? 0);
  return read('hour') * 60 + read('minute');
}
