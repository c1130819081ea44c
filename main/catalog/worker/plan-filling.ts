import { AppFailure } from '../../../shared/contract/errors.ts';
import type { TenantId } from '../../../shared/domain/protection-unit.ts';
import type { UnitsFrom } from '../api/plans.ts';
import type { PlanKey } from '../repositories/plans.ts';
import type { UnitLabel } from '../repositories/units.ts';
import { openSelection } from './open-selection.ts';
import type { Sliced } from './slices.ts';
import { inParts, inSlices, untilDone } from './slices.ts';
import type { Store } from './store.ts';
import { tenantKey } from './store.ts';

/**
 * A plan's units are written in slices and appear at once: they are filled in under a plan that lies aside and is seen by nobody, and
 * one statement makes a plan of it, or exchanges it for the units that the plan had. Broken off anywhere, what lies aside is taken away
 * later, and the plan is as it was. No other call may change plans' units meanwhile (`answering` sees to that).
 */

/** Units whose rows are read and written in one go; several fit into a slice. */
const UNITS_A_PART = 100;
const ROWS_TAKEN_AWAY = 500;

interface Part {
  readonly unitIds: readonly string[];
  /** Absent where they come from another plan. */
  readonly labels?: readonly UnitLabel[];
}

/** @throws AppFailure SELECTION_NOT_FOUND */
function* partsOf(store: Store, tenantId: TenantId, from: UnitsFrom): Generator<Part> {
  switch (from.type) {
    case 'selection': {
      const { selectionId } = from;
      // A selection of another tenant would put a customer's units into another's plan.
      if (openSelection(store.cache, selectionId).tenantId !== tenantId)
        throw new AppFailure({ code: 'SELECTION_NOT_FOUND', selectionId });
      for (const keys of inParts(store.cache.selections.keys(selectionId), UNITS_A_PART)) {
        const labels = store.cache.units.labelsOfKeys(keys);
        yield { unitIds: labels.map(label => label.unitId), labels };
      }
      return;
    }
    case 'units':
      for (const unitIds of inParts(from.unitIds, UNITS_A_PART))
        yield { unitIds, labels: store.cache.units.labelsOfIds(tenantKey(store.cache, tenantId), unitIds) };
      return;
    case 'plan':
      for (const unitIds of inParts(from.unitIds, UNITS_A_PART)) yield { unitIds };
  }
}

/** @throws AppFailure PLAN_NOT_FOUND where units are to come from a plan that is not there, or is another tenant's */
function otherPlan(store: Store, tenantId: TenantId, from: UnitsFrom): PlanKey | undefined {
  if (from.type !== 'plan') return undefined;
  const other = store.work.plans.find(from.planId);
  if (other === undefined || other.plan.tenantId !== tenantId)
    throw new AppFailure({ code: 'PLAN_NOT_FOUND', planId: from.planId });
  return other.key;
}

/**
 * Fills units in aside, in slices.
 *
 * @param former the units that the plan has: those that stay keep all that was chosen for them
 * @returns the key under which they lie
 */
export function* fillAside(
  store: Store,
  tenantId: TenantId,
  from: UnitsFrom,
  former?: PlanKey,
): Generator<undefined, PlanKey, undefined> {
  const other = otherPlan(store, tenantId, from);
  yield* takeAwayAsides(store);
  const key = store.work.plans.openAside(tenantId);
  // What lies aside means nothing before it is shown, and that is on disk at once: no slice need wait for the disk.
  yield* inSlices(
    store.work.db,
    partsOf(store, tenantId, from),
    ({ unitIds, labels = [] }) => {
      const { planUnits } = store.work;
      if (former !== undefined) planUnits.keep(key, former, unitIds);
      if (other !== undefined) planUnits.copy(key, other, unitIds);
      planUnits.add(key, labels);
    },
    'later',
  );
  return key;
}

/** Deletes, in slices, what lies aside. */
export function* takeAwayAsides(store: Store): Sliced<void> {
  if (!store.workIsReadable) return;
  for (const key of store.work.plans.asides()) {
    yield* untilDone(() =>
      store.work.db.transaction(() => {
        if (store.work.planUnits.removeSome(key, ROWS_TAKEN_AWAY) > 0) return true;
        store.work.plans.remove(key);
        return false;
      }, 'later'),
    );
  }
}
