/**
 * Evolvable enums: members that came after `unknownFutureValue` are told only to callers who asked for them by
 * `Prefer: include-unknown-enum-members`; the others get the sentinel.
 */
import type { GraphContext } from './exchange.ts';

const sentinel = 'unknownFutureValue';

/** Members that came later, by enum, as the metadata orders them. */
const laterMembers = {
  protectionUnitStatus: ['offboardRequested', 'offboarded', 'cancelOffboardRequested'],
  restoreSessionStatus: ['failed'],
  restoreJobType: ['granular'],
  protectionRuleStatus: ['updateRequested', 'deleteRequested'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export const member = (context: GraphContext, name: keyof typeof laterMembers, value: string): string => {
  const later: readonly string[] = laterMembers[name];
  return later.includes(value) && !context.includesUnknownMembers ? sentinel : value;
};

/** Whether a `Prefer` header asks for all members. */
export const asksForUnknownMembers = (prefer: string | undefined): boolean =>
  (prefer ?? '').split(',').some(part => part.trim().toLowerCase() === 'include-unknown-enum-members');
