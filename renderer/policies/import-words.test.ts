import { expect, it } from 'vitest';
import { faultOfLine } from './import-words.ts';

it('names the earlier line of a duplicate, and nothing of a right line', () => {
  expect(faultOfLine({ fault: 'duplicate', sameAs: 3 })).toBe('The same as line 3.');
  expect(faultOfLine({ fault: 'formula' })).toContain('formula');
  expect(faultOfLine({})).toBeUndefined();
});
