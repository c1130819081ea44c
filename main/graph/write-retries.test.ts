import { describe, expect, test } from 'vitest';
import type { TenantGraph } from './index.ts';
import { failureOf, json, lost, refusal, scriptedGraph, TENANT } from './testing/scripted-graph.ts';

const artifact = { restorePointId: 'p', destinationType: 'new' } as const;
const search = { ...artifact, searchResponseId: 'x' };
const item = { browseSessionId: 'b', itemKey: 'k' };
const bulk = { name: 'n', addresses: ['a'], preference: 'latest', destinationType: 'new' } as const;

/** Every write of the client, with the documented code that means "wait", where it has one. */
const writes: readonly (readonly [string, string | undefined, (tenant: TenantGraph) => Promise<unknown>])[] = [
  ['enable', undefined, t => t.service.enable('o')],
  ['createApp', undefined, t => t.service.createApp()],
  ['activateApp', undefined, t => t.service.activateApp('a', '2026-12-01T00:00:00Z')],
  ['deactivateApp', undefined, t => t.service.deactivateApp('a')],
  ['deleteApp', undefined, t => t.service.deleteApp('a')],
  ['e-mail update', undefined, t => t.emailNotifications.update({ isEnabled: true })],
  ['policy create', 'PolicySaveFailed', t => t.policies.create('site', { name: 'n' })],
  ['policy update', undefined, t => t.policies.update('site', 'p', { name: 'n' })],
  ['policy activate', undefined, t => t.policies.activate('p')],
  ['policy deactivate', undefined, t => t.policies.deactivate('p')],
  ['policy delete', undefined, t => t.policies.delete('p')],
  ['unit offboard', undefined, t => t.units.offboard('u', 'site')],
  ['unit cancelOffboard', undefined, t => t.units.cancelOffboard('u', 'site')],
  ['rule create', undefined, t => t.inclusionRules.create('site', 'p', { expression: 'x' })],
  ['rule update', undefined, t => t.inclusionRules.update('drive', 'p', 'r', 'x')],
  ['rule run', undefined, t => t.inclusionRules.run('site', 'p', 'r')],
  ['rule deleteAndUnprotect', undefined, t => t.inclusionRules.deleteAndUnprotect('drive', 'p', 'r')],
  ['rule delete', undefined, t => t.inclusionRules.delete('site', 'p', 'r')],
  ['job create', undefined, t => t.bulkAdditionJobs.create('site', 'p', { name: 'n', addresses: ['a'] })],
  ['session create', undefined, t => t.restoreSessions.create('site', [artifact])],
  ['empty session create', undefined, t => t.restoreSessions.createEmpty('site')],
  ['file session create', undefined, t => t.restoreSessions.createOfItems('site', [item])],
  ['mail session create', undefined, t => t.restoreSessions.createOfMail([search])],
  ['session update', undefined, t => t.restoreSessions.update('site', 's', { add: [artifact] })],
  ['file session update', undefined, t => t.restoreSessions.updateItems('site', 's', { add: [item] })],
  ['session activate', 'TooManyActiveRestoreSessions', t => t.restoreSessions.activate('s')],
  ['session delete', 'IncompleteArtifactDeletion', t => t.restoreSessions.delete('s')],
  ['bulk request create', undefined, t => t.bulkRestoreRequests.create('site', 's', bulk)],
  ['bulk request delete', undefined, t => t.bulkRestoreRequests.delete('site', 's', 'r')],
  ['browse session create', undefined, t => t.browseSessions.create('site', 'p')],
];

const done = json(200, { id: 'x', status: 'active', siteRestoreArtifacts: [] });

describe.each(writes)('%s', (_, _waitCode, ask) => {
  test('is asked again after 429, when the service has surely done nothing', async () => {
    const graph = scriptedGraph();
    graph.reply(refusal(429, 'TooManyRequests', { 'Retry-After': '30' }), done);
    await graph.time.run(ask(graph.client.forTenant(TENANT)));
    expect(graph.calls).toHaveLength(2);
    expect(graph.time.seconds).toBeGreaterThanOrEqual(30);
  });

  test.each([
    ['a 500', refusal(500, 'InternalServerError')],
    ['a 503 with Retry-After', refusal(503, 'ServiceUnavailable', { 'Retry-After': '1' })],
    ['a 504', refusal(504, 'GatewayTimeout')],
    ['a lost connection', lost()],
    ['a success that can not be read', () => new Response('{"id":', { status: 200 })],
  ])('is never repeated after %s', async (_name, reply) => {
    const graph = scriptedGraph();
    graph.reply(reply);
    const work = graph.time.run(ask(graph.client.forTenant(TENANT)));
    expect(await failureOf(work)).toMatchObject({ outcome: 'unknown' });
    expect(graph.calls).toHaveLength(1);
  });
});

test.each(writes.filter(([, waitCode]) => waitCode !== undefined))(
  '%s is asked again after %s',
  async (_, waitCode = '', ask) => {
    const graph = scriptedGraph();
    graph.reply(refusal(500, waitCode), done);
    await graph.time.run(ask(graph.client.forTenant(TENANT)));
    expect(graph.calls).toHaveLength(2);
  },
);

test('a Retry-After of years ends the wait before it begins, and is told to the caller', async () => {
  const graph = scriptedGraph();
  const tenant = graph.client.forTenant(TENANT);
  graph.reply(refusal(429, 'TooManyRequests', { 'Retry-After': '99999999999999999999' }), json(200, {}));
  expect(await failureOf(tenant.service.fetchStatus())).toMatchObject({
    status: 429,
    retryAfterSeconds: Number.MAX_SAFE_INTEGER,
  });
  expect((await tenant.service.fetchStatus()).value.status).toBe('disabled');
});
