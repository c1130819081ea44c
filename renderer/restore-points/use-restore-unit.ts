import type { Preference } from '../../shared/contract/plans.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import { createPlanOfUnit, useMakePlan } from '../restore/index.ts';

interface RestoreOf {
  readonly incidentAt: UtcSeconds;
  readonly timeZone: string;
  readonly preference: Preference;
}

/** Makes a plan of one unit with its incident time set, and goes on to the wizard. */
export function useRestoreUnit(tenantId: string, unitId: string) {
  return useMakePlan(async (client, of: RestoreOf) => {
    const made = await createPlanOfUnit(client, tenantId, unitId);
    await client.plans.setIncident({ planId: made.id, ...of });
    return made;
  });
}
