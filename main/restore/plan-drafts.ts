import { randomUUID } from 'node:crypto';
import { AppFailure } from '../../shared/contract/errors.ts';
import type { Point } from '../../shared/contract/certainty.ts';
import type { Destination, Plan, PlanOutlook, PlanUnit, Preference } from '../../shared/contract/plans.ts';
import type { TenantId, UnitId } from '../../shared/domain/protection-unit.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import type { Catalog, UnitsFrom, WindowOf } from '../catalog/index.ts';
import type { PlanAsking } from './plan-asking.ts';
import { PlanOutlooks, wantedOf } from './plan-outlook.ts';
import { toPlanRow } from './plan-rule.ts';
import { unitIdPages } from './plan-unit-pages.ts';
import { Turns } from './turns.ts';

/** Units of a selection read at once. */
const PAGE = 500;

export interface PlanDraftsOptions {
  readonly catalog: Pick<Catalog, 'plans' | 'knowledge' | 'selections' | 'units'>;
  readonly asking: PlanAsking;
  readonly now: (tenantId: TenantId) => UtcSeconds;
  /** The technician's user name; of a draft made while signed out it is unknown. */
  readonly usernameIn: (tenantId: TenantId) => string | undefined;
  readonly onPlanChanged: (plan: { readonly id: string; readonly tenantId: TenantId }) => void;
}

export type PointChoice =
  | { readonly type: 'rule' }
  | { readonly type: 'fast' }
  | { readonly type: 'point'; readonly restorePointId: string };

/** Plans while they are drafts: which units, before when, which point of each, where to. Saved on every change; nothing is sent. */
export class PlanDrafts {
  readonly #options: PlanDraftsOptions;
  /** Drafts whose start is being checked: what is checked must be what is started. */
  readonly #held = new Set<string>();
  /** Changes of one plan, one after the other: two at once might leave no unit, and none may come between a check and the start. */
  readonly #changes = new Turns();
  readonly #creations = new Turns();
  readonly #outlooks: PlanOutlooks;

  constructor(options: PlanDraftsOptions) {
    this.#options = options;
    this.#outlooks = new PlanOutlooks(options);
  }

  /**
   * Runs `work` while nobody else can change the draft. A change that is under way ends first; one that comes later is refused.
   *
   * @param work gets the way to apply the rule anew, which nobody else has meanwhile
   * @throws AppFailure PLAN_NOT_DRAFT where that is so already: a second start would make a second run of the same plan
   */
  async whileHeld<T>(planId: string, work: (refresh: () => Promise<void>) => Promise<T>): Promise<T> {
    if (this.#held.has(planId)) throw new AppFailure({ code: 'PLAN_NOT_DRAFT', planId });
    this.#held.add(planId);
    try {
      await this.#changes.take(planId, async () => undefined);
      return await work(() => this.#applyRule(planId));
    } finally {
      this.#held.delete(planId);
    }
  }

  /**
   * A draft of a selection's units. Asked for again while the draft of the same units is as it was made, that one is given: a
   * second press makes no second plan.
   *
   * @throws AppFailure PLAN_EMPTY for a selection without units
   */
  async create(tenantId: TenantId, selectionId: string): Promise<Plan> {
    return await this.#creations.take(tenantId, async () => {
      const unitIds = await this.#selected(selectionId);
      const count = unitIds.size;
      if (count === 0) throw new AppFailure({ code: 'PLAN_EMPTY' });
      const untouched = await this.findDraft(tenantId, isUntouched, unitIds);
      if (untouched !== undefined) return untouched;
      return await this.#create(
        tenantId,
        { name: `Restore of ${count} ${count === 1 ? 'unit' : 'units'}` },
        { type: 'selection', selectionId },
        this.#options.now(tenantId),
      );
    });
  }

  /** The newest draft of the tenant that is as wanted and holds just these units. */
  async findDraft(
    tenantId: TenantId,
    isWanted: (plan: Plan) => boolean,
    unitIds: ReadonlySet<UnitId>,
  ): Promise<Plan | undefined> {
    const { catalog, now } = this.#options;
    for (const plan of await catalog.plans.list({ tenantId, now: now(tenantId) }))
      if (plan.status === 'draft' && !this.#held.has(plan.id) && plan.units === unitIds.size && isWanted(plan))
        if (await this.#holdsOnly(plan.id, unitIds)) return plan;
    return undefined;
  }

  async #holdsOnly(planId: string, unitIds: ReadonlySet<UnitId>): Promise<boolean> {
    for await (const page of unitIdPages(this.#options.catalog.plans, planId))
      if (page.some(unitId => !unitIds.has(unitId))) return false;
    return true;
  }

  async #selected(selectionId: string): Promise<Set<UnitId>> {
    const all = new Set<UnitId>();
    for (let after: UnitId | undefined; ;) {
      const page = after === undefined ? { limit: PAGE } : { after, limit: PAGE };
      const unitIds = await this.#options.catalog.selections.ids(selectionId, page);
      for (const unitId of unitIds) all.add(unitId);
      after = unitIds.at(-1);
      if (unitIds.length < PAGE) return all;
    }
  }

  /** A new draft with units of a done plan, as they were chosen there. */
  async createFrom(done: Plan, unitIds: readonly UnitId[], destination: Destination | undefined): Promise<Plan> {
    const { now } = this.#options;
    const plan = await this.#create(
      done.tenantId,
      {
        name: `${done.name}, again`,
        retryOf: done.id,
        preference: done.preference,
        ...(done.incidentAt === undefined ? {} : { incidentAt: done.incidentAt }),
        ...(done.timeZone === undefined ? {} : { timeZone: done.timeZone }),
        ...(destination === undefined ? {} : { destination }),
      },
      { type: 'plan', planId: done.id, unitIds },
      now(done.tenantId),
    );
    await this.refresh(plan.id);
    return await this.#get(plan.id);
  }

  async #create(
    tenantId: TenantId,
    facts: {
      readonly name: string;
      readonly retryOf?: string;
      readonly preference?: Preference;
      readonly incidentAt?: UtcSeconds;
      readonly timeZone?: string;
      readonly destination?: Destination;
    },
    from: UnitsFrom,
    createdAt: UtcSeconds,
  ): Promise<Plan> {
    const { catalog, usernameIn } = this.#options;
    return await catalog.plans.create(
      { id: randomUUID(), tenantId, createdAt, createdBy: usernameIn(tenantId) ?? '', preference: 'newest', ...facts },
      from,
    );
  }

  async rename(planId: string, name: string): Promise<Plan> {
    return await this.#changes.take(planId, async () => {
      const plan = await this.#get(planId);
      await this.#options.catalog.plans.change(planId, { name, savedAt: this.#options.now(plan.tenantId) });
      return await this.#changed(planId);
    });
  }

  /** Deletes a draft, or the document of a restore that is done; the audit stays. */
  async remove(planId: string): Promise<void> {
    await this.#changes.take(planId, async () => {
      const plan = await this.#get(planId);
      if ((plan.status !== 'draft' && plan.status !== 'done') || this.#held.has(planId))
        throw new AppFailure({ code: 'PLAN_NOT_DRAFT', planId });
      await this.#options.catalog.plans.remove(planId);
      this.#options.onPlanChanged(plan);
    });
  }

  async setUnits(planId: string, selectionId: string): Promise<Plan> {
    const { catalog, now } = this.#options;
    return await this.#change(planId, async ({ tenantId }) => {
      const { count } = await catalog.selections.summary(selectionId);
      if (count === 0) throw new AppFailure({ code: 'PLAN_EMPTY' });
      await catalog.plans.setUnits(planId, { type: 'selection', selectionId }, now(tenantId));
      await this.#applyRule(planId);
      return await this.#changed(planId);
    });
  }

  /** @throws AppFailure PLAN_EMPTY where none would be left */
  async removeUnits(planId: string, unitIds: readonly UnitId[]): Promise<Plan> {
    return await this.#change(planId, async plan => {
      const leaving = await this.#options.catalog.plans.units(planId, [...new Set(unitIds)]);
      if (leaving.length >= plan.units) throw new AppFailure({ code: 'PLAN_EMPTY' });
      await this.#options.catalog.plans.removeUnits(planId, unitIds, this.#options.now(plan.tenantId));
      return await this.#changed(planId);
    });
  }

  /** @throws AppFailure INCIDENT_IN_FUTURE, judged in the tenant's service time */
  async setIncident(
    planId: string,
    incident: { readonly incidentAt: UtcSeconds; readonly timeZone: string; readonly preference: Preference },
  ): Promise<PlanOutlook> {
    await this.#change(planId, async plan => {
      const now = this.#options.now(plan.tenantId);
      if (incident.incidentAt > now) throw new AppFailure({ code: 'INCIDENT_IN_FUTURE', now });
      await this.#options.catalog.plans.change(planId, { ...incident, only: 'draft', savedAt: now });
      this.#options.onPlanChanged(plan);
    });
    return await this.outlook(planId);
  }

  async setDestination(planId: string, destination: Destination): Promise<Plan> {
    return await this.#change(planId, async ({ tenantId }) => {
      const savedAt = this.#options.now(tenantId);
      await this.#options.catalog.plans.change(planId, { destination, only: 'draft', savedAt });
      return await this.#changed(planId);
    });
  }

  /**
   * Applies the rule to every unit anew, from what is known now. A plan without an incident time, or not a draft, stays as it is, and
   * so does a draft whose start is being checked.
   */
  async refresh(planId: string): Promise<void> {
    await this.#changes.take(planId, async () => {
      if (!this.#held.has(planId)) await this.#applyRule(planId);
    });
  }

  async #applyRule(planId: string): Promise<void> {
    const { catalog, now } = this.#options;
    const plan = await this.#get(planId);
    const { incidentAt, preference, tenantId } = plan;
    if (plan.status !== 'draft' || incidentAt === undefined) return;
    for await (const unitIds of unitIdPages(this.#options.catalog.plans, planId)) {
      const rule = { incidentAt, preference, now: now(tenantId) };
      const found = await catalog.knowledge.newestBefore({ tenantId, unitIds, incidentAt, now: rule.now });
      const byUnit = new Map(found.map(each => [each.unitId, each]));
      const rows = await catalog.plans.units(planId, unitIds);
      const anew = rows.map(row => toPlanRow(row, byUnit.get(row.unitId) ?? { any: { is: 'notAsked' } }, rule));
      await catalog.plans.putUnits(planId, anew, now(tenantId));
    }
  }

  /** What the plan comes to, by the rule applied anew. */
  async outlook(planId: string): Promise<PlanOutlook> {
    await this.refresh(planId);
    return await this.#outlooks.of(await this.#get(planId));
  }

  /** Asks the service about the uncertain units. What was answered stays known, also when the call is aborted. */
  async makeCertain(planId: string, signal?: AbortSignal): Promise<PlanOutlook> {
    await this.refresh(planId);
    const plan = await this.#draft(planId);
    const { incidentAt } = plan;
    if (incidentAt === undefined) throw new AppFailure({ code: 'PLAN_INCOMPLETE', missing: 'incidentTime' });
    const uncertain = await this.#outlooks.uncertainUnits(planId);
    if (uncertain.length > 0)
      await this.#options.asking.askBefore(
        plan.tenantId,
        wantedOf(plan, incidentAt, uncertain),
        signal === undefined ? {} : { signal },
      );
    const outlook = await this.outlook(planId);
    this.#options.onPlanChanged(plan);
    return outlook;
  }

  /** @throws AppFailure POINT_UNKNOWN, POINT_NOT_BEFORE_INCIDENT, UNIT_NOT_FOUND */
  async choosePoint(planId: string, unitId: UnitId, choice: PointChoice): Promise<PlanUnit> {
    const { catalog, now } = this.#options;
    return await this.#change(planId, async plan => {
      const { tenantId, incidentAt, preference } = plan;
      if (incidentAt === undefined) throw new AppFailure({ code: 'PLAN_INCOMPLETE', missing: 'incidentTime' });
      const [row] = await catalog.plans.units(planId, [unitId]);
      if (row === undefined) throw new AppFailure({ code: 'UNIT_NOT_FOUND', unitId });
      const [found] = await catalog.knowledge.newestBefore({
        tenantId,
        unitIds: [unitId],
        incidentAt,
        now: now(tenantId),
      });
      const verdicts = found ?? { any: row.newest, ...(row.fast === undefined ? {} : { fast: row.fast }) };
      const chosen = choice.type === 'rule' ? undefined : await this.#chosenPoint(plan, row, choice);
      if (chosen !== undefined && chosen.at >= incidentAt)
        throw new AppFailure({ code: 'POINT_NOT_BEFORE_INCIDENT', unitId });
      const { chosen: _, ...unchosen } = row;
      const before: PlanUnit =
        chosen === undefined ? { ...unchosen, chosenBy: 'rule' } : { ...row, chosenBy: 'hand', chosen };
      const after = toPlanRow(before, verdicts, { incidentAt, preference, now: now(tenantId) });
      await catalog.plans.putUnits(planId, [after], now(tenantId));
      this.#options.onPlanChanged(plan);
      return after;
    });
  }

  async #chosenPoint(plan: Plan, row: PlanUnit, choice: Exclude<PointChoice, { type: 'rule' }>): Promise<Point> {
    const point =
      choice.type === 'point'
        ? await this.#options.catalog.knowledge.findPoint(plan.tenantId, row.unitId, choice.restorePointId)
        : row.fast !== undefined && (row.fast.is === 'exact' || row.fast.is === 'atLeast' || row.fast.is === 'asShown')
          ? row.fast.point
          : undefined;
    if (point === undefined || point === null) throw new AppFailure({ code: 'POINT_UNKNOWN', unitId: row.unitId });
    return point;
  }

  async alternatives(planId: string, unitId: UnitId, window: WindowOf): Promise<Point[]> {
    const { catalog, now } = this.#options;
    const { tenantId, incidentAt } = await this.#get(planId);
    if (incidentAt === undefined) throw new AppFailure({ code: 'PLAN_INCOMPLETE', missing: 'incidentTime' });
    return await catalog.knowledge.alternatives({ tenantId, unitId, before: incidentAt, now: now(tenantId), window });
  }

  async #get(planId: string): Promise<Plan> {
    // The tenant, and so its service time, is known only from the plan itself; its figures are judged by that time.
    const { tenantId } = await this.#options.catalog.plans.get(planId, 0);
    return await this.#options.catalog.plans.get(planId, this.#options.now(tenantId));
  }

  /** Changes a draft when the changes before it have ended. */
  async #change<T>(planId: string, work: (plan: Plan) => Promise<T>): Promise<T> {
    return await this.#changes.take(planId, async () => await work(await this.#draft(planId)));
  }

  async #draft(planId: string): Promise<Plan> {
    const plan = await this.#get(planId);
    if (plan.status !== 'draft' || this.#held.has(planId)) throw new AppFailure({ code: 'PLAN_NOT_DRAFT', planId });
    return plan;
  }

  async #changed(planId: string): Promise<Plan> {
    const plan = await this.#get(planId);
    this.#options.onPlanChanged(plan);
    return plan;
  }
}

/** As it was made: nobody has given it a time, a place or another name. */
function isUntouched({ incidentAt, destination, retryOf, createdAt, savedAt }: Plan): boolean {
  return incidentAt === undefined && destination === undefined && retryOf === undefined && savedAt === createdAt;
}
