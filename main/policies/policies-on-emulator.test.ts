import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ChangeEffect, ChangeProblem, OwnerToAdd, PolicyChange } from '../../shared/contract/policies.ts';
import { DAY, HOUR } from '../../shared/domain/time.ts';
import type { EmulatorProcess } from '../testing/emulator-process.ts';
import { policiesOnEmulator, type PoliciesOnEmulator, startCustomers } from '../testing/policies-on-emulator.ts';
import { AuditedWrites } from '../writes/index.ts';
import { policyWrites } from './policy-writes.ts';

let emulator: EmulatorProcess;
let world: PoliciesOnEmulator;
let customer = 0;
beforeAll(async () => {
  emulator = await startCustomers(48);
});
afterAll(async () => {
  await emulator.stop();
});
beforeEach(async () => {
  world = await policiesOnEmulator(emulator, customer);
  customer += 1;
});
afterEach(async () => {
  await world.close();
});

const codes = (problems: readonly ChangeProblem[], severity?: ChangeProblem['severity']): string[] =>
  problems.filter(problem => severity === undefined || problem.severity === severity).map(({ code }) => code);
const effectsOf = (effects: readonly ChangeEffect[]): unknown[] =>
  effects.map(each => [each.effect, ...('units' in each ? [each.units.kind, each.units.count] : [])]);

/** People whom nobody protects yet, as the directory finds them. */
async function unprotected(count: number): Promise<OwnerToAdd[]> {
  const found: OwnerToAdd[] = [];
  for (const letter of 'abcdefghijklmnopqrstuvwxyz') {
    const { entries } = await world.policies.directory.search(world.tenantId, 'user', letter);
    for (const { id, name, address, units } of entries)
      if (!units.some(({ kind }) => kind === 'mailbox') && !found.some(({ key }) => key === id))
        found.push({ key: id, name, ...(address === undefined ? {} : { address }) });
  }
  expect(found.length).toBeGreaterThanOrEqual(count);
  return found.slice(0, count);
}

const unitsOf = async (policyId: string): Promise<string[]> =>
  world.opened.catalog.units.idsMatching({
    tenantId: world.tenantId,
    filter: { policyId },
    now: world.opened.clocks.now(world.tenantId),
    limit: 1_000,
  });
const unit = async (id: string) => (await world.opened.catalog.units.byIds(world.tenantId, [id]))[0];
const auditOf = async () => world.opened.catalog.audit.list({ tenantId: world.tenantId, limit: 1_000 });

const add = (policyId: string, owners: OwnerToAdd[]): PolicyChange => ({
  type: 'addUnits',
  policyId,
  units: { type: 'owners', owners },
});

describe('reading', () => {
  test('the catalog’s policies come with their units’ counts and age; fetched, with rules, jobs and retention', async () => {
    const { policies, tenantId } = world;
    const list = await policies.reader.list(tenantId);
    expect(new Set(list.policies.map(({ kind }) => kind))).toEqual(new Set(['drive', 'mailbox', 'site']));
    expect(list.readAt).toBe(list.unitsReadAt);
    const policyId = await world.policyOf('mailbox');
    const known = list.policies.find(({ id }) => id === policyId);
    expect(known?.units.total).toBe((await unitsOf(policyId)).length);
    expect(known?.retention.length).toBeGreaterThan(0);
    expect((await policies.reader.get(tenantId, policyId)).rules).toBeUndefined();
    const fetched = await policies.reader.fetch(tenantId, policyId);
    expect(fetched).toMatchObject({ rules: [], jobs: [], unread: [], policy: { id: policyId } });
    expect(fetched.createdBy).toBeDefined();
    expect(fetched.serviceCounts?.total).toBe(known?.units.total);
  });

  test('what can’t be read is told beside what was', async () => {
    const policyId = await world.policyOf('mailbox');
    await world.fault('GET', '/exchangeProtectionPolicies/{id}/mailboxInclusionRules', 'status', {
      status: 403,
      code: 'accessDenied',
    });
    const { unread, jobs, rules } = await world.policies.reader.fetch(world.tenantId, policyId);
    expect(unread).toMatchObject([{ part: 'rules', error: { code: 'GRAPH_REFUSED' } }]);
    expect([jobs, rules]).toEqual([[], undefined]);
  });

  test('a policy that is gone is not found', async () => {
    await expect(world.policies.reader.get(world.tenantId, 'none')).rejects.toMatchObject({
      error: { code: 'POLICY_NOT_FOUND' },
    });
  });
});

describe('a policy', () => {
  test('is created with units, activated, renamed, deactivated, deleted; each step is in the audit', async () => {
    const owners = await unprotected(3);
    const { prepared, sent } = await world.carryOut({
      type: 'create',
      kind: 'mailbox',
      name: 'Board',
      units: { type: 'owners', owners },
      activate: true,
    });
    expect(prepared).toMatchObject({ canSend: true, needsTypedName: false, requests: 3, by: 'requests' });
    expect(effectsOf(prepared.effects)).toEqual([['gainsProtection', 'mailbox', 3]]);
    expect(codes(prepared.problems)).toEqual(['COST_GROWS', 'RETENTION_NOT_SETTABLE']);
    expect(sent).toMatchObject({ state: 'ended', requestsDone: 3, counts: { accepted: 5, refused: 0, notSent: 0 } });
    expect(sent.error).toBeUndefined();
    const policyId = sent.policyId ?? '';
    expect((await world.policies.reader.get(world.tenantId, policyId)).policy).toMatchObject({
      name: 'Board',
      status: 'updating',
      units: { total: 3 },
    });

    // While it is updating the service takes no other move.
    const early = await world.policies.changes.prepare(world.tenantId, { type: 'deactivate', policyId });
    expect(codes(early.problems, 'stop')).toEqual(['POLICY_STATE']);
    await expect(world.policies.changes.send(early.id, world.tenantName)).rejects.toMatchObject({
      error: { code: 'CHANGE_BLOCKED', problems: ['POLICY_STATE'] },
    });

    await world.advance(3 * HOUR);
    const renamed = await world.carryOut({ type: 'rename', policyId, name: 'Directors' });
    expect(renamed.sent.counts.accepted).toBe(1);
    const deactivated = await world.carryOut({ type: 'deactivate', policyId });
    expect(effectsOf(deactivated.prepared.effects)).toEqual([['losesProtection', 'mailbox', 3]]);
    expect(deactivated.prepared.needsTypedName).toBe(true);
    await world.advance(3 * HOUR);
    const deleted = await world.carryOut({ type: 'delete', policyId });
    expect(effectsOf(deleted.prepared.effects)).toEqual([['leavesPolicy', 'mailbox', 3]]);
    expect(deleted.sent.error).toBeUndefined();
    await expect(world.policies.reader.get(world.tenantId, policyId)).rejects.toMatchObject({
      error: { code: 'POLICY_NOT_FOUND' },
    });
    expect((await auditOf()).map(({ what, who }) => [what, who])).toEqual(
      [
        'protectionPolicy.create',
        'protectionPolicy.addUnits',
        'protectionPolicy.activate',
        'protectionPolicy.rename',
        'protectionPolicy.deactivate',
        'protectionPolicy.delete',
      ].map(what => [what, 'anna@msp.example']),
    );
    expect((await auditOf()).every(({ requestId }) => requestId !== undefined)).toBe(true);
    expect((await auditOf())[3]).toMatchObject({
      before: { name: 'Board' },
      after: { name: 'Directors', outcome: 'done' },
    });
  });

  test('loses nothing without the tenant’s name', async () => {
    const policyId = await world.policyOf('site');
    const prepared = await world.policies.changes.prepare(world.tenantId, { type: 'deactivate', policyId });
    for (const typed of [undefined, '', 'Other'])
      await expect(world.policies.changes.send(prepared.id, typed)).rejects.toMatchObject({
        error: { code: 'NAME_MISMATCH' },
      });
    expect(await auditOf()).toEqual([]);
  });
});

describe('units', () => {
  test('that another policy or this one holds are left out; a failure in a 200 is that item’s result', async () => {
    const policyId = await world.policyOf('mailbox');
    const [held = ''] = await unitsOf(policyId);
    const heldUnit = await unit(held);
    const other =
      (await world.carryOut({ type: 'create', kind: 'mailbox', name: 'Other', activate: false })).sent.policyId ?? '';
    const [free, taken] = await unprotected(2);
    if (free === undefined || taken === undefined || heldUnit === undefined) throw new Error('Nobody is there.');
    const prepared = await world.policies.changes.prepare(
      world.tenantId,
      add(other, [free, taken, { key: heldUnit.ownerKey, name: heldUnit.name }]),
    );
    expect(effectsOf(prepared.effects)).toEqual([['waitsInPolicy', 'mailbox', 2]]);
    expect(prepared.problems).toContainEqual(
      expect.objectContaining({ code: 'UNITS_IN_OTHER_POLICY', severity: 'leftOut', units: 1, names: [heldUnit.name] }),
    );
    // Somebody else was faster with one of them.
    await world.opened.graph
      .forTenant(world.tenantId)
      .policies.update('mailbox', policyId, { addOwnerKeys: [taken.key] });
    const sent = await world.policies.changes.send(prepared.id, undefined);
    expect(sent.counts).toMatchObject({ accepted: 1, refused: 1, leftOut: 1 });
    const rows = (only?: 'refused' | 'leftOut') =>
      world.policies.changes.listResults(prepared.id, only, { offset: 0, limit: 10 }).rows;
    expect(rows('refused')).toMatchObject([{ name: taken.name, error: { code: 'ProtectionUnitAlreadyExists' } }]);
    expect(rows('leftOut')).toMatchObject([{ name: heldUnit.name, error: { code: 'UNITS_IN_OTHER_POLICY' } }]);
    expect(await unitsOf(other)).toHaveLength(1);
  });

  test('leave their policy, are offboarded, and kept again; a unit in a policy can’t be offboarded', async () => {
    const policyId = await world.policyOf('mailbox');
    const protectedUnits = (await world.opened.catalog.units.byIds(world.tenantId, await unitsOf(policyId))).filter(
      ({ status }) => status === 'protected',
    );
    const unitIds = protectedUnits.slice(0, 2).map(({ id }) => id);
    const units = { type: 'these', unitIds } as const;
    const tooEarly = await world.policies.changes.prepare(world.tenantId, { type: 'offboard', units });
    expect(codes(tooEarly.problems)).toEqual(expect.arrayContaining(['NOTHING_TO_DO', 'UNITS_STATE']));
    const removed = await world.carryOut({ type: 'removeUnits', policyId, units });
    expect(effectsOf(removed.prepared.effects)).toEqual([['losesProtection', 'mailbox', 2]]);
    expect(removed.sent.counts).toMatchObject({ accepted: 2 });
    expect(await unit(unitIds[0] ?? '')).toMatchObject({ status: 'removeRequested' });
    await world.advance(2 * HOUR);
    await world.policies.reader.readUnits(world.tenantId, 'mailbox', unitIds);
    const offboarded = await world.carryOut({ type: 'offboard', units });
    const at = world.opened.clocks.now(world.tenantId);
    expect(offboarded.prepared.effects).toMatchObject([{ effect: 'backupsDeleted', units: { count: 2 } }]);
    const [effect] = offboarded.prepared.effects;
    expect(effect?.effect === 'backupsDeleted' ? Math.abs(effect.deletedAt - at - 90 * DAY) : undefined).toBeLessThan(
      HOUR * 3,
    );
    expect(offboarded.sent.counts).toMatchObject({ accepted: 2 });
    expect(await unit(unitIds[0] ?? '')).toMatchObject({ status: 'offboardRequested' });
    const kept = await world.carryOut({ type: 'cancelOffboard', units });
    expect(effectsOf(kept.prepared.effects)).toEqual([['backupsKept', 'mailbox', 2]]);
    expect(kept.sent.counts).toMatchObject({ accepted: 2, refused: 0 });
  });

  test('one malformed id refuses a request whole: it alone is refused in the end', async () => {
    const policyId = await world.policyOf('mailbox');
    const owners = [...(await unprotected(5)), { key: 'no-id', name: 'Nobody' }];
    const { sent, prepared } = await world.carryOut(add(policyId, owners));
    expect(sent.counts).toMatchObject({ accepted: 5, refused: 1 });
    const { rows } = world.policies.changes.listResults(prepared.id, 'refused', { offset: 0, limit: 10 });
    expect(rows).toMatchObject([{ name: 'Nobody', error: { code: 'InvalidProtectionUnitId' } }]);
  });

  test('of a list come by a job of the service, with each line’s result', async () => {
    const policyId = await world.policyOf('mailbox');
    const people = await unprotected(3);
    const lines = ['email', ...people.map(({ address }) => address ?? ''), 'nobody@nowhere.example', 'no address'];
    const importId = world.policies.imports.open(world.tenantId, 'mailbox');
    world.policies.imports.add(importId, Buffer.from(lines.join('\r\n')).toString('base64'));
    expect(await world.policies.imports.read(importId)).toMatchObject({ right: 4, wrong: 1 });
    const { prepared, sent } = await world.carryOut({
      type: 'addUnits',
      policyId,
      units: { type: 'import', importId },
    });
    expect(prepared).toMatchObject({ by: 'job', requests: 1 });
    expect(codes(prepared.problems, 'leftOut')).toEqual(['LINES_WRONG']);
    // The service's clock stands still, so that its job goes on beyond our patience.
    expect(sent).toMatchObject({ state: 'ended', counts: { waiting: 4 }, jobIds: [expect.any(String)] });
    await world.advance(HOUR);
    const later = await world.policies.changes.change(prepared.id);
    expect(later).toMatchObject({ counts: { accepted: 3, refused: 1, waiting: 0 }, jobIds: [] });
    expect(world.policies.changes.listResults(prepared.id, 'refused', { offset: 0, limit: 9 }).rows).toMatchObject([
      { line: 5, address: 'nobody@nowhere.example', error: { code: 'EmailNotFound' } },
    ]);
    const { jobs } = await world.policies.reader.fetch(world.tenantId, policyId);
    expect(jobs).toMatchObject([{ status: 'completedWithErrors', failed: 1 }]);
  });
});

describe('an answer that is lost', () => {
  const policies = '/exchangeProtectionPolicies';
  const create: PolicyChange = { type: 'create', kind: 'mailbox', name: 'Lost', activate: false };
  const named = async () =>
    (await world.policies.reader.fetchList(world.tenantId)).policies.filter(({ name }) => name === 'Lost');

  test.each(['dropAfter', 'gatewayTimeout'])(
    'after the service took it (%s): a create is found, and made once',
    async effect => {
      await world.fault('POST', policies, effect);
      const { sent } = await world.carryOut(create);
      expect(sent).toMatchObject({ counts: { accepted: 1 } });
      expect(sent.error).toBeUndefined();
      expect(await named()).toHaveLength(1);
      expect((await auditOf()).map(({ after }) => after)).toMatchObject([
        { outcome: 'unknown' },
        { outcome: 'done', settledBy: 'reading' },
      ]);
    },
  );

  test('before the service had it: it is sent again once reading has said so twice', async () => {
    await world.fault('POST', policies, 'dropBefore');
    const { sent } = await world.carryOut(create);
    expect(sent).toMatchObject({ counts: { accepted: 1 } });
    expect(await named()).toHaveLength(1);
    expect(await world.asked('POST', policies)).toBe(2);
    expect((await auditOf()).map(({ after }) => after)).toMatchObject([
      { outcome: 'unknown' },
      { outcome: 'undone', settledBy: 'reading' },
      { outcome: 'done' },
    ]);
  });

  test.each(['dropAfter', 'dropBefore', 'gatewayTimeout'])(
    'units come in once and none is forgotten (%s)',
    async effect => {
      const policyId = await world.policyOf('mailbox');
      const before = (await unitsOf(policyId)).length;
      const owners = await unprotected(6);
      await world.fault('PATCH', `${policies}/{id}`, effect);
      const { sent } = await world.carryOut(add(policyId, owners));
      expect(sent.counts).toMatchObject({ accepted: 6, refused: 0, unknown: 0 });
      expect(await unitsOf(policyId)).toHaveLength(before + 6);
    },
  );

  test.each<[string, 'activate' | 'deactivate', string]>([
    ['dropAfter', 'deactivate', '/protectionPolicies/{id}/deactivate'],
    ['dropBefore', 'deactivate', '/protectionPolicies/{id}/deactivate'],
  ])('%s of %s', async (effect, type, route) => {
    const policyId = await world.policyOf('site');
    await world.fault('POST', route, effect);
    const { sent } = await world.carryOut({ type, policyId });
    expect(sent.error).toBeUndefined();
    expect(sent.counts).toMatchObject({ accepted: 1 });
    expect((await world.policies.reader.get(world.tenantId, policyId)).policy.status).toBe('updating');
  });

  const dynamicForm = async () => {
    const [group] = (await world.policies.directory.search(world.tenantId, 'group', 'Board')).entries;
    return { of: 'groups' as const, groupIds: [group?.id ?? ''] };
  };
  const ofPolicy = '/exchangeProtectionPolicies/{id}';
  type Lossy = [name: string, route: string, method: string, prepare: (policyId: string) => Promise<PolicyChange>];
  const lossy: Lossy[] = [
    ['rename', ofPolicy, 'PATCH', async policyId => ({ type: 'rename', policyId, name: 'Renamed' })],
    [
      'createRule',
      `${ofPolicy}/mailboxInclusionRules`,
      'POST',
      async policyId => ({ type: 'createRule', policyId, form: await dynamicForm(), dynamic: true }),
    ],
    [
      'removeUnits',
      ofPolicy,
      'PATCH',
      async policyId => {
        const units = await world.opened.catalog.units.byIds(world.tenantId, await unitsOf(policyId));
        const unitIds = units.filter(({ sources }) => sources.join() === 'manual').map(({ id }) => id);
        return { type: 'removeUnits', policyId, units: { type: 'these', unitIds: unitIds.slice(0, 1) } };
      },
    ],
    [
      'offboard',
      '/protectionUnits/{id}/offboard',
      'POST',
      async policyId => {
        const units = await world.opened.catalog.units.byIds(world.tenantId, await unitsOf(policyId));
        const leaving = units.find(({ sources, status }) => sources.join() === 'manual' && status === 'protected');
        const these = { type: 'these' as const, unitIds: [leaving?.id ?? ''] };
        await world.carryOut({ type: 'removeUnits', policyId, units: these });
        await world.advance(2 * HOUR);
        await world.policies.reader.readUnits(world.tenantId, 'mailbox', these.unitIds);
        return { type: 'offboard', units: these };
      },
    ],
    [
      'delete',
      '/protectionPolicies/{id}',
      'DELETE',
      async () => {
        const { sent } = await world.carryOut({ type: 'create', kind: 'mailbox', name: 'Short', activate: false });
        return { type: 'delete', policyId: sent.policyId ?? '' };
      },
    ],
  ];
  test.each(lossy.flatMap(row => (['dropAfter', 'dropBefore'] as const).map(effect => [effect, ...row] as const)))(
    '%s: %s is done once, and said to be done',
    async (effect, _, route, method, prepare) => {
      const change = await prepare(await world.policyOf('mailbox'));
      const auditBefore = (await auditOf()).length;
      await world.fault(method, route, effect);
      const { sent } = await world.carryOut(change);
      expect(sent.error).toBeUndefined();
      expect(sent.counts).toEqual({ accepted: 1, refused: 0, leftOut: 0, waiting: 0, unknown: 0, notSent: 0 });
      const outcomes = (await auditOf()).slice(auditBefore).map(({ after }) => after);
      expect(outcomes).toMatchObject(
        effect === 'dropAfter'
          ? [{ outcome: 'unknown' }, { outcome: 'done', settledBy: 'reading' }]
          : [{ outcome: 'unknown' }, { outcome: 'undone', settledBy: 'reading' }, { outcome: 'done' }],
      );
      expect(await world.opened.catalog.intents.listUnfinishedAcrossTenants()).toEqual([]);
    },
  );

  test('a job of a list is made once, whatever becomes of its answer', async () => {
    const policyId = await world.policyOf('mailbox');
    const [person] = await unprotected(1);
    const importId = world.policies.imports.open(world.tenantId, 'mailbox');
    world.policies.imports.add(importId, Buffer.from(person?.address ?? '').toString('base64'));
    await world.policies.imports.read(importId);
    await world.fault('POST', `${ofPolicy}/mailboxProtectionUnitsBulkAdditionJobs`, 'dropAfter');
    const { sent } = await world.carryOut({ type: 'addUnits', policyId, units: { type: 'import', importId } });
    expect(sent).toMatchObject({ counts: { waiting: 1 } });
    expect((await world.policies.reader.fetch(world.tenantId, policyId)).jobs).toHaveLength(1);
  });

  test('a console that ended in between settles it by reading the next time, and sends nothing', async () => {
    const { catalog, clocks } = world.opened;
    const { tenantId } = world;
    // As a killed console leaves it: the intent is on disk, the service has carried it out, nobody heard.
    const write = {
      what: 'protectionPolicy.create',
      kind: 'mailbox',
      name: 'Lost',
      who: 'anna@msp.example',
      since: clocks.now(tenantId),
    };
    const changeId = '0b1e3d3a-1c0f-4b39-9a07-2a9d3b1d4c11';
    await catalog.intents.appendChange({
      planId: changeId,
      tenantId,
      step: write.what,
      about: 'a policy',
      at: write.since,
      facts: write,
    });
    await world.opened.graph.forTenant(tenantId).policies.create('mailbox', { name: 'Lost' });
    const asked = await world.asked('POST', policies);
    const { graph } = world.opened;
    const options = { catalog, graph, now: clocks.now.bind(clocks), pollMs: 1, sleep: async () => undefined };
    const writes = new AuditedWrites(options, policyWrites);
    // What this very console is sending is its own sending's to settle.
    await writes.settleLeftOver(tenantId, id => id === changeId, new AbortController().signal);
    expect(await catalog.intents.listUnfinishedAcrossTenants()).toHaveLength(1);
    world.restart();
    await world.policies.changes.settleLeftOver(tenantId);
    expect(await catalog.intents.listUnfinishedAcrossTenants()).toEqual([]);
    expect((await auditOf()).map(({ what, after }) => [what, after])).toMatchObject([
      ['protectionPolicy.create', { outcome: 'done', settledBy: 'reading' }],
    ]);
    expect(await world.asked('POST', policies)).toBe(asked);
  });
});

describe('what stands in the way', () => {
  const create: PolicyChange = { type: 'create', kind: 'site', name: 'New', activate: false };
  const stops = async (): Promise<string[]> =>
    codes((await world.policies.changes.prepare(world.tenantId, create)).problems, 'stop');

  test('a tenant set read-only, before and while it is sent', async () => {
    const { catalog, clocks } = world.opened;
    const { tenantId } = world;
    const prepared = await world.policies.changes.prepare(tenantId, create);
    const at = clocks.now(tenantId);
    const who = 'anna@msp.example';
    const entry = { at, tenantId, who, what: 'tenant.setReadOnly', target: `tenant ${tenantId}` } as const;
    await catalog.tenants.setReadOnly(tenantId, { sinceAt: at, by: who }, entry);
    await expect(world.policies.changes.send(prepared.id, undefined)).rejects.toMatchObject({
      error: { code: 'TENANT_READ_ONLY', by: who },
    });
    expect(await stops()).toEqual(['TENANT_READ_ONLY']);
  });

  test('another controller, a locked service, a missing consent', async () => {
    const change = async (facts: object) => world.emulator.control('PATCH', `/tenants/${world.tenantId}`, facts);
    await change({ serviceStatus: 'protectionChangeLocked' });
    expect(await stops()).toEqual(['SERVICE_LOCKED']);
    await change({ serviceStatus: 'enabled', controller: 'other' });
    expect(await stops()).toContain('NOT_CONTROLLER');
    await change({ controller: 'self' });
    world.missingScopes.add('BackupRestore-Configuration.ReadWrite.All');
    const { problems } = await world.policies.changes.prepare(world.tenantId, create);
    expect(problems).toContainEqual({
      code: 'CONSENT_MISSING',
      severity: 'stop',
      scopes: ['BackupRestore-Configuration.ReadWrite.All'],
    });
  });

  test('a refusal in the middle ends the sending: what was not sent is told', async () => {
    const policyId = await world.policyOf('mailbox');
    const people = await unprotected(5);
    const owners = Array.from(
      { length: 120 },
      (_, number) =>
        people[number] ?? {
          key: `0b1e3d3a-1c0f-4b39-9a07-${String(number).padStart(12, '0')}`,
          name: `Person ${number}`,
        },
    );
    const prepared = await world.policies.changes.prepare(world.tenantId, add(policyId, owners));
    expect(prepared.requests).toBe(3);
    await world.fault('PATCH', '/exchangeProtectionPolicies/{id}', 'status', { status: 403, code: 'accessDenied' });
    const sent = await world.policies.changes.send(prepared.id, undefined);
    expect(sent).toMatchObject({
      error: { code: 'GRAPH_REFUSED' },
      counts: { refused: 50, notSent: 70 },
      requestsDone: 1,
    });
  });

  test('throttling only takes time', async () => {
    await world.fault('POST', '/sharePointProtectionPolicies', 'throttle', { retryAfterSeconds: 1 });
    const { sent } = await world.carryOut(create);
    expect(sent).toMatchObject({ counts: { accepted: 1 } });
    expect(await auditOf()).toHaveLength(1);
  });

  test('sent twice it is sent once', async () => {
    const prepared = await world.policies.changes.prepare(world.tenantId, create);
    const [first, second] = await Promise.all([
      world.policies.changes.send(prepared.id, undefined),
      world.policies.changes.send(prepared.id, undefined),
    ]);
    expect(second).toEqual(first);
    expect(await world.policies.changes.send(prepared.id, undefined)).toEqual(first);
    expect(await world.asked('POST', '/sharePointProtectionPolicies')).toBe(1);
  });
});

describe('inclusion rules', () => {
  test('of sites: made of a form, read back as it, run again, deleted', async () => {
    const policyId = await world.policyOf('site');
    const form = { of: 'sites', all: [{ any: [{ field: 'webUrl', contains: '/sites/team' }] }] } as const;
    const change: PolicyChange = {
      type: 'createRule',
      policyId,
      form: { of: 'sites', all: [{ any: [{ field: 'webUrl', contains: '/sites/team' }] }] },
      dynamic: false,
    };
    const { prepared, sent } = await world.carryOut(change);
    expect(prepared.expression).toBe("webUrl -contains '/sites/team'");
    expect(effectsOf(prepared.effects)).toEqual([['gainsProtection', 'site', undefined]]);
    expect(sent.counts.accepted).toBe(1);
    await world.advance(2 * HOUR);
    const { rules = [] } = await world.policies.reader.fetch(world.tenantId, policyId);
    expect(rules).toMatchObject([{ type: 'static', status: 'completed', form }]);
    const ruleId = rules[0]?.id ?? '';
    const edited = await world.policies.changes.prepare(world.tenantId, {
      type: 'changeRule',
      policyId,
      ruleId,
      form: change.form,
    });
    expect(codes(edited.problems, 'stop')).toContain('RULE_TYPE');
    expect((await world.carryOut({ type: 'runRule', policyId, ruleId })).sent.counts.accepted).toBe(1);
    const early = await world.policies.changes.prepare(world.tenantId, { type: 'deleteRule', policyId, ruleId });
    expect(codes(early.problems, 'stop')).toEqual(['RULE_STATE']);
    await world.advance(2 * HOUR);
    expect((await world.carryOut({ type: 'deleteRule', policyId, ruleId })).sent.counts.accepted).toBe(1);
    expect((await world.policies.reader.fetch(world.tenantId, policyId)).rules).toEqual([]);
  });

  test('dynamic ones of groups: made, given other groups, deleted with their units', async () => {
    const policyId = await world.policyOf('mailbox');
    const before = (await unitsOf(policyId)).length;
    const byRuleAlone = async (): Promise<number> =>
      (await world.opened.catalog.units.byIds(world.tenantId, await unitsOf(policyId))).filter(
        ({ sources }) => sources.join() === 'dynamicRule',
      ).length;
    // Some came by a rule of the past.
    const byHandBefore = before - (await byRuleAlone());
    const { entries } = await world.policies.directory.search(world.tenantId, 'group', 'b');
    const board = entries[0]?.id ?? '';
    const [starters] = (await world.policies.directory.search(world.tenantId, 'group', 'New')).entries;
    const form = (...groupIds: string[]) => ({ of: 'groups' as const, groupIds });
    expect(
      (await world.carryOut({ type: 'createRule', policyId, form: form(board), dynamic: true })).sent.error,
    ).toBeUndefined();
    await world.advance(2 * HOUR);
    const detail = await world.policies.reader.fetch(world.tenantId, policyId);
    expect(detail.rules).toMatchObject([{ type: 'dynamic', status: 'completed', form: form(board) }]);
    expect((await unitsOf(policyId)).length).toBe(before + 5);
    const ruleId = detail.rules?.[0]?.id ?? '';
    const second = await world.policies.changes.prepare(world.tenantId, {
      type: 'createRule',
      policyId,
      form: form(board),
      dynamic: true,
    });
    expect(codes(second.problems, 'stop')).toEqual(['DYNAMIC_RULE_EXISTS']);
    const held = (await world.opened.catalog.units.byIds(world.tenantId, await unitsOf(policyId))).filter(
      ({ sources }) => sources.includes('dynamicRule'),
    );
    const byHand = await world.policies.changes.prepare(world.tenantId, {
      type: 'removeUnits',
      policyId,
      units: { type: 'these', unitIds: held.map(({ id }) => id) },
    });
    expect(codes(byHand.problems)).toEqual(expect.arrayContaining(['NOTHING_TO_DO', 'UNITS_HELD_BY_RULE']));
    const changed = await world.carryOut({
      type: 'changeRule',
      policyId,
      ruleId,
      form: form(board, starters?.id ?? ''),
    });
    expect(changed.prepared.needsTypedName).toBe(false);
    expect(changed.sent.error).toBeUndefined();
    await world.advance(2 * HOUR);
    await world.policies.reader.fetch(world.tenantId, policyId);
    const heldByRule = await byRuleAlone();
    expect(heldByRule).toBeGreaterThan(5);
    const gone = await world.carryOut({ type: 'deleteRuleAndUnprotect', policyId, ruleId });
    expect(gone.prepared.needsTypedName).toBe(true);
    expect(effectsOf(gone.prepared.effects)).toEqual([['losesProtection', 'mailbox', heldByRule]]);
    expect(gone.sent.error).toBeUndefined();
    await world.advance(4 * HOUR);
    const after = await world.policies.reader.fetch(world.tenantId, policyId);
    expect(after.rules).toEqual([]);
    expect((await unitsOf(policyId)).length).toBe(byHandBefore);
    expect(
      await world.policies.directory.groups(world.tenantId, [board, '0b1e3d3a-1c0f-4b39-9a07-2a9d3b1d4c11']),
    ).toMatchObject([{ id: board, name: 'Board' }]);
  });
});

test('the directory tells what is protected already, and wants its own consent', async () => {
  const { policies, tenantId } = world;
  const policyId = await world.policyOf('site');
  const [siteId = ''] = await unitsOf(policyId);
  const known = await unit(siteId);
  const { entries } = await policies.directory.search(tenantId, 'site', known?.name ?? '');
  expect(entries.find(({ id }) => id === known?.ownerKey)?.units).toMatchObject([
    { unitId: siteId, kind: 'site', policyId },
  ]);
  await world.emulator.control('POST', '/faults', {
    match: { method: 'GET', route: '/users', tenantId },
    effect: 'status',
    status: 403,
    code: 'Authorization_RequestDenied',
  });
  await expect(policies.directory.search(tenantId, 'user', 'a')).rejects.toMatchObject({
    error: { code: 'GRAPH_REFUSED', graphCode: 'Authorization_RequestDenied' },
  });
});
