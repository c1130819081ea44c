import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allScopes, entries, part, root, startClient, textOf } from './emulator-client.ts';
import type { Answer, EmulatorClient } from './emulator-client.ts';

let client: EmulatorClient;
let token: string;
beforeAll(async () => {
  client = await startClient({ units: 100 });
  token = await client.token({
    scopes: [...allScopes, 'BackupRestore-Configuration.ReadWrite.All', 'BackupRestore-Control.ReadWrite.All'],
    roles: ['Global Administrator', 'SharePoint Backup Administrator'],
  });
  await client.control('PATCH', `/tenants/${client.tenantId}`, { artifactFailures: 'none' });
});
afterAll(() => client.stop());

const headers = { prefer: 'include-unknown-enum-members' };
const ask = (method: string, path: string, body?: unknown): Promise<Answer> =>
  client.graph(method, path.startsWith('http') ? path : `${root}${path}`, body, { token, headers });
const codeOf = (answer: Answer) => `${answer.status} ${String(part(answer.body, 'error', 'code'))}`;
const directory = async () => (await client.control('GET', `/directory?tenantId=${client.tenantId}`)).body;
const freePeople = async (): Promise<readonly string[]> => {
  const units = entries((await ask('GET', '/mailboxProtectionUnits?$top=999')).body['value']);
  const held = new Set(units.map(unit => unit['directoryObjectId']));
  return entries((await directory())['people'])
    .map(person => textOf(person, 'id'))
    .filter(id => !held.has(id));
};
const hour = 3600;

describe('a policy', () => {
  test('is created, activated, changed, deactivated and deleted; its units go along', async () => {
    const [first = '', second = '', third = ''] = await freePeople();
    const created = await ask('POST', '/exchangeProtectionPolicies', {
      displayName: 'New',
      mailboxProtectionUnits: [{ directoryObjectId: first }, { directoryObjectId: second }],
    });
    expect([created.status, created.body['status']]).toEqual([201, 'inactive']);
    const id = textOf(created.body, 'id');
    const units = async () =>
      entries((await ask('GET', `/exchangeProtectionPolicies/${id}/mailboxProtectionUnits`)).body['value']);
    expect((await units()).map(unit => unit['status'])).toEqual(['unprotected', 'unprotected']);
    expect((await ask('POST', `/protectionPolicies/${id}/activate`)).body['status']).toBe('updating');
    expect(codeOf(await ask('POST', `/protectionPolicies/${id}/activate`))).toBe('403 PolicyActionNotAllowed');
    await client.advance(hour);
    expect((await ask('GET', `/protectionPolicies/${id}`)).body['status']).toBe('active');
    const unitId = textOf((await units())[0], 'id');
    const patched = await ask('PATCH', `/exchangeProtectionPolicies/${id}`, {
      displayName: 'Renamed',
      'mailboxProtectionUnits@delta': [
        { directoryObjectId: third },
        { directoryObjectId: second },
        { '@removed': { reason: 'changed' }, id: unitId },
        { '@removed': { reason: 'changed' }, id: '00000000-0000-0000-0000-000000000000' },
      ],
    });
    const results = entries(patched.body['mailboxProtectionUnits@delta']);
    expect(
      results.map(result => result['status'] ?? part(result, '@Core.DataModificationException', 'info', 'code')),
    ).toEqual(['protectRequested', 'ProtectionUnitAlreadyExists', 'removeRequested', 'ProtectionUnitNotFound']);
    expect(codeOf(await ask('POST', `/protectionUnits/${unitId}/offboard`))).toBe('403 OperationNotAllowed');
    await client.advance(hour);
    expect((await ask('POST', `/protectionUnits/${unitId}/offboard`)).body['status']).toBe('offboardRequested');
    expect((await ask('POST', `/protectionUnits/${unitId}/cancelOffboard`)).body['status']).toBe(
      'cancelOffboardRequested',
    );
    expect(codeOf(await ask('DELETE', `/protectionPolicies/${id}`))).toBe('403 PolicyActionNotAllowed');
    expect((await ask('POST', `/protectionPolicies/${id}/deactivate`)).status).toBe(202);
    await client.advance(hour);
    expect((await ask('DELETE', `/protectionPolicies/${id}`)).status).toBe(204);
    expect(codeOf(await ask('GET', `/protectionPolicies/${id}`))).toBe('404 PolicyNotFound');
  });

  test.each([
    [{ displayName: '' }, '400 InvalidDisplayName'],
    [{ displayName: 'x', siteProtectionUnits: 3 }, '400 InvalidCreateRequest'],
    [{ displayName: 'x', siteProtectionUnits: [{ siteId: 'x' }] }, '400 InvalidProtectionUnitId'],
    [
      { displayName: 'x', siteProtectionUnits: Array.from({ length: 51 }, (_, n) => ({ siteId: `a,b,${n}` })) },
      '413 ProtectionUnitsLimitBreached',
    ],
  ])('is refused: %j', async (body, code) => {
    expect(codeOf(await ask('POST', '/sharePointProtectionPolicies', body))).toBe(code);
  });
});

describe('a rule and a job', () => {
  const policyOf = async (collection: string) => textOf((await ask('GET', `/${collection}`)).body, 'value', 0, 'id');

  test('a static rule runs, a dynamic one is changed and deleted with what it held', async () => {
    const id = await policyOf('exchangeProtectionPolicies');
    const rules = `/exchangeProtectionPolicies/${id}/mailboxInclusionRules`;
    const groups = entries((await directory())['groups']).map(group => textOf(group, 'id'));
    const expression = (ids: readonly string[]) =>
      `(memberOf -any (group.id -in [${ids.map(group => `'${group}'`).join(', ')}]))`;
    const fixed = await ask('POST', rules, { mailboxExpression: expression([groups[0] ?? '']) });
    const fixedId = textOf(fixed.body, 'id');
    expect(codeOf(await ask('DELETE', `${rules}/${fixedId}`))).toBe('400 InvalidProtectionRuleStatusForDeletion');
    expect(codeOf(await ask('POST', `${rules}/${fixedId}/run`))).toBe('400 ProtectionRuleActionNotAllowed');
    await client.advance(hour);
    expect((await ask('POST', `${rules}/${fixedId}/run`)).status).toBe(202);
    const change = { mailboxExpression: expression([groups[1] ?? '']) };
    expect(codeOf(await ask('PATCH', `${rules}/${fixedId}`, change))).toBe('400 PatchNotAllowedForStaticRule');
    const made = await ask('POST', rules, { mailboxExpression: expression(groups), isAutoApplyEnabled: true });
    const dynamicId = textOf(made.body, 'id');
    expect(codeOf(await ask('PATCH', `${rules}/${dynamicId}`, change))).toBe(
      '400 InvalidProtectionRuleStatusForUpdation',
    );
    expect(codeOf(await ask('DELETE', `${rules}/${dynamicId}`))).toBe(
      '422 InvalidProtectionRuleStatusForDynamicRuleDeletion',
    );
    expect(codeOf(await ask('POST', `${rules}/${dynamicId}/run`))).toBe('400 RunNotAllowedForDynamicRule');
    await client.advance(hour);
    expect((await ask('PATCH', `${rules}/${dynamicId}`, change)).body['status']).toBe('updateRequested');
    await client.advance(hour);
    expect((await ask('POST', `${rules}/${dynamicId}/deleteAndUnprotect`)).body['status']).toBe('deleteRequested');
    expect(codeOf(await ask('PATCH', `${rules}/${dynamicId}`, change))).toBe(
      '422 InvalidProtectionRuleStatusForDynamicRuleEdit',
    );
    await client.advance(hour);
    expect(codeOf(await ask('GET', `${rules}/${dynamicId}`))).toBe('404 ProtectionRuleNotFound');
    expect(codeOf(await ask('GET', `${rules}/x`))).toBe('400 InvalidInclusionRuleId');
    const many = Array.from({ length: 4 }, (_, n) => `00000000-0000-0000-0000-00000000000${n}`);
    expect(codeOf(await ask('POST', rules, { mailboxExpression: expression(many) }))).toBe(
      '413 InvalidRuleExpressionGroupLimitExceeded',
    );
    expect(codeOf(await ask('POST', rules, { mailboxExpression: 'x' }))).toBe('400 InvalidRuleExpression');
    expect(codeOf(await ask('POST', rules, {}))).toBe('400 InvalidInclusionRuleCreateRequest');
    expect(codeOf(await ask('PATCH', `${rules}/${fixedId}`, { isAutoApplyEnabled: true }))).toBe(
      '400 InvalidProtectionRulePatchRequest',
    );
  });

  test('a job resolves addresses, and says which it could not', async () => {
    const id = await policyOf('oneDriveForBusinessProtectionPolicies');
    const jobs = `/oneDriveForBusinessProtectionPolicies/${id}/driveProtectionUnitsBulkAdditionJobs`;
    const job = await ask('POST', jobs, { displayName: 'J', drives: ['nobody@nowhere.example'] });
    expect([job.status, job.body['status']]).toEqual([201, 'active']);
    await client.advance(hour);
    const ended = await ask('GET', `${jobs}/${textOf(job.body, 'id')}`);
    expect(ended.body['status']).toBe('completedWithErrors');
    expect(part(ended.body, 'error', 'details', 0, 'code')).toBe('EmailNotFound');
  });
});

describe('a restore', () => {
  test('in bulk: the service picks the points after the activation', async () => {
    const [unitId = ''] = await client.unitsWithPoints('mailbox', 1);
    const email = textOf((await ask('GET', `/protectionUnits/${unitId}`)).body, 'email');
    const session = textOf((await ask('POST', '/exchangeRestoreSessions', {})).body, 'id');
    const requests = `/exchangeRestoreSessions/${session}/mailboxRestoreArtifactsBulkAdditionRequests`;
    const body = {
      displayName: 'B',
      mailboxes: [email, 'nobody@x.example'],
      protectionTimePeriod: { startDateTime: '2024-01-01T00:00:00Z' },
    };
    const request = await ask('POST', requests, body);
    expect([request.status, request.body['status']]).toEqual([201, 'active']);
    const id = textOf(request.body, 'id');
    expect(codeOf(await ask('DELETE', `${requests}/${id}`))).toBe('403 InvalidStateForBulkRequestDeletion');
    expect(codeOf(await ask('GET', `${requests}/x`))).toBe('404 BulkRestoreArtifactsNotFound');
    expect(codeOf(await ask('POST', requests, { ...body, mailboxes: ['x'] }))).toBe(
      '400 BulkRestoreInvalidCreateRequestUserEmail',
    );
    expect(codeOf(await ask('POST', requests, {}))).toBe('400 BulkRestoreInvalidCreateRequest');
    expect((await ask('POST', `/restoreSessions/${session}/activate`)).body['status']).toBe('activating');
    await client.advance(4 * hour);
    expect((await ask('GET', `${requests}/${id}`)).body).toMatchObject({ status: 'completedWithErrors' });
    expect((await ask('GET', `/restoreSessions/${session}`)).body).toMatchObject({
      status: 'completed',
      restoreJobType: 'bulk',
    });
    const artifacts = entries(
      (await ask('GET', `/exchangeRestoreSessions/${session}/mailboxRestoreArtifacts`)).body['value'],
    );
    expect(artifacts).toHaveLength(1);
  });

  test('of files: a fast point is opened, browsed page by page, and items of it restored', async () => {
    const [unitId = ''] = await client.unitsWithPoints('site', 1);
    const search = await ask('POST', '/restorePoints/search', {
      protectionUnitIds: [unitId],
      protectionTimePeriod: { startDateTime: '2024-01-01T00:00:00Z' },
      tags: 'fastRestore',
    });
    const restorePointId = textOf(search.body, 'searchResults', 0, 'restorePoint', 'id');
    const opened = await ask('POST', '/sharePointBrowseSessions', { restorePointId });
    expect([opened.status, opened.body['status']]).toEqual([201, 'creating']);
    const browseSessionId = textOf(opened.body, 'id');
    await client.advance(hour / 10);
    const at = `/sharePointBrowseSessions/${browseSessionId}/browse`;
    const top = textOf((await ask('POST', at)).body, 'value', 0, 'itemKey');
    const library = textOf((await ask('POST', at, { browseLocationItemKey: top })).body, 'value', 0, 'itemKey');
    let page = await ask('POST', at, { browseLocationItemKey: library, orderBy: 'nameAsc' });
    const names: string[] = [];
    for (;;) {
      names.push(...entries(page.body['value']).map(item => textOf(item, 'name')));
      const next = page.body['@odata.nextLink'];
      if (typeof next !== 'string') break;
      page = await ask('GET', next);
    }
    expect(names).toEqual(names.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0)));
    expect(names.length).toBeGreaterThan(10);
    const item = textOf((await ask('POST', at, { browseLocationItemKey: library })).body, 'value', 0, 'itemKey');
    const session = await ask('POST', '/sharePointRestoreSessions', {
      granularSiteRestoreArtifacts: [{ browseSessionId, id: item }],
    });
    expect(session.body).toMatchObject({ status: 'draft', restoreJobType: 'granular' });
    const id = textOf(session.body, 'id');
    await ask('POST', `/restoreSessions/${id}/activate`);
    await client.advance(4 * hour);
    const artifacts = await ask('GET', `/sharePointRestoreSessions/${id}/granularSiteRestoreArtifacts`);
    expect(part(artifacts.body, 'value', 0)).toMatchObject({ id: item, status: 'succeeded' });
  });

  test('of messages: all that a search found', async () => {
    const [unitId = ''] = await client.unitsWithPoints('mailbox', 1);
    const found = await ask('POST', '/restorePoints/search', {
      protectionUnitIds: [unitId],
      protectionTimePeriod: { startDateTime: '2024-01-01T00:00:00Z' },
      artifactQuery: {
        artifactType: 'message',
        queryExpression: "(Sender -eq 'a@b.example') -and (Subject -like '*x*')",
      },
    });
    const artifact = {
      restorePoint: { id: textOf(found.body, 'searchResults', 0, 'restorePoint', 'id') },
      searchResponseId: textOf(found.body, 'searchResponseId'),
      destinationType: 'new',
    };
    const session = await ask('POST', '/exchangeRestoreSessions', { granularMailboxRestoreArtifacts: [artifact] });
    expect([session.status, session.body['restoreJobType']]).toEqual([201, 'standard']);
    const id = textOf(session.body, 'id');
    const list = await ask('GET', `/exchangeRestoreSessions/${id}/granularMailboxRestoreArtifacts`);
    expect(part(list.body, 'value', 0, 'searchResponseId')).toBe(artifact.searchResponseId);
  });
});

describe('control', () => {
  const settings = (change: object) => client.control('PATCH', `/tenants/${client.tenantId}`, change);
  const own = () => `/serviceApps/${client.ready.clientId}`;

  test('passes after 7 to 30 days, can be called off, and is refused while active', async () => {
    await settings({ controller: 'firstParty' });
    const days = (count: number) => new Date(Date.UTC(2026, 2, 7) + count * 86_400_000).toISOString();
    expect((await ask('POST', `${own()}/activate`, { effectiveDateTime: days(1) })).status).toBe(400);
    const pending = await ask('POST', `${own()}/activate`, { effectiveDateTime: days(12) });
    expect([pending.status, pending.body['status']]).toEqual([202, 'pendingActive']);
    expect((await ask('POST', `${own()}/activate`, { effectiveDateTime: days(12) })).status).toBe(403);
    expect((await ask('GET', '/restoreSessions')).status).toBe(403);
    expect((await ask('POST', `${own()}/deactivate`)).body['status']).toBe('inactive');
    await ask('POST', `${own()}/activate`, { effectiveDateTime: days(12) });
    await client.advance(14 * 86_400);
    expect((await ask('GET', own())).body['status']).toBe('active');
    expect((await ask('POST', `${own()}/deactivate`)).status).toBe(403);
  });

  test('is paid for: enable says what is wrong with the billing', async () => {
    const enable = (body: unknown) => ask('POST', '/enable', body);
    const body = { appOwnerTenantId: client.ready.tenants[0]?.id };
    expect(codeOf(await enable({}))).toBe('400 InvalidAppOwnerTenantId');
    await settings({ billing: 'invalid' });
    expect(codeOf(await enable(body))).toBe('402 InvalidBillingProfile');
    await settings({ billing: 'unreadable' });
    expect(codeOf(await enable(body))).toBe('403 UnableToReadBillingProfile');
    await settings({ billing: 'healthy' });
    expect((await enable(body)).body).toMatchObject({ disableReason: 'invalidBillingProfile' });
    await client.advance(48 * hour);
    expect((await enable(body)).body).toMatchObject({ status: 'enabled' });
    const powerShell = await client.control('POST', '/tokens', {
      tenantId: client.tenantId,
      userPrincipalName: client.ready.users[0]?.userPrincipalName,
      scopes: allScopes,
      clientId: '14d82eec-204b-4c2f-b7e8-296a70dab67e',
    });
    const refused = await client.graph('GET', root, undefined, { token: textOf(powerShell.body, 'accessToken') });
    expect(codeOf(refused)).toBe('403 Forbidden');
  });
});
