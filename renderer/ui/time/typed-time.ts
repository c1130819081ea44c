import type { UtcSeconds } from '../../../shared/domain/time.ts';
import { instantsOf, wallAt } from './zone.ts';
import type { WallTime } from './zone.ts';

/** A calendar date as typed. Months and days count from 1. */
export interface TypedDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** What the three fields of a zoned time hold: texts as typed, an IANA zone, and which of two equal wall times is meant. */
export interface TypedTime {
  readonly date: string;
  readonly time: string;
  readonly zone: string;
  /** Only asked for where clocks were put back and the wall time came twice. */
  readonly which?: 'first' | 'second';
}

/** How a typed time reads. Each refusal names what is wrong; `twice` and `never` come from a change of the zone's clocks. */
export type ReadTime =
  | { readonly is: 'ok'; readonly at: UtcSeconds }
  | { readonly is: 'empty' }
  | { readonly is: 'badDate' }
  | { readonly is: 'badTime' }
  | { readonly is: 'twice'; readonly first: UtcSeconds; readonly second: UtcSeconds }
  | { readonly is: 'never'; readonly resumesAt: UtcSeconds };

const monthNames = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/**
 * Reads `20.11.2026`, `2026-11-20` or `20 Nov 2026`. Slashes are refused: 3/4 is March in one half of the world and April in the
 * other, and a wrong month restores the wrong point.
 */
export function readDate(text: string): TypedDate | undefined {
  const typed = text.trim();
  const dotted = /^(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})$/.exec(typed);
  if (dotted !== null) return realDate(Number(dotted[3]), Number(dotted[2]), Number(dotted[1]));
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(typed);
  if (iso !== null) return realDate(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const worded = /^(?:[a-z]{3,9},?\s+)?(\d{1,2})\.?\s+([a-z]{3,9})\.?\s+(\d{4})$/i.exec(typed);
  if (worded !== null) {
    const month = monthNames.indexOf((worded[2] ?? '').slice(0, 3).toLowerCase()) + 1;
    return month === 0 ? undefined : realDate(Number(worded[3]), month, Number(worded[1]));
  }
  return undefined;
}

/** What keeps a text from being a date, and in which form one is written. `readDate` must have refused it. */
export function dateProblem(text: string): string {
  const typed = text.trim();
  const form = 'Write the date as 20.11.2026 or 2026-11-20';
  if (typed === '') return `${form}.`;
  if (typed.includes('/')) return `${form}: with slashes, day and month can’t be told apart.`;
  const hasForm = /^\d{1,2}\.\s?\d{1,2}\.\s?\d{4}$|^\d{4}-\d{1,2}-\d{1,2}$/.test(typed);
  return hasForm ? `There is no ${typed}. ${form}.` : `“${typed}” is no whole date. ${form}.`;
}

function realDate(year: number, month: number, day: number): TypedDate | undefined {
  const date = new Date(Date.UTC(year, month - 1, day));
  const isReal = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return isReal && year >= 1970 ? { year, month, day } : undefined;
}

/** Reads a 24 h time: `14:05`, `14:05:30`, `14.05` or `1405`. */
export function readClock(text: string): { hour: number; minute: number; second: number } | undefined {
  const match = /^(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?$/.exec(text.trim()) ?? /^(\d{2})(\d{2})$/.exec(text.trim());
  if (match === null) return undefined;
  const hour = Number(match[1]);
  const minute = Number(match[2]);
  const second = Number(match[3] ?? 0);
  return hour < 24 && minute < 60 && second < 60 ? { hour, minute, second } : undefined;
}

/** Turns the fields into an instant, or says what keeps them from naming one. */
export function readTypedTime(typed: TypedTime): ReadTime {
  if (typed.date.trim() === '' && typed.time.trim() === '') return { is: 'empty' };
  const date = readDate(typed.date);
  if (date === undefined) return { is: 'badDate' };
  const clock = readClock(typed.time);
  if (clock === undefined) return { is: 'badTime' };
  const instants = instantsOf({ ...date, ...clock }, typed.zone);
  switch (instants.is) {
    case 'once':
      return { is: 'ok', at: instants.at };
    case 'never':
      return instants;
    case 'twice':
      return typed.which === undefined ? instants : { is: 'ok', at: instants[typed.which] };
  }
}

const two = (value: number) => String(value).padStart(2, '0');

/** `20.11.2026` */
export function writeDate(wall: TypedDate): string {
  return `${two(wall.day)}.${two(wall.month)}.${wall.year}`;
}

function writeClock(wall: WallTime): string {
  const time = `${two(wall.hour)}:${two(wall.minute)}`;
  return wall.second === 0 ? time : `${time}:${two(wall.second)}`;
}

/** The fields that name an instant in a zone; reading them gives the instant back, also where clocks were put back. */
export function toTypedTime(at: UtcSeconds, zone: string): TypedTime {
  const wall = wallAt(zone, at);
  const instants = instantsOf(wall, zone);
  const fields = { date: writeDate(wall), time: writeClock(wall), zone };
  return instants.is === 'twice' ? { ...fields, which: at === instants.first ? 'first' : 'second' } : fields;
}
