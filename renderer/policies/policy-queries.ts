import { queryOptions } from '@tanstack/react-query';
import type { PolicyChange } from '../../shared/contract/policies.ts';
import { keys } from '../store/index.ts';
import type { ConsoleClient } from '../store/index.ts';

/** What the policies' views read of main. */
export const policyQueries = {
  list: (client: ConsoleClient, tenantId: string) =>
    queryOptions({
      queryKey: [...keys.policies(tenantId), 'list'],
      queryFn: ({ signal }) => client.policies.list({ tenantId }, { signal }),
    }),
  detail: (client: ConsoleClient, tenantId: string, policyId: string) =>
    queryOptions({
      queryKey: [...keys.policies(tenantId), 'policy', policyId],
      queryFn: ({ signal }) => client.policies.get({ tenantId, policyId }, { signal }),
    }),
  /** Prepares a change anew whenever a dialog comes to its preview: what it will do is as old as this. */
  prepared: (client: ConsoleClient, tenantId: string, change: PolicyChange) =>
    queryOptions({
      queryKey: ['policyPreparations', tenantId, change],
      queryFn: ({ signal }) => client.policies.prepare({ tenantId, change }, { signal }),
      gcTime: 0,
    }),
  change: (client: ConsoleClient, changeId: string) =>
    queryOptions({
      queryKey: [...keys.policyChange(changeId), 'state'],
      queryFn: ({ signal }) => client.policies.change({ changeId }, { signal }),
    }),
};
