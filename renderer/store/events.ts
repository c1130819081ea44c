import type { QueryClient } from '@tanstack/react-query';
import type { ConsoleEvent } from '../../shared/contract/console.ts';
import { useAsks } from './asks.ts';
import { rereadClocks } from './clock-watch.ts';
import type { ConsoleClient } from './console-client.tsx';
import { keys, keysOfTenant, staleAfter } from './query-keys.ts';

/** Points arrive in bursts while a tenant is asked; reading the same rows again for each of them would only heat the machine. */
const GATHER_MILLIS = 400;

/**
 * Follows the events of main until the signal is aborted, and makes stale what they name.
 *
 * @param onTenantForgotten called with the tenant of which nothing may be shown any more, before its queries go
 * @param onNotification called with what main wants shown, or followed
 *
 * @returns when the stream has ended; rejects with what ended it, where that was not the signal
 */
export async function followEvents(
  client: ConsoleClient,
  queryClient: QueryClient,
  signal: AbortSignal,
  onTenantForgotten: (tenantId: string) => void,
  onNotification: (event: ConsoleEvent) => void = () => undefined,
): Promise<void> {
  const gathered = gatherStale(queryClient);
  try {
    for await (const event of await client.console.events(undefined, { signal })) {
      useAsks.getState().noteEvent(event);
      if (event.type === 'connectivityChanged') {
        queryClient.setQueryData(keys.connectivity, event.connectivity);
        // Its times are the host's: shown against a clock that has jumped since it was read, they would be off by the jump.
        rereadClocks(queryClient);
      }
      if (event.type === 'gapsReading') queryClient.setQueryData(keys.gapsReading(event.tenantId), event);
      if (event.type === 'tenantForgotten') {
        // First the page goes away, then what it read: a query without its page is not asked again.
        onTenantForgotten(event.tenantId);
        for (const queryKey of keysOfTenant(event.tenantId)) queryClient.removeQueries({ queryKey });
      }
      if (event.type === 'notificationsChanged' || event.type === 'notificationRaised') onNotification(event);
      gathered.add(event);
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    gathered.flush();
  }
}

function gatherStale(queryClient: QueryClient) {
  const waiting = new Map<string, readonly string[]>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    const stale = [...waiting.values()];
    waiting.clear();
    for (const queryKey of stale) void queryClient.invalidateQueries({ queryKey });
  };
  return {
    add: (event: ConsoleEvent) => {
      for (const key of staleAfter(event)) waiting.set(key.join('/'), key);
      timer ??= setTimeout(flush, GATHER_MILLIS);
    },
    flush,
  };
}
