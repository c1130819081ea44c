import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { entries, part, root, startClient, textOf } from './emulator-client.ts';
import type { Answer, EmulatorClient, Json } from './emulator-client.ts';

let client: EmulatorClient;
beforeAll(async () => {
  client = await startClient();
});
beforeEach(async () => {
  await client.control('DELETE', '/faults');
  await client.control('DELETE', '/requests');
});
afterAll(() => client.stop());

const get = (id: string, url: string, more: Json = {}): Json => ({ id, method: 'GET', url, ...more });
const batch = (requests: unknown) => client.graph('POST', '/$batch', { requests });
const responses = (answer: Answer) =>
  new Map(entries(answer.body['responses']).map(response => [response['id'], response]));
const fault = async (body: Json): Promise<string> => textOf((await client.control('POST', '/faults', body)).body, 'id');
const struck = async (id: string) => (await client.control('GET', `/faults/${id}`)).body['struck'];
const counts = async () => (await client.control('GET', '/requests')).body;
const sessionCount = async () =>
  entries((await client.graph('GET', `${root}/restoreSessions?$top=999`)).body['value']).length;
const createDraft = () => client.graph('POST', `${root}/sharePointRestoreSessions`);
const codeOf = (answer: Answer) => `${answer.status} ${String(part(answer.body, 'error', 'code'))}`;

describe('a batch', () => {
  test('answers each part by itself, in any order', async () => {
    const requests = Array.from({ length: 20 }, (_, number) =>
      get(`part ${number}`, number % 2 === 0 ? '/me' : `${root}/protectionPolicies/none`),
    );
    const answer = await batch(requests);
    expect(answer.status).toBe(200);
    const ids = entries(answer.body['responses']).map(response => response['id']);
    expect(ids).toHaveLength(20);
    expect(new Set(ids)).toEqual(new Set(requests.map(request => request['id'])));
    expect(ids).not.toEqual(requests.map(request => request['id']));
    const all = responses(answer);
    expect(all.get('part 0')).toMatchObject({
      status: 200,
      headers: { 'Content-Type': 'application/json' },
      body: { displayName: 'Ines Okafor' },
    });
    expect(all.get('part 1')).toMatchObject({ status: 400, body: { error: { code: 'InvalidPolicyId' } } });
    expect(await counts()).toMatchObject({ http: 1, questions: 20 });
  });

  test('searches, with bodies and headers of the parts', async () => {
    const unitIds = await client.unitsWithPoints('site', 2);
    const search = (id: string, protectionUnitIds: unknown, headers: Json | undefined): Json => ({
      id,
      method: 'POST',
      url: `${root}/restorePoints/search`,
      ...(headers === undefined ? {} : { headers }),
      body: { protectionUnitIds, protectionTimePeriod: { startDateTime: '0001-01-01T00:00:00Z' } },
    });
    const all = responses(
      await batch([
        search('1', unitIds, { 'Content-Type': 'application/json' }),
        search('2', [], { 'content-type': 'application/json' }),
      ]),
    );
    expect(entries(part(all.get('1'), 'body', 'searchResults'))).toHaveLength(2);
    expect(all.get('2')).toMatchObject({ status: 400, body: { error: { code: 'InvalidSearchRequest' } } });
    expect((await batch([search('1', unitIds, undefined)])).status).toBe(400);
  });

  test('keeps an order that is asked for, and fails what depends on a failure', async () => {
    const answer = await batch([
      { id: 'A', method: 'POST', url: `${root}/exchangeRestoreSessions` },
      get('b', `${root}/restoreSessions?$top=1`, { dependsOn: ['a'] }),
      get('c', `${root}/protectionPolicies/none`, { dependsOn: ['b'] }),
      get('d', '/me', { dependsOn: ['c'] }),
    ]);
    const all = responses(answer);
    expect(part(all.get('b'), 'body', 'value', 0, 'id')).toBe(part(all.get('A'), 'body', 'id'));
    expect(all.get('c')).toMatchObject({ status: 400 });
    expect(all.get('d')).toMatchObject({ status: 424 });
    expect(await counts()).toMatchObject({ http: 1, questions: 3 });
  });

  test.each([
    [undefined],
    [[]],
    [Array.from({ length: 21 }, (_, number) => get(String(number), '/me'))],
    [[get('1', '/me'), get('1', '/me')]],
    [[get('x', '/me'), get('X', '/me')]],
    [[get('1', '/me', { dependsOn: ['2'] }), get('2', '/me')]],
    [[{ method: 'GET', url: '/me' }]],
    [['/me']],
  ])('that is malformed is refused whole: %j', async requests => {
    expect((await batch(requests)).status).toBe(400);
  });

  test('needs a token', async () => {
    const answer = await client.graph('POST', '/$batch', { requests: [get('1', '/me')] }, { token: 'none' });
    expect(answer.status).toBe(401);
  });

  test('is throttled part by part', async () => {
    await client.control('PATCH', `/tenants/${client.tenantId}`, { throttle: { questions: 2, seconds: 600 } });
    const all = [...responses(await batch([get('1', '/me'), get('2', '/me'), get('3', '/me')])).values()];
    await client.control('PATCH', `/tenants/${client.tenantId}`, { throttle: null });
    expect(all.filter(response => response['status'] === 200)).toHaveLength(2);
    expect(all.find(response => response['status'] === 429)).toMatchObject({
      headers: { 'Retry-After': expect.stringMatching(/^\d+$/) },
    });
  });
});

describe('a fault', () => {
  test('throttles with and without Retry-After, as often as asked', async () => {
    const id = await fault({ match: { route: '/me' }, effect: 'throttle', retryAfterSeconds: 7, times: 2 });
    const answers = [
      await client.graph('GET', '/me'),
      await client.graph('GET', '/me'),
      await client.graph('GET', '/me'),
    ];
    expect(answers.map(({ status }) => status)).toEqual([429, 429, 200]);
    expect(answers[0]?.headers.get('retry-after')).toBe('7');
    expect(await struck(id)).toBe(2);
    await fault({ match: { route: '/me' }, effect: 'throttle' });
    const bare = await client.graph('GET', '/me');
    expect([bare.status, bare.headers.get('retry-after')]).toEqual([429, null]);
  });

  test('answers any status and code', async () => {
    await fault({
      match: { route: `${root}/restoreSessions/{id}`, method: 'DELETE' },
      effect: 'status',
      status: 500,
      code: 'IncompleteArtifactDeletion',
      times: 1,
    });
    const id = textOf((await createDraft()).body, 'id');
    expect(codeOf(await client.graph('DELETE', `${root}/restoreSessions/${id}`))).toBe(
      '500 IncompleteArtifactDeletion',
    );
    expect((await client.graph('DELETE', `${root}/restoreSessions/${id}`)).status).toBe(204);
  });

  test.each([
    ['dropBefore', 0],
    ['dropAfter', 1],
  ])('%s cuts the connection with %d done', async (effect, done) => {
    const before = await sessionCount();
    await fault({ match: { route: `${root}/sharePointRestoreSessions`, method: 'post' }, effect, times: 1 });
    await expect(createDraft()).rejects.toThrow();
    expect(await sessionCount()).toBe(before + done);
    const { body } = await client.control('GET', '/requests');
    expect(entries(body['byRoute'])).toContainEqual({
      method: 'POST',
      route: `${root}/sharePointRestoreSessions`,
      status: 0,
      count: 1,
    });
    expect((await client.graph('GET', '/me')).status).toBe(200);
  });

  test('gatewayTimeout answers 504 with the work done', async () => {
    const before = await sessionCount();
    await fault({ match: { route: `${root}/sharePointRestoreSessions` }, effect: 'gatewayTimeout', times: 1 });
    expect((await createDraft()).status).toBe(504);
    expect(await sessionCount()).toBe(before + 1);
  });

  test('delays', async () => {
    await fault({ match: { route: '/me' }, effect: 'delay', ms: 120, times: 1 });
    const begun = performance.now();
    expect((await client.graph('GET', '/me')).status).toBe(200);
    expect(performance.now() - begun).toBeGreaterThan(110);
  });

  test('spoils the answer: no JSON, half of it', async () => {
    await fault({ match: { route: '/me' }, effect: 'malformed', times: 1 });
    const page = await client.graph('GET', '/me');
    expect([page.status, page.headers.get('content-type'), page.text.startsWith('<!DOCTYPE')]).toEqual([
      200,
      'text/html',
      true,
    ]);
    await fault({ match: { route: '/me' }, effect: 'truncated', times: 1 });
    const half = await client.graph('GET', '/me');
    expect(half.headers.get('content-type')).toContain('json');
    expect(() => JSON.parse(half.text)).toThrow();
    expect(half.text).toContain('{"@odata.context"');
  });

  test('brings members and properties of next year, deep inside too', async () => {
    const path = `${root}/protectionUnits/microsoft.graph.siteProtectionUnit?$top=1`;
    const usual = part((await client.graph('GET', path)).body, 'value', 0);
    await fault({ match: { route: `${root}/protectionUnits/*` }, effect: 'unknownEnumMember', times: 1 });
    expect(part((await client.graph('GET', path)).body, 'value', 0)).toMatchObject({
      status: 'memberOfNextYear',
      id: part(usual, 'id'),
    });
    await fault({ match: { route: `${root}/protectionUnits/*` }, effect: 'unknownProperty', times: 1 });
    const more = part((await client.graph('GET', path)).body, 'value', 0);
    expect(more).toMatchObject({
      ...Object.fromEntries(Object.entries(usual ?? {})),
      propertyOfNextYear: expect.anything(),
    });
    await fault({ match: { route: root }, effect: 'unknownEnumMember', times: 1 });
    expect(part((await client.graph('GET', root)).body, 'serviceStatus', 'status')).toBe('memberOfNextYear');
  });

  test('lets a token expire before its time, with a claims challenge where asked', async () => {
    await fault({ match: { route: '/me' }, effect: 'expiredToken', times: 1 });
    expect(codeOf(await client.graph('GET', '/me'))).toBe('401 InvalidAuthenticationToken');
    await fault({ match: { route: '/me' }, effect: 'expiredToken', times: 1, claims: '{"access_token":{}}' });
    const challenge = (await client.graph('GET', '/me')).headers.get('www-authenticate') ?? '';
    const encoded = /claims="([^"]+)"/.exec(challenge)?.[1] ?? '';
    expect(Buffer.from(encoded, 'base64').toString()).toBe('{"access_token":{}}');
  });

  test('concerns only the tenant, method and route that it names', async () => {
    const other = client.ready.tenants[2]?.id ?? '';
    const there = { token: await client.token({ tenantId: other }) };
    const id = await fault({ match: { tenantId: other.toUpperCase() }, effect: 'status', status: 503 });
    expect((await client.graph('GET', '/me')).status).toBe(200);
    expect((await client.graph('GET', '/me', undefined, there)).status).toBe(503);
    await client.control('DELETE', `/faults/${id}`);
    expect((await client.graph('GET', '/me', undefined, there)).status).toBe(200);
    expect((await client.control('DELETE', `/faults/${id}`)).status).toBe(404);
    expect(entries((await client.control('GET', '/faults')).body['value'])).toEqual([]);
  });

  test('of a likelihood strikes by the seed: the same questions meet the same fate', async () => {
    const fates = async () => {
      const own = await startClient();
      await own.control('POST', '/faults', { match: { route: '/me' }, effect: 'throttle', probability: 0.4 });
      const statuses = [];
      for (let asked = 0; asked < 40; asked += 1) statuses.push((await own.graph('GET', '/me')).status);
      await own.stop();
      return statuses;
    };
    const first = await fates();
    expect(await fates()).toEqual(first);
    const hits = first.filter(status => status === 429).length;
    expect(hits).toBeGreaterThan(5);
    expect(hits).toBeLessThan(30);
  });

  test('strikes the parts of a batch alone, the batch only by its own route, sign-in only by its own', async () => {
    await fault({ match: { route: `${root}/serviceApps` }, effect: 'throttle', retryAfterSeconds: 3, times: 1 });
    const all = responses(await batch([get('1', `${root}/serviceApps`), get('2', '/me')]));
    expect(all.get('1')).toMatchObject({ status: 429, headers: { 'Retry-After': '3' } });
    expect(all.get('2')).toMatchObject({ status: 200 });
    await fault({ match: { route: '/me' }, effect: 'dropAfter', times: 1 });
    await expect(batch([get('1', '/me'), get('2', root)])).rejects.toThrow();
    await fault({ match: { route: '/$batch' }, effect: 'gatewayTimeout', times: 1 });
    expect((await batch([get('1', '/me')])).status).toBe(504);
    await fault({ match: {}, effect: 'status', status: 503 });
    expect((await batch([get('1', '/me')])).status).toBe(200);
    expect((await client.graph('GET', '/me')).status).toBe(503);
    await expect(client.appOnlyToken()).resolves.toEqual(expect.any(String));
    await client.control('DELETE', '/faults');
    await fault({ match: { route: '/{tenant}/oauth2/v2.0/token' }, effect: 'status', status: 503, times: 1 });
    await expect(client.appOnlyToken()).rejects.toThrow();
    await expect(client.appOnlyToken()).resolves.toEqual(expect.any(String));
    await fault({ match: { route: '/{tenant}/oauth2/v2.0/token' }, effect: 'dropAfter', times: 1 });
    await expect(client.appOnlyToken()).rejects.toThrow();
  });

  test('without an effect is refused', async () => {
    expect((await client.control('POST', '/faults', { match: {}, effect: 'explode' })).status).toBe(400);
    expect((await client.control('POST', '/faults', { match: { path: '/me' }, effect: 'delay' })).status).toBe(400);
  });
});

describe('the counters', () => {
  test('count round trips and questions by route, status and tenant, since a moment or a number', async () => {
    await client.graph('GET', '/me');
    const { sequence } = await counts();
    await client.graph('GET', `${root}/protectionPolicies/none`);
    await client.graph('GET', '/nowhere/at/all');
    await batch([get('1', '/me'), get('2', '/me')]);
    const since = (await client.control('GET', `/requests?since=${String(sequence)}`)).body;
    expect(since).toMatchObject({
      http: 3,
      questions: 4,
      byTenant: [{ tenantId: client.tenantId, http: 3, questions: 4 }],
    });
    expect(entries(since['byRoute'])).toEqual(
      expect.arrayContaining([
        { method: 'GET', route: `${root}/protectionPolicies/{id}`, status: 400, count: 1 },
        { method: 'GET', route: '(unknown)', status: 400, count: 1 },
        { method: 'GET', route: '/me', status: 200, count: 2 },
        { method: 'POST', route: '/$batch', status: 200, count: 1 },
      ]),
    );
    await client.advance(10);
    await client.graph('GET', '/me');
    expect((await client.control('GET', '/requests?since=2026-03-06T14:00:05Z')).body).toMatchObject({
      http: 1,
      questions: 1,
    });
    expect((await client.control('GET', '/requests?since=then')).status).toBe(400);
  });
});

test('latency is real and the same for all parts of a batch', async () => {
  await client.control('PATCH', `/tenants/${client.tenantId}`, { latencyMs: 80 });
  const begun = performance.now();
  await batch(Array.from({ length: 10 }, (_, number) => get(String(number), '/me')));
  const took = performance.now() - begun;
  await client.control('PATCH', `/tenants/${client.tenantId}`, { latencyMs: 0 });
  expect(took).toBeGreaterThan(75);
  expect(took).toBeLessThan(700);
});
