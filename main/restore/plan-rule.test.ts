import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Certainty, Point } from '../../shared/contract/certainty.ts';
import type { PlanUnit } from '../../shared/contract/plans.ts';
import { median, toLossBuckets } from './plan-figures.ts';
import { toPlanRow } from './plan-rule.ts';

const INCIDENT = 1_800_000_000;
const point = (at: number, fast = false): Point => ({ id: `p${at}`, at, expiresAt: at + 86_400, fast });
const row: PlanUnit = { unitId: 'u', kind: 'site', name: 'Finance', newest: { is: 'notAsked' }, chosenBy: 'rule' };
const exact = (at: number, fast = false): Certainty => ({ is: 'exact', point: point(at, fast) });
const rule = { incidentAt: INCIDENT, preference: 'newest', now: INCIDENT + 60 } as const;

describe('the rule', () => {
  it('takes the newest point before the incident, and says exactly what is lost', () => {
    expect(toPlanRow(row, { any: exact(INCIDENT - 600) }, rule)).toMatchObject({
      chosen: { at: INCIDENT - 600 },
      loss: { seconds: 600, upTo: false },
    });
  });

  it('says "up to" where a newer point may exist', () => {
    const any: Certainty = {
      is: 'atLeast',
      point: point(INCIDENT - 600),
      unproven: { fromAt: INCIDENT - 300, toAt: INCIDENT },
    };
    expect(toPlanRow(row, { any }, rule).loss).toEqual({ seconds: 600, upTo: true });
  });

  it('says "up to" of a point that was shown to be the newest while others may still appear', () => {
    const any: Certainty = { is: 'asShown', askedAt: INCIDENT - 60, point: point(INCIDENT - 600) };
    expect(toPlanRow(row, { any }, rule).loss).toEqual({ seconds: 600, upTo: true });
  });

  it('says "up to" by the verdict that the point comes from, not by the one that is open', () => {
    const any: Certainty = {
      is: 'atLeast',
      point: point(INCIDENT - 600),
      unproven: { fromAt: INCIDENT - 300, toAt: INCIDENT },
    };
    const fast = { ...rule, preference: 'fast' } as const;
    expect(toPlanRow(row, { any, fast: { is: 'notAsked' } }, fast).loss).toEqual({ seconds: 600, upTo: true });
  });

  it.each<Certainty>([{ is: 'none' }, { is: 'notAsked' }, { is: 'asShown', askedAt: 1, point: null }])(
    'chooses nothing of %j',
    any => {
      const after = toPlanRow({ ...row, chosen: point(1), loss: { seconds: 1, upTo: false } }, { any }, rule);
      expect(after.chosen).toBeUndefined();
      expect(after.loss).toBeUndefined();
    },
  );

  it('prefers a fast point where asked to and one is known, else the newest', () => {
    const fast = { ...rule, preference: 'fast' } as const;
    expect(toPlanRow(row, { any: exact(INCIDENT - 60), fast: exact(INCIDENT - 9_000, true) }, fast).chosen?.fast).toBe(
      true,
    );
    expect(toPlanRow(row, { any: exact(INCIDENT - 60), fast: { is: 'none' } }, fast).chosen?.at).toBe(INCIDENT - 60);
    expect(toPlanRow(row, { any: exact(INCIDENT - 60) }, fast).chosen?.at).toBe(INCIDENT - 60);
  });

  it('is as certain as the verdict that decides: fast points that nobody asked about leave the choice open', () => {
    const fast = { ...rule, preference: 'fast' } as const;
    const open = toPlanRow(row, { any: exact(INCIDENT - 60), fast: { is: 'notAsked' } }, fast);
    expect(open).toMatchObject({ newest: { is: 'notAsked' }, chosen: { at: INCIDENT - 60 } });
    const maybe: Certainty = { is: 'atLeast', point: point(INCIDENT - 9_000, true), unproven: { fromAt: 1, toAt: 2 } };
    expect(toPlanRow(row, { any: exact(INCIDENT - 60), fast: maybe }, fast)).toMatchObject({
      newest: { is: 'atLeast' },
      loss: { seconds: 9_000, upTo: true },
    });
    expect(toPlanRow(row, { any: exact(INCIDENT - 60), fast: { is: 'none' } }, fast).newest.is).toBe('exact');
    expect(toPlanRow(row, { any: exact(INCIDENT - 60), fast: maybe }, rule).newest.is).toBe('exact');
  });

  it('keeps a choice made by hand as long as it lies before the incident', () => {
    const byHand: PlanUnit = { ...row, chosenBy: 'hand', chosen: point(INCIDENT - 7_200) };
    expect(toPlanRow(byHand, { any: exact(INCIDENT - 60) }, rule)).toMatchObject({
      chosenBy: 'hand',
      chosen: { at: INCIDENT - 7_200 },
      loss: { seconds: 7_200, upTo: false },
    });
    expect(
      toPlanRow(byHand, { any: exact(INCIDENT - 9_000) }, { ...rule, incidentAt: INCIDENT - 7_200 }),
    ).toMatchObject({
      chosenBy: 'rule',
      chosen: { at: INCIDENT - 9_000 },
    });
  });

  it('keeps an expired choice until somebody decides, without a loss window: it restores nothing', () => {
    const byHand: PlanUnit = { ...row, chosenBy: 'hand', chosen: point(INCIDENT - 7_200) };
    const expiresAt = INCIDENT - 7_200 + 86_400;
    const at = (now: number): PlanUnit => toPlanRow(byHand, { any: exact(INCIDENT - 60) }, { ...rule, now });
    expect(at(expiresAt - 61).loss).toEqual({ seconds: 7_200, upTo: false });
    expect(at(expiresAt - 60)).toMatchObject({ chosenBy: 'hand', chosen: { at: INCIDENT - 7_200 } });
    expect(at(expiresAt - 60).loss).toBeUndefined();
  });
});

describe('figures', () => {
  it('puts every loss window into one bucket, at or below its bound', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ seconds: fc.nat({ max: 2_000_000 }), upTo: fc.boolean() })), losses => {
        const buckets = toLossBuckets(losses);
        expect(buckets.reduce((sum, { units }) => sum + units, 0)).toBe(losses.length);
        let below = -1;
        for (const { upToSeconds = Infinity, units, uncertain } of buckets) {
          const inside = losses.filter(({ seconds }) => seconds > below && seconds <= upToSeconds);
          expect(units).toBe(inside.length);
          expect(uncertain).toBe(inside.filter(({ upTo }) => upTo).length);
          below = upToSeconds;
        }
      }),
    );
  });

  it('finds the middle', () => {
    expect(median([])).toBeUndefined();
    expect(median([5])).toBe(5);
    expect(median([9, 1, 5])).toBe(5);
    expect(median([4, 1, 3, 2])).toBe(2);
  });
});
