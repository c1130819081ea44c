import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { AskProgress, ConsoleEvent } from '../../shared/contract/console.ts';
import { AppFailure } from '../../shared/contract/errors.ts';
import { DAY } from '../../shared/domain/time.ts';
import { type EmulatorProcess, startEmulatorProcess } from '../testing/emulator-process.ts';
import { SEARCH, syncOnEmulator, type SyncOnEmulator, type SyncOnEmulatorOptions } from './testing/sync-on-emulator.ts';

/** What breaks off, what the service refuses, and what is there afterwards. 100 units, and searches that answer five points: several rounds. */
let emulator: EmulatorProcess;
let running: SyncOnEmulator[] = [];

beforeAll(async () => {
  emulator = await startEmulatorProcess(
    '--seed',
    '5',
    '--tenants',
    '1',
    '--units',
    '100',
    '--now',
    '2026-03-06T12:00:00Z',
    '--search-cap',
    'five',
  );
  await emulator.control('POST', '/clock', { freeze: true });
});
afterAll(async () => emulator.stop());
afterEach(async () => {
  for (const one of running) await one.close();
  running = [];
  await emulator.control('DELETE', '/faults');
});

async function open(options?: SyncOnEmulatorOptions): Promise<SyncOnEmulator> {
  const opened = await syncOnEmulator(emulator, options);
  running.push(opened);
  return opened;
}

const progressOf = (events: readonly ConsoleEvent[]): AskProgress[] =>
  events.flatMap(event => (event.type === 'askProgressed' ? [event.progress] : []));

/** Questions that a sync takes which nothing interrupts. */
async function wholeCost(): Promise<number> {
  const { sync, tenantId } = await open();
  return (await sync.syncTenant(tenantId, { evenIfFresh: false })).questions;
}

describe('a sync', () => {
  test('that is aborted stops, and the next one asks only for what is not known yet', async () => {
    const whole = await wholeCost();
    const ending = new AbortController();
    const { sync, tenantId, counting, events } = await open({
      onEvent: ({ type }) => {
        if (type === 'pointsChanged') ending.abort();
      },
    });
    const first = await counting(async () =>
      sync.syncTenant(tenantId, { evenIfFresh: false, signal: ending.signal }).catch((error: unknown) => error),
    );
    expect(first.value).toEqual(new AppFailure({ code: 'ABORTED' }));
    const second = await counting(async () => sync.syncTenant(tenantId, { evenIfFresh: false }));
    expect(events.filter(({ type }) => type === 'askEnded')).toMatchObject([
      { error: { code: 'ABORTED' } },
      { tenantId },
    ]);
    expect(first.of(SEARCH)).toBeGreaterThan(0);
    expect(second.of(SEARCH)).toBeGreaterThan(0);
    expect(second.of(SEARCH)).toBeLessThan(whole);
    // A batch that was under way when the signal came may be asked again.
    expect(first.of(SEARCH) + second.of(SEARCH)).toBeLessThanOrEqual(whole + 20);
  });

  test(
    'whose process is killed when the first answers are written loses none of them',
    { timeout: 60_000 },
    async () => {
      const profile = await mkdtemp(join(tmpdir(), 'backstop-killed-'));
      try {
        const script = fileURLToPath(new URL('./testing/killed-sync.ts', import.meta.url));
        const child = spawn(process.execPath, [script, JSON.stringify(emulator.ready), profile], { stdio: 'inherit' });
        const signal = await new Promise(resolve => {
          child.once('exit', (_, by) => resolve(by));
        });
        expect(signal).toBe('SIGKILL');
        const { sync, tenantId, catalog, clocks, unitIds, counting } = await open({ profile });
        const heads = async () =>
          catalog.knowledge.heads({ tenantId, unitIds: await unitIds(), now: clocks.now(tenantId) });
        const known = (await heads()).filter(({ any }) => any.is !== 'notAsked');
        expect(known.length).toBeGreaterThanOrEqual(25);
        const { of } = await counting(async () => sync.syncTenant(tenantId, { evenIfFresh: false }));
        // Five a question, and a search more for each that packs twenty at first.
        const left = 100 - known.length;
        expect(of(SEARCH)).toBeLessThanOrEqual(Math.ceil(left / 5) + 1);
        expect((await heads()).filter(({ any }) => any.is === 'notAsked')).toEqual([]);
      } finally {
        for (const one of running) await one.close();
        running = [];
        await rm(profile, { recursive: true, force: true });
      }
    },
  );

  test('that is throttled says until when, and ends well', async () => {
    const { sync, tenantId, events } = await open();
    await emulator.control('POST', '/faults', {
      match: { route: SEARCH },
      effect: 'throttle',
      retryAfterSeconds: 1,
      times: 1,
    });
    await sync.syncTenant(tenantId, { evenIfFresh: false });
    const throttled = progressOf(events).find(({ throttledUntil }) => throttledUntil !== undefined);
    expect(throttled?.throttledUntil).toBeGreaterThanOrEqual(Date.parse('2026-03-06T12:00:00Z') / 1000);
    expect(progressOf(events).at(-1)).toMatchObject({ purpose: 'heads', unitsDone: 100, unitsTotal: 100 });
    expect(events.at(-1)).toEqual({ type: 'askEnded', tenantId, askId: throttled?.askId });
  });

  test('of a tenant that was not added asks nothing', async () => {
    const { sync, counting } = await open();
    const stranger = 'cccccccc-0000-4000-8000-000000000003';
    const { value, counted } = await counting(async () =>
      Promise.allSettled([
        sync.syncTenant(stranger, { evenIfFresh: false }),
        sync.ask(stranger, { type: 'heads', units: { type: 'all' }, fast: false }),
        sync.recheckBefore(stranger, { unitIds: ['x'], incidentAt: 1_772_000_000, fast: false }),
      ]),
    );
    for (const result of value) {
      expect(result).toMatchObject({ status: 'rejected', reason: { error: { code: 'TENANT_NOT_ADDED' } } });
    }
    expect(counted.http).toBe(0);
  });

  test('goes on to the heads where something beside the units is refused, and says so at the end', async () => {
    const { sync, tenantId, catalog, clocks, unitIds } = await open();
    await emulator.control('POST', '/faults', {
      match: { route: '/solutions/backupRestore/protectionPolicies' },
      effect: 'status',
      status: 403,
      code: 'accessDenied',
      times: 1,
    });
    await expect(sync.syncTenant(tenantId, { evenIfFresh: false })).rejects.toMatchObject({
      error: { code: 'GRAPH_REFUSED', status: 403, graphCode: 'accessDenied' },
    });
    const heads = await catalog.knowledge.heads({ tenantId, unitIds: await unitIds(), now: clocks.now(tenantId) });
    expect(heads.filter(({ any }) => any.is === 'notAsked')).toEqual([]);
  });

  test('with another tenant’s token reads and writes nothing', async () => {
    const { sync, catalog, tenantId, counting } = await open({ wrongTenantTokens: true });
    const { value, counted } = await counting(async () =>
      sync.syncTenant(tenantId, { evenIfFresh: false }).catch((error: unknown) => error),
    );
    expect(value).toMatchObject({ error: { code: 'WRONG_TENANT_TOKEN', tenantId } });
    expect(counted.http).toBe(0);
    expect(await catalog.tenants.get(tenantId)).toMatchObject({ units: 0 });
  });
});

describe('what is read of a tenant', () => {
  test('is its service status, its controller, its policies, and when the units were read', async () => {
    const { sync, catalog, tenantId } = await open();
    await sync.syncTenant(tenantId, { evenIfFresh: false });
    const tenant = await catalog.tenants.get(tenantId);
    const now = Date.parse('2026-03-06T12:00:00Z') / 1000;
    expect(tenant).toMatchObject({ controller: { by: 'ours' }, service: { status: 'enabled' }, units: 100 });
    expect(Math.abs((tenant.syncedAt ?? 0) - now)).toBeLessThan(120);
    const policies = await catalog.policies.list(tenantId);
    expect(new Set(policies.map(({ kind }) => kind))).toEqual(new Set(['site', 'drive', 'mailbox']));
  });

  test('a shorter retention lowers the expiries that are known, before the policy is kept', async () => {
    const { sync, catalog, tenantId, clocks, unitIds } = await open();
    await sync.syncTenant(tenantId, { evenIfFresh: false });
    const policy = (await catalog.policies.list(tenantId)).find(({ kind }) => kind === 'mailbox');
    const now = clocks.now(tenantId);
    const units = await catalog.units.byIds(tenantId, await unitIds());
    const unit = units.find(({ policyId }) => policyId === policy?.id);
    if (policy === undefined || unit === undefined) throw new Error('No mailbox is protected.');
    const newest = async () => {
      const question = { tenantId, unitId: unit.id, before: now, now: now - 40 * DAY, window: { offset: 0, limit: 1 } };
      return (await catalog.knowledge.alternatives(question))[0];
    };
    const before = await newest();
    expect((before?.expiresAt ?? 0) - (before?.at ?? 0)).toBeGreaterThan(30 * DAY);
    await emulator.control('POST', `/tenants/${tenantId}/entities`, {
      collection: 'exchangeProtectionPolicies',
      value: [{ id: policy.id, retentionSettings: [{ interval: 'R/PT10M', period: 'P3D' }] }],
    });
    await sync.syncTenant(tenantId, { evenIfFresh: false });
    const after = await newest();
    expect(after?.id).toBe(before?.id);
    expect(after?.expiresAt).toBe((before?.at ?? 0) + 3 * DAY);
  });
});

describe('offline', () => {
  test('asking says so, the state follows, and what is known stays readable', async () => {
    const own = await startEmulatorProcess(
      '--seed',
      '5',
      '--tenants',
      '1',
      '--units',
      '20',
      '--now',
      '2026-03-06T12:00:00Z',
    );
    const { sync, catalog, connectivity, tenantId, clocks, unitIds, close } = await syncOnEmulator(own);
    try {
      await sync.syncTenant(tenantId, { evenIfFresh: false });
      await own.stop();
      await expect(
        sync.ask(tenantId, { type: 'before', units: { type: 'all' }, incidentAt: 1_772_000_000, fast: false }),
      ).rejects.toMatchObject({
        error: { code: 'OFFLINE' },
      });
      expect(await connectivity.tryNow()).toMatchObject({ state: 'offline' });
      const heads = await catalog.knowledge.heads({ tenantId, unitIds: await unitIds(), now: clocks.now(tenantId) });
      expect(heads.filter(({ any }) => any.is === 'notAsked')).toEqual([]);
      const wanted = { type: 'before', units: { type: 'all' }, incidentAt: 1_772_000_000, fast: false } as const;
      expect((await sync.cost(tenantId, wanted)).questions).toBeGreaterThan(0);
    } finally {
      await close();
      await own.stop();
    }
  });
});
