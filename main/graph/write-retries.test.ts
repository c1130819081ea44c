import { describe, expect, test } from 'vitest';
import type { AfterUnknown, TenantGraph } from './index.ts';
import { failureOf, json, lost, refusal, scriptedGraph, TENANT } from './testing/scripted-graph.ts';

const artifact = { restorePointId: 'p', destinationType: 'new' } as const;
const search = { ...artifact, searchResponseId: 'x' };
const item = { browseSessionId: 'b', itemKey: 'k' };
const bulk = { name: 'n', addresses: ['a'], preference: 'latest', destinationType: 'new' } as const;

type Write = readonly [
  /** As it stands on a tenant's client. */
  name: string,
  afterUnknown: AfterUnknown,
  /** The documented code that means "wait", where it has one. */
  waitCode: string | undefined,
  ask: (tenant: TenantGraph) => Promise<unknown>,
];

/** Every write of the client. */
const writes: readonly Write[] = [
  ['service.enable', 'ask-again', undefined, t => t.service.enable('o')],
  ['service.createApp', 'search', undefined, t => t.service.createApp()],
  ['service.activateApp', 'read', undefined, t => t.service.activateApp('a', '2026-12-01T00:00:00Z')],
  ['service.deactivateApp', 'read', undefined, t => t.service.deactivateApp('a')],
  ['service.deleteApp', 'read', undefined, t => t.service.deleteApp('a')],
  ['emailNotifications.update', 'ask-again', undefined, t => t.emailNotifications.update({ isEnabled: true })],
  ['policies.create', 'search', 'PolicySaveFailed', t => t.policies.create('site', { name: 'n' })],
  ['policies.update', 'read', undefined, t => t.policies.update('site', 'p', { name: 'n' })],
  ['policies.activate', 'read', undefined, t => t.policies.activate('p')],
  ['policies.deactivate', 'read', undefined, t => t.policies.deactivate('p')],
  ['policies.delete', 'read', undefined, t => t.policies.delete('p')],
  ['units.offboard', 'read', undefined, t => t.units.offboard('u', 'site')],
  ['units.cancelOffboard', 'read', undefined, t => t.units.cancelOffboard('u', 'site')],
  ['inclusionRules.create', 'search', undefined, t => t.inclusionRules.create('site', 'p', { expression: 'x' })],
  ['inclusionRules.update', 'read', undefined, t => t.inclusionRules.update('drive', 'p', 'r', 'x')],
  ['inclusionRules.run', 'read', undefined, t => t.inclusionRules.run('site', 'p', 'r')],
  ['inclusionRules.deleteAndUnprotect', 'read', undefined, t => t.inclusionRules.deleteAndUnprotect('drive', 'p', 'r')],
  ['inclusionRules.delete', 'read', undefined, t => t.inclusionRules.delete('site', 'p', 'r')],
  [
    'bulkAdditionJobs.create',
    'search',
    undefined,
    t => t.bulkAdditionJobs.create('site', 'p', { name: 'n', addresses: ['a'] }),
  ],
  ['restoreSessions.create', 'search', undefined, t => t.restoreSessions.create('site', [artifact])],
  ['restoreSessions.createEmpty', 'search', undefined, t => t.restoreSessions.createEmpty('site')],
  ['restoreSessions.createOfItems', 'search', undefined, t => t.restoreSessions.createOfItems('site', [item])],
  ['restoreSessions.createOfMail', 'search', undefined, t => t.restoreSessions.createOfMail([search])],
  ['restoreSessions.update', 'read', undefined, t => t.restoreSessions.update('site', 's', { add: [artifact] })],
  ['restoreSessions.updateItems', 'read', undefined, t => t.restoreSessions.updateItems('site', 's', { add: [item] })],
  ['restoreSessions.activate', 'read', 'TooManyActiveRestoreSessions', t => t.restoreSessions.activate('s')],
  ['restoreSessions.delete', 'read', 'IncompleteArtifactDeletion', t => t.restoreSessions.delete('s')],
  ['bulkRestoreRequests.create', 'search', undefined, t => t.bulkRestoreRequests.create('site', 's', bulk)],
  ['bulkRestoreRequests.delete', 'read', undefined, t => t.bulkRestoreRequests.delete('site', 's', 'r')],
  ['browseSessions.create', 'search', undefined, t => t.browseSessions.create('site', 'p')],
];

test('every function of the client is in the list, or reads', () => {
  const groups = Object.entries(scriptedGraph().client.forTenant(TENANT));
  const functions = groups.flatMap(([group, calls]) =>
    typeof calls === 'object' ? Object.keys(calls).map(name => `${group}.${name}`) : [],
  );
  const others = functions.filter(name => !/\.(?:list|fetch|search|browse|settle)(?:[A-Z]\w*)?$/.test(name));
  expect(writes.map(([name]) => name)).toEqual(expect.arrayContaining(others));
  expect(others).toHaveLength(writes.length);
});

const done = json(200, { id: 'x', status: 'active', siteRestoreArtifacts: [] });

describe.each(writes)('%s', (_, afterUnknown, _waitCode, ask) => {
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
  ])('is never repeated after %s, and says how to find out', async (_name, reply) => {
    const graph = scriptedGraph();
    graph.reply(reply);
    const work = graph.time.run(ask(graph.client.forTenant(TENANT)));
    expect(await failureOf(work)).toMatchObject({ outcome: 'unknown', afterUnknown });
    expect(graph.calls).toHaveLength(1);
  });
});

test.each(writes.filter(([, , waitCode]) => waitCode !== undefined))(
  '%s (%s) is asked again after %s',
  async (_, _afterUnknown, waitCode = '', ask) => {
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

test('a refused write has nothing to find out', async () => {
  const graph = scriptedGraph();
  graph.reply(refusal(403, 'OperationNotAllowed'));
  const error = await failureOf(graph.client.forTenant(TENANT).units.offboard('u', 'site'));
  expect(error).toMatchObject({ outcome: 'refused', afterUnknown: undefined });
});
