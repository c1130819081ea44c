/** Inclusion rules: what may be asked in which status, and how long the service works on them. */
import { minutes } from '../../instant.ts';

export type RuleStatus = 'active' | 'completed' | 'completedWithErrors' | 'updateRequested' | 'deleteRequested';

const ended = ['completed', 'completedWithErrors'] as const;

/** `static` rules run when asked; `dynamic` ones by themselves. */
export const ruleMoves = {
  run: { kinds: ['static'], from: ended, to: 'active' },
  update: { kinds: ['dynamic'], from: ended, to: 'updateRequested' },
  delete: { kinds: ['static', 'dynamic'], from: ended, to: 'gone' },
  deleteAndUnprotect: { kinds: ['dynamic'], from: ended, to: 'deleteRequested' },
} as const;

/** How long each passing status lasts, and what follows it. */
export const ruleSteps = {
  active: { to: ['completed', 'completedWithErrors'], takes: { least: minutes(2), most: minutes(12) } },
  updateRequested: { to: ['completed', 'completedWithErrors'], takes: { least: minutes(3), most: minutes(12) } },
  deleteRequested: { to: ['gone'], takes: { least: minutes(3), most: minutes(12) } },
} as const;

/** A dynamic rule is evaluated again this long after the last time. */
export const dynamicInterval = minutes(24 * 60);

export const hasEnded = (status: string): boolean => status === 'completed' || status === 'completedWithErrors';
