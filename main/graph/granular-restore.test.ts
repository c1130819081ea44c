import { describe, expect, test } from 'vitest';
import { clientFaults, itemsOf } from './index.ts';
import { failureOf, json, readAll, scriptedGraph, TENANT } from './testing/scripted-graph.ts';

const ROOT = '/v1.0/solutions/backupRestore';
const T = Date.UTC(2026, 2, 6, 14, 5, 9) / 1000;

describe.each([
  ['site', 'sharePoint', 'granularSiteRestoreArtifacts'],
  ['drive', 'oneDriveForBusiness', 'granularDriveRestoreArtifacts'],
] as const)('files of a %s', (kind, workload, collection) => {
  test('are browsed: the first page by POST, the others by the GET of their links', async () => {
    const graph = scriptedGraph();
    const { browseSessions } = graph.client.forTenant(TENANT);
    const browse = `/solutions/backupRestore/${workload}BrowseSessions/b/browse`;
    const file = { itemKey: 'k2', name: 'a.txt', type: 'File', sizeInBytes: '9007199254740993', webUrl: 'w' };
    graph.reply(
      json(200, {
        value: [{ itemKey: 'k1', type: 'folder', itemsCount: 2 }],
        '@odata.nextLink': `${browse}?$skiptoken=t`,
      }),
      json(200, { value: [file] }),
    );
    const query = { itemKey: 'k0', resourceType: 'site', filter: "(name -contains 'a')", orderBy: 'nameAsc' } as const;
    expect(await readAll(itemsOf(browseSessions.browse(kind, 'b', query)))).toMatchObject([
      { itemKey: 'k1', name: 'k1', type: 'folder', itemsCount: 2 },
      { itemKey: 'k2', name: 'a.txt', type: 'file', sizeInBytes: '9007199254740993', webUrl: 'w', graph: file },
    ]);
    expect(graph.calls.map(call => [call.method, call.url.pathname + call.url.search, call.body])).toEqual([
      [
        'POST',
        `/v1.0${browse}`,
        { browseLocationItemKey: 'k0', browseResourceType: 'site', filter: query.filter, orderBy: 'nameAsc' },
      ],
      ['GET', `/v1.0${browse}?$skiptoken=t`, undefined],
    ]);
  });

  test('are put into a draft, changed, and read with where they went', async () => {
    const graph = scriptedGraph();
    const { restoreSessions } = graph.client.forTenant(TENANT);
    const artifact = {
      id: 'k1',
      browseSessionId: 'b',
      status: 'unknown',
      restoredItemPath: null,
      restoredItemWebUrl: '',
      restorePointDateTime: '2026-03-06T14:05:09Z',
      startDateTime: '0001-01-01T00:00:00Z',
    };
    graph.reply(
      json(201, { id: 's', status: 'draft', restoreJobType: 'granular', [collection]: [artifact] }),
      json(200, { [`${collection}@delta`]: [artifact, { '@removed': { reason: 'changed' }, id: 'k0' }] }),
      json(200, { value: [artifact] }),
    );
    const expected = { id: 'k1', browseSessionId: 'b', status: 'unknown', restorePointAt: T, graph: artifact };
    const created = await restoreSessions.createOfItems(kind, [{ browseSessionId: 'b', itemKey: 'k1' }]);
    expect(created.value).toMatchObject({ kind, jobType: 'granular', artifacts: [], granularArtifacts: [expected] });
    const change = { add: [{ browseSessionId: 'b', itemKey: 'k1' }], remove: ['k0'] };
    expect((await restoreSessions.updateItems(kind, 's', change)).value).toMatchObject({
      artifacts: [expected],
      removedIds: ['k0'],
    });
    expect(await readAll(itemsOf(restoreSessions.listItemArtifacts(kind, 's')))).toEqual([expected]);
    const sent = { browseSessionId: 'b', id: 'k1' };
    expect(graph.calls.map(call => [call.method, call.url.pathname, call.body])).toEqual([
      ['POST', `${ROOT}/${workload}RestoreSessions`, { [collection]: [sent] }],
      [
        'PATCH',
        `${ROOT}/${workload}RestoreSessions/s`,
        { [`${collection}@delta`]: [sent, { '@removed': { reason: 'changed' }, id: 'k0' }] },
      ],
      ['GET', `${ROOT}/${workload}RestoreSessions/s/${collection}`, undefined],
    ]);
  });
});

test('the hits of a mail search are counted, then restored', async () => {
  const graph = scriptedGraph();
  const { restorePoints, restoreSessions } = graph.client.forTenant(TENANT);
  const point = { id: 'p', protectionDateTime: '2026-03-06T14:05:09Z' };
  graph.reply(
    json(200, { searchResponseId: 'x', searchResults: [{ artifactHitCount: 26, restorePoint: point }] }),
    json(201, {
      id: 's',
      status: 'draft',
      granularMailboxRestoreArtifact: [{ id: 'a', restorePoint: { id: 'p' }, searchResponseId: 'x' }],
    }),
  );
  const mailQuery = "(Sender -eq 'a@b')";
  const found = await restorePoints.search({ unitIds: ['u'], preference: 'oldest', mailQuery });
  expect(found.value).toMatchObject({
    searchResponseId: 'x',
    points: [{ id: 'p', artifactHitCount: 26, unitId: 'u' }],
  });
  expect(graph.calls[0]?.body).toMatchObject({
    artifactQuery: { artifactType: 'message', queryExpression: mailQuery },
  });
  const search = { restorePointId: 'p', searchResponseId: 'x', destinationType: 'inPlace' } as const;
  const session = await restoreSessions.createOfMail([search]);
  expect(session.value.artifacts).toMatchObject([{ id: 'a', restorePointId: 'p', searchResponseId: 'x' }]);
  expect(graph.calls[1]?.body).toEqual({
    granularMailboxRestoreArtifacts: [{ restorePoint: { id: 'p' }, searchResponseId: 'x', destinationType: 'inPlace' }],
  });
  const tooMany = restorePoints.search({ unitIds: ['u', 'v'], preference: 'latest', mailQuery });
  expect(await failureOf(tooMany)).toMatchObject({ code: clientFaults.invalidRequest });
});

test('many units by one request, in a session created empty', async () => {
  const graph = scriptedGraph();
  const { restoreSessions, bulkRestoreRequests } = graph.client.forTenant(TENANT);
  const request = {
    id: 'r',
    displayName: 'All',
    status: 'Active',
    createdBy: '',
    tags: 'fastRestore',
    destinationType: 'new',
    restorePointPreference: 'latest',
    protectionTimePeriod: { startDateTime: '0001-01-01T00:00:00Z', endDateTime: '2026-03-06T14:05:09+00:00' },
    error: [
      { code: 'BulkRestoreArtifactsNotResolved', message: 'm', details: [{ code: 'UserNotBackedup', target: 'a@x' }] },
    ],
  };
  graph.reply(
    json(201, { id: 's', status: 'draft' }),
    json(201, request),
    json(200, { '@odata.context': 'c', value: [{ id: 'other' }, request] }),
  );
  await restoreSessions.createEmpty('mailbox');
  const wanted = {
    name: 'All',
    addresses: ['a@x'],
    preference: 'latest',
    destinationType: 'new',
    endDateTime: '2026-03-06T14:05:09Z',
    fastOnly: true,
  } as const;
  const created = (await bulkRestoreRequests.create('mailbox', 's', wanted)).value;
  expect(created).toMatchObject({
    id: 'r',
    name: 'All',
    status: 'active',
    tags: ['fastRestore'],
    periodToAt: T,
    error: { code: 'BulkRestoreArtifactsNotResolved' },
    errorDetails: [{ code: 'UserNotBackedup', message: '', target: 'a@x' }],
  });
  expect(created).not.toHaveProperty('createdBy');
  expect(created).not.toHaveProperty('periodFromAt');
  // One page of the documentation answers a get with a collection: the entity asked for is taken out of it, the rest is kept.
  const fetched = (await bulkRestoreRequests.fetch('mailbox', 's', 'r')).value;
  expect(fetched).toMatchObject({ id: 'r', graph: request, envelope: { '@odata.context': 'c' } });
  expect(graph.calls.slice(0, 2).map(call => [call.url.pathname, call.body])).toEqual([
    [`${ROOT}/exchangeRestoreSessions`, {}],
    [
      `${ROOT}/exchangeRestoreSessions/s/mailboxRestoreArtifactsBulkAdditionRequests`,
      {
        displayName: 'All',
        mailboxes: ['a@x'],
        protectionTimePeriod: { startDateTime: '0001-01-01T00:00:00Z', endDateTime: '2026-03-06T14:05:09Z' },
        restorePointPreference: 'latest',
        tags: 'fastRestore',
        destinationType: 'new',
      },
    ],
  ]);
});

test('nothing of an answer is lost, whatever its keys are called', async () => {
  const graph = scriptedGraph();
  const text = '{"id":"b","status":"paused","__proto__":{"a":1},"constructor":null,"nested":{"__proto__":2}}';
  graph.reply(() => new Response(text, { status: 200 }));
  const { value } = await graph.client.forTenant(TENANT).browseSessions.fetch('b', 'site');
  expect(value.status).toBe('paused');
  expect(JSON.stringify(value.graph)).toBe(text);
});
