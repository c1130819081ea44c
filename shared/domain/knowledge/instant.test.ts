import { describe, expect, it } from 'vitest';
import { compareInstants, oneTickBefore, toInstant, toInstantText } from './instant.ts';

describe('instants', () => {
  it('floor to the second and keep seven digits, rounding neither', () => {
    expect(toInstant('2026-11-24T14:05:00.9999999Z')).toEqual({ at: 1_795_529_100, ticks: 9_999_999 });
    expect(toInstant('2026-11-24T14:05:00.99999999Z')).toEqual({ at: 1_795_529_100, ticks: 9_999_999 });
    expect(toInstant('2026-11-24T14:05:00.5Z')).toEqual({ at: 1_795_529_100, ticks: 5_000_000 });
    expect(toInstant('2026-11-24T14:05:00Z')).toEqual({ at: 1_795_529_100, ticks: 0 });
  });

  it('are undefined where nothing is set', () => {
    expect(toInstant('0001-01-01T00:00:00Z')).toBeUndefined();
    expect(toInstant(null)).toBeUndefined();
    expect(toInstant(undefined)).toBeUndefined();
    expect(toInstant('soon')).toBeUndefined();
  });

  it('are written as the service writes them, and read back the same', () => {
    for (const ticks of [0, 1, 5_000_000, 9_999_999]) {
      const instant = { at: 1_795_529_100, ticks };
      expect(toInstant(toInstantText(instant))).toEqual(instant);
    }
    expect(toInstantText({ at: 1_795_529_100, ticks: 0 })).toBe('2026-11-24T14:05:00Z');
  });

  it('have a last tick before each second', () => {
    expect(toInstantText(oneTickBefore(1_795_529_100))).toBe('2026-11-24T14:04:59.9999999Z');
    expect(compareInstants(oneTickBefore(100), { at: 100, ticks: 0 })).toBeLessThan(0);
    expect(compareInstants({ at: 100, ticks: 3 }, { at: 100, ticks: 2 })).toBeGreaterThan(0);
  });
});
