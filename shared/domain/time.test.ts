import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toIso, toUtcSeconds } from './time.ts';

describe('toUtcSeconds', () => {
  it.each([
    ['2026-11-24T14:05:00Z', 1_795_529_100],
    ['2026-11-24T14:05:00.9999999Z', 1_795_529_100],
    ['2026-11-24T14:05:00+00:00', 1_795_529_100],
    ['2026-11-24T16:05:00+02:00', 1_795_529_100],
    ['2026-11-24T14-05-00.45Z', 1_795_529_100],
    ['2026-11-24T14:05:00', 1_795_529_100],
    [' 2026-11-24T14:05:00Z ', 1_795_529_100],
  ])('reads %j, floored', (text, seconds) => {
    expect(toUtcSeconds(text)).toBe(seconds);
  });

  it.each(['', '0001-01-01T00:00:00Z', 'yesterday', '2026-02-31T00:00:00Z', '2026-13-01T00:00:00Z', null, undefined])(
    'takes %j for not set',
    text => {
      expect(toUtcSeconds(text)).toBeUndefined();
    },
  );

  it('reads what toIso writes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 253_402_300_799 }), at => {
        expect(toUtcSeconds(toIso(at))).toBe(at);
      }),
    );
  });
});
