import { describe, expect, it } from 'vitest';
import { auditCodes, auditResultWords, auditWordsOf, toAuditResult } from './audit-words.ts';

describe('the words of the audit', () => {
  it('are words, each of its own', () => {
    const words = auditCodes.map(auditWordsOf);
    expect(new Set(words).size).toBe(auditCodes.length);
    for (const word of words) expect(word).toMatch(/^[A-Z][^.!]*$/);
  });

  it('leave a code of a newer version as it is', () => {
    expect(auditWordsOf('something.new')).toBe('something.new');
    expect(auditWordsOf('toString')).toBe('toString');
  });
});

describe('the result of an audited change', () => {
  it.each([
    [{ outcome: 'done' }, 'Done'],
    [{ outcome: 'refused', code: 'accessDenied' }, 'Refused: accessDenied'],
    [{ outcome: 'refused', refusal: { code: 'Conflict', message: 'm' } }, 'Refused: Conflict'],
    [{ outcome: 'undone' }, 'Not done'],
    [{ outcome: 'nothing-done', code: 'clientTimedOut' }, 'Not done: clientTimedOut'],
    [{ outcome: 'unknown' }, 'No sure answer'],
    [{ units: 3 }, 'Recorded'],
    [undefined, 'Recorded'],
    [null, 'Recorded'],
    [['done'], 'Recorded'],
  ])('%j reads %s', (after, words) => {
    expect(auditResultWords(toAuditResult(after))).toBe(words);
  });
});
