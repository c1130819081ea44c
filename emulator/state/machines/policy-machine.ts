/** Protection policies: what may be asked in which status, and how long the service works on what has no units. */
import { minutes, seconds } from '../../instant.ts';
import type { Move } from './move.ts';

export type PolicyStatus = 'inactive' | 'activeWithErrors' | 'updating' | 'active';

/** Each status and those that can follow it. */
export const policyStates = {
  inactive: ['updating'],
  updating: ['inactive', 'active', 'activeWithErrors'],
  active: ['updating', 'activeWithErrors'],
  activeWithErrors: ['updating', 'active'],
} as const satisfies Readonly<Record<PolicyStatus, readonly PolicyStatus[]>>;

const actionNotAllowed = { status: 403, code: 'PolicyActionNotAllowed' } as const;
const invalidState = { status: 400, code: 'invalidStateForActivation' } as const;

/**
 * A policy's status is an aggregate of its units' (see `policy-store.ts`): `updating` while one of them is asked for, else
 * `inactive`, `active` or `activeWithErrors`. Activating and deactivating lead through `updating`. The error table answers
 * a wrong state with 403, the examples of the two pages (an active policy activated, an updating one deactivated) with 400:
 * each is refused as its source shows it.
 */
export const policyMoves = {
  activate: { from: ['inactive', 'activeWithErrors'], refused: actionNotAllowed, refusedIn: { active: invalidState } },
  deactivate: {
    from: ['active', 'activeWithErrors'],
    refused: actionNotAllowed,
    refusedIn: { updating: invalidState },
  },
  delete: { from: ['inactive'], refused: actionNotAllowed },
} as const satisfies Readonly<Record<string, Move>>;

/** A policy without units is `updating` this long. */
export const emptyPolicyUpdates = minutes(2);

/**
 * A new policy is being saved this long. The same policy (its workload and name) asked for again meanwhile is answered 500
 * `PolicySaveFailed`, which passes.
 */
export const savingTakes = seconds(5);
