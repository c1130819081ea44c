import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import type { Customer, Readiness, Tenant } from '../../shared/contract/tenants.ts';
import { keys, queries, useClient } from '../store/index.ts';

/** A tenant just added, and what its readiness check found. */
export interface Added {
  readonly tenant: Tenant;
  readonly readiness: Readiness;
}

/** Adds a tenant by its domain or id; can be stopped. */
export function useAddTenant(onAdded: (answer: Added) => void) {
  const client = useClient();
  const queryClient = useQueryClient();
  const stopping = useRef<AbortController | undefined>(undefined);
  const add = useMutation({
    mutationFn: (domainOrId: string) => {
      stopping.current = new AbortController();
      return client.tenants.add({ domainOrId }, { signal: stopping.current.signal });
    },
    onSuccess: async answer => {
      queryClient.setQueryData(queries.readiness(client, answer.tenant.id).queryKey, answer.readiness);
      queryClient.setQueryData<Customer[]>(keys.customers, known =>
        known?.map(customer => (customer.tenantId === answer.tenant.id ? { ...customer, added: true } : customer)),
      );
      await queryClient.invalidateQueries({ queryKey: keys.tenants });
      onAdded(answer);
    },
  });
  return { add, stop: () => stopping.current?.abort() };
}
