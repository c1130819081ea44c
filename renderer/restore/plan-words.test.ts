import { expect, it } from 'vitest';
import { sessionsInWords } from './plan-words.ts';

it('counts one session a workload, and needs no count of one', () => {
  expect(sessionsInWords({ unitsByKind: { site: 0, drive: 0, mailbox: 0 } })).toBe('');
  expect(sessionsInWords({ unitsByKind: { site: 3, drive: 0, mailbox: 0 } })).toBe('one session, with one destination');
  expect(sessionsInWords({ unitsByKind: { site: 3, drive: 1, mailbox: 0 } })).toBe(
    'one session a workload: 2 sessions, each with one destination',
  );
});
