import { asAppFailure } from '../failures.ts';
import type { Services } from '../services.ts';
import { bridge } from './implementing.ts';

const { plans: procedures } = bridge;

export const planHandlers = ({ catalog, clocks, host, restore }: Services) => {
  const { drafts, starter, withProblem } = restore;
  const get = async (planId: string) => {
    // Figures are judged in the tenant's service time, and the tenant is known from the plan alone.
    const { tenantId } = await catalog.plans.get(planId, 0);
    return withProblem(await catalog.plans.get(planId, clocks.now(tenantId)));
  };
  return {
    list: procedures.list.handler(async ({ input: { tenantId } }) => {
      const plans = await catalog.plans.list(
        tenantId === undefined ? { now: host.now() } : { tenantId, now: clocks.now(tenantId) },
      );
      return plans.map(withProblem);
    }),
    create: procedures.create.handler(({ input }) => drafts.create(input.tenantId, input.selectionId)),
    get: procedures.get.handler(({ input }) => get(input.planId)),
    rename: procedures.rename.handler(({ input }) => drafts.rename(input.planId, input.name)),
    remove: procedures.remove.handler(({ input }) => drafts.remove(input.planId)),
    setUnits: procedures.setUnits.handler(({ input }) => drafts.setUnits(input.planId, input.selectionId)),
    removeUnits: procedures.removeUnits.handler(({ input }) => drafts.removeUnits(input.planId, input.unitIds)),
    openSelection: procedures.openSelection.handler(({ input }) => catalog.plans.openSelection(input.planId)),
    setIncident: procedures.setIncident.handler(({ input: { planId, ...incident } }) =>
      drafts.setIncident(planId, incident),
    ),
    outlook: procedures.outlook.handler(({ input }) => drafts.outlook(input.planId)),
    listUnits: procedures.listUnits.handler(({ input: { only, ...question } }) =>
      catalog.plans.listUnits(only === undefined ? question : { ...question, only }),
    ),
    alternatives: procedures.alternatives.handler(({ input }) =>
      drafts.alternatives(input.planId, input.unitId, input.window),
    ),
    choosePoint: procedures.choosePoint.handler(({ input }) =>
      drafts.choosePoint(input.planId, input.unitId, input.choice),
    ),
    makeCertain: procedures.makeCertain.handler(({ input, signal }) => drafts.makeCertain(input.planId, signal)),
    setDestination: procedures.setDestination.handler(({ input }) =>
      drafts.setDestination(input.planId, input.destination),
    ),
    review: procedures.review.handler(({ input, signal }) => failing(starter.review(input.planId, signal))),
    start: procedures.start.handler(({ input, signal }) =>
      failing(starter.start(input.planId, input.typedName, signal)),
    ),
    cancelStart: procedures.cancelStart.handler(({ input }) => starter.cancelStart(input.planId)),
    retryFailed: procedures.retryFailed.handler(({ input }) => starter.retryFailed(input.planId)),
  };
};

/** Reviews and starts read from Graph, whose errors become the contract's here. */
async function failing<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw asAppFailure(error);
  }
}
