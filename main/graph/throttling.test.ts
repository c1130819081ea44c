import { describe, expect, test, vi } from 'vitest';
import { clientFaults } from './index.ts';
import {
  failureOf,
  json,
  lost,
  never,
  OTHER_TENANT,
  refusal,
  scriptedGraph,
  TENANT,
  tokenOf,
} from './testing/scripted-graph.ts';
import { settle } from './testing/virtual-time.ts';

const root = json(200, { serviceStatus: { status: 'enabled' } });
const throttle = (retryAfter?: string) =>
  refusal(429, 'TooManyRequests', retryAfter === undefined ? {} : { 'Retry-After': retryAfter });

describe('a throttled tenant', () => {
  test('is left alone for all of a long Retry-After', async () => {
    const onThrottled = vi.fn();
    const graph = scriptedGraph({ onThrottled });
    graph.reply(throttle('1800'), root);
    const work = graph.client.forTenant(TENANT).service.fetchStatus();
    await graph.time.advance(1799.9);
    expect(graph.calls).toHaveLength(1);
    await graph.time.advance(0.2);
    expect(graph.calls).toHaveLength(2);
    expect((await work).value.status).toBe('enabled');
    expect(onThrottled.mock.calls).toEqual([[TENANT, graph.time.startedAt + 1800]]);
  });

  test("has its other requests wait as well, reads and writes; other tenants' go on", async () => {
    const graph = scriptedGraph();
    graph.reply(throttle('60'));
    graph.always(json(200, { id: 's1', serviceStatus: {} }));
    const first = graph.client.forTenant(TENANT).service.fetchStatus();
    await graph.time.advance(0);
    const read = graph.client.forTenant(TENANT.toUpperCase()).service.fetchStatus();
    const write = graph.client.forTenant(TENANT).restoreSessions.activate('s1');
    const other = graph.client.forTenant(OTHER_TENANT).service.fetchStatus();
    await graph.time.advance(59);
    await other;
    const ofOther = graph.calls.filter(call => call.headers.get('Authorization') === `Bearer ${tokenOf(OTHER_TENANT)}`);
    expect([graph.calls.length, ofOther.length]).toEqual([2, 1]);
    await graph.time.advance(1);
    await Promise.all([first, read, write]);
    expect(graph.calls).toHaveLength(5);
  });

  test('an earlier pause is not shortened by a later, shorter one', async () => {
    const graph = scriptedGraph();
    graph.reply(throttle('60'), throttle('5'));
    graph.always(root);
    const tenant = graph.client.forTenant(TENANT);
    const both = [tenant.service.fetchStatus(), tenant.service.fetchStatus()];
    await graph.time.advance(59);
    expect(graph.calls).toHaveLength(2);
    await graph.time.advance(1);
    await Promise.all(both);
    expect(graph.calls).toHaveLength(4);
  });

  test('by 503 with a Retry-After it is the same; without one only the request itself waits', async () => {
    for (const [headers, callsMeanwhile] of [
      [{ 'Retry-After': '30' }, 1],
      [{}, 2],
    ] as const) {
      const graph = scriptedGraph({ retry: { baseSeconds: 30 } });
      graph.time.chance = 1;
      graph.reply(refusal(503, 'ServiceUnavailable', headers));
      graph.always(root);
      const tenant = graph.client.forTenant(TENANT);
      const first = tenant.service.fetchStatus();
      await graph.time.advance(1);
      const second = tenant.service.fetchStatus();
      await graph.time.advance(28);
      expect(graph.calls).toHaveLength(callsMeanwhile);
      await graph.time.run(Promise.all([first, second]));
      expect([graph.calls.length, graph.time.seconds]).toEqual([3, 30]);
    }
  });

  test("a Retry-After that is a date is measured by the answer's own Date", async () => {
    const graph = scriptedGraph();
    graph.reply(throttle('Fri, 06 Mar 2026 14:06:09 GMT'), root);
    await graph.time.run(graph.client.forTenant(TENANT).service.fetchStatus());
    expect(graph.time.seconds).toBe(60);
  });

  test('without a Retry-After backs off, and its other requests with it', async () => {
    const graph = scriptedGraph();
    graph.time.chance = 0.5;
    graph.reply(throttle(), throttle('soon'));
    graph.always(root);
    const tenant = graph.client.forTenant(TENANT);
    const first = tenant.service.fetchStatus();
    await graph.time.advance(0);
    const second = tenant.service.fetchStatus();
    await graph.time.advance(0.7);
    expect(graph.calls).toHaveLength(1);
    await graph.time.run(Promise.all([first, second]));
    expect(graph.calls).toHaveLength(4);
  });

  test('ends in the error after twelve tries, nothing done', async () => {
    const graph = scriptedGraph();
    graph.always(throttle('10'));
    const error = await failureOf(graph.time.run(graph.client.forTenant(TENANT).restoreSessions.activate('s1')));
    expect(error).toMatchObject({ status: 429, outcome: 'nothing-done', retryAfterSeconds: 10 });
    expect(graph.calls).toHaveLength(12);
  });

  test('tells when it may go on by the clock of the demo', async () => {
    const onThrottled = vi.fn();
    const graph = scriptedGraph({ onThrottled });
    graph.time.timeScale = 60;
    graph.reply(throttle('10'), root);
    await graph.time.run(graph.client.forTenant(TENANT).service.fetchStatus());
    expect(onThrottled.mock.calls).toEqual([[TENANT, graph.time.startedAt + 600]]);
    expect(graph.time.seconds).toBe(10);
  });
});

describe('a signal', () => {
  test('that has aborted before: nothing leaves', async () => {
    const graph = scriptedGraph();
    const signal = AbortSignal.abort(new Error('closed'));
    expect(
      await failureOf(graph.client.forTenant(TENANT).restoreSessions.activate('s1', undefined, { signal })),
    ).toMatchObject({
      code: clientFaults.aborted,
      outcome: 'nothing-done',
      cause: signal.reason,
    });
    expect(graph.calls).toEqual([]);
  });

  test.each([
    ['a read', 'nothing-done', 'read'],
    ['a write', 'unknown', 'write'],
  ] as const)('ends %s that is under way, which is then %s', async (_, outcome, effect) => {
    const graph = scriptedGraph();
    graph.always(never);
    const ending = new AbortController();
    const tenant = graph.client.forTenant(TENANT);
    const options = { signal: ending.signal };
    const work = failureOf(
      effect === 'read'
        ? tenant.service.fetchStatus(options)
        : tenant.restoreSessions.activate('s1', undefined, options),
    );
    await graph.time.advance(1);
    ending.abort();
    expect(await work).toMatchObject({ code: clientFaults.aborted, outcome });
    expect(graph.calls[0]?.signal?.aborted).toBe(true);
  });

  test('ends a wait for the throttled tenant, and a wait before the next try', async () => {
    for (const failure of [throttle('600'), lost()]) {
      const graph = scriptedGraph({ retry: { baseSeconds: 600 } });
      graph.always(failure);
      const ending = new AbortController();
      const work = failureOf(graph.client.forTenant(TENANT).service.fetchStatus({ signal: ending.signal }));
      await graph.time.advance(1);
      ending.abort();
      expect(await work).toMatchObject({ code: clientFaults.aborted, outcome: 'nothing-done' });
      expect(graph.calls).toHaveLength(1);
    }
  });

  test('ends a token that does not come', async () => {
    const issued = Promise.withResolvers<{ token: string; tenantId: string }>();
    const graph = scriptedGraph({ tokens: { accessToken: () => issued.promise } });
    const ending = new AbortController();
    const work = failureOf(
      graph.client.forTenant(TENANT).restoreSessions.activate('s1', undefined, { signal: ending.signal }),
    );
    await graph.time.advance(1000);
    ending.abort();
    expect(await work).toMatchObject({ code: clientFaults.aborted, outcome: 'nothing-done' });
    // What was called "nothing done" stays so, though the token comes after all.
    issued.resolve({ token: tokenOf(TENANT), tenantId: TENANT });
    await settle();
    expect(graph.calls).toEqual([]);
  });
});

test('a request that takes too long is given up, body included', async () => {
  const graph = scriptedGraph({ timeoutSeconds: 20, retry: { attempts: 1 } });
  graph.always(
    () => new Response(new ReadableStream({ start: stream => stream.enqueue(new TextEncoder().encode('{"serv')) })),
  );
  const error = await failureOf(graph.time.run(graph.client.forTenant(TENANT).service.fetchStatus()));
  expect(error).toMatchObject({ code: clientFaults.timedOut, outcome: 'nothing-done' });
  expect(graph.time.seconds).toBe(20);
});
