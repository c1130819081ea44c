import { describe, expect, it } from 'vitest';
import { effectInWords, problemInWords, resultInWords, someNames } from './change-words.ts';

const context = { tenantName: 'Contoso', moment: (at: number) => `at ${String(at)}` };

describe('what a change does', () => {
  it('counts the units of one kind, and names the first of them', () => {
    const words = effectInWords(
      { effect: 'gainsProtection', units: { kind: 'site', count: 5, names: ['A', 'B', 'C', 'D'] } },
      context,
    );
    expect(words.title).toBe('5 sites gain protection');
    expect(words.detail).toContain('A, B, C and 2 others.');
  });

  it('says that a count is the service’s to tell', () => {
    expect(
      effectInWords({ effect: 'losesProtection', units: { kind: 'drive', names: [] }, retention: [] }, context).title,
    ).toBe('OneDrive accounts, how many the service decides, lose protection');
  });

  it('keeps to one unit in the singular, with how long its points stay', () => {
    const words = effectInWords(
      {
        effect: 'losesProtection',
        units: { kind: 'mailbox', count: 1, names: ['Ada'] },
        retention: [{ interval: 'R/PT10M', period: 'P1Y' }],
      },
      context,
    );
    expect(words.title).toBe('1 mailbox loses protection');
    expect(words.detail).toContain('kept 1 year');
  });

  it('names the day on which backups are deleted', () => {
    expect(
      effectInWords({ effect: 'backupsDeleted', units: { kind: 'site', count: 2, names: [] }, deletedAt: 90 }, context)
        .detail,
    ).toContain('at 90');
  });
});

describe('problems and results', () => {
  it('says which policy holds a unit, and what to do', () => {
    const { title, detail } = problemInWords(
      { code: 'UNITS_IN_OTHER_POLICY', severity: 'leftOut', units: 1, names: ['Ada'], policyNames: ['Default'] },
      context,
    );
    expect(title).toBe('1 unit is in another policy');
    expect(detail).toBe('Ada, in Default. A unit is in one policy only: remove it there first.');
  });

  it('words documented refusals, and quotes the others', () => {
    expect(resultInWords({ outcome: 'refused', error: { code: 'ProtectionUnitAlreadyExists', message: 'x' } })).toBe(
      'Another policy holds it. Remove it there first.',
    );
    expect(resultInWords({ outcome: 'refused', error: { code: 'New', message: 'Because.' } })).toBe('Because.');
    expect(resultInWords({ outcome: 'refused', error: { code: 'New', message: '' } })).toBe(
      'The service answered New.',
    );
  });

  it('never says fewer than there are', () => {
    expect(someNames(['A'], 3)).toBe('A and 2 others');
    expect(someNames([], 3)).toBe('3 units');
  });
});
