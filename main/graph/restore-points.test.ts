import { describe, expect, test } from 'vitest';
import { clientFaults } from './index.ts';
import { failureOf, json, refusal, scriptedGraph, TENANT } from './testing/scripted-graph.ts';
import { toPoint } from './restore-points.ts';

const T = Date.UTC(2026, 2, 6, 14, 5, 9) / 1000;
const point = (id: string, unitId?: string) => ({
  id,
  protectionDateTime: '2026-03-06T14:05:09.9876543Z',
  expirationDateTime: '2027-03-06T14:05:09Z',
  tags: 'fastRestore',
  ...(unitId === undefined
    ? {}
    : { protectionUnit: { '@odata.type': '#microsoft.graph.siteProtectionUnit', id: unitId } }),
});

describe('a search', () => {
  test('asks as documented: from the beginning, tags only where fast points are meant', async () => {
    const graph = scriptedGraph();
    graph.always(json(200, { searchResults: [] }));
    const { restorePoints } = graph.client.forTenant(TENANT);
    await restorePoints.search({ unitIds: ['u1', 'u2'], preference: 'latest' });
    await restorePoints.search({
      unitIds: ['u1'],
      preference: 'oldest',
      startDateTime: '2026-03-01T00:00:00Z',
      endDateTime: '2026-03-06T14:04:59.9999999Z',
      fastOnly: true,
    });
    expect(graph.calls.map(call => [call.method, call.url.pathname, call.body])).toEqual([
      [
        'POST',
        '/v1.0/solutions/backupRestore/restorePoints/search',
        {
          protectionUnitIds: ['u1', 'u2'],
          protectionTimePeriod: { startDateTime: '0001-01-01T00:00:00Z' },
          restorePointPreference: 'latest',
        },
      ],
      [
        'POST',
        '/v1.0/solutions/backupRestore/restorePoints/search',
        {
          protectionUnitIds: ['u1'],
          protectionTimePeriod: { startDateTime: '2026-03-01T00:00:00Z', endDateTime: '2026-03-06T14:04:59.9999999Z' },
          restorePointPreference: 'oldest',
          tags: 'fastRestore',
        },
      ],
    ]);
  });

  test('sorts the asked units into found, without a point, and not answered', async () => {
    const graph = scriptedGraph();
    graph.reply(
      json(200, {
        searchResponseId: 'r',
        searchResults: [{ restorePoint: point('p1', 'U1'), artifactHitCount: 26 }],
        noResultProtectionUnitIds: ['u2'],
      }),
    );
    const { value } = await graph.client
      .forTenant(TENANT)
      .restorePoints.search({ unitIds: ['u1', 'u2', 'u3'], preference: 'latest' });
    expect(value).toMatchObject({
      searchResponseId: 'r',
      points: [
        {
          id: 'p1',
          unitId: 'U1',
          at: T,
          protectionDateTime: '2026-03-06T14:05:09.9876543Z',
          isFast: true,
          artifactHitCount: 26,
        },
      ],
      noResultUnitIds: ['u2'],
      unansweredUnitIds: ['u3'],
      unreadable: [],
    });
  });

  test('a result that names no unit, or has no time, proves nothing and is kept', async () => {
    const odd = [
      { restorePoint: point('p1') },
      { restorePoint: { ...point('p2', 'u2'), protectionDateTime: 'yesterday' } },
      { restorePoint: null },
    ];
    const graph = scriptedGraph();
    graph.always(json(200, { searchResults: odd }));
    const { restorePoints } = graph.client.forTenant(TENANT);
    const { value } = await restorePoints.search({ unitIds: ['u1', 'u2'], preference: 'latest' });
    expect([value.points, value.unreadable, value.unansweredUnitIds]).toEqual([[], odd, ['u1', 'u2']]);
    // Asked alone, a unit owns the one point that doesn't say whose it is.
    const alone = await restorePoints.search({ unitIds: ['u1'], preference: 'latest' });
    expect(alone.value.points.map(found => [found.id, found.unitId])).toEqual([['p1', 'u1']]);
  });

  test('of no unit or more than twenty is refused before it leaves', async () => {
    const graph = scriptedGraph();
    const { restorePoints } = graph.client.forTenant(TENANT);
    for (const unitIds of [[], Array.from({ length: 21 }, (_, index) => `u${index}`)])
      expect(await failureOf(restorePoints.search({ unitIds, preference: 'latest' }))).toMatchObject({
        code: clientFaults.invalidRequest,
        outcome: 'nothing-done',
      });
    expect(graph.calls).toEqual([]);
  });
});

describe('a list', () => {
  test('asks with both parameters that the service demands, quotes doubled', async () => {
    const graph = scriptedGraph();
    graph.always(json(200, { value: [point('p1', 'u1'), point('p2')], '@odata.nextLink': '/solutions/x' }));
    const { restorePoints } = graph.client.forTenant(TENANT);
    const { value } = await restorePoints.list({ unitId: "u'1", before: '2026-03-06T14:05:09.9876543Z' });
    await restorePoints.list({ unitId: 'u1', before: '2026-03-06T14:00:00Z', order: 'oldest' });
    expect(graph.calls.map(call => [call.url.pathname, Object.fromEntries(call.url.searchParams)])).toEqual([
      [
        '/v1.0/solutions/backupRestore/restorePoints',
        {
          $expand: "protectionUnit($filter=id eq 'u''1')",
          $filter: 'protectionDateTime lt 2026-03-06T14:05:09.9876543Z',
        },
      ],
      [
        '/v1.0/solutions/backupRestore/restorePoints',
        {
          $expand: "protectionUnit($filter=id eq 'u1')",
          $filter: 'protectionDateTime lt 2026-03-06T14:00:00Z',
          $orderby: 'protectionDateTime asc',
        },
      ],
    ]);
    expect(value.items.map(item => [item.id, item.unitId, item.unitKind])).toEqual([
      ['p1', 'u1', 'site'],
      ['p2', undefined, undefined],
    ]);
    expect(value.nextLink).toBe('/solutions/x');
  });
});

test('one point by its id, refused once it is gone', async () => {
  const graph = scriptedGraph();
  const { restorePoints } = graph.client.forTenant(TENANT);
  graph.reply(json(200, point('cDEvcDI=', 'u1')), refusal(404, 'ItemNotFound'));
  expect((await restorePoints.fetch('cDEvcDI=/x')).value).toMatchObject({ id: 'cDEvcDI=', at: T, unitId: 'u1' });
  expect(graph.calls[0]?.url.pathname).toBe('/v1.0/solutions/backupRestore/restorePoints/cDEvcDI%3D%2Fx');
  expect(await failureOf(restorePoints.fetch('p'))).toMatchObject({ status: 404, outcome: 'refused' });
});

test.each([
  ['2026-03-06T14:05:09.9999999Z', T],
  ['2026-03-06T14:05:09+00:00', T],
  ['2026-03-06T14-05-09.45Z', T],
])('the time %s of a point is floored, its text kept', (protectionDateTime, at) => {
  expect(toPoint({ id: 'p', protectionDateTime })).toMatchObject({ at, protectionDateTime, isFast: false, tags: [] });
});

test('a tag of next year is kept beside those that we know', () => {
  expect(toPoint({ ...point('p'), tags: 'FastRestore, includeNewerItems' })).toMatchObject({
    isFast: true,
    tags: ['fastRestore', 'includeNewerItems'],
  });
});
