import { expect, it } from 'vitest';
import { growingPause } from './index.ts';

it('doubles with each failure in a row, up to the longest', () => {
  expect([1, 2, 3, 4, 5, 6, 400].map(failures => growingPause(failures, 30, 600))).toEqual([
    30, 60, 120, 240, 480, 600, 600,
  ]);
});
