import { queryOptions } from '@tanstack/react-query';
import type { ServiceAction } from '../../shared/contract/onboarding.ts';
import { keys } from '../store/index.ts';
import type { ConsoleClient } from '../store/index.ts';

/** An answer younger than this is not asked for again by coming back to the tab, in milliseconds. */
const FRESH_MILLIS = 60_000;

/** What the views of the service read of main. */
export const serviceQueries = {
  /** From the catalog: readable offline, and as old as it says. */
  standing: (client: ConsoleClient, tenantId: string) =>
    queryOptions({
      queryKey: [...keys.tenant(tenantId), 'service'],
      queryFn: ({ signal }) => client.onboarding.standing({ tenantId }, { signal }),
    }),
  /** Asks the service. What it learns stands in the catalog; this keeps only what could not be read. */
  fetched: (client: ConsoleClient, tenantId: string) =>
    queryOptions({
      queryKey: [...keys.serviceLook, tenantId],
      queryFn: ({ signal }) => client.onboarding.fetchStanding({ tenantId }, { signal }),
      staleTime: FRESH_MILLIS,
      retry: false,
    }),
  /** Prepares an action anew whenever a dialog comes to its preview: what it will do is as old as this. */
  prepared: (client: ConsoleClient, tenantId: string, action: ServiceAction) =>
    queryOptions({
      queryKey: ['servicePreparations', tenantId, action],
      queryFn: ({ signal }) => client.onboarding.prepare({ tenantId, action }, { signal }),
      gcTime: 0,
      retry: false,
    }),
};
