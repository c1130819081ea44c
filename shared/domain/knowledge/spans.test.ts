import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aFloor, aRow, aShown, DAY_ZERO as D } from '../../testing/knowledge-factories.ts';
import { HOUR } from '../time.ts';
import { spansOf, summariesOf } from './spans.ts';
import type { WindowOf } from './spans.ts';
import { gapsWithin, unionWithin } from './stretch.ts';

const of: WindowOf = { kind: 'any', now: D, shown: [] };

describe('the spans of a window', () => {
  it('are proven, or unknown with the points met in them', () => {
    const rows = [
      aFloor(0),
      aRow(D - 900, { anyTo: D - 600 }),
      aRow(D - 700, { anyTo: D - 600, fast: true }),
      aRow(D - 300),
    ];
    expect(spansOf(rows, { from: D - 800, to: D - 100 }, of)).toEqual([
      { from: D - 800, to: D - 600, state: 'proven', points: 1, fast: 1, askedAt: D - 700 },
      { from: D - 600, to: D - 100, state: 'unknown', points: 1, fast: 0 },
    ]);
  });

  it('are known as empty by the floor, or by the proof of a point below the window', () => {
    expect(spansOf([aFloor(D - 200)], { from: D - 800, to: D - 100 }, of)).toEqual([
      { from: D - 800, to: D - 200, state: 'proven', points: 0, fast: 0 },
      { from: D - 200, to: D - 100, state: 'unknown', points: 0, fast: 0 },
    ]);
  });

  it('end as shown where points may still appear', () => {
    const row = aRow(D - 300);
    const shown = [aShown({ askedAt: D - 60, from: D - 299, pointId: row.id })];
    expect(spansOf([row], { from: D - 300, to: D }, { ...of, shown })).toEqual([
      { from: D - 300, to: D - 299, state: 'unknown', points: 1, fast: 0 },
      { from: D - 299, to: D - 60, state: 'shown', askedAt: D - 60, points: 0, fast: 0 },
      { from: D - 60, to: D, state: 'unknown', points: 0, fast: 0 },
    ]);
  });

  it('tell when a point in them was shown last, where they are proven; of an empty one that is not known', () => {
    const rows = [
      aRow(D - 900, { anyTo: D - 500, seenAt: D - 90 }),
      aRow(D - 800, { anyTo: D - 500, seenAt: D - 60 }),
      aRow(D - 700, { anyTo: D - 500, seenAt: D - 80 }),
      aRow(D - 400, { seenAt: D - 20 }),
      aRow(D - 300, { anyTo: D - 200, seenAt: D - 10 }),
    ];
    expect(
      spansOf(rows, { from: D - 899, to: D - 200 }, of).map(({ state, points, askedAt }) => [state, points, askedAt]),
    ).toEqual([
      ['proven', 2, D - 60],
      ['unknown', 2, undefined],
      ['proven', 0, undefined],
    ]);
  });

  it('count no tombstones', () => {
    expect(spansOf([aRow(D - 300, { expiresAt: D + 60 })], { from: D - 400, to: D }, of)).toMatchObject([
      { points: 0 },
    ]);
  });

  it('of fast points rest on fast rows alone', () => {
    const rows = [aRow(D - 700, { fast: true, fastTo: D - 500 }), aRow(D - 600, { anyTo: D, fastTo: D })];
    expect(spansOf(rows, { from: D - 800, to: D }, { ...of, kind: 'fast' })).toMatchObject([
      { state: 'unknown', to: D - 699, points: 1 },
      { state: 'proven', to: D - 500, points: 0 },
      { state: 'unknown', to: D },
    ]);
  });
});

describe('the days of a calendar', () => {
  it('are whole, in part, or unknown', () => {
    const rows = [aRow(D - 250, { anyTo: D - 100 }), aRow(D - 120, { anyTo: D - 100, fast: true }), aRow(D - 50)];
    const bounds = [D - 500, D - 400, D - 200, D - 100, D - 60, D];
    expect(summariesOf(rows, bounds, of).map(day => [day.state, day.points, day.fast, day.unprovenSeconds])).toEqual([
      ['unknown', 0, 0, 100],
      ['part', 1, 0, 151],
      ['whole', 1, 1, 0],
      ['unknown', 0, 0, 40],
      ['part', 1, 0, 60],
    ]);
  });

  it('are none for fewer than two bounds', () => {
    expect(summariesOf([], [], of)).toEqual([]);
    expect(summariesOf([], [D], of)).toEqual([]);
  });

  it('agree with a second-by-second count', () => {
    const offset = fc.integer({ min: 1, max: 400 });
    const known = fc.record({ at: offset, length: fc.integer({ min: 0, max: 150 }), fast: fc.boolean() });
    fc.assert(
      fc.property(
        fc.array(known, { maxLength: 12 }),
        fc.array(offset, { minLength: 2, maxLength: 6 }),
        fc.integer({ min: 0, max: 300 }),
        (points, cuts, floor) => {
          const rows = [
            aFloor(floor === 0 ? 0 : D + floor),
            ...points.map(({ at, length, fast }, index) =>
              aRow(D + at, { id: `p${index}`, anyTo: D + at + length, fast }),
            ),
          ];
          const bounds = [...new Set(cuts)].toSorted((a, b) => a - b).map(cut => D + cut);
          const isProven = (second: number): boolean =>
            rows.some(row => (row.at === 0 ? row.anyTo > second : row.at < second && row.anyTo > second));
          const days = summariesOf(rows, bounds, { ...of, now: D + HOUR });
          expect(days).toHaveLength(bounds.length - 1);
          for (const day of days) {
            let unproven = 0;
            for (let second = day.from; second < day.to; second += 1) if (!isProven(second)) unproven += 1;
            expect(day.unprovenSeconds).toBe(unproven);
            expect(day.points).toBe(rows.filter(row => row.at >= day.from && row.at < day.to).length);
          }
          const first = bounds[0] ?? D;
          const last = bounds.at(-1) ?? D;
          for (const span of spansOf(rows, { from: first, to: last }, { ...of, now: D + HOUR })) {
            const isMixed = Array.from({ length: span.to - span.from }, (_, index) => isProven(span.from + index)).some(
              proven => proven !== (span.state === 'proven'),
            );
            expect(isMixed).toBe(false);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('stretches', () => {
  it('merge where they meet, and leave gaps', () => {
    const parts = [
      { from: 5, to: 8 },
      { from: 1, to: 3 },
      { from: 3, to: 4 },
      { from: 7, to: 20 },
    ];
    expect(unionWithin(parts, { from: 2, to: 10 })).toEqual([
      { from: 2, to: 4 },
      { from: 5, to: 10 },
    ]);
    expect(gapsWithin(parts, { from: 0, to: 25 })).toEqual([
      { from: 0, to: 1 },
      { from: 4, to: 5 },
      { from: 20, to: 25 },
    ]);
    expect(gapsWithin([], { from: 0, to: 5 })).toEqual([{ from: 0, to: 5 }]);
  });
});
