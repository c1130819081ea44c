import { describe, expect, it } from 'vitest';
import { aRow, DAY_ZERO as D } from '../../testing/knowledge-factories.ts';
import { toKnownPoint } from './known-row.ts';
import type { Certainty } from './newest-before.ts';
import { verdictOfOwner } from './owner.ts';

const point = (at: number) => toKnownPoint(aRow(at));
const exact = (at: number): Certainty => ({ certainty: 'exact', point: point(at), holdsUntil: D + 9 });
const atLeast = (at: number, from: number, to: number): Certainty => ({
  certainty: 'atLeast',
  point: point(at),
  unproven: { from, to },
});
const none: Certainty = { certainty: 'none' };
const notAsked: Certainty = { certainty: 'notAsked' };
const shown = (askedAt: number, at?: number): Certainty => ({
  certainty: 'shownAt',
  askedAt,
  point: at === undefined ? undefined : point(at),
});
const of = (old: Certainty, present: Certainty) =>
  verdictOfOwner(
    [
      { unitId: 'old', verdict: old },
      { unitId: 'new', verdict: present },
    ],
    D,
  );

describe('a unit removed and protected again', () => {
  it('has the newest point of either id, and needs both to be sure', () => {
    expect(of(exact(D - 500), exact(D - 100))).toEqual({ unitId: 'new', verdict: exact(D - 100) });
    expect(of(exact(D - 500), none)).toEqual({ unitId: 'old', verdict: exact(D - 500) });
    expect(of(none, none).verdict).toEqual(none);
    expect(of(none, notAsked).verdict).toEqual(notAsked);
    expect(of(exact(D - 500), notAsked)).toEqual({ unitId: 'old', verdict: atLeast(D - 500, D - 500, D) });
  });

  it('is not made unsure by what lies before its newest point', () => {
    expect(of(atLeast(D - 500, D - 400, D - 200), exact(D - 100)).verdict).toEqual(exact(D - 100));
    expect(of(atLeast(D - 500, D - 400, D - 50), exact(D - 100)).verdict).toEqual(atLeast(D - 100, D - 100, D - 50));
  });

  it('is as shown at the earliest asking of those that count', () => {
    expect(of(shown(D - 30), shown(D - 20, D - 100))).toEqual({ unitId: 'new', verdict: shown(D - 30, D - 100) });
    expect(of(shown(D - 30), shown(D - 20)).verdict).toEqual(shown(D - 30));
    expect(of(exact(D - 500), shown(D - 20)).verdict).toEqual(shown(D - 20, D - 500));
    // Asked before the other's point was taken: something may have come in between.
    expect(of(shown(D - 30, D - 300), shown(D - 5, D - 10)).verdict).toEqual(atLeast(D - 10, D - 10, D));
  });

  it('needs at least one verdict', () => {
    expect(() => verdictOfOwner([], D)).toThrow(RangeError);
  });
});
