import { expect, it } from 'vitest';
import { pagesOf, windowsOf } from './row-pages.ts';

it('names the pages of a stretch', () => {
  expect(pagesOf({ first: 0, last: 20 })).toEqual([0]);
  expect(pagesOf({ first: 95, last: 210 })).toEqual([0, 1, 2]);
  expect(pagesOf({ first: -3, last: 0 })).toEqual([0]);
});
it('cuts a stretch into windows without a gap or an overlap', () => {
  expect(windowsOf({ first: 5, last: 5 }, 200)).toEqual([{ offset: 5, limit: 1 }]);
  expect(windowsOf({ first: 0, last: 449 }, 200)).toEqual([
    { offset: 0, limit: 200 },
    { offset: 200, limit: 200 },
    { offset: 400, limit: 50 },
  ]);
});
