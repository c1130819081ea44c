import { expect, it } from 'vitest';
import { costInWords } from './cost-words.ts';

it('prices a question, and says about where it can become more', () => {
  expect(costInWords({ units: 14, questions: 1, certain: true })).toBe('14 units, 1 question');
  expect(costInWords({ units: 1, questions: 24, certain: false })).toBe('1 unit, about 24 questions');
  expect(costInWords({ units: 0, questions: 0, certain: true })).toBe('nothing to ask');
});
