import { describe, expect, it } from 'vitest';
import { densePeriodSeconds, durationSeconds } from './dense-period.ts';

describe('the densest documented cadence', () => {
  it('is kept as long as its policy says', () => {
    expect(
      densePeriodSeconds([
        { interval: 'R/P1W', period: 'P1Y' },
        { interval: 'R/PT10M', period: 'P2W' },
      ]),
    ).toBe(14 * 86_400);
    expect(densePeriodSeconds([])).toBeUndefined();
    expect(densePeriodSeconds([{ interval: 'often', period: 'P2W' }])).toBeUndefined();
  });
  it('reads any ISO 8601 duration', () => {
    expect(durationSeconds('P1DT2H30M')).toBe(86_400 + 9_000);
    expect(durationSeconds('P')).toBeUndefined();
    expect(durationSeconds('two weeks')).toBeUndefined();
  });
});
