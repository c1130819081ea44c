import { describe, expect, it } from 'vitest';
import { alternately, median, percentile } from './timing.ts';

describe('timing', () => {
  it('takes the nearest rank', () => {
    const times = [5, 1, 4, 2, 3];
    expect(median(times)).toBe(3);
    expect(percentile(times, 95)).toBe(5);
    expect(percentile([7], 50)).toBe(7);
    expect(
      percentile(
        Array.from({ length: 100 }, (_, index) => index + 1),
        95,
      ),
    ).toBe(95);
  });

  it('runs both by turns, and leaves out the first of each', async () => {
    const order: string[] = [];
    const times = await alternately(
      2,
      () => order.push('ours'),
      () => order.push('bare'),
    );
    expect(order).toEqual(['ours', 'bare', 'ours', 'bare', 'ours', 'bare']);
    expect(times.ours).toHaveLength(2);
    expect(times.bare).toHaveLength(2);
  });
});
