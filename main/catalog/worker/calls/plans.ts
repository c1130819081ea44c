import { AppFailure } from '../../../../shared/contract/errors.ts';
import type { Plan } from '../../../../shared/contract/plans.ts';
import type { PlansCatalog, UnitsFrom } from '../../api/plans.ts';
import type { PlanHead } from '../../repositories/plans.ts';
import type { UnitLabel } from '../../repositories/plan-units.ts';
import type { Store, Work } from '../store.ts';
import { tenantKey } from '../store.ts';
import type { HandlersOf } from './handlers.ts';
import { AT_MOST, limited, limitOf } from './handlers.ts';
import { newSelection, openSelection } from './selections.ts';

/** @throws AppFailure PLAN_NOT_FOUND */
export function planHead(work: Work, planId: string): PlanHead {
  const head = work.plans.find(planId);
  if (head === undefined) throw new AppFailure({ code: 'PLAN_NOT_FOUND', planId });
  return head;
}

const toPlan = (work: Work, { key, plan }: PlanHead, now: number): Plan => ({
  ...plan,
  ...work.planUnits.figures(key, now, plan.incidentAt !== undefined),
});

export const plansCalls = (store: Store): HandlersOf<PlansCatalog> => {
  const labels = (tenantId: string, unitIds: Iterable<string>): UnitLabel[] => {
    const tenant = tenantKey(store.cache, tenantId);
    return [...unitIds].flatMap(unitId => {
      const unit = store.cache.units.find(tenant, unitId)?.unit;
      if (unit === undefined) return [];
      return {
        unitId,
        kind: unit.kind,
        name: unit.name,
        ...(unit.address === undefined ? {} : { address: unit.address }),
      };
    });
  };

  const selected = (tenantId: string, selectionId: string): UnitLabel[] => {
    // A selection of another tenant would put a customer's units into another's plan.
    if (openSelection(store.cache, selectionId).tenantId !== tenantId)
      throw new AppFailure({ code: 'SELECTION_NOT_FOUND', selectionId });
    const all: UnitLabel[] = [];
    for (let after = ''; ;) {
      const part = store.cache.selections.ids(selectionId, after, AT_MOST).map(row => row.id);
      all.push(...labels(tenantId, part));
      const last = part.at(-1);
      if (last === undefined) return all;
      after = last;
    }
  };

  /** Adds units to a plan. To be called inside a transaction. */
  const add = (plan: PlanHead, from: UnitsFrom): void => {
    const { planUnits } = store.work;
    const { tenantId } = plan.plan;
    if (from.type === 'plan') {
      const other = planHead(store.work, from.planId);
      if (other.plan.tenantId !== tenantId) throw new AppFailure({ code: 'PLAN_NOT_FOUND', planId: from.planId });
      for (const unitId of from.unitIds) planUnits.copy(plan.key, other.key, unitId);
      return;
    }
    const units = from.type === 'selection' ? selected(tenantId, from.selectionId) : labels(tenantId, from.unitIds);
    for (const unit of units) planUnits.add(plan.key, unit);
  };

  const keptIds = (from: UnitsFrom, tenantId: string): Set<string> =>
    new Set(from.type === 'selection' ? selected(tenantId, from.selectionId).map(unit => unit.unitId) : from.unitIds);

  const allIds = (key: number): string[] => {
    const all: string[] = [];
    for (let after = ''; ;) {
      const part = store.work.planUnits.ids(key, after, AT_MOST);
      all.push(...part);
      const last = part.at(-1);
      if (last === undefined) return all;
      after = last;
    }
  };

  return {
    create: (plan, from) => {
      const { work } = store;
      if (work.tenants.find(plan.tenantId) === undefined)
        throw new AppFailure({ code: 'TENANT_NOT_ADDED', tenantId: plan.tenantId });
      return work.db.transaction(() => {
        work.plans.insert(plan);
        const head = planHead(work, plan.id);
        add(head, from);
        return toPlan(work, head, plan.createdAt);
      });
    },
    list: ({ tenantId, now }) => store.work.plans.list(tenantId).map(head => toPlan(store.work, head, now)),
    get: (planId, now) => toPlan(store.work, planHead(store.work, planId), now),
    facts: planId => store.work.plans.facts(planHead(store.work, planId).key),
    change: (planId, change) => {
      const { work } = store;
      work.db.transaction(() => {
        work.plans.change(planHead(work, planId), change);
      });
    },
    remove: planId => {
      const { work } = store;
      work.db.transaction(() => {
        const { key } = planHead(work, planId);
        work.planUnits.removeAll(key);
        work.planSessions.removeOf(planId);
        work.plans.remove(key);
      });
    },
    setUnits: (planId, from, savedAt) => {
      const { work } = store;
      const head = planHead(work, planId);
      const kept = keptIds(from, head.plan.tenantId);
      work.db.transaction(() => {
        for (const unitId of allIds(head.key)) if (!kept.has(unitId)) work.planUnits.remove(head.key, unitId);
        add(head, from);
        work.plans.touch(head.key, savedAt);
      });
    },
    removeUnits: (planId, unitIds, savedAt) => {
      const { work } = store;
      const { key } = planHead(work, planId);
      work.db.transaction(() => {
        for (const unitId of unitIds) work.planUnits.remove(key, unitId);
        work.plans.touch(key, savedAt);
      });
    },
    openSelection: planId => {
      const { cache, work } = store;
      const { key, plan } = planHead(work, planId);
      const selectionId = newSelection(cache, plan.tenantId);
      const { tenant } = openSelection(cache, selectionId);
      cache.db.transaction(() => {
        for (const unitId of allIds(key)) cache.selections.add(selectionId, tenant, unitId);
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
      const { key } = planHead(work, planId);
      work.db.transaction(() => {
        for (const row of limited(rows)) work.planUnits.put(key, row);
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
    listUnfinishedAcrossTenants: now =>
      store.work.plans.listUnfinishedAcrossTenants().map(head => toPlan(store.work, head, now)),
  };
};
