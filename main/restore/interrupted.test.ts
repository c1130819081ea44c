import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { AppFailure } from '../../shared/contract/errors.ts';
import { DAY } from '../../shared/domain/time.ts';
import { type EmulatorProcess, startEmulatorProcess } from '../testing/emulator-process.ts';
import type { StepMoment } from './executor.ts';
import type { StepName } from './run-state.ts';
import { openRestoreWorld, type RestoreWorld } from './testing/restore-world.ts';

/** A console that is told to stop, or to forget a tenant, while it restores. What SIGKILL does is in `kill.test.ts`. */

let emulator: EmulatorProcess;
let folder: string;
let tenantId: string;
let profiles = 0;
const open = new Set<RestoreWorld>();

beforeAll(async () => {
  emulator = await startEmulatorProcess('--units', '40', '--tenants', '1', '--time-scale', '60');
  tenantId = emulator.tenant.id;
  await emulator.control('PATCH', `/tenants/${tenantId}`, { artifactFailures: 'none' });
  folder = mkdtempSync(join(tmpdir(), 'backstop-interrupted-'));
});

afterEach(async () => {
  await emulator.control('DELETE', '/faults');
  for (const world of open) await stop(world);
  // No unit may be busy when the next test restores it.
  await emulator.control('POST', '/clock', { advanceSeconds: 2 * DAY });
});

afterAll(async () => {
  await emulator?.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function start(profile: string, probe?: (step: StepName, moment: StepMoment) => void): Promise<RestoreWorld> {
  const options = { ready: emulator.ready, profile, tenantId };
  const world = await openRestoreWorld(probe === undefined ? options : { ...options, probe });
  open.add(world);
  return world;
}

async function stop(world: RestoreWorld): Promise<void> {
  open.delete(world);
  await world.stop();
}

function newProfile(): string {
  profiles += 1;
  return join(folder, `profile-${profiles}`);
}

/** A synced console with a plan of two sites and a mailbox, ready to start. */
async function prepared(
  profile: string,
  probe?: (step: StepName, moment: StepMoment) => void,
): Promise<{ readonly world: RestoreWorld; readonly planId: string }> {
  const world = await start(profile, probe);
  await world.sync.syncTenant(tenantId, { evenIfFresh: false });
  const unitIds = [...(await withPoints(world, 'site', 2)), ...(await withPoints(world, 'mailbox', 1))];
  const { id: planId, restorable } = await world.draft(unitIds, world.now() - DAY);
  expect(restorable).toBe(3);
  return { world, planId };
}

async function withPoints(world: RestoreWorld, kind: 'site' | 'mailbox', count: number): Promise<string[]> {
  const { rows } = await world.catalog.units.list({
    tenantId,
    filter: { kinds: [kind] },
    sort: { by: 'name', descending: false },
    window: { offset: 0, limit: 40 },
    now: world.now(),
  });
  return rows
    .filter(({ status, newest }) => status === 'protected' && newest.is !== 'noneShown')
    .map(({ id }) => id)
    .slice(0, count);
}

async function restores(): Promise<readonly { readonly unitId: string }[]> {
  return (await emulator.control<{ value: { unitId: string }[] }>('GET', `/restores?tenantId=${tenantId}`)).value;
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 600; tries += 1) {
    if (await isSo()) return;
    await sleep(25);
  }
  throw new Error('It does not come to that.');
}

const statusOf = async (world: RestoreWorld, planId: string): Promise<string> =>
  (await world.catalog.plans.get(planId, world.now())).status;

async function draftsLeft(world: RestoreWorld): Promise<string[]> {
  const sessions = await world.restore.sessions.refresh(tenantId);
  return sessions.filter(({ status }) => status === 'draft').map(({ id }) => id);
}

describe('a console that is told to stop in the middle of a start', () => {
  const moments: readonly (readonly [StepName, StepMoment])[] = [
    ['create', 'beforeIntent'],
    ['create', 'afterIntent'],
    ['create', 'afterRequest'],
    ['verify', 'afterOutcome'],
    ['activate', 'afterIntent'],
    ['activate', 'afterRequest'],
  ];

  it.each(moments)('%s %s: goes on from there when it is opened again', async (step, moment) => {
    const profile = newProfile();
    let stopped: Promise<void> | undefined;
    const { world, planId } = await prepared(profile, (at, when) => {
      if (at === step && when === moment) stopped ??= stop(world);
    });
    const before = (await restores()).length;
    await world.restore.starter.start(planId, undefined).catch(ifStopped);
    await until(async () => stopped !== undefined);
    await stopped;

    const again = await start(profile);
    await again.restore.runner.resume();
    await until(async () => (await statusOf(again, planId)) !== 'starting');
    await emulator.control('POST', '/clock', { advanceSeconds: DAY });
    const restored = (await restores()).slice(before);
    expect(new Set(restored.map(({ unitId }) => unitId)).size).toBe(3);
    expect(restored).toHaveLength(3);
    expect(await draftsLeft(again)).toEqual([]);
    expect([...world.unforeseen, ...again.unforeseen]).toEqual([]);
  });

  it('has started nothing, and says nothing else, where it was still asking', async () => {
    const profile = newProfile();
    const { world, planId } = await prepared(profile);
    const before = (await restores()).length;
    await emulator.control('POST', '/faults', {
      match: { method: 'GET', route: '/solutions/backupRestore/restoreSessions' },
      effect: 'delay',
      ms: 1_000,
    });
    const asked = await requestsMade();
    const starting = world.restore.starter.start(planId, undefined).then(
      () => 'started',
      () => 'refused',
    );
    // The list of sessions is on its way, and its answer is not.
    await until(async () => (await requestsMade()) > asked);
    await stop(world);
    expect(await starting).toBe('refused');

    const again = await start(profile);
    expect(await statusOf(again, planId)).toBe('draft');
    const audit = await again.catalog.audit.list({ tenantId, limit: 10 });
    expect(audit.map(({ what }) => what)).not.toContain('plan.start');
    await again.restore.runner.resume();
    expect(await restores()).toHaveLength(before);
  });
});

describe('a tenant that is forgotten', () => {
  it('during a running restore: the restore runs on at the service, and nobody asks about it any more', async () => {
    const { world, planId } = await prepared(newProfile());
    const before = (await restores()).length;
    await world.restore.starter.start(planId, undefined);
    await until(async () => (await statusOf(world, planId)) === 'running');
    await world.restore.runner.endTenant(tenantId);
    await world.catalog.tenants.forget(tenantId);
    // Nobody carries it on, so there is nobody who could ask: no waiting shows more.
    expect(world.restore.runner.isCarrying(planId)).toBe(false);
    const asked = await requestsMade();
    await world.restore.runner.resume();
    expect(world.restore.runner.isCarrying(planId)).toBe(false);
    await emulator.control('POST', '/clock', { advanceSeconds: 2 * DAY });
    expect(await requestsMade()).toBe(asked);
    expect((await restores()).slice(before)).toHaveLength(3);
    expect(world.unforeseen).toEqual([]);
    // What was done stays on record.
    const audit = await world.catalog.audit.list({ tenantId, limit: 20 });
    expect(audit.map(({ what }) => what)).toEqual(
      expect.arrayContaining(['plan.start', 'restoreSession.create', 'restoreSession.activate']),
    );
  });

  it('while a plan is being drafted: its run ends, and is not tried again and again', async () => {
    let forgetting: Promise<unknown> | undefined;
    const { world, planId } = await prepared(newProfile(), (step, moment) => {
      if (step === 'create' && moment === 'beforeIntent') forgetting ??= world.catalog.tenants.forget(tenantId);
    });
    await world.restore.starter.start(planId, undefined).catch(ifForgotten);
    await until(async () => forgetting !== undefined);
    await forgetting;
    await until(async () => !world.restore.runner.isCarrying(planId));
    expect(world.unforeseen).toEqual([]);
    await world.restore.runner.resume();
    expect(world.restore.runner.isCarrying(planId)).toBe(false);
  });
});

async function requestsMade(): Promise<number> {
  return (await emulator.control<{ questions: number }>('GET', '/requests')).questions;
}

/** The start's own answer is lost with the console: its catalog is closed. */
function ifStopped(error: unknown): void {
  if (!(error instanceof AppFailure) || error.error.code !== 'CATALOG_UNAVAILABLE') throw error;
}

function ifForgotten(error: unknown): void {
  if (!(error instanceof AppFailure) || error.error.code !== 'PLAN_NOT_FOUND') throw error;
}
