import { QueryClient } from '@tanstack/react-query';
import { expect, it } from 'vitest';
import type { ConsoleEvent } from '../../shared/contract/console.ts';
import type { ConsoleClient } from './console-client.tsx';
import { followEvents } from './events.ts';
import { keys } from './query-keys.ts';

const FORGOTTEN = 'a0a0a0a0-0000-4000-8000-000000000001';
const OTHER = 'b0b0b0b0-0000-4000-8000-000000000002';

it('of a tenant that was forgotten, in this window or another, nothing read before is shown again', async () => {
  const queryClient = new QueryClient();
  const readOf = (tenantId: string) => [
    [...keys.tenant(tenantId), 'overview'],
    [...keys.units(tenantId), 'rows', '0'],
    [...keys.points(tenantId), 'days', 'unit'],
    [...keys.sessions(tenantId), 'list'],
  ];
  for (const key of [...readOf(FORGOTTEN), ...readOf(OTHER)]) queryClient.setQueryData(key, 'read');
  async function* events(): AsyncGenerator<ConsoleEvent> {
    await Promise.resolve();
    yield { type: 'tenantForgotten', tenantId: FORGOTTEN };
  }
  const client = { console: { events: () => Promise.resolve(events()) } };
  const left: string[] = [];
  await followEvents(
    // The one procedure of the client that the events come by.
    client as Partial<ConsoleClient> as ConsoleClient,
    queryClient,
    new AbortController().signal,
    tenantId => left.push(tenantId),
  );
  expect(left).toEqual([FORGOTTEN]);
  expect(readOf(FORGOTTEN).map(key => queryClient.getQueryData(key))).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
  expect(readOf(OTHER).map(key => queryClient.getQueryData(key))).toEqual(['read', 'read', 'read', 'read']);
});
