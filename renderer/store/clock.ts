import type { Clock } from '../../shared/contract/console.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';

/** A clock of main, and the moment of this window's own monotonic clock at which it arrived. */
export interface ReadClock extends Clock {
  /** `performance.now()` at the arrival, in milliseconds. */
  readonly readAtMillis: number;
}

/** What the clock shows now: it went on at its own rate since it was read. Never back. */
export function nowOf(clock: ReadClock, millis: number): UtcSeconds {
  return Math.floor(clock.now + (Math.max(0, millis - clock.readAtMillis) / 1000) * clock.rate);
}

/** Real seconds in which `seconds` of the clock pass. */
export function realSeconds(clock: Clock, seconds: number): number {
  return seconds / clock.rate;
}
