import { toIso, toUtcSeconds } from '../time.ts';
import type { UtcSeconds } from '../time.ts';

/** A tick is the smallest step of the service's times: its texts carry seven fraction digits. */
export const TICKS_A_SECOND = 10_000_000;

/** A moment to the tick: whole seconds, floored, and the ticks after them (0 … 9,999,999). */
export interface Instant {
  readonly at: UtcSeconds;
  readonly ticks: number;
}

/** The start of every search: only from here can an answer prove that a unit has no point at all. */
export const FLOOR_TEXT = '0001-01-01T00:00:00Z';

const FRACTION = /[.,](\d+)/;

/**
 * Reads an ISO 8601 instant of the service to the tick. Digits past the seventh are cut off, never rounded up.
 *
 * @returns `undefined` where the text is no instant or stands for "not set"
 */
export function toInstant(text: string | null | undefined): Instant | undefined {
  const at = toUtcSeconds(text);
  if (at === undefined || text === null || text === undefined) return undefined;
  const digits = FRACTION.exec(text)?.[1] ?? '';
  return { at, ticks: Number(digits.slice(0, 7).padEnd(7, '0')) };
}

/** Writes an instant as the service does, with seven fraction digits where there are ticks, in whole seconds where not. */
export function toInstantText(instant: Instant): string {
  const whole = toIso(instant.at);
  return instant.ticks === 0 ? whole : `${whole.slice(0, -1)}.${String(instant.ticks).padStart(7, '0')}Z`;
}

/** The last instant before the second begins: a period with a closed end that ends here holds all points before `at`. */
export function oneTickBefore(at: UtcSeconds): Instant {
  return { at: at - 1, ticks: TICKS_A_SECOND - 1 };
}

/** Negative where `a` is earlier, zero where they are the same tick, positive where `a` is later. */
export function compareInstants(a: Instant, b: Instant): number {
  return a.at - b.at || a.ticks - b.ticks;
}
