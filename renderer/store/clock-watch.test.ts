import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { describe, expect, it } from 'vitest';
import type { Connectivity } from '../../shared/contract/console.ts';
import { hasJumped, rereadClocks } from './clock-watch.ts';
import type { ConsoleClient } from './console-client.tsx';
import { followEvents } from './events.ts';
import { keys } from './query-keys.ts';

describe('hasJumped', () => {
  const before = { wallMillis: 1_000_000, awakeMillis: 5_000 };
  it('sees a sleep and a clock that was set, in either direction', () => {
    expect(hasJumped(before, { wallMillis: 1_000_000 + 3_600_000, awakeMillis: 6_000 })).toBe(true);
    expect(hasJumped(before, { wallMillis: 1_000_000 - 60_000, awakeMillis: 6_000 })).toBe(true);
  });
  it('takes a late timer and a small correction for what they are', () => {
    expect(hasJumped(before, { wallMillis: 1_060_000, awakeMillis: 65_000 })).toBe(false);
    expect(hasJumped(before, { wallMillis: 1_001_900, awakeMillis: 6_000 })).toBe(false);
  });
});

/** A window that shows the host's clock, a tenant's clock and the tenant's readiness, and counts how often each is read. */
function shownWindow() {
  const queryClient = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity, retry: false } } });
  const reads = { host: 0, tenant: 0, readiness: 0 };
  const show = (queryKey: readonly string[], count: () => void): void => {
    new QueryObserver(queryClient, {
      queryKey,
      queryFn: () => {
        count();
        return 0;
      },
    }).subscribe(() => undefined);
  };
  show(keys.consoleState, () => (reads.host += 1));
  show([...keys.tenant('t1'), 'overview'], () => (reads.tenant += 1));
  show([...keys.tenant('t1'), 'readiness'], () => (reads.readiness += 1));
  return { queryClient, reads };
}

describe('the clocks that are shown', () => {
  it('are read again, and nothing beside them', async () => {
    const { queryClient, reads } = shownWindow();
    await expect.poll(() => reads).toEqual({ host: 1, tenant: 1, readiness: 1 });
    rereadClocks(queryClient);
    await expect.poll(() => reads).toEqual({ host: 2, tenant: 2, readiness: 1 });
  });

  it('are read again when main says that the next try is at another time', async () => {
    const { queryClient, reads } = shownWindow();
    await expect.poll(() => reads.host).toBe(1);
    const connectivity: Connectivity = { state: 'offline', sinceAt: 1_000, nextTryAt: 20_000 };
    async function* events() {
      await Promise.resolve();
      yield { type: 'connectivityChanged', connectivity };
    }
    const client = { console: { events: () => Promise.resolve(events()) } };
    // The one procedure of the client that the events come by.
    await followEvents(
      client as Partial<ConsoleClient> as ConsoleClient,
      queryClient,
      new AbortController().signal,
      () => {},
    );
    expect(queryClient.getQueryData(keys.connectivity)).toEqual(connectivity);
    await expect.poll(() => reads).toEqual({ host: 2, tenant: 2, readiness: 1 });
  });
});
