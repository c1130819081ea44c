/** Protection policies: what may be asked in which status, and how long an empty policy stays `updating`. */
import { minutes } from '../../instant.ts';

export type PolicyStatus = 'inactive' | 'activeWithErrors' | 'updating' | 'active';

/**
 * A policy's status is an aggregate of its units' (see `policy-store.ts`): `updating` while one of them is asked for, else
 * `inactive`, `active` or `activeWithErrors`.
 */
export const policyMoves = {
  activate: { from: ['inactive', 'activeWithErrors'], through: 'updating', to: ['active', 'activeWithErrors'] },
  deactivate: { from: ['active', 'activeWithErrors'], through: 'updating', to: ['inactive'] },
  delete: { from: ['inactive'] },
} as const;

/** A policy without units is `updating` this long. */
export const emptyPolicyUpdates = minutes(2);

export const mayBe = (move: keyof typeof policyMoves, status: string): boolean => {
  const from: readonly string[] = policyMoves[move].from;
  return from.includes(status);
};
