/** Inclusion rules: what may be asked in which status, and how long the service works on them. */
import { minutes } from '../../instant.ts';
import type { Move } from './move.ts';

export type RuleStatus = 'active' | 'completed' | 'completedWithErrors' | 'updateRequested' | 'deleteRequested';

const ended = ['completed', 'completedWithErrors'] as const;

/** How long each passing status lasts, and what follows it. */
export const ruleSteps = {
  active: { to: ['completed', 'completedWithErrors'], takes: { least: minutes(2), most: minutes(12) } },
  updateRequested: { to: ['completed', 'completedWithErrors'], takes: { least: minutes(3), most: minutes(12) } },
  deleteRequested: { to: ['gone'], takes: { least: minutes(3), most: minutes(12) } },
} as const;

const notForUnprotectAll = {
  status: 422,
  code: 'InvalidProtectionRuleStatusForDynamicRuleDeleteAndUnprotectAll',
} as const;
const notForUpdate = { status: 400, code: 'InvalidProtectionRuleStatusForUpdation' } as const;
const notForEdit = { status: 422, code: 'InvalidProtectionRuleStatusForDynamicRuleEdit' } as const;

/** `static` rules run when asked; `dynamic` ones by themselves. The status that a move leads to is in `ruleSteps`. */
export const ruleMoves = {
  run: {
    static: { from: ended, refused: { status: 400, code: 'ProtectionRuleActionNotAllowed' } },
    dynamic: { from: [], refused: { status: 400, code: 'RunNotAllowedForDynamicRule' } },
  },
  update: {
    static: { from: [], refused: { status: 400, code: 'PatchNotAllowedForStaticRule' } },
    dynamic: { from: ended, refused: notForUpdate, refusedIn: { deleteRequested: notForEdit } },
  },
  delete: {
    static: { from: ended, refused: { status: 400, code: 'InvalidProtectionRuleStatusForDeletion' } },
    dynamic: { from: ended, refused: { status: 422, code: 'InvalidProtectionRuleStatusForDynamicRuleDeletion' } },
  },
  deleteAndUnprotect: {
    static: { from: [], refused: notForUnprotectAll },
    dynamic: { from: ended, refused: notForUnprotectAll },
  },
} as const satisfies Readonly<Record<string, { readonly static: Move; readonly dynamic: Move }>>;

/** A dynamic rule is evaluated again this long after the last time. */
export const dynamicInterval = minutes(24 * 60);

export const hasEnded = (status: string): boolean => status === 'completed' || status === 'completedWithErrors';
