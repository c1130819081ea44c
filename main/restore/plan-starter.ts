import { randomUUID } from 'node:crypto';
import { AppFailure } from '../../shared/contract/errors.ts';
import type { Plan, PlanReview } from '../../shared/contract/plans.ts';
import type { Tenant } from '../../shared/contract/tenants.ts';
import type { TenantId, UnitId } from '../../shared/domain/protection-unit.ts';
import { isTenantNamed } from '../../shared/domain/tenant-naming.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import type { AuditEntry, Catalog } from '../catalog/index.ts';
import type { PlanAsking } from './plan-asking.ts';
import type { FailedUnits } from './failed-units.ts';
import type { PlanDrafts } from './plan-drafts.ts';
import { wantedOf } from './plan-outlook.ts';
import type { NamedUnit } from './preflight.ts';
import type { PlanReviewer } from './plan-review.ts';
import type { PlanRunner } from './plan-runner.ts';
import { newRunPlan, type RunPlan, toFacts } from './run-plan.ts';
import { Turns } from './turns.ts';

export interface PlanStarterOptions {
  readonly catalog: Pick<Catalog, 'plans' | 'tenants'>;
  readonly failedUnits: FailedUnits;
  readonly drafts: PlanDrafts;
  readonly reviewer: PlanReviewer;
  readonly runner: PlanRunner;
  readonly asking: PlanAsking;
  /** Who starts it, in this tenant. Throws AppFailure SIGNED_OUT. */
  readonly starter: (tenantId: TenantId) => Promise<RunPlan['startedBy']>;
  readonly now: (tenantId: TenantId) => UtcSeconds;
  readonly onPlanChanged: (plan: { readonly id: string; readonly tenantId: TenantId }) => void;
}

/** The code by which the service refuses to roll a unit back where it is (preservation lock, divestiture). */
const CANNOT_BE_RESTORED = 'artifactcannotberestored';
const PAGE = 200;
/** Retries that are named where nothing is left to retry. */
const RETRIES_NAMED = 5;

/** Turns a reviewed draft into a running restore, once, and failed units into a new draft. */
export class PlanStarter {
  readonly #options: PlanStarterOptions;
  readonly #retries = new Turns();

  constructor(options: PlanStarterOptions) {
    this.#options = options;
  }

  async review(planId: string, signal?: AbortSignal): Promise<PlanReview> {
    await this.#options.drafts.refresh(planId);
    const plan = await this.#get(planId);
    const { review } = await this.#options.reviewer.review(plan, signal === undefined ? {} : { signal });
    return review;
  }

  /**
   * Asks once more about every unit, reviews once more, and puts the run on disk. From then on it goes to its end, whatever
   * happens to the console.
   *
   * @throws AppFailure PLAN_NOT_DRAFT, PLAN_INCOMPLETE, TENANT_READ_ONLY, NAME_MISMATCH, START_BLOCKED, SIGNED_OUT and those of asking
   */
  async start(planId: string, typedName: string | undefined, signal?: AbortSignal): Promise<Plan> {
    return await this.#options.drafts.whileHeld(planId, refresh => this.#start(planId, typedName, refresh, signal));
  }

  async #start(
    planId: string,
    typedName: string | undefined,
    refresh: () => Promise<void>,
    signal: AbortSignal | undefined,
  ): Promise<Plan> {
    const { catalog, reviewer, runner, now } = this.#options;
    await refresh();
    const plan = await this.#get(planId);
    const { tenantId, incidentAt, destination } = plan;
    if (plan.status !== 'draft') throw new AppFailure({ code: 'PLAN_NOT_DRAFT', planId });
    if (incidentAt === undefined) throw new AppFailure({ code: 'PLAN_INCOMPLETE', missing: 'incidentTime' });
    if (destination === undefined) throw new AppFailure({ code: 'PLAN_INCOMPLETE', missing: 'destination' });
    if (plan.restorable === 0) throw new AppFailure({ code: 'PLAN_INCOMPLETE', missing: 'points' });
    const tenant = await this.#getWritable(tenantId);
    if (destination === 'inPlace' && !isTenantNamed(typedName ?? '', tenant))
      throw new AppFailure({ code: 'NAME_MISMATCH', expected: tenant.displayName });

    const startedBy = await this.#options.starter(tenantId);
    const withSignal = signal === undefined ? {} : { signal };
    // Offline there is nobody to ask, and the review says so; asking would only fail with less to say.
    const first = await reviewer.review(plan, withSignal);
    stopAt(first.review);
    const changed = await this.#recheck(plan, incidentAt, refresh, signal);
    const { review, contents } = await reviewer.review(await this.#get(planId), { changed, ...withSignal });
    stopAt(review);
    if (contents.items.length === 0) throw new AppFailure({ code: 'PLAN_INCOMPLETE', missing: 'points' });

    // Asking took its time, and somebody may have set the tenant read-only meanwhile.
    await this.#getWritable(tenantId);
    const run = newRunPlan(contents.items, { run: randomUUID(), destination, startedBy });
    const startedAt = now(tenantId);
    const audit: AuditEntry = {
      at: startedAt,
      tenantId,
      who: startedBy.username,
      what: 'plan.start',
      target: `plan ${planId}`,
      after: { destination, incidentAt, units: contents.items.length, run: run.run },
    };
    await catalog.plans.change(
      planId,
      { status: 'starting', only: 'draft', startedAt, endedAt: null, savedAt: startedAt, facts: toFacts(run) },
      [audit],
    );
    this.#options.onPlanChanged(plan);
    runner.run(planId, tenantId);
    return await this.#get(planId);
  }

  /** @throws AppFailure PLAN_NOT_DRAFT where a session is active already: the service has no way back then */
  async cancelStart(planId: string): Promise<Plan> {
    const plan = await this.#get(planId);
    if (!(await this.#options.runner.cancel(planId, plan.tenantId)))
      throw new AppFailure({ code: 'PLAN_NOT_DRAFT', planId });
    return await this.#get(planId);
  }

  /**
   * A draft with the units that failed. Where one of them can't be restored in place, all are preset to a new location,
   * which overwrites nothing; the technician may change that. However often it is asked for, it is one wish: as long as a draft
   * with the same failed units stands unsent, that one is given; and what a sent one restored, or is restoring, is left out.
   *
   * @throws AppFailure NOTHING_TO_RETRY
   * @throws GraphError where the catalog does not know what became of a session, and the service can't be asked
   */
  async retryFailed(planId: string): Promise<Plan> {
    return await this.#retries.take(planId, () => this.#retryFailed(planId));
  }

  async #retryFailed(planId: string): Promise<Plan> {
    const plan = await this.#get(planId);
    const { failed, retriedIn } = await this.#options.failedUnits.retriable(plan);
    if (failed.size === 0) {
      const retries = retriedIn.slice(0, RETRIES_NAMED).map(({ id, name }) => ({ planId: id, name }));
      throw new AppFailure({
        code: 'NOTHING_TO_RETRY',
        planId,
        ...(retries.length === 0 ? {} : { retriedIn: retries }),
      });
    }
    const unsent = await this.#options.drafts.findDraft(
      plan.tenantId,
      draft => draft.retryOf === planId,
      new Set(failed.keys()),
    );
    if (unsent !== undefined) return unsent;
    const isHeld = [...failed.values()].some(code => code.toLowerCase() === CANNOT_BE_RESTORED);
    return await this.#options.drafts.createFrom(plan, [...failed.keys()], isHeld ? 'new' : plan.destination);
  }

  /** Asks anew about every unit that follows the rule. @returns units whose point is another one now */
  async #recheck(
    plan: Plan,
    incidentAt: UtcSeconds,
    refresh: () => Promise<void>,
    signal: AbortSignal | undefined,
  ): Promise<NamedUnit[]> {
    const before = await this.#chosenByRule(plan.id);
    const wanted = wantedOf(plan, incidentAt, [...before.keys()]);
    if (before.size > 0)
      await this.#options.asking.recheckBefore(plan.tenantId, wanted, signal === undefined ? {} : { signal });
    await refresh();
    const after = await this.#chosenByRule(plan.id);
    return [...before]
      .filter(([unitId, { pointId }]) => after.get(unitId)?.pointId !== pointId)
      .map(([unitId, { name }]) => ({ unitId, name }));
  }

  async #chosenByRule(
    planId: string,
  ): Promise<Map<UnitId, { readonly name: string; readonly pointId: string | undefined }>> {
    const chosen = new Map<UnitId, { name: string; pointId: string | undefined }>();
    for (let offset = 0; ; offset += PAGE) {
      const { rows } = await this.#options.catalog.plans.listUnits({ planId, window: { offset, limit: PAGE } });
      for (const row of rows)
        if (row.chosenBy === 'rule') chosen.set(row.unitId, { name: row.name, pointId: row.chosen?.id });
      if (rows.length < PAGE) return chosen;
    }
  }

  /** @throws AppFailure TENANT_READ_ONLY */
  async #getWritable(tenantId: TenantId): Promise<Tenant> {
    const tenant = await this.#options.catalog.tenants.get(tenantId);
    if (tenant.readOnly !== undefined) throw new AppFailure({ code: 'TENANT_READ_ONLY', tenantId, ...tenant.readOnly });
    return tenant;
  }

  async #get(planId: string): Promise<Plan> {
    const { tenantId } = await this.#options.catalog.plans.get(planId, 0);
    return await this.#options.catalog.plans.get(planId, this.#options.now(tenantId));
  }
}

function stopAt({ findings }: PlanReview): void {
  const stops = findings.filter(({ severity }) => severity === 'stop').map(({ code }) => code);
  if (stops.length > 0) throw new AppFailure({ code: 'START_BLOCKED', findings: stops });
}
