/**
 * Seconds that a `Retry-After` header asks for: a number of seconds, or an HTTP date, which is measured against the answer's own `Date`.
 *
 * @returns at least 0; `undefined` where the header is missing or unreadable
 */
export function toRetryAfterSeconds(
  retryAfter: string | null | undefined,
  answeredAt: number | undefined,
): number | undefined {
  const value = retryAfter?.trim();
  if (value === undefined || value === '') return undefined;
  if (/^\d+(\.\d+)?$/.test(value)) return Math.min(Number(value), Number.MAX_SAFE_INTEGER);
  const until = Date.parse(value);
  return Number.isNaN(until) || answeredAt === undefined ? undefined : Math.max(0, until / 1000 - answeredAt);
}

/** The `Date` header as UTC seconds. */
export function toServiceAt(date: string | null | undefined): number | undefined {
  const millis = Date.parse(date ?? '');
  return Number.isNaN(millis) ? undefined : Math.floor(millis / 1000);
}
