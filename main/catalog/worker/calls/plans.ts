import { AppFailure } from '../../../../shared/contract/errors.ts';
import type { Plan } from '../../../../shared/contract/plans.ts';
import type { PlanChange, PlansCatalog } from '../../api/plans.ts';
import type { PlanHead } from '../../repositories/plans.ts';
import { openSelection } from '../open-selection.ts';
import { fillAside, takeAwayAsides } from '../plan-filling.ts';
import { inParts, inSlices } from '../slices.ts';
import type { Store, Work } from '../store.ts';
import { UNITS_AT_ONCE } from '../unit-knowledge.ts';
import type { HandlersOf } from './handlers.ts';
import { limited, limitOf } from './handlers.ts';
import { newSelection } from './selections.ts';

/** @throws AppFailure PLAN_NOT_FOUND */
export function planHead(work: Work, planId: string): PlanHead {
  const head = work.plans.find(planId);
  if (head === undefined) throw new AppFailure({ code: 'PLAN_NOT_FOUND', planId });
  return head;
}

/**
 * A plan whose units may be changed. Asked in the transaction of the change itself: nobody else writes the file, so that nothing comes
 * between the look and the write.
 *
 * @throws AppFailure PLAN_NOT_FOUND, PLAN_NOT_DRAFT
 */
function draftHead(work: Work, planId: string): PlanHead {
  const head = planHead(work, planId);
  if (head.plan.status !== 'draft') throw new AppFailure({ code: 'PLAN_NOT_DRAFT', planId });
  return head;
}

/** @throws AppFailure PLAN_NOT_FOUND, PLAN_NOT_DRAFT where the change is meant for another status */
export function changePlan(work: Work, planId: string, change: PlanChange): void {
  if (!work.plans.change(planHead(work, planId), change)) throw new AppFailure({ code: 'PLAN_NOT_DRAFT', planId });
}

const toPlan = (work: Work, { key, plan }: PlanHead, now: number): Plan => ({
  ...plan,
  ...work.planUnits.figures(key, now, plan.incidentAt !== undefined),
});

export const plansCalls = (store: Store): HandlersOf<PlansCatalog> => {
  const mustBeAdded = (tenantId: string): void => {
    if (store.work.tenants.find(tenantId) === undefined) throw new AppFailure({ code: 'TENANT_NOT_ADDED', tenantId });
  };

  /** Ids of the plan's units, page by page. The plan is looked up for each: its units may be exchanged between two pages. */
  function* allIds(planId: string): Generator<string> {
    for (let after = ''; ;) {
      const page = store.work.planUnits.ids(planHead(store.work, planId).key, after, UNITS_AT_ONCE);
      yield* page;
      const last = page.at(-1);
      if (last === undefined) return;
      after = last;
    }
  }

  return {
    *create(plan, from) {
      mustBeAdded(plan.tenantId);
      const aside = yield* fillAside(store, plan.tenantId, from);
      const { work } = store;
      return work.db.transaction(() => {
        // The tenant may have been forgotten meanwhile, and what lay aside with it.
        mustBeAdded(plan.tenantId);
        if (!work.plans.show(aside, plan)) throw new AppFailure({ code: 'PLAN_NOT_FOUND', planId: plan.id });
        return toPlan(work, planHead(work, plan.id), plan.createdAt);
      });
    },
    list: ({ tenantId, now }) => store.work.plans.list(tenantId).map(head => toPlan(store.work, head, now)),
    get: (planId, now) => toPlan(store.work, planHead(store.work, planId), now),
    facts: planId => store.work.plans.facts(planHead(store.work, planId).key),
    change: (planId, change, audit = []) => {
      const { work } = store;
      work.db.transaction(() => {
        changePlan(work, planId, change);
        for (const entry of audit) work.audit.append(entry);
      });
    },
    *remove(planId) {
      const { work } = store;
      work.db.transaction(() => {
        const { key } = planHead(work, planId);
        work.planSessions.removeOf(planId);
        work.plans.putAside(key);
      });
      yield* takeAwayAsides(store);
    },
    *setUnits(planId, from, savedAt) {
      const former = draftHead(store.work, planId);
      const aside = yield* fillAside(store, former.plan.tenantId, from, former.key);
      const { work } = store;
      work.db.transaction(() => {
        draftHead(work, planId);
        if (!work.plans.exchange(former.key, aside)) throw new AppFailure({ code: 'PLAN_NOT_FOUND', planId });
        work.plans.touch(aside, savedAt);
      });
      yield* takeAwayAsides(store);
    },
    removeUnits: (planId, unitIds, savedAt) => {
      const { work } = store;
      work.db.transaction(() => {
        const { key } = draftHead(work, planId);
        for (const unitId of unitIds) work.planUnits.remove(key, unitId);
        work.plans.touch(key, savedAt);
      });
    },
    *openSelection(planId) {
      const { cache, work } = store;
      const selectionId = newSelection(cache, planHead(work, planId).plan.tenantId);
      const { tenant } = openSelection(cache, selectionId);
      yield* inSlices(cache.db, inParts(allIds(planId), UNITS_AT_ONCE), unitIds => {
        cache.selections.add(selectionId, tenant, unitIds);
      });
      return { selectionId };
    },
    unitIds: (planId, { after, limit }) =>
      store.work.planUnits.ids(planHead(store.work, planId).key, after ?? '', limitOf(limit)),
    listUnits: ({ planId, only, window }) => {
      const part = { offset: window.offset, limit: limitOf(window.limit) };
      return { offset: window.offset, ...store.work.planUnits.list(planHead(store.work, planId).key, only, part) };
    },
    units: (planId, unitIds) => {
      const { key } = planHead(store.work, planId);
      return limited(unitIds).flatMap(unitId => store.work.planUnits.find(key, unitId) ?? []);
    },
    putUnits: (planId, rows, savedAt) => {
      const { work } = store;
      work.db.transaction(() => {
        const { key } = draftHead(work, planId);
        for (const row of limited(rows)) work.planUnits.put(key, row);
        work.plans.touch(key, savedAt);
      });
    },
    putRefusals: (planId, refusals, savedAt) => {
      const { work } = store;
      work.db.transaction(() => {
        const { key } = planHead(work, planId);
        for (const refusal of limited(refusals)) work.planUnits.refuse(key, refusal);
        work.plans.touch(key, savedAt);
      });
    },
    losses: planId => {
      const { key, plan } = planHead(store.work, planId);
      const rows = store.work.planUnits.losses(key, plan.incidentAt);
      return {
        kind: rows.map(row => row.kind),
        seconds: rows.map(row => row.seconds),
        upTo: rows.map(row => row.upTo === 1),
        fastSeconds: rows.map(row => row.fastSeconds),
      };
    },
    expiring: ({ planId, before, limit }) => {
      const { total, rows } = store.work.planUnits.expiring(planHead(store.work, planId).key, before, limitOf(limit));
      return {
        units: total,
        rows: rows.flatMap(({ unitId, name, chosen }) => (chosen === undefined ? [] : [{ unitId, name, chosen }])),
      };
    },
    linkSession: link => {
      planHead(store.work, link.planId);
      store.work.planSessions.link(link);
    },
    unlinkSession: (planId, sessionId) => {
      store.work.planSessions.unlink(planId, sessionId);
    },
    sessionsOf: planId => store.work.planSessions.ofPlan(planId),
    linkedSessions: tenantId => store.work.planSessions.ofTenant(tenantId).map(({ sessionId }) => sessionId),
    listUnfinishedAcrossTenants: now =>
      store.work.plans.listUnfinishedAcrossTenants().map(head => toPlan(store.work, head, now)),
  };
};
