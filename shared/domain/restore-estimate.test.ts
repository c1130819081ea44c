import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unitKinds } from './protection-unit.ts';
import { estimateRestore } from './restore-estimate.ts';

describe('estimateRestore', () => {
  it.each([
    ['site', 1, 30],
    ['drive', 50, 180],
    ['site', 1_000, 600],
    ['mailbox', 1, 120],
    ['mailbox', 250, 180],
    ['site', 1_250, 660],
  ] as const)('takes the published figure for %s × %i: %i min', (kind, units, minutes) => {
    expect(estimateRestore(kind, units)?.likelySeconds).toBe(minutes * 60);
  });

  it('never falls as units are added, and its range holds the likely time', () => {
    fc.assert(
      fc.property(fc.constantFrom(...unitKinds), fc.integer({ min: 1, max: 20_000 }), (kind, units) => {
        const [fewer, more] = [estimateRestore(kind, units), estimateRestore(kind, units + 1)];
        expect(more?.likelySeconds ?? 0).toBeGreaterThanOrEqual(fewer?.likelySeconds ?? Infinity);
        expect(fewer?.lowSeconds ?? 0).toBeLessThanOrEqual(fewer?.likelySeconds ?? 0);
        expect(fewer?.highSeconds ?? 0).toBeGreaterThanOrEqual(fewer?.likelySeconds ?? 0);
      }),
    );
  });

  it('says nothing of nothing', () => {
    expect(estimateRestore('site', 0)).toBeUndefined();
  });
});
