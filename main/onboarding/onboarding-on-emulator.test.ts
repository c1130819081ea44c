import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { AppFailure } from '../../shared/contract/errors.ts';
import type { PreparedAction, SentAction, ServiceAction } from '../../shared/contract/onboarding.ts';
import { DAY, HOUR, MINUTE, toIso } from '../../shared/domain/time.ts';
import type { ScopeConsent } from '../auth/index.ts';
import { toAppError } from '../failures.ts';
import { syncOnEmulator, type SyncOnEmulator } from '../sync/testing/sync-on-emulator.ts';
import { type EmulatorProcess, startEmulatorProcess } from '../testing/emulator-process.ts';
import { createOnboardingService, type OnboardingOptions, type OnboardingService, StandingWatch } from './index.ts';

let emulator: EmulatorProcess;
let opened: SyncOnEmulator;
let onboarding: OnboardingService;
let missingScopes: Set<string>;
let isSignInNeeded: boolean;
let owner = '';
let customer = 0;

beforeAll(async () => {
  emulator = await startEmulatorProcess(
    ...['--seed', '5', '--tenants', '24', '--units', '6', '--now', '2026-03-06T12:00:00Z'],
  );
  await emulator.control('POST', '/clock', { freeze: true });
  owner = emulator.ready.tenants.find(({ role }) => role === 'home')?.id ?? '';
});
afterAll(async () => {
  await emulator.stop();
});
beforeEach(async () => {
  const tenant = emulator.ready.tenants.filter(({ role }) => role === 'customer')[customer];
  customer += 1;
  if (tenant === undefined) throw new Error('There is no customer left.');
  opened = await syncOnEmulator(emulator, { tenantId: tenant.id });
  missingScopes = new Set();
  isSignInNeeded = false;
  onboarding = start();
});
afterEach(async () => {
  await onboarding.stop();
  await opened.close();
});

/** A console over the opened profile; called again, one that was started again. */
function start(replaced: Partial<Pick<OnboardingOptions, 'catalog' | 'sync'>> = {}): OnboardingService {
  const { catalog, graph, sync, connectivity, clocks, events } = opened;
  return createOnboardingService({
    catalog,
    graph,
    sync,
    ...replaced,
    connectivity,
    clientIdIn: () => emulator.ready.clientId,
    auth: {
      accountIn: () => ({
        id: '0123456789abcdef',
        username: 'anna@msp.example',
        displayName: 'Anna',
        homeTenantId: owner,
        homeAccountId: 'anna',
      }),
      consentOf: async (tenantId, scopes) =>
        scopes.map((scope): ScopeConsent => {
          if (isSignInNeeded) return { scope, consent: 'unknown', problem: { kind: 'notSignedInHere', tenantId } };
          return missingScopes.has(scope.slice(scope.lastIndexOf('/') + 1))
            ? {
                scope,
                consent: 'missing',
                problem: { kind: 'consentMissing', scopes: [scope], declined: false, tenantId },
              }
            : { scope, consent: 'granted' };
        }),
    },
    now: id => clocks.now(id),
    pollMs: 5,
    sleep: async (milliseconds, signal) => {
      if (signal.aborted) throw signal.reason;
      await new Promise(resolve => setTimeout(resolve, milliseconds));
    },
    toAppError: (error, about) => toAppError(error, { tenantId: about }),
    emit: event => {
      events.push(event);
    },
  });
}

const change = async (state: object) => emulator.control('PATCH', `/tenants/${opened.tenantId}`, state);
const fault = async (method: string, route: string, effect: string, more: object = {}) =>
  emulator.control('POST', '/faults', {
    match: { method, route: `/solutions/backupRestore${route}`, tenantId: opened.tenantId },
    effect,
    times: 1,
    ...more,
  });
const prepare = async (action: ServiceAction): Promise<PreparedAction> => onboarding.prepare(opened.tenantId, action);
const carryOut = async (action: ServiceAction): Promise<SentAction> => {
  const prepared = await prepare(action);
  expect(prepared.problems).toEqual([]);
  return onboarding.send(prepared.id, 'Tenant');
};
const auditOf = async () => opened.catalog.audit.list({ tenantId: opened.tenantId, limit: 100 });
const effects = ({ effects: all }: PreparedAction) => all.map(({ effect }) => effect);
const codes = ({ problems }: PreparedAction) => problems.map(({ code }) => code);
/** Takes our app away, so that the tenant is as one that Backstop has never seen. */
const fresh = async () => {
  await change({ controller: 'none' });
  await carryOut({ type: 'unregister' });
  await change({ controller: 'none', serviceStatus: { status: 'disabled', disableReason: 'none' } });
};
const now = () => opened.clocks.now(opened.tenantId);
const own = async () => (await onboarding.fetchStanding(opened.tenantId)).service?.apps?.find(app => app.isOurs);

describe('from nothing to enabled', () => {
  test('registered, in control at once, enabled; each with its consequences before and its audit row after', async () => {
    await fresh();
    expect(await onboarding.fetchStanding(opened.tenantId)).toMatchObject({
      controller: { by: 'nobody' },
      service: { status: 'disabled', apps: [] },
      unread: [],
    });
    expect(effects(await prepare({ type: 'register' }))).toEqual(['becomesRegistered']);
    expect(await carryOut({ type: 'register' })).toMatchObject({ outcome: 'done', foundByReading: false });
    expect(await own()).toMatchObject({ status: 'inactive' });
    const activation = await prepare({ type: 'activate' });
    expect(activation).toMatchObject({ canSend: true, needsTypedName: false });
    expect(effects(activation)).toEqual(['controlAtOnce', 'notYetEnabled']);
    expect(await carryOut({ type: 'activate' })).toMatchObject({
      outcome: 'done',
      standing: { controller: { by: 'ours' } },
    });
    const enabled = await carryOut({ type: 'enable', ownerTenantId: owner });
    expect(effects(enabled.change)).toEqual(['ownerPays', 'protectionAllowed']);
    expect(enabled.standing).toMatchObject({
      service: { status: 'enabled' },
      controller: { by: 'ours' },
      lastEnable: { outcome: 'done', ownerTenantId: owner },
    });
    const rows = (await auditOf()).slice(1);
    expect(rows.map(({ what }) => what)).toEqual(['serviceApp.register', 'serviceApp.activate', 'service.enable']);
    expect(rows.every(({ requestId, who }) => requestId !== undefined && who === 'anna@msp.example')).toBe(true);
    expect(rows[2]).toMatchObject({
      before: { controller: 'ours', serviceStatus: 'disabled' },
      after: { outcome: 'done', appOwnerTenantId: owner, status: 'enabled' },
    });
    // What this console did itself is no news.
    expect((await opened.catalog.tenants.get(opened.tenantId)).controllerChange).toBeUndefined();
    expect(opened.events.filter(({ type }) => type === 'controllerChanged')).toEqual([]);
  });

  test.each([
    [{ billing: 'invalid' }, 402, 'InvalidBillingProfile'],
    [{ billing: 'unreadable' }, 403, 'UnableToReadBillingProfile'],
  ])('a refusal of enable: %o', async (state, status, code) => {
    await change({ controller: 'self', serviceStatus: { status: 'disabled' }, ...state });
    const sent = await carryOut({ type: 'enable', ownerTenantId: owner });
    expect(sent).toMatchObject({
      outcome: 'refused',
      refusal: { status, code },
      standing: { lastEnable: { outcome: 'refused', code } },
    });
    expect(sent.requestId).toBeDefined();
    expect((await auditOf()).at(-1)).toMatchObject({ what: 'service.enable', after: { outcome: 'refused', code } });
  });

  test('a customer’s tenant as the owner is warned of, and refused by the service', async () => {
    await change({ controller: 'self' });
    const prepared = await prepare({ type: 'enable', ownerTenantId: opened.tenantId });
    expect(codes(prepared)).toEqual(['OWNER_IS_CUSTOMER']);
    expect(await onboarding.send(prepared.id, undefined)).toMatchObject({
      outcome: 'refused',
      refusal: { code: 'InvalidAppOwnerTenantId' },
    });
  });

  test('enabled after bad billing, the lock ends a day or two later', async () => {
    await change({ controller: 'self', serviceStatus: 'enabled' });
    await change({ billing: 'invalid' });
    await change({ billing: 'healthy' });
    const sent = await carryOut({ type: 'enable', ownerTenantId: owner });
    expect(effects(sent.change)).toEqual(['ownerPays', 'lockEndsLater']);
    expect(sent).toMatchObject({ outcome: 'done', standing: { service: { status: 'protectionChangeLocked' } } });
  });
});

describe('a takeover', () => {
  test('from another app: dated, its name typed, read-only until then, and cancelled', async () => {
    await change({ controller: 'other', serviceStatus: 'enabled' });
    expect(codes(await prepare({ type: 'activate' }))).toEqual(['TAKEOVER_NEEDS_DATE']);
    expect(codes(await prepare({ type: 'activate', effectiveAt: now() + 6 * DAY }))).toEqual(['TAKEOVER_TOO_SOON']);
    expect(codes(await prepare({ type: 'activate', effectiveAt: now() + 31 * DAY }))).toEqual(['TAKEOVER_TOO_LATE']);
    const at = Math.floor((now() + 9 * DAY) / MINUTE) * MINUTE;
    const prepared = await prepare({ type: 'activate', effectiveAt: at });
    expect(prepared).toMatchObject({
      canSend: true,
      needsTypedName: true,
      effects: [{ effect: 'controlPasses', at, from: { by: 'anotherApp' } }, {}],
    });
    await expect(onboarding.send(prepared.id, 'Another')).rejects.toMatchObject({ error: { code: 'NAME_MISMATCH' } });
    const sent = await onboarding.send(prepared.id, 'Tenant');
    expect(sent.standing).toMatchObject({ controller: { by: 'pending', fromAt: at } });
    expect(sent.standing.service?.apps).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ isOurs: true, status: 'pendingActive', effectiveAt: at }),
        expect.objectContaining({ isOurs: false, status: 'pendingInactive' }),
      ]),
    );
    expect(codes(await prepare({ type: 'activate', effectiveAt: at }))).toEqual(['NOT_NOW']);
    const cancelled = await carryOut({ type: 'cancelTakeover' });
    expect(cancelled.change.effects).toEqual([{ effect: 'takeoverCancelled', stays: { by: 'anotherApp' } }]);
    expect(cancelled.standing.controller).toEqual({ by: 'anotherApp' });
    expect((await auditOf()).map(({ what, after }) => [what, after])).toEqual([
      ['serviceApp.activate', { outcome: 'done', status: 'pendingActive', effectiveDateTime: toIso(at) }],
      ['serviceApp.cancelTakeover', { outcome: 'done', status: 'inactive' }],
    ]);
  });

  test('from Microsoft’s own tool there is no way back', async () => {
    await change({ controller: 'firstParty', serviceStatus: 'enabled' });
    expect(effects(await prepare({ type: 'activate', effectiveAt: now() + 8 * DAY }))).toContain(
      'noWayBackToMicrosoft',
    );
  });

  test('by another app is noticed by the watch, which the service tells nobody, and told as an event', async () => {
    await change({ controller: 'self', serviceStatus: 'enabled' });
    await onboarding.fetchStanding(opened.tenantId);
    const at = now() + 10 * DAY;
    await change({ controller: 'leaving', controlPassesDateTime: toIso(at) });
    const { catalog, sync, clocks, events, tenantId } = opened;
    let looks = 0;
    const watch = new StandingWatch({
      tenants: () => catalog.tenants.list(),
      canAsk: () => true,
      patience: () => new AbortController().signal,
      now: id => clocks.now(id),
      look: async (id, signal) => {
        looks += 1;
        await sync.readStanding(id, { signal });
      },
      onFailed: (_, error) => {
        throw error;
      },
    });
    // Just asked, it is left alone.
    await watch.round();
    expect(looks).toBe(0);
    await emulator.control('POST', '/clock', { advanceSeconds: HOUR });
    // Learns the service's time, as any answer does.
    for await (const page of opened.graph.forTenant(tenantId).policies.list({})) clocks.learn(tenantId, page);
    await watch.round();
    await watch.round();
    expect(looks).toBe(1);
    const noticed = { from: { by: 'ours' }, to: { by: 'leaving', untilAt: at } };
    expect((await catalog.tenants.get(tenantId)).controllerChange).toMatchObject(noticed);
    expect(events.filter(({ type }) => type === 'controllerChanged')).toMatchObject([{ tenantId, ...noticed }]);
    expect(codes(await prepare({ type: 'unregister' }))).toEqual(['NOT_NOW']);
    await watch.stop();
  });
});

describe('unregistering', () => {
  test('an active app: its cost and what follows for the data before, access gone after', async () => {
    await change({ controller: 'self', serviceStatus: 'enabled' });
    const prepared = await prepare({ type: 'unregister' });
    expect(prepared.needsTypedName).toBe(true);
    expect(effects(prepared)).toEqual(['accessEnds', 'costGoesOn', 'dataOffboarded']);
    expect(prepared.effects[1]).toMatchObject({ graceUntil: now() + 7 * DAY, until: now() + 37 * DAY });
    const sent = await onboarding.send(prepared.id, 'Tenant');
    expect(sent).toMatchObject({
      outcome: 'done',
      standing: { controller: { by: 'nobody' }, service: { status: 'protectionChangeLocked', apps: [] } },
    });
    // Sent twice, it is one and the same.
    expect(await onboarding.send(prepared.id, 'Tenant')).toBe(sent);
    expect((await auditOf()).map(({ what }) => what)).toEqual(['serviceApp.unregister']);
  });

  test('is not taken for somebody else’s doing by a sync that looks before this console does', async () => {
    await change({ controller: 'self', serviceStatus: 'enabled' });
    const { catalog, sync, tenantId } = opened;
    const prepared = await prepare({ type: 'unregister' });
    onboarding = start({
      sync: {
        noteOwnChange: (about, is) => sync.noteOwnChange(about, is),
        readStanding: async (about, options) => {
          // The sync in the background comes first.
          await sync.readStanding(about);
          return await sync.readStanding(about, options);
        },
      },
    });
    const again = await prepare({ type: 'unregister' });
    expect(again.effects).toEqual(prepared.effects);
    await onboarding.send(again.id, 'Tenant');
    expect((await catalog.tenants.get(tenantId)).controllerChange).toBeUndefined();
    // From then on it is news again.
    await change({ controller: 'self', serviceStatus: 'enabled' });
    await sync.readStanding(tenantId);
    expect((await catalog.tenants.get(tenantId)).controllerChange).toMatchObject({ from: { by: 'nobody' } });
  });
});

describe('what stands in the way', () => {
  test('a tenant set read-only refuses, even what was prepared before', async () => {
    await change({ controller: 'none', serviceStatus: { status: 'disabled' } });
    const prepared = await prepare({ type: 'activate' });
    expect(prepared.canSend).toBe(true);
    const { catalog, tenantId } = opened;
    const readOnly = { sinceAt: now(), by: 'bo@msp.example' };
    await catalog.tenants.setReadOnly(tenantId, readOnly, {
      at: now(),
      tenantId,
      who: 'bo',
      what: 'tenant.setReadOnly',
      target: 'tenant',
    });
    await expect(onboarding.send(prepared.id, undefined)).rejects.toMatchObject({
      error: { code: 'TENANT_READ_ONLY' },
    });
    expect(codes(await prepare({ type: 'activate' }))).toEqual(['TENANT_READ_ONLY']);
    expect((await own())?.status).toBe('inactive');
  });

  test('consent that is missing, and a service whose apps can’t be read', async () => {
    missingScopes.add('BackupRestore-Control.ReadWrite.All');
    expect((await prepare({ type: 'enable', ownerTenantId: owner })).problems).toMatchObject([
      { code: 'CONSENT_MISSING', scopes: ['BackupRestore-Control.ReadWrite.All'] },
    ]);
    missingScopes.clear();
    isSignInNeeded = true;
    expect(codes(await prepare({ type: 'enable', ownerTenantId: owner }))).toEqual(['SIGN_IN_NEEDED']);
    isSignInNeeded = false;
    await fault('GET', '/serviceApps', 'status', { status: 403, code: 'accessDenied' });
    const prepared = await prepare({ type: 'enable', ownerTenantId: owner });
    expect(prepared.problems).toMatchObject([{ code: 'NOT_NOW', why: 'appsUnknown' }]);
    await expect(onboarding.send(prepared.id, undefined)).rejects.toMatchObject({ error: { code: 'CHANGE_BLOCKED' } });
  });

  test('what the service refuses though it looked right is a result with its code', async () => {
    await change({ controller: 'none', serviceStatus: { status: 'disabled' } });
    await fault('POST', '/serviceApps/{id}/activate', 'status', { status: 403, code: 'notAllowed' });
    expect(await carryOut({ type: 'activate' })).toMatchObject({
      outcome: 'refused',
      refusal: { status: 403, code: 'notAllowed' },
    });
  });
});

describe('an answer that is lost', () => {
  test.each(['dropAfter', 'gatewayTimeout'])('%s: done, and reading says so; sent once', async effect => {
    await change({ controller: 'none', serviceStatus: { status: 'disabled' } });
    await fault('POST', '/serviceApps/{id}/activate', effect);
    const { value, of } = await opened.counting(async () => carryOut({ type: 'activate' }));
    expect(value).toMatchObject({ outcome: 'done', foundByReading: true, standing: { controller: { by: 'ours' } } });
    expect(of('/solutions/backupRestore/serviceApps/{id}/activate')).toBe(1);
    expect((await auditOf()).map(({ after }) => after)).toMatchObject([
      { outcome: 'unknown' },
      { outcome: 'done', settledBy: 'reading' },
    ]);
  });

  test('dropBefore: not done, and reading says so; it is not sent again by itself', async () => {
    await change({ controller: 'none', serviceStatus: { status: 'disabled' } });
    await fault('POST', '/serviceApps/{id}/activate', 'dropBefore');
    expect(await carryOut({ type: 'activate' })).toMatchObject({ outcome: 'notDone' });
    expect((await own())?.status).toBe('inactive');
    expect((await auditOf()).map(({ after }) => after)).toMatchObject([{ outcome: 'unknown' }, { outcome: 'undone' }]);
  });

  test('enable alone is asked once more: it is idempotent', async () => {
    await change({ controller: 'self', serviceStatus: 'enabled' });
    await fault('POST', '/enable', 'dropAfter');
    const { value, of } = await opened.counting(async () => carryOut({ type: 'enable', ownerTenantId: owner }));
    expect(value).toMatchObject({ outcome: 'done', foundByReading: false });
    expect(of('/solutions/backupRestore/enable')).toBe(2);
  });

  test('an outcome that could not be written down is not sent again, and is settled by the next look', async () => {
    await change({ controller: 'none', serviceStatus: { status: 'disabled' } });
    const { catalog } = opened;
    const { intents } = catalog;
    let failures = 1;
    const conclude: typeof intents.conclude = async (...given) => {
      if (failures-- > 0) throw new AppFailure({ code: 'CATALOG_UNAVAILABLE' });
      return await intents.conclude(...given);
    };
    onboarding = start({
      catalog: {
        tenants: catalog.tenants,
        settings: catalog.settings,
        intents: new Proxy(intents, {
          get: (of, name): unknown => (name === 'conclude' ? conclude : Reflect.get(of, name)),
        }),
      },
    });
    const prepared = await prepare({ type: 'activate' });
    const { of } = await opened.counting(async () => {
      const lost = { error: { code: 'CATALOG_UNAVAILABLE' } };
      await expect(onboarding.send(prepared.id, undefined)).rejects.toMatchObject(lost);
      await expect(onboarding.send(prepared.id, undefined)).rejects.toMatchObject(lost);
    });
    expect(of('/solutions/backupRestore/serviceApps/{id}/activate')).toBe(1);
    expect(onboarding.isSending(opened.tenantId)).toBe(false);
    await onboarding.fetchStanding(opened.tenantId);
    expect((await auditOf()).map(({ after }) => after)).toMatchObject([{ outcome: 'done', settledBy: 'reading' }]);
  });

  test('what was done is told as done, and not sent again, also where the look after it fails', async () => {
    await change({ controller: 'none', serviceStatus: { status: 'disabled' } });
    onboarding = start({
      sync: {
        noteOwnChange: (tenantId, is) => opened.sync.noteOwnChange(tenantId, is),
        readStanding: async (tenantId, options) => {
          if (options?.isOwnChange === true) throw new AppFailure({ code: 'ABORTED' });
          return await opened.sync.readStanding(tenantId, options);
        },
      },
    });
    const prepared = await prepare({ type: 'activate' });
    const { of } = await opened.counting(async () => {
      expect(await onboarding.send(prepared.id, undefined)).toMatchObject({
        outcome: 'done',
        standing: { unread: [{ part: 'status' }, { part: 'apps' }] },
      });
      await onboarding.send(prepared.id, undefined);
    });
    expect(of('/solutions/backupRestore/serviceApps/{id}/activate')).toBe(1);
  });

  test('a console that was killed settles what it sent by reading, at its next look', async () => {
    await change({ controller: 'self', serviceStatus: 'enabled' });
    const { catalog, tenantId } = opened;
    await catalog.intents.appendChange({
      planId: '0b9c1f60-0000-4000-8000-000000000001',
      tenantId,
      step: 'serviceApp.activate',
      about: 'service app',
      at: now(),
      facts: {
        what: 'serviceApp.activate',
        who: 'anna@msp.example',
        appId: emulator.ready.clientId,
        effectiveAt: now(),
      },
    });
    await onboarding.stop();
    onboarding = start();
    await onboarding.fetchStanding(tenantId);
    expect(await auditOf()).toMatchObject([
      { what: 'serviceApp.activate', after: { outcome: 'done', settledBy: 'reading' } },
    ]);
    expect(await catalog.intents.listUnfinishedAcrossTenants()).toEqual([]);
  });
});

test('offline, everything known stays readable and an action says why it waits', async () => {
  await change({ controller: 'leaving', controlPassesDateTime: toIso(now() + 8 * DAY) });
  const known = await onboarding.fetchStanding(opened.tenantId);
  expect(await onboarding.standing(opened.tenantId)).toEqual(known);
  expect(known.service?.apps).toHaveLength(2);
});
