import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isQuietMinute, minuteOfDay } from './quiet-hours.ts';

const minute = fc.integer({ min: 0, max: 1_439 });
const hours = fc.record({ from: minute, to: minute }).filter(({ from, to }) => from !== to);
const at = (iso: string): number => Date.parse(iso) / 1_000;

describe('quiet hours', () => {
  it('last from the first minute to before the last, also over midnight', () => {
    const night = { from: 22 * 60, to: 7 * 60 };
    expect([21 * 60 + 59, 22 * 60, 0, 6 * 60 + 59, 7 * 60].map(each => isQuietMinute(night, each))).toEqual([
      false,
      true,
      true,
      true,
      false,
    ]);
  });

  it('and the hours that are not quiet make up the day', () => {
    fc.assert(
      fc.property(hours, minute, ({ from, to }, each) => {
        expect(isQuietMinute({ from, to }, each)).toBe(!isQuietMinute({ from: to, to: from }, each));
      }),
    );
  });

  it('are as long as the clock is from one to the other', () => {
    fc.assert(
      fc.property(hours, ({ from, to }) => {
        const quiet = Array.from({ length: 1_440 }, (_, each) => each).filter(each =>
          isQuietMinute({ from, to }, each),
        );
        expect(quiet).toHaveLength((to - from + 1_440) % 1_440);
      }),
      { numRuns: 30 },
    );
  });
});

describe('the minute of the day', () => {
  it('is what a clock on the wall of the zone shows', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_000_000_000 }), fc.integer({ min: -11, max: 13 }), (instant, ahead) => {
        const zone = `Etc/GMT${ahead > 0 ? `-${ahead}` : `+${-ahead}`}`;
        expect(minuteOfDay(instant, zone)).toBe(Math.floor(((instant + ahead * 3_600 + 86_400) % 86_400) / 60));
      }),
    );
  });

  it('leaves out what the clock leaves out in spring: hours within are never met, and what ends within ends with it', () => {
    const before = at('2026-03-29T00:59:00Z');
    expect([before, before + 60].map(instant => minuteOfDay(instant, 'Europe/Oslo'))).toEqual([1 * 60 + 59, 3 * 60]);
    const quiet = { from: 60, to: 2 * 60 + 30 };
    expect([before, before + 60].map(instant => isQuietMinute(quiet, minuteOfDay(instant, 'Europe/Oslo')))).toEqual([
      true,
      false,
    ]);
  });

  it('comes twice where the clock is put back in autumn', () => {
    const first = at('2026-10-25T00:30:00Z');
    expect([first, first + 3_600].map(instant => minuteOfDay(instant, 'Europe/Oslo'))).toEqual([150, 150]);
  });

  it('is the zone’s own, however far it is', () => {
    const instant = at('2026-11-25T12:00:00Z');
    expect(minuteOfDay(instant, 'Asia/Kathmandu')).toBe(17 * 60 + 45);
    expect(minuteOfDay(instant, 'Pacific/Kiritimati')).toBe(2 * 60);
    expect(() => minuteOfDay(instant, 'Mars/Olympus')).toThrow(RangeError);
  });
});
