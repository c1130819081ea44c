import { queryOptions } from '@tanstack/react-query';
import type { Plan } from '../../shared/contract/plans.ts';
import { keys } from '../store/index.ts';
import type { ConsoleClient } from '../store/index.ts';

/** What the wizard reads of a plan. */
export const planQueries = {
  plan: (client: ConsoleClient, planId: string) =>
    queryOptions({
      queryKey: [...keys.plan(planId), 'plan'],
      queryFn: ({ signal }) => client.plans.get({ planId }, { signal }),
    }),
  outlook: (client: ConsoleClient, planId: string) =>
    queryOptions({
      queryKey: [...keys.plan(planId), 'outlook'],
      queryFn: ({ signal }) => client.plans.outlook({ planId }, { signal }),
    }),
  /**
   * The review asks the service, so no event makes it stale: what it reads would make it read again. It is made anew when the plan
   * was changed, when the connection comes or goes, and when one asks for it.
   */
  review: (client: ConsoleClient, plan: Plan, isOffline: boolean) =>
    queryOptions({
      queryKey: ['plan-review', plan.id, plan.savedAt, isOffline],
      queryFn: ({ signal }) => client.plans.review({ planId: plan.id }, { signal }),
      staleTime: Infinity,
      gcTime: 0,
      retry: false,
    }),
};
