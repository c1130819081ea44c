import type { ImportSummary, OwnerToAdd, PolicyChange, UnitsToAdd } from '../../shared/contract/policies.ts';
import type { RuleForm } from '../../shared/domain/inclusion-rule.ts';
import type { UnitKind } from '../../shared/domain/protection-unit.ts';
import type { AskedChange } from './policies-store.ts';
import { unitsOfKind } from './policy-words.ts';

/** Units that are to come, as far as they are named: one way at a time, what was named the other ways stays. */
export interface UnitsDraft {
  readonly by: 'directory' | 'paste' | 'file';
  readonly picked: readonly OwnerToAdd[];
  readonly pasted: string;
  readonly pasteImport: ImportSummary | undefined;
  readonly fileName: string | undefined;
  readonly fileImport: ImportSummary | undefined;
  /** True while a list is being read. */
  readonly isReading: boolean;
}

export const noUnits: UnitsDraft = {
  by: 'directory',
  picked: [],
  pasted: '',
  pasteImport: undefined,
  fileName: undefined,
  fileImport: undefined,
  isReading: false,
};

/** What is typed and chosen in a changing dialog before it is previewed. */
export interface ChangeDraft {
  readonly name: string;
  readonly kind: UnitKind;
  readonly activate: boolean;
  readonly units: UnitsDraft;
  readonly policyId: string | undefined;
  readonly rule: RuleForm;
  readonly dynamic: boolean;
  /** What is typed as the rule’s text can’t be read, so the form says something else than is seen. */
  readonly isTextUnread: boolean;
}

/** At most this many owners cross in one call; more come as a list. */
export const MAX_PICKED = 200;

/** The draft that a dialog begins with. */
export function firstDraft(asked: AskedChange): ChangeDraft {
  const policy = 'policy' in asked ? asked.policy : undefined;
  const kind = policy?.kind ?? 'site';
  return {
    name: asked.is === 'rename' ? asked.policy.name : '',
    kind,
    activate: true,
    units: noUnits,
    policyId: undefined,
    rule:
      asked.is === 'changeRule' && asked.rule.form !== undefined
        ? asked.rule.form
        : kind === 'site'
          ? { of: 'sites', all: [{ any: [{ field: 'displayName', contains: '' }] }] }
          : { of: 'groups', groupIds: [] },
    dynamic: false,
    isTextUnread: false,
  };
}

/** A draft as a change, or why it is none yet. */
export type Drafted = { readonly change: PolicyChange } | { readonly why: string };

/** The units of a draft as the contract takes them; absent where none are named. */
export function unitsToAdd(units: UnitsDraft, kind: UnitKind): { units?: UnitsToAdd } | { why: string } {
  if (units.isReading) return { why: 'The list is being read.' };
  if (units.by === 'directory')
    return units.picked.length === 0 ? {} : { units: { type: 'owners', owners: [...units.picked] } };
  if (units.by === 'paste' && units.pasted.trim() !== '' && units.pasteImport === undefined)
    return { why: 'Check the pasted list first.' };
  const list = units.by === 'paste' ? units.pasteImport : units.fileImport;
  if (list === undefined) return {};
  return list.right === 0
    ? { why: `No line of the list names ${unitsOfKind(kind, 2)}: mend it, or name them another way.` }
    : { units: { type: 'import', importId: list.id } };
}

/**
 * The change that a draft asks for, or why it can’t be previewed yet, in a sentence.
 *
 * @param ruleFault what is wrong with the rule’s form, in words
 */
export function toChange(asked: AskedChange, draft: ChangeDraft, ruleFault: string | undefined): Drafted {
  const name = draft.name.trim();
  const whyNoRule = draft.isTextUnread
    ? 'The text can’t be read as a rule: mend it, or go back to the form.'
    : ruleFault;
  switch (asked.is) {
    case 'whole':
      return { change: asked.change };
    case 'create': {
      if (name === '') return { why: 'Name the policy first.' };
      const named = unitsToAdd(draft.units, draft.kind);
      return 'why' in named
        ? named
        : { change: { type: 'create', kind: draft.kind, name, activate: draft.activate, ...named } };
    }
    case 'rename':
      if (name === '') return { why: 'Type a name first.' };
      return name === asked.policy.name
        ? { why: 'Type another name than the present one.' }
        : { change: { type: 'rename', policyId: asked.policy.id, name } };
    case 'addUnits': {
      const named = unitsToAdd(draft.units, asked.policy.kind ?? 'site');
      if ('why' in named) return named;
      return named.units === undefined
        ? { why: 'Name units first: from the directory, pasted, or from a file.' }
        : { change: { type: 'addUnits', policyId: asked.policy.id, units: named.units } };
    }
    case 'addSelected':
      return draft.policyId === undefined
        ? { why: 'Choose a policy first.' }
        : {
            change: {
              type: 'addUnits',
              policyId: draft.policyId,
              units: { type: 'selection', selectionId: asked.selectionId },
            },
          };
    case 'addOwners':
      return draft.policyId === undefined
        ? { why: 'Choose a policy first.' }
        : {
            change: {
              type: 'addUnits',
              policyId: draft.policyId,
              units: { type: 'ownerList', ownerListId: asked.ownerListId },
            },
          };
    case 'createRule':
      return whyNoRule === undefined
        ? { change: { type: 'createRule', policyId: asked.policy.id, form: draft.rule, dynamic: draft.dynamic } }
        : { why: whyNoRule };
    case 'changeRule':
      return whyNoRule === undefined
        ? { change: { type: 'changeRule', policyId: asked.policy.id, ruleId: asked.rule.id, form: draft.rule } }
        : { why: whyNoRule };
  }
}
