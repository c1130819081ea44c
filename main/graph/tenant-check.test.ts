import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { clientFaults, GraphError, itemsOf } from './index.ts';
import {
  failureOf,
  json,
  readAll,
  ORIGIN,
  OTHER_TENANT,
  scriptedGraph,
  TENANT,
  tokenOf,
} from './testing/scripted-graph.ts';

const artifact = { restorePointId: 'p1', destinationType: 'inPlace' } as const;
const page = (nextLink: string) => json(200, { value: [{ id: 'u1' }], '@odata.nextLink': nextLink });
const afterAPage = async (nextLink: string) => {
  const graph = scriptedGraph();
  graph.reply(page(nextLink));
  graph.always(json(200, { value: [] }));
  const error = await failureOf(readAll(itemsOf(graph.client.forTenant(TENANT).units.list('site'))));
  return { graph, error };
};

describe('a token of another tenant', () => {
  test.each([
    ['reported as the other tenant', { token: tokenOf(TENANT), tenantId: OTHER_TENANT }],
    ['the other tenant by its own claim', { token: tokenOf(OTHER_TENANT), tenantId: TENANT }],
    ['without a tenant claim', { token: tokenOf(TENANT, { tid: undefined }), tenantId: TENANT }],
    ['not readable', { token: 'opaque', tenantId: TENANT }],
    ['not JSON inside', { token: 'a.b.c', tenantId: TENANT }],
  ])('%s: nothing leaves, read, write or batch', async (_, issued) => {
    const graph = scriptedGraph();
    graph.tokens.issue = () => issued;
    const tenant = graph.client.forTenant(TENANT);
    for (const work of [
      tenant.service.fetchStatus(),
      tenant.restoreSessions.create('site', [artifact]),
      tenant.restoreSessions.activate('s1'),
    ]) {
      const error = await failureOf(work);
      expect(error).toMatchObject({
        code: clientFaults.wrongTenant,
        outcome: 'nothing-done',
        status: 0,
        tenantId: TENANT,
      });
      expect(JSON.stringify(error) + String(error)).not.toContain(issued.token);
    }
    const parts = await tenant.batch([
      { effect: 'read', method: 'GET', path: '/me', scopes: [], toValue: () => 1 },
      { effect: 'read', method: 'GET', path: '/organization', scopes: [], toValue: () => 2 },
    ]);
    expect(parts.map(part => !part.ok && part.error.code)).toEqual([
      clientFaults.wrongTenant,
      clientFaults.wrongTenant,
    ]);
    expect(graph.calls).toEqual([]);
  });

  test('is told apart regardless of letter case alone', async () => {
    const graph = scriptedGraph();
    graph.tokens.issue = () => ({ token: tokenOf(TENANT.toUpperCase()), tenantId: TENANT.toUpperCase() });
    graph.reply(json(200, { serviceStatus: { status: 'enabled' } }));
    expect((await graph.client.forTenant(TENANT).service.fetchStatus()).value.status).toBe('enabled');
  });

  test('a source that has no token: typed, with its own error as cause', async () => {
    const graph = scriptedGraph();
    const cause = new Error('interaction required');
    graph.tokens.issue = () => {
      throw cause;
    };
    expect(await failureOf(graph.client.forTenant(TENANT).service.fetchStatus())).toMatchObject({
      code: clientFaults.tokenUnavailable,
      outcome: 'nothing-done',
      cause,
    });
    expect(graph.calls).toEqual([]);
  });
});

describe('the token goes to Graph alone', () => {
  test('and with every request of it', async () => {
    const graph = scriptedGraph();
    graph.reply(json(200, { serviceStatus: {} }));
    await graph.client.forTenant(TENANT).service.fetchStatus();
    const [call] = graph.calls;
    expect(call?.url.href).toBe(`${ORIGIN}/v1.0/solutions/backupRestore`);
    expect(call?.headers.get('Authorization')).toBe(`Bearer ${tokenOf(TENANT)}`);
    expect(call?.headers.get('Prefer')).toBe('include-unknown-enum-members');
    expect(call?.headers.get('client-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect(call?.redirect).toBe('manual');
    expect(call?.credentials).toBe('omit');
  });

  test('an emulator on plain http gets it too, where it is the configured Graph', async () => {
    const graph = scriptedGraph({ graphOrigin: 'http://127.0.0.1:4000' });
    graph.reply(json(200, { serviceStatus: {} }));
    await graph.client.forTenant(TENANT).service.fetchStatus();
    expect(graph.calls[0]?.url.href).toBe('http://127.0.0.1:4000/v1.0/solutions/backupRestore');
    expect(graph.calls[0]?.headers.get('Authorization')).toBe(`Bearer ${tokenOf(TENANT)}`);
  });

  test.each([
    'https://graph.microsoft.com.evil.example/v1.0/x',
    'http://graph.microsoft.com/v1.0/x',
    'https://graph.microsoft.com:444/v1.0/x',
    'https://user:pass@graph.microsoft.com/v1.0/x',
    'https://graph.microsoft.com@evil.example/x',
    '//evil.example/v1.0/x',
    '\\\\evil.example\\x',
    'file:///etc/passwd',
    'https://',
  ])('a next link to %s is refused', async nextLink => {
    const { graph, error } = await afterAPage(nextLink);
    expect(error).toMatchObject({ code: clientFaults.foreignOrigin, outcome: 'nothing-done', tenantId: TENANT });
    expect(graph.calls).toHaveLength(1);
  });

  test('and the error says where it led', async () => {
    const { error } = await afterAPage('https://evil.example/v1.0/solutions/backupRestore/x');
    expect(error).toMatchObject({ code: clientFaults.foreignOrigin, origin: 'https://evil.example' });
  });

  test.each([301, 302, 303, 307, 308])('a redirect (%d) to another origin is refused', async status => {
    const graph = scriptedGraph();
    graph.always(json(status, undefined, { Location: 'https://evil.example/v1.0/solutions/backupRestore' }));
    expect(await failureOf(graph.client.forTenant(TENANT).service.fetchStatus())).toMatchObject({
      code: clientFaults.redirected,
      status,
      tenantId: TENANT,
      origin: 'https://evil.example',
      outcome: 'nothing-done',
    });
    expect(graph.calls).toHaveLength(1);
  });

  test('a redirect that a host hides is refused', async () => {
    const graph = scriptedGraph();
    graph.always(() => Response.error());
    expect(await failureOf(graph.client.forTenant(TENANT).service.fetchStatus())).toMatchObject({
      code: clientFaults.redirected,
    });
    expect(graph.calls).toHaveLength(1);
  });

  test('a redirect of a read within Graph is followed, but not for ever', async () => {
    const graph = scriptedGraph();
    graph.reply(
      json(307, undefined, { Location: '/v1.0/elsewhere' }),
      json(200, { serviceStatus: { status: 'enabled' } }),
    );
    expect((await graph.client.forTenant(TENANT).service.fetchStatus()).value.status).toBe('enabled');
    expect(graph.calls.map(call => call.url.pathname)).toEqual(['/v1.0/solutions/backupRestore', '/v1.0/elsewhere']);

    graph.always(json(307, undefined, { Location: '/v1.0/again' }));
    expect(await failureOf(graph.client.forTenant(TENANT).service.fetchStatus())).toMatchObject({
      code: clientFaults.redirected,
    });
    expect(graph.calls).toHaveLength(2 + 6);
  });

  test('a redirect of a write is refused even within Graph, its outcome unknown', async () => {
    const graph = scriptedGraph();
    graph.always(json(307, undefined, { Location: '/v1.0/elsewhere' }));
    expect(await failureOf(graph.client.forTenant(TENANT).restoreSessions.activate('s1'))).toMatchObject({
      code: clientFaults.redirected,
      outcome: 'unknown',
    });
    expect(graph.calls).toHaveLength(1);
  });

  test('an error never holds a token', async () => {
    const graph = scriptedGraph();
    graph.always(json(403, { error: { code: 'Forbidden', message: 'no' } }));
    const error = await failureOf(graph.client.forTenant(TENANT).service.fetchStatus());
    expect(error).toBeInstanceOf(GraphError);
    expect(inspect(error, { depth: null, showHidden: true })).not.toContain(tokenOf(TENANT));
  });
});
