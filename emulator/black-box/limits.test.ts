/** The limits of the service: what is just allowed passes, one more is refused. Where a limit has no code of its own, the emulator's guess. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  codeOf,
  day,
  hour,
  idsNobodyHas,
  inGroups,
  nobody,
  policiesOf,
  removed,
  sessionsOf,
  startAdministrator,
} from './administrator.ts';
import type { Administrator } from './administrator.ts';
import { entries, part, textOf } from './emulator-client.ts';
import type { Answer, Json } from './emulator-client.ts';

let admin: Administrator;
beforeEach(async () => {
  admin = await startAdministrator({ units: 240 });
});
afterEach(() => admin.stop());

const ask = (method: string, path: string, body?: unknown): Promise<Answer> => admin.ask(method, path, body);
const list = <T>(count: number, entry: (number: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, number) => entry(number));
const people = (count: number) => idsNobodyHas(count).map(id => ({ directoryObjectId: id }));

describe('of policies', () => {
  const create = (count: number, displayName = 'New') =>
    ask('POST', `/${policiesOf.drive}`, { displayName, driveProtectionUnits: people(count) });

  test('50 units a creation and a change', async () => {
    const created = await create(50);
    expect(created.status).toBe(201);
    expect(codeOf(await create(51, 'Other'))).toBe('413 ProtectionUnitsLimitBreached');
    const patch = (delta: readonly Json[]) =>
      ask('PATCH', `/${policiesOf.drive}/${textOf(created.body, 'id')}`, { 'driveProtectionUnits@delta': delta });
    const others = idsNobodyHas(101).slice(50);
    expect((await patch(others.slice(1).map(id => ({ directoryObjectId: id })))).status).toBe(200);
    expect(codeOf(await patch(others.map(id => removed(id))))).toBe('413 ProtectionUnitsLimitBreached');
  });

  test('1 to 1,024 characters of a name', async () => {
    expect((await create(0, 'n'.repeat(1024))).status).toBe(201);
    expect((await create(0, 'n')).status).toBe(201);
    for (const name of ['', '  ', 'n'.repeat(1025)])
      expect(codeOf(await create(0, name))).toBe('400 InvalidDisplayName');
    expect(codeOf(await ask('POST', `/${policiesOf.drive}`, {}))).toBe('400 InvalidDisplayName');
  });

  test('100 policies a workload, and as many active ones as its settings say', async () => {
    const inPlace = entries((await ask('GET', `/${policiesOf.drive}`)).body['value']).length;
    await admin.put(
      policiesOf.drive,
      ...idsNobodyHas(99 - inPlace).map(id => ({ id, displayName: id, status: 'inactive' })),
    );
    expect((await create(0, 'The hundredth')).status).toBe(201);
    expect(codeOf(await create(0, 'One more'))).toBe('409 PolicyCreationNotAllowed');
    expect((await ask('POST', `/${policiesOf.mailbox}`, { displayName: 'Another workload' })).status).toBe(201);
    await admin.change({ policyLimit: 1 });
    expect(codeOf(await ask('POST', `/${policiesOf.mailbox}`, { displayName: 'Next' }))).toBe(
      '409 PolicyCreationNotAllowed',
    );
  });

  test.each(['policyUnitLimit', 'workloadUnitLimit'])('%s units of a policy or a workload', async limit => {
    const ofWorkload = entries((await ask('GET', `/${policiesOf.drive}`)).body['value']);
    const held = ofWorkload.reduce(
      (sum, policy) => sum + Number(part(policy, 'protectionPolicyArtifactCount', 'total')),
      0,
    );
    await admin.change({ [limit]: limit === 'policyUnitLimit' ? 3 : held + 3 });
    expect(codeOf(await create(4))).toBe('413 ProtectionUnitsLimitBreached');
    const created = await create(3);
    expect(created.status).toBe(201);
    const path = `/${policiesOf.drive}/${textOf(created.body, 'id')}`;
    const [free = ''] = await admin.unprotected('drive');
    const delta = { 'driveProtectionUnits@delta': [{ directoryObjectId: free }] };
    expect(codeOf(await ask('PATCH', path, delta))).toBe('413 ProtectionUnitsLimitBreached');
    const job = await ask('POST', `${path}/driveProtectionUnitsBulkAdditionJobs`, {
      displayName: 'Job',
      directoryObjectIds: [free],
    });
    await admin.advance(hour);
    const ended = await ask('GET', `${path}/driveProtectionUnitsBulkAdditionJobs/${textOf(job.body, 'id')}`);
    expect(part(ended.body, 'error', 'details', 0)).toMatchObject({
      code: 'ProtectionUnitsLimitBreached',
      target: free,
    });
  });

  test('one policy a unit', async () => {
    const [person = ''] = await admin.unprotected('drive');
    await admin.policy('drive', { resources: [person] });
    const second = await ask('POST', `/${policiesOf.drive}`, {
      displayName: 'Second',
      driveProtectionUnits: [{ directoryObjectId: person }],
    });
    expect(codeOf(second)).toBe('409 ProtectionUnitAlreadyExists');
  });

  test('50,000 entries a bulk job', async () => {
    const jobs = `/${policiesOf.drive}/${await admin.policy('drive')}/driveProtectionUnitsBulkAdditionJobs`;
    const job = (count: number) => ask('POST', jobs, { displayName: 'Job', directoryObjectIds: idsNobodyHas(count) });
    expect(codeOf(await job(50_001))).toBe('413 ProtectionUnitsLimitBreached');
    expect((await job(50_000)).status).toBe(201);
    await admin.advance(hour);
    expect(part((await ask('GET', jobs)).body, 'value', 0, 'status')).toBe('completedWithErrors');
  });
});

describe('of rules', () => {
  const rulesOf = async (kind: 'site' | 'mailbox') =>
    `/${policiesOf[kind]}/${await admin.policy(kind)}/${kind}InclusionRules`;
  const keywords = (...words: readonly string[]) => ({
    siteExpression: words.map(word => `displayName -contains '${word}'`).join(' -or '),
  });

  test('10 keywords of 3 to 255 characters in a rule for sites', async () => {
    const rules = await rulesOf('site');
    expect((await ask('POST', rules, keywords(...list(10, number => `word ${number}`)))).status).toBe(201);
    expect((await ask('POST', rules, keywords('abc', 'x'.repeat(255)))).status).toBe(201);
    for (const words of [list(11, number => `word ${number}`), ['ab'], ['x'.repeat(256)]]) {
      expect(codeOf(await ask('POST', rules, keywords(...words)))).toBe('400 InvalidRuleExpression');
    }
  });

  test('no dynamic rule for sites', async () => {
    expect(codeOf(await ask('POST', await rulesOf('site'), { ...keywords('team'), isAutoApplyEnabled: true }))).toBe(
      '400 InvalidInclusionRuleCreateRequest',
    );
  });

  test.each([
    [false, 3],
    [true, 100],
  ])('groups of a rule that is dynamic: %s', async (isAutoApplyEnabled, most) => {
    const rules = await rulesOf('mailbox');
    const create = (count: number) =>
      ask('POST', rules, { mailboxExpression: inGroups(...idsNobodyHas(count)), isAutoApplyEnabled });
    expect(codeOf(await create(most + 1))).toBe('413 InvalidRuleExpressionGroupLimitExceeded');
    expect((await create(most)).status).toBe(200);
  });

  test('one dynamic rule a policy', async () => {
    const rules = await rulesOf('mailbox');
    const body = { mailboxExpression: inGroups(nobody), isAutoApplyEnabled: true };
    expect((await ask('POST', rules, body)).status).toBe(200);
    expect(codeOf(await ask('POST', rules, body))).toBe('400 InvalidInclusionRuleCreateRequest');
    expect((await ask('POST', rules, { ...body, isAutoApplyEnabled: false })).status).toBe(200);
  });

  const group = { id: '00000000-aaaa-4000-8000-000000000001', displayName: 'All' };
  const ruled = async (isAutoApplyEnabled: boolean) => {
    const rules = await rulesOf('mailbox');
    const body = { mailboxExpression: inGroups(group.id), isAutoApplyEnabled };
    const rule = await ask('POST', rules, body);
    await admin.advance(hour);
    const ended = await ask('GET', `${rules}/${textOf(rule.body, 'id')}`);
    const units = await admin.unitsOf('mailbox', rules.split('/')[2] ?? '');
    return { ended: ended.body, ids: units.map(unit => unit['directoryObjectId']) };
  };

  test('6,000 users of a dynamic rule', async () => {
    await admin.put('groups', { ...group, members: idsNobodyHas(6000) });
    const full = await ruled(true);
    expect(full.ended['status']).toBe('completed');
    expect(full.ids.length).toBeGreaterThan(900);
    await admin.put('groups', { ...group, members: idsNobodyHas(6001).map(id => id.replace(/^9/, '8')) });
    const over = await ruled(true);
    expect(over.ended).toMatchObject({ status: 'completedWithErrors', error: { code: 'UnknownError' } });
    expect(over.ids).toHaveLength(1);
  });

  test('groups within groups are followed by static rules alone', async () => {
    const [, inner = '', outer = ''] = await admin.unprotected('mailbox');
    const nested = { id: '00000000-aaaa-4000-8000-000000000002', displayName: 'Inner', members: [inner, group.id] };
    await admin.put('groups', { ...group, members: [outer, nested.id] }, nested);
    const dynamic = await ruled(true);
    expect([dynamic.ids.includes(outer), dynamic.ids.includes(inner)]).toEqual([true, false]);
    const fixed = await ruled(false);
    expect(fixed.ids).toContain(inner);
  });
});

describe('of restore sessions', () => {
  const sites = async (count: number): Promise<readonly Json[]> =>
    (await admin.artifacts('site', count)).map(({ artifact }) => artifact);
  const create = (siteRestoreArtifacts: readonly Json[]) =>
    ask('POST', `/${sessionsOf.site}`, { siteRestoreArtifacts });

  test('50 artifacts a creation and a change; more by further changes', async () => {
    const all = await sites(60);
    const filled = [...all, ...all].slice(0, 51);
    expect(codeOf(await create(filled))).toBe('413 RestoreArtifactsLimitBreached');
    const created = await create(all.slice(0, 50));
    expect(created.status).toBe(201);
    const id = textOf(created.body, 'id');
    const patch = (delta: readonly Json[]) =>
      ask('PATCH', `/${sessionsOf.site}/${id}`, { 'siteRestoreArtifacts@delta': delta });
    expect(codeOf(await patch(filled))).toBe('400 RestoreArtifactsLimitBreached');
    expect((await patch(all.slice(50))).status).toBe(200);
    expect(part((await ask('GET', `/restoreSessions/${id}`)).body, 'restoreSessionArtifactCount', 'total')).toBe(60);
  });

  test('one destination, each unit once, changes while a draft only', async () => {
    const [first, second] = await sites(2);
    const id = await admin.draft('site', [first ?? {}]);
    const patch = (artifact: Json) =>
      ask('PATCH', `/${sessionsOf.site}/${id}`, { 'siteRestoreArtifacts@delta': [artifact] });
    expect(codeOf(await patch({ ...second, destinationType: 'new' }))).toBe('400 DifferentRestoreDestinationType');
    const twice = await patch(first ?? {});
    expect(part(twice.body, 'siteRestoreArtifacts@delta', 0, '@Core.DataModificationException', 'info', 'code')).toBe(
      'DuplicateArtifactInList',
    );
    expect((await ask('POST', `/restoreSessions/${id}/activate`)).status).toBe(200);
    for (const answer of [await patch(second ?? {}), await ask('DELETE', `/restoreSessions/${id}`)]) {
      expect(codeOf(answer)).toBe('403 RestoreSessionActionNotAllowed');
    }
  });

  const placed = async (count: number, more: Json): Promise<void> => {
    const [artifact] = await sites(1);
    await admin.put(sessionsOf.site, { ...more, siteRestoreArtifacts: list(count, () => artifact) });
  };
  const started = async (kind: 'site' | 'mailbox', count: number): Promise<Answer> => {
    const artifacts = (await admin.artifacts(kind, count)).map(({ artifact }) => artifact);
    return ask('POST', `/restoreSessions/${await admin.draft(kind, artifacts)}/activate`);
  };

  test('1,000 artifacts of a workload restoring at a time', async () => {
    await placed(950, { id: nobody, status: 'active' });
    expect((await started('site', 50)).status).toBe(200);
    expect(codeOf(await started('site', 1))).toBe('400 RestoreArtifactsLimitBreached');
    expect((await started('mailbox', 1)).status).toBe(200);
    await admin.advance(4 * hour);
    expect((await started('site', 1)).status).toBe(200);
  });

  test('10,000 artifacts of a workload in a day', async () => {
    const createdDateTime = '2026-03-06T08:00:00Z';
    for (const [number, id] of idsNobodyHas(10).entries()) {
      await placed(number === 0 ? 950 : 1000, {
        id,
        status: 'completed',
        createdDateTime,
        completedDateTime: createdDateTime,
      });
    }
    expect((await started('site', 50)).status).toBe(200);
    expect(codeOf(await started('site', 1))).toBe('400 RestoreArtifactsLimitBreached');
    expect((await started('mailbox', 1)).status).toBe(200);
    await admin.advance(day);
    expect((await started('site', 1)).status).toBe(200);
  });

  test('25 active sessions, of all workloads together', async () => {
    for (const id of idsNobodyHas(24)) await admin.put(sessionsOf.drive, { id, status: 'active' });
    expect((await started('site', 1)).status).toBe(200);
    expect(codeOf(await started('mailbox', 1))).toBe('500 TooManyActiveRestoreSessions');
    await admin.advance(4 * hour);
    expect((await started('mailbox', 1)).status).toBe(200);
  });

  test('a year of history: sessions and their artifacts are gone after it', async () => {
    const answer = await started('site', 1);
    const id = textOf(answer.body, 'id');
    const token = async (seconds: number) => {
      await admin.advance(seconds);
      return [
        (await ask('GET', `/restoreSessions/${id}`)).status,
        (await ask('GET', `/${sessionsOf.site}/${id}/siteRestoreArtifacts`)).status,
        entries((await ask('GET', '/restoreSessions')).body['value']).length,
      ];
    };
    expect(await token(365 * day)).toEqual([200, 200, 1]);
    expect(await token(day)).toEqual([404, 404, 0]);
  });

  test('10,000 users a bulk restore, one request a session, no artifacts beside it', async () => {
    const session = await admin.draft('mailbox');
    const requests = `/${sessionsOf.mailbox}/${session}/mailboxRestoreArtifactsBulkAdditionRequests`;
    const body = (count: number) => ({
      displayName: 'Bulk',
      mailboxes: list(count / 2, number => `user${number}@customer.example`),
      directoryObjectIds: idsNobodyHas(Math.ceil(count / 2)),
      protectionTimePeriod: { startDateTime: '2025-01-01T00:00:00Z' },
    });
    expect(codeOf(await ask('POST', requests, body(10_001)))).toBe(
      '400 BulkRestoreRestorationResourcesCountExceedsLimit',
    );
    expect((await ask('POST', requests, body(10_000))).status).toBe(201);
    expect(codeOf(await ask('POST', requests, body(2)))).toBe('400 BulkRestoreInvalidCreateRequest');
    const [mail] = await admin.artifacts('mailbox', 1);
    const delta = { 'mailboxRestoreArtifacts@delta': [mail?.artifact] };
    expect(codeOf(await ask('PATCH', `/${sessionsOf.mailbox}/${session}`, delta))).toBe(
      '403 RestoreSessionActionNotAllowed',
    );
    const filled = await admin.draft('mailbox', [mail?.artifact ?? {}]);
    const beside = `/${sessionsOf.mailbox}/${filled}/mailboxRestoreArtifactsBulkAdditionRequests`;
    expect(codeOf(await ask('POST', beside, body(2)))).toBe('400 BulkRestoreInvalidCreateRequest');
  });
});

describe('of restore points', () => {
  const period = { protectionTimePeriod: { startDateTime: '2024-01-01T00:00:00Z' } };
  const search = (protectionUnitIds: readonly string[], more: Json = {}) =>
    ask('POST', '/restorePoints/search', { ...period, ...more, protectionUnitIds });
  const mail = (queryExpression: string) => ({ artifactQuery: { artifactType: 'message', queryExpression } });

  test('five a list, one a unit and 20 units a search', async () => {
    const ids = await admin.client.unitsWithPoints('site', 21);
    const found = await search(ids.slice(0, 20));
    expect(entries(found.body['searchResults'])).toHaveLength(20);
    expect(codeOf(await search(ids))).toBe('400 InvalidSearchRequest');
    const expand = encodeURIComponent(`protectionUnit($filter=id eq '${ids[0] ?? ''}')`);
    const points = await ask(
      'GET',
      `/restorePoints?$expand=${expand}&$filter=protectionDateTime lt 2026-03-06T14:00:00Z&$top=100`,
    );
    expect(entries(points.body['value'])).toHaveLength(5);
    expect(points.body).not.toHaveProperty(['@odata.nextLink']);
    await admin.change({ searchCap: 'five' });
    const fewer = await search(ids.slice(0, 20));
    expect(entries(fewer.body['searchResults'])).toHaveLength(5);
    expect(fewer.body['noResultProtectionUnitIds']).toEqual([]);
  });

  test('one mailbox and five keywords a field in a search of messages; 1,000 messages a restore', async () => {
    const [first = '', second = ''] = await admin.client.unitsWithPoints('mailbox', 2);
    const senders = (count: number) => list(count, number => `(Sender -eq 'a${number}@b.example')`).join(' -or ');
    expect((await search([first], mail(senders(5)))).status).toBe(200);
    expect(codeOf(await search([first], mail(senders(6))))).toBe('400 InvalidSearchRequest');
    expect(codeOf(await search([first, second], mail(senders(1))))).toBe('400 InvalidSearchRequest');
    const [point] = await admin.client.newestPoints([first]);
    await admin.put(
      'restorePointSearches',
      { id: 'just', restorePointId: point?.id, artifactHitCount: 1000 },
      { id: 'over', restorePointId: point?.id, artifactHitCount: 1001 },
    );
    const restore = (searchResponseId: string) =>
      ask('POST', `/${sessionsOf.mailbox}`, {
        granularMailboxRestoreArtifacts: [
          { restorePoint: { id: point?.id }, searchResponseId, destinationType: 'new' },
        ],
      });
    expect((await restore('just')).status).toBe(201);
    expect(codeOf(await restore('over'))).toBe('400 InvalidArtifactRequest');
  });

  test('three days of a browse session', async () => {
    const [unitId = ''] = await admin.client.unitsWithPoints('site', 1);
    const found = await search([unitId], { tags: 'fastRestore' });
    const restorePointId = textOf(found.body, 'searchResults', 0, 'restorePoint', 'id');
    const opened = await ask('POST', '/sharePointBrowseSessions', { restorePointId });
    expect(opened.body['expirationDateTime']).toBe('2026-03-09T14:00:00Z');
    const path = `/sharePointBrowseSessions/${textOf(opened.body, 'id')}`;
    await admin.advance(3 * day - 1);
    expect((await ask('GET', path)).status).toBe(200);
    await admin.advance(2);
    expect((await ask('GET', path)).status).toBe(404);
  });
});

test('7 to 30 days before control passes', async () => {
  await admin.change({ controller: 'other' });
  const own = `/serviceApps/${admin.client.ready.clientId}`;
  const after = (seconds: number) => new Date(Date.UTC(2026, 2, 6, 14) + seconds * 1000).toISOString();
  const activate = (seconds: number) => ask('POST', `${own}/activate`, { effectiveDateTime: after(seconds) });
  for (const seconds of [7 * day - 1, 30 * day + 1]) expect(codeOf(await activate(seconds))).toBe('400 BadRequest');
  for (const seconds of [7 * day, 30 * day]) {
    expect((await activate(seconds)).status).toBe(202);
    await ask('POST', `${own}/deactivate`);
  }
});

test('20 parts a batch', async () => {
  const batch = async (count: number) => {
    const body = { requests: list(count, number => ({ id: String(number), method: 'GET', url: '/me' })) };
    return admin.client.graph('POST', '/$batch', body);
  };
  expect((await batch(20)).status).toBe(200);
  expect(codeOf(await batch(21))).toBe('400 MaximumValueExceeded');
});
