import { expect, it } from 'vitest';
import { periodInWords, retentionInWords } from './retention-words.ts';

it('reads ISO 8601 periods', () => {
  expect(periodInWords('P2W')).toBe('2 weeks');
  expect(periodInWords('P1Y')).toBe('1 year');
  expect(periodInWords('PT10M')).toBe('10 min');
  expect(periodInWords('PT1H30M')).toBe('1 h 30 min');
});
it('keeps what it can’t read', () => {
  expect(periodInWords('P')).toBe('P');
  expect(periodInWords('forever')).toBe('forever');
});
it('words each cadence with how long it is kept', () => {
  expect(
    retentionInWords([
      { interval: 'R/PT10M', period: 'P2W' },
      { interval: 'R/P1W', period: 'P1Y' },
    ]),
  ).toEqual(['every 10 min, kept 2 weeks', 'every week, kept 1 year']);
});
