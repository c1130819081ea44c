import { describe, expect, test } from 'vitest';
import { clientFaults, itemsOf } from './index.ts';
import { toArtifact } from './restore-artifacts.ts';
import { toSession } from './session-entity.ts';
import { failureOf, json, readAll, scriptedGraph, TENANT } from './testing/scripted-graph.ts';

const T = Date.UTC(2026, 2, 6, 14, 5, 9) / 1000;
const ROOT = '/v1.0/solutions/backupRestore';
const artifacts = [
  { restorePointId: 'p1', destinationType: 'inPlace' },
  { restorePointId: 'p2', destinationType: 'inPlace' },
] as const;

describe.each([
  ['site', 'sharePointRestoreSessions', 'siteRestoreArtifacts'],
  ['drive', 'oneDriveForBusinessRestoreSessions', 'driveRestoreArtifacts'],
  ['mailbox', 'exchangeRestoreSessions', 'mailboxRestoreArtifacts'],
] as const)('a session of %ss', (kind, collection, ofArtifacts) => {
  test('is created, changed, listed, activated and deleted as documented', async () => {
    const graph = scriptedGraph();
    const { restoreSessions } = graph.client.forTenant(TENANT);
    graph.reply(
      json(201, {
        id: 's1',
        status: 'draft',
        [ofArtifacts]: [{ id: 'a1', restorePoint: { id: 'p1' }, status: 'added' }],
      }),
    );
    const created = await restoreSessions.create(kind, artifacts);
    expect(created).toMatchObject({
      status: 201,
      value: { id: 's1', kind, status: 'draft', artifacts: [{ id: 'a1', restorePointId: 'p1' }] },
    });

    const exception = {
      info: { code: 'ArtifactNotFound', message: 'gone' },
      failedOperation: 'remove',
      responseCode: 409,
    };
    const failure = { '@contentId': 'c', id: 'a9', '@core.dataModificationException': exception };
    graph.reply(
      json(200, {
        [`${ofArtifacts}@delta`]: [
          { id: 'a3', restorePoint: { '@odata.id': 'p3' }, destinationType: 'inPlace', status: 'added' },
          { '@removed': { reason: 'changed' }, id: 'a2' },
          failure,
          { odd: true },
        ],
      }),
    );
    const change = { add: [{ restorePointId: 'p3', destinationType: 'inPlace' }], remove: ['a2', 'a9'] } as const;
    const changed = await restoreSessions.update(kind, 's1', change);
    expect(changed.value).toMatchObject({
      artifacts: [{ id: 'a3', restorePointId: 'p3', status: 'added', destinationType: 'inPlace' }],
      removedIds: ['a2'],
      failures: [
        {
          code: 'ArtifactNotFound',
          message: 'gone',
          failedOperation: 'remove',
          responseCode: 409,
          id: 'a9',
          contentId: 'c',
          graph: failure,
        },
      ],
      unreadable: [{ odd: true }],
    });

    graph.reply(json(200, { value: [{ id: 'a1' }] }), json(200, { id: 's1', status: 'activating' }), json(204));
    expect(await readAll(itemsOf(restoreSessions.listArtifacts(kind, 's1')))).toHaveLength(1);
    expect((await restoreSessions.activate('s1', kind)).value).toMatchObject({ kind, status: 'activating' });
    expect((await restoreSessions.delete('s1')).value).toBeUndefined();

    expect(graph.calls.map(call => [call.method, call.url.pathname, call.body])).toEqual([
      [
        'POST',
        `${ROOT}/${collection}`,
        {
          [ofArtifacts]: [
            { restorePoint: { id: 'p1' }, destinationType: 'inPlace' },
            { restorePoint: { id: 'p2' }, destinationType: 'inPlace' },
          ],
        },
      ],
      [
        'PATCH',
        `${ROOT}/${collection}/s1`,
        {
          [`${ofArtifacts}@delta`]: [
            { restorePoint: { id: 'p3' }, destinationType: 'inPlace' },
            { '@removed': { reason: 'changed' }, id: 'a2' },
            { '@removed': { reason: 'changed' }, id: 'a9' },
          ],
        },
      ],
      ['GET', `${ROOT}/${collection}/s1/${ofArtifacts}`, undefined],
      ['POST', `${ROOT}/restoreSessions/s1/activate`, undefined],
      ['DELETE', `${ROOT}/restoreSessions/s1`, undefined],
    ]);
  });
});

test.each([
  ['no artifact', []],
  ['51 artifacts', Array.from({ length: 51 }, () => artifacts[0])],
  ['two destination types', [artifacts[0], { restorePointId: 'p', destinationType: 'new' } as const]],
])('%s are refused before anything leaves', async (_, add) => {
  const graph = scriptedGraph();
  const { restoreSessions } = graph.client.forTenant(TENANT);
  const expected = { code: clientFaults.invalidRequest, outcome: 'nothing-done' };
  expect(await failureOf(restoreSessions.create('site', add))).toMatchObject(expected);
  expect(await failureOf(restoreSessions.update('site', 's1', { add }))).toMatchObject(expected);
  expect(graph.calls).toEqual([]);
});

describe('what the service says of a session', () => {
  const graph = {
    '@odata.type': '#microsoft.graph.sharepointRestoreSession',
    id: 's1',
    status: 'CompletedWithErrors',
    restoreJobType: 'Standard',
    restoreSessionArtifactCount: { total: 3, completed: 2, inProgress: 0, failed: 1, skipped: 4 },
    createdBy: {
      application: { id: 'app', displayName: 'App' },
      user: { identity: 'user', displayName: 'Ryan', email: 'r@x' },
    },
    createdDateTime: '2026-03-06T14:05:09Z',
    completedDateTime: '0001-01-01T00:00:00Z',
    error: null,
  };

  test('becomes one of ours, its kind found in any letter case', () => {
    expect(toSession(graph)).toEqual({
      id: 's1',
      kind: 'site',
      status: 'completedWithError',
      jobType: 'standard',
      counts: { total: 3, completed: 2, inProgress: 0, failed: 1 },
      createdAt: T,
      createdBy: { userId: 'user', userName: 'Ryan', userEmail: 'r@x', applicationId: 'app', applicationName: 'App' },
      artifacts: [],
      graph,
    });
  });

  test('a kind and a status of next year are kept', () => {
    expect(
      toSession({ id: 's1', '@odata.type': '#microsoft.graph.teamsRestoreSession', status: 'paused' }),
    ).toMatchObject({
      status: 'paused',
      graph: { '@odata.type': '#microsoft.graph.teamsRestoreSession' },
    });
    expect(toSession({ id: 's1', '@odata.type': '#microsoft.graph.teamsRestoreSession' })).not.toHaveProperty('kind');
    expect(toSession({ id: 's1', '@odata.type': '#microsoft.graph.constructor' })).not.toHaveProperty('kind');
  });
});

describe('what the service says of an artifact', () => {
  test('where it went, when, and from which point', () => {
    const site = {
      id: 'a1',
      status: 'Succeeded',
      destinationType: 'InPlace',
      startDateTime: '2026-03-06T14:05:09.2117521Z',
      completionDateTime: '2026-03-06T14:05:09.9Z',
      restoredSiteId: 'x',
      restoredSiteName: '',
      restoredSiteWebUrl: 'https://x/sites/y',
      restorePoint: { id: 'p1', protectionDateTime: '2026-03-06T14:05:09Z', protectionUnit: { id: 'u1' } },
    };
    expect(toArtifact(site)).toEqual({
      id: 'a1',
      status: 'succeeded',
      destinationType: 'inPlace',
      startedAt: T,
      completedAt: T,
      restoredSiteId: 'x',
      restoredSiteWebUrl: 'https://x/sites/y',
      restorePointId: 'p1',
      restorePointAt: T,
      unitId: 'u1',
      graph: site,
    });
    const mailbox = {
      id: 'a2',
      status: 'unknown',
      restoredFolderId: 'f',
      restoredFolderName: 'Recovered',
      restoredItemCount: '12',
    };
    expect(toArtifact(mailbox)).toMatchObject({
      status: 'unknown',
      restoredFolderId: 'f',
      restoredFolderName: 'Recovered',
      restoredItemCount: 12,
    });
  });

  test.each([
    [{ id: 'p1', '@odata.id': 'other' }, 'p1'],
    [{ '@odata.id': 'p1_1791648201_11_7' }, 'p1_1791648201_11_7'],
    [{ '@odata.id': "/solutions/backupRestore/restorePoints('p1')" }, 'p1'],
    [{ '@odata.id': '/solutions/backupRestore/restorePoints(p1)' }, 'p1'],
    [{ '@odata.id': 'https://graph.microsoft.com/v1.0/solutions/backupRestore/RestorePoints/p1' }, 'p1'],
    [{ '@odata.id': 'cDEvcDI=' }, 'cDEvcDI='],
  ])('a point named %j is %s', (restorePoint, id) => {
    expect(toArtifact({ id: 'a', restorePoint }).restorePointId).toBe(id);
  });

  test('an error that the documentation once sends as an array', () => {
    expect(toArtifact({ id: 'a', error: [{ code: 'ArtifactNotFound', message: 'm' }] }).error).toEqual({
      code: 'ArtifactNotFound',
      message: 'm',
    });
    expect(toArtifact({ id: 'a', error: {} })).not.toHaveProperty('error');
  });
});
