import type { ConsoleEvent } from '../../shared/contract/console.ts';
import { type AppError, AppFailure } from '../../shared/contract/errors.ts';
import type {
  NotificationPlace,
  Notifications,
  NotificationSettings,
  RecentNotification,
  ShownNotification,
} from '../../shared/contract/notifications.ts';
import type { Plan } from '../../shared/contract/plans.ts';
import type { TenantAtHome } from '../../shared/contract/tenants.ts';
import {
  type Happening,
  isCritical,
  isQuiet,
  isUnsafe,
  isWanted,
  judgedAt,
  minuteOfDay,
  type Notice,
  toNotice,
  turnOf,
  waitsForInWords,
  whatToTell,
  withHappening,
} from '../../shared/domain/notifications/index.ts';
import type { TenantId } from '../../shared/domain/protection-unit.ts';
import { tenantState } from '../../shared/domain/tenant-state.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import type { Catalog } from '../catalog/index.ts';
import type { Host, Log } from '../host.ts';
import { toEndedRestore } from './ended-restore.ts';
import { defaultSettings, type KeptNotifications, NotificationStore } from './kept-notifications.ts';
import { knownZone, sayIn } from './say.ts';

export interface NotificationsParts {
  readonly catalog: {
    readonly settings: Catalog['settings'];
    readonly tenants: Pick<Catalog['tenants'], 'get'>;
    readonly plans: Pick<Catalog['plans'], 'get' | 'sessionsOf'>;
    readonly sessions: Pick<Catalog['sessions'], 'find'>;
  };
  /** Every tenant with the facts of its state. */
  readonly atHome: () => Promise<readonly TenantAtHome[]>;
  /** What keeps a plan from going on right now. */
  readonly problemOf: (planId: string) => AppError | undefined;
  /** The technician's own zone, where one is set. */
  readonly timeZone: () => Promise<string | undefined>;
  readonly subscribe: (signal: AbortSignal) => AsyncIterable<ConsoleEvent>;
  readonly emit: (event: ConsoleEvent) => void;
  readonly notify?: Host['notify'] | undefined;
  /**
   * The host's clock, by which quiet hours go too. It is the one that the status bar shows, so "from 22:00" means what the technician
   * reads there: the machine's time for one's own tenants. The demo's runs sixtyfold, and its nights pass in minutes: one sees quiet hours
   * come and end as one sees restores end.
   */
  readonly now: () => UtcSeconds;
  /** Calls back once, after so many real milliseconds, unless what it returns is called before. */
  readonly after: (milliseconds: number, work: () => void) => () => void;
  /** Real milliseconds between two looks at the clock: how late the end of quiet hours may be noticed. */
  readonly tickMs: number;
  readonly log: Log;
}

/** What happens within this time is told together. */
const GATHER_MS = 3_000;
/** Once tenants that turned unsafe were told, later ones are gathered for this long: a sync of many tells of one after the other. */
const PAUSE_MS = 60_000;
/** What changes in a burst is judged once. */
const JUDGE_MS = 250;
/** From one judging to the next at least: each counts the units of all tenants, and a sync of many tells of changes all the time. */
const JUDGE_REST_MS = 3_000;
/** Tenants are judged again after so many looks at the clock, though nothing has happened: data grows old by itself. */
const TICKS_A_JUDGING = 10;
const RECENT_KEPT = 50;

/** Decides what the technician is told, tells it once, and keeps what came lately. */
export class NotificationsService {
  readonly #parts: NotificationsParts;
  readonly #store: NotificationStore;
  readonly #stopping = new AbortController();
  readonly #asking = new Map<string, TenantId>();
  readonly #timers = new Map<'deliver' | 'judge' | 'rest' | 'tick' | 'pause', () => void>();
  #kept: KeptNotifications = { tenants: {}, waits: {}, waiting: [], recent: [], unseen: 0 };
  #settings: NotificationSettings = defaultSettings;
  #startedAt: UtcSeconds = 0;
  #ticks = 0;
  #judgeAfterRest = false;
  #clicked: NotificationPlace | undefined;
  #nextId = 1;
  #turn: Promise<void> = Promise.resolve();
  #listening: Promise<void> = Promise.resolve();

  constructor(parts: NotificationsParts) {
    this.#parts = parts;
    this.#store = new NotificationStore(parts.catalog.settings);
  }

  /** Takes up what an earlier run kept, and begins to listen. A `work` that can't be read is no failure: then nothing is remembered. */
  async start(): Promise<void> {
    this.#startedAt = this.#parts.now();
    this.#listening = this.#listen();
    await this.#inTurn(async () => {
      this.#settings = await this.#store.settings();
      this.#kept = await this.#store.kept();
    });
    this.#tickLater();
    this.#judgeSoon();
    this.#deliverSoon();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    for (const cancel of this.#timers.values()) cancel();
    await this.#listening;
    await this.#turn;
  }

  settings(): NotificationSettings {
    return this.#settings;
  }

  /** What is switched off is forgotten where it waits; a change of the quiet hours counts at once. */
  async changeSettings(settings: NotificationSettings): Promise<NotificationSettings> {
    await this.#store.setSettings(settings);
    this.#settings = settings;
    await this.#inTurn(() => this.#deliver());
    this.#parts.emit({ type: 'notificationsChanged' });
    return settings;
  }

  async list(): Promise<Notifications> {
    const { recent, unseen, waiting } = this.#kept;
    return {
      shownBy: this.#parts.notify === undefined ? 'page' : 'system',
      isQuiet: isQuiet(this.#settings, await this.#minute()),
      held: waiting.filter(({ held }) => held).length,
      unseen,
      recent: [...recent],
    };
  }

  async markSeen(): Promise<Notifications> {
    if (this.#kept.unseen > 0) await this.#inTurn(() => this.#keep({ unseen: 0 }));
    return await this.list();
  }

  /** @throws AppFailure NOT_IN_THIS_HOST */
  async test(): Promise<ShownNotification> {
    const { notify } = this.#parts;
    if (notify === undefined) throw new AppFailure({ code: 'NOT_IN_THIS_HOST' });
    return await notify({
      title: 'Backstop',
      body: 'A test notification. What happens to restores and tenants is told like this.',
      onClick: () => undefined,
    });
  }

  /** Where the notification leads that was clicked; told once. */
  takeClicked(): NotificationPlace | null {
    const clicked = this.#clicked ?? null;
    this.#clicked = undefined;
    return clicked;
  }

  /** A restore has ended. */
  noteEnded(plan: Plan): void {
    const { catalog, now } = this.#parts;
    void this.#inTurn(async () => {
      const { displayName } = await catalog.tenants.get(plan.tenantId);
      const links = await catalog.plans.sessionsOf(plan.id);
      const sessions = await Promise.all(links.map(({ sessionId }) => catalog.sessions.find(plan.tenantId, sessionId)));
      const known = sessions.filter(session => session !== undefined);
      const { [plan.id]: _, ...waits } = this.#kept.waits;
      this.#kept = { ...this.#kept, waits };
      await this.#add([toEndedRestore(plan, known, { at: now(), tenantName: displayName })]);
    });
  }

  async #listen(): Promise<void> {
    for await (const event of this.#parts.subscribe(this.#stopping.signal)) this.#note(event);
  }

  #note(event: ConsoleEvent): void {
    switch (event.type) {
      case 'askProgressed':
        this.#asking.set(event.progress.askId, event.progress.tenantId);
        return;
      case 'askEnded':
        this.#asking.delete(event.askId);
        return this.#judgeSoon();
      case 'tenantsChanged':
        return this.#judgeSoon();
      case 'tenantForgotten':
        void this.#inTurn(() => this.#forget(event.tenantId));
        return;
      case 'planChanged':
        return this.#notePlan(event.planId, event.tenantId);
      default:
    }
  }

  /** Something keeps the plan from going on, or does no more. */
  #notePlan(planId: string, tenantId: TenantId): void {
    const { catalog, now, problemOf } = this.#parts;
    const problem = problemOf(planId);
    const waitsFor = problem === undefined ? undefined : waitsForInWords(problem);
    if (waitsFor === this.#kept.waits[planId]) return;
    void this.#inTurn(async () => {
      const { [planId]: said, ...others } = this.#kept.waits;
      if (waitsFor === said) return;
      if (waitsFor === undefined) {
        // What goes on again needs nobody any more.
        const waiting = this.#kept.waiting.filter(
          ({ happening }) => happening.sort !== 'restoreWaits' || happening.planId !== planId,
        );
        await this.#keep({ waits: others, waiting });
        return;
      }
      const { displayName } = await catalog.tenants.get(tenantId);
      const { name } = await catalog.plans.get(planId, now());
      this.#kept = { ...this.#kept, waits: { ...others, [planId]: waitsFor } };
      await this.#add([
        { sort: 'restoreWaits', at: now(), tenantId, tenantName: displayName, planId, planName: name, waitsFor },
      ]);
    });
  }

  /** Compares how each tenant stands with how it stood. One that is being read stands in between, and is judged when it was read. */
  async #judge(): Promise<void> {
    const askedBefore = new Set(this.#asking.values());
    const rows = await this.#parts.atHome();
    const asked = new Set([...askedBefore, ...this.#asking.values()]);
    const now = this.#parts.now();
    const say = sayIn(await this.#zone());
    const tenants = { ...this.#kept.tenants };
    const happenings: Happening[] = [];
    for (const { clockAheadSeconds, kinds, notReady, tenant } of rows) {
      const { controllerChange, displayName, id, syncedAt } = tenant;
      if (syncedAt === undefined || asked.has(id)) continue;
      // Restores tell for themselves, when they have ended.
      const facts = { ...tenant, kinds, running: [], ...(notReady === undefined ? {} : { notReady }) };
      const tenantNow = now + clockAheadSeconds;
      const { level } = tenantState(
        facts,
        judgedAt({ now: tenantNow, syncedAt, startedAt: this.#startedAt + clockAheadSeconds }),
        say,
      );
      const { seen, turn } = turnOf(tenants[id], { level, controllerChange });
      tenants[id] = seen;
      const inTenant = { at: now, tenantId: id, tenantName: displayName };
      if (turn === 'controlLost' && controllerChange !== undefined)
        happenings.push({ sort: 'controlLost', ...inTenant, to: controllerChange.to.by });
      if (turn === 'unsafe' && isUnsafe(level)) {
        const { consequence, reason } = tenantState(facts, tenantNow, say);
        happenings.push({ sort: 'tenantUnsafe', ...inTenant, level, reason, consequence });
      }
    }
    // Both in one write: a tenant is never seen as unsafe on disk without the word of it.
    const isSame = JSON.stringify(tenants) === JSON.stringify(this.#kept.tenants);
    if (!isSame || happenings.length > 0) {
      this.#kept = { ...this.#kept, tenants };
      await this.#add(happenings);
    }
  }

  async #add(happenings: readonly Happening[]): Promise<void> {
    const wanted = happenings.filter(happening => isWanted(this.#settings, happening));
    const recent = [...wanted.map(happening => this.#toRecent(happening)).toReversed(), ...this.#kept.recent];
    await this.#keep({
      waiting: wanted.reduce(withHappening, this.#kept.waiting),
      recent: recent.slice(0, RECENT_KEPT),
      unseen: Math.min(this.#kept.unseen + wanted.length, RECENT_KEPT),
    });
    if (wanted.length > 0) this.#deliverSoon();
  }

  #toRecent(happening: Happening): RecentNotification {
    const { body, opens, title } = toNotice(happening);
    return { id: this.#newId(happening.at), at: happening.at, title, body, opens, isCritical: isCritical(happening) };
  }

  /** Unlike any other of this run and, by its time, of earlier ones. */
  #newId(at: UtcSeconds): string {
    return `${at}-${this.#nextId++}`;
  }

  async #deliver(): Promise<void> {
    const isPausing = this.#timers.has('pause');
    const later = this.#kept.waiting.filter(
      ({ happening, held }) => isPausing && !held && happening.sort === 'tenantUnsafe',
    );
    const now = this.#kept.waiting.filter(one => !later.includes(one));
    const { tell, waiting } = whatToTell(now, this.#settings, await this.#minute());
    for (const notice of tell) this.#show(notice);
    const isToldUnsafe = now.some(({ happening }) => happening.sort === 'tenantUnsafe') && tell.length > 0;
    if (isToldUnsafe) this.#set('pause', PAUSE_MS, () => this.#deliverSoon());
    const after = [...waiting, ...later];
    // Told before it is written as told: killed in between, it is told twice rather than never.
    if (JSON.stringify(after) !== JSON.stringify(this.#kept.waiting)) await this.#keep({ waiting: after });
  }

  #show({ body, opens, title }: Notice): void {
    const { emit, log, notify, now } = this.#parts;
    if (notify === undefined) {
      emit({ type: 'notificationRaised', id: this.#newId(now()), title, body, opens });
      return;
    }
    const onClick = (): void => {
      this.#clicked = opens;
      emit({ type: 'notificationsChanged' });
    };
    notify({ title, body, onClick }).then(
      ({ outcome, reason }) => {
        if (outcome !== 'shown') log.warn('notifications.notShown', { outcome, reason });
      },
      (error: unknown) => log.warn('notifications.notShown', { reason: String(error) }),
    );
  }

  async #forget(tenantId: TenantId): Promise<void> {
    const { [tenantId]: _, ...tenants } = this.#kept.tenants;
    const recent = this.#kept.recent.filter(({ opens }) => opens.at === 'home' || opens.tenantId !== tenantId);
    const waiting = this.#kept.waiting.filter(({ happening }) => happening.tenantId !== tenantId);
    await this.#keep({ tenants, recent, waiting, unseen: Math.min(this.#kept.unseen, recent.length) });
  }

  async #keep(change: Partial<KeptNotifications>): Promise<void> {
    this.#kept = { ...this.#kept, ...change };
    this.#parts.emit({ type: 'notificationsChanged' });
    try {
      await this.#store.keep(this.#kept);
    } catch (error) {
      // A `work` that can't be written is said elsewhere; what happens is told all the same.
      if (!(error instanceof AppFailure)) throw error;
      this.#parts.log.warn('notifications.notKept', { code: error.error.code });
    }
  }

  #judgeSoon(): void {
    if (this.#timers.has('rest')) this.#judgeAfterRest = true;
    else if (!this.#timers.has('judge'))
      this.#set('judge', JUDGE_MS, () => {
        this.#judgeAfterRest = false;
        this.#set('rest', JUDGE_REST_MS, () => {
          if (this.#judgeAfterRest) this.#judgeSoon();
        });
        void this.#inTurn(() => this.#judge());
      });
  }

  #deliverSoon(): void {
    if (!this.#timers.has('deliver')) this.#set('deliver', GATHER_MS, () => void this.#inTurn(() => this.#deliver()));
  }

  #tickLater(): void {
    this.#set('tick', this.#parts.tickMs, () => {
      this.#ticks += 1;
      if (this.#ticks % TICKS_A_JUDGING === 0) this.#judgeSoon();
      // What quiet hours hold is looked at whenever they may have ended; what waits for its moment has a timer of its own.
      if (this.#kept.waiting.some(({ held }) => held)) void this.#inTurn(() => this.#deliver());
      this.#tickLater();
    });
  }

  #set(name: 'deliver' | 'judge' | 'rest' | 'tick' | 'pause', milliseconds: number, work: () => void): void {
    if (this.#stopping.signal.aborted) return;
    this.#timers.get(name)?.();
    const cancel = this.#parts.after(milliseconds, () => {
      this.#timers.delete(name);
      work();
    });
    this.#timers.set(name, cancel);
  }

  async #zone(): Promise<string> {
    return knownZone(await this.#parts.timeZone());
  }

  async #minute(): Promise<number> {
    return minuteOfDay(this.#parts.now(), await this.#zone());
  }

  /** One after the other. What the catalog can't do now is logged, and leaves what is remembered in memory as it is. */
  async #inTurn(work: () => Promise<void>): Promise<void> {
    const { log } = this.#parts;
    this.#turn = this.#turn.then(work).catch((error: unknown) => {
      if (!(error instanceof AppFailure)) log.error('notifications.failed', { error: String(error) });
      else log.warn('notifications.notKept', { code: error.error.code });
    });
    await this.#turn;
  }
}
