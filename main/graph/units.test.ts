import { describe, expect, test } from 'vitest';
import { json, readAll, scriptedGraph, TENANT } from './testing/scripted-graph.ts';
import { itemsOf } from './index.ts';
import { toUnit } from './units.ts';

const T = Date.UTC(2026, 2, 6, 14, 5, 9) / 1000;

describe('a protection unit', () => {
  test('of a site becomes one of ours, with the entity beside it', () => {
    const graph = {
      '@odata.type': '#microsoft.graph.siteProtectionUnit',
      id: 'u1',
      siteId: 'contoso.sharepoint.com,a,b',
      siteName: 'Finance',
      siteWebUrl: 'https://contoso.sharepoint.com/sites/finance',
      policyId: 'p1',
      status: 'Protected',
      protectionSources: 'manual, DynamicRule',
      createdDateTime: '2026-03-06T14:05:09.9999999Z',
      offboardRequestedDateTime: '0001-01-01T00:00:00.0000000Z',
      error: { code: 'QuotaExceeded', message: 'Too much', details: [{ code: 'x' }] },
      newProperty: { deep: [1, 'two'] },
    };
    expect(toUnit(graph, 'site')).toEqual({
      id: 'u1',
      kind: 'site',
      name: 'Finance',
      address: 'https://contoso.sharepoint.com/sites/finance',
      ownerKey: 'contoso.sharepoint.com,a,b',
      policyId: 'p1',
      status: 'protected',
      sources: ['manual', 'dynamicRule'],
      protectedSinceAt: T,
      error: { code: 'QuotaExceeded', message: 'Too much' },
      graph,
    });
  });

  test.each([
    [
      { id: 'u', directoryObjectId: 'd', displayName: 'Emily', email: 'e@x' },
      { name: 'Emily', address: 'e@x', ownerKey: 'd' },
    ],
    [
      { id: 'u', userId: 'd', email: 'e@x' },
      { name: 'e@x', address: 'e@x', ownerKey: 'd' },
    ],
    [
      { id: 'u', directoryObjectId: 'd', displayName: '', email: null },
      { name: 'd', ownerKey: 'd' },
    ],
    [{ id: 'u' }, { name: 'u', ownerKey: 'u', status: 'unknown', sources: [] }],
  ])('without a name falls back: %j', (graph, expected) => {
    expect(toUnit(graph, 'mailbox')).toMatchObject({ kind: 'mailbox', ...expected });
  });

  test('the type that it names wins over the collection, in any letter case', () => {
    expect(toUnit({ '@odata.type': '#microsoft.graph.DRIVEprotectionUnit', id: 'u' }, 'mailbox').kind).toBe('drive');
    expect(toUnit({ '@odata.type': '#microsoft.graph.teamProtectionUnit', id: 'u' }, 'mailbox').kind).toBe('mailbox');
    expect(toUnit({ id: 'u', siteId: 's' }, 'drive').kind).toBe('site');
  });

  test('a status and a source of next year are kept as they came; a wrong type is no crash', () => {
    expect(toUnit({ id: 'u', status: 'frozenSolid', protectionSources: 'manual,robot,none' }, 'site')).toMatchObject({
      status: 'frozenSolid',
      sources: ['manual', 'robot'],
    });
    const odd = {
      id: 'u',
      status: 5,
      error: 'bad',
      createdDateTime: 7,
      displayName: ['x'],
      protectionSources: {},
      policyId: 3,
    };
    expect(toUnit(odd, 'drive')).toEqual({
      id: 'u',
      kind: 'drive',
      name: 'u',
      ownerKey: 'u',
      status: 'unknown',
      sources: [],
      graph: odd,
    });
  });

  test.each([
    ['site', 'siteProtectionUnit', 'sharePointProtectionPolicies/p%201/siteProtectionUnits'],
    ['drive', 'driveProtectionUnit', 'oneDriveForBusinessProtectionPolicies/p%201/driveProtectionUnits'],
    ['mailbox', 'mailboxProtectionUnit', 'exchangeProtectionPolicies/p%201/mailboxProtectionUnits'],
  ] as const)('%ss are listed where they are documented', async (kind, cast, ofPolicy) => {
    const graph = scriptedGraph();
    graph.always(json(200, { value: [] }));
    const tenant = graph.client.forTenant(TENANT);
    await readAll(itemsOf(tenant.units.list(kind)));
    await readAll(itemsOf(tenant.units.listOfPolicy(kind, 'p 1')));
    expect(graph.calls.map(call => call.url.pathname)).toEqual([
      `/v1.0/solutions/backupRestore/protectionUnits/microsoft.graph.${cast}`,
      `/v1.0/solutions/backupRestore/${ofPolicy}`,
    ]);
  });
});
