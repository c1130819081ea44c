import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { Finding, Plan } from '../../shared/contract/plans.ts';
import { DAY, toIso } from '../../shared/domain/time.ts';
import { type EmulatorProcess, startEmulatorProcess } from '../testing/emulator-process.ts';
import { openRestoreWorld, type RestoreWorld } from './testing/restore-world.ts';

/** What a review says of sessions that somebody else runs. No answer of the service names an artifact's unit: only its point. */

const COLLEAGUE = { user: { id: randomUUID(), displayName: 'Bo Berg', email: 'bo.berg@colleagues.example' } };
const POINT_ROUTE = '/solutions/backupRestore/restorePoints/{id}';

let emulator: EmulatorProcess;
let world: RestoreWorld;
let folder: string;
let tenantId: string;
let sites: readonly string[];

beforeAll(async () => {
  emulator = await startEmulatorProcess('--units', '40', '--tenants', '1', '--time-scale', '1');
  tenantId = emulator.tenant.id;
  await emulator.control('PATCH', `/tenants/${tenantId}`, { artifactFailures: 'none' });
  folder = mkdtempSync(join(tmpdir(), 'backstop-others-'));
  world = await openRestoreWorld({ ready: emulator.ready, profile: join(folder, 'p'), tenantId });
  await world.sync.syncTenant(tenantId, { evenIfFresh: false });
  const { rows } = await world.catalog.units.list({
    tenantId,
    filter: { kinds: ['site'] },
    sort: { by: 'name', descending: false },
    window: { offset: 0, limit: 40 },
    now: world.now(),
  });
  sites = rows.filter(({ status, newest }) => status === 'protected' && newest.is !== 'noneShown').map(({ id }) => id);
});

afterEach(async () => {
  await emulator.control('DELETE', '/faults');
  // Whatever a colleague began has ended before the next test looks.
  await emulator.control('POST', '/clock', { advanceSeconds: 2 * DAY });
});

afterAll(async () => {
  await world?.stop();
  await emulator?.stop();
  rmSync(folder, { recursive: true, force: true });
});

function siteAt(index: number): string {
  const unitId = sites[index];
  if (unitId === undefined) throw new Error(`The tenant has no site ${index} with points.`);
  return unitId;
}

async function restoredByColleague(...artifacts: readonly object[]): Promise<string> {
  const id = randomUUID();
  await emulator.control('POST', `/tenants/${tenantId}/entities`, {
    collection: 'sharePointRestoreSessions',
    value: [{ id, status: 'active', createdBy: COLLEAGUE, siteRestoreArtifacts: artifacts }],
  });
  return id;
}

const artifactOf = (pointId: string | undefined, status?: string): object => ({
  restorePoint: { id: pointId },
  destinationType: 'inPlace',
  ...(status === undefined ? {} : { status }),
});

/** A point of the unit that nobody ever asked about. */
async function pointNeverHeardOf(unitId: string): Promise<string> {
  const id = `never-heard-of-${randomUUID()}`;
  const at = world.now() - 3 * DAY - 77;
  await emulator.control('POST', `/tenants/${tenantId}/entities`, {
    collection: 'restorePoints',
    value: [{ id, protectionUnitId: unitId, protectionDateTime: toIso(at), expirationDateTime: toIso(at + 300 * DAY) }],
  });
  return id;
}

async function chosenIn(plan: Plan, unitId: string): Promise<string> {
  const [row] = await world.catalog.plans.units(plan.id, [unitId]);
  if (row?.chosen === undefined) throw new Error('The plan chose no point.');
  return row.chosen.id;
}

async function pointsAsked(): Promise<number> {
  const { byRoute } = await emulator.control<{ byRoute: { route: string; count: number }[] }>('GET', '/requests');
  return byRoute.filter(({ route }) => route === POINT_ROUTE).reduce((sum, { count }) => sum + count, 0);
}

async function findings(plan: Plan): Promise<ReadonlyMap<Finding['code'], Finding>> {
  const review = await world.restore.starter.review(plan.id);
  return new Map(review.findings.map(finding => [finding.code, finding]));
}

it('names the unit and the session where the catalog knows the point, and asks for no point', async () => {
  const [busy, free] = [siteAt(0), siteAt(1)];
  const plan = await world.draft([busy, free], world.now() - DAY);
  const sessionId = await restoredByColleague(artifactOf(await chosenIn(plan, busy)));
  const before = await pointsAsked();
  const found = await findings(plan);
  const name = (await world.catalog.units.byIds(tenantId, [busy]))[0]?.name;
  expect(found.get('UNITS_IN_OTHER_SESSION')).toEqual({
    code: 'UNITS_IN_OTHER_SESSION',
    severity: 'stop',
    units: 1,
    unitIds: [busy],
    names: [name],
    sessionIds: [sessionId],
  });
  expect(found.has('OTHER_SESSIONS_UNTOLD')).toBe(false);
  expect(await pointsAsked()).toBe(before);

  await world.restore.drafts.removeUnits(plan.id, [busy]);
  expect((await findings(plan)).get('NO_OTHER_SESSION')).toMatchObject({ activeSessions: 1 });
});

it('asks for a point that it never heard of, once, and names its unit then', async () => {
  const busy = siteAt(2);
  const plan = await world.draft([busy], world.now() - DAY);
  await restoredByColleague(artifactOf(await pointNeverHeardOf(busy)), artifactOf(await pointNeverHeardOf(siteAt(3))));
  const before = await pointsAsked();
  expect((await findings(plan)).get('UNITS_IN_OTHER_SESSION')).toMatchObject({ units: 1, unitIds: [busy] });
  expect((await findings(plan)).has('OTHER_SESSIONS_UNTOLD')).toBe(false);
  expect(await pointsAsked()).toBe(before + 2);
});

it('says that a session does not tell its units where nothing does, and lets the plan start', async () => {
  const plan = await world.draft([siteAt(4)], world.now() - DAY);
  await restoredByColleague(artifactOf(await pointNeverHeardOf(siteAt(4))));
  await emulator.control('POST', '/faults', {
    match: { method: 'GET', route: POINT_ROUTE },
    effect: 'status',
    status: 403,
    code: 'Forbidden',
  });
  const found = await findings(plan);
  expect(found.get('OTHER_SESSIONS_UNTOLD')).toEqual({
    code: 'OTHER_SESSIONS_UNTOLD',
    severity: 'warning',
    sessions: 1,
  });
  expect(found.has('NO_OTHER_SESSION')).toBe(false);
});

it('asks nothing about what has ended, since that keeps no unit', async () => {
  const plan = await world.draft([siteAt(5)], world.now() - DAY);
  await restoredByColleague(
    artifactOf(await pointNeverHeardOf(siteAt(5)), 'failed'),
    artifactOf(await chosenIn(await world.draft([siteAt(6)], world.now() - DAY), siteAt(6))),
  );
  const before = await pointsAsked();
  expect([...(await findings(plan)).keys()]).toContain('NO_OTHER_SESSION');
  expect(await pointsAsked()).toBe(before);
});
