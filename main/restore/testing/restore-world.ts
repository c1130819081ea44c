import { mkdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Plan } from '../../../shared/contract/plans.ts';
import type { UtcSeconds } from '../../../shared/domain/time.ts';
import { type Catalog, openCatalog } from '../../catalog/index.ts';
import { toAppError } from '../../failures.ts';
import { createGraphClient, realTiming } from '../../graph/index.ts';
import { openServiceClocks, SyncService, Throttling } from '../../sync/index.ts';
import { emulatorTokens, type ReadyLine } from '../../testing/emulator-process.ts';
import { createRestoreService, type RestoreService, type RestoreStanding, type StepProbe } from '../index.ts';

const POLL_MS = 100;

const EmulatorState = z.object({ now: z.string(), timeScale: z.number() });

export interface RestoreWorldOptions {
  readonly ready: ReadyLine;
  readonly profile: string;
  readonly tenantId: string;
  readonly probe?: StepProbe;
  readonly standing?: () => RestoreStanding;
}

/** The restore service on the real catalog, Graph client and sync, against an emulator; a process's worth of it. */
export interface RestoreWorld {
  readonly catalog: Catalog;
  readonly sync: SyncService;
  readonly restore: RestoreService;
  readonly ended: Plan[];
  /** What no code foresaw, of all runs. */
  readonly unforeseen: unknown[];
  /** Milliseconds that were to be waited, beside those between two looks; what is really waited is less. */
  readonly waits: number[];
  now(): UtcSeconds;
  /** A draft of these units at an incident time, made certain, to this destination. */
  draft(unitIds: readonly string[], incidentAt: UtcSeconds, destination?: 'new' | 'inPlace'): Promise<Plan>;
  stop(): Promise<void>;
}

export async function openRestoreWorld({
  ready,
  profile,
  tenantId,
  probe,
  standing,
}: RestoreWorldOptions): Promise<RestoreWorld> {
  const [user] = ready.users;
  if (user === undefined) throw new Error('The emulator has no user.');
  mkdirSync(profile, { recursive: true });
  const state = EmulatorState.parse(await (await fetch(`${ready.url}/_emulator/state`)).json());
  const began = performance.now();
  const hostNow = (): UtcSeconds =>
    Math.floor(Date.parse(state.now) / 1_000 + ((performance.now() - began) / 1_000) * state.timeScale);
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  const timing = realTiming(hostNow, state.timeScale);
  const worker = new URL('../../catalog/worker/main.ts', import.meta.url);
  const catalog = await openCatalog({ profile, worker, now: hostNow });
  const graph = createGraphClient({ graphOrigin: ready.url, tokens: emulatorTokens(ready), fetch, timing });
  await catalog.tenants.add({ id: tenantId, displayName: 'Tenant', domain: 'tenant.example', addedAt: hostNow() });
  const clocks = await openServiceClocks({ settings: catalog.settings, tenantIds: [tenantId], timing, log });
  const now = (): UtcSeconds => clocks.now(tenantId);
  const ended: Plan[] = [];
  const unforeseen: unknown[] = [];
  const waits: number[] = [];
  const sync = new SyncService({
    catalog,
    graph,
    clocks,
    connectivity: { suspect: async () => {} },
    throttling: new Throttling(),
    clientIdIn: () => ready.clientId,
    timing,
    log,
    emit: () => {},
    refreshSessions: async () => {},
  });
  const restore = createRestoreService({
    catalog,
    graph,
    asking: sync,
    standing: {
      forRestore: async () =>
        standing?.() ?? { online: true, signInNeeded: false, controller: { by: 'ours' }, missingScopes: [] },
    },
    clientIdIn: () => ready.clientId,
    usernameIn: () => user.userPrincipalName,
    starter: async () => ({ username: user.userPrincipalName, objectId: user.objectId }),
    now: id => clocks.now(id),
    pollMs: POLL_MS,
    // Whoever waits for the service to come round waits for the emulator, which has nothing to wait for.
    sleep: (milliseconds, signal) => {
      if (milliseconds > POLL_MS) waits.push(milliseconds);
      return sleep(Math.min(milliseconds, POLL_MS), undefined, { signal });
    },
    toAppError: error => toAppError(error),
    onPlanChanged: () => {},
    onSessionsChanged: () => {},
    onEnded: plan => ended.push(plan),
    onUnforeseen: (_planId, error) => {
      unforeseen.push(error);
      process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    },
    ...(probe === undefined ? {} : { probe }),
  });
  return {
    catalog,
    sync,
    restore,
    ended,
    unforeseen,
    waits,
    now,
    draft: async (unitIds, incidentAt, destination = 'new') => {
      const { id: selectionId } = await catalog.selections.open(tenantId);
      await catalog.selections.change(selectionId, { type: 'add', unitIds }, now());
      const { id } = await restore.drafts.create(tenantId, selectionId);
      await restore.drafts.setIncident(id, { incidentAt, timeZone: 'UTC', preference: 'newest' });
      await restore.drafts.makeCertain(id);
      return await restore.drafts.setDestination(id, destination);
    },
    stop: async () => {
      await restore.runner.stop();
      await sync.stop();
      await catalog.close();
    },
  };
}
