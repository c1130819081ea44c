import { expect, it } from 'vitest';
import { nextTryInWords } from './offline-words.ts';

it('counts down to the next try, and says so while one is made', () => {
  expect(nextTryInWords({ isTrying: false, nextTryAt: 1_040, now: 1_000 })).toBe('Next try in 40 s.');
  expect(nextTryInWords({ isTrying: true, nextTryAt: 1_040, now: 1_000 })).toBe('Trying now.');
  expect(nextTryInWords({ isTrying: false, nextTryAt: 1_000, now: 1_000 })).toBe('Trying now.');
  expect(nextTryInWords({ isTrying: false, nextTryAt: undefined, now: 1_000 })).toBeUndefined();
});
