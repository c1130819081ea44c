import { expect, test } from 'vitest';
import { DAY } from './time.ts';
import { longestRetentionSeconds, toPeriodSeconds } from './retention-period.ts';

test.each([
  ['P2W', 14 * DAY],
  ['P1Y', 365 * DAY],
  ['P52W', 364 * DAY],
  ['P1M', 28 * DAY],
  ['P1Y2M10DT2H30M', (365 + 56 + 10) * DAY + 9_000],
  ['PT10M', 600],
  [' p3d ', 3 * DAY],
])('%s lasts %d seconds, at the least', (text, seconds) => {
  expect(toPeriodSeconds(text)).toBe(seconds);
});

test.each(['', 'P', 'PT', '2W', 'R/PT10M', 'forever'])('%o is no period', text => {
  expect(toPeriodSeconds(text)).toBeUndefined();
});

test('a policy keeps points as long as the longest of its settings, if all can be read', () => {
  expect(longestRetentionSeconds([{ period: 'P2W' }, { period: 'P1Y' }])).toBe(365 * DAY);
  expect(longestRetentionSeconds([{ period: 'P2W' }, { period: 'a while' }])).toBeUndefined();
  expect(longestRetentionSeconds([])).toBeUndefined();
});
