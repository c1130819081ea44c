import { expect, it } from 'vitest';
import { protectionUnitStatuses } from '../../shared/domain/protection-unit.ts';
import { countKinds, sourcesInWords, unitState } from './unit-words.ts';

it('has a word for every known status, in any letter case, and keeps an unknown one', () => {
  for (const status of protectionUnitStatuses) expect(unitState({ status }).word).not.toBe(status);
  expect(unitState({ status: 'Protected' })).toEqual({ word: 'Protected', tone: 'good' });
  expect(unitState({ status: 'hibernating' })).toEqual({ word: 'hibernating', tone: 'neutral' });
});
it('shows an error before the status', () => {
  expect(unitState({ status: 'protected', error: { code: 'x', message: '' } })).toEqual({
    word: 'In error',
    tone: 'bad',
  });
});
it('counts only the kinds that there are', () => {
  expect(countKinds({ sites: 1, drives: 2, mailboxes: 0 })).toBe('1 site, 2 OneDrive');
  expect(countKinds({ sites: 1284, drives: 0, mailboxes: 1 })).toBe('1,284 sites, 1 mailbox');
});
it('says how a unit came in', () => {
  expect(sourcesInWords(['manual', 'dynamicRule'])).toBe('hand and dynamic rule');
  expect(sourcesInWords(['none'])).toBe('not said');
  expect(sourcesInWords(['byMagic'])).toBe('byMagic');
});
