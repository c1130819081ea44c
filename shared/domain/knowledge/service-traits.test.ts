import { describe, expect, it } from 'vitest';
import { HOUR, MINUTE } from '../time.ts';
import { initialTraits, isProvenUnderPresentSettling, settlingSeconds, withTraitChanges } from './service-traits.ts';

describe('settling', () => {
  it('is an hour, and a quarter more for each thousand units lately added', () => {
    expect(settlingSeconds(initialTraits, 'any')).toBe(HOUR);
    expect(settlingSeconds({ ...initialTraits, unitsLatelyAdded: 1 }, 'any')).toBe(75 * MINUTE);
    expect(settlingSeconds({ ...initialTraits, unitsLatelyAdded: 1_000 }, 'any')).toBe(75 * MINUTE);
    expect(settlingSeconds({ ...initialTraits, unitsLatelyAdded: 4_500 }, 'any')).toBe(135 * MINUTE);
  });

  it('is never shorter for tags than for points, whatever was doubled', () => {
    for (const settlingDoublings of [0, 1, 3]) {
      for (const fastSettlingDoublings of [0, 2]) {
        const traits = { ...initialTraits, settlingDoublings, fastSettlingDoublings };
        expect(settlingSeconds(traits, 'fast')).toBeGreaterThan(settlingSeconds(traits, 'any'));
      }
    }
  });

  it('doubles for points and tags when a point was too late, for tags alone when a tag was', () => {
    const point = withTraitChanges(initialTraits, [{ change: 'settlingDoubled', kind: 'any', askedAt: 9 }]);
    expect([settlingSeconds(point, 'any'), settlingSeconds(point, 'fast')]).toEqual([2 * HOUR, 4 * HOUR]);
    const tag = withTraitChanges(initialTraits, [{ change: 'settlingDoubled', kind: 'fast', askedAt: 9 }]);
    expect([settlingSeconds(tag, 'any'), settlingSeconds(tag, 'fast')]).toEqual([HOUR, 4 * HOUR]);
  });

  it('is disproved only by what was proven since its last doubling', () => {
    const doubledAt = 1_000_000;
    const traits = withTraitChanges(initialTraits, [{ change: 'settlingDoubled', kind: 'any', askedAt: doubledAt }]);
    expect(isProvenUnderPresentSettling(initialTraits, 'any', 5)).toBe(true);
    // Under the shorter hour nothing was proven beyond this.
    expect(isProvenUnderPresentSettling(traits, 'any', doubledAt - HOUR)).toBe(true);
    expect(isProvenUnderPresentSettling(traits, 'any', doubledAt - HOUR - 1)).toBe(false);
    expect(isProvenUnderPresentSettling(traits, 'fast', doubledAt - 2 * HOUR - 1)).toBe(false);
  });
});

it('traits keep the other changes too', () => {
  expect(
    withTraitChanges(initialTraits, [{ change: 'closedEndSeen' }, { change: 'answersPerSearch', answersPerSearch: 5 }]),
  ).toEqual({ ...initialTraits, closedEnd: true, answersPerSearch: 5 });
});
