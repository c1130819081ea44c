import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packSearches } from './pack-searches.ts';
import type { Packable } from './pack-searches.ts';

const want = (place: number, from: number, to: number, unitId = `u${place}`): Packable => ({
  unitId,
  from,
  to,
  want: place,
});

describe('packing', () => {
  it('asks n units at one time in n/20 searches', () => {
    for (const count of [1, 20, 21, 100, 199]) {
      const wants = Array.from({ length: count }, (_, place) => want(place, 50, 50));
      expect(packSearches(wants, 20)).toHaveLength(Math.ceil(count / 20));
    }
  });

  it('puts different times into one search where a proven-empty stretch allows it', () => {
    expect(packSearches([want(0, 10, 30), want(1, 20, 25), want(2, 26, 40)], 20)).toEqual([
      { end: 25, unitIds: ['u1', 'u0'], wants: [1, 0] },
      { end: 40, unitIds: ['u2'], wants: [2] },
    ]);
  });

  it('gives the places of a full search to the earliest times', () => {
    // Filled by starts instead, the want at 12 would need a third search.
    const packs = packSearches([want(0, 1, 10), want(1, 1, 50), want(2, 10, 12), want(3, 5, 50)], 2);
    expect(packs.map(pack => pack.wants)).toEqual([
      [0, 2],
      [1, 3],
    ]);
  });

  it('gives a unit one place for all its wants that the end suits', () => {
    expect(packSearches([want(0, 5, 10, 'u'), want(1, 5, 12, 'u'), want(2, 20, 20, 'u')], 1)).toEqual([
      { end: 10, unitIds: ['u'], wants: [0, 1] },
      { end: 20, unitIds: ['u'], wants: [2] },
    ]);
  });

  it('keeps heads, which have no end, to themselves', () => {
    expect(packSearches([want(0, Infinity, Infinity), want(1, 5, 5), want(2, Infinity, Infinity)], 20)).toEqual([
      { end: 5, unitIds: ['u1'], wants: [1] },
      { end: Infinity, unitIds: ['u0', 'u2'], wants: [0, 2] },
    ]);
  });

  it('is never beaten by trying everything', () => {
    // Small cases: up to six wants of units of their own, up to three a search, ends anywhere.
    const span = fc.record({ to: fc.integer({ min: 0, max: 12 }), length: fc.constantFrom(0, 0, 1, 3, 8) });
    fc.assert(
      fc.property(fc.array(span, { minLength: 1, maxLength: 6 }), fc.integer({ min: 1, max: 3 }), (spans, capacity) => {
        const wants = spans.map(({ to, length }, place) => want(place, to - length, to));
        const packs = packSearches(wants, capacity);
        expect(packs.flatMap(pack => pack.wants).toSorted((a, b) => a - b)).toEqual(wants.map((_, place) => place));
        for (const pack of packs) {
          expect(pack.unitIds.length).toBeLessThanOrEqual(capacity);
          for (const place of pack.wants) {
            const { from, to } = wants[place] ?? want(place, 1, 0);
            expect(from <= pack.end && pack.end <= to).toBe(true);
          }
        }
        expect(packs).toHaveLength(fewestByTrying(wants, capacity));
      }),
      { numRuns: 5_000 },
    );
  });
});

/** The least number of groups of at most `capacity` wants that share a moment, by trying all groupings. */
function fewestByTrying(wants: readonly Packable[], capacity: number): number {
  const all = 2 ** wants.length - 1;
  const shares = (set: number): boolean => {
    const members = wants.filter((_, place) => (set >> place) % 2 === 1);
    return (
      members.length <= capacity && Math.max(...members.map(one => one.from)) <= Math.min(...members.map(one => one.to))
    );
  };
  const fewest = Array.from({ length: all + 1 }, () => Infinity);
  fewest[0] = 0;
  for (let set = 1; set <= all; set += 1) {
    for (let part = set; part > 0; part = (part - 1) & set) {
      if (shares(part)) fewest[set] = Math.min(fewest[set] ?? Infinity, 1 + (fewest[set ^ part] ?? Infinity));
    }
  }
  return fewest[all] ?? Infinity;
}
