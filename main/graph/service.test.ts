import { describe, expect, test } from 'vitest';
import { itemsOf, toClockOffset } from './index.ts';
import { failureOf, json, readAll, scriptedGraph, TENANT } from './testing/scripted-graph.ts';

const T = Date.UTC(2026, 2, 6, 14, 5, 9) / 1000;

describe('the state of the service', () => {
  test('and who controls it', async () => {
    const graph = scriptedGraph();
    const root = {
      serviceStatus: {
        status: 'RestoreLocked',
        backupServiceConsumer: 'thirdParty',
        disableReason: 'invalidBillingProfile',
        gracePeriodDateTime: '0001-01-01T00:00:00Z',
        restoreAllowedTillDateTime: '2026-03-06T14:05:09Z',
      },
      next: 1,
    };
    graph.reply(json(200, root));
    expect((await graph.client.forTenant(TENANT).service.fetchStatus()).value).toEqual({
      status: 'restoreLocked',
      consumer: 'thirdparty',
      disableReason: 'invalidBillingProfile',
      restoreAllowedTillAt: T,
      graph: root,
    });
  });

  test('where nothing is said, it is off', async () => {
    const graph = scriptedGraph();
    graph.reply(json(200, {}));
    expect((await graph.client.forTenant(TENANT).service.fetchStatus()).value).toEqual({
      status: 'disabled',
      graph: {},
    });
  });

  test('its apps', async () => {
    const graph = scriptedGraph();
    const app = {
      id: 'app',
      status: 'pendingActive',
      effectiveDateTime: '2026-03-06T14:05:09Z',
      application: { id: 'i', displayName: 'N' },
    };
    graph.reply(json(200, { value: [app] }), json(200, app));
    const tenant = graph.client.forTenant(TENANT);
    const expected = {
      id: 'app',
      status: 'pendingActive',
      effectiveAt: T,
      applicationId: 'i',
      applicationName: 'N',
      graph: app,
    };
    expect(await readAll(itemsOf(tenant.service.listApps()))).toEqual([expected]);
    expect((await tenant.service.fetchApp('app')).value).toEqual(expected);
  });
});

describe('the directory', () => {
  test('the tenant by its default domain', async () => {
    const graph = scriptedGraph();
    const organization = {
      id: TENANT,
      displayName: 'Contoso',
      verifiedDomains: [
        { name: 'contoso.onmicrosoft.com', isDefault: false },
        { name: 'contoso.com', isDefault: true },
        {},
      ],
    };
    graph.reply(json(200, { value: [organization] }));
    expect((await graph.client.forTenant(TENANT).organization.fetch()).value).toEqual({
      tenantId: TENANT,
      name: 'Contoso',
      domain: 'contoso.com',
      domains: ['contoso.onmicrosoft.com', 'contoso.com'],
      graph: organization,
    });
    graph.reply(json(200, { value: [] }));
    expect(await failureOf(graph.client.forTenant(TENANT).organization.fetch())).toMatchObject({
      code: 'clientUnexpectedShape',
    });
  });

  test('the signed-in user and the customers', async () => {
    const graph = scriptedGraph();
    const tenant = graph.client.forTenant(TENANT);
    graph.reply(json(200, { id: 'me', displayName: 'Ann', userPrincipalName: 'ann@msp.example' }));
    expect((await tenant.me.fetch()).value).toMatchObject({
      id: 'me',
      name: 'Ann',
      userPrincipalName: 'ann@msp.example',
    });
    graph.reply(json(200, { value: [{ id: 'i', tenantId: 't', displayName: 'Contoso' }, { id: 'only-id' }] }));
    expect(await readAll(itemsOf(tenant.delegatedAdminCustomers.list()))).toMatchObject([
      { tenantId: 't', name: 'Contoso' },
      { tenantId: 'only-id', name: 'only-id' },
    ]);
    expect(graph.calls.map(call => call.url.pathname)).toEqual([
      '/v1.0/me',
      '/v1.0/tenantRelationships/delegatedAdminCustomers',
    ]);
  });

  test('policies, with their kind and retention', async () => {
    const graph = scriptedGraph();
    const tenant = graph.client.forTenant(TENANT);
    const policy = {
      '@odata.type': '#microsoft.graph.oneDriveForBusinessProtectionPolicy',
      id: 'p',
      displayName: 'Drives',
      status: 'ActiveWithErrors',
      retentionSettings: [{ interval: 'R/PT10M', period: 'P2W' }, { interval: 'R/P1W' }],
    };
    graph.reply(json(200, { value: [policy] }), json(200, policy));
    const expected = {
      id: 'p',
      kind: 'drive',
      name: 'Drives',
      status: 'activeWithErrors',
      retention: [{ interval: 'R/PT10M', period: 'P2W' }],
    };
    expect(await readAll(itemsOf(tenant.policies.list()))).toMatchObject([expected]);
    expect((await tenant.policies.fetch('p')).value).toMatchObject(expected);
  });
});

describe('the time of an answer', () => {
  const ask = async (timeScale: number, headers: Record<string, string> = {}) => {
    const graph = scriptedGraph();
    graph.time.timeScale = timeScale;
    graph.reply(async call => {
      await graph.time.sleep(250);
      return json(200, {}, headers)(call);
    });
    return await graph.time.run(graph.client.forTenant(TENANT).service.fetchStatus());
  };

  test('says when the service looked, in service time', async () => {
    expect(await ask(1)).toMatchObject({ serviceAt: T, roundTripSeconds: 0.25 });
    expect(await ask(60)).toMatchObject({ serviceAt: T, roundTripSeconds: 15 });
  });

  test("gives the offset of the host's clock", async () => {
    const answer = await ask(1);
    expect(toClockOffset(answer)).toBe(T - answer.receivedAt);
  });

  test('is missing where the service sent no readable Date', async () => {
    const answer = await ask(1, { Date: 'once upon a time' });
    expect(answer).not.toHaveProperty('serviceAt');
    expect(toClockOffset(answer)).toBeUndefined();
  });

  test('counts from the last try, not from the first', async () => {
    const graph = scriptedGraph();
    graph.reply(json(429, {}, { 'Retry-After': '90' }), json(200, {}));
    const answer = await graph.time.run(graph.client.forTenant(TENANT).service.fetchStatus());
    expect(answer).toMatchObject({ roundTripSeconds: 0, receivedAt: graph.time.startedAt + 90 });
  });
});
