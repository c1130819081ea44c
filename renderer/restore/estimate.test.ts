import { describe, expect, it } from 'vitest';
import { HOUR, MINUTE } from '../../shared/domain/time.ts';
import { allDone, estimateAxis, estimateInWords } from './estimate.ts';

const hours = (lowSeconds: number, likelySeconds: number, highSeconds: number) => ({
  lowSeconds: lowSeconds * HOUR,
  likelySeconds: likelySeconds * HOUR,
  highSeconds: highSeconds * HOUR,
});

describe('estimates', () => {
  it('are ranges in quarters of an hour, or minutes where short', () => {
    expect(estimateInWords(hours(1.25, 2, 4.5))).toBe('2 h (1¼–4½ h)');
    expect(estimateInWords(hours(0.25, 0.5, 1))).toBe('30 min (15–60 min)');
    expect(estimateInWords({ lowSeconds: 1, likelySeconds: 2, highSeconds: 2 * MINUTE })).toBe('5 min (5–5 min)');
  });
  it('share an axis of few whole hours that holds them all', () => {
    expect(estimateAxis([hours(1, 2, 4), hours(2, 3.3, 6.5)])).toEqual({
      endSeconds: 8 * HOUR,
      ticks: [2 * HOUR, 4 * HOUR, 6 * HOUR, 8 * HOUR],
    });
    expect(estimateAxis([])).toEqual({ endSeconds: HOUR, ticks: [HOUR] });
  });
  it('end with the longest, since sessions run side by side', () => {
    const rows = [
      { kind: 'site' as const, units: 30, restorable: 30, estimate: hours(1, 2, 4) },
      { kind: 'drive' as const, units: 120, restorable: 120, estimate: hours(2, 3, 6) },
      { kind: 'mailbox' as const, units: 1, restorable: 0 },
    ];
    expect(allDone(rows, 1_000)).toEqual({
      lowAt: 1_000 + 2 * HOUR,
      likelyAt: 1_000 + 3 * HOUR,
      highAt: 1_000 + 6 * HOUR,
    });
    expect(allDone([], 1_000)).toBeUndefined();
  });
});
