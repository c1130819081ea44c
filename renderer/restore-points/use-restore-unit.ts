import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Preference } from '../../shared/contract/plans.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import { keys, navigate, useClient } from '../store/index.ts';

interface RestoreOf {
  readonly incidentAt: UtcSeconds;
  readonly timeZone: string;
  readonly preference: Preference;
}

/** Makes a plan of one unit with its incident time set, and goes on to the wizard. Works offline: a plan is kept here. */
export function useRestoreUnit(tenantId: string, unitId: string) {
  const client = useClient();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async (of: RestoreOf) => {
      const { id: selectionId } = await client.units.openSelection({ tenantId });
      await client.units.changeSelection({ selectionId, change: { type: 'add', unitIds: [unitId] } });
      const plan = await client.plans.create({ tenantId, selectionId });
      await client.plans.setIncident({ planId: plan.id, ...of });
      return plan.id;
    },
    onSuccess: async planId => {
      await queryClient.invalidateQueries({ queryKey: keys.plans });
      navigate({ at: 'wizard', tenantId, planId });
    },
  });
}
