import { describe, expect, it } from 'vitest';
import type { Certainty, Point } from '../../shared/contract/certainty.ts';
import { answerInWords, isUncertain, pointOf } from './answer.ts';

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
    expect(words.reason).toContain('nobody has asked about 21 min');
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
