import { describe, expect, it } from 'vitest';
import { lossInWords, lossOfCertainty } from './loss-words.ts';

const point = { id: 'p', at: 1_000, expiresAt: 9_000, fast: false };

describe('the loss window in words', () => {
  it('says "up to" where a newer point may exist', () => {
    expect(lossInWords({ seconds: 1_320, upTo: false })).toBe('22 min');
    expect(lossInWords({ seconds: 15_120, upTo: true })).toBe('up to 4 h 12 min');
  });
  it('is never a number where nothing is known', () => {
    expect(lossOfCertainty({ is: 'notAsked' }, 2_320)).toBe('not known');
    expect(lossOfCertainty({ is: 'none' }, 2_320)).toBe('–');
    expect(lossOfCertainty({ is: 'asShown', askedAt: 1, point: null }, 2_320)).toBe('not known');
    expect(lossOfCertainty({ is: 'exact', point }, 2_320)).toBe('22 min');
    expect(lossOfCertainty({ is: 'asShown', askedAt: 1, point }, 2_320)).toBe('up to 22 min');
    expect(lossOfCertainty({ is: 'atLeast', point, unproven: { fromAt: 1_001, toAt: 2_320 } }, 2_320)).toBe(
      'up to 22 min',
    );
  });
});
