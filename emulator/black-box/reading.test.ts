import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { entries, part, root, startClient, textOf } from './emulator-client.ts';
import type { EmulatorClient, Json } from './emulator-client.ts';

let client: EmulatorClient;
beforeAll(async () => {
  client = await startClient({ units: 250 });
});
afterAll(() => client.stop());

describe('the directory', () => {
  test('tells the organisation, the caller, and the customers to the partner only', async () => {
    const organization = await client.graph('GET', '/organization');
    expect(part(organization.body, 'value', 0)).toMatchObject({
      id: client.tenantId,
      displayName: client.ready.tenants[1]?.displayName,
    });
    expect((await client.graph('GET', '/me')).body).toMatchObject({
      userPrincipalName: client.ready.users[0]?.userPrincipalName,
    });
    const atHome = await client.token({ tenantId: client.ready.tenants[0]?.id ?? '' });
    const customers = await client.graph('GET', '/tenantRelationships/delegatedAdminCustomers', undefined, {
      token: atHome,
    });
    expect(entries(customers.body['value']).map(customer => customer['tenantId'])).toEqual(
      client.ready.tenants.slice(1).map(({ id }) => id),
    );
    const inCustomer = await client.graph('GET', '/tenantRelationships/delegatedAdminCustomers');
    expect(inCustomer.body['value']).toEqual([]);
  });
});

describe('the service', () => {
  test('tells its status, its apps and its policies', async () => {
    expect((await client.graph('GET', root)).body).toMatchObject({
      serviceStatus: { status: 'enabled', backupServiceConsumer: 'thirdparty', disableReason: 'none' },
    });
    const apps = await client.graph('GET', `${root}/serviceApps`);
    expect(part(apps.body, 'value', 0)).toMatchObject({ id: client.ready.clientId, status: 'active' });
    expect((await client.graph('GET', `${root}/serviceApps/${client.ready.clientId}`)).body['status']).toBe('active');
    const policies = entries((await client.graph('GET', `${root}/protectionPolicies`)).body['value']);
    expect(new Set(policies.map(policy => policy['@odata.type']))).toEqual(
      new Set([
        '#microsoft.graph.sharePointProtectionPolicy',
        '#microsoft.graph.oneDriveForBusinessProtectionPolicy',
        '#microsoft.graph.exchangeProtectionPolicy',
      ]),
    );
    const [policy] = policies;
    const id = textOf(policy, 'id');
    expect((await client.graph('GET', `${root}/protectionPolicies/${id}`)).body).toMatchObject({
      id,
      retentionSettings: policy?.['retentionSettings'],
    });
    expect((await client.graph('GET', `${root}/sharePointProtectionPolicies/${id}`)).status).toBe(200);
    expect((await client.graph('GET', `${root}/exchangeProtectionPolicies/${id}`)).body).toMatchObject({
      error: { code: 'PolicyNotFound' },
    });
  });

  test.each([
    ['protectionPolicies/none', 400, 'InvalidPolicyId'],
    ['protectionPolicies/9fec8e78-bce4-4aaf-ab1b-5451cc387264', 404, 'PolicyNotFound'],
    ['sharePointProtectionPolicies/none/siteProtectionUnits', 400, 'InvalidPolicyId'],
    ['sharePointProtectionPolicies/9fec8e78-bce4-4aaf-ab1b-5451cc387264/siteProtectionUnits', 404, 'PolicyNotFound'],
    ['protectionUnits/none', 400, 'InvalidProtectionUnitId'],
    ['protectionUnits/9fec8e78-bce4-4aaf-ab1b-5451cc387264', 404, 'ProtectionUnitNotFound'],
    ['restoreSessions/none', 400, 'InvalidRestoreSessionId'],
    ['restoreSessions/9fec8e78-bce4-4aaf-ab1b-5451cc387264', 404, 'RestoreSessionNotFound'],
    ['sharePointRestoreSessions/none/siteRestoreArtifacts', 400, 'InvalidRestoreSessionId'],
    ['serviceApps/none', 404, 'itemNotFound'],
    ['restorePoints/none', 404, 'itemNotFound'],
    ['protectionUnits/microsoft.graph.siteProtectionUnit?$filter=' + 'x'.repeat(5000), 400, 'FilterLengthExceeded'],
    ['nothing', 400, 'BadRequest'],
  ])('answers %s with %d %s', async (path, status, code) => {
    const answer = await client.graph('GET', `${root}/${path}`, undefined, {
      headers: { 'client-request-id': 'mine' },
    });
    expect(answer.status).toBe(status);
    expect(answer.body).toEqual({
      error: {
        code,
        message: expect.any(String),
        innerError: {
          date: '2026-03-06T14:00:00',
          'request-id': answer.headers.get('request-id'),
          'client-request-id': 'mine',
        },
      },
    });
    expect(answer.headers.get('client-request-id')).toBe('mine');
    expect(answer.headers.get('date')).toBe('Fri, 06 Mar 2026 14:00:00 GMT');
  });

  test('does not mind the letter case of a path, nor keys in parentheses', async () => {
    const one = await client.graph(
      'GET',
      `/Solutions/BACKUPRESTORE/ProtectionUnits/Microsoft.Graph.SiteProtectionUnit?$top=1`,
    );
    const id = textOf(one.body, 'value', 0, 'id');
    expect((await client.graph('GET', `${root}/protectionUnits('${id}')`)).body['id']).toBe(id);
    expect((await client.graph('GET', `${root}/protectionUnits(${id})`)).body['id']).toBe(id);
  });

  test('knows no other method and no other version', async () => {
    expect((await client.graph('PUT', root)).status).toBe(405);
    expect((await client.graph('GET', `${client.ready.url}/v2.0/me`)).status).toBe(404);
    expect((await client.graph('GET', `${client.ready.url}/beta/me`)).status).toBe(200);
  });
});

describe('protection units', () => {
  const walk = async (first: string, token?: string) => {
    const found: Json[] = [];
    let pages = 0;
    for (let next: unknown = first; typeof next === 'string'; pages += 1) {
      const answer = await client.graph('GET', next, undefined, token === undefined ? {} : { token });
      expect(answer.status).toBe(200);
      found.push(...entries(answer.body['value']));
      next = answer.body['@odata.nextLink'];
    }
    return { found, pages };
  };

  test('of all kinds together are as many as the ready line says, page by page', async () => {
    let total = 0;
    for (const kind of ['site', 'drive', 'mailbox']) {
      const { found } = await walk(`${root}/protectionUnits/microsoft.graph.${kind}ProtectionUnit`);
      expect(new Set(found.map(unit => unit['id'])).size).toBe(found.length);
      expect(new Set(found.map(unit => unit['@odata.type']))).toEqual(
        new Set([`#microsoft.graph.${kind}ProtectionUnit`]),
      );
      total += found.length;
    }
    expect(total).toBe(250);
    const { found, pages } = await walk(`${root}/protectionUnits/microsoft.graph.driveProtectionUnit?$top=10`);
    expect(found).toHaveLength(87);
    expect(pages).toBe(9);
  });

  test('of the policies are those of the tenant that name them', async () => {
    const { found } = await walk(`${root}/protectionUnits/microsoft.graph.siteProtectionUnit`);
    const policies = new Set(found.flatMap(unit => (typeof unit['policyId'] === 'string' ? [unit['policyId']] : [])));
    expect(policies.size).toBe(2);
    for (const policy of policies) {
      const ofPolicy = await walk(`${root}/sharePointProtectionPolicies/${policy}/siteProtectionUnits?$top=7`);
      expect(ofPolicy.found).toEqual(found.filter(unit => unit['policyId'] === policy));
    }
  });

  test('have names for signed-in people only', async () => {
    const path = `${root}/protectionUnits/microsoft.graph`;
    const drive = part((await client.graph('GET', `${path}.driveProtectionUnit?$top=1`)).body, 'value', 0);
    expect(drive).toMatchObject({
      displayName: expect.any(String),
      email: expect.stringContaining('@'),
      directoryObjectId: expect.any(String),
      error: null,
      offboardRequestedDateTime: '0001-01-01T00:00:00.0000000Z',
    });
    const token = await client.appOnlyToken();
    const unnamed = part(
      (await client.graph('GET', `${path}.driveProtectionUnit?$top=1`, undefined, { token })).body,
      'value',
      0,
    );
    expect(unnamed).toMatchObject({ directoryObjectId: part(drive, 'directoryObjectId') });
    expect(unnamed).not.toHaveProperty('displayName');
    expect(unnamed).not.toHaveProperty('email');
    const site = part(
      (await client.graph('GET', `${path}.siteProtectionUnit?$top=1`, undefined, { token })).body,
      'value',
      0,
    );
    expect(site).toHaveProperty('siteId');
    expect(site).not.toHaveProperty('siteName');
  });

  test('are counted, selected and limited as asked', async () => {
    const path = `${root}/protectionUnits/microsoft.graph.siteProtectionUnit`;
    const answer = await client.graph('GET', `${path}?$top=2&$count=true&$select=id,status`);
    expect(answer.body['@odata.count']).toBe(76);
    expect(Object.keys(entries(answer.body['value'])[0] ?? {}).toSorted()).toEqual(['@odata.type', 'id', 'status']);
    for (const bad of ['$top=0', '$top=1000', '$top=x', '$skiptoken=zzz', "$filter=id eq 'x'"]) {
      expect((await client.graph('GET', `${path}?${bad}`)).status, bad).toBe(400);
    }
  });

  test('in a state that came late are told to those who ask for all members', async () => {
    const { body } = await client.graph('GET', `${root}/protectionUnits/microsoft.graph.mailboxProtectionUnit?$top=1`);
    const id = textOf(body, 'value', 0, 'id');
    await client.control('POST', `/tenants/${client.tenantId}/entities`, {
      collection: 'mailboxProtectionUnits',
      value: [{ id, status: 'offboardRequested' }],
    });
    expect((await client.graph('GET', `${root}/protectionUnits/${id}`)).body['status']).toBe('unknownFutureValue');
    const headers = { Prefer: 'odata.maxpagesize=5, include-unknown-enum-members' };
    expect((await client.graph('GET', `${root}/protectionUnits/${id}`, undefined, { headers })).body['status']).toBe(
      'offboardRequested',
    );
  });
});
