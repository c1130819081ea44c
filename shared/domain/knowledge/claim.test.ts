import { describe, expect, it } from 'vitest';
import { aList, aPoint, aSearch, DAY_ZERO as D, told } from '../../testing/knowledge-factories.ts';
import { HOUR, toIso } from '../time.ts';
import { claimOf, shownBy } from './claim.ts';
import { oneTickBefore, toInstantText } from './instant.ts';
import { initialTraits } from './service-traits.ts';

const open = initialTraits;
const closed = { ...initialTraits, closedEnd: true };

describe('what an answer proves', () => {
  it('search newest, point p: from the second after p to the end', () => {
    expect(claimOf(told(aSearch(D), [aPoint(D - 100)]), 'any', open)).toMatchObject({
      from: D - 99,
      to: D,
      fromFloor: false,
    });
  });

  it('search oldest, point p: from the second after the start to p, never from the floor', () => {
    const question = aSearch(D, { prefer: 'oldest', start: toIso(D - 500) });
    expect(claimOf(told(question, [aPoint(D - 100)]), 'any', open)).toEqual({
      from: D - 499,
      to: D - 100,
      fromFloor: false,
    });
    const fromFloor = claimOf(told(aSearch(D, { prefer: 'oldest' }), [aPoint(D - 100)]), 'any', open);
    expect(fromFloor).toMatchObject({ to: D - 100, fromFloor: false });
    expect(fromFloor?.from).toBeGreaterThan(1);
  });

  it('search without a result: from the second after the start, from 0001 down to the floor', () => {
    expect(claimOf(told(aSearch(D, { start: toIso(D - 500) }), []), 'any', open)).toEqual({
      from: D - 499,
      to: D,
      fromFloor: false,
    });
    expect(claimOf(told(aSearch(D), []), 'any', open)).toEqual({ from: 1, to: D, fromFloor: true });
  });

  it('search, unit in neither list: nothing', () => {
    expect(claimOf(told(aSearch(D), [], { noResult: false }), 'any', open)).toBeUndefined();
  });

  it('list, oldest point q: from the second after q to the bound; nothing below it, however few came', () => {
    const few = claimOf(told(aList(D), [aPoint(D - 10), aPoint(D - 70)]), 'any', open);
    expect(few).toMatchObject({ from: D - 69, to: D, fromFloor: false });
    expect(claimOf(told(aList(D), []), 'any', open)).toBeUndefined();
  });

  it('search for mail: nothing', () => {
    const mail = aSearch(D, { hasArtifactQuery: true });
    expect(claimOf(told(mail, [aPoint(D - 100)]), 'any', open)).toBeUndefined();
    expect(claimOf(told(mail, []), 'any', open)).toBeUndefined();
    expect(shownBy(told(mail, [aPoint(D - 100)], { askedAt: D }), 'any', open)).toBeUndefined();
  });

  it('is cut where points may still appear, and later where tags may', () => {
    const answer = told(aSearch(undefined), [aPoint(D - 9 * HOUR)], { askedAt: D });
    expect(claimOf(answer, 'any', open)?.to).toBe(D - HOUR);
    expect(claimOf(answer, 'fast', open)?.to).toBe(D - 2 * HOUR);
    expect(claimOf(told(aList(D), [aPoint(D - 9 * HOUR)], { askedAt: D }), 'any', open)?.to).toBe(D - HOUR);
    expect(claimOf(told(aSearch(undefined), [], { askedAt: D }), 'any', open)?.to).toBe(D - HOUR);
  });

  it('floors its bounds: a second asked about in part is not claimed', () => {
    const end = { end: `${toIso(D).slice(0, -1)}.7000000Z` };
    expect(claimOf(told(aSearch(undefined, end), [aPoint(D - 9)]), 'any', open)?.to).toBe(D);
    const list = { form: 'list', unitId: 'u', before: `${toIso(D).slice(0, -1)}.7000000Z` } as const;
    expect(claimOf(told(list, [aPoint(D - 9)]), 'any', open)?.to).toBe(D);
    const start = { prefer: 'oldest', start: `${toIso(D - 90).slice(0, -1)}.7000000Z` } as const;
    expect(claimOf(told(aSearch(D, start), [aPoint(D - 9)]), 'any', open)?.from).toBe(D - 89);
  });

  it('reaches the second asked about when its end lies one tick before, if ends are closed', () => {
    const tick = aSearch(D, { end: toInstantText(oneTickBefore(D)) });
    expect(claimOf(told(tick, [aPoint(D - 9)]), 'any', closed)?.to).toBe(D);
    expect(claimOf(told(tick, [aPoint(D - 9)]), 'any', open)?.to).toBe(D - 1);
  });

  it('is nothing when a point at or after the bound came back', () => {
    expect(claimOf(told(aSearch(D), [aPoint(D)]), 'any', open)).toBeUndefined();
    expect(shownBy(told(aSearch(D), [aPoint(D)], { askedAt: D + 9 }), 'any', open)).toBeUndefined();
  });

  it('speaks for fast points where it asked about any, never the other way round', () => {
    expect(claimOf(told(aSearch(D), [aPoint(D - 100)]), 'fast', open)).toMatchObject({ from: D - 99, to: D });
    const fast = aSearch(D, { kind: 'fast' });
    expect(claimOf(told(fast, [aPoint(D - 100, { fast: true })]), 'fast', open)).toMatchObject({ from: D - 99, to: D });
    expect(claimOf(told(fast, [aPoint(D - 100, { fast: true })]), 'any', open)).toBeUndefined();
    expect(claimOf(told(fast, []), 'any', open)).toBeUndefined();
    expect(shownBy(told(fast, [], { askedAt: D }), 'any', open)).toBeUndefined();
  });

  it('is nothing when the search for fast points brought one without the tag', () => {
    expect(claimOf(told(aSearch(D, { kind: 'fast' }), [aPoint(D - 100)]), 'fast', open)).toBeUndefined();
  });
});

describe('what an answer showed', () => {
  it('is uncut: to the lesser of bound and asking', () => {
    const point = aPoint(D - 100);
    expect(shownBy(told(aSearch(undefined), [point], { askedAt: D }), 'any', open)).toEqual({
      kind: 'any',
      askedAt: D,
      from: D - 99,
      to: D,
      pointId: point.id,
    });
    expect(shownBy(told(aSearch(D - 50), [point], { askedAt: D }), 'any', open)).toMatchObject({
      from: D - 99,
      to: D - 50,
    });
    expect(shownBy(told(aSearch(D + 50), [point], { askedAt: D }), 'any', open)).toMatchObject({ to: D });
  });

  it('reaches the floor where there was no point, if it was asked from there', () => {
    const none = told(aSearch(undefined), [], { askedAt: D });
    expect(shownBy(none, 'any', open)).toEqual({ kind: 'any', askedAt: D, from: 0, to: D });
    expect(shownBy({ ...none, question: aSearch(undefined, { start: toIso(D - 9) }) }, 'any', open)).toBeUndefined();
  });

  it('is kept for the newest alone, and only where the claim falls short', () => {
    const oldest = aSearch(undefined, { prefer: 'oldest' });
    expect(shownBy(told(oldest, [aPoint(D - 100)], { askedAt: D }), 'any', open)).toBeUndefined();
    expect(shownBy(told(aSearch(D - HOUR), [aPoint(D - 9_999)], { askedAt: D }), 'any', open)).toBeUndefined();
    expect(shownBy(told(aSearch(D - HOUR + 1), [aPoint(D - 9_999)], { askedAt: D }), 'any', open)).toBeDefined();
  });

  it('is told by lists too, and names the newest fast one only where it was shown', () => {
    const list = told(aList(D), [aPoint(D - 100), aPoint(D - 200, { fast: true })], { askedAt: D });
    expect(shownBy(list, 'any', open)).toMatchObject({ from: D - 99, pointId: `p${D - 100}` });
    expect(shownBy(list, 'fast', open)).toMatchObject({ from: D - 199, pointId: `p${D - 200}` });
    expect(shownBy(told(aList(D), [], { askedAt: D }), 'any', open)).toBeUndefined();
    const slow = told(aSearch(undefined), [aPoint(D - 100)], { askedAt: D });
    expect(shownBy(slow, 'fast', open)).toBeUndefined();
  });
});
