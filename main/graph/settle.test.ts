import { describe, expect, test } from 'vitest';
import { failureOf, json, refusal, scriptedGraph, TENANT } from './testing/scripted-graph.ts';

const SENT = Date.UTC(2026, 2, 6, 14, 5, 9) / 1000;
const at = (seconds: number) => new Date((SENT + seconds) * 1000).toISOString();

describe('after a create whose answer was lost', () => {
  const look = async (value: readonly object[]) => {
    const graph = scriptedGraph();
    graph.reply(json(200, { value }));
    return await graph.client.forTenant(TENANT).policies.settleCreate('site', 'All', SENT);
  };

  test('what was made since, under that name, is it', async () => {
    const found = await look([
      { id: 'older', displayName: 'All', createdDateTime: at(-1) },
      { id: 'other', displayName: 'Some', createdDateTime: at(1) },
      { id: 'ours', displayName: 'All', createdDateTime: at(0) },
    ]);
    expect(found).toMatchObject({ state: 'done', found: { id: 'ours' } });
  });

  test('nothing like it was done', async () => {
    expect(await look([{ id: 'older', displayName: 'All', createdDateTime: at(-1) }])).toEqual({ state: 'not-done' });
  });

  test('two like it are for a person to tell apart', async () => {
    const twins = [1, 2].map(id => ({ id: `${id}`, displayName: 'All', createdDateTime: at(id) }));
    expect(await look(twins)).toMatchObject({ state: 'unclear', candidates: [{ id: '1' }, { id: '2' }] });
  });

  test('rules are told by their expression, jobs and requests by their names', async () => {
    const graph = scriptedGraph();
    const tenant = graph.client.forTenant(TENANT);
    graph.reply(
      json(200, { value: [{ id: 'r', driveExpression: 'x', createdDateTime: at(0) }] }),
      json(200, { value: [{ id: 'j', displayName: 'n' }] }),
      json(200, { value: [{ id: 'q', displayName: 'n', createdDateTime: at(5) }] }),
    );
    expect(await tenant.inclusionRules.settleCreate('drive', 'p', 'x', SENT)).toMatchObject({ state: 'done' });
    expect(await tenant.bulkAdditionJobs.settleCreate('drive', 'p', 'n', SENT)).toMatchObject({ found: { id: 'j' } });
    expect(await tenant.bulkRestoreRequests.settleCreate('drive', 's', 'n', SENT)).toMatchObject({ state: 'done' });
  });
});

describe('after a deletion whose answer was lost', () => {
  test('404 says that it is done, anything else that it is there still', async () => {
    const graph = scriptedGraph();
    const tenant = graph.client.forTenant(TENANT);
    graph.reply(refusal(404, 'PolicyNotFound'), json(200, { id: 'p' }), refusal(404, 'x'), refusal(404, 'x'));
    expect(await tenant.policies.settleDelete('p')).toEqual({ state: 'done' });
    expect(await tenant.policies.settleDelete('p')).toMatchObject({ state: 'not-done', found: { id: 'p' } });
    expect(await tenant.restoreSessions.settleDelete('s')).toEqual({ state: 'done' });
    expect(await tenant.service.settleDeleteApp('a')).toEqual({ state: 'done' });
  });

  test('a look that fails settles nothing', async () => {
    const graph = scriptedGraph();
    graph.reply(refusal(403, 'Forbidden'));
    const look = graph.client.forTenant(TENANT).inclusionRules.settleDelete('site', 'p', 'r');
    expect(await failureOf(look)).toMatchObject({ status: 403 });
  });
});

test('after a change of a policy whose answer was lost, what is still to do is said', async () => {
  const graph = scriptedGraph();
  const { policies } = graph.client.forTenant(TENANT);
  const change = { name: 'New', addOwnerKeys: ['K1', 'k2'], removeUnitIds: ['u3', 'u4', 'u5'] };
  const units = [
    { id: 'u1', siteId: 'k1', status: 'protectRequested' },
    { id: 'u3', siteId: 'k3', status: 'removeRequested' },
    { id: 'U4', siteId: 'k4', status: 'protected' },
  ];
  graph.reply(json(200, { id: 'p', displayName: 'Old' }), json(200, { value: units }));
  expect(await policies.settleUpdate('site', 'p', change)).toEqual({
    state: 'not-done',
    toDo: { name: 'New', addOwnerKeys: ['k2'], removeUnitIds: ['u4'] },
  });
  graph.reply(json(200, { id: 'p', displayName: 'New' }), json(200, { value: units.slice(0, 2) }));
  expect(await policies.settleUpdate('site', 'p', { ...change, addOwnerKeys: ['k1'] })).toEqual({
    state: 'done',
    toDo: {},
  });
});
