import type { Plan } from '../../shared/contract/plans.ts';
import { createPlanOfUnit, useMakePlan } from '../restore/index.ts';

/** Makes a new draft of a plan's failed units and opens it where its destination, which main has preset, is seen and can be changed. */
export function useRetryFailed() {
  return useMakePlan((client, { id: planId }: Plan) => client.plans.retryFailed({ planId }), 'where');
}

/** Makes a draft of one unit to a new location, with the incident of the plan that it failed in, and opens it. */
export function useRestoreElsewhere(tenantId: string, plan: Plan | undefined) {
  return useMakePlan(async (client, { unitId, name }: { unitId: string; name: string }) => {
    const { id: planId } = await createPlanOfUnit(client, tenantId, unitId);
    try {
      await client.plans.rename({ planId, name: `${name}, to a new location`.slice(0, 200) });
      if (plan?.incidentAt !== undefined)
        await client.plans.setIncident({
          planId,
          incidentAt: plan.incidentAt,
          timeZone: plan.timeZone ?? 'UTC',
          preference: plan.preference,
        });
      return await client.plans.setDestination({ planId, destination: 'new' });
    } catch (error) {
      // A half-made draft would be found by nobody, and pressed again there would be a second. What failed is what is told.
      await client.plans.remove({ planId }).catch(() => undefined);
      throw error;
    }
  });
}
