import { describe, expect, test } from 'vitest';
import { clientFaults, itemsOf, listUnitsRequest } from './index.ts';
import { failureOf, json, ORIGIN, readAll, refusal, scriptedGraph, TENANT } from './testing/scripted-graph.ts';

const page = (ids: readonly string[], nextLink?: string) =>
  json(200, { value: ids.map(id => ({ id })), ...(nextLink === undefined ? {} : { '@odata.nextLink': nextLink }) });
const LIST = '/v1.0/solutions/backupRestore/protectionUnits/microsoft.graph.siteProtectionUnit';

describe('the pages of a list', () => {
  test.each([
    [
      'absolute',
      `${ORIGIN}/v1.0/solutions/backupRestore/x?$skiptoken=M2Uy%3d%3d`,
      '/v1.0/solutions/backupRestore/x?$skiptoken=M2Uy%3d%3d',
    ],
    [
      'relative to the version',
      '/solutions/backupRestore/x?$skiptoken=a%3d',
      '/v1.0/solutions/backupRestore/x?$skiptoken=a%3d',
    ],
    [
      'without a leading slash',
      'solutions/backupRestore/x?$skiptoken=a',
      '/v1.0/solutions/backupRestore/x?$skiptoken=a',
    ],
    [
      'relative to the origin',
      '/v1.0/solutions/backupRestore/x?$skiptoken=a',
      '/v1.0/solutions/backupRestore/x?$skiptoken=a',
    ],
    ['a bare query', '?$skiptoken=a', `${LIST}?$skiptoken=a`],
    [
      'with an odd query, kept to the letter',
      `${ORIGIN}/v1.0/x?&$skiptoken=a=b&$top=1&$top=2`,
      '/v1.0/x?&$skiptoken=a=b&$top=1&$top=2',
    ],
    [
      'in another letter case, of another collection',
      `${ORIGIN}/V1.0/Solutions/BackupRestore/ProtectionUnits?$skiptoken=a`,
      '/V1.0/Solutions/BackupRestore/ProtectionUnits?$skiptoken=a',
    ],
  ])('follow a next link that is %s', async (_, nextLink, expected) => {
    const graph = scriptedGraph();
    graph.reply(page(['u1', 'u2'], nextLink), page(['u3']));
    const units = await readAll(itemsOf(graph.client.forTenant(TENANT).units.list('site')));
    expect(units.map(unit => unit.id)).toEqual(['u1', 'u2', 'u3']);
    const second = graph.calls[1]?.url;
    expect(`${second?.pathname}${second?.search}`).toBe(expected);
    expect(graph.calls[0]?.url.href).toBe(`${ORIGIN}${LIST}`);
  });

  test('are asked for only as they are taken', async () => {
    const graph = scriptedGraph();
    graph.reply(page(['u1'], '?$skiptoken=1'), page(['u2'], '?$skiptoken=2'), page(['u3']));
    const pages = graph.client.forTenant(TENANT).units.list('site');
    expect(graph.calls).toHaveLength(0);
    const first = await pages.next();
    expect(!first.done && first.value.value.items[0]?.id).toBe('u1');
    expect(graph.calls).toHaveLength(1);
    for await (const answer of pages) {
      expect(answer.value.items[0]?.id).toBe('u2');
      break;
    }
    expect(graph.calls).toHaveLength(2);
  });

  test('each say when and under which id they were answered', async () => {
    const graph = scriptedGraph();
    graph.reply(page(['u1']));
    const [answer] = await readAll(graph.client.forTenant(TENANT).units.list('site'));
    expect(answer).toMatchObject({
      status: 200,
      requestId: 'the-request-id',
      serviceAt: Date.UTC(2026, 2, 6, 14, 5, 9) / 1000,
      roundTripSeconds: 0,
      receivedAt: graph.time.startedAt,
    });
    expect(answer?.clientRequestId).toBe(graph.calls[0]?.headers.get('client-request-id'));
  });

  test('go on after a page that failed in passing, from that page', async () => {
    const graph = scriptedGraph();
    graph.reply(page(['u1'], '?$skiptoken=1'), refusal(503, 'ServiceUnavailable'), page(['u2']));
    const units = await graph.time.run(readAll(itemsOf(graph.client.forTenant(TENANT).units.list('site'))));
    expect(units.map(unit => unit.id)).toEqual(['u1', 'u2']);
  });

  test('that lead back to one already read end in an error, not in a loop', async () => {
    const graph = scriptedGraph();
    let turn = 0;
    graph.always(call => page([`u${turn}`], `?$skiptoken=${turn++ % 3}`)(call));
    expect(await failureOf(readAll(itemsOf(graph.client.forTenant(TENANT).units.list('site'))))).toMatchObject({
      code: clientFaults.pagingLoop,
      tenantId: TENANT,
    });
    expect(graph.calls).toHaveLength(4);
  });

  test('that lead back to the first one likewise', async () => {
    const graph = scriptedGraph();
    graph.always(page(['u1'], `${ORIGIN}${LIST}`));
    expect(await failureOf(readAll(graph.client.forTenant(TENANT).units.list('site')))).toMatchObject({
      code: clientFaults.pagingLoop,
      tenantId: TENANT,
    });
    expect(graph.calls).toHaveLength(1);
  });

  test('can be taken up after a page that came otherwise', async () => {
    const graph = scriptedGraph();
    graph.reply(page(['u2']));
    const rest = graph.client.forTenant(TENANT).pages(listUnitsRequest('site'), { after: '?$skiptoken=1' });
    expect((await readAll(itemsOf(rest))).map(unit => unit.id)).toEqual(['u2']);
    expect(graph.calls[0]?.url.search).toBe('?$skiptoken=1');
  });

  test('an id that could leave its path segment does not', async () => {
    const graph = scriptedGraph();
    graph.always(page([]));
    const tenant = graph.client.forTenant(TENANT);
    await readAll(tenant.units.listOfPolicy('site', '../../x?y#z/%2e%2e'));
    expect(graph.calls[0]?.url.pathname).toBe(
      '/v1.0/solutions/backupRestore/sharePointProtectionPolicies/..%2F..%2Fx%3Fy%23z%2F%252e%252e/siteProtectionUnits',
    );
    for (const id of ['', '.', '..', '\ud800'])
      expect(await failureOf(readAll(tenant.units.listOfPolicy('site', id)))).toMatchObject({
        code: clientFaults.invalidRequest,
      });
    expect(graph.calls).toHaveLength(1);
  });

  test('keep members that can not be used, and what else the page says', async () => {
    const graph = scriptedGraph();
    graph.reply(
      json(200, { '@odata.context': 'c', '@odata.count': 3, value: [{ id: 'u1' }, { siteId: 's' }, null, 7] }),
    );
    const [answer] = await readAll(graph.client.forTenant(TENANT).units.list('site'));
    expect(answer?.value.items.map(unit => unit.id)).toEqual(['u1']);
    expect(answer?.value.unreadable).toEqual([{ siteId: 's' }, null, 7]);
    expect(answer?.value.annotations).toEqual({ '@odata.context': 'c', '@odata.count': 3 });
  });
});
