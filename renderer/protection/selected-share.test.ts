import { expect, it } from 'vitest';
import { selectedShare } from './selected-share.ts';

it('is none, some or all', () => {
  expect(selectedShare(0, 10)).toBe(false);
  expect(selectedShare(0, 0)).toBe(false);
  expect(selectedShare(3, 10)).toBe('mixed');
  expect(selectedShare(10, 10)).toBe(true);
});
