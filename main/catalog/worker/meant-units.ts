import { AppFailure } from '../../../shared/contract/errors.ts';
import type { CatalogWanted, MeantUnits } from '../api/knowledge.ts';
import type { KeyedWant } from './askings.ts';
import type { Sliced } from './slices.ts';
import { inParts, mapInSlices } from './slices.ts';
import type { Store } from './store.ts';
import { tenantKey } from './store.ts';
import { UNITS_AT_ONCE } from './unit-knowledge.ts';
import { knowsFastPoints } from './verdicts.ts';

const PART = 1_000;

/** Ids in parts, from a reader of pages. */
function* idsInParts(read: (after: string) => readonly string[]): Generator<string> {
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
      return idsInParts(after => cache.units.matching(tenant, {}, after, PART).map(row => row.id));
    case 'selection': {
      const { selectionId } = units;
      const selection = cache.selections.find(selectionId);
      if (selection === undefined || selection.tenant !== tenant)
        throw new AppFailure({ code: 'SELECTION_NOT_FOUND', selectionId });
      return idsInParts(after => cache.selections.ids(selectionId, after, PART).map(row => row.id));
    }
    case 'plan': {
      const { planId } = units;
      // Looked up for each part: the plan's units may be exchanged between two of them.
      return idsInParts(after => {
        const plan = store.work.plans.find(planId);
        if (plan === undefined || plan.plan.tenantId !== tenantId)
          throw new AppFailure({ code: 'PLAN_NOT_FOUND', planId });
        return store.work.planUnits.ids(plan.key, after, PART);
      });
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
  const parts = yield* mapInSlices(inParts(idsOf(store, tenantId, wanted.units), UNITS_AT_ONCE), unitIds => {
    const ids =
      wanted.type === 'heads'
        ? cache.units.ofIds(tenant, unitIds)
        : cache.units.withIds(tenant, unitIds).flatMap(unit => unit.ids);
    return ids.flatMap(({ key, id, kind }): KeyedWant[] => {
      const kinds = wanted.fast && knowsFastPoints(kind) ? (['any', 'fast'] as const) : (['any'] as const);
      return kinds.map(pointKind => ({
        key,
        kind,
        want: { unitId: id, kind: pointKind, ...(wanted.type === 'heads' ? {} : { before: wanted.incidentAt }) },
      }));
    });
  });
  return parts.flat();
}
