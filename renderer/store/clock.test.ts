import { expect, it } from 'vitest';
import { nowOf, realSeconds } from './clock.ts';

it('goes on from what was read, at its own rate, and never back', () => {
  const clock = { now: 1_000, rate: 60, readAtMillis: 5_000 };
  expect(nowOf(clock, 5_000)).toBe(1_000);
  expect(nowOf(clock, 6_500)).toBe(1_090);
  expect(nowOf(clock, 4_000)).toBe(1_000);
});
it('knows how long a stretch of its time takes', () => {
  expect(realSeconds({ now: 0, rate: 60 }, 600)).toBe(10);
  expect(realSeconds({ now: 0, rate: 1 }, 60)).toBe(60);
});
