import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { allScopes, entries, part, root, startClient, textOf } from './emulator-client.ts';
import type { Answer, EmulatorClient } from './emulator-client.ts';

let client: EmulatorClient;
beforeAll(async () => {
  client = await startClient();
});
beforeEach(() =>
  client.control('PATCH', `/tenants/${client.tenantId}`, {
    controller: 'self',
    controlPassesDateTime: null,
    throttle: null,
  }),
);
afterAll(() => client.stop());

const codeOf = (answer: Answer) => `${answer.status} ${String(part(answer.body, 'error', 'code'))}`;
const withScopes = async (...scopes: string[]) => ({ token: await client.token({ scopes }) });
const units = `${root}/protectionUnits/microsoft.graph`;

describe('a token', () => {
  test('is needed, must be this emulator’s own, and for Graph', async () => {
    const good = await client.token();
    const [header, payload, signature] = good.split('.');
    for (const authorization of [
      '',
      'Basic abc',
      'Bearer x',
      `Bearer ${header}.${payload}.AAAA${signature?.slice(4)}`,
    ]) {
      const answer = await client.graph('GET', '/me', undefined, { headers: { authorization } });
      expect(codeOf(answer)).toBe('401 InvalidAuthenticationToken');
      expect(answer.headers.get('www-authenticate')).toContain('Bearer');
    }
    const claims: unknown = JSON.parse(Buffer.from(payload ?? '', 'base64url').toString());
    expect(claims).toMatchObject({
      tid: client.tenantId,
      oid: client.ready.users[0]?.objectId,
      appid: client.ready.clientId,
      aud: 'https://graph.microsoft.com',
      scp: allScopes.join(' '),
      wids: ['1707125e-0aa2-4d4d-8655-a7c786c76a25'],
    });
  });

  test('expires in real time, as its tenant says', async () => {
    await client.control('PATCH', `/tenants/${client.tenantId}`, { tokenLifetimeSeconds: 1 });
    const { body } = await client.control('POST', '/tokens', {
      tenantId: client.tenantId,
      userPrincipalName: client.ready.users[0]?.userPrincipalName,
      scopes: ['User.Read'],
    });
    await client.control('PATCH', `/tenants/${client.tenantId}`, { tokenLifetimeSeconds: 3600 });
    const token = textOf(body, 'accessToken');
    await expect
      .poll(async () => (await client.graph('GET', '/me', undefined, { token })).status, {
        interval: 100,
        timeout: 5000,
      })
      .toBe(401);
  });

  test('reaches its own tenant only', async () => {
    const other = client.ready.tenants[2]?.id ?? '';
    const there = await client.graph('GET', `${units}.siteProtectionUnit`, undefined, {
      token: await client.token({ tenantId: other }),
    });
    const here = await client.graph('GET', `${units}.siteProtectionUnit`);
    const hereIds = new Set(entries(here.body['value']).map(unit => unit['id']));
    expect(entries(there.body['value']).some(unit => hereIds.has(unit['id']))).toBe(false);
    const foreign = textOf(there.body, 'value', 0, 'id');
    expect((await client.graph('GET', `${root}/protectionUnits/${foreign}`)).status).toBe(404);
    const [point] = await client.newestPoints(await client.unitsWithPoints('site', 1));
    const elsewhere = await client.graph('GET', `${root}/restorePoints/${point?.id}`, undefined, {
      token: await client.token({ tenantId: other }),
    });
    expect(elsewhere.status).toBe(404);
  });
});

describe('a permission', () => {
  test.each([
    ['GET', root, 'BackupRestore-Control.Read.All', 'BackupRestore-Configuration.Read.All'],
    ['GET', `${root}/serviceApps`, 'BackupRestore-Control.ReadWrite.All', 'BackupRestore-Restore.ReadWrite.All'],
    [
      'GET',
      `${root}/protectionPolicies`,
      'BackupRestore-Configuration.ReadWrite.All',
      'BackupRestore-Control.Read.All',
    ],
    [
      'GET',
      `${units}.siteProtectionUnit`,
      'BackupRestore-Configuration.Read.All',
      'BackupRestore-Configuration.ReadWrite.All',
    ],
    ['GET', `${root}/restoreSessions`, 'BackupRestore-Restore.ReadWrite.All', 'BackupRestore-Search.Read.All'],
    ['GET', '/organization', 'Organization.Read.All', 'BackupRestore-Restore.Read.All'],
    ['GET', '/tenantRelationships/delegatedAdminCustomers', 'DelegatedAdminRelationship.Read.All', 'User.Read'],
    [
      'POST',
      `${root}/exchangeRestoreSessions`,
      'BackupRestore-Restore.ReadWrite.All',
      'BackupRestore-Restore.Read.All',
    ],
  ])('%s %s is opened by %s, not by %s', async (method, path, right, wrong) => {
    expect([200, 201]).toContain((await client.graph(method, path, undefined, await withScopes(right))).status);
    expect(codeOf(await client.graph(method, path, undefined, await withScopes(wrong)))).toBe(
      '403 Authorization_RequestDenied',
    );
  });

  test('to read artifacts is not that to write them, and searching needs its own', async () => {
    const created = await client.graph('POST', `${root}/exchangeRestoreSessions`);
    const path = `${root}/exchangeRestoreSessions/${textOf(created.body, 'id')}/mailboxRestoreArtifacts`;
    expect(
      (await client.graph('GET', path, undefined, await withScopes('BackupRestore-Restore.ReadWrite.All'))).status,
    ).toBe(403);
    expect(
      (await client.graph('GET', path, undefined, await withScopes('BackupRestore-Restore.Read.All'))).status,
    ).toBe(200);
    const search = (token: { token: string }) => client.graph('POST', `${root}/restorePoints/search`, {}, token);
    expect((await search(await withScopes('BackupRestore-Restore.Read.All'))).status).toBe(403);
    expect((await search(await withScopes('BackupRestore-Search.Read.All'))).status).toBe(400);
  });

  test('of an application opens the same without a role, but not the calls of a person', async () => {
    const token = await client.appOnlyToken();
    expect((await client.graph('GET', root, undefined, { token })).status).toBe(200);
    expect((await client.graph('POST', `${root}/sharePointRestoreSessions`, undefined, { token })).status).toBe(201);
    expect((await client.graph('GET', '/me', undefined, { token })).status).toBe(403);
    await client.control('PATCH', `/tenants/${client.tenantId}`, {
      consentedRoles: ['BackupRestore-Control.Read.All'],
    });
    const less = await client.appOnlyToken();
    expect((await client.graph('GET', root, undefined, { token: less })).status).toBe(200);
    expect((await client.graph('GET', `${root}/restoreSessions`, undefined, { token: less })).status).toBe(403);
  });
});

describe('a role', () => {
  test.each([
    ['Global Administrator', 201, 201],
    ['SharePoint Administrator', 201, 403],
    ['Exchange Administrator', 403, 201],
    ['SharePoint Backup Administrator', 403, 403],
    ['Global Reader', 403, 403],
  ])('%s creates sessions for sites (%d) and mailboxes (%d)', async (role, sites, mailboxes) => {
    const token = await client.token({ roles: [role] });
    expect((await client.graph('POST', `${root}/sharePointRestoreSessions`, undefined, { token })).status).toBe(sites);
    expect((await client.graph('POST', `${root}/exchangeRestoreSessions`, undefined, { token })).status).toBe(
      mailboxes,
    );
  });
});

describe('control of the tenant', () => {
  const calls = [
    ['GET', root],
    ['GET', `${root}/serviceApps`],
    ['GET', `${root}/protectionPolicies`],
    ['GET', `${units}.driveProtectionUnit`],
    ['GET', `${root}/restoreSessions`],
    ['POST', `${root}/restorePoints/search`],
    ['POST', `${root}/sharePointRestoreSessions`],
  ] as const;
  test.each([
    ['self', [200, 200, 200, 200, 200, 400, 201], 'active', 'thirdparty'],
    ['leaving', [200, 200, 200, 200, 200, 400, 201], 'pendingInactive', 'thirdparty'],
    ['pending', [200, 200, 200, 200, 403, 403, 403], 'pendingActive', 'thirdparty'],
    ['other', [200, 200, 403, 403, 403, 403, 403], 'inactive', 'thirdparty'],
    ['firstParty', [200, 200, 403, 403, 403, 403, 403], 'inactive', 'firstparty'],
    ['none', [200, 200, 403, 403, 403, 403, 403], 'inactive', 'unknown'],
  ])('by %s opens %j', async (controller, statuses, appStatus, consumer) => {
    await client.control('PATCH', `/tenants/${client.tenantId}`, { controller });
    const answers = [];
    for (const [method, path] of calls) answers.push(await client.graph(method, path));
    expect(answers.map(({ status }) => status)).toEqual(statuses);
    expect(part(answers[0]?.body, 'serviceStatus', 'backupServiceConsumer')).toBe(consumer);
    const apps = entries(answers[1]?.body['value']);
    expect(apps.find(app => app['id'] === client.ready.clientId)?.['status']).toBe(appStatus);
    for (const { status, body } of answers)
      if (status === 403) expect(part(body, 'error', 'code')).toBe('accessDenied');
  });

  test('passes by itself at its date', async () => {
    await client.control('PATCH', `/tenants/${client.tenantId}`, {
      controller: 'leaving',
      controlPassesDateTime: '2026-03-07T14:00:00Z',
    });
    expect((await client.graph('GET', `${root}/restoreSessions`)).status).toBe(200);
    expect((await client.graph('GET', `${root}/serviceApps/${client.ready.clientId}`)).body['effectiveDateTime']).toBe(
      '2026-03-07T14:00:00Z',
    );
    await client.advance(86_400);
    expect((await client.graph('GET', `${root}/restoreSessions`)).status).toBe(403);
  });
});

test('a tenant’s own limit of questions throttles each application in it by itself, and no other tenant', async () => {
  await client.control('PATCH', `/tenants/${client.tenantId}`, { throttle: { questions: 3, seconds: 60 } });
  const answers = [];
  for (let asked = 0; asked < 5; asked += 1) answers.push(await client.graph('GET', '/me'));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 429, 429]);
  for (const answer of answers.slice(3)) expect(codeOf(answer)).toBe('429 TooManyRequests');
  const wait = Number(answers[3]?.headers.get('retry-after'));
  expect(wait).toBeGreaterThan(0);
  expect(wait).toBeLessThanOrEqual(60);
  // The application's own name makes no other application of it.
  const appOnly = await client.appOnlyToken();
  expect((await client.graph('GET', root, undefined, { token: appOnly })).status).toBe(429);
  const elsewhere = await client.token({ tenantId: client.ready.tenants[2]?.id ?? '' });
  expect((await client.graph('GET', '/me', undefined, { token: elsewhere })).status).toBe(200);
  const { body } = await client.control('POST', '/tokens', {
    tenantId: client.tenantId,
    userPrincipalName: client.ready.users[0]?.userPrincipalName,
    scopes: ['User.Read'],
    clientId: '00000000-1111-4222-8333-444444444444',
  });
  const token = textOf(body, 'accessToken');
  expect((await client.graph('GET', '/me', undefined, { token })).status).toBe(200);
  const parts = { requests: [1, 2, 3, 4].map(id => ({ id: String(id), method: 'GET', url: '/me' })) };
  const batch = await client.graph('POST', '/$batch', parts, { token });
  const refused = entries(batch.body['responses']).filter(({ status }) => status === 429);
  expect(refused).toHaveLength(2);
  for (const response of refused) expect(Number(part(response, 'headers', 'Retry-After'))).toBeGreaterThan(0);
});

test('a tenant can be renamed, and a change that is no change is refused with its reason', async () => {
  const renamed = await client.control('PATCH', `/tenants/${client.tenantId}`, { displayName: 'Ny navn' });
  expect(renamed.body['displayName']).toBe('Ny navn');
  expect(part((await client.graph('GET', '/organization')).body, 'value', 0, 'displayName')).toBe('Ny navn');
  const wrong = await client.control('PATCH', `/tenants/${client.tenantId}`, { controler: 'self' });
  expect([wrong.status, wrong.text.includes('controler')]).toEqual([400, true]);
  expect((await client.control('PATCH', '/tenants/nobody', {})).status).toBe(404);
  expect((await client.control('GET', '/nothing')).status).toBe(404);
});
