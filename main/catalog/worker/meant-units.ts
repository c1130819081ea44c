import { AppFailure } from '../../../shared/contract/errors.ts';
import type { CatalogWanted, MeantUnits } from '../api/knowledge.ts';
import type { KeyedWant } from './askings.ts';
import type { Sliced } from './slices.ts';
import { mapInSlices } from './slices.ts';
import type { Store } from './store.ts';
import { tenantKey } from './store.ts';
import { knowsFastPoints } from './verdicts.ts';

const PART = 1_000;

/** Ids in parts, from a reader of pages. */
function* inParts(read: (after: string) => readonly string[]): Generator<string> {
  for (let after = ''; ;) {
    const part = read(after);
    yield* part;
    const last = part.at(-1);
    if (last === undefined || part.length < PART) return;
    after = last;
  }
}

/** The ids of the units meant. */
function idsOf(store: Store, tenantId: string, units: MeantUnits): Iterable<string> {
  const { cache } = store;
  const tenant = tenantKey(cache, tenantId);
  switch (units.type) {
    case 'these':
      return units.unitIds;
    case 'all':
      return inParts(after => cache.units.matching(tenant, {}, after, PART).map(row => row.id));
    case 'selection': {
      const { selectionId } = units;
      const selection = cache.selections.find(selectionId);
      if (selection === undefined || selection.tenant !== tenant)
        throw new AppFailure({ code: 'SELECTION_NOT_FOUND', selectionId });
      return inParts(after => cache.selections.ids(selectionId, after, PART).map(row => row.id));
    }
    case 'plan': {
      const plan = store.work.plans.find(units.planId);
      if (plan === undefined || plan.plan.tenantId !== tenantId)
        throw new AppFailure({ code: 'PLAN_NOT_FOUND', planId: units.planId });
      return inParts(after => store.work.planUnits.ids(plan.key, after, PART));
    }
  }
}

/**
 * What is wanted, unit by unit. A time before now is wanted of a unit under every id it has had, since its older points stay with
 * the older one; the newest of all can only lie under the present one.
 */
export function* wantsOf(
  store: Store,
  tenantId: string,
  wanted: Exclude<CatalogWanted, { type: 'window' }>,
): Sliced<KeyedWant[]> {
  const { cache } = store;
  const tenant = tenantKey(cache, tenantId);
  const wants = yield* mapInSlices(idsOf(store, tenantId, wanted.units), unitId => {
    const keyed = cache.units.find(tenant, unitId);
    if (keyed === undefined) return [];
    const ids = wanted.type === 'heads' ? [keyed] : cache.units.ofOwner(tenant, keyed.unit);
    return ids.flatMap(({ key, unit }): KeyedWant[] => {
      const kinds = wanted.fast && knowsFastPoints(unit.kind) ? (['any', 'fast'] as const) : (['any'] as const);
      return kinds.map(kind => ({
        key,
        want: { unitId: unit.id, kind, ...(wanted.type === 'heads' ? {} : { before: wanted.incidentAt }) },
      }));
    });
  });
  return wants.flat();
}
