import { describe, expect, test } from 'vitest';
import { clientFaults, type PointSearch, searchPointsRequest } from './index.ts';
import { failureOf, json, lost, refusal, type Reply, scriptedGraph, TENANT } from './testing/scripted-graph.ts';

interface SentPart {
  readonly id: string;
  readonly method: string;
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly body: { readonly protectionUnitIds: readonly string[] };
}

const question = (unitId: string): PointSearch => ({ unitIds: [unitId], preference: 'latest' });
const requests = (count: number) =>
  Array.from({ length: count }, (_, index) => searchPointsRequest(question(`u${index}`)));
const partsOf = (call: { readonly body: unknown }) => (call.body as { requests: SentPart[] }).requests;
const unitOf = (part: SentPart) => part.body.protectionUnitIds[0] ?? '';
const found = (part: SentPart) => ({
  id: part.id,
  status: 200,
  headers: { 'request-id': `of ${unitOf(part)}` },
  body: { searchResults: [], noResultProtectionUnitIds: [unitOf(part)] },
});

/** Answers each part by its unit; what `special` gives for one is its answer the first times, one by one. */
function batches(special: Record<string, object[]> = {}): Reply {
  return call => {
    const responses = partsOf(call).flatMap(part => {
      const next = special[unitOf(part)]?.shift();
      return [next === undefined ? found(part) : { id: part.id, ...next }];
    });
    // Graph may answer in another order than it was asked in.
    return json(200, { responses: responses.toReversed() })(call);
  };
}
const failed = (status: number, code: string, headers: Record<string, string> = {}) => ({
  status,
  headers,
  body: { error: { code, message: code } },
});

describe('a batch', () => {
  test('packs twenty a round trip, and answers in the order asked', async () => {
    const graph = scriptedGraph();
    graph.always(batches());
    const parts = await graph.client.forTenant(TENANT).batch(requests(45));
    expect(graph.calls.map(call => partsOf(call).length)).toEqual([20, 20, 5]);
    expect(parts.map(part => part.ok && part.answer.value.noResultUnitIds)).toEqual(
      Array.from({ length: 45 }, (_, index) => [`u${index}`]),
    );
    const sent = partsOf(graph.calls[0] ?? { body: undefined })[0];
    expect(sent).toMatchObject({
      method: 'POST',
      url: '/solutions/backupRestore/restorePoints/search',
      headers: { Prefer: 'include-unknown-enum-members', 'Content-Type': 'application/json' },
      body: { restorePointPreference: 'latest' },
    });
    expect(graph.calls[0]?.url.pathname).toBe('/v1.0/$batch');
  });

  test('each answer has its own request id, and the Date and round trip of the whole', async () => {
    const graph = scriptedGraph();
    graph.reply(async call => {
      await graph.time.sleep(300);
      return batches()(call);
    });
    const [first] = await graph.time.run(graph.client.forTenant(TENANT).batch(requests(2)));
    expect(first?.ok && first.answer).toMatchObject({
      status: 200,
      requestId: 'of u0',
      serviceAt: Date.UTC(2026, 2, 6, 14, 5, 9) / 1000,
      roundTripSeconds: 0.3,
    });
  });

  test('a part that fails for good fails alone', async () => {
    const graph = scriptedGraph();
    graph.always(batches({ u1: [failed(400, 'InvalidProtectionUnitId')] }));
    const parts = await graph.client.forTenant(TENANT).batch(requests(3));
    expect(parts.map(part => (part.ok ? 'ok' : part.error.code))).toEqual(['ok', 'InvalidProtectionUnitId', 'ok']);
    expect(parts[1]?.ok === false && parts[1].error.tenantId).toBe(TENANT);
    expect(graph.calls).toHaveLength(1);
  });

  test('parts that are throttled wait each for its own Retry-After, and are asked again alone', async () => {
    const graph = scriptedGraph();
    const asked: (readonly [number, string[]])[] = [];
    const answer = batches({
      u1: [failed(429, 'TooManyRequests', { 'Retry-After': '5' })],
      u2: [
        failed(429, 'TooManyRequests', { 'retry-after': '60' }),
        failed(429, 'TooManyRequests', { 'Retry-After': '10' }),
      ],
    });
    graph.always(call => {
      asked.push([graph.time.seconds, partsOf(call).map(unitOf)]);
      return answer(call);
    });
    const parts = await graph.time.run(graph.client.forTenant(TENANT).batch(requests(4)));
    expect(parts.every(part => part.ok)).toBe(true);
    expect(asked).toEqual([
      [0, ['u0', 'u1', 'u2', 'u3']],
      [5, ['u1']],
      [60, ['u2']],
      [70, ['u2']],
    ]);
  });

  test("while a part is throttled, the tenant's other requests wait until the first part may ask again", async () => {
    const graph = scriptedGraph();
    graph.reply(batches({ u1: [failed(429, 'TooManyRequests', { 'Retry-After': '5' })] }));
    graph.always(call =>
      call.url.pathname.endsWith('$batch') ? batches()(call) : json(200, { serviceStatus: {} })(call),
    );
    const tenant = graph.client.forTenant(TENANT);
    const batch = tenant.batch(requests(2));
    await graph.time.advance(1);
    const other = tenant.service.fetchStatus();
    await graph.time.advance(3.9);
    expect(graph.calls).toHaveLength(1);
    await graph.time.run(Promise.all([batch, other]));
    expect(graph.calls).toHaveLength(3);
  });

  test.each([
    ['fails in passing', failed(504, 'GatewayTimeout')],
    ['is missing', { id: 'someone else', status: 200, body: {} }],
    ['has no status', { body: {} }],
    ['is no JSON', { status: 200, body: 'PGh0bWw+' }],
  ])('a part that %s is asked again, five times at most', async (_, failure) => {
    const graph = scriptedGraph();
    graph.always(batches({ u1: [failure] }));
    const tenant = graph.client.forTenant(TENANT);
    expect((await graph.time.run(tenant.batch(requests(2)))).map(part => part.ok)).toEqual([true, true]);
    expect(graph.calls.map(call => partsOf(call).map(unitOf))).toEqual([['u0', 'u1'], ['u1']]);

    graph.calls.length = 0;
    graph.always(batches({ u1: Array.from({ length: 9 }, () => failure) }));
    expect((await graph.time.run(tenant.batch(requests(2)))).map(part => part.ok)).toEqual([true, false]);
    expect(graph.calls).toHaveLength(5);
  });

  test('a part whose token is refused is asked again with another', async () => {
    const graph = scriptedGraph();
    const claims = '{"access_token":{}}';
    const challenge = `Bearer error="insufficient_claims", claims="${Buffer.from(claims).toString('base64')}"`;
    graph.always(
      batches({
        u0: [failed(401, 'InvalidAuthenticationToken', { 'WWW-Authenticate': challenge })],
        u1: [failed(401, 'InvalidAuthenticationToken')],
      }),
    );
    const parts = await graph.time.run(graph.client.forTenant(TENANT).batch(requests(3)));
    expect(parts.every(part => part.ok)).toBe(true);
    expect(graph.tokens.asked.map(({ options }) => [options.claims, options.forceRefresh])).toEqual([
      [undefined, undefined],
      [claims, true],
    ]);
  });

  test('asks for the scopes of all its parts', async () => {
    const graph = scriptedGraph();
    graph.always(batches());
    const [search] = requests(1);
    if (search === undefined) throw new Error('no request');
    await graph.client
      .forTenant(TENANT)
      .batch([search, { ...search, scopes: ['https://graph.microsoft.com/User.Read'] }]);
    expect(graph.tokens.asked[0]?.scopes).toEqual([
      'https://graph.microsoft.com/BackupRestore-Search.Read.All',
      'https://graph.microsoft.com/User.Read',
    ]);
  });

  test('that is throttled or lost as a whole is sent again as a whole', async () => {
    const graph = scriptedGraph();
    graph.reply(refusal(429, 'TooManyRequests', { 'Retry-After': '9' }), lost());
    graph.always(batches());
    const parts = await graph.time.run(graph.client.forTenant(TENANT).batch(requests(2)));
    expect(parts.every(part => part.ok)).toBe(true);
    expect(graph.calls.map(call => partsOf(call).length)).toEqual([2, 2, 2]);
  });

  test('that fails as a whole for good fails each part of it, and only those', async () => {
    const graph = scriptedGraph();
    graph.reply(refusal(403, 'Forbidden'));
    graph.always(batches());
    const parts = await graph.time.run(graph.client.forTenant(TENANT).batch(requests(22)));
    expect(parts.filter(part => !part.ok && part.error.code === 'Forbidden')).toHaveLength(20);
    expect(parts.slice(20).every(part => part.ok)).toBe(true);
    expect(graph.calls).toHaveLength(2);
  });

  test('whose answer is no batch is an error of each part', async () => {
    const graph = scriptedGraph();
    graph.always(json(200, { value: [] }));
    const parts = await graph.time.run(graph.client.forTenant(TENANT).batch(requests(2)));
    expect(parts.map(part => !part.ok && part.error.code)).toEqual([
      clientFaults.unexpectedShape,
      clientFaults.unexpectedShape,
    ]);
  });

  test('of one question is the question itself; of none, nothing', async () => {
    const graph = scriptedGraph();
    graph.always(json(200, { searchResults: [], noResultProtectionUnitIds: ['u0'] }));
    const tenant = graph.client.forTenant(TENANT);
    expect(await tenant.batch([])).toEqual([]);
    const [part] = await tenant.batch(requests(1));
    expect(part?.ok).toBe(true);
    expect(graph.calls.map(call => call.url.pathname)).toEqual(['/v1.0/solutions/backupRestore/restorePoints/search']);
  });

  test('is ended by the signal, waiting parts and all', async () => {
    const graph = scriptedGraph();
    graph.always(batches({ u1: [failed(429, 'TooManyRequests', { 'Retry-After': '600' })] }));
    const ending = new AbortController();
    const work = failureOf(graph.client.forTenant(TENANT).batch(requests(2), { signal: ending.signal }));
    await graph.time.advance(5);
    ending.abort();
    expect(await work).toMatchObject({ code: clientFaults.aborted });
    expect(graph.calls).toHaveLength(1);
  });
});
