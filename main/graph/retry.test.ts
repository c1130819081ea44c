import { describe, expect, test } from 'vitest';
import { clientFaults, type TenantGraph } from './index.ts';
import {
  failureOf,
  json,
  lost,
  never,
  refusal,
  type Reply,
  scriptedGraph,
  TENANT,
  tokenOf,
} from './testing/scripted-graph.ts';

const root = json(200, { serviceStatus: { status: 'enabled' } });
const session = json(200, { id: 's1', status: 'activating' });
const html: Reply = () =>
  new Response('<html>Bad gateway</html>', { status: 200, headers: { 'Content-Type': 'text/html' } });
const cut: Reply = () => new Response('{"serviceStatus": {"sta', { status: 200 });
const challenge = (claims: string) =>
  refusal(401, 'InvalidAuthenticationToken', {
    'WWW-Authenticate': `Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", error="insufficient_claims", claims="${Buffer.from(claims).toString('base64')}"`,
  });

const writes: readonly (readonly [string, (tenant: TenantGraph) => Promise<unknown>])[] = [
  ['create', tenant => tenant.restoreSessions.create('site', [{ restorePointId: 'p', destinationType: 'new' }])],
  ['update', tenant => tenant.restoreSessions.update('site', 's1', { remove: ['a1'] })],
  ['activate', tenant => tenant.restoreSessions.activate('s1')],
  ['delete', tenant => tenant.restoreSessions.delete('s1')],
];

describe('a read', () => {
  test.each([
    ['500', refusal(500, 'UnknownError')],
    ['502', refusal(502, 'BadGateway')],
    ['503 without Retry-After', refusal(503, 'ServiceUnavailable')],
    ['504', refusal(504, 'GatewayTimeout')],
    ['408', refusal(408, 'RequestTimeout')],
    ['a lost connection', lost()],
    ['an answer that is no JSON', html],
    ['an answer cut short', cut],
    ['no answer in time', never],
  ])('is asked again after %s', async (_, failure) => {
    const graph = scriptedGraph();
    graph.reply(failure, root);
    const answer = await graph.time.run(graph.client.forTenant(TENANT).service.fetchStatus());
    expect(answer.value.status).toBe('enabled');
    expect(graph.calls).toHaveLength(2);
  });

  test('is asked five times at most, its waits doubled, with jitter and a ceiling', async () => {
    const graph = scriptedGraph({ retry: { baseSeconds: 1, ceilingSeconds: 5 } });
    const at: number[] = [];
    graph.always(call => {
      at.push(graph.time.seconds);
      return refusal(500, 'UnknownError')(call);
    });
    const tenant = graph.client.forTenant(TENANT);
    expect(await failureOf(graph.time.run(tenant.service.fetchStatus()))).toMatchObject({
      code: 'UnknownError',
      status: 500,
      outcome: 'nothing-done',
    });
    expect(at).toEqual([0, 0.5, 1.5, 3.5, 6]);

    at.length = 0;
    graph.time.chance = 0.5;
    const from = graph.time.seconds;
    await failureOf(graph.time.run(tenant.service.fetchStatus()));
    expect(at.map(seconds => seconds - from)).toEqual([0, 0.75, 2.25, 5.25, 9]);
  });

  test.each([400, 403, 404, 409, 410, 413, 501])('is not asked again after %d', async status => {
    const graph = scriptedGraph();
    graph.always(refusal(status, 'RestoreSessionNotFound'));
    expect(await failureOf(graph.time.run(graph.client.forTenant(TENANT).restoreSessions.fetch('s1')))).toMatchObject({
      status,
      code: 'RestoreSessionNotFound',
      outcome: status === 501 ? 'nothing-done' : 'refused',
    });
    expect(graph.calls).toHaveLength(1);
  });

  test('a search is a read, though a POST', async () => {
    const graph = scriptedGraph();
    graph.reply(refusal(504, 'GatewayTimeout'), json(200, { searchResults: [], noResultProtectionUnitIds: ['u1'] }));
    const search = graph.client.forTenant(TENANT).restorePoints.search({ unitIds: ['u1'], preference: 'latest' });
    expect((await graph.time.run(search)).value.noResultUnitIds).toEqual(['u1']);
  });

  test('a shape that is not documented is not asked again', async () => {
    const graph = scriptedGraph();
    graph.always(json(200, [1, 2]));
    expect(await failureOf(graph.time.run(graph.client.forTenant(TENANT).service.fetchStatus()))).toMatchObject({
      code: clientFaults.unexpectedShape,
      body: [1, 2],
    });
    expect(graph.calls).toHaveLength(1);
  });
});

describe('a write', () => {
  describe.each(writes)('%s', (_name, write) => {
    test.each([
      ['504', refusal(504, 'GatewayTimeout'), 504],
      ['500', refusal(500, 'UnknownError'), 500],
      ['503', refusal(503, 'ServiceUnavailable', { 'Retry-After': '1' }), 503],
      ['408', refusal(408, 'RequestTimeout'), 408],
      ['a lost connection', lost(), 0],
      ['no answer in time', never, 0],
    ])('is never repeated after %s: its outcome is unknown', async (_, failure, status) => {
      const graph = scriptedGraph();
      graph.always(failure);
      const error = await failureOf(graph.time.run(write(graph.client.forTenant(TENANT))));
      expect(error).toMatchObject({ outcome: 'unknown', status });
      expect(graph.calls).toHaveLength(1);
    });

    test.each([400, 403, 404, 409, 413])('is refused by %d and not repeated', async status => {
      const graph = scriptedGraph();
      graph.always(refusal(status, 'RestoreSessionActionNotAllowed'));
      expect(await failureOf(graph.time.run(write(graph.client.forTenant(TENANT))))).toMatchObject({
        outcome: 'refused',
        code: 'RestoreSessionActionNotAllowed',
        status,
        requestId: 'the-request-id',
        message: 'RestoreSessionActionNotAllowed was said',
      });
      expect(graph.calls).toHaveLength(1);
    });

    test('is repeated after a 429, once the asked time has passed', async () => {
      const graph = scriptedGraph();
      graph.reply(refusal(429, 'TooManyRequests', { 'Retry-After': '7' }));
      graph.always(json(200, { id: 's1', 'siteRestoreArtifacts@delta': [] }));
      await graph.time.run(write(graph.client.forTenant(TENANT)));
      expect(graph.calls).toHaveLength(2);
      expect(graph.time.seconds).toBe(7);
    });

    test('that could not even connect did nothing, and is not repeated', async () => {
      const graph = scriptedGraph();
      graph.always(lost('ECONNREFUSED'));
      expect(await failureOf(graph.time.run(write(graph.client.forTenant(TENANT))))).toMatchObject({
        code: clientFaults.networkLost,
        outcome: 'nothing-done',
      });
      expect(graph.calls).toHaveLength(1);
    });
  });

  test.each(writes.filter(([name]) => name !== 'delete'))(
    '%s, done, but with an answer that can not be read: unknown',
    async (_, write) => {
      for (const failure of [html, cut, json(200, 'done')]) {
        const graph = scriptedGraph();
        graph.always(failure);
        expect(await failureOf(graph.time.run(write(graph.client.forTenant(TENANT))))).toMatchObject({
          outcome: 'unknown',
          status: 200,
        });
        expect(graph.calls).toHaveLength(1);
      }
    },
  );

  test('waits out TooManyActiveRestoreSessions, in any letter case, and gives up with nothing done', async () => {
    const graph = scriptedGraph();
    graph.reply(refusal(500, 'TooManyActiveRestoreSessions'), refusal(500, 'tooManyActiveRestoreSessions'), session);
    const tenant = graph.client.forTenant(TENANT);
    expect((await graph.time.run(tenant.restoreSessions.activate('s1'))).value.status).toBe('activating');
    expect(graph.calls).toHaveLength(3);

    graph.always(refusal(500, 'TooManyActiveRestoreSessions'));
    expect(await failureOf(graph.time.run(tenant.restoreSessions.activate('s1')))).toMatchObject({
      code: 'TooManyActiveRestoreSessions',
      outcome: 'nothing-done',
    });
    expect(graph.calls).toHaveLength(3 + 5);
  });

  test('waits out IncompleteArtifactDeletion, but half a deletion is not nothing', async () => {
    const graph = scriptedGraph();
    graph.reply(refusal(500, 'IncompleteArtifactDeletion'), json(204));
    const tenant = graph.client.forTenant(TENANT);
    expect((await graph.time.run(tenant.restoreSessions.delete('s1'))).status).toBe(204);

    graph.always(refusal(500, 'IncompleteArtifactDeletion'));
    expect(await failureOf(graph.time.run(tenant.restoreSessions.delete('s1')))).toMatchObject({ outcome: 'unknown' });
  });

  test('a wait code of another endpoint is not one of this', async () => {
    const graph = scriptedGraph();
    graph.always(refusal(500, 'TooManyActiveRestoreSessions'));
    const create = graph.client
      .forTenant(TENANT)
      .restoreSessions.create('site', [{ restorePointId: 'p', destinationType: 'new' }]);
    expect(await failureOf(graph.time.run(create))).toMatchObject({ outcome: 'unknown' });
    expect(graph.calls).toHaveLength(1);
  });
});

describe('a token that the service refuses', () => {
  const claims = '{"access_token":{"nbf":{"essential":true,"value":"1772805600"}}}';

  test.each([
    ['a read', (tenant: TenantGraph) => tenant.restoreSessions.fetch('s1')],
    ['a write', (tenant: TenantGraph) => tenant.restoreSessions.activate('s1')],
  ])('with a claims challenge: %s is repeated once, with a token that meets it', async (_, work) => {
    const graph = scriptedGraph();
    const renewed = tokenOf(TENANT, { nbf: 1 });
    graph.tokens.issue = (tenantId, options) => ({
      token: options.claims === claims ? renewed : tokenOf(tenantId),
      tenantId,
    });
    graph.reply(challenge(claims), session);
    expect((await work(graph.client.forTenant(TENANT))).value.id).toBe('s1');
    expect(graph.tokens.asked.map(({ options }) => options.claims)).toEqual([undefined, claims]);
    expect(graph.calls[1]?.headers.get('Authorization')).toBe(`Bearer ${renewed}`);
  });

  test('challenged again: it is final, and says what to meet', async () => {
    const graph = scriptedGraph();
    graph.always(challenge(claims));
    expect(await failureOf(graph.client.forTenant(TENANT).restoreSessions.activate('s1'))).toMatchObject({
      status: 401,
      outcome: 'refused',
      claims,
    });
    expect(graph.calls).toHaveLength(2);
  });

  test('where the challenge needs the person: the claims are kept for the prompt', async () => {
    const graph = scriptedGraph();
    graph.tokens.issue = (tenantId, options) => {
      if (options.claims !== undefined) throw new Error('interaction required');
      return { token: tokenOf(tenantId), tenantId };
    };
    graph.always(challenge(claims));
    expect(await failureOf(graph.client.forTenant(TENANT).restoreSessions.activate('s1'))).toMatchObject({
      code: clientFaults.tokenUnavailable,
      outcome: 'nothing-done',
      claims,
    });
  });

  test('expired, without a challenge: once more with a fresh one, then final', async () => {
    const graph = scriptedGraph();
    graph.reply(refusal(401, 'InvalidAuthenticationToken'), root);
    const tenant = graph.client.forTenant(TENANT);
    await tenant.service.fetchStatus();
    expect(graph.tokens.asked.map(({ options }) => options.forceRefresh)).toEqual([undefined, true]);

    graph.always(refusal(401, 'InvalidAuthenticationToken'));
    expect(await failureOf(tenant.service.fetchStatus())).toMatchObject({ status: 401, outcome: 'refused' });
    expect(graph.calls).toHaveLength(4);
  });

  test('the new token is checked like the first', async () => {
    const graph = scriptedGraph();
    graph.tokens.issue = (tenantId, options) =>
      options.claims === undefined ? { token: tokenOf(tenantId), tenantId } : { token: tokenOf('another'), tenantId };
    graph.always(challenge(claims));
    expect(await failureOf(graph.client.forTenant(TENANT).restoreSessions.activate('s1'))).toMatchObject({
      code: clientFaults.wrongTenant,
    });
    expect(graph.calls).toHaveLength(1);
  });
});
