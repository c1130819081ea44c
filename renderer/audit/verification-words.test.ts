import { describe, expect, it } from 'vitest';
import { verificationWords } from './verification-words.ts';

const verifiedAt = Date.parse('2026-11-24T14:05:00Z') / 1000;
const head = { seq: 57, hash: 'ab' };

describe('the words of a verification', () => {
  it('say how much was walked and what it was compared with', () => {
    expect(verificationWords({ verifiedAt, rows: 57, head }, 'UTC')).toEqual({
      isWhole: true,
      title: 'The audit is whole.',
      meaning:
        '57 rows over all tenants, each chained to the one before. No earlier end was kept apart from the file to compare with.',
    });
    const witness = { seq: 40, at: verifiedAt - 3_600 };
    expect(verificationWords({ verifiedAt, rows: 57, head, witness }, 'UTC').meaning).toContain(
      'kept apart from the file at 13:05 UTC (row 40)',
    );
    expect(verificationWords({ verifiedAt, rows: 0 }, 'UTC').title).toBe('The audit is empty.');
  });

  it.each([
    [{ why: 'changed', seq: 12 } as const, 'Row 12 was changed.', 'Rows 1 to 11 are as they were written.', 12],
    [{ why: 'changed', seq: 1 } as const, 'Row 1 was changed.', 'No row stands before it.', 1],
    [{ why: 'replaced', seq: 2 } as const, 'Row 2 was replaced.', 'Row 1 is as it was written.', 2],
    [{ why: 'missing', seq: 12, rows: 1 } as const, 'Row 12 is missing.', 'Later rows are there.', undefined],
    [{ why: 'missing', seq: 12, rows: 3 } as const, 'Rows 12 to 14 are missing.', 'Rows 1 to 11', undefined],
    [
      { why: 'cutEnd', seq: 7, keptSeq: 9 } as const,
      'The end of the audit was cut off.',
      'Rows 7 to 9 were there and are gone.',
      undefined,
    ],
    [
      { why: 'cutEnd', seq: 7, keptSeq: 7 } as const,
      'The end of the audit was cut off.',
      'Row 7 was there and is gone.',
      undefined,
    ],
    [{ why: 'added', seq: 7 } as const, 'Rows from 7 on were added by another hand.', 'Rows 1 to 6', 7],
    [
      { why: 'headless', seq: 9 } as const,
      'Where the audit ends is no longer written down.',
      'Its 9 rows agree with each other',
      undefined,
    ],
  ])('%j: what is wrong, where, and what still holds', (broken, title, meaning, row) => {
    const words = verificationWords({ verifiedAt, rows: 57, head, broken }, 'UTC');
    expect(words).toMatchObject({ isWhole: false, title });
    expect(words.meaning).toContain(meaning);
    expect(words.meaning).toContain('Compare with an earlier export');
    expect(words.row).toBe(row);
  });
});
