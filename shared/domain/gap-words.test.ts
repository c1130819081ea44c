import { describe, expect, it } from 'vitest';
import { gapInWords, type GapFacts, type GapSay, mendInWords } from './gap-words.ts';

const say: GapSay = { moment: at => `moment ${at}`, duration: seconds => `${seconds} s`, count: String };
const words = (gap: GapFacts): string => gapInWords(gap, say);
const missing = (kind: 'drive' | 'mailbox' | 'site', why: 'neverAdded' | 'removed' | 'policyInactive') => ({
  kind,
  why,
});

describe('gapInWords', () => {
  it('joins kinds that are missing for the same reason, and tells others apart', () => {
    expect(
      words({ sort: 'unprotected', missing: [missing('drive', 'neverAdded'), missing('mailbox', 'neverAdded')] }),
    ).toBe('OneDrive and mailbox in no policy');
    expect(
      words({ sort: 'unprotected', missing: [missing('drive', 'neverAdded'), missing('mailbox', 'removed')] }),
    ).toBe('OneDrive in no policy; Mailbox taken out of its policy; older points stay until they expire');
  });

  it('says the age of a late point at its asking, and never more than was asked', () => {
    const point = { at: 1_000 };
    expect(words({ sort: 'late', newest: { is: 'shown', point, askedAt: 5_000 } })).toBe(
      'Newest point of moment 1000, 4000 s old when asked at moment 5000',
    );
    expect(words({ sort: 'late', newest: { is: 'orNewer', point } })).toBe(
      'Newest known point of moment 1000; a newer one may exist',
    );
  });

  it('words the documented errors, and quotes others with their code', () => {
    const error = (code: string, message = 'In its own words.') =>
      words({ sort: 'inError', newest: { is: 'notAsked' }, error: { code, message } });
    expect(error('QuotaExceeded')).toBe('Its mailbox has no room left for backups (QuotaExceeded)');
    expect(error('SomethingNew')).toBe('SomethingNew: In its own words.');
    expect(error('SomethingNew', '')).toBe('SomethingNew');
  });

  it('names the first entries of a job, and says that there are more', () => {
    const failed = ['a@x', 'b@x', 'c@x', 'd@x'].map(entry => ({ entry, code: 'EmailNotFound' }));
    expect(words({ sort: 'job', status: 'completedWithErrors', failed: 4, firstFailed: failed })).toBe(
      '4 entries could not be added: a@x, b@x, c@x …',
    );
    expect(words({ sort: 'job', status: 'completedWithErrors', failed: 0, firstFailed: [] })).toContain('does not say');
  });
});

describe('mendInWords', () => {
  it('adds what is in no policy, and activates the policy of what only waits', () => {
    expect(mendInWords({ sort: 'unprotected', missing: [missing('site', 'neverAdded')] })).toBe('Add to a policy');
    expect(mendInWords({ sort: 'unprotected', missing: [missing('site', 'policyInactive')] })).toBe(
      'Activate the policy',
    );
    expect(mendInWords({ sort: 'leftOut', because: 'guest', missing: [] })).toBe('Nothing to do');
  });
});
