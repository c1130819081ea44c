import type { UtcSeconds } from '../../shared/domain/time.ts';
import type { Answer } from './answer.ts';
import { GraphError } from './graph-error.ts';
import type { FetchedPolicy } from './policies.ts';
import type { PolicyChange } from './policy-changes.ts';
import type { FetchedUnit } from './units.ts';

/**
 * What became of a write whose answer was lost, found by reading. The client never repeats such a write; these say whether the caller
 * has to. A read that fails throws its `GraphError`: then nothing is settled.
 */
export type Settled<T> =
  | { readonly state: 'done'; readonly found: T }
  /** Nothing like it is there. It may still come where the write is on its way: look once more before repeating. */
  | { readonly state: 'not-done' }
  /** Several could be it: a person decides. */
  | { readonly state: 'unclear'; readonly candidates: readonly T[] };

/**
 * Looks for what a create was to make.
 *
 * @param existing all of its kind
 * @param since service time just before the create was sent: what is older is somebody else's; what has no time is taken in
 * @param isAlike true for what the create would have made
 */
export async function settleCreate<T extends { readonly createdAt?: UtcSeconds }>(
  existing: AsyncIterable<T>,
  since: UtcSeconds,
  isAlike: (candidate: T) => boolean,
): Promise<Settled<T>> {
  const candidates: T[] = [];
  for await (const candidate of existing) {
    if ((candidate.createdAt ?? since) >= since && isAlike(candidate)) candidates.push(candidate);
  }
  const [found, ...others] = candidates;
  if (found === undefined) return { state: 'not-done' };
  return others.length === 0 ? { state: 'done', found } : { state: 'unclear', candidates };
}

/**
 * Looks whether a deletion was carried out: what answers 404 is gone.
 *
 * @returns the entity as it still is where it is not gone
 */
export async function settleDelete<T>(
  fetch: () => Promise<Answer<T>>,
): Promise<{ readonly state: 'done' } | { readonly state: 'not-done'; readonly found: T }> {
  try {
    return { state: 'not-done', found: (await fetch()).value };
  } catch (error) {
    if (error instanceof GraphError && error.status === 404) return { state: 'done' };
    throw error;
  }
}

/** What of a change to a policy is still to do: hand it to `update` again, unless it is empty. */
export interface SettledPolicyChange {
  readonly state: 'done' | 'not-done';
  readonly toDo: PolicyChange;
}

/** Compares a change with the policy and its units as they are now. A unit on its way out (`removeRequested`) counts as removed. */
export async function settlePolicyChange(
  change: PolicyChange,
  policy: FetchedPolicy,
  units: AsyncIterable<FetchedUnit>,
): Promise<SettledPolicyChange> {
  const keys = new Set<string>();
  const ids = new Set<string>();
  for await (const unit of units) {
    if (unit.status === 'removeRequested') continue;
    keys.add(unit.ownerKey.toLowerCase());
    ids.add(unit.id.toLowerCase());
  }
  const addOwnerKeys = (change.addOwnerKeys ?? []).filter(key => !keys.has(key.toLowerCase()));
  const removeUnitIds = (change.removeUnitIds ?? []).filter(id => ids.has(id.toLowerCase()));
  const toDo: PolicyChange = {
    ...(change.name === undefined || change.name === policy.name ? {} : { name: change.name }),
    ...(addOwnerKeys.length === 0 ? {} : { addOwnerKeys }),
    ...(removeUnitIds.length === 0 ? {} : { removeUnitIds }),
  };
  return { state: Object.keys(toDo).length === 0 ? 'done' : 'not-done', toDo };
}
