import { describe, expect, it } from 'vitest';
import type { Certainty, Point } from '../../shared/contract/certainty.ts';
import { answerInWords, beforeProtectionInWords, isUncertain, pointOf } from './answer.ts';
import type { OpenTime } from './stretches.ts';

const at = (iso: string) => Date.parse(iso) / 1000;
const zone = 'Europe/Helsinki';
const now = at('2026-11-23T06:44:00Z');
const incidentAt = at('2026-11-20T12:05:00Z');
const point: Point = { id: 'p', at: at('2026-11-20T11:43:00Z'), expiresAt: now, fast: false };
const said = (certainty: Certainty, askedAt?: number) =>
  answerInWords(certainty, { incidentAt, zone, now, askedAt, noun: 'point' });

describe('the answer in words', () => {
  it('says the loss first where it is exact', () => {
    expect(said({ is: 'exact', point }, at('2026-11-23T06:36:00Z'))).toEqual({
      look: 'exact',
      word: 'Exact',
      title: 'Fri 20 Nov 13:43 EET',
      loss: '22 min of changes are lost.',
      reason: 'No newer point exists before 14:05, asked 08:36 EET.',
    });
  });
  it('turns the loss into "up to" where a newer point may exist, and names what nobody asked', () => {
    const words = said({ is: 'atLeast', point, unproven: { fromAt: point.at + 1, toAt: incidentAt } });
    expect(words.title).toBe('Fri 20 Nov 13:43 EET or newer');
    expect(words.loss).toBe('Up to 22 min of changes are lost.');
    expect(words.reason).toBe('A newer point may exist: the 21 min after it were not asked about in full.');
  });
  it('names the same open time as the list of stretches beneath', () => {
    const reason = (openTime: OpenTime) =>
      answerInWords(
        { is: 'atLeast', point, unproven: { fromAt: point.at + 1, toAt: incidentAt } },
        { incidentAt, zone, now, noun: 'point', openTime },
      ).reason;
    expect(reason({ unaskedSeconds: 900, shownSeconds: 0 })).toBe(
      'A newer point may exist: 15 min after it not asked.',
    );
    expect(reason({ unaskedSeconds: 900, shownSeconds: 300 })).toBe(
      'A newer point may exist: 15 min after it not asked, 5 min asked too early to be sure.',
    );
    expect(reason({ unaskedSeconds: 0, shownSeconds: 300 })).toBe(
      'A newer point may exist: 5 min asked too early to be sure.',
    );
  });
  it('says that an incident lies before protection, unless a point is known all the same', () => {
    const protectedSinceAt = at('2026-11-21T00:00:00Z');
    const words = (certainty: Certainty) => beforeProtectionInWords(certainty, { incidentAt, protectedSinceAt, zone });
    expect(words({ is: 'none' })).toContain('before the protection of the unit began, on 21 Nov 2026');
    expect(words({ is: 'notAsked' })).toBeDefined();
    expect(words({ is: 'exact', point })).toBeUndefined();
    const of = { incidentAt, zone };
    expect(beforeProtectionInWords({ is: 'none' }, { ...of, protectedSinceAt: incidentAt - 1 })).toBeUndefined();
    expect(beforeProtectionInWords({ is: 'none' }, { ...of, protectedSinceAt: undefined })).toBeUndefined();
  });
  it('claims nothing of what is not known', () => {
    expect(said({ is: 'notAsked' })).toMatchObject({ look: 'notAsked', title: 'Not known' });
    expect(said({ is: 'notAsked' }).loss).toBeUndefined();
    expect(said({ is: 'none' }).loss).toBeUndefined();
    expect(said({ is: 'none' }).reason).toContain('No point exists before Fri 20 Nov 14:05 EET');
  });
  it('gives a shown point its moment', () => {
    expect(said({ is: 'asShown', point, askedAt: at('2026-11-20T12:00:00Z') })).toMatchObject({
      look: 'asShown',
      loss: 'Up to 22 min of changes are lost.',
      reason: 'It was the newest at Fri 20 Nov 14:00 EET; points this fresh may still be appearing.',
    });
    expect(said({ is: 'asShown', point: null, askedAt: at('2026-11-20T12:00:00Z') }).loss).toBeUndefined();
  });
  it('tells which answers asking could better', () => {
    expect(
      [undefined, { is: 'exact', point }, { is: 'none' }].some(each => isUncertain(each as Certainty | undefined)),
    ).toBe(false);
    expect(isUncertain({ is: 'notAsked' })).toBe(true);
    expect(pointOf({ is: 'asShown', askedAt: 1, point: null })).toBeUndefined();
    expect(pointOf({ is: 'exact', point })).toBe(point);
    expect(pointOf({ is: 'none' })).toBeUndefined();
  });
});
