import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Finding, Plan } from '../../shared/contract/plans.ts';
import { keys, useClient } from '../store/index.ts';

/** The findings that name units which can be taken out of the plan. */
export type UnitFinding = Extract<Finding, { unitIds: string[] }>;

/** Takes the units of a finding out of the plan. A finding names the first of them only, so the plan is reviewed again while there are more. */
export function useTakeOut(plan: Plan) {
  const client = useClient();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async (finding: UnitFinding) => {
      let found: UnitFinding | undefined = finding;
      while (found !== undefined && found.unitIds.length > 0) {
        await client.plans.removeUnits({ planId: plan.id, unitIds: found.unitIds });
        if (found.units <= found.unitIds.length) return;
        const { findings } = await client.plans.review({ planId: plan.id });
        found = findings.find((each): each is UnitFinding => each.code === finding.code);
      }
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: keys.plan(plan.id) }),
  });
}
