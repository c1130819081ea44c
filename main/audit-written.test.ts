import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { HOUR } from '../shared/domain/time.ts';
import type { Catalog } from './catalog/index.ts';
import { openRestoreWorld } from './restore/testing/restore-world.ts';
import { emulatorTokens, type ReadyLine, startEmulatorProcess } from './testing/emulator-process.ts';
import { policiesOnEmulator, startCustomers } from './testing/policies-on-emulator.ts';

/** Every text in a value, names of properties too. */
function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => [name, ...textsOf(inner)]);
}

/** All that the facts of a row may be named; whoever adds one says here that it holds no token and no content of mail or files. */
const namesOfFacts = new Set([
  // Of restores
  'outcome',
  'code',
  'message',
  'refusal',
  'itemRefusals',
  'unitId',
  'sessionId',
  'requestId',
  'settledBy',
  'deleted',
  'left',
  'destination',
  'incidentAt',
  'units',
  'run',
  // Of policies
  'name',
  'status',
  'ownerKeys',
  'unitIds',
  'id',
  'taken',
  'failures',
  'expression',
  'dynamic',
  'job',
  'entries',
  // Of the service's e-mail setting
  'isEnabled',
  'additionalEvents',
  'recipients',
]);

function factNames(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(factNames);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => [name, ...factNames(inner)]);
}

it('what restores write into the audit holds no token and no content, and is chained', async () => {
  const emulator = await startEmulatorProcess('--units', '30', '--tenants', '1', '--time-scale', '60');
  const folder = mkdtempSync(join(tmpdir(), 'backstop-audit-'));
  onTestFinished(async () => {
    await emulator.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  const tenantId = emulator.tenant.id;
  const world = await openRestoreWorld({ ready: emulator.ready, profile: join(folder, 'p'), tenantId });
  onTestFinished(() => world.stop());
  await world.sync.syncTenant(tenantId, { evenIfFresh: false });
  const { rows: units } = await world.catalog.units.list({
    tenantId,
    filter: {},
    sort: { by: 'name', descending: false },
    window: { offset: 0, limit: 60 },
    now: world.now(),
  });
  const unitIds = units
    .filter(({ status, newest }) => status === 'protected' && newest.is !== 'noneShown')
    .map(({ id }) => id);
  const plan = await world.draft(unitIds.slice(0, 6), world.now() - 3_600);
  await world.restore.starter.start(plan.id, undefined);
  await expect
    .poll(async () => (await world.catalog.audit.choices()).what, { timeout: 30_000 })
    .toContain('restoreSession.activate');

  await expectHarmless(world.catalog, emulator.ready, tenantId);
}, 120_000);

it('what changes of policies write into the audit holds no token and no content, and is chained', async () => {
  const emulator = await startCustomers(1);
  onTestFinished(() => emulator.stop());
  const world = await policiesOnEmulator(emulator, 0);
  onTestFinished(() => world.close());
  const { entries } = await world.policies.directory.search(world.tenantId, 'user', 'a');
  const owners = entries
    .filter(({ units }) => units.length === 0)
    .slice(0, 2)
    .map(({ id, name }) => ({ key: id, name }));
  const { sent } = await world.carryOut({
    type: 'create',
    kind: 'mailbox',
    name: 'Board',
    units: { type: 'owners', owners },
    activate: true,
  });
  await world.advance(3 * HOUR);
  await world.carryOut({ type: 'rename', policyId: sent.policyId ?? '', name: 'Directors' });
  await expectHarmless(world.opened.catalog, emulator.ready, world.tenantId);
}, 120_000);

/** Walks every row that was written, with all that it keeps. */
async function expectHarmless(catalog: Pick<Catalog, 'audit'>, ready: ReadyLine, tenantId: string): Promise<void> {
  const rows = await catalog.audit.listAcrossTenants({ limit: 1_000 });
  expect(rows.length).toBeGreaterThan(2);
  const { token } = await emulatorTokens(ready).accessToken(tenantId, ['BackupRestore-Configuration.Read.All']);
  const texts = rows.flatMap(textsOf);
  // A JWT begins with the Base64 of `{"`, and a bearer's header with its word.
  expect(texts.filter(text => /eyJ[\w-]{8,}|bearer /i.test(text) || text.includes(token))).toEqual([]);
  expect(texts.filter(text => text.length > 500)).toEqual([]);
  const names = new Set(rows.flatMap(({ before, after }) => [...factNames(before), ...factNames(after)]));
  expect([...names].filter(name => !namesOfFacts.has(name))).toEqual([]);
  const walk = await catalog.audit.verify();
  expect(walk.rows).toBe(rows.length);
  expect(walk).not.toHaveProperty('broken');
}
