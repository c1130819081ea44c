import { beforeEach, describe, expect, it } from 'vitest';
import type { ConsoleEvent } from '../../shared/contract/console.ts';
import { type AppError, AppFailure } from '../../shared/contract/errors.ts';
import type { Plan } from '../../shared/contract/plans.ts';
import type { TenantAtHome } from '../../shared/contract/tenants.ts';
import { DAY, HOUR, MINUTE } from '../../shared/domain/time.ts';
import type { Json } from '../catalog/index.ts';
import { EventHub } from '../console/index.ts';
import type { Notice } from '../host.ts';
import { silentLog } from '../sync/testing/sync-on-emulator.ts';
import { NotificationsService } from './notifications-service.ts';

const TENANTS = ['0b5c3c1e-4f0a-4d0e-9c60-3b1c8a4f2d01', '0b5c3c1e-4f0a-4d0e-9c60-3b1c8a4f2d02'] as const;
const [CONTOSO, FABRIKAM] = TENANTS;
const PLAN = '11111111-1111-4111-8111-111111111111';
/** Wednesday noon in UTC. */
const NOON = Date.parse('2026-03-04T12:00:00Z') / 1_000;

/** A console of which the notifications alone are real: time, tenants and restores are in the test's hand. */
class World {
  now = NOON;
  /** How often all tenants were looked at. */
  looks = 0;
  readonly shown: Notice[] = [];
  readonly raised: ConsoleEvent[] = [];
  readonly settings = new Map<string, Json>();
  readonly tenants = new Map<string, TenantAtHome>();
  problem: AppError | undefined;
  sessions = [{ status: 'completed', counts: { total: 3, succeeded: 3, failed: 0, inProgress: 0, waiting: 0 } }];
  hub = new EventHub();
  isWorkReadable = true;
  readonly #timers = new Set<{ readonly dueMs: number; readonly work: () => void }>();
  #ms = 0;
  service: NotificationsService | undefined;

  constructor() {
    for (const [place, id] of TENANTS.entries())
      this.tenants.set(id, tenantAtHome(id, ['Contoso', 'Fabrikam'][place] ?? id));
  }

  async start({ byPage = false } = {}): Promise<NotificationsService> {
    const mustBeReadable = (): void => {
      if (!this.isWorkReadable) throw new AppFailure({ code: 'WORK_UNREADABLE' });
    };
    this.hub = new EventHub();
    this.service = new NotificationsService({
      catalog: {
        settings: {
          get: async name => {
            mustBeReadable();
            return this.settings.get(name);
          },
          set: async (name, value) => {
            mustBeReadable();
            this.settings.set(name, value);
          },
          remove: async () => undefined,
          all: async () => ({}),
        },
        tenants: { get: async id => this.tenant(id).tenant },
        plans: {
          get: async () => plan,
          sessionsOf: async () => [{ planId: PLAN, tenantId: CONTOSO, sessionId: 's', kind: 'site', part: 0 }],
        },
        sessions: {
          find: async () => {
            const [session] = this.sessions;
            return session === undefined ? undefined : { id: 's', tenantId: CONTOSO, askedAt: NOON, ...session };
          },
        },
      },
      atHome: async () => {
        this.looks += 1;
        return [...this.tenants.values()];
      },
      problemOf: () => this.problem,
      timeZone: async () => 'UTC',
      subscribe: signal => this.hub.subscribe(signal),
      emit: event => {
        if (event.type === 'notificationRaised') this.raised.push(event);
        this.hub.publish(event);
      },
      notify: byPage
        ? undefined
        : async notice => {
            this.shown.push(notice);
            return { outcome: 'shown' };
          },
      now: () => this.now,
      after: (milliseconds, work) => {
        const timer = { dueMs: this.#ms + milliseconds, work };
        this.#timers.add(timer);
        return () => void this.#timers.delete(timer);
      },
      tickMs: 30_000,
      log: silentLog,
    });
    await this.service.start();
    await this.pass(5);
    return this.service;
  }

  /** The console is ended, and later opened again. */
  async restart(options?: { byPage: boolean }): Promise<NotificationsService> {
    await this.service?.stop();
    this.#timers.clear();
    return await this.start(options);
  }

  tenant(id: string): TenantAtHome {
    const tenant = this.tenants.get(id);
    if (tenant === undefined) throw new AppFailure({ code: 'TENANT_NOT_ADDED', tenantId: id });
    return tenant;
  }

  /** So many seconds pass, and everything that was due in them has run. */
  async pass(seconds: number): Promise<void> {
    for (let second = 0; second < seconds; second += 1) {
      this.#ms += 1_000;
      this.now += 1;
      for (const timer of [...this.#timers])
        if (timer.dueMs <= this.#ms) {
          this.#timers.delete(timer);
          timer.work();
        }
      await settle();
    }
  }

  /** The service is read: what it says of the tenant from now on. */
  async read(id: string, change: Partial<TenantAtHome['tenant']> = {}): Promise<void> {
    const before = this.tenant(id);
    this.tenants.set(id, { ...before, tenant: { ...before.tenant, syncedAt: this.now, ...change } });
    this.hub.publish({ type: 'tenantsChanged', tenantId: id });
    await this.pass(5);
  }

  get titles(): string[] {
    return this.shown.map(({ title }) => title);
  }
}

/** Lets everything run on that waits for nothing but its turn. */
async function settle(): Promise<void> {
  for (let turns = 0; turns < 30; turns += 1) await Promise.resolve();
}

const plan: Plan = {
  id: PLAN,
  tenantId: CONTOSO,
  name: 'Restore of 3 units',
  status: 'done',
  createdAt: NOON,
  savedAt: NOON,
  createdBy: 'anna@msp.example',
  preference: 'newest',
  units: 3,
  unitsByKind: { site: 3, drive: 0, mailbox: 0 },
  certainty: { exact: 3, asShown: 0, atLeast: 0, notAsked: 0, none: 0 },
  chosenByHand: 0,
  refused: 0,
  restorable: 3,
};

function tenantAtHome(id: string, displayName: string): TenantAtHome {
  return {
    tenant: {
      id,
      displayName,
      domain: 'contoso.example',
      colour: 0,
      addedAt: NOON - DAY,
      syncedAt: NOON - MINUTE,
      service: { status: 'enabled', askedAt: NOON },
      controller: { by: 'ours' },
      protectedUnits: 0,
      units: 0,
      runningSessions: 0,
    },
    clockAheadSeconds: 0,
    kinds: [],
    running: [],
  };
}

const LOCKED = { service: { status: 'restoreLocked', askedAt: NOON } };
const FINE = { service: { status: 'enabled', askedAt: NOON } };
const NIGHT = { from: 22 * 60, to: 7 * 60 };

describe('notifications', () => {
  let world: World;
  beforeEach(() => {
    world = new World();
  });

  it('tell of a tenant that turns unsafe, once a turn, and not of one that was so at first sight', async () => {
    world.tenants.set(FABRIKAM, { ...world.tenant(FABRIKAM), tenant: { ...world.tenant(FABRIKAM).tenant, ...LOCKED } });
    await world.start();
    expect(world.shown).toEqual([]);
    await world.read(CONTOSO, LOCKED);
    expect(world.shown).toMatchObject([
      { title: 'Contoso is critical', body: 'Restore-locked. No restore is possible.' },
    ]);
    await world.read(CONTOSO, LOCKED);
    await world.pass(600);
    expect(world.shown).toHaveLength(1);
    await world.read(CONTOSO, FINE);
    await world.pass(60);
    await world.read(CONTOSO, LOCKED);
    expect(world.titles).toEqual(['Contoso is critical', 'Contoso is critical']);
  });

  it('tell of several in one', async () => {
    await world.start();
    world.tenants.set(FABRIKAM, { ...world.tenant(FABRIKAM), tenant: { ...world.tenant(FABRIKAM).tenant, ...LOCKED } });
    await world.read(CONTOSO, LOCKED);
    expect(world.titles).toEqual(['2 tenants turned unsafe']);
  });

  it('gather for a minute what a sync of many tells one after the other', async () => {
    await world.start();
    await world.read(CONTOSO, LOCKED);
    await world.read(FABRIKAM, LOCKED);
    expect(world.titles).toEqual(['Contoso is critical']);
    await world.pass(60);
    expect(world.titles).toEqual(['Contoso is critical', 'Fabrikam is critical']);
  });

  it('look at all tenants every few seconds at most, however many changes are told, and miss none of the last', async () => {
    await world.start();
    await world.pass(10);
    const before = world.looks;
    for (let second = 0; second < 60; second += 1) {
      world.hub.publish({ type: 'tenantsChanged', tenantId: FABRIKAM });
      await world.pass(1);
    }
    expect(world.looks - before).toBeLessThanOrEqual(16);
    await world.read(CONTOSO, LOCKED);
    await world.pass(5);
    expect(world.titles).toEqual(['Contoso is critical']);
  });

  it('wait until a tenant was read: in the middle of it there is no verdict', async () => {
    await world.start();
    const progress = {
      tenantId: CONTOSO,
      askId: 'a',
      purpose: 'units',
      unitsDone: 0,
      unitsTotal: 0,
      questions: 0,
    } as const;
    world.hub.publish({ type: 'askProgressed', progress });
    await world.read(CONTOSO, LOCKED);
    expect(world.shown).toEqual([]);
    world.hub.publish({ type: 'askEnded', tenantId: CONTOSO, askId: 'a' });
    await world.pass(5);
    expect(world.titles).toEqual(['Contoso is critical']);
  });

  it('neither repeat nor lose a turn over a restart', async () => {
    await world.start();
    await world.read(CONTOSO, LOCKED);
    await world.restart();
    await world.read(CONTOSO, LOCKED);
    expect(world.titles).toEqual(['Contoso is critical']);
    // Read, and killed before it could be told.
    world.tenants.set(FABRIKAM, { ...world.tenant(FABRIKAM), tenant: { ...world.tenant(FABRIKAM).tenant, ...LOCKED } });
    world.hub.publish({ type: 'tenantsChanged', tenantId: FABRIKAM });
    await world.pass(2);
    expect(world.titles).toEqual(['Contoso is critical']);
    await world.restart();
    expect(world.titles).toEqual(['Contoso is critical', 'Fabrikam is critical']);
    await world.restart();
    expect(world.titles).toHaveLength(2);
  });

  it('say nothing of data that grew old while the console was closed, and say it of data that did while it was open', async () => {
    await world.start();
    await world.service?.stop();
    world.now += 3 * DAY;
    await world.restart();
    await world.pass(600);
    expect(world.shown).toEqual([]);
    world.now += 25 * HOUR;
    await world.pass(310);
    expect(world.titles).toEqual(['2 tenants turned unsafe']);
  });

  it('tell of a takeover by another app once', async () => {
    await world.start();
    const taken = {
      controller: { by: 'anotherApp' as const },
      controllerChange: { from: { by: 'ours' as const }, to: { by: 'anotherApp' as const }, noticedAt: NOON },
    };
    await world.read(CONTOSO, taken);
    await world.read(CONTOSO, taken);
    expect(world.shown).toMatchObject([
      {
        title: 'Control lost: Contoso',
        body: 'Control of Backup Storage passed from Backstop to another app. Nothing can be restored from here.',
      },
    ]);
  });

  it('tell how a restore ended, and lead to it by a click', async () => {
    const service = await world.start();
    service.noteEnded(plan);
    await world.pass(5);
    world.sessions = [
      { status: 'completedWithError', counts: { total: 3, succeeded: 2, failed: 1, inProgress: 0, waiting: 0 } },
    ];
    service.noteEnded(plan);
    await world.pass(5);
    world.sessions = [{ status: 'failed', counts: { total: 3, succeeded: 0, failed: 0, inProgress: 3, waiting: 0 } }];
    service.noteEnded(plan);
    await world.pass(5);
    expect(world.shown).toMatchObject([
      { title: 'Restore finished: Contoso', body: 'Restore of 3 units: 3 units restored.' },
      { title: 'Restore finished with failures: Contoso', body: 'Restore of 3 units: 1 of 3 units failed.' },
      { title: 'Restore failed: Contoso', body: 'Restore of 3 units: 3 of 3 units failed.' },
    ]);
    expect(service.takeClicked()).toBeNull();
    world.shown[0]?.onClick();
    expect(service.takeClicked()).toEqual({ at: 'restore', tenantId: CONTOSO, planId: PLAN });
    expect(service.takeClicked()).toBeNull();
  });

  it('tell what a restore waits for, once, and again when it waits for something else', async () => {
    await world.start();
    const changed = async (problem: AppError | undefined): Promise<void> => {
      world.problem = problem;
      world.hub.publish({ type: 'planChanged', planId: PLAN, tenantId: CONTOSO });
      await world.pass(5);
    };
    await changed({ code: 'OFFLINE' });
    expect(world.shown).toEqual([]);
    await changed({ code: 'SIGNED_OUT' });
    await changed({ code: 'SIGNED_OUT' });
    expect(world.shown).toMatchObject([
      { title: 'Restore waits: Contoso', body: 'Restore of 3 units waits for a sign-in.' },
    ]);
    await changed({ code: 'CONSENT_MISSING', tenantId: CONTOSO, scopes: [] });
    await changed(undefined);
    await changed({ code: 'SIGNED_OUT' });
    expect(world.titles).toHaveLength(3);
  });

  it('hold back what comes in quiet hours, tell what is critical, and tell the rest at their end, also after a restart', async () => {
    const service = await world.start();
    await service.changeSettings({ ...service.settings(), quiet: NIGHT });
    world.now = Date.parse('2026-03-04T23:00:00Z') / 1_000;
    service.noteEnded(plan);
    await world.read(CONTOSO, LOCKED);
    expect(world.titles).toEqual(['Contoso is critical']);
    expect(await service.list()).toMatchObject({ isQuiet: true, held: 1, unseen: 2 });
    service.noteEnded({ ...plan, id: '22222222-2222-4222-8222-222222222222' });
    await world.pass(5);
    await world.restart();
    expect(world.titles).toHaveLength(1);
    world.now = Date.parse('2026-03-05T06:59:00Z') / 1_000;
    await world.pass(58);
    expect(world.titles).toHaveLength(1);
    await world.pass(35);
    expect(world.shown.at(-1)).toMatchObject({
      title: 'In the quiet hours: 2 notifications',
      body: '2 restores finished: Contoso',
    });
    expect(await world.service?.list()).toMatchObject({ isQuiet: false, held: 0, unseen: 3 });
    expect(await world.service?.markSeen()).toMatchObject({ unseen: 0 });
  });

  it('tell at once what quiet hours held when these are switched off, and nothing of a sort that is', async () => {
    const service = await world.start();
    await service.changeSettings({ ...service.settings(), quiet: { from: 0, to: 1_439 } });
    service.noteEnded(plan);
    await world.pass(5);
    expect(world.shown).toEqual([]);
    const { quiet: _, ...never } = service.settings();
    await service.changeSettings(never);
    expect(world.titles).toEqual(['Restore finished: Contoso']);
    await service.changeSettings({ ...never, sorts: { ...never.sorts, restoreFinished: false } });
    service.noteEnded(plan);
    await world.pass(5);
    expect(world.titles).toHaveLength(1);
    expect((await service.list()).recent).toHaveLength(1);
  });

  it('are shown by pages where the host can’t, and then no test goes through the host', async () => {
    const service = await world.start({ byPage: true });
    service.noteEnded(plan);
    await world.pass(5);
    expect(world.raised).toMatchObject([
      {
        type: 'notificationRaised',
        title: 'Restore finished: Contoso',
        opens: { at: 'restore', tenantId: CONTOSO, planId: PLAN },
      },
    ]);
    await expect(service.test()).rejects.toMatchObject({ error: { code: 'NOT_IN_THIS_HOST' } });
    expect(await service.list()).toMatchObject({ shownBy: 'page' });
  });

  it('forget a tenant with all that names it', async () => {
    const service = await world.start();
    await world.read(CONTOSO, LOCKED);
    world.tenants.delete(CONTOSO);
    world.hub.publish({ type: 'tenantForgotten', tenantId: CONTOSO });
    await world.pass(5);
    expect((await service.list()).recent).toEqual([]);
    expect(JSON.stringify([...world.settings.values()])).not.toContain('Contoso');
    expect(JSON.stringify([...world.settings.values()])).not.toContain(CONTOSO);
  });

  it('go on without a memory where the file is damaged that keeps it', async () => {
    world.isWorkReadable = false;
    const service = await world.start();
    service.noteEnded(plan);
    await world.pass(5);
    expect(world.titles).toEqual(['Restore finished: Contoso']);
  });
});
