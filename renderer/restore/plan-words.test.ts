import { expect, it } from 'vitest';
import { kindAtWhere, leftOutInWords, sessionsInWords } from './plan-words.ts';

it('counts one session a workload, and needs no count of one', () => {
  expect(sessionsInWords({ unitsByKind: { site: 0, drive: 0, mailbox: 0 } })).toBe('');
  expect(sessionsInWords({ unitsByKind: { site: 3, drive: 0, mailbox: 0 } })).toBe('one session, with one destination');
  expect(sessionsInWords({ unitsByKind: { site: 3, drive: 1, mailbox: 0 } })).toBe(
    'one session a workload: 2 sessions, each with one destination',
  );
});

it('counts no unit of a kind as restored that may be one of those left out', () => {
  const unitsByKind = { site: 5, drive: 4, mailbox: 1 };
  const whole = { unitsByKind, units: 10, restorable: 10 };
  expect([kindAtWhere(whole, 'site'), kindAtWhere(whole, 'mailbox')]).toEqual(['5 sites', '1 mailbox']);
  expect(leftOutInWords(whole)).toBeUndefined();
  const part = { unitsByKind, units: 10, restorable: 8 };
  expect([kindAtWhere(part, 'site'), kindAtWhere(part, 'drive')]).toEqual(['Sites', 'OneDrive']);
  const ofOneKind = { unitsByKind: { site: 3, drive: 0, mailbox: 0 }, units: 3, restorable: 2 };
  expect(kindAtWhere(ofOneKind, 'site')).toBe('2 sites');
  expect(leftOutInWords(part)).toBe('8 of 10 units; 2 without a point to restore to are left out.');
});
