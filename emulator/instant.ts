/**
 * Moments with the service's own precision: seven fraction digits.
 *
 * A moment is a count of ticks of 100 ns since 2020-01-01T00:00:00Z, as a number. With that origin a double holds every
 * tick between 1991 and 2048 exactly; moments far outside, such as the year 0001, serve as bounds only and may be off by
 * some microseconds.
 */

/** Ticks of 100 ns since 2020-01-01T00:00:00Z. */
export type Ticks = number;

export const ticksPerSecond = 10_000_000;
const ticksPerMillisecond = 10_000;
const originMilliseconds = Date.UTC(2020, 0, 1);

/** The moment that Microsoft's services write for "never". */
export const neverText = '0001-01-01T00:00:00.0000000Z';

export const fromMilliseconds = (milliseconds: number): Ticks =>
  Math.round((milliseconds - originMilliseconds) * ticksPerMillisecond);

export const toMilliseconds = (ticks: Ticks): number => Math.floor(ticks / ticksPerMillisecond) + originMilliseconds;

export const seconds = (count: number): Ticks => count * ticksPerSecond;
export const minutes = (count: number): Ticks => count * 60 * ticksPerSecond;
export const days = (count: number): Ticks => count * 86_400 * ticksPerSecond;

const twoDigits = (count: number): string => (count < 10 ? `0${count}` : String(count));

/** The day last written: a history is tens of thousands of moments, many on each day. */
let dayWritten = { number: Number.NaN, text: '' };

const dayText = (number: number): string => {
  if (dayWritten.number !== number) {
    dayWritten = { number, text: new Date(originMilliseconds + number * 86_400_000).toISOString().slice(0, 10) };
  }
  return dayWritten.text;
};

/** With seven fraction digits, as the times of restore points are written. */
export const toPreciseText = (ticks: Ticks): string => {
  const wholeSeconds = Math.floor(ticks / ticksPerSecond);
  const fraction = Math.round(ticks - wholeSeconds * ticksPerSecond);
  const day = Math.floor(wholeSeconds / 86_400);
  const second = wholeSeconds - day * 86_400;
  const clock = [Math.floor(second / 3600), Math.floor(second / 60) % 60, second % 60].map(twoDigits).join(':');
  return `${dayText(day)}T${clock}.${String(fraction).padStart(7, '0')}Z`;
};

/** In whole seconds, floored, as all other times are written. */
export const toText = (ticks: Ticks): string => `${toPreciseText(ticks).slice(0, 19)}Z`;

const pattern = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,12}))?)?(Z|[+-]\d{2}:\d{2})$/i;

/** Reads ISO 8601 with a zone, with any number of fraction digits (those past the seventh are cut off). */
export const parseInstant = (text: string): Ticks | undefined => {
  const parts = pattern.exec(text.trim());
  if (parts === null) return undefined;
  const [, year = '', month = '', day = '', hour = '', minute = '', second = '00', fraction = '', zone = 'Z'] = parts;
  const date = new Date(0);
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  date.setUTCHours(Number(hour), Number(minute), Number(second));
  const asGiven =
    date.getUTCFullYear() === Number(year) &&
    date.getUTCMonth() === Number(month) - 1 &&
    date.getUTCDate() === Number(day) &&
    Number(hour) < 24 &&
    Number(minute) < 60 &&
    Number(second) < 60;
  if (!asGiven) return undefined;
  const zoneMinutes = /^Z$/i.test(zone)
    ? 0
    : (zone.startsWith('-') ? -1 : 1) * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6)));
  const wholeSeconds = (date.getTime() - originMilliseconds) / 1000 - zoneMinutes * 60;
  return wholeSeconds * ticksPerSecond + Number(fraction.slice(0, 7).padEnd(7, '0'));
};
