/** Protection policies at work: switched on and off with all their units. */
import { emptyPolicyUpdates } from '../state/machines/policy-machine.ts';
import { isRequested, unitSteps } from '../state/machines/unit-machine.ts';
import type { Policy } from '../world/policies.ts';
import { requestStatus, unitsOfPolicy } from './unit-work.ts';
import type { Workplace } from './unit-work.ts';

const move = (
  place: Workplace,
  policy: Policy,
  asks: 'protectRequested' | 'unprotectRequested',
  change: Pick<Policy, 'isInactive'>,
): Policy => {
  const { tenant, now, by } = place;
  const { status: _pinned, isInactive: _inactive, ...rest } = policy;
  const changed: Policy = {
    ...rest,
    ...change,
    busyUntil: now + emptyPolicyUpdates,
    lastModifiedAt: now,
    lastModifiedBy: by,
  };
  tenant.policies.put(changed);
  const from: readonly string[] = unitSteps[asks].from;
  for (const unit of unitsOfPolicy(tenant, changed)) {
    if (from.includes(unit.status)) requestStatus(place, unit, asks);
    // What still waits, put in place without an end of its waiting, goes its way from here.
    else if (isRequested(unit.status)) tenant.agenda.plan('unit', unit.id, now + emptyPolicyUpdates);
  }
  return changed;
};

export const activatePolicy = (place: Workplace, policy: Policy): Policy => move(place, policy, 'protectRequested', {});

/** Backups stop at once. */
export const deactivatePolicy = (place: Workplace, policy: Policy): Policy =>
  move(place, policy, 'unprotectRequested', { isInactive: true });
