import { DAY, HOUR, MINUTE, WEEK } from './time.ts';

const PERIOD = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/i;
// Years and months at their shortest: an expiry set too early costs a question, one set too late a wrong claim.
const IN_SECONDS = [365 * DAY, 28 * DAY, WEEK, DAY, HOUR, MINUTE, 1];

/** An ISO 8601 period (`P2W`, `P1Y`) in seconds, at its shortest. `undefined` where it is none. */
export function toPeriodSeconds(text: string): number | undefined {
  const parts = PERIOD.exec(text.trim())?.slice(1);
  if (parts === undefined || parts.every(part => part === undefined)) return undefined;
  return parts.reduce((sum, part, index) => sum + Number(part ?? 0) * (IN_SECONDS[index] ?? 0), 0);
}

/** The longest time that a policy keeps points. `undefined` where a setting can't be read: then nothing is known of it. */
export function longestRetentionSeconds(settings: readonly { readonly period: string }[]): number | undefined {
  const periods = settings.map(({ period }) => toPeriodSeconds(period));
  if (periods.length === 0 || periods.includes(undefined)) return undefined;
  return Math.max(...periods.map(period => period ?? 0));
}
