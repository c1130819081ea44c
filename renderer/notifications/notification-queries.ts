import { type QueryClient, queryOptions } from '@tanstack/react-query';
import { keys } from '../store/index.ts';
import type { ConsoleClient } from '../store/index.ts';

/** What the notifications' views read of main. */
export const notificationQueries = {
  list: (client: ConsoleClient) =>
    queryOptions({
      queryKey: [...keys.notifications, 'list'],
      queryFn: ({ signal }) => client.notifications.list(undefined, { signal }),
    }),
  settings: (client: ConsoleClient) =>
    queryOptions({
      queryKey: [...keys.notifications, 'settings'],
      queryFn: ({ signal }) => client.notifications.settings(undefined, { signal }),
    }),
  /** The service's e-mail setting as last read; read anew with all that is known of the tenant. */
  email: (client: ConsoleClient, tenantId: string) =>
    queryOptions({
      queryKey: [...keys.tenant(tenantId), 'email'],
      queryFn: ({ signal }) => client.notifications.email({ tenantId }, { signal }),
    }),
  /** The same, asked of the service, and put in the place of what was known. No event makes it stale: it would ask Graph again. */
  fetchedEmail: (client: ConsoleClient, tenantId: string, queryClient: QueryClient) =>
    queryOptions({
      queryKey: ['emailAsked', tenantId],
      queryFn: async ({ signal }) => {
        const setting = await client.notifications.fetchEmail({ tenantId }, { signal });
        queryClient.setQueryData([...keys.tenant(tenantId), 'email'], setting);
        return setting.askedAt;
      },
      gcTime: 0,
    }),
};
