import { AppFailure } from '../../../../shared/contract/errors.ts';
import type { IntentsCatalog, Together } from '../../api/intents.ts';
import type { Store, Work } from '../store.ts';
import type { HandlersOf } from './handlers.ts';
import { changePlan, planHead } from './plans.ts';

/** Writes what belongs with an intent or outcome of the plan. To be called inside its transaction. */
const writeTogether = (work: Work, planId: string, together: Together): void => {
  if (together.plan !== undefined) changePlan(work, planId, together.plan);
  if (together.link !== undefined) work.planSessions.link(together.link);
  if (together.unlink !== undefined) work.planSessions.unlink(together.unlink.planId, together.unlink.sessionId);
  for (const entry of together.audit ?? []) work.audit.append(entry);
};

export const intentsCalls = (store: Store): HandlersOf<IntentsCatalog> => ({
  append: (intent, together = {}) => {
    const { work } = store;
    const { plan } = planHead(work, intent.planId);
    if (plan.tenantId !== intent.tenantId) throw new AppFailure({ code: 'PLAN_NOT_FOUND', planId: intent.planId });
    return work.db.transaction(() => {
      const seq = work.intents.append(intent);
      writeTogether(work, intent.planId, together);
      return seq;
    });
  },
  appendChange: (intent, audit = []) => {
    const { work } = store;
    return work.db.transaction(() => {
      const seq = work.intents.append(intent);
      writeTogether(work, intent.planId, { audit });
      return seq;
    });
  },
  conclude: (outcome, together = {}) => {
    const { work } = store;
    work.db.transaction(() => {
      work.intents.conclude(outcome);
      const planId = work.intents.planOf(outcome.intent);
      if (planId !== undefined) writeTogether(work, planId, together);
    });
  },
  list: planId => store.work.intents.list(planId),
  listUnfinishedAcrossTenants: () => store.work.intents.listUnfinishedAcrossTenants(),
});
