import { expect, it } from 'vitest';
import { readQuestions } from './questions-a-day.ts';

it('reads whole numbers within the bounds, as people write them', () => {
  expect(readQuestions('4000')).toBe(4_000);
  expect(readQuestions(' 4,000 ')).toBe(4_000);
  expect(readQuestions('100')).toBe(100);
  expect(readQuestions('100000')).toBe(100_000);
  for (const wrong of ['', '99', '100001', '-400', '4e3', 'many'])
    expect(readQuestions(wrong)).toBe('A whole number from 100 to 100,000.');
});
