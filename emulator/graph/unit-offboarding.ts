/** The deletion of a unit's backups: asked for, and called off within its grace period. */
import { unitSteps } from '../state/machines/unit-machine.ts';
import type { StoredUnit } from '../state/unit-store.ts';
import { requestStatus } from '../work/unit-work.ts';
import { json } from './exchange.ts';
import type { GraphAnswer, GraphContext } from './exchange.ts';
import { GraphError } from './graph-error.ts';
import { findUnit, unitJson } from './units.ts';
import { requireProtectionChangesAllowed, workplaceOf } from './workplace.ts';

const notAllowedNow = (message: string): GraphError => new GraphError(403, 'OperationNotAllowed', message);

const answer = (context: GraphContext, unit: StoredUnit): GraphAnswer => json(200, unitJson(context, unit));

/** Only a unit that was taken out of its policy, and only once. */
export const offboardUnit = (context: GraphContext): GraphAnswer => {
  const unit = findUnit(context, context.id);
  const isFree = unit.policyId === undefined || context.tenant.policies.find(unit.policyId) === undefined;
  if (!isFree || !unitSteps.offboardRequested.from.includes(unit.status)) {
    throw notAllowedNow("Can't process this request as it is not in valid state.");
  }
  requireProtectionChangesAllowed(context);
  const requested = requestStatus(workplaceOf(context), unit, 'offboardRequested', {
    offboardRequestedAt: context.now,
  });
  return answer(context, requested);
};

export const cancelOffboardUnit = (context: GraphContext): GraphAnswer => {
  const unit = findUnit(context, context.id);
  if (!unitSteps.cancelOffboardRequested.from.includes(unit.status)) {
    throw notAllowedNow('Offboarding cannot be cancelled as it is not in a valid state.');
  }
  requireProtectionChangesAllowed(context);
  return answer(context, requestStatus(workplaceOf(context), unit, 'cancelOffboardRequested'));
};
