import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unitKinds } from './protection-unit.ts';
import { countRequests, packSessions, type RestoreItem } from './restore-packing.ts';
import { restoreLimits } from './restore-session.ts';

const items = fc
  .array(fc.constantFrom(...unitKinds), { maxLength: 2_500 })
  .map(kinds => kinds.map((kind, n): RestoreItem => ({ unitId: `u${n}`, kind, restorePointId: `p${n}` })));

describe('packSessions', () => {
  it('loses nothing, doubles nothing, keeps the order and the limits', () => {
    fc.assert(
      fc.property(items, all => {
        const parts = packSessions(all);
        for (const kind of unitKinds) {
          const packed = parts.filter(part => part.kind === kind).flatMap(part => part.chunks.flat());
          expect(packed).toEqual(all.filter(item => item.kind === kind));
        }
        for (const { kind, chunks } of parts) {
          expect(chunks.flat().every(item => item.kind === kind)).toBe(true);
          expect(chunks.flat().length).toBeLessThanOrEqual(restoreLimits.artifactsPerWorkload);
          for (const chunk of chunks) expect(chunk.length).toBeLessThanOrEqual(restoreLimits.artifactsPerRequest);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('makes as few sessions as it can: one a kind up to a thousand', () => {
    const all = Array.from({ length: 1_001 }, (_, n): RestoreItem => ({
      unitId: `u${n}`,
      kind: 'site',
      restorePointId: `p${n}`,
    }));
    expect(packSessions(all.slice(0, 1_000))).toHaveLength(1);
    expect(packSessions(all)).toHaveLength(2);
  });

  it('counts a create, the additions and an activation', () => {
    const all = Array.from({ length: 120 }, (_, n): RestoreItem => ({
      unitId: `u${n}`,
      kind: 'drive',
      restorePointId: `p${n}`,
    }));
    expect(countRequests(packSessions(all))).toBe(1 + 2 + 1);
    expect(countRequests([])).toBe(0);
  });
});
