/** A client by somebody else, Microsoft's own, drives the emulator: nothing of ours is in between. */
import { BatchRequestContent, BatchResponseContent, Client, PageIterator } from '@microsoft/microsoft-graph-client';
import type { PageCollection } from '@microsoft/microsoft-graph-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root, startClient } from './emulator-client.ts';
import type { EmulatorClient } from './emulator-client.ts';

let emulator: EmulatorClient;
let graph: Client;
beforeAll(async () => {
  emulator = await startClient({ units: 250 });
  const token = await emulator.token();
  graph = Client.init({
    baseUrl: `${emulator.ready.url}/`,
    defaultVersion: 'v1.0',
    customHosts: new Set(['127.0.0.1']),
    authProvider: done => done(null, token),
  });
});
afterAll(() => emulator.stop());

test('its page iterator walks a list to the end, each entry once', async () => {
  const path = `${root}/protectionUnits/microsoft.graph.siteProtectionUnit`;
  const first: PageCollection = await graph.api(path).top(7).get();
  const ids: unknown[] = [];
  await new PageIterator(graph, first, (unit: { id: string }) => ids.push(unit.id) > 0).iterate();
  const all: PageCollection = await graph.api(path).top(999).get();
  expect(ids).toEqual(all.value.map((unit: { id: string }) => unit.id));
  expect(ids.length).toBeGreaterThan(50);
});

test('its batch helper asks, and reads each answer', async () => {
  const request = (id: string, path: string) => ({ id, request: new Request(`https://graph.microsoft.com/v1.0${path}`) });
  const content = new BatchRequestContent([request('1', root), request('2', `${root}/restoreSessions/none`)]);
  const answer = new BatchResponseContent(await graph.api('/$batch').post(await content.getContent()));
  expect(answer.getResponseById('1').status).toBe(200);
  expect(answer.getResponseById('2').status).toBe(400);
});

test('its retry middleware waits as Retry-After says, and has its answer', async () => {
  const fault = { match: { route: `${root}/protectionPolicies` }, effect: 'throttle', retryAfterSeconds: 1, times: 1 };
  await emulator.control('POST', '/faults', fault);
  const policies: PageCollection = await graph.api(`${root}/protectionPolicies`).get();
  expect(policies.value.length).toBeGreaterThan(0);
});
