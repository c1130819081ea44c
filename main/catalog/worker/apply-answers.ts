import { toUnitAnswers, traitsLearntFrom, withTraitChanges } from '../../../shared/domain/knowledge/index.ts';
import type { Answer, ServiceTraits, UnitAnswer } from '../../../shared/domain/knowledge/index.ts';
import type { UtcSeconds } from '../../../shared/domain/time.ts';
import { loadTraits } from './service-traits.ts';
import type { Sliced } from './slices.ts';
import { inSlices } from './slices.ts';
import type { Store } from './store.ts';
import { tenantKey } from './store.ts';
import { unitKnowledge } from './unit-knowledge.ts';

/** One thing to write: what an answer says of a unit, or (last) what it teaches of the service. */
type Step =
  | { readonly about: 'unit'; readonly answer: UnitAnswer }
  | { readonly about: 'service'; readonly answer: Answer };

/**
 * Writes answers of a tenant in the order of their asking, unit by unit.
 *
 * @returns how many units they spoke of
 */
export function* applyAnswers(
  store: Store,
  tenantId: string,
  answers: readonly Answer[],
  now: UtcSeconds,
): Sliced<{ units: number }> {
  const { cache } = store;
  const tenant = tenantKey(cache, tenantId);
  const knowledge = unitKnowledge(cache);
  const spokenOf = new Set<string>();
  const steps = answers
    .toSorted((a, b) => a.askedAt - b.askedAt)
    .flatMap((answer): Step[] => [
      ...toUnitAnswers(answer).map((one): Step => ({ about: 'unit', answer: one })),
      { about: 'service', answer },
    ]);

  const after = (traits: ServiceTraits, step: Step): ServiceTraits => {
    if (step.about === 'service') return withTraitChanges(traits, traitsLearntFrom(step.answer, traits));
    const unit = cache.units.findSummed(tenant, step.answer.unitId);
    if (unit === undefined) return traits;
    spokenOf.add(step.answer.unitId);
    return knowledge.apply(unit, step.answer, traits, now);
  };

  yield* inSlices(cache.db, steps, step => {
    // Read anew each time: another call may have changed them between two slices.
    const traits = loadTraits(cache, tenant);
    const changed = after(traits, step);
    if (changed !== traits) cache.tenants.saveTraits(tenant, changed);
  });
  return { units: spokenOf.size };
}
