import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dateProblem, readClock, readDate, readTypedTime, toTypedTime } from './typed-time.ts';

describe('readDate', () => {
  it.each([
    ['20.11.2026', 2026, 11, 20],
    ['2. 3. 2026', 2026, 3, 2],
    ['2026-11-20', 2026, 11, 20],
    ['20 Nov 2026', 2026, 11, 20],
    ['Fri 20 November 2026', 2026, 11, 20],
    ['29.2.2028', 2028, 2, 29],
  ])('reads %s', (text, year, month, day) => {
    expect(readDate(text)).toEqual({ year, month, day });
  });
  it.each([
    '',
    '3/4/2026',
    '31.02.2026',
    '29.2.2026',
    '20.11.26',
    '20.13.2026',
    'yesterday',
    '1.1.1969',
    '20 Nox 2026',
  ])('refuses %j', text => {
    expect(readDate(text)).toBeUndefined();
  });
});

describe('dateProblem', () => {
  it.each([
    ['25.1', '“25.1” is no whole date. Write the date as 20.11.2026 or 2026-11-20.'],
    ['31.02.2026', 'There is no 31.02.2026. Write the date as 20.11.2026 or 2026-11-20.'],
    ['11/24/2026', 'Write the date as 20.11.2026 or 2026-11-20: with slashes, day and month can’t be told apart.'],
    [' ', 'Write the date as 20.11.2026 or 2026-11-20.'],
  ])('says what keeps %j from being a date, and the form', (text, words) => {
    expect(readDate(text)).toBeUndefined();
    expect(dateProblem(text)).toBe(words);
  });
});

describe('readClock', () => {
  it('reads 24 h times', () => {
    expect(readClock('14:05')).toEqual({ hour: 14, minute: 5, second: 0 });
    expect(readClock(' 9:07:30 ')).toEqual({ hour: 9, minute: 7, second: 30 });
    expect(readClock('1405')).toEqual({ hour: 14, minute: 5, second: 0 });
    expect(readClock('14.05')).toEqual({ hour: 14, minute: 5, second: 0 });
  });
  it.each(['24:00', '12:60', '2 pm', '14', '', '14:5', '140', '12:00 PM'])('refuses %j', text => {
    expect(readClock(text)).toBeUndefined();
  });
});

describe('readTypedTime', () => {
  const zone = 'Europe/Berlin';
  it('reads an ordinary time', () => {
    expect(readTypedTime({ date: '20.11.2026', time: '14:05', zone })).toEqual({
      is: 'ok',
      at: Date.UTC(2026, 10, 20, 13, 5) / 1000,
    });
  });
  it('says which field is wrong', () => {
    expect(readTypedTime({ date: '', time: '', zone })).toEqual({ is: 'empty' });
    expect(readTypedTime({ date: '20/11/2026', time: '14:05', zone })).toEqual({ is: 'badDate' });
    expect(readTypedTime({ date: '20.11.2026', time: '2:05 pm', zone })).toEqual({ is: 'badTime' });
  });
  it('refuses a time that the clocks jumped over', () => {
    expect(readTypedTime({ date: '29.3.2026', time: '02:30', zone })).toEqual({
      is: 'never',
      resumesAt: Date.UTC(2026, 2, 29, 1) / 1000,
    });
  });
  it('asks which one where a time came twice, and takes the answer', () => {
    const typed = { date: '25.10.2026', time: '02:30', zone };
    const first = Date.UTC(2026, 9, 25, 0, 30) / 1000;
    expect(readTypedTime(typed)).toEqual({ is: 'twice', first, second: first + 3600 });
    expect(readTypedTime({ ...typed, which: 'first' })).toEqual({ is: 'ok', at: first });
    expect(readTypedTime({ ...typed, which: 'second' })).toEqual({ is: 'ok', at: first + 3600 });
  });
  it('reads back what it wrote, at every instant and in every zone tried', () => {
    const zones = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Africa/Cairo', 'Asia/Kathmandu', 'UTC'];
    fc.assert(
      fc.property(fc.integer({ min: 946_684_800, max: 4_102_444_800 }), fc.constantFrom(...zones), (at, zone) => {
        expect(readTypedTime(toTypedTime(at, zone))).toEqual({ is: 'ok', at });
      }),
      { numRuns: 300 },
    );
  });
  it('reads back both sides of an overlap', () => {
    const first = Date.UTC(2026, 9, 25, 0, 30) / 1000;
    expect(readTypedTime(toTypedTime(first, zone))).toEqual({ is: 'ok', at: first });
    expect(readTypedTime(toTypedTime(first + 3600, zone))).toEqual({ is: 'ok', at: first + 3600 });
  });
});
