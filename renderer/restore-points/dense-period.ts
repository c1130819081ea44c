import { DAY, HOUR, MINUTE, WEEK } from '../../shared/domain/time.ts';

const DURATION = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?$/;
/** A year and a month as long as they are at most: this is only ever drawn as a line beneath the calendar. */
const lengths = [366 * DAY, 31 * DAY, WEEK, DAY, HOUR, MINUTE] as const;

/** Seconds of an ISO 8601 duration; absent for one that can't be read. */
export function durationSeconds(text: string): number | undefined {
  const match = DURATION.exec(text);
  if (match === null) return undefined;
  const seconds = lengths.reduce((sum, length, index) => sum + Number(match[index + 1] ?? 0) * length, 0);
  return seconds === 0 ? undefined : seconds;
}

/** How long points of the densest documented cadence are kept, in seconds; absent where the policy tells none. */
export function densePeriodSeconds(retention: readonly { interval: string; period: string }[]): number | undefined {
  const read = retention
    .map(({ interval, period }) => ({
      every: durationSeconds(interval.replace(/^R\d*\//, '')),
      kept: durationSeconds(period),
    }))
    .flatMap(({ every, kept }) => (every === undefined || kept === undefined ? [] : [{ every, kept }]))
    .toSorted((a, b) => a.every - b.every);
  return read[0]?.kept;
}
