/** Seconds since 1970-01-01T00:00:00Z, whole, floored. Every time inside Backstop has this form. */
export type UtcSeconds = number;

export const MINUTE = 60;
export const HOUR = 3_600;
export const DAY = 86_400;
export const WEEK = 7 * DAY;

/**
 * Graph writes "not set" as year 0001. As seconds that is far below zero; anything before this bound counts as unset.
 * (Backup Storage did not exist in 1970, so no real time of the service lies before it.)
 */
const FIRST_REAL_SECOND: UtcSeconds = 0;

// Older documentation pages write the time of day with hyphens ("12-01-03.45Z"); the service is read leniently, written strictly.
const INSTANT =
  /^(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2})[:-](\d{2})[:-](\d{2})(?:[.,](\d{1,9}))?(?:[Zz]|([+-])(\d{2}):?(\d{2}))?$/;

/**
 * Reads an ISO 8601 instant and floors it to whole seconds. A missing offset means UTC, as everywhere in Graph.
 *
 * @returns seconds, or `undefined` where the text is no instant or stands for "not set" (empty, year 0001)
 */
export function toUtcSeconds(text: string | null | undefined): UtcSeconds | undefined {
  if (text === null || text === undefined) return undefined;
  const match = INSTANT.exec(text.trim());
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second, , sign, offsetHour, offsetMinute] = match;
  const millis = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
  const check = new Date(millis);
  // Date.UTC rolls 31 February over into March, and reads years below 100 as 19xx; neither is an instant of the service.
  if (check.getUTCDate() !== Number(day) || check.getUTCFullYear() !== Number(year)) return undefined;
  const offset =
    sign === undefined ? 0 : (Number(offsetHour) * 60 + Number(offsetMinute)) * 60 * (sign === '-' ? -1 : 1);
  const seconds = Math.floor(millis / 1000) - offset;
  return seconds < FIRST_REAL_SECOND ? undefined : seconds;
}

/** Writes whole seconds as `2026-11-24T14:05:00Z`. */
export function toIso(at: UtcSeconds): string {
  return new Date(at * 1000).toISOString().replace('.000Z', 'Z');
}
