import type { ProtectionUnit } from '../../../shared/domain/protection-unit.ts';
import { longestRetentionSeconds } from '../../../shared/domain/retention-period.ts';
import type { UtcSeconds } from '../../../shared/domain/time.ts';
import type { FormerUnit } from '../repositories/units.ts';
import type { Cache } from './store.ts';

/**
 * What a change of a unit does to what is known of its points. To be called in the transaction that writes the unit.
 *
 * - Under another policy its points are kept no longer than that policy keeps any.
 * - A unit that is offboarded has lost its backups. Its points stay as tombstones, until an answer covers them.
 * - A unit may be removed and come back under the same id. What was answered in between may not have counted its points, so
 *   nothing is proven any more. What was proven before it went stays true: points that could be seen then are not made later.
 *
 * @param at when the read began that brought the unit, in service time; absent for units read one by one
 */
export const unitChanges = (cache: Cache, tenant: number) => {
  const retentions = new Map<string, number | undefined>();
  const retentionOf = (policyId: string): number | undefined => {
    if (!retentions.has(policyId)) {
      const policy = cache.policies.find(tenant, policyId);
      // A policy not read yet: its units' expiries are lowered when it is (`knowledge.lowerExpiries`).
      retentions.set(policyId, policy === undefined ? undefined : longestRetentionSeconds(policy.retention));
    }
    return retentions.get(policyId);
  };

  return ({ key, policy, status, goneAt }: FormerUnit, unit: ProtectionUnit, at: UtcSeconds | undefined): void => {
    let lowered = 0;
    if (unit.policyId !== undefined && unit.policyId !== policy) {
      const retention = retentionOf(unit.policyId);
      if (retention !== undefined) lowered += cache.know.lowerExpiries(key, retention);
    }
    if (at !== undefined && unit.status === 'offboarded' && status !== 'offboarded')
      lowered += cache.know.expire(key, at);
    if (lowered > 0) cache.units.endHeads(key);
    if (goneAt !== null && cache.know.isHeardSince(key, goneAt)) {
      cache.know.void(key, 'any');
      cache.know.void(key, 'fast');
    }
  };
};
