import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { clientFaults, createGraphClient, realTiming } from './index.ts';
import { failureOf, ScriptedTokens, TENANT, tokenOf } from './testing/scripted-graph.ts';

/** The client over Node's own fetch and a real socket: what a scripted fetch can't show. */

const ending: (() => void)[] = [];
afterEach(() => {
  for (const end of ending.splice(0)) end();
});

async function serve(answer: (request: IncomingMessage, response: ServerResponse) => void) {
  const seen: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    seen.push(request);
    request.resume();
    answer(request, response);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  ending.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
}

const clientOf = (graphOrigin: string) =>
  createGraphClient({
    graphOrigin,
    tokens: new ScriptedTokens(),
    fetch: globalThis.fetch,
    timing: realTiming(() => Math.floor(Date.now() / 1000)),
    retry: { attempts: 2, baseSeconds: 0.001 },
  }).forTenant(TENANT);

describe('over a real socket', () => {
  test('the request is as documented, and the answer is dated', async () => {
    const { origin, seen } = await serve((_, response) => {
      response.writeHead(200, { 'Content-Type': 'application/json', 'request-id': 'r' });
      response.end('{"id": "s1", "status": "activating"}');
    });
    const answer = await clientOf(origin).restoreSessions.activate('s1');
    expect(answer).toMatchObject({ requestId: 'r', value: { status: 'activating' } });
    expect(Math.abs((answer.serviceAt ?? 0) - answer.receivedAt)).toBeLessThan(60);
    expect(seen[0]).toMatchObject({ method: 'POST', url: '/v1.0/solutions/backupRestore/restoreSessions/s1/activate' });
    expect(seen[0]?.headers).toMatchObject({
      authorization: `Bearer ${tokenOf(TENANT)}`,
      prefer: 'include-unknown-enum-members',
      'client-request-id': answer.clientRequestId,
    });
  });

  test('a redirect to another origin takes no token there', async () => {
    const elsewhere = await serve((_, response) => response.end('{}'));
    const { origin } = await serve((_, response) => {
      response.writeHead(302, { Location: `${elsewhere.origin}/v1.0/x` });
      response.end();
    });
    expect(await failureOf(clientOf(origin).service.fetchStatus())).toMatchObject({ code: clientFaults.redirected });
    expect(elsewhere.seen).toEqual([]);
  });

  test.each([
    ['lost before the answer', (response: ServerResponse) => response.socket?.destroy()],
    [
      'lost within the answer',
      (response: ServerResponse) => {
        response.writeHead(200, { 'Content-Length': '500' });
        response.write('{"id": "s1"', () => response.socket?.destroy());
      },
    ],
  ])('a connection %s: a read is asked again, a write is not', async (_, lose) => {
    const { origin, seen } = await serve((__, response) => {
      lose(response);
    });
    expect(await failureOf(clientOf(origin).restoreSessions.fetch('s1'))).toMatchObject({
      code: clientFaults.networkLost,
      outcome: 'nothing-done',
    });
    expect(seen).toHaveLength(2);
    expect(await failureOf(clientOf(origin).restoreSessions.activate('s1'))).toMatchObject({
      code: clientFaults.networkLost,
      outcome: 'unknown',
    });
    expect(seen).toHaveLength(3);
  });

  test('nobody listening: a write surely did nothing', async () => {
    const { origin } = await serve(() => {});
    for (const end of ending.splice(0)) end();
    expect(await failureOf(clientOf(origin).restoreSessions.activate('s1'))).toMatchObject({
      code: clientFaults.networkLost,
      outcome: 'nothing-done',
    });
  });

  test('a signal ends a request that hangs', async () => {
    const stop = new AbortController();
    const { origin } = await serve(() => stop.abort());
    expect(
      await failureOf(clientOf(origin).restoreSessions.activate('s1', undefined, { signal: stop.signal })),
    ).toMatchObject({
      code: clientFaults.aborted,
      outcome: 'unknown',
    });
  });
});
