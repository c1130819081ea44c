import { describe, expect, it } from 'vitest';
import {
  formatAge,
  formatAgo,
  formatBriefly,
  formatDatedMoment,
  formatDuration,
  formatMoment,
  formatMomentAndAge,
  formatRoughly,
  formatShortDate,
  formatUtc,
} from './format.ts';

const now = Date.UTC(2026, 10, 23, 7, 44) / 1000;
const zone = 'Europe/Berlin';

describe('formatDuration', () => {
  it.each([
    [-5, '0 s'],
    [59, '59 s'],
    [60, '1 min'],
    [3599, '59 min'],
    [3600, '1 h'],
    [7980, '2 h 13 min'],
    [86_399, '23 h 59 min'],
    [86_400, '1 d'],
    [62 * 3600, '2 d 14 h'],
    [9 * 86_400 + 7200, '9 d'],
    [730 * 86_400, '730 d'],
    [731 * 86_400, '2 y'],
    [13_476 * 86_400, '36 y'],
  ])('%d s is %s', (seconds, words) => {
    expect(formatDuration(seconds)).toBe(words);
  });
});

describe('moments', () => {
  it('leaves out the day where it is today in the zone shown', () => {
    expect(formatMomentAndAge(now - 660, zone, now)).toBe('08:33 CET, 11 min ago');
  });
  it('names the day where it is another, and the year where that is another', () => {
    expect(formatMoment(Date.UTC(2026, 10, 20, 1, 33) / 1000, zone, now)).toBe('Fri 20 Nov 02:33 CET');
    expect(formatMoment(Date.UTC(2025, 10, 20, 1, 33) / 1000, zone, now)).toBe('Thu 20 Nov 2025 02:33 CET');
  });
  it('judges today by the zone, not by UTC', () => {
    const lateEvening = Date.UTC(2026, 10, 22, 23, 30) / 1000;
    expect(formatMoment(lateEvening, zone, now)).toBe('00:30 CET');
    expect(formatMoment(lateEvening, 'UTC', now)).toBe('Sun 22 Nov 23:30 UTC');
  });
  it('shows summer time as such', () => {
    expect(formatMoment(Date.UTC(2026, 6, 1, 12) / 1000, zone, now)).toBe('Wed 1 Jul 14:00 CEST');
  });
  it('names the date also where it is today, for what is compared with a typed one', () => {
    expect(formatDatedMoment(now, zone)).toBe('Mon 23 Nov 2026, 08:44 CET');
  });
  it('writes the whole time in UTC', () => {
    expect(formatUtc(now)).toBe('2026-11-23 07:44:00 UTC');
  });
});

it('names a date without its weekday, and the year where it is another', () => {
  expect(formatShortDate(Date.UTC(2026, 11, 2, 12) / 1000, zone, now)).toBe('2 Dec');
  expect(formatShortDate(Date.UTC(2027, 0, 2, 12) / 1000, zone, now)).toBe('2 Jan 2027');
});

it('is brief by leaving the time out on another day', () => {
  expect(formatBriefly(now - 660, zone, now)).toBe('08:33');
  expect(formatBriefly(now - 100_000, zone, now)).toBe('22 Nov');
});

it('rounds down to one unit where there is no room for two', () => {
  expect([1_799, 3_600, 58_140, 86_399, 230_000].map(formatRoughly)).toEqual(['29 min', '1 h', '16 h', '23 h', '2 d']);
});

describe('ages', () => {
  it('counts back, and says the future', () => {
    expect(formatAgo(now - 30, now)).toBe('just now');
    expect(formatAgo(now - 60, now)).toBe('1 min ago');
    expect(formatAgo(now + 300, now)).toBe('in 5 min');
    expect(formatAge(now - 59, now)).toBe('now');
    expect(formatAge(now + 500, now)).toBe('now');
    expect(formatAge(now - 129_600, now)).toBe('1 d 12 h');
  });
});
