import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import type { Customer } from '../../shared/contract/tenants.ts';
import { keys, queries, useClient } from '../store/index.ts';
import type { Added } from './added-tenants.ts';

/** Sends one tenant to be added, and makes what is shown of it and of the customers new. */
export function useSendTenant() {
  const client = useClient();
  const queryClient = useQueryClient();
  return async (domainOrId: string, accountId: string | undefined, signal: AbortSignal): Promise<Added> => {
    const before = await queryClient.query({ ...queries.tenants(client), staleTime: 'static' });
    const answer = await client.tenants.add(accountId === undefined ? { domainOrId } : { domainOrId, accountId }, {
      signal,
    });
    queryClient.setQueryData(queries.readiness(client, answer.tenant.id).queryKey, answer.readiness);
    queryClient.setQueriesData<Customer[]>({ queryKey: keys.customers }, known =>
      known?.map(customer => (customer.tenantId === answer.tenant.id ? { ...customer, added: true } : customer)),
    );
    await queryClient.invalidateQueries({ queryKey: keys.tenants });
    return { ...answer, wasThere: before.some(({ id }) => id === answer.tenant.id) };
  };
}

/** Adds a tenant by its domain or id for the account, one at a time; can be stopped. */
export function useAddTenant(accountId: string | undefined, onAdded: (answer: Added) => void) {
  const send = useSendTenant();
  const running = useRef<AbortController | undefined>(undefined);
  const add = useMutation({
    mutationFn: async (domainOrId: string) => {
      const stopping = new AbortController();
      running.current = stopping;
      try {
        return await send(domainOrId, accountId, stopping.signal);
      } finally {
        running.current = undefined;
      }
    },
    onSuccess: onAdded,
  });
  return {
    isAdding: add.isPending,
    /** What is being added, or was last. */
    asked: add.variables,
    error: add.error ?? undefined,
    dismiss: add.reset,
    /** Does nothing while one is being added: Enter pressed twice asks once. */
    add: (domainOrId: string) => {
      if (running.current === undefined && !add.isPending) add.mutate(domainOrId);
    },
    stop: () => running.current?.abort(),
  };
}
