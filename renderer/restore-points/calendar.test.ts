import { describe, expect, it } from 'vitest';
import type { DaySummary } from '../../shared/contract/restore-points.ts';
import { DAY } from '../../shared/domain/time.ts';
import {
  calendarBounds,
  calendarInWords,
  dayAfterKey,
  dayAtPlace,
  dayIndexAt,
  monthLabels,
  placeOfDay,
  runsInWords,
  weekdayOf,
  withTimePassed,
} from './calendar.ts';

const at = (iso: string) => Date.parse(iso) / 1000;
const zone = 'Europe/Helsinki';
// A Monday, 10:44 in Helsinki.
const now = at('2026-11-23T08:44:00Z');

describe('the days of the calendar', () => {
  const bounds = calendarBounds(zone, now);
  it('begin on the Monday 52 weeks ago and end with today', () => {
    expect(bounds).toHaveLength(52 * 7 + 2);
    expect(weekdayOf(zone, bounds[0] ?? 0)).toBe(0);
    expect(bounds[0]).toBe(at('2025-11-23T22:00:00Z'));
    expect(bounds.at(-2)).toBe(at('2026-11-22T22:00:00Z'));
    expect(bounds.at(-1)).toBe(at('2026-11-23T22:00:00Z'));
  });
  it('hold a day of 23 hours where clocks are put forward', () => {
    const lengths = new Set(bounds.slice(1).map((bound, index) => bound - (bounds[index] ?? 0)));
    expect([...lengths].toSorted((a, b) => a - b)).toEqual([23 * 3600, 24 * 3600, 25 * 3600]);
  });
  it('find the day of an instant, its last second too', () => {
    expect(dayIndexAt(bounds, bounds[5] ?? 0)).toBe(5);
    expect(dayIndexAt(bounds, (bounds[6] ?? 0) - 1)).toBe(5);
    expect(dayIndexAt(bounds, (bounds[0] ?? 0) - 1)).toBeUndefined();
    expect(dayIndexAt(bounds, bounds.at(-1) ?? 0)).toBeUndefined();
  });
  it('stand in columns of weeks and rows of weekdays', () => {
    expect(placeOfDay(0)).toEqual({ column: 0, row: 0 });
    expect(placeOfDay(364)).toEqual({ column: 52, row: 0 });
    expect(dayAtPlace(52, 0, 365)).toBe(364);
    expect(dayAtPlace(52, 1, 365)).toBeUndefined();
    expect(dayAtPlace(-1, 3, 365)).toBeUndefined();
  });
  it('label months without touching, January with its year', () => {
    const labels = monthLabels(bounds, zone);
    expect(labels.map(label => label.word)).toEqual([
      'Dec',
      'Jan 2026',
      'Feb',
      'Mar',
      'Apr',
      'May',
      'Jun',
      'Jul',
      'Aug',
      'Sep',
      'Oct',
      'Nov',
    ]);
    expect(labels.every((label, index) => index === 0 || label.column - (labels[index - 1]?.column ?? 0) >= 3)).toBe(
      true,
    );
  });
});

describe('the keys of the calendar', () => {
  it('move by a day and by a week, and stay inside', () => {
    expect(dayAfterKey('ArrowDown', 10, 365)).toBe(11);
    expect(dayAfterKey('ArrowUp', 10, 365)).toBe(9);
    expect(dayAfterKey('PageDown', 10, 365)).toBe(17);
    expect(dayAfterKey('PageUp', 3, 365)).toBe(0);
    expect(dayAfterKey('ArrowRight', 360, 365)).toBe(364);
    expect(dayAfterKey('Home', 10, 365)).toBe(0);
    expect(dayAfterKey('End', 10, 365)).toBe(364);
    expect(dayAfterKey('x', 10, 365)).toBeUndefined();
  });
});

describe('the calendar in words', () => {
  const from = at('2026-11-18T22:00:00Z');
  const day = (index: number, part: Partial<DaySummary>): DaySummary => ({
    fromAt: from + index * DAY,
    toAt: from + (index + 1) * DAY,
    points: 0,
    fastPoints: 0,
    unaskedSeconds: 0,
    expiringPoints: 0,
    ...part,
  });
  const days = [
    day(0, { unaskedSeconds: DAY }),
    day(1, { unaskedSeconds: DAY }),
    day(2, { points: 34, fastPoints: 1, unaskedSeconds: 3600 }),
    day(3, {}),
    day(4, { points: 3 }),
  ];
  it('gathers days that look the same, and never calls unasked days empty', () => {
    expect(runsInWords(days, { zone, now })).toEqual([
      'Thu 19 Nov to Fri 20 Nov: not yet asked',
      'Sat 21 Nov: known in part, at least 34 points, 1 fast',
      'Sun 22 Nov: asked, no point exists',
      'Mon 23 Nov: all points known, 3 points',
    ]);
  });
  it('sums the whole', () => {
    expect(calendarInWords(days, { zone, now })).toBe(
      'Points by day of the last 53 weeks: 37 known points, 1 fast, 2 days all known, 1 in part, 2 not yet asked',
    );
  });
  it('counts what has passed since the days were read as unasked, in the day that it fell in', () => {
    const read = [day(0, { points: 1 }), day(1, { unaskedSeconds: 12 })];
    const readAt = from + DAY + 12;
    expect(withTimePassed(read, readAt, readAt)).toEqual(read);
    expect(withTimePassed(read, readAt, readAt + 600).map(each => each.unaskedSeconds)).toEqual([0, 612]);
    expect(
      withTimePassed([day(0, {}), day(1, {})], from + DAY - 60, from + DAY + 30).map(each => each.unaskedSeconds),
    ).toEqual([60, 30]);
  });
});
