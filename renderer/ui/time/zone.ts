import type { UtcSeconds } from '../../../shared/domain/time.ts';
import { DAY } from '../../../shared/domain/time.ts';

/** What a clock on the wall shows: a calendar date and a 24 h time, in some zone. Months and days count from 1. */
export interface WallTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

/**
 * Which instants a wall time names in a zone. `once`: the ordinary day. `twice`: clocks were put back, both instants show it.
 * `never`: clocks were put forward over it; `resumesAt` is the first instant after the jump.
 */
export type Instants =
  | { readonly is: 'once'; readonly at: UtcSeconds }
  | { readonly is: 'twice'; readonly first: UtcSeconds; readonly second: UtcSeconds }
  | { readonly is: 'never'; readonly resumesAt: UtcSeconds };

const wallFormats = new Map<string, Intl.DateTimeFormat>();

function wallFormat(zone: string): Intl.DateTimeFormat {
  const known = wallFormats.get(zone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  wallFormats.set(zone, made);
  return made;
}

/** The wall time that `zone` shows at an instant. Throws RangeError for a zone that the runtime does not know. */
export function wallAt(zone: string, at: UtcSeconds): WallTime {
  const parts = new Map(
    wallFormat(zone)
      .formatToParts(at * 1000)
      .map(part => [part.type, Number(part.value)]),
  );
  const read = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
  return {
    year: read('year'),
    month: read('month'),
    day: read('day'),
    hour: read('hour'),
    minute: read('minute'),
    second: read('second'),
  };
}

/** The wall time read as if it were UTC; only a step on the way to an instant. */
function asIfUtc(wall: WallTime): UtcSeconds {
  return Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute, wall.second) / 1000;
}

/** Seconds that the zone is ahead of UTC at an instant; negative west of Greenwich. */
export function offsetAt(zone: string, at: UtcSeconds): number {
  return asIfUtc(wallAt(zone, at)) - at;
}

/** Which instants show this wall time in the zone. */
export function instantsOf(wall: WallTime, zone: string): Instants {
  const naive = asIfUtc(wall);
  // No zone is further than a day from UTC, so the offsets a day before and after bound every change that could matter.
  const offsets = new Set([offsetAt(zone, naive - DAY), offsetAt(zone, naive + DAY)]);
  const found = [...offsets]
    .map(offset => naive - offset)
    .filter(at => offsetAt(zone, at) === naive - at)
    .toSorted((a, b) => a - b);
  const [first, second] = found;
  if (first !== undefined && second !== undefined) return { is: 'twice', first, second };
  if (first !== undefined) return { is: 'once', at: first };
  return { is: 'never', resumesAt: offsetChange(zone, naive - DAY, naive + DAY) };
}

/** The first instant in `(from, to]` with the offset of `to`. */
function offsetChange(zone: string, from: UtcSeconds, to: UtcSeconds): UtcSeconds {
  const after = offsetAt(zone, to);
  let low = from;
  let high = to;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(zone, middle) === after) high = middle;
    else low = middle;
  }
  return high;
}

/** The first instant of the day that the zone shows at `at`, moved by whole days. Right where midnight does not exist, too. */
export function startOfDay(zone: string, at: UtcSeconds, moveDays = 0): UtcSeconds {
  const { year, month, day } = wallAt(zone, at);
  const date = new Date(Date.UTC(year, month - 1, day + moveDays));
  const midnight: WallTime = {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: 0,
    minute: 0,
    second: 0,
  };
  const instants = instantsOf(midnight, zone);
  switch (instants.is) {
    case 'once':
      return instants.at;
    case 'twice':
      return instants.first;
    case 'never':
      return instants.resumesAt;
  }
}

/** The bounds of the last `days` days up to and with the one that holds `at`: `days + 1` instants, oldest first. */
export function dayBounds(zone: string, at: UtcSeconds, days: number): UtcSeconds[] {
  return Array.from({ length: days + 1 }, (_, index) => startOfDay(zone, at, index - days + 1));
}

const namedIn = ['en-GB', 'en-US', 'en-AU', 'en-IN', 'en-ZA', 'en-NZ'] as const;
const zoneNames = new Map<string, string>();

/** The zone's usual abbreviation at an instant (`CET`, `EEST`, `EST`), or its offset (`UTC+4`) where English has none. */
export function zoneName(zone: string, at: UtcSeconds): string {
  const offset = offsetAt(zone, at);
  const key = `${zone} ${offset}`;
  const known = zoneNames.get(key);
  if (known !== undefined) return known;
  const name = zone === 'UTC' || zone === 'Etc/UTC' ? 'UTC' : (abbreviation(zone, at) ?? offsetName(offset));
  zoneNames.set(key, name);
  return name;
}

function abbreviation(zone: string, at: UtcSeconds): string | undefined {
  for (const locale of namedIn) {
    const parts = new Intl.DateTimeFormat(locale, { timeZone: zone, timeZoneName: 'short' }).formatToParts(at * 1000);
    const name = parts.find(part => part.type === 'timeZoneName')?.value;
    // Each English knows the abbreviations of its own part of the world and writes the rest as an offset.
    if (name !== undefined && !/\d/.test(name)) return name;
  }
  return undefined;
}

function offsetName(offset: number): string {
  const minutes = Math.abs(Math.trunc(offset / 60));
  const rest = minutes % 60;
  return `UTC${offset < 0 ? '−' : '+'}${Math.floor(minutes / 60)}${rest === 0 ? '' : `:${String(rest).padStart(2, '0')}`}`;
}

/** The zone of this machine. */
export function machineZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** Whether the runtime knows the zone. */
export function isKnownZone(zone: string): boolean {
  try {
    wallFormat(zone);
    return true;
  } catch {
    return false;
  }
}

/** Every zone that can be chosen, by name, with UTC first. */
export function allZones(): readonly string[] {
  return ['UTC', ...Intl.supportedValuesOf('timeZone').filter(zone => zone !== 'UTC')];
}

/** Zones whose name holds every typed word: "helsinki", "new york". */
export function matchingZones(zones: readonly string[], typed: string): string[] {
  const words = typed
    .toLowerCase()
    .split(/[\s_/]+/)
    .filter(word => word !== '');
  return zones.filter(zone => {
    const name = zone.toLowerCase();
    return words.every(word => name.includes(word));
  });
}

/** The place in a zone's name, for people: `Europe/Helsinki` → `Helsinki`, `America/Argentina/Buenos_Aires` → `Buenos Aires`. */
export function zonePlace(zone: string): string {
  return (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');
}
