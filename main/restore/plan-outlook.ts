import type { Plan, PlanOutlook } from '../../shared/contract/plans.ts';
import type { UnitId } from '../../shared/domain/protection-unit.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import type { Catalog } from '../catalog/index.ts';
import type { BeforeWanted, PlanAsking } from './plan-asking.ts';
import { median, toLossBuckets } from './plan-figures.ts';
import { isUncertain } from './plan-rule.ts';
import { unitIdPages } from './plan-unit-pages.ts';

export interface PlanOutlooksOptions {
  readonly catalog: {
    readonly plans: Pick<Catalog['plans'], 'losses' | 'unitIds' | 'units'>;
    readonly units: Pick<Catalog['units'], 'byIds'>;
  };
  readonly asking: Pick<PlanAsking, 'costBefore'>;
}

/** What plans come to, as their units stand: certainty, loss windows, and the price of making the rest certain. */
export class PlanOutlooks {
  readonly #options: PlanOutlooksOptions;

  constructor(options: PlanOutlooksOptions) {
    this.#options = options;
  }

  async of(plan: Plan): Promise<PlanOutlook> {
    const { catalog, asking } = this.#options;
    const planId = plan.id;
    const losses = await catalog.plans.losses(planId);
    // What "fast preferred" would lose is only said once it is known of every unit, and of those whose fast point is another one.
    const fastMedian = (await this.#isFastKnown(planId))
      ? median(
          losses.fastSeconds.filter(
            (seconds, index): seconds is number => seconds !== null && seconds !== losses.seconds[index],
          ),
        )
      : undefined;
    const medianSeconds = median(losses.seconds);
    const uncertain = await this.uncertainUnits(planId);
    const protection = await this.#protection(plan);
    const cost =
      plan.incidentAt === undefined || uncertain.length === 0
        ? { units: 0, questions: 0, certain: true }
        : await asking.costBefore(plan.tenantId, wantedOf(plan, plan.incidentAt, uncertain));
    return {
      plan,
      losses: toLossBuckets(losses.seconds.map((seconds, index) => ({ seconds, upTo: losses.upTo[index] ?? false }))),
      ...(medianSeconds === undefined
        ? {}
        : { loss: { minSeconds: losses.seconds[0] ?? 0, medianSeconds, maxSeconds: losses.seconds.at(-1) ?? 0 } }),
      ...(fastMedian === undefined ? {} : { fastMedianLossSeconds: fastMedian }),
      ...(protection === undefined ? {} : { protection }),
      cost,
      uncertain: uncertain.length,
    };
  }

  /** Ids of the units whose verdict is not settled: a newer point may exist, or nothing is known. */
  async uncertainUnits(planId: string): Promise<UnitId[]> {
    const uncertain: UnitId[] = [];
    for await (const unitIds of unitIdPages(this.#options.catalog.plans, planId)) {
      for (const row of await this.#options.catalog.plans.units(planId, unitIds)) {
        if (row.chosenBy === 'rule' && isUncertain(row.newest)) uncertain.push(row.unitId);
      }
    }
    return uncertain;
  }

  /**
   * Since when the plan's units are protected, as the service tells it. One that was protected again has points from before, so
   * of units with a point before the incident none counts as coming after it.
   */
  async #protection({ id: planId, tenantId, incidentAt }: Plan): Promise<PlanOutlook['protection']> {
    const { plans, units } = this.#options.catalog;
    if (incidentAt === undefined) return undefined;
    let beganAt: UtcSeconds | undefined;
    let unitsAfterIncident = 0;
    for await (const unitIds of unitIdPages(this.#options.catalog.plans, planId)) {
      const since = new Map((await units.byIds(tenantId, unitIds)).map(unit => [unit.id, unit.protectedSinceAt]));
      for (const { unitId, chosen } of await plans.units(planId, unitIds)) {
        const at = since.get(unitId);
        if (at === undefined) continue;
        beganAt = Math.min(beganAt ?? at, at);
        if (at > incidentAt && chosen === undefined) unitsAfterIncident += 1;
      }
    }
    return beganAt === undefined ? undefined : { beganAt, unitsAfterIncident };
  }

  async #isFastKnown(planId: string): Promise<boolean> {
    for await (const unitIds of unitIdPages(this.#options.catalog.plans, planId))
      for (const { fast } of await this.#options.catalog.plans.units(planId, unitIds))
        if (fast !== undefined && isUncertain(fast)) return false;
    return true;
  }
}

/** What making a plan's units certain asks for. Fast points are asked for only where the plan prefers them. */
export function wantedOf(plan: Plan, incidentAt: UtcSeconds, unitIds: readonly UnitId[]): BeforeWanted {
  return { unitIds, incidentAt, fast: plan.preference === 'fast' };
}
