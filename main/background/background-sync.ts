import type { BackgroundPause, BackgroundState, TenantInBackground } from '../../shared/contract/background.ts';
import type { BackgroundSettings, ConsoleEvent } from '../../shared/contract/console.ts';
import { type AppError, AppFailure } from '../../shared/contract/errors.ts';
import type { Tenant } from '../../shared/contract/tenants.ts';
import {
  dueTurn,
  grantOf,
  headsDueAt,
  landmarkKey,
  landmarksAt,
  pickTurns,
  renewedAt,
  spentOn,
  spreadOf,
  type Turn,
  type TurnFacts,
  unpaced,
} from '../../shared/domain/background/index.ts';
import { CADENCE, settlingSeconds } from '../../shared/domain/knowledge/index.ts';
import type { TenantId } from '../../shared/domain/protection-unit.ts';
import { longestRetentionSeconds } from '../../shared/domain/retention-period.ts';
import { DAY } from '../../shared/domain/time.ts';
import type { BackgroundProgress, Catalog } from '../catalog/index.ts';
import { toAppError } from '../failures.ts';
import type { Timing } from '../graph/index.ts';
import type { Log } from '../host.ts';
import type { Connectivity, ServiceClocks, SyncService, Throttling } from '../sync/index.ts';
import { runTurn } from './background-turn.ts';
import { TenantPauses } from './tenant-pauses.ts';

export interface BackgroundParts {
  readonly catalog: Pick<Catalog, 'tenants' | 'units' | 'policies' | 'knowledge' | 'background'>;
  readonly sync: Pick<SyncService, 'inBackground' | 'isBusy' | 'personsAtWork'>;
  readonly clocks: Pick<ServiceClocks, 'now' | 'toServiceTime'>;
  readonly connectivity: Pick<Connectivity, 'isOnline'>;
  readonly throttling: Pick<Throttling, 'onThrottled' | 'findUntil'>;
  readonly settings: () => Promise<BackgroundSettings>;
  /** Whether anybody is signed in; with a tenant, whether the account is that it is worked in with. */
  readonly isSignedIn: (tenantId?: TenantId) => boolean;
  /** False where the console was started without background sync. */
  readonly isWanted: boolean;
  readonly timing: Timing;
  /** How the next look at what is due is waited for, in real milliseconds; `timing.sleep` unless given. */
  readonly untilNextLook?: Timing['sleep'];
  readonly log: Log;
  readonly emit: (event: ConsoleEvent) => void;
}

/** Tenants that have a turn at once; fewer begin one while somebody waits for an answer, in whichever tenant. */
const TENANTS_AT_ONCE = { alone: 4, besidePersons: 1 };
/** Where the demo's time runs fast, its cadence would be seconds: no round of a tenant begins sooner than so many real seconds after the last. */
const LEAST_REAL_SECONDS = 60;
/** Real seconds that a throttled turn may wait for the service; beyond, its place is another tenant's. */
const PATIENCE_SECONDS = 5;
/** Real milliseconds without progress after which a turn is given up: a tenant that does not answer must not keep its place. A large one may take long. */
const LONGEST_SILENCE_MS = 300_000;
/** Real milliseconds between two looks at what is due, at most and at least. */
const LONGEST_LOOK_MS = 60_000;
const LEAST_LOOK_MS = 250;
const TELL_EVERY_MS = 1_000;
const YEAR = 365 * DAY;

interface Running {
  readonly end: AbortController;
  /** Ends the wait for the turn's next progress. */
  heard: AbortController;
  done: Promise<void>;
  throttledUntil: number | undefined;
  isLate: boolean;
}

/** What of a tenant decides about its landmarks; read anew after each read of the tenant. */
interface LandmarkSource {
  readonly syncedAt: number | undefined;
  readonly keptSeconds: number;
  readonly settlingSeconds: number;
}

/**
 * Keeps every tenant fresh by itself while the console is online and signed in: the newest points by cadence, then landmarks, within the
 * budget of the day. A few tenants at a time have a turn; what one does or suffers never holds up another.
 */
export class BackgroundSync {
  readonly #parts: BackgroundParts;
  readonly #cadence: number;
  readonly #pauses: TenantPauses;
  readonly #running = new Map<TenantId, Running>();
  readonly #sources = new Map<TenantId, LandmarkSource>();
  readonly #lacks = new Map<TenantId, AppError>();
  readonly #stopping = new AbortController();
  #stopListening: () => void = () => undefined;
  #loop: Promise<void> = Promise.resolve();
  #sleeping = new AbortController();
  #isAwake = false;
  #isTelling = false;

  constructor(parts: BackgroundParts) {
    this.#parts = parts;
    const { timing } = parts;
    this.#cadence = Math.max(CADENCE, LEAST_REAL_SECONDS * timing.timeScale);
    this.#pauses = new TenantPauses(() => timing.now(), timing.timeScale);
  }

  /** Begins, unless the console was started without it. */
  start(): void {
    if (!this.#parts.isWanted) return;
    this.#stopListening = this.#parts.throttling.onThrottled((tenantId, until) => this.#onThrottled(tenantId, until));
    this.#loop = this.#run();
  }

  /** Ends every turn at once; what they have learnt is kept. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#stopListening();
    this.#endTurns();
    this.#sleeping.abort();
    await this.#loop;
    await Promise.all([...this.#running.values()].map(({ done }) => done));
  }

  /** Looks at once what is due. */
  wake(): void {
    this.#isAwake = true;
    this.#sleeping.abort();
  }

  /** Goes by the new settings at once. */
  settingsChanged(): void {
    this.wake();
    this.#tell();
  }

  /** Takes note of what happened in the console. */
  note(event: ConsoleEvent): void {
    switch (event.type) {
      case 'accountChanged':
        // Whoever signs in may mend what failed.
        this.#pauses.clearAll();
        return this.wake();
      case 'connectivityChanged':
        if (event.connectivity.state === 'offline') this.#endTurns();
        else this.#pauses.clearUnreached();
        this.#tell();
        return this.wake();
      case 'tenantForgotten':
        this.#pauses.clear(event.tenantId);
        this.#sources.delete(event.tenantId);
        this.#lacks.delete(event.tenantId);
        return this.#tell();
      case 'tenantsChanged':
        if (event.tenantId === undefined || !this.#running.has(event.tenantId)) this.wake();
        return undefined;
      case 'askProgressed': {
        const running = this.#running.get(event.progress.tenantId);
        if (running !== undefined) this.#awaitProgress(running);
        return undefined;
      }
      case 'askEnded':
        if (this.#running.has(event.tenantId)) return undefined;
        // A person's ask that went well shows that the tenant can be asked again.
        if (event.error === undefined && this.#pauses.find(event.tenantId)?.why === 'failed')
          this.#pauses.clear(event.tenantId);
        return this.wake();
      default:
        return undefined;
    }
  }

  /** How it stands, from the catalog and what is under way. */
  async state(): Promise<BackgroundState> {
    const { catalog, clocks } = this.#parts;
    const settings = await this.#parts.settings();
    const tenants = (await catalog.background.list()).map((progress): TenantInBackground => {
      const { tenantId, spent } = progress;
      const pause = this.#pauseOf(progress, settings);
      const lacks = this.#lacks.get(tenantId);
      return {
        tenantId,
        isRunning: this.#running.has(tenantId),
        isFilled: progress.pace.isFilled,
        questionsToday: spentOn(spent, clocks.now(tenantId)),
        landmarksAsked: progress.landmarks.length,
        ...(pause === undefined ? {} : { pause }),
        ...(lacks === undefined ? {} : { lacks }),
      };
    });
    return { is: this.#standing(settings), questionsADay: settings.questionsADay, tenants };
  }

  #standing(settings: BackgroundSettings): BackgroundState['is'] {
    if (!this.#parts.isWanted) return 'offAtStart';
    if (!settings.on) return 'off';
    if (!this.#parts.isSignedIn()) return 'signedOut';
    return this.#parts.connectivity.isOnline ? 'on' : 'offline';
  }

  async #run(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      this.#isAwake = false;
      let wait = LONGEST_LOOK_MS;
      try {
        wait = await this.#begin();
      } catch (error) {
        // The catalog comes back by itself, and the next look finds it.
        this.#parts.log.warn('background.notLooked', { error: error instanceof Error ? error.message : typeof error });
      }
      await this.#sleep(wait);
    }
  }

  async #sleep(milliseconds: number): Promise<void> {
    this.#sleeping = new AbortController();
    if (this.#isAwake || this.#stopping.signal.aborted) return;
    // Woken is as good as slept.
    const { timing, untilNextLook } = this.#parts;
    const { signal } = this.#sleeping;
    const slept = untilNextLook?.(milliseconds, signal) ?? timing.sleep(milliseconds, signal);
    await slept.catch(() => undefined);
  }

  /** Begins the turns that are due. @returns real milliseconds until something else may be due */
  async #begin(): Promise<number> {
    const { catalog, sync, timing } = this.#parts;
    const settings = await this.#parts.settings();
    if (this.#standing(settings) !== 'on') {
      this.#endTurns();
      return LONGEST_LOOK_MS;
    }
    const tenants = await catalog.tenants.list();
    const progressOf = new Map((await catalog.background.list()).map(progress => [progress.tenantId, progress]));
    const due: Turn[] = [];
    let soonestMs = LONGEST_LOOK_MS;
    for (const tenant of tenants) {
      if (this.#running.has(tenant.id) || sync.isBusy(tenant.id)) continue;
      const progress = progressOf.get(tenant.id) ?? { tenantId: tenant.id, pace: unpaced, landmarks: [] };
      const pause = this.#pauseOf(progress, settings);
      const facts = await this.#factsOf(tenant, progress, settings);
      const turn = pause === undefined ? dueTurn(facts) : undefined;
      if (turn !== undefined) due.push(turn);
      const dueAt =
        pause === undefined
          ? Math.min(headsDueAt(facts), facts.pace.nextLandmarksAt ?? Infinity)
          : 'untilAt' in pause
            ? pause.untilAt
            : Infinity;
      if (turn === undefined && dueAt > facts.now)
        soonestMs = Math.min(soonestMs, ((dueAt - facts.now) / timing.timeScale) * 1_000);
    }
    if (this.#stopping.signal.aborted) return 0;
    const atOnce = sync.personsAtWork ? TENANTS_AT_ONCE.besidePersons : TENANTS_AT_ONCE.alone;
    for (const turn of pickTurns(due, atOnce - this.#running.size))
      this.#beginTurn(turn, progressOf.get(turn.tenantId)?.pace ?? unpaced, settings);
    return Math.max(LEAST_LOOK_MS, soonestMs);
  }

  #pauseOf(
    { tenantId, spent }: BackgroundProgress,
    { questionsADay }: BackgroundSettings,
  ): BackgroundPause | undefined {
    const { clocks, isSignedIn, throttling, timing } = this.#parts;
    if (!isSignedIn(tenantId)) return { why: 'account' };
    const pause = this.#pauses.find(tenantId);
    if (pause !== undefined) return { ...pause, untilAt: clocks.toServiceTime(tenantId, pause.untilAt) };
    // A person's requests may have been slowed down, too.
    const throttledUntil = throttling.findUntil(tenantId, timing.now());
    if (throttledUntil !== undefined)
      return { why: 'throttled', untilAt: clocks.toServiceTime(tenantId, throttledUntil) };
    const now = clocks.now(tenantId);
    if (grantOf(spent, questionsADay, now, 1) > 0) return undefined;
    return { why: 'budget', untilAt: renewedAt(spent, now) };
  }

  async #factsOf(tenant: Tenant, progress: BackgroundProgress, settings: BackgroundSettings): Promise<TurnFacts> {
    const now = this.#parts.clocks.now(tenant.id);
    // An app that waits to take control may not ask about points.
    const wantsLandmarks = settings.landmarks && progress.pace.isFilled && tenant.controller.by !== 'pending';
    return {
      tenantId: tenant.id,
      now,
      addedAt: tenant.addedAt,
      syncedAt: tenant.syncedAt,
      pace: progress.pace,
      cadence: this.#cadence,
      landmarks: wantsLandmarks
        ? landmarksAt({ now, spread: spreadOf(tenant.id), ...(await this.#sourceOf(tenant)) })
        : [],
      asked: new Set(progress.landmarks.map(landmarkKey)),
    };
  }

  async #sourceOf({ id: tenantId, syncedAt }: Tenant): Promise<LandmarkSource> {
    const known = this.#sources.get(tenantId);
    if (known !== undefined && known.syncedAt === syncedAt) return known;
    const { catalog } = this.#parts;
    const kept = (await catalog.policies.list(tenantId)).flatMap(
      ({ retention }) => longestRetentionSeconds(retention) ?? [],
    );
    const source = {
      syncedAt,
      // Where no policy says how long, a year is what the service keeps.
      keptSeconds: kept.length === 0 ? YEAR : Math.max(...kept),
      settlingSeconds: settlingSeconds(await catalog.knowledge.traits(tenantId), 'any'),
    };
    this.#sources.set(tenantId, source);
    return source;
  }

  #beginTurn(turn: Turn, pace: BackgroundProgress['pace'], settings: BackgroundSettings): void {
    const { tenantId } = turn;
    const running: Running = {
      end: new AbortController(),
      heard: new AbortController(),
      done: Promise.resolve(),
      throttledUntil: undefined,
      isLate: false,
    };
    this.#running.set(tenantId, running);
    this.#tell();
    running.done = this.#carryOut(turn, pace, settings, running).finally(() => {
      this.#running.delete(tenantId);
      running.end.abort();
      this.#tell();
      this.wake();
    });
  }

  async #carryOut(
    turn: Turn,
    pace: BackgroundProgress['pace'],
    settings: BackgroundSettings,
    running: Running,
  ): Promise<void> {
    const { tenantId } = turn;
    const { timing } = this.#parts;
    this.#awaitProgress(running);
    try {
      const { lacks } = await runTurn(
        { ...this.#parts, cadence: this.#cadence },
        turn,
        pace,
        settings,
        running.end.signal,
      );
      this.#pauses.clear(tenantId);
      const missing = lacks === undefined ? undefined : toAppError(lacks, { tenantId, timeScale: timing.timeScale });
      if (missing !== undefined) this.#lacks.set(tenantId, missing);
      else if (turn.for === 'heads' && pace.headsAfter === undefined) this.#lacks.delete(tenantId);
    } catch (error) {
      this.#afterFailure(tenantId, error, running);
    }
  }

  /** Gives the turn up once nothing was heard of it for too long, from now on. */
  #awaitProgress(running: Running): void {
    running.heard.abort();
    running.heard = new AbortController();
    const { timing } = this.#parts;
    timing.sleep(LONGEST_SILENCE_MS, AbortSignal.any([running.end.signal, running.heard.signal])).then(
      () => {
        running.isLate = true;
        running.end.abort();
      },
      () => undefined, // The turn has ended, or something was heard of it.
    );
  }

  #afterFailure(tenantId: TenantId, error: unknown, { throttledUntil, isLate }: Running): void {
    const known: AppError | undefined = error instanceof AppFailure ? error.error : undefined;
    if (throttledUntil !== undefined && (known?.code === 'ABORTED' || known?.code === 'THROTTLED'))
      return this.#pauses.add(tenantId, { why: 'throttled' }, throttledUntil);
    if (isLate) return this.#pauses.add(tenantId, { why: 'failed', error: { code: 'OFFLINE' } });
    if (known === undefined) {
      const errorId = crypto.randomUUID();
      const stack = error instanceof Error ? error.stack : typeof error;
      this.#parts.log.error('background.turnFailed', { errorId, tenantId, stack });
      return this.#pauses.add(tenantId, { why: 'failed', error: { code: 'UNEXPECTED', errorId } });
    }
    switch (known.code) {
      case 'ABORTED': // A person came, or the console stops or went offline.
      case 'TENANT_NOT_ADDED': // It was forgotten meanwhile.
        return undefined;
      case 'THROTTLED':
        return this.#pauses.add(tenantId, { why: 'throttled' });
      case 'OFFLINE':
        // The network is everybody's; only a tenant that alone can't be reached is left alone.
        if (this.#parts.connectivity.isOnline) this.#pauses.add(tenantId, { why: 'failed', error: known });
        return undefined;
      default:
        return this.#pauses.add(tenantId, { why: 'failed', error: known });
    }
  }

  #onThrottled(throttled: TenantId, until: number): void {
    for (const [tenantId, running] of this.#running) {
      if (tenantId.toLowerCase() !== throttled.toLowerCase()) continue;
      const { timing } = this.#parts;
      const isSecond = running.throttledUntil !== undefined;
      running.throttledUntil = until;
      if (isSecond || until - timing.now() > PATIENCE_SECONDS * timing.timeScale) running.end.abort();
    }
  }

  #endTurns(): void {
    for (const { end } of this.#running.values()) end.abort();
  }

  /** Tells that the state has changed, once for all that changes within a second. */
  #tell(): void {
    if (this.#isTelling) return;
    this.#isTelling = true;
    const { timing, emit } = this.#parts;
    timing.sleep(TELL_EVERY_MS, this.#stopping.signal).then(
      () => {
        this.#isTelling = false;
        emit({ type: 'backgroundChanged' });
      },
      () => undefined, // Nobody listens any more.
    );
  }
}
