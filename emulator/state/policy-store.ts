/** The protection policies of one tenant, with the counts that follow from their units. */
import type { Ticks } from '../instant.ts';
import type { Policy } from '../world/policies.ts';
import type { UnitKind } from '../world/units.ts';
import type { Journal } from './journal.ts';
import type { UnitStore } from './unit-store.ts';

interface UnitCounts {
  readonly total: number;
  readonly completed: number;
  readonly inProgress: number;
  readonly failed: number;
}

interface PolicyState {
  readonly status: string;
  readonly counts: UnitCounts;
}

export interface PolicyStore {
  list(): readonly Policy[];
  find(id: string): Policy | undefined;
  stateOf(policy: Policy, now: Ticks): PolicyState;
  put(policy: Policy): void;
  remove(id: string): void;
}

const noUnits: UnitCounts = { total: 0, completed: 0, inProgress: 0, failed: 0 };

/** A policy is what its units are: busy while one is asked for, in error when one is unprotected. */
const statusOf = (policy: Policy, counts: UnitCounts, now: Ticks): string => {
  if (counts.inProgress > 0 || (policy.busyUntil !== undefined && now < policy.busyUntil)) return 'updating';
  if (policy.isInactive === true) return 'inactive';
  return counts.failed > 0 ? 'activeWithErrors' : 'active';
};

export const createPolicyStore = (
  tenantId: string,
  initial: readonly Policy[],
  units: UnitStore,
  journal: Journal,
): PolicyStore => {
  const keptAs = `policy ${tenantId}`;
  const policies = new Map(initial.map(policy => [policy.id, policy]));
  for (const [id, policy] of journal.read<Policy>(keptAs)) policies.set(id, policy);
  const removedKeptAs = `removed policy ${tenantId}`;
  const removed = new Set(journal.read<boolean>(removedKeptAs).keys());
  for (const id of removed) policies.delete(id);
  let countedAt = -1;
  const counted = new Map<string, UnitCounts>();
  const kinds: readonly UnitKind[] = ['site', 'drive', 'mailbox'];
  /** One walk over all units, repeated only after a change. */
  const count = (): void => {
    if (countedAt === units.version) return;
    counted.clear();
    for (const kind of kinds) {
      for (const { policyId, status } of units.list(kind)) {
        if (policyId === undefined) continue;
        const before = counted.get(policyId) ?? noUnits;
        counted.set(policyId, {
          total: before.total + 1,
          completed: before.completed + (status === 'protected' ? 1 : 0),
          inProgress: before.inProgress + (status.endsWith('Requested') ? 1 : 0),
          failed: before.failed + (status === 'unprotected' ? 1 : 0),
        });
      }
    }
    countedAt = units.version;
  };
  return {
    list: () => [...policies.values()],
    find: id => policies.get(id) ?? policies.get(id.toLowerCase()),
    stateOf: (policy, now) => {
      count();
      const counts = counted.get(policy.id) ?? noUnits;
      return { status: policy.status ?? statusOf(policy, counts, now), counts };
    },
    remove: id => {
      policies.delete(id);
      removed.add(id);
      journal.put(removedKeptAs, id, true);
    },
    put: policy => {
      policies.set(policy.id, policy);
      if (removed.delete(policy.id)) journal.remove(removedKeptAs, policy.id);
      journal.put(keptAs, policy.id, policy);
    },
  };
};
