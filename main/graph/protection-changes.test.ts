import { describe, expect, test } from 'vitest';
import { clientFaults, itemsOf } from './index.ts';
import { failureOf, json, readAll, refusal, scriptedGraph, TENANT } from './testing/scripted-graph.ts';

const ROOT = '/v1.0/solutions/backupRestore';
const kinds = [
  ['site', 'sharePointProtectionPolicies', 'siteId'],
  ['drive', 'oneDriveForBusinessProtectionPolicies', 'directoryObjectId'],
  ['mailbox', 'exchangeProtectionPolicies', 'directoryObjectId'],
] as const;

describe.each(kinds)('what protects %ss', (kind, collection, owner) => {
  test('a policy is created, changed, activated, deactivated and deleted as documented', async () => {
    const graph = scriptedGraph();
    const { policies } = graph.client.forTenant(TENANT);
    const policy = { id: 'p1', displayName: 'All', status: 'inactive', protectionPolicyArtifactCount: { total: 2 } };
    const exception = { info: { code: 'ProtectionUnitNotFound', message: 'gone' }, failedOperation: 'remove' };
    graph.reply(
      json(201, policy, { 'Content-Location': `${ROOT}/${collection}/p1` }),
      json(200, {
        displayName: 'Some',
        [`${kind}ProtectionUnits@delta`]: [
          { id: 'u2', [owner]: 'k2', status: 'protectRequested' },
          { id: 'u1', status: 'removeRequested' },
          { id: 'u9', '@Core.DataModificationException': exception },
        ],
      }),
      json(202, { ...policy, status: 'updating' }),
      json(202, { ...policy, status: 'updating' }),
      json(204),
    );
    expect(await policies.create(kind, { name: 'All', ownerKeys: ['k1'] })).toMatchObject({
      contentLocation: `${ROOT}/${collection}/p1`,
      value: { id: 'p1', kind, name: 'All', status: 'inactive', counts: { total: 2 }, graph: policy },
    });
    const change = { name: 'Some', addOwnerKeys: ['k2'], removeUnitIds: ['u1', 'u9'] };
    expect((await policies.update(kind, 'p1', change)).value).toMatchObject({
      name: 'Some',
      units: [
        { id: 'u2', kind, ownerKey: 'k2', status: 'protectRequested' },
        { id: 'u1', status: 'removeRequested' },
      ],
      failures: [{ id: 'u9', code: 'ProtectionUnitNotFound', failedOperation: 'remove' }],
    });
    expect((await policies.activate('p1')).value.status).toBe('updating');
    expect((await policies.deactivate('p1')).value.status).toBe('updating');
    expect((await policies.delete('p1')).value).toBeUndefined();
    expect(graph.calls.map(call => [call.method, call.url.pathname, call.body])).toEqual([
      ['POST', `${ROOT}/${collection}`, { displayName: 'All', [`${kind}ProtectionUnits`]: [{ [owner]: 'k1' }] }],
      [
        'PATCH',
        `${ROOT}/${collection}/p1`,
        {
          displayName: 'Some',
          [`${kind}ProtectionUnits@delta`]: [
            { [owner]: 'k2' },
            { '@removed': { reason: 'changed' }, id: 'u1' },
            { '@removed': { reason: 'changed' }, id: 'u9' },
          ],
        },
      ],
      ['POST', `${ROOT}/protectionPolicies/p1/activate`, undefined],
      ['POST', `${ROOT}/protectionPolicies/p1/deactivate`, undefined],
      ['DELETE', `${ROOT}/protectionPolicies/p1`, undefined],
    ]);
  });

  test('a rename sends the name alone', async () => {
    const graph = scriptedGraph();
    graph.reply(json(200, { displayName: 'New' }));
    await graph.client.forTenant(TENANT).policies.update(kind, 'p1', { name: 'New' });
    expect(graph.calls[0]?.body).toEqual({ displayName: 'New' });
  });

  test('rules are listed, created, changed, run and deleted', async () => {
    const graph = scriptedGraph();
    const { inclusionRules } = graph.client.forTenant(TENANT);
    const expression = `${kind}Expression`;
    const rule = { id: 'r1', status: 'Active', [expression]: 'x', isAutoApplyEnabled: true };
    graph.reply(
      json(200, { value: [rule] }),
      json(201, rule),
      json(200, { ...rule, [expression]: 'y', status: 'updateRequested' }),
      json(202, { id: 'r1', '@odata.type': '#microsoft.graph.protectionRuleBase', status: 'active' }),
      json(202, { '@odata.context': 'c', value: { ...rule, status: 'deleteRequested' } }),
      json(204),
    );
    expect(await readAll(itemsOf(inclusionRules.list(kind, 'p1')))).toMatchObject([
      { id: 'r1', kind, status: 'active', expression: 'x', isAutoApplyEnabled: true },
    ]);
    await inclusionRules.create(kind, 'p1', { expression: 'x', isAutoApplyEnabled: true });
    expect((await inclusionRules.update(kind, 'p1', 'r1', 'y')).value).toMatchObject({ expression: 'y' });
    const ran = await inclusionRules.run(kind, 'p1', 'r1');
    expect(ran.value).toMatchObject({ kind, status: 'active' });
    expect(ran.value).not.toHaveProperty('expression');
    expect((await inclusionRules.deleteAndUnprotect(kind, 'p1', 'r1')).value).toMatchObject({
      status: 'deleteRequested',
      envelope: { '@odata.context': 'c' },
    });
    await inclusionRules.delete(kind, 'p1', 'r1');
    const rules = `${ROOT}/${collection}/p1/${kind}InclusionRules`;
    expect(graph.calls.map(call => [call.method, call.url.pathname, call.body])).toEqual([
      ['GET', rules, undefined],
      ['POST', rules, { [expression]: 'x', isAutoApplyEnabled: true }],
      ['PATCH', `${rules}/r1`, { [expression]: 'y' }],
      ['POST', `${rules}/r1/run`, undefined],
      ['POST', `${rules}/r1/deleteAndUnprotect`, undefined],
      ['DELETE', `${rules}/r1`, undefined],
    ]);
  });

  test('bulk addition jobs say what they could not resolve', async () => {
    const graph = scriptedGraph();
    const { bulkAdditionJobs } = graph.client.forTenant(TENANT);
    const details = [
      { code: 'SiteUrlNotFound', message: 'm', target: 't' },
      { code: 'EmailNotFound', message: 'n' },
    ];
    graph.reply(json(200, { id: 'j', status: 'CompletedWithErrors', error: { details } }));
    const job = (await bulkAdditionJobs.fetch(kind, 'p1', 'j')).value;
    expect(job).toMatchObject({ name: 'j', status: 'completedWithErrors', errorDetails: details, addresses: [] });
    expect(job).not.toHaveProperty('error');
  });
});

test('unregistering, taking over and switching on', async () => {
  const graph = scriptedGraph();
  const { service } = graph.client.forTenant(TENANT);
  const app = { id: 'a', status: 'PendingActive', lastModifiedBy: { user: { id: 'u' } } };
  graph.reply(
    json(202, app),
    json(202, app),
    json(202, { ...app, status: 'inactive' }),
    json(204),
    json(200, { status: 'enabled', serviceConsumer: 'thirdParty', id: 's' }),
  );
  expect((await service.createApp()).value).toMatchObject({ status: 'pendingActive', lastModifiedBy: { userId: 'u' } });
  await service.activateApp('a', '2026-12-01T00:00:00Z');
  expect((await service.deactivateApp('a')).value.status).toBe('inactive');
  await service.deleteApp('a');
  expect((await service.enable('owner')).value).toEqual({
    status: 'enabled',
    consumer: 'thirdparty',
    graph: { status: 'enabled', serviceConsumer: 'thirdParty', id: 's' },
  });
  expect(graph.calls.map(call => [call.method, call.url.pathname, call.body])).toEqual([
    ['POST', `${ROOT}/serviceApps`, {}],
    ['POST', `${ROOT}/serviceApps/a/activate`, { effectiveDateTime: '2026-12-01T00:00:00Z' }],
    ['POST', `${ROOT}/serviceApps/a/deactivate`, undefined],
    ['DELETE', `${ROOT}/serviceApps/a`, undefined],
    ['POST', `${ROOT}/enable`, { appOwnerTenantId: 'owner' }],
  ]);
});

test('a unit is offboarded, and that is taken back', async () => {
  const graph = scriptedGraph();
  const { units } = graph.client.forTenant(TENANT);
  graph.reply(json(200, { id: 'u', siteId: 's', status: 'offboardRequested' }), refusal(403, 'OperationNotAllowed'));
  expect((await units.offboard('u', 'drive')).value).toMatchObject({ kind: 'site', status: 'offboardRequested' });
  expect(await failureOf(units.cancelOffboard('u', 'site'))).toMatchObject({
    status: 403,
    code: 'OperationNotAllowed',
    outcome: 'refused',
  });
});

describe('e-mail settings', () => {
  const setting = {
    isEnabled: true,
    additionalEvents: 'restoreAndPolicyUpdates, somethingNew',
    recipients: {
      role: 'custom',
      customRecipients: [{ email: 'a@x', displayName: 'A', language: 'nl' }],
      quietHours: { from: 22 },
    },
    newSetting: [1],
  };

  test('are read whole', async () => {
    const graph = scriptedGraph();
    graph.reply(json(200, setting));
    expect((await graph.client.forTenant(TENANT).emailNotifications.fetch()).value).toEqual({
      isEnabled: true,
      additionalEvents: ['restoreAndPolicyUpdates', 'somethingNew'],
      roles: ['custom'],
      customRecipients: [{ email: 'a@x', displayName: 'A', graph: setting.recipients.customRecipients[0] }],
      graph: setting,
    });
  });

  test('are changed by sending the change alone, recipients kept whole', async () => {
    const graph = scriptedGraph();
    const { emailNotifications } = graph.client.forTenant(TENANT);
    graph.always(json(200, setting));
    const { value } = await emailNotifications.fetch();
    await emailNotifications.update({ customRecipients: [...value.customRecipients, 'b@x'] });
    await emailNotifications.update({ additionalEvents: [] });
    await emailNotifications.update({ isEnabled: false });
    expect(graph.calls.slice(1).map(call => call.body)).toEqual([
      {
        recipients: {
          role: 'custom',
          customRecipients: [{ email: 'a@x', displayName: 'A', language: 'nl' }, { email: 'b@x' }],
        },
      },
      { additionalEvents: 'none' },
      { isEnabled: false },
    ]);
  });
});

test.each([
  ['a policy without a name', (t: Tenant) => t.policies.create('site', { name: '' })],
  ['a policy with too long a name', (t: Tenant) => t.policies.create('site', { name: 'x'.repeat(1025) })],
  ['51 units', (t: Tenant) => t.policies.create('site', { name: 'x', ownerKeys: Array(51).fill('k') })],
  ['51 changes', (t: Tenant) => t.policies.update('site', 'p', { removeUnitIds: Array(51).fill('u') })],
  ['no change', (t: Tenant) => t.policies.update('site', 'p', {})],
  ['a job without units', (t: Tenant) => t.bulkAdditionJobs.create('site', 'p', { name: 'j' })],
  ['an id that is no segment', (t: Tenant) => t.inclusionRules.fetch('site', '..', 'r')],
])('%s is refused before anything leaves', async (_, ask) => {
  const graph = scriptedGraph();
  expect(await failureOf(ask(graph.client.forTenant(TENANT)))).toMatchObject({
    code: clientFaults.invalidRequest,
    outcome: 'nothing-done',
  });
  expect(graph.calls).toEqual([]);
});

type Tenant = ReturnType<ReturnType<typeof scriptedGraph>['client']['forTenant']>;
