import { describe, expect, it } from 'vitest';
import type { ImportSummary, PolicySummary } from '../../shared/contract/policies.ts';
import { firstDraft, noUnits, toChange, unitsToAdd } from './change-draft.ts';

const policy: PolicySummary = {
  id: 'p1',
  kind: 'mailbox',
  name: 'Default',
  status: 'inactive',
  retention: [],
  units: { total: 0, protected: 0, inError: 0 },
};
const list = (part: Partial<ImportSummary>): ImportSummary => ({
  id: '7b1c1c1e-0000-4000-8000-00000000000a',
  tenantId: '7b1c1c1e-0000-4000-8000-000000000001',
  kind: 'mailbox',
  encoding: 'utf-8',
  hasByteOrderMark: false,
  separator: 'none',
  columns: [],
  hasHeader: false,
  column: 0,
  lines: 3,
  right: 2,
  wrong: 1,
  firstWrong: [],
  ...part,
});

describe('the units of a draft', () => {
  it('are those of the way that is shown, not of another that was tried', () => {
    const draft = { ...noUnits, by: 'paste' as const, pasted: 'a@b.example', pasteImport: list({}) };
    expect(unitsToAdd(draft, 'mailbox')).toEqual({ units: { type: 'import', importId: list({}).id } });
    expect(unitsToAdd({ ...draft, by: 'directory' }, 'mailbox')).toEqual({});
  });

  it('go on with the right lines, and stop where there are none', () => {
    expect(unitsToAdd({ ...noUnits, by: 'file', fileImport: list({ wrong: 3, right: 0 }) }, 'mailbox')).toHaveProperty(
      'why',
    );
  });

  it('are not taken from a list that was typed and not checked', () => {
    expect(unitsToAdd({ ...noUnits, by: 'paste', pasted: 'a@b.example' }, 'mailbox')).toEqual({
      why: 'Check the pasted list first.',
    });
  });
});

describe('a draft as a change', () => {
  it('creates a policy without units, and names what is missing', () => {
    const asked = { is: 'create' } as const;
    const draft = firstDraft(asked);
    expect(toChange(asked, draft, undefined)).toEqual({ why: 'Name the policy first.' });
    expect(toChange(asked, { ...draft, name: ' Sales ' }, undefined)).toEqual({
      change: { type: 'create', kind: 'site', name: 'Sales', activate: true },
    });
  });

  it('renames only to another name', () => {
    const asked = { is: 'rename', policy } as const;
    expect(toChange(asked, firstDraft(asked), undefined)).toHaveProperty('why');
    expect(toChange(asked, { ...firstDraft(asked), name: 'Other' }, undefined)).toEqual({
      change: { type: 'rename', policyId: 'p1', name: 'Other' },
    });
  });

  it('adds nothing where nothing is named', () => {
    const asked = { is: 'addUnits', policy } as const;
    const draft = firstDraft(asked);
    expect(toChange(asked, draft, undefined)).toHaveProperty('why');
    const owner = { key: 'u1', name: 'Ada Berg' };
    expect(toChange(asked, { ...draft, units: { ...noUnits, picked: [owner] } }, undefined)).toEqual({
      change: { type: 'addUnits', policyId: 'p1', units: { type: 'owners', owners: [owner] } },
    });
  });

  it('sends no rule that has a fault', () => {
    const asked = { is: 'createRule', policy } as const;
    expect(firstDraft(asked).rule).toEqual({ of: 'groups', groupIds: [] });
    expect(toChange(asked, firstDraft(asked), 'Choose a group first.')).toEqual({ why: 'Choose a group first.' });
    expect(toChange(asked, firstDraft(asked), undefined)).toHaveProperty('change.type', 'createRule');
    expect(toChange(asked, { ...firstDraft(asked), isTextUnread: true }, undefined)).toHaveProperty('why');
  });
});
