import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppFailure } from '../../../shared/contract/errors.ts';
import type { ConsoleEvent } from '../../../shared/contract/console.ts';
import { type Catalog, openCatalog } from '../../catalog/index.ts';
import { createGraphClient, type GraphClient, realTiming, type Timing, type TokenSource } from '../../graph/index.ts';
import type { Log } from '../../host.ts';
import { type EmulatorProcess, emulatorTokens, type ReadyLine } from '../../testing/emulator-process.ts';
import { Connectivity, openServiceClocks, type ServiceClocks, SyncService, Throttling } from '../index.ts';

export const silentLog: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** The requests that the emulator counted. `http`: round trips; `questions`: each part of a batch by itself. */
interface Counted {
  readonly http: number;
  readonly questions: number;
  readonly byRoute: readonly { readonly method: string; readonly route: string; readonly count: number }[];
}

export const SEARCH = '/solutions/backupRestore/restorePoints/search';
export const LIST = '/solutions/backupRestore/restorePoints';

/** A console's sync over a real catalog, asking an emulator. */
export interface SyncOnEmulator {
  readonly catalog: Catalog;
  readonly graph: GraphClient;
  readonly clocks: ServiceClocks;
  readonly connectivity: Connectivity;
  readonly sync: SyncService;
  readonly throttling: Throttling;
  readonly timing: Timing;
  readonly tenantId: string;
  readonly events: ConsoleEvent[];
  /** Ids of all units of the tenant, as the catalog knows them. */
  unitIds(): Promise<string[]>;
  /** What the emulator counts while the work runs. */
  counting<T>(work: () => Promise<T>): Promise<{ value: T; counted: Counted; of(route: string): number }>;
  /** Lets time pass, the service's and the host's alike. */
  advance(seconds: number): Promise<void>;
  close(): Promise<void>;
}

export interface SyncOnEmulatorOptions {
  /** Seconds by which the host's clock is wrong. */
  readonly hostClockOff?: number;
  /** The profile's folder; a fresh one, deleted at the end, unless given. */
  readonly profile?: string;
  readonly tenantId?: string;
  /** Hands out tokens of the home tenant instead of the one asked for. */
  readonly wrongTenantTokens?: boolean;
  /** Tenants that give no token, for want of consent. */
  readonly refusedTenants?: readonly string[];
  /** False while the network is away: no request gets an answer. */
  readonly isReachable?: () => boolean;
  readonly onEvent?: (event: ConsoleEvent) => void;
  /** Told of the body of each request that has one. */
  readonly onRequest?: (path: string, body: string) => void;
}

/** Adds the tenant and stands ready; nothing is asked yet. */
export async function syncOnEmulator(
  emulator: EmulatorProcess,
  options: SyncOnEmulatorOptions = {},
): Promise<SyncOnEmulator> {
  const { ready, control } = emulator;
  const tenantId = options.tenantId ?? emulator.tenant.id;
  const state = await control<{ now: string; timeScale: number }>('GET', '/state');
  const begunMs = performance.now();
  const startedAt = Date.parse(state.now) / 1000 + (options.hostClockOff ?? 0);
  let passed = 0;
  const timing: Timing = {
    ...realTiming(
      () => Math.floor(startedAt + passed + ((performance.now() - begunMs) / 1000) * state.timeScale),
      state.timeScale,
    ),
    elapsedMs: () => performance.now() + (passed * 1_000) / state.timeScale,
  };
  const ownProfile = options.profile === undefined ? await mkdtemp(join(tmpdir(), 'backstop-sync-')) : undefined;
  const profile = options.profile ?? ownProfile ?? '';
  const worker = new URL('../../catalog/worker/main.ts', import.meta.url);
  const catalog = await openCatalog({ profile, worker, now: timing.now });
  const events: ConsoleEvent[] = [];
  const emit = (event: ConsoleEvent): void => {
    events.push(event);
    options.onEvent?.(event);
  };
  const connectivity = new Connectivity({
    fetch: async (input, init) => {
      if (options.isReachable?.() === false) throw new TypeError('The network is away.');
      if (typeof init?.body === 'string')
        options.onRequest?.(new URL(input instanceof Request ? input.url : input).pathname, init.body);
      return await fetch(input, init);
    },
    graphOrigin: ready.url,
    timing,
    onChanged: changed => emit({ type: 'connectivityChanged', connectivity: changed }),
  });
  const throttling = new Throttling();
  const graph = createGraphClient({
    graphOrigin: ready.url,
    tokens:
      options.wrongTenantTokens === true
        ? tokensOfHome(ready)
        : withoutConsent(keptTokens(emulatorTokens(ready)), options.refusedTenants ?? []),
    fetch: connectivity.watchedFetch,
    timing,
    onThrottled: throttling.note,
    // Waits as short as they can be: no test needs them long.
    retry: { baseSeconds: 0.02, ceilingSeconds: 0.1 },
  });
  await catalog.tenants.add({ id: tenantId, displayName: 'Tenant', domain: 'tenant.example', addedAt: timing.now() });
  const clocks = await openServiceClocks({ settings: catalog.settings, tenantIds: [tenantId], timing, log: silentLog });
  const sync = new SyncService({
    catalog,
    graph,
    clocks,
    connectivity,
    throttling,
    clientIdIn: () => ready.clientId,
    timing,
    log: silentLog,
    emit,
    refreshSessions: async () => undefined,
  });
  return {
    catalog,
    graph,
    clocks,
    connectivity,
    sync,
    throttling,
    timing,
    tenantId,
    events,
    advance: async seconds => {
      await control('POST', '/clock', { advanceSeconds: seconds });
      passed += seconds;
    },
    unitIds: async () => {
      const ids: string[] = [];
      for (let after: string | undefined; ; after = ids.at(-1)) {
        const page = { limit: 1_000, ...(after === undefined ? {} : { after }) };
        const some = await catalog.units.idsMatching({ tenantId, filter: {}, now: clocks.now(tenantId), ...page });
        ids.push(...some);
        if (some.length < 1_000) return ids;
      }
    },
    counting: async work => {
      await control('DELETE', '/requests');
      const value = await work();
      const counted = await control<Counted>('GET', '/requests');
      const of = (route: string) =>
        counted.byRoute.reduce((sum, row) => sum + (row.route === route ? row.count : 0), 0);
      return { value, counted, of };
    },
    close: async () => {
      await sync.stop();
      connectivity.stop();
      await catalog.close();
      if (ownProfile !== undefined) await rm(ownProfile, { recursive: true, force: true });
    },
  };
}

function tokensOfHome(ready: ReadyLine): TokenSource {
  const honest = emulatorTokens(ready);
  const home = ready.tenants.find(({ role }) => role === 'home')?.id ?? '';
  return {
    accessToken: async (tenantId, scopes) => ({ ...(await honest.accessToken(home, scopes)), tenantId }),
  };
}

/** Tokens as a sign-in library hands them out: asked for once, then kept. */
function keptTokens(source: TokenSource): TokenSource {
  const kept = new Map<string, ReturnType<TokenSource['accessToken']>>();
  return {
    accessToken: async (tenantId, scopes) => {
      const key = `${tenantId} ${scopes.join(' ')}`;
      const token = kept.get(key) ?? source.accessToken(tenantId, scopes);
      kept.set(key, token);
      return await token;
    },
  };
}

function withoutConsent(source: TokenSource, refused: readonly string[]): TokenSource {
  return {
    accessToken: async (tenantId, scopes) => {
      if (refused.includes(tenantId)) throw new AppFailure({ code: 'CONSENT_MISSING', tenantId, scopes: [...scopes] });
      return await source.accessToken(tenantId, scopes);
    },
  };
}
