import { describe, expect, it } from 'vitest';
import { lossBars, lossesInWords } from './histogram.ts';

const losses = [
  { upToSeconds: 600, units: 118, uncertain: 0 },
  { upToSeconds: 3_600, units: 4, uncertain: 1 },
  { upToSeconds: 604_800, units: 3, uncertain: 3 },
  { units: 0, uncertain: 0 },
];

describe('the histogram of loss windows', () => {
  it('parts what is sure from what is only "up to"', () => {
    const bars = lossBars(losses);
    expect(bars.map(bar => bar.label)).toEqual(['≤ 10 min', '1 h', '7 d', '> 7 d']);
    expect(bars[0]).toMatchObject({ solid: 1, striped: 0 });
    expect(bars[2]?.solid).toBe(0);
    expect(bars[2]?.striped).toBeGreaterThan(0.05);
    expect(bars[3]).toMatchObject({ solid: 0, striped: 0 });
  });
  it('never loses a unit to a bar too low to be seen', () => {
    const [, low] = lossBars([
      { upToSeconds: 600, units: 100_000, uncertain: 0 },
      { units: 1, uncertain: 0 },
    ]);
    expect(low?.solid).toBeGreaterThan(0.05);
  });
  it('is said in one sentence', () => {
    expect(lossesInWords(losses)).toBe('Units by loss window: 118 ≤ 10 min, 4 1 h, 3 7 d');
    expect(lossesInWords([])).toBe('No loss windows yet');
  });
});
