/** The deletion of a unit's backups: asked for, and called off within its grace period. */
import { unitMoves } from '../state/machines/unit-machine.ts';
import type { StoredUnit } from '../state/unit-store.ts';
import { requestStatus } from '../work/unit-work.ts';
import { json } from './exchange.ts';
import type { GraphAnswer, GraphContext } from './exchange.ts';
import { requireState } from './graph-error.ts';
import { findUnit, unitJson } from './units.ts';
import { requireProtectionChangesAllowed, workplaceOf } from './workplace.ts';

const answer = (context: GraphContext, unit: StoredUnit): GraphAnswer => json(200, unitJson(context, unit));

const notNow = "Can't process this request as it is not in valid state.";

/** Only a unit that was taken out of its policy, and only once: one that a policy holds counts as protected. */
export const offboardUnit = (context: GraphContext): GraphAnswer => {
  const unit = findUnit(context, context.id);
  const isFree = unit.policyId === undefined || context.tenant.policies.find(unit.policyId) === undefined;
  requireState(unitMoves.offboard, isFree ? unit.status : 'protected', notNow);
  requireProtectionChangesAllowed(context);
  const requested = requestStatus(workplaceOf(context), unit, 'offboardRequested', {
    offboardRequestedAt: context.now,
  });
  return answer(context, requested);
};

export const cancelOffboardUnit = (context: GraphContext): GraphAnswer => {
  const unit = findUnit(context, context.id);
  requireState(unitMoves.cancelOffboard, unit.status, 'Offboarding cannot be cancelled as it is not in a valid state.');
  requireProtectionChangesAllowed(context);
  return answer(context, requestStatus(workplaceOf(context), unit, 'cancelOffboardRequested'));
};
