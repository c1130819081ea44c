import { queryOptions } from '@tanstack/react-query';
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
};
