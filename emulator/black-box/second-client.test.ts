/** A client by somebody else, Microsoft's own, drives the emulator: nothing of ours is in between. */
import {
  AuthenticationHandler,
  BatchRequestContent,
  BatchResponseContent,
  Client,
  PageIterator,
  RetryHandler,
} from '@microsoft/microsoft-graph-client';
import type { Context, Middleware, PageCollection } from '@microsoft/microsoft-graph-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root, startClient } from './emulator-client.ts';
import type { EmulatorClient } from './emulator-client.ts';

const graphAddress = 'https://graph.microsoft.com';

/** The client gives its token to Graph's own address only: the wire from there leads to the emulator. */
const wireTo = (url: string): Middleware => ({
  execute: async (context: Context) => {
    const address = typeof context.request === 'string' ? context.request : context.request.url;
    const answer = await fetch(address.replace(graphAddress, url), context.options);
    const text = (await answer.text()).replaceAll(url, graphAddress);
    context.response = new Response(text, { status: answer.status, headers: answer.headers });
  },
});

let emulator: EmulatorClient;
let graph: Client;
beforeAll(async () => {
  emulator = await startClient({ units: 250 });
  const token = await emulator.token();
  const retry = new RetryHandler();
  const authentication = new AuthenticationHandler({ getAccessToken: () => Promise.resolve(token) });
  authentication.setNext(retry);
  retry.setNext(wireTo(emulator.ready.url));
  graph = Client.initWithMiddleware({ middleware: authentication });
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
  const request = (id: string, path: string) => ({
    id,
    request: new Request(`${graphAddress}${path}`),
  });
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
