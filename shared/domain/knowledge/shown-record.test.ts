import { expect, it } from 'vitest';
import { aShown, DAY_ZERO as D } from '../../testing/knowledge-factories.ts';
import { isFresh, isHead, mergeShown } from './shown-record.ts';

it('a record is fresh for one cadence', () => {
  expect(isFresh(aShown({ askedAt: D }), D + 599)).toBe(true);
  expect(isFresh(aShown({ askedAt: D }), D + 600)).toBe(false);
});

it('a record with a bound in the past is no head', () => {
  expect(isHead(aShown({ askedAt: D, to: D }))).toBe(true);
  expect(isHead(aShown({ askedAt: D, to: D - 1 }))).toBe(false);
});

it('the latest head of each kind stays, others go with their cadence', () => {
  const oldHead = aShown({ askedAt: D - 5_000 });
  const fastHead = aShown({ askedAt: D - 9_000, kind: 'fast' });
  const oldBound = aShown({ askedAt: D - 5_000, to: D - 6_000 });
  const newBound = aShown({ askedAt: D - 100, to: D - 6_000 });
  expect(mergeShown([oldHead, fastHead, oldBound], [newBound], D)).toEqual([oldHead, fastHead, newBound]);
  const newHead = aShown({ askedAt: D - 10 });
  expect(mergeShown([oldHead], [newHead], D)).toEqual([newHead]);
  expect(mergeShown([newHead], [oldHead], D)).toEqual([newHead]);
});
