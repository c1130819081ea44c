import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { entries, part, root, startClient, textOf } from './emulator-client.ts';
import type { Answer, EmulatorClient, Json } from './emulator-client.ts';

let client: EmulatorClient;
let points: readonly { readonly id: string; readonly unitId: string }[];

beforeEach(async () => {
  client = await startClient({ units: 200 });
  await client.control('PATCH', `/tenants/${client.tenantId}`, { artifactFailures: 'none' });
  points = await client.newestPoints(await client.unitsWithPoints('site', 56));
});
afterEach(() => client.stop());

const artifact = (number: number, destinationType = 'inPlace'): Json => ({
  restorePoint: { id: points[number]?.id },
  destinationType,
});
const artifacts = (count: number, from = 0): readonly Json[] =>
  Array.from({ length: count }, (_, number) => artifact(from + number));
const create = (list: readonly unknown[] | undefined) =>
  client.graph('POST', `${root}/sharePointRestoreSessions`, list === undefined ? {} : { siteRestoreArtifacts: list });
const patch = (id: string, delta: readonly unknown[]) =>
  client.graph('PATCH', `${root}/sharePointRestoreSessions/${id}`, { 'siteRestoreArtifacts@delta': delta });
const activate = (id: string) => client.graph('POST', `${root}/restoreSessions/${id}/activate`);
const get = (id: string) =>
  client.graph('GET', `${root}/restoreSessions/${id}`, undefined, {
    headers: { prefer: 'include-unknown-enum-members' },
  });
const artifactsOf = async (id: string) =>
  entries((await client.graph('GET', `${root}/sharePointRestoreSessions/${id}/siteRestoreArtifacts`)).body['value']);
const codeOf = (answer: Answer) => `${answer.status} ${String(part(answer.body, 'error', 'code'))}`;
const draft = async (list: readonly unknown[]): Promise<string> => textOf((await create(list)).body, 'id');
const changeTenant = (change: Json) => client.control('PATCH', `/tenants/${client.tenantId}`, change);

describe('a draft', () => {
  test('is created with its artifacts, told by base and typed collection, and restores nothing', async () => {
    const created = await create(artifacts(3));
    expect(created.status).toBe(201);
    const id = textOf(created.body, 'id');
    expect(created.headers.get('content-location')).toBe(
      `${client.ready.url}/v1.0${root}/sharePointRestoreSessions/${id}`,
    );
    expect(created.body).toMatchObject({
      '@odata.type': '#microsoft.graph.sharePointRestoreSession',
      status: 'draft',
      restoreJobType: 'standard',
      restoreSessionArtifactCount: { total: 3, completed: 0, inProgress: 0, failed: 0 },
      createdBy: { application: { id: client.ready.clientId }, user: { id: client.ready.users[0]?.objectId } },
      createdDateTime: '2026-03-06T14:00:00Z',
      completedDateTime: null,
    });
    expect((await get(id)).body['id']).toBe(id);
    expect((await client.graph('GET', `${root}/sharepointrestoresessions/${id}`)).body['id']).toBe(id);
    expect((await client.graph('GET', `${root}/exchangeRestoreSessions/${id}`)).status).toBe(404);
    expect(part((await client.graph('GET', `${root}/restoreSessions`)).body, 'value', 0, 'id')).toBe(id);
    const listed = await artifactsOf(id);
    expect(listed.map(entry => part(entry, 'restorePoint', 'id'))).toEqual(points.slice(0, 3).map(point => point.id));
    expect(listed[0]).toMatchObject({ status: 'added', destinationType: 'inPlace', restoredSiteId: null, error: null });
    await client.advance(86_400);
    expect((await get(id)).body['status']).toBe('draft');
    expect((await client.control('GET', `/restores?tenantId=${client.tenantId}`)).body['value']).toEqual([]);
  });

  test('may be empty, and of each kind', async () => {
    expect((await create(undefined)).body).toMatchObject({
      status: 'draft',
      restoreSessionArtifactCount: { total: 0 },
    });
    for (const [collection, kind] of [
      ['oneDriveForBusinessRestoreSessions', 'drive'],
      ['exchangeRestoreSessions', 'mailbox'],
    ] as const) {
      const [point] = await client.newestPoints(await client.unitsWithPoints(kind, 1));
      const created = await client.graph('POST', `${root}/${collection}`, {
        [`${kind}RestoreArtifacts`]: [{ restorePoint: { '@odata.id': point?.id }, destinationType: 'new' }],
      });
      expect(created.status).toBe(201);
      const listed = await client.graph(
        'GET',
        `${root}/${collection}/${textOf(created.body, 'id')}/${kind}RestoreArtifacts`,
      );
      expect(part(listed.body, 'value', 0, 'restorePoint', 'id')).toBe(point?.id);
    }
  });

  test('is changed by a delta, with a result for each item', async () => {
    const id = await draft(artifacts(2));
    const [first] = await artifactsOf(id);
    const answer = await patch(id, [
      artifact(5),
      artifact(1),
      { '@removed': { reason: 'changed' }, id: first?.['id'] },
      { '@removed': { reason: 'changed' }, id: '4267e382-71a9-4c07-bef7-bda97e09c0d2' },
    ]);
    expect(answer.status).toBe(200);
    const results = entries(answer.body['siteRestoreArtifacts@delta']);
    expect(results).toHaveLength(4);
    expect(results[0]).toEqual({
      id: expect.any(String),
      restorePoint: { id: points[5]?.id },
      destinationType: 'inPlace',
      status: 'added',
    });
    expect(results[1]).toMatchObject({
      '@contentId': expect.any(String),
      '@Core.DataModificationException': {
        info: { code: 'DuplicateArtifactInList' },
        failedOperation: 'add',
        responseCode: 409,
      },
      restorePoint: { id: points[1]?.id },
    });
    expect(results[2]).toEqual({ '@removed': { reason: 'changed' }, id: first?.['id'] });
    expect(results[3]).toMatchObject({
      '@Core.DataModificationException': { info: { code: 'Invalid' }, failedOperation: 'remove', responseCode: 409 },
      id: '4267e382-71a9-4c07-bef7-bda97e09c0d2',
    });
    expect((await artifactsOf(id)).map(entry => part(entry, 'restorePoint', 'id'))).toEqual([
      points[1]?.id,
      points[5]?.id,
    ]);
  });

  test('of more than a request may hold grows by deltas', async () => {
    const id = await draft(artifacts(50));
    expect((await patch(id, artifacts(6, 50))).status).toBe(200);
    expect(part((await get(id)).body, 'restoreSessionArtifactCount', 'total')).toBe(56);
  });

  test('is deleted with its artifacts', async () => {
    const id = await draft(artifacts(2));
    const deleted = await client.graph('DELETE', `${root}/restoreSessions/${id}`);
    expect([deleted.status, deleted.text]).toEqual([204, '']);
    expect(codeOf(await get(id))).toBe('404 RestoreSessionNotFound');
    expect((await client.graph('GET', `${root}/restoreSessions`)).body['value']).toEqual([]);
  });
});

describe('refused are', () => {
  test('sessions that name nothing, too much, the wrong thing or the same thing twice', async () => {
    const [mailPoint] = await client.newestPoints(await client.unitsWithPoints('mailbox', 1));
    expect(codeOf(await create([]))).toBe('400 InvalidArtifactRequest');
    expect(codeOf(await create([null]))).toBe('400 InvalidArtifactRequest');
    expect(codeOf(await create([{ destinationType: 'new' }]))).toBe('400 InvalidRestorePoint');
    expect(codeOf(await create([{ restorePoint: { id: points[0]?.id } }]))).toBe('400 InvalidPathType');
    expect(codeOf(await create([{ restorePoint: { id: points[0]?.id }, destinationType: 'elsewhere' }]))).toBe(
      '400 InvalidPathType',
    );
    expect(codeOf(await create([artifact(0), artifact(1, 'new')]))).toBe('400 DifferentRestoreDestinationType');
    expect(codeOf(await create(artifacts(51)))).toBe('413 RestoreArtifactsLimitBreached');
    expect(codeOf(await create([{ restorePoint: { id: 'none' }, destinationType: 'new' }]))).toBe(
      '400 InvalidRestorePoint',
    );
    expect(codeOf(await create([{ restorePoint: { id: mailPoint?.id }, destinationType: 'inPlace' }]))).toBe(
      '400 InvalidRestorePoint',
    );
    expect(codeOf(await create([artifact(0), artifact(0)]))).toBe('400 DuplicateArtifactInList');
    expect((await client.graph('GET', `${root}/restoreSessions`)).body['value']).toEqual([]);
  });

  test('a point that has expired since', async () => {
    await client.advance(15 * 86_400);
    expect(codeOf(await create(artifacts(1)))).toBe('400 InvalidRestorePoint');
  });

  test('deltas of the same faults, then nothing is changed', async () => {
    const id = await draft(artifacts(1));
    expect(codeOf(await patch(id, []))).toBe('400 InvalidArtifactRequest');
    expect(
      codeOf(await client.graph('PATCH', `${root}/sharePointRestoreSessions/${id}`, { driveRestoreArtifacts: [] })),
    ).toBe('400 InvalidPatchRequest');
    expect(
      codeOf(await client.graph('PATCH', `${root}/sharePointRestoreSessions/${id}`, undefined, { rawBody: '[' })),
    ).toBe('400 InvalidPatchRequest');
    expect(codeOf(await patch(id, artifacts(51, 1)))).toBe('400 RestoreArtifactsLimitBreached');
    expect(codeOf(await patch(id, [artifact(1), { restorePoint: { id: 'none' }, destinationType: 'inPlace' }]))).toBe(
      '400 InvalidRestorePoint',
    );
    expect(codeOf(await patch(id, [artifact(1), artifact(1)]))).toBe('400 DuplicateArtifactInList');
    expect(codeOf(await patch(id, [artifact(1, 'new')]))).toBe('400 DifferentRestoreDestinationType');
    expect(codeOf(await patch('none', artifacts(1)))).toBe('400 InvalidRestoreSessionId');
    expect(codeOf(await patch('9fec8e78-bce4-4aaf-ab1b-5451cc387264', artifacts(1)))).toBe(
      '404 RestoreSessionNotFound',
    );
    expect(await artifactsOf(id)).toHaveLength(1);
  });

  test('changes, deletion and a second start of a started session', async () => {
    const id = await draft(artifacts(1));
    expect((await activate(id)).status).toBe(200);
    expect(codeOf(await activate(id))).toBe('403 RestoreSessionActionNotAllowed');
    expect(codeOf(await patch(id, [artifact(1)]))).toBe('403 RestoreSessionActionNotAllowed');
    expect(codeOf(await client.graph('DELETE', `${root}/restoreSessions/${id}`))).toBe(
      '403 RestoreSessionActionNotAllowed',
    );
    expect(codeOf(await activate('none'))).toBe('400 InvalidRestoreSessionId');
    expect(codeOf(await activate('9fec8e78-bce4-4aaf-ab1b-5451cc387264'))).toBe('404 RestoreSessionNotFound');
  });

  test('by the first of several reasons: malformed, too many, unknown, duplicates, state', async () => {
    await changeTenant({ serviceStatus: 'restoreLocked' });
    const unknown = { restorePoint: { id: 'none' }, destinationType: 'inPlace' };
    expect(codeOf(await create([...artifacts(50), unknown, { restorePoint: {} }]))).toBe('400 InvalidRestorePoint');
    expect(codeOf(await create([...artifacts(50), unknown]))).toBe('413 RestoreArtifactsLimitBreached');
    expect(codeOf(await create([artifact(0), artifact(0), unknown]))).toBe('400 InvalidRestorePoint');
    expect(codeOf(await create([artifact(0), artifact(0)]))).toBe('400 DuplicateArtifactInList');
    expect(codeOf(await create([artifact(0)]))).toBe('403 notAllowed');
  });

  test('restores while the service is off or locked for them, not while only protection is locked', async () => {
    const id = await draft(artifacts(1));
    for (const serviceStatus of ['restoreLocked', 'disabled']) {
      await changeTenant({ serviceStatus });
      expect(codeOf(await activate(id))).toBe('403 notAllowed');
      expect(codeOf(await patch(id, [artifact(1)]))).toBe('403 notAllowed');
      expect((await get(id)).status).toBe(200);
    }
    await changeTenant({ serviceStatus: 'protectionChangeLocked' });
    expect((await activate(id)).status).toBe(200);
  });

  test('a twenty-sixth active session, until one has ended', async () => {
    const ids = await Promise.all(Array.from({ length: 26 }, (_, number) => draft(artifacts(1, number))));
    for (const id of ids.slice(0, 25)) expect((await activate(id)).status).toBe(200);
    const [last = ''] = ids.slice(25);
    expect(codeOf(await activate(last))).toBe('500 TooManyActiveRestoreSessions');
    expect((await get(last)).body['status']).toBe('draft');
    await client.advance(4 * 3600);
    expect((await activate(last)).status).toBe(200);
  });
});

describe('a started session', () => {
  test('moves by itself from activating over active to its end, and so do its artifacts', async () => {
    const id = await draft(artifacts(20));
    const activated = await activate(id);
    expect(activated.body).toMatchObject({
      status: 'activating',
      restoreSessionArtifactCount: { total: 20, inProgress: 20 },
    });
    const statuses: unknown[] = [];
    const artifactStatuses = new Set<unknown>();
    let minutes = 0;
    while (statuses.at(-1) !== 'completed' && minutes < 300) {
      statuses.push((await get(id)).body['status']);
      for (const entry of await artifactsOf(id)) artifactStatuses.add(entry['status']);
      await client.advance(20);
      minutes += 1 / 3;
    }
    expect(statuses.filter((status, number) => status !== statuses[number - 1])).toEqual([
      'activating',
      'active',
      'completed',
    ]);
    expect([...artifactStatuses]).toEqual(['added', 'scheduling', 'scheduled', 'inProgress', 'succeeded']);
    expect(minutes).toBeGreaterThan(30);
    expect(minutes).toBeLessThan(180);
    const ended = await get(id);
    expect(ended.body).toMatchObject({
      restoreSessionArtifactCount: { total: 20, completed: 20, inProgress: 0, failed: 0 },
    });
    expect(textOf(ended.body, 'completedDateTime') > '2026-03-06T14:30:00Z').toBe(true);
    const restores = entries((await client.control('GET', `/restores?tenantId=${client.tenantId}`)).body['value']);
    expect(restores).toHaveLength(20);
    expect(new Set(restores.map(restore => restore['unitId']))).toEqual(
      new Set(points.slice(0, 20).map(({ unitId }) => unitId)),
    );
    expect(restores[0]).toMatchObject({
      sessionId: id,
      outcome: 'succeeded',
      destinationType: 'inPlace',
      restorePointId: points[0]?.id,
    });
  });

  test('tells late where things went to a new place', async () => {
    const id = textOf((await create(Array.from({ length: 20 }, (_, number) => artifact(number, 'new')))).body, 'id');
    await activate(id);
    let endedWithoutDetails = 0;
    for (let step = 0; step < 40; step += 1) {
      await client.advance(300);
      for (const entry of await artifactsOf(id))
        if (entry['status'] === 'succeeded' && entry['restoredSiteWebUrl'] === null) endedWithoutDetails += 1;
    }
    expect(endedWithoutDetails).toBeGreaterThan(0);
    for (const entry of await artifactsOf(id)) expect(textOf(entry, 'restoredSiteWebUrl')).toMatch(/R\d$/);
  });

  test('has an artifact that fails when its unit is being restored already', async () => {
    const first = await draft(artifacts(2));
    const second = await draft([artifact(1), artifact(2)]);
    await activate(first);
    await client.advance(60);
    expect((await activate(second)).status).toBe(200);
    await client.advance(4 * 3600);
    const [busy, free] = await artifactsOf(second);
    expect(busy).toMatchObject({
      status: 'failed',
      startDateTime: null,
      error: { code: 'DuplicateArtifactRestoreRequest' },
    });
    expect(free).toMatchObject({ status: 'succeeded', error: null });
    expect((await get(second)).body['status']).toBe('completedWithError');
    const restores = entries((await client.control('GET', `/restores?tenantId=${client.tenantId}`)).body['value']);
    expect(restores).toHaveLength(3);
    expect(new Set(restores.map(restore => restore['unitId']))).toEqual(
      new Set(points.slice(0, 3).map(({ unitId }) => unitId)),
    );
    const again = await draft([artifact(1)]);
    await activate(again);
    await client.advance(4 * 3600);
    expect((await get(again)).body['status']).toBe('completed');
  });

  test('fails for a unit under a hold, for one that is gone, and for a point that expired in the draft', async () => {
    await changeTenant({ artifactFailures: 'seeded' });
    const [held, gone, old] = points;
    await client.control('POST', `/tenants/${client.tenantId}/entities`, {
      collection: 'siteProtectionUnits',
      value: [
        { id: held?.unitId, hold: true, gone: false },
        { id: gone?.unitId, gone: true },
      ],
    });
    const ended = async (list: readonly unknown[], wait = 0) => {
      const id = await draft(list);
      await client.advance(wait);
      await activate(id);
      await client.advance(5 * 3600);
      const session = await get(id);
      const [entry] = await artifactsOf(id);
      return [session.body['status'], part(entry, 'error', 'code')];
    };
    expect(await ended([artifact(0)])).toEqual(['failed', 'ArtifactCannotBeRestored']);
    expect(await ended([artifact(0, 'new')])).toEqual(['completed', undefined]);
    expect(await ended([artifact(1)])).toEqual(['failed', 'ArtifactNotFound']);
    expect(old).toBeDefined();
    expect(await ended([artifact(2)], 15 * 86_400)).toEqual(['failed', 'InvalidRestoreTime']);
  });

  test('that failed altogether is told as unknown to who does not ask for all members', async () => {
    await changeTenant({ artifactFailures: 'seeded' });
    await client.control('POST', `/tenants/${client.tenantId}/entities`, {
      collection: 'siteProtectionUnits',
      value: [{ id: points[0]?.unitId, gone: true }],
    });
    const id = await draft(artifacts(1));
    await activate(id);
    await client.advance(5 * 3600);
    expect((await get(id)).body['status']).toBe('failed');
    expect((await client.graph('GET', `${root}/restoreSessions/${id}`)).body['status']).toBe('unknownFutureValue');
  });

  test('is forgotten a year after its end', async () => {
    const id = await draft(artifacts(1));
    await activate(id);
    await client.advance(364 * 86_400);
    const token = await client.token();
    expect((await client.graph('GET', `${root}/restoreSessions/${id}`, undefined, { token })).status).toBe(200);
    await client.advance(2 * 86_400);
    expect((await client.graph('GET', `${root}/restoreSessions/${id}`, undefined, { token })).status).toBe(404);
  });
});

describe('sessions put in place', () => {
  test('are a colleague’s draft with the same points, which can be activated by its owner', async () => {
    await client.control('POST', `/tenants/${client.tenantId}/entities`, {
      collection: 'sharePointRestoreSessions',
      value: [
        {
          id: '61633878-8321-4950-bfaf-ed285bdd1461',
          createdBy: {
            application: { id: client.ready.clientId },
            user: { id: 'c0ffee00-0000-4000-8000-000000000000', displayName: 'Søren' },
          },
          createdDateTime: '2026-03-06T13:00:00Z',
          siteRestoreArtifacts: [artifact(0)],
        },
      ],
    });
    const session = await get('61633878-8321-4950-bfaf-ed285bdd1461');
    expect(session.body).toMatchObject({
      status: 'draft',
      createdBy: { user: { displayName: 'Søren' } },
      createdDateTime: '2026-03-06T13:00:00Z',
    });
    expect(part((await artifactsOf('61633878-8321-4950-bfaf-ed285bdd1461'))[0], 'restorePoint', 'id')).toBe(
      points[0]?.id,
    );
    expect((await activate('61633878-8321-4950-bfaf-ed285bdd1461')).status).toBe(200);
  });

  test('stay in a state that does not follow from artifacts', async () => {
    await client.control('POST', `/tenants/${client.tenantId}/entities`, {
      collection: 'restoreSessions',
      value: [
        {
          '@odata.type': '#microsoft.graph.exchangeRestoreSession',
          id: '61633878-8321-4950-bfaf-ed285bdd1462',
          status: 'active',
        },
      ],
    });
    await client.advance(86_400);
    expect((await get('61633878-8321-4950-bfaf-ed285bdd1462')).body['status']).toBe('active');
  });

  test('are refused with the reason', async () => {
    const put = (body: Json) => client.control('POST', `/tenants/${client.tenantId}/entities`, body);
    expect((await put({ collection: 'unheardOf', value: [] })).status).toBe(400);
    expect((await put({ collection: 'restoreSessions', value: [{ id: 'x' }] })).text).toContain('@odata.type');
    expect(
      (await put({ collection: 'restorePoints', value: [{ id: 'x', protectionDateTime: '2026-01-01T00:00:00Z' }] }))
        .text,
    ).toContain('protectionUnitId');
    expect((await put({ collection: 'restorePoints', value: [{ protectionDateTime: 'then' }] })).status).toBe(400);
  });
});
