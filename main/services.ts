import { setTimeout as sleep } from 'node:timers/promises';
import type { ConsoleEvent, ConsoleState } from '../shared/contract/console.ts';
import { AppFailure } from '../shared/contract/errors.ts';
import type { TenantId } from '../shared/domain/protection-unit.ts';
import { AccountsService, toAuthAccess } from './accounts/index.ts';
import { AuditService } from './audit/index.ts';
import {
  createAuthService,
  type AuthService,
  CONTROL_WRITE_SCOPES,
  DIRECTORY_SCOPES,
  POLICY_WRITE_SCOPES,
  RESTORE_WRITE_SCOPES,
  READ_SCOPES,
} from './auth/index.ts';
import { BackgroundSync } from './background/index.ts';
import { type Catalog, openCatalog } from './catalog/index.ts';
import { ConsoleSettings, EventHub } from './console/index.ts';
import { asAppFailure, toAppError } from './failures.ts';
import { GapsService } from './gaps/index.ts';
import { createGraphClient, realTiming, type TokenSource } from './graph/index.ts';
import type { Host } from './host.ts';
import { EmailSettings, NotificationsService } from './notifications/index.ts';
import { createOnboardingService, type OnboardingService, StandingWatch } from './onboarding/index.ts';
import { createPoliciesService, type PoliciesService } from './policies/index.ts';
import { createReports, type Reports } from './reports/index.ts';
import { createRestoreService, type RestoreService } from './restore/index.ts';
import { Connectivity, openServiceClocks, type ServiceClocks, SyncService, Throttling } from './sync/index.ts';
import { StopStack } from './stop-stack.ts';
import { TenantsService } from './tenants/index.ts';
import packageFacts from '../package.json' with { type: 'json' };

/** Everything that the bridge's handlers call, built once a profile. */
export interface Services {
  readonly host: Host;
  readonly auth: AuthService;
  readonly accounts: AccountsService;
  readonly catalog: Catalog;
  readonly clocks: ServiceClocks;
  readonly connectivity: Connectivity;
  readonly events: EventHub;
  readonly settings: ConsoleSettings;
  readonly sync: SyncService;
  readonly tenants: TenantsService;
  readonly restore: RestoreService;
  readonly policies: PoliciesService;
  readonly notifications: NotificationsService;
  readonly emailSettings: EmailSettings;
  readonly onboarding: OnboardingService;
  readonly gaps: GapsService;
  readonly reports: Reports;
  readonly audit: AuditService;
  readonly background: BackgroundSync;
  readonly consoleState: () => ConsoleState;
  /** Names of the scopes that a contract's set stands for. */
  readonly scopesOf: (set: ScopeSet) => readonly string[];
  /** Ends what is under way where it can be taken up again, closes the catalog, keeps the sign-in. */
  readonly stop: () => Promise<void>;
}

type ScopeSet = 'read' | 'restore' | 'policies' | 'directory' | 'control';

/** Real seconds between two looks at a running session at real speed, and the least where time runs faster. */
const POLL_SECONDS = 30;
const LEAST_POLL_SECONDS = 2;
/** Real seconds between two looks whether it is time to ask a tenant who controls it, and the least where time runs faster. */
const WATCH_SECONDS = 60;
const LEAST_WATCH_SECONDS = 5;
/** Real milliseconds that a tenant has to answer such a look. */
const WATCH_PATIENCE_MS = 60_000;
/** Real milliseconds for what a report reads of the service first; then it is made of what is known. */
const REPORT_READING_MS = 60_000;

/**
 * The one place where the services meet. Everything they need of the machine comes from the host; the profile is locked
 * by the host before this is called.
 *
 * What was started before a failure is stopped again. A `work` that can't be read is no failure: its notice says what to do.
 *
 * @throws AppFailure PROFILE_UNWRITABLE, CATALOG_NEWER, CATALOG_UNAVAILABLE
 */
export async function startServices(host: Host): Promise<Services> {
  const stops = new StopStack();
  try {
    return await build(host, stops);
  } catch (error) {
    // Nothing may be left running on a profile that is about to be given up. Why it could not start is what counts.
    await stops.stop().catch((failure: unknown) => host.log.error('services.notStopped', { error: String(failure) }));
    throw error;
  }
}

async function build(host: Host, stops: StopStack): Promise<Services> {
  const { cloud, log } = host;
  const timeScale = host.demo?.timeScale ?? 1;
  const events = new EventHub();
  let gaps: GapsService | undefined;
  const emit = (event: ConsoleEvent): void => {
    // First: whoever asks after the event must not be told what it has made untrue.
    gaps?.note(event);
    events.publish(event);
  };

  const catalog = await openCatalog({
    profile: host.paths.profile,
    worker: host.paths.catalogWorker,
    now: host.now,
    log,
  });
  stops.push(() => catalog.close());
  const audit = new AuditService({ catalog, secrets: host.secrets, now: host.now, log });
  stops.push(() => audit.keepHead());
  const known = await catalog.tenants.list();
  const auth = await createAuthService({
    cloud,
    secrets: host.secrets,
    fetch: host.fetch,
    openUrl: host.openUrl,
    log,
    access: new Map(known.map(({ id, access }) => [id, toAuthAccess(access ?? {})])),
  });
  stops.push(() => auth.stop());
  const watching = new AbortController();
  const watched = (async (): Promise<void> => {
    for await (const _ of auth.watch(watching.signal)) emit({ type: 'accountChanged' });
  })();
  stops.push(async () => {
    watching.abort();
    await watched;
  });

  const timing = realTiming(host.now, timeScale);
  const connectivity = new Connectivity({
    fetch: host.fetch,
    graphOrigin: cloud.graphOrigin,
    timing,
    onChanged: state => emit({ type: 'connectivityChanged', connectivity: state }),
  });
  stops.push(() => connectivity.stop());
  const throttling = new Throttling();
  // The client compares the tenant that the sign-in library reports, and the token's own, with the one meant.
  const graphBy = (tokens: TokenSource) =>
    createGraphClient({
      graphOrigin: cloud.graphOrigin,
      tokens,
      fetch: connectivity.watchedFetch,
      timing,
      onThrottled: throttling.note,
    });
  const graph = graphBy(auth);
  const tenantIds = known.map(({ id }) => id);
  const clocks = await openServiceClocks({ settings: catalog.settings, tenantIds, timing, log });
  const now = (tenantId: TenantId): number => clocks.now(tenantId);

  const sync = new SyncService({
    catalog,
    graph,
    clocks,
    connectivity,
    throttling,
    clientIdIn: auth.clientIdIn.bind(auth),
    timing,
    log,
    emit,
    refreshSessions: async (tenantId, signal) => {
      await restore.sessions.refresh(tenantId, signal);
    },
  });
  stops.push(() => sync.stop());
  const tenants: TenantsService = new TenantsService({
    catalog,
    graph,
    auth,
    sync,
    clocks,
    connectivity,
    hostNow: host.now,
    graphAs: accountId => graphBy(auth.asAccount(accountId)),
    emit,
    beforeForget: async tenantId => {
      await gaps?.endTenant(tenantId);
      await policies.endTenant(tenantId);
      await emailSettings.endTenant(tenantId);
      await onboarding.endTenant(tenantId);
      await restore.runner.endTenant(tenantId);
    },
  });
  const pollMs = Math.max(LEAST_POLL_SECONDS, Math.round(POLL_SECONDS / timeScale)) * 1_000;
  const restore: RestoreService = createRestoreService({
    catalog,
    graph,
    asking: sync,
    standing: tenants,
    clientIdIn: auth.clientIdIn.bind(auth),
    usernameIn: tenantId => auth.accountIn(tenantId)?.username,
    starter: async tenantId => {
      const account = auth.accountIn(tenantId);
      if (account === undefined) throw new AppFailure({ code: 'SIGNED_OUT' });
      const { objectId } = await auth.claimsIn(tenantId).catch((error: unknown) => {
        throw asAppFailure(error, { tenantId });
      });
      return objectId === undefined ? { username: account.username } : { username: account.username, objectId };
    },
    now,
    pollMs,
    toAppError: error => toAppError(error, { timeScale }),
    onPlanChanged: ({ id, tenantId }) => emit({ type: 'planChanged', planId: id, tenantId }),
    onSessionsChanged: tenantId => emit({ type: 'sessionsChanged', tenantId }),
    onEnded: plan => notifications.noteEnded(plan),
    onUnforeseen: (planId, error) =>
      log.error('restore.runFailed', { planId, stack: error instanceof Error ? error.stack : String(error) }),
  });
  stops.push(() => restore.runner.stop());
  const policies: PoliciesService = createPoliciesService({
    catalog,
    graph,
    auth,
    sync,
    connectivity,
    now,
    pollMs,
    sleep: (milliseconds, signal) => sleep(milliseconds, undefined, { signal }),
    toAppError: (error, tenantId) => toAppError(error, { tenantId, timeScale }),
    emit,
    log,
  });
  stops.push(() => policies.stop());
  const accounts = new AccountsService({
    catalog,
    auth,
    sharedClientId: cloud.clientId,
    now,
    isSending: tenantId =>
      policies.changes.isSending(tenantId) || onboarding.isSending(tenantId) || emailSettings.isSending(tenantId),
    whileClosed: sync.closeTenantWhile.bind(sync),
    onApplicationChanged: tenantId => sync.noteOwnChange(tenantId, 'over'),
    log,
    emit,
  });
  await accounts.giveUnclaimed();
  const settings = new ConsoleSettings(catalog.settings);
  const notifications: NotificationsService = new NotificationsService({
    catalog,
    atHome: async () => tenants.atHome(),
    problemOf: planId => restore.runner.problemOf(planId),
    timeZone: async () => (await settings.get()).timeZone,
    subscribe: signal => events.subscribe(signal),
    emit,
    notify: host.notify,
    now: host.now,
    after: (milliseconds, work) => {
      const timer = setTimeout(work, milliseconds);
      return () => clearTimeout(timer);
    },
    tickMs: pollMs,
    log,
  });
  const emailSettings: EmailSettings = new EmailSettings({
    catalog,
    graph,
    auth,
    now,
    pollMs,
    sleep: (milliseconds, signal) => sleep(milliseconds, undefined, { signal }),
    emit,
  });
  stops.push(() => emailSettings.stop());
  stops.push(() => notifications.stop());
  await notifications.start();
  const onboarding: OnboardingService = createOnboardingService({
    catalog,
    graph,
    auth,
    sync,
    connectivity,
    clientIdIn: id => auth.clientIdIn(id),
    now,
    pollMs,
    sleep: (milliseconds, signal) => sleep(milliseconds, undefined, { signal }),
    toAppError: (error, tenantId) => toAppError(error, { tenantId, timeScale }),
    emit,
  });
  stops.push(() => onboarding.stop());
  const standingWatch = new StandingWatch({
    tenants: () => catalog.tenants.list(),
    canAsk: tenantId => connectivity.isOnline && auth.accountIn(tenantId) !== undefined,
    patience: () => AbortSignal.timeout(WATCH_PATIENCE_MS),
    now,
    look: async (tenantId, signal) => {
      await sync.readStanding(tenantId, { signal });
      emit({ type: 'tenantsChanged', tenantId });
    },
    onFailed: (tenantId, error) =>
      log.warn('standing.notRead', { ...(tenantId === undefined ? {} : { tenantId }), reason: String(error) }),
  });
  standingWatch.start(Math.max(LEAST_WATCH_SECONDS, Math.round(WATCH_SECONDS / timeScale)) * 1_000);
  stops.push(() => standingWatch.stop());
  const ofGaps = new GapsService({
    catalog,
    graph,
    policies,
    isOnline: () => connectivity.isOnline,
    isSignedIn: tenantId => auth.accountIn(tenantId) !== undefined,
    now,
    learn: (tenantId, answer) => clocks.learn(tenantId, answer),
    toAppError: (error, tenantId) => toAppError(error, { tenantId, timeScale }),
    emit,
    log,
  });
  gaps = ofGaps;
  stops.push(() => ofGaps.stop());
  stops.push(connectivity.onOnline(() => restore.runner.wake()));
  const background = new BackgroundSync({
    catalog,
    sync,
    clocks,
    connectivity,
    throttling,
    settings: async () => (await settings.get()).background,
    isSignedIn: tenantId =>
      tenantId === undefined ? auth.accounts().length > 0 : auth.accountIn(tenantId) !== undefined,
    isWanted: host.backgroundSync,
    timing,
    log,
    emit,
  });
  stops.push(() => background.stop());
  // What waits for somebody to sign in goes on at once when somebody does.
  const awaited = (async (): Promise<void> => {
    for await (const event of events.subscribe(watching.signal)) {
      if (event.type === 'accountChanged') restore.runner.wake();
      background.note(event);
    }
  })();
  stops.push(async () => {
    watching.abort();
    await awaited;
  });
  await restore.runner.resume().catch((error: unknown) => {
    // Without a readable `work` there is no plan of ours to carry on. A notice says so, and all else can still be read.
    if (!isWorkUnreadable(error)) throw error;
  });
  // A console that is opened without a network shall say so before anyone asks for anything.
  void connectivity.suspect();
  background.start();

  return {
    host,
    auth,
    accounts,
    catalog,
    clocks,
    connectivity,
    events,
    settings,
    sync,
    tenants,
    restore,
    policies,
    notifications,
    emailSettings,
    onboarding,
    gaps: ofGaps,
    reports: createReports({
      catalog,
      now,
      reading: restore.sessions,
      isOnline: () => connectivity.isOnline,
      patience: () => AbortSignal.timeout(REPORT_READING_MS),
    }),
    audit,
    background,
    consoleState: () => ({
      version: packageFacts.version,
      profile: host.demo === undefined ? 'own' : 'demo',
      profilePath: host.paths.profile,
      clock: { now: host.now(), rate: timeScale },
      canSwitchProfile: host.switchProfile !== undefined,
      remembersSignIn: host.secrets.isPersistent,
      notices: [...catalog.notices, ...signInNotices(auth)],
    }),
    scopesOf: set => [...READ_SCOPES, ...furtherScopes[set]],
    stop: () => stops.stop(),
  };
}

/** What a set of scopes asks for beside those of daily work. */
const furtherScopes: Readonly<Record<ScopeSet, readonly string[]>> = {
  read: [],
  restore: RESTORE_WRITE_SCOPES,
  policies: POLICY_WRITE_SCOPES,
  directory: DIRECTORY_SCOPES,
  control: CONTROL_WRITE_SCOPES,
};

function signInNotices(auth: AuthService): ConsoleState['notices'] {
  const { keptSignIn, tokenStorage } = auth.state();
  return [
    ...(keptSignIn === 'fine' ? [] : [{ code: 'SIGN_IN_CACHE_SET_ASIDE' as const }]),
    ...(tokenStorage === 'failing' ? [{ code: 'SIGN_IN_NOT_REMEMBERED' as const }] : []),
  ];
}

const isWorkUnreadable = (error: unknown): boolean =>
  error instanceof AppFailure && error.error.code === 'WORK_UNREADABLE';
