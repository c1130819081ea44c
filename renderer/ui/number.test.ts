import { expect, it } from 'vitest';
import { formatCount, formatList, formatPart, formatQuantity } from './number.ts';

it('writes counts, parts, quantities and lists', () => {
  expect(formatCount(1284)).toBe('1,284');
  expect(formatPart(14, 20)).toBe('14 of 20');
  expect(formatQuantity(1, 'unit')).toBe('1 unit');
  expect(formatQuantity(0, 'unit')).toBe('0 units');
  expect(formatQuantity(2, 'mailbox', 'mailboxes')).toBe('2 mailboxes');
  expect(formatList([])).toBe('');
  expect(formatList(['a'])).toBe('a');
  expect(formatList(['a', 'b', 'c'])).toBe('a, b and c');
});
