import { describe, expect, it } from 'vitest';
import { dayInWords, dayLook, shadeOf } from './day-look.ts';

const fromAt = Date.UTC(2026, 10, 19, 23) / 1000;
const toAt = fromAt + 86_400;
const now = toAt + 3 * 86_400;
const day = { fromAt, toAt, points: 0, fastPoints: 0, unaskedSeconds: 0, expiringPoints: 0 };

describe('dayLook', () => {
  it('tells asked and empty from not asked', () => {
    expect(dayLook(day, { now })).toEqual({ is: 'empty' });
    expect(dayLook({ ...day, unaskedSeconds: 86_400 }, { now })).toEqual({ is: 'notAsked' });
  });
  it('shades by count', () => {
    expect([1, 2, 10, 11, 50, 51, 144].map(shadeOf)).toEqual([1, 2, 2, 3, 3, 4, 4]);
  });
  it('is part known where any of it was not asked, with or without points', () => {
    expect(dayLook({ ...day, points: 34, fastPoints: 1, unaskedSeconds: 65_580 }, { now })).toEqual({
      is: 'part',
      shade: 3,
      fast: true,
    });
    expect(dayLook({ ...day, unaskedSeconds: 100 }, { now })).toEqual({ is: 'part', shade: 0, fast: false });
  });
  it('counts today only as far as it has passed', () => {
    const noon = fromAt + 43_200;
    expect(dayLook({ ...day, unaskedSeconds: 43_200 }, { now: noon })).toEqual({ is: 'notAsked' });
    expect(dayLook(day, { now: fromAt })).toEqual({ is: 'future' });
  });
  it('shows a point even on a day before protection', () => {
    expect(dayLook({ ...day, unaskedSeconds: 86_400 }, { now, protectedSinceAt: toAt })).toEqual({ is: 'before' });
    expect(dayLook({ ...day, points: 1, unaskedSeconds: 9 }, { now, protectedSinceAt: toAt }).is).toBe('part');
  });
});

describe('dayInWords', () => {
  const words = (change: Partial<typeof day>) => dayInWords({ ...day, ...change }, { now, zone: 'Europe/Berlin' });
  it('says what is drawn', () => {
    expect(words({ points: 34, fastPoints: 1, unaskedSeconds: 65_580 })).toBe(
      'Fri 20 Nov, at least 34 points, 1 fast, 18 h 13 min not certain',
    );
    expect(words({ points: 1 })).toBe('Fri 20 Nov, 1 point, all known');
    expect(words({})).toBe('Fri 20 Nov, asked, no point exists');
    expect(words({ unaskedSeconds: 86_400 })).toBe('Fri 20 Nov, not yet asked');
  });
});
