import { describe, expect, it } from 'vitest';
import { aList, aPoint, aSearch, DAY_ZERO as D, LONG_AFTER, told } from '../../testing/knowledge-factories.ts';
import {
  isAnswered,
  outcomeOf,
  searchBefore,
  showsClosedEnd,
  toAskedAt,
  toUnitAnswers,
  traitsLearntFrom,
} from './question.ts';
import type { Answer } from './question.ts';
import { initialTraits } from './service-traits.ts';

const closed = { ...initialTraits, closedEnd: true };

describe('asked-at', () => {
  it('is the Date header less the round trip, rounded up, less a second', () => {
    expect(toAskedAt(1_000, 0)).toBe(999);
    expect(toAskedAt(1_000, 1.2)).toBe(997);
    expect(toAskedAt(1_000, 3)).toBe(996);
  });
});

describe('the search for the newest before a second', () => {
  it('starts at the beginning of time and ends at the second while nothing is known of closed ends', () => {
    expect(searchBefore(['a', 'b'], 'fast', 1_795_529_100, initialTraits)).toEqual({
      form: 'search',
      unitIds: ['a', 'b'],
      start: '0001-01-01T00:00:00Z',
      end: '2026-11-24T14:05:00Z',
      before: 1_795_529_100,
      prefer: 'newest',
      kind: 'fast',
    });
  });

  it('ends one tick earlier, not one second, once ends are known as closed', () => {
    expect(searchBefore(['a'], 'any', 1_795_529_100, closed)).toMatchObject({
      end: '2026-11-24T14:04:59.9999999Z',
      before: 1_795_529_100,
    });
  });

  it('has no end where the newest of all is wanted', () => {
    expect(searchBefore(['a'], 'any', undefined, initialTraits)).not.toHaveProperty('end');
  });
});

describe('an answer, unit by unit', () => {
  const answer: Answer = {
    question: aSearch(D, { unitIds: ['u', 'v', 'w', 'x'] }),
    askedAt: LONG_AFTER,
    points: [aPoint(D - 20), aPoint(D - 10), aPoint(D - 5, { unitId: 'x' }), aPoint(D - 1, { unitId: 'stranger' })],
    noResultUnitIds: ['v', 'x', 'stranger'],
  };
  const [u, v, w, x] = toUnitAnswers(answer);

  it('puts the newest point first', () => {
    expect(u?.points.map(point => point.at)).toEqual([D - 10, D - 20]);
  });

  it('counts only units named in results or as without a result', () => {
    expect([u, v, w, x].map(one => one !== undefined && isAnswered(one))).toEqual([true, true, false, true]);
  });

  it('believes a point more than the list of units without one', () => {
    expect(x).toMatchObject({ noResult: false, points: [{ at: D - 5 }] });
  });

  it('takes no unit that was not asked about', () => {
    expect(toUnitAnswers(answer)).toHaveLength(4);
  });
});

describe('the bound', () => {
  it('is missed by a point at or after it', () => {
    expect(outcomeOf(told(aSearch(D), [aPoint(D - 1, { ticks: 9_999_999 })]))).toBe('answered');
    expect(outcomeOf(told(aSearch(D), [aPoint(D)]))).toBe('atOrAfterBound');
    expect(outcomeOf(told(aSearch(D), [aPoint(D, { ticks: 1 })]))).toBe('atOrAfterBound');
    expect(outcomeOf(told(aSearch(undefined), [aPoint(D)]))).toBe('answered');
    expect(outcomeOf(told(aSearch(D), [], { noResult: false }))).toBe('unanswered');
    expect(outcomeOf(told(aList(D), []))).toBe('unanswered');
    expect(outcomeOf(told(aList(D), [aPoint(D), aPoint(D - 1)]))).toBe('answered');
  });

  it('shows a closed end only by a point at the very tick of it', () => {
    expect(showsClosedEnd(told(aSearch(D), [aPoint(D)]))).toBe(true);
    expect(showsClosedEnd(told(aSearch(D), [aPoint(D, { ticks: 1 })]))).toBe(false);
    expect(showsClosedEnd(told(aSearch(D), [aPoint(D - 1)]))).toBe(false);
    expect(showsClosedEnd(told(aList(D), [aPoint(D)]))).toBe(false);
  });
});

describe('how many a search answers', () => {
  const asked = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
  const answerWith = (points: readonly string[], noResultUnitIds: readonly string[]): Answer => ({
    question: aSearch(D, { unitIds: asked }),
    askedAt: LONG_AFTER,
    points: points.map(unitId => aPoint(D - 1, { unitId })),
    noResultUnitIds,
  });

  it('is learnt as five when exactly five points came and some unit went unanswered', () => {
    expect(traitsLearntFrom(answerWith(asked.slice(0, 5), []), initialTraits)).toEqual([
      { change: 'answersPerSearch', answersPerSearch: 5 },
    ]);
  });

  it('is not learnt from other shortfalls, nor from five points of five units with one', () => {
    expect(traitsLearntFrom(answerWith(asked.slice(0, 4), []), initialTraits)).toEqual([]);
    expect(traitsLearntFrom(answerWith(asked.slice(0, 5), ['f', 'g']), initialTraits)).toEqual([]);
  });

  it('is forgotten when a search answers more after all', () => {
    expect(traitsLearntFrom(answerWith(asked, []), { ...initialTraits, answersPerSearch: 5 })).toEqual([
      { change: 'answersPerSearch', answersPerSearch: undefined },
    ]);
  });
});
