import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { AppFailure, type AppError } from '../../shared/contract/errors.ts';
import type { Finding, PlanReview } from '../../shared/contract/plans.ts';
import { DAY, toIso } from '../../shared/domain/time.ts';
import { type EmulatorProcess, startEmulatorProcess } from '../testing/emulator-process.ts';
import type { RestoreStanding } from './plan-asking.ts';
import { PlanDrafts } from './plan-drafts.ts';
import { openRestoreWorld, type RestoreWorld } from './testing/restore-world.ts';

let emulator: EmulatorProcess;
let world: RestoreWorld;
let folder: string;
let standing: RestoreStanding;
let tenantId: string;
/** Units of each kind that surely have points. */
let unitIds: { readonly site: string[]; readonly drive: string[]; readonly mailbox: string[] };

const fine: RestoreStanding = { online: true, signInNeeded: false, controller: { by: 'ours' }, missingScopes: [] };

beforeAll(async () => {
  emulator = await startEmulatorProcess('--units', '60', '--tenants', '1', '--time-scale', '60');
  tenantId = emulator.tenant.id;
  await emulator.control('PATCH', `/tenants/${tenantId}`, { artifactFailures: 'none' });
  folder = mkdtempSync(join(tmpdir(), 'backstop-restore-'));
  standing = fine;
  world = await openRestoreWorld({
    ready: emulator.ready,
    profile: join(folder, 'p'),
    tenantId,
    standing: () => standing,
  });
  await world.sync.syncTenant(tenantId, { evenIfFresh: false });
  unitIds = { site: await withPoints('site'), drive: await withPoints('drive'), mailbox: await withPoints('mailbox') };
}, 120_000);

afterEach(async () => {
  standing = fine;
  await emulator.control('DELETE', '/faults');
});

afterAll(async () => {
  await world?.stop();
  await emulator?.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function withPoints(kind: 'site' | 'drive' | 'mailbox'): Promise<string[]> {
  const { rows } = await world.catalog.units.list({
    tenantId,
    filter: { kinds: [kind] },
    sort: { by: 'name', descending: false },
    window: { offset: 0, limit: 60 },
    now: world.now(),
  });
  return rows.filter(({ status, newest }) => status === 'protected' && newest.is !== 'noneShown').map(({ id }) => id);
}

const take = (kind: keyof typeof unitIds, from: number, count: number): string[] => {
  const taken = unitIds[kind].slice(from, from + count);
  expect(taken).toHaveLength(count);
  return taken;
};

async function failure(work: Promise<unknown>): Promise<AppError> {
  const thrown = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(thrown instanceof AppFailure)) throw new Error(`not refused: ${String(thrown)}`);
  return thrown.error;
}

async function untilStatus(planId: string, status: 'draft' | 'running' | 'done', advance = false): Promise<void> {
  for (let tries = 0; tries < 400; tries += 1) {
    if ((await world.catalog.plans.get(planId, world.now())).status === status) return;
    if (advance) await emulator.control('POST', '/clock', { advanceSeconds: 900 });
    await sleep(50);
  }
  throw new Error(`The plan does not become ${status}.`);
}

interface Restored {
  readonly unitId: string;
  readonly sessionId: string;
  readonly restorePointId: string;
  readonly pointDateTime: string;
  readonly destinationType: string;
  readonly outcome: string;
}

async function restores(): Promise<Restored[]> {
  return (await emulator.control<{ value: Restored[] }>('GET', `/restores?tenantId=${tenantId}`)).value;
}

const codes = ({ findings }: PlanReview): Finding['code'][] => findings.map(({ code }) => code);

describe('a restore from draft to report', () => {
  it('restores each unit once, from the newest point before the incident, and says where it went', async () => {
    const before = (await restores()).length;
    const incidentAt = world.now() - 2 * DAY;
    const units = [...take('site', 0, 3), ...take('drive', 0, 2), ...take('mailbox', 0, 2)];
    const plan = await world.draft(units, incidentAt);
    expect(plan.certainty).toMatchObject({ exact: units.length });
    await world.restore.starter.start(plan.id, undefined);
    await untilStatus(plan.id, 'done', true);

    const restored = (await restores()).slice(before);
    expect(restored.map(({ unitId }) => unitId).sort()).toEqual([...units].sort());
    for (const { unitId, pointDateTime, destinationType, outcome } of restored) {
      expect(outcome).toBe('succeeded');
      expect(destinationType).toBe('new');
      // The emulator's whole truth: the newest living point strictly before the incident.
      const from = toIso(incidentAt - 10 * DAY);
      const truth = await emulator.control<{ value: { protectionDateTime: string }[] }>(
        'GET',
        `/points?tenantId=${tenantId}&unitId=${unitId}&from=${from}&to=${toIso(incidentAt)}`,
      );
      expect(
        truth.value
          .map(({ protectionDateTime }) => protectionDateTime)
          .sort()
          .at(-1),
      ).toBe(pointDateTime);
    }
    const sessions = (await world.restore.sessions.list(tenantId)).filter(({ planId }) => planId === plan.id);
    expect(sessions.map(({ status }) => status)).toEqual(['completed', 'completed', 'completed']);
    const sites = sessions.find(({ kind }) => kind === 'site');
    await emulator.control('POST', '/clock', { advanceSeconds: 3_600 });
    for (let tries = 0; tries < 100; tries += 1) {
      const { rows } = await world.restore.sessions.listArtifacts({
        tenantId,
        sessionId: sites?.id ?? '',
        window: { offset: 0, limit: 10 },
      });
      if (rows.every(({ restoredTo }) => restoredTo !== undefined)) break;
      await sleep(50);
    }
    const { rows } = await world.restore.sessions.listArtifacts({
      tenantId,
      sessionId: sites?.id ?? '',
      window: { offset: 0, limit: 10 },
    });
    expect(rows).toHaveLength(3);
    for (const row of rows)
      expect(row).toMatchObject({
        status: 'succeeded',
        restoredTo: expect.stringMatching(/R\d+$/),
        requestId: expect.any(String),
      });
    // The end is the service's, not the moment at which the console heard of it: the clock jumps by a quarter of an hour.
    const ends = sessions.map(({ endedAt = 0 }) => endedAt);
    expect((await world.catalog.plans.get(plan.id, world.now())).endedAt).toBe(Math.max(...ends));
    expect(world.ended.map(({ id }) => id)).toContain(plan.id);
    const audit = await world.catalog.audit.list({ tenantId, limit: 1_000 });
    expect(audit.filter(({ target }) => target === `plan ${plan.id}`).map(({ what }) => what)).toEqual([
      'plan.start',
      ...Array.from({ length: 3 }, () => 'restoreSession.create'),
      ...Array.from({ length: 3 }, () => 'restoreSession.activate'),
    ]);
  }, 60_000);
});

describe('a draft', () => {
  const selecting = async (unitIds: readonly string[]): Promise<string> => {
    const { id } = await world.catalog.selections.open(tenantId);
    await world.catalog.selections.change(id, { type: 'add', unitIds }, world.now());
    return id;
  };

  it('is made once, however often its button is pressed', async () => {
    const { drafts } = world.restore;
    const selectionId = await selecting(take('site', 0, 2));
    const [one, two] = await Promise.all([drafts.create(tenantId, selectionId), drafts.create(tenantId, selectionId)]);
    expect(two.id).toBe(one.id);
    expect((await drafts.create(tenantId, selectionId)).id).toBe(one.id);
    // Other units are another plan, and so are the same ones once work has begun on the first.
    expect((await drafts.create(tenantId, await selecting(take('site', 1, 2)))).id).not.toBe(one.id);
    await drafts.setDestination(one.id, 'new');
    expect((await drafts.create(tenantId, selectionId)).id).not.toBe(one.id);
  });

  it('never loses its last unit, also not to two who take out one half each', async () => {
    const { drafts } = world.restore;
    const [first = '', second = '', third = ''] = take('drive', 0, 3);
    const plan = await drafts.create(tenantId, await selecting([first, second, third]));
    // Named three times it is still one unit.
    await drafts.removeUnits(plan.id, [third, third, third]);
    const outcomes = await Promise.allSettled([
      drafts.removeUnits(plan.id, [first]),
      drafts.removeUnits(plan.id, [second]),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect(await failure(drafts.removeUnits(plan.id, [second, second]))).toEqual({ code: 'PLAN_EMPTY' });
    expect(await failure(drafts.setUnits(plan.id, await selecting([])))).toEqual({ code: 'PLAN_EMPTY' });
    expect(await world.catalog.plans.unitIds(plan.id, { limit: 10 })).toEqual([second]);
  });

  it('is not changed by anybody while its start is being checked, and the check waits for a change under way', async () => {
    const { drafts } = world.restore;
    const { id } = await world.draft(take('site', 0, 2), world.now() - DAY);
    const other = await selecting(take('site', 2, 3));
    const { promise: isUnderWay, resolve: begun } = Promise.withResolvers<void>();
    const selections: typeof world.catalog.selections = Object.create(world.catalog.selections, {
      // The first thing that a change of the units reads, once it was found that they may be changed.
      summary: {
        value: async (selectionId: string) => {
          begun();
          return await world.catalog.selections.summary(selectionId);
        },
      },
    });
    const slow = new PlanDrafts({
      catalog: { ...world.catalog, selections },
      asking: world.sync,
      now: () => world.now(),
      usernameIn: () => undefined,
      onPlanChanged: () => {},
    });
    const setting = slow.setUnits(id, other);
    await isUnderWay;
    const seen = await slow.whileHeld(id, async refresh => {
      const { units, savedAt } = await world.catalog.plans.get(id, world.now());
      await setting;
      const refusals = await Promise.allSettled([
        slow.setUnits(id, other),
        slow.setDestination(id, 'inPlace'),
        slow.setIncident(id, { incidentAt: world.now() - 2 * DAY, timeZone: 'UTC', preference: 'newest' }),
        slow.removeUnits(id, take('site', 2, 1)),
        slow.choosePoint(id, take('site', 2, 1)[0] ?? '', { type: 'rule' }),
        slow.remove(id),
      ]);
      for (const refused of refusals)
        expect(refused).toMatchObject({ status: 'rejected', reason: { error: { code: 'PLAN_NOT_DRAFT' } } });
      // Looking at it writes nothing either; only whoever holds it applies the rule anew.
      await emulator.control('POST', '/clock', { advanceSeconds: 60 });
      await slow.outlook(id);
      await slow.refresh(id);
      const looked = await world.catalog.plans.get(id, world.now());
      expect([looked.units, looked.savedAt]).toEqual([units, savedAt]);
      await refresh();
      return units;
    });
    expect(seen).toBe(3);
    await drafts.setDestination(id, 'inPlace');
  });

  it('tells since when its units are protected, and which came only after the incident', async () => {
    const [unitId = ''] = take('site', 0, 1);
    const plan = await world.restore.drafts.create(tenantId, await selecting([unitId]));
    const [unit] = await world.catalog.units.byIds(tenantId, [unitId]);
    const beganAt = unit?.protectedSinceAt ?? 0;
    const at = async (incidentAt: number) =>
      (await world.restore.drafts.setIncident(plan.id, { incidentAt, timeZone: 'UTC', preference: 'newest' }))
        .protection;
    expect(await at(world.now() - DAY)).toEqual({ beganAt, unitsAfterIncident: 0 });
    expect(await at(beganAt - 1)).toEqual({ beganAt, unitsAfterIncident: 1 });
  });
});

describe('a start that is refused', () => {
  it('asks for what the plan lacks', async () => {
    const { id: selectionId } = await world.catalog.selections.open(tenantId);
    expect(await failure(world.restore.drafts.create(tenantId, selectionId))).toEqual({ code: 'PLAN_EMPTY' });
    await world.catalog.selections.change(selectionId, { type: 'add', unitIds: take('site', 0, 1) }, world.now());
    const plan = await world.restore.drafts.create(tenantId, selectionId);
    expect(await failure(world.restore.starter.start(plan.id, undefined))).toMatchObject({ missing: 'incidentTime' });
    await world.restore.drafts.setIncident(plan.id, {
      incidentAt: world.now() - DAY,
      timeZone: 'UTC',
      preference: 'newest',
    });
    expect(await failure(world.restore.starter.start(plan.id, undefined))).toMatchObject({ missing: 'destination' });
    await world.restore.drafts.setDestination(plan.id, 'new');
    await world.restore.drafts.setIncident(plan.id, { incidentAt: 1_000, timeZone: 'UTC', preference: 'newest' });
    await world.restore.drafts.makeCertain(plan.id);
    expect(await failure(world.restore.starter.start(plan.id, undefined))).toMatchObject({ missing: 'points' });
  });

  it('says no to an incident in the future, by the clock of the service', async () => {
    const plan = await world.draft(take('site', 0, 1), world.now() - DAY);
    const future = world.now() + 3_600;
    const refused = await failure(
      world.restore.drafts.setIncident(plan.id, { incidentAt: future, timeZone: 'UTC', preference: 'newest' }),
    );
    expect(refused.code).toBe('INCIDENT_IN_FUTURE');
  });

  it('sends nothing where the tenant is set read-only, also by somebody who does it while the service is asked', async () => {
    const by = 'anna@msp.example';
    const setReadOnly = async (isReadOnly: boolean): Promise<void> => {
      const at = world.now();
      const what = isReadOnly ? 'tenant.setReadOnly' : 'tenant.allowChanges';
      const audit = { at, tenantId, who: by, what, target: `tenant ${tenantId}` } as const;
      await world.catalog.tenants.setReadOnly(tenantId, isReadOnly ? { sinceAt: at, by } : undefined, audit);
    };
    const before = await restores();
    const plan = await world.draft(take('site', 3, 1), world.now() - DAY);
    await setReadOnly(true);
    expect(await failure(world.restore.starter.start(plan.id, undefined))).toMatchObject({
      code: 'TENANT_READ_ONLY',
      tenantId,
      by,
    });
    await setReadOnly(false);
    const setting: Promise<void>[] = [];
    // The review asks how the tenant stands; the start is on its way then.
    standing = {
      ...fine,
      get online() {
        setting.push(setReadOnly(true));
        return true;
      },
    };
    expect(await failure(world.restore.starter.start(plan.id, undefined))).toMatchObject({ code: 'TENANT_READ_ONLY' });
    await Promise.all(setting);
    await setReadOnly(false);
    expect((await world.catalog.plans.get(plan.id, world.now())).status).toBe('draft');
    expect(await restores()).toEqual(before);
  });

  it('wants the name typed for a restore in place', async () => {
    const plan = await world.draft(take('site', 3, 1), world.now() - DAY, 'inPlace');
    expect(await failure(world.restore.starter.start(plan.id, 'tenant'))).toEqual({
      code: 'NAME_MISMATCH',
      expected: 'Tenant',
    });
    expect(await failure(world.restore.starter.start(plan.id, undefined))).toMatchObject({ code: 'NAME_MISMATCH' });
  });

  it('takes the tenant’s domain for its name, which not every keyboard can type', async () => {
    const plan = await world.draft(take('site', 3, 1), world.now() - DAY, 'inPlace');
    // What stops it is the next thing that is looked at.
    standing = { ...fine, online: false };
    expect(await failure(world.restore.starter.start(plan.id, 'Tenant.example'))).toMatchObject({
      code: 'START_BLOCKED',
    });
    expect(await failure(world.restore.starter.start(plan.id, 'tenant.exampl'))).toMatchObject({
      code: 'NAME_MISMATCH',
    });
  });

  it.each<[Partial<RestoreStanding>, Finding['code']]>([
    [{ online: false }, 'OFFLINE'],
    [{ controller: { by: 'anotherApp' } }, 'NOT_CONTROLLER'],
    [{ service: { status: 'restoreLocked', askedAt: 1 } }, 'SERVICE_LOCKED'],
    [{ missingScopes: ['x'] }, 'CONSENT_MISSING'],
  ])('stops at %j', async (state, code) => {
    const plan = await world.draft(take('site', 3, 1), world.now() - DAY);
    standing = { ...fine, ...state };
    expect(codes(await world.restore.starter.review(plan.id))).toContain(code);
    expect(await failure(world.restore.starter.start(plan.id, undefined))).toEqual({
      code: 'START_BLOCKED',
      findings: [code],
    });
    expect((await world.catalog.plans.get(plan.id, world.now())).status).toBe('draft');
  });

  it('stops at a unit that another session is restoring, also a session of somebody else', async () => {
    const [unitId = ''] = take('drive', 3, 1);
    const mine = await world.draft([unitId], world.now() - DAY);
    const other = await world.draft([unitId], world.now() - 2 * DAY);
    await world.restore.starter.start(mine.id, undefined);
    await untilStatus(mine.id, 'running');
    const review = await world.restore.starter.review(other.id);
    expect(review.findings.find(({ code }) => code === 'UNITS_IN_OTHER_SESSION')).toMatchObject({
      unitIds: [unitId],
      severity: 'stop',
    });
    await untilStatus(mine.id, 'done', true);
    expect(codes(await world.restore.starter.review(other.id))).not.toContain('UNITS_IN_OTHER_SESSION');
  }, 60_000);

  it('asks again just before, and stops where a newer point has come to light', async () => {
    const [unitId = ''] = take('site', 4, 1);
    const incidentAt = world.now() - DAY;
    const plan = await world.draft([unitId], incidentAt);
    // A point that appears far later than the service is known for.
    await emulator.control('POST', `/tenants/${tenantId}/entities`, {
      collection: 'restorePoints',
      value: [
        {
          id: 'late-point',
          protectionUnitId: unitId,
          protectionDateTime: toIso(incidentAt - 1),
          expirationDateTime: toIso(incidentAt + 10 * DAY),
        },
      ],
    });
    expect(await failure(world.restore.starter.start(plan.id, undefined))).toEqual({
      code: 'START_BLOCKED',
      findings: ['POINTS_CHANGED'],
    });
    const [row] = await world.catalog.plans.units(plan.id, [unitId]);
    expect(row?.chosen?.id).toBe('late-point');
  });
});

describe('a start that is taken back', () => {
  it('leaves no draft behind and can be started again', async () => {
    const plan = await world.draft(take('mailbox', 3, 2), world.now() - DAY);
    // The create is slow, so that the cancel comes in the middle of it.
    await emulator.control('POST', '/faults', {
      match: { method: 'POST', route: '/solutions/backupRestore/exchangeRestoreSessions' },
      effect: 'delay',
      ms: 800,
      times: 1,
    });
    const before = (await restores()).length;
    await world.restore.starter.start(plan.id, undefined);
    await world.restore.starter.cancelStart(plan.id);
    await untilStatus(plan.id, 'draft');
    expect(await restores()).toHaveLength(before);
    const sessions = await world.restore.sessions.refresh(tenantId);
    expect(sessions.filter(({ status }) => status === 'draft')).toEqual([]);

    await world.restore.starter.start(plan.id, undefined);
    await untilStatus(plan.id, 'running');
    expect((await failure(world.restore.starter.cancelStart(plan.id))).code).toBe('PLAN_NOT_DRAFT');
    await untilStatus(plan.id, 'done', true);
    expect(await restores()).toHaveLength(before + 2);
  }, 60_000);
});

/** Asks Graph as somebody else may, who knows nothing of our client. */
async function asBystander(method: string, path: string): Promise<unknown> {
  const [user] = emulator.ready.users;
  const { accessToken } = await emulator.control<{ accessToken: string }>('POST', '/tokens', {
    tenantId,
    userPrincipalName: user?.userPrincipalName,
    scopes: ['BackupRestore-Restore.ReadWrite.All'],
  });
  const response = await fetch(`${emulator.ready.url}/v1.0/solutions/backupRestore${path}`, {
    method,
    headers: { Authorization: `Bearer ${accessToken}` },
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  return await response.json();
}

describe('a session that somebody activates', () => {
  it('while its start is taken back, runs on as the plan’s own, and none of its units is told to be refused', async () => {
    const plan = await world.draft([...take('mailbox', 8, 1), ...take('site', 8, 1)], world.now() - DAY);
    const before = (await restores()).length;
    // The draft of the sites is made first; the mailboxes' create, and every deletion, is slow.
    await emulator.control('POST', '/faults', {
      match: { method: 'POST', route: '/solutions/backupRestore/exchangeRestoreSessions' },
      effect: 'delay',
      ms: 1_500,
      times: 1,
    });
    await emulator.control('POST', '/faults', {
      match: { method: 'DELETE', route: '/solutions/backupRestore/restoreSessions/{id}' },
      effect: 'delay',
      ms: 800,
    });
    await world.restore.starter.start(plan.id, undefined);
    let sessionId: string | undefined;
    for (let tries = 0; tries < 200 && sessionId === undefined; tries += 1) {
      await sleep(20);
      sessionId = (await world.catalog.plans.sessionsOf(plan.id)).find(({ kind }) => kind === 'site')?.sessionId;
    }
    await world.restore.starter.cancelStart(plan.id);
    await asBystander('POST', `/restoreSessions/${sessionId}/activate`);
    await untilStatus(plan.id, 'done', true);
    const restored = await restores();
    expect(restored).toHaveLength(before + 1);
    expect(restored.filter(each => each.sessionId === sessionId).map(({ unitId }) => unitId)).toEqual(
      take('site', 8, 1),
    );
    expect((await world.catalog.plans.sessionsOf(plan.id)).map(link => link.sessionId)).toEqual([sessionId]);
    const rows = await world.catalog.plans.units(plan.id, [...take('mailbox', 8, 1), ...take('site', 8, 1)]);
    expect(rows.map(({ refused }) => refused?.code)).toEqual(['startTakenBack', undefined]);
    expect((await world.restore.sessions.refresh(tenantId)).filter(({ status }) => status === 'draft')).toEqual([]);
  }, 60_000);
});

describe('a running session', () => {
  it('is known as of when it was asked about, however long the answer took', async () => {
    await emulator.control('POST', '/faults', {
      match: { method: 'GET', route: '/solutions/backupRestore/restoreSessions*' },
      effect: 'delay',
      ms: 700,
    });
    const before = world.now();
    const listed = await world.restore.sessions.refresh(tenantId);
    // In these 0.7 s more than half a minute passes at the service.
    expect(world.now()).toBeGreaterThan(before + 30);
    expect(listed.length).toBeGreaterThan(0);
    for (const { askedAt } of listed) expect(askedAt).toBeLessThan(before + 15);
  });

  it('that is not found right after its activation is followed all the same', async () => {
    const plan = await world.draft(take('mailbox', 9, 1), world.now() - DAY);
    await emulator.control('POST', '/faults', {
      match: { method: 'GET', route: '/solutions/backupRestore/restoreSessions/{id}' },
      effect: 'status',
      status: 404,
      code: 'RestoreSessionNotFound',
      probability: 1,
    });
    await world.restore.starter.start(plan.id, undefined);
    await untilStatus(plan.id, 'running');
    for (let tries = 0; world.restore.runner.problemOf(plan.id) === undefined && tries < 200; tries += 1)
      await sleep(20);
    const [link] = await world.catalog.plans.sessionsOf(plan.id);
    expect(world.restore.runner.problemOf(plan.id)).toEqual({
      code: 'SESSION_NOT_FOUND',
      sessionId: link?.sessionId,
    });
    expect((await world.catalog.plans.get(plan.id, world.now())).status).toBe('running');
    await emulator.control('DELETE', '/faults');
    await untilStatus(plan.id, 'done', true);
    expect((await world.catalog.sessions.get(tenantId, link?.sessionId ?? '')).status).toBe('completed');
    expect(world.restore.runner.problemOf(plan.id)).toBeUndefined();
  }, 60_000);
});

describe('failed artifacts', () => {
  it('are not retried twice: what a retry was sent with is left out, and a review of the same units says so', async () => {
    const held = take('site', 9, 1);
    await emulator.control('PATCH', `/tenants/${tenantId}`, { artifactFailures: 'seeded' });
    await emulator.control('POST', `/tenants/${tenantId}/entities`, {
      collection: 'siteProtectionUnits',
      value: held.map(id => ({ id, hold: true })),
    });
    const incidentAt = world.now() - DAY;
    const plan = await world.draft(held, incidentAt, 'inPlace');
    await world.restore.starter.start(plan.id, 'Tenant');
    await untilStatus(plan.id, 'done', true);
    await emulator.control('PATCH', `/tenants/${tenantId}`, { artifactFailures: 'none' });
    const again = await world.restore.starter.retryFailed(plan.id);
    const another = await world.draft(held, incidentAt);
    expect(codes(await world.restore.starter.review(another.id))).not.toContain('RESTORED_SINCE');
    await world.restore.starter.start(again.id, undefined);
    const nothing = { code: 'NOTHING_TO_RETRY', planId: plan.id, retriedIn: [{ planId: again.id, name: again.name }] };
    expect(await failure(world.restore.starter.retryFailed(plan.id))).toEqual(nothing);
    await untilStatus(again.id, 'done', true);
    expect(await failure(world.restore.starter.retryFailed(plan.id))).toEqual(nothing);
    const { findings } = await world.restore.starter.review(another.id);
    const [unit] = await world.catalog.units.byIds(tenantId, held);
    expect(findings.find(({ code }) => code === 'RESTORED_SINCE')).toMatchObject({
      severity: 'warning',
      unitIds: held,
      names: [unit?.name],
    });
    // The catalog's cache may be lost; what became of the units is then read again before anything is said.
    for (const { sessionId } of await world.catalog.plans.sessionsOf(plan.id))
      await world.catalog.sessions.remove(tenantId, sessionId);
    expect(await failure(world.restore.starter.retryFailed(plan.id))).toEqual(nothing);
  }, 60_000);

  it('become a plan of their own, to a new location where one can not be restored in place', async () => {
    const held = take('site', 5, 1);
    const free = take('drive', 4, 1);
    await emulator.control('PATCH', `/tenants/${tenantId}`, { artifactFailures: 'seeded' });
    await emulator.control('POST', `/tenants/${tenantId}/entities`, {
      collection: 'siteProtectionUnits',
      value: held.map(id => ({ id, hold: true })),
    });
    const plan = await world.draft([...held, ...free], world.now() - DAY, 'inPlace');
    expect((await failure(world.restore.starter.retryFailed(plan.id))).code).toBe('NOTHING_TO_RETRY');
    await world.restore.starter.start(plan.id, ' Tenant ');
    await untilStatus(plan.id, 'done', true);
    await emulator.control('PATCH', `/tenants/${tenantId}`, { artifactFailures: 'none' });
    const again = await world.restore.starter.retryFailed(plan.id);
    expect(again).toMatchObject({
      status: 'draft',
      units: 1,
      restorable: 1,
      destination: 'new',
      retryOf: plan.id,
      incidentAt: plan.incidentAt,
    });
    expect(await world.catalog.plans.unitIds(again.id, { limit: 10 })).toEqual(held);

    // Asked for once more, at once or later, it is the same wish, until that draft holds something else or was sent.
    const twice = await Promise.all([
      world.restore.starter.retryFailed(plan.id),
      world.restore.starter.retryFailed(plan.id),
    ]);
    expect(twice.map(({ id }) => id)).toEqual([again.id, again.id]);
    const { id: selectionId } = await world.catalog.selections.open(tenantId);
    await world.catalog.selections.change(selectionId, { type: 'add', unitIds: free }, world.now());
    await world.restore.drafts.setUnits(again.id, selectionId);
    expect((await world.restore.starter.retryFailed(plan.id)).id).not.toBe(again.id);
  }, 60_000);
});

describe('trouble with the service', () => {
  it('that swallows every create is met with longer and longer waits, and short ones again once it is over', async () => {
    const plan = await world.draft([...take('mailbox', 4, 1), ...take('site', 4, 1)], world.now() - DAY);
    const swallow = async (collection: string, times: number) =>
      await emulator.control('POST', '/faults', {
        match: { method: 'POST', route: `/solutions/backupRestore/${collection}` },
        effect: 'dropBefore',
        times,
      });
    await swallow('sharePointRestoreSessions', 3);
    await swallow('exchangeRestoreSessions', 2);
    const before = (await restores()).length;
    world.waits.length = 0;
    await world.restore.starter.start(plan.id, undefined);
    await untilStatus(plan.id, 'done', true);
    expect(world.waits).toEqual([2_000, 5_000, 10_000, 2_000, 5_000]);
    expect(await restores()).toHaveLength(before + 2);
  }, 60_000);

  it('waits where the service has too many active sessions, and goes on by itself', async () => {
    const plan = await world.draft(take('mailbox', 6, 1), world.now() - DAY);
    await emulator.control('POST', '/faults', {
      match: { method: 'POST', route: '/solutions/backupRestore/restoreSessions/{id}/activate' },
      effect: 'status',
      status: 500,
      code: 'TooManyActiveRestoreSessions',
      times: 2,
    });
    const before = (await restores()).length;
    await world.restore.starter.start(plan.id, undefined);
    await untilStatus(plan.id, 'done', true);
    expect(await restores()).toHaveLength(before + 1);
  }, 90_000);

  it('tells how the sessions stand that the service has, while the plan waits for it to take more', async () => {
    const plan = await world.draft([...take('site', 5, 1), ...take('mailbox', 7, 1)], world.now() - DAY);
    await emulator.control('POST', '/faults', {
      match: { method: 'POST', route: '/solutions/backupRestore/exchangeRestoreSessions' },
      effect: 'status',
      status: 500,
      code: 'TooManyActiveRestoreSessions',
    });
    await world.restore.starter.start(plan.id, undefined);
    const first = async () => {
      const [link] = await world.catalog.plans.sessionsOf(plan.id);
      return link === undefined ? undefined : await world.catalog.sessions.find(tenantId, link.sessionId);
    };
    await expect.poll(first, { timeout: 30_000 }).toMatchObject({ status: 'draft', counts: { total: 1 } });
    expect((await world.catalog.plans.get(plan.id, world.now())).status).toBe('starting');
    await emulator.control('DELETE', '/faults');
    world.restore.runner.wake();
    await untilStatus(plan.id, 'done', true);
  }, 90_000);

  it.each(['throttle', 'dropBefore', 'dropAfter', 'gatewayTimeout', 'malformed', 'truncated', 'unknownProperty'])(
    'restores once with %s on every request now and then',
    async effect => {
      const kind = effect.length % 2 === 0 ? 'site' : 'drive';
      const plan = await world.draft(take(kind, 6, 2), world.now() - DAY);
      const before = (await restores()).length;
      await emulator.control('POST', '/faults', {
        match: { route: '/solutions/backupRestore/*', tenantId },
        effect,
        probability: 0.2,
        retryAfterSeconds: 1,
      });
      await world.restore.starter.start(plan.id, undefined).catch(async (error: unknown) => {
        // The checks before a start read a lot; a start that they refuse has changed nothing, and is simply tried again.
        if (!(error instanceof AppFailure)) throw error;
        await emulator.control('DELETE', '/faults');
        await world.restore.starter.start(plan.id, undefined);
      });
      await sleep(1_500);
      await emulator.control('DELETE', '/faults');
      world.restore.runner.wake();
      await untilStatus(plan.id, 'done', true);
      expect((await restores()).slice(before)).toHaveLength(2);
      const sessions = await world.restore.sessions.refresh(tenantId);
      expect(sessions.filter(({ status }) => status === 'draft')).toEqual([]);
    },
    120_000,
  );

  it('activates nothing that it can not read back with certainty: an unknown destination ends the session unstarted', async () => {
    const plan = await world.draft(take('drive', 8, 2), world.now() - DAY);
    const before = (await restores()).length;
    await emulator.control('POST', '/faults', {
      match: {
        method: 'GET',
        route: '/solutions/backupRestore/oneDriveForBusinessRestoreSessions/{id}/driveRestoreArtifacts',
      },
      effect: 'unknownEnumMember',
      times: 1,
    });
    await world.restore.starter.start(plan.id, undefined);
    await untilStatus(plan.id, 'done', true);
    const after = await world.catalog.plans.get(plan.id, world.now());
    const restored = (await restores()).length - before;
    // Which property the fault touches is the emulator's: either it does not matter, or nothing is restored and each unit says why.
    expect([restored, after.refused]).toEqual(after.refused === 0 ? [2, 0] : [0, 2]);
    if (after.refused > 0) {
      const { rows } = await world.catalog.plans.listUnits({
        planId: plan.id,
        only: 'refused',
        window: { offset: 0, limit: 10 },
      });
      for (const row of rows) expect(row.refused?.code).toBe('draftDiffers');
      expect((await world.restore.starter.retryFailed(plan.id)).units).toBe(2);
    }
    const sessions = await world.restore.sessions.refresh(tenantId);
    expect(sessions.filter(({ status }) => status === 'draft')).toEqual([]);
  }, 60_000);
});
