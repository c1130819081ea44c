/**
 * A process that restores, for the kill tests: the real catalog, Graph client, sync and restore service against an emulator.
 * Its argument is a `RestoringOrder` as JSON. It may be told to kill itself, with SIGKILL, at one moment of one step.
 */
import { mkdirSync } from 'node:fs';
import { z } from 'zod';
import { openCatalog } from '../../catalog/index.ts';
import { toAppError } from '../../failures.ts';
import { createGraphClient, realTiming } from '../../graph/index.ts';
import { openServiceClocks, SyncService, Throttling } from '../../sync/index.ts';
import { emulatorTokens, type ReadyLine } from '../../testing/emulator-process.ts';
import { createRestoreService, stepMoments, stepNames } from '../index.ts';

export const RestoringOrder = z.object({
  ready: z.custom<ReadyLine>(),
  profile: z.string(),
  tenantId: z.string(),
  /** `prepare`: makes a plan of these units and starts nothing. `start`: starts it. `resume`: goes on with what is on disk. */
  work: z.discriminatedUnion('type', [
    z.object({ type: z.literal('prepare'), unitIds: z.array(z.string()), incidentAt: z.int() }),
    z.object({ type: z.literal('start'), planId: z.string() }),
    z.object({ type: z.literal('resume'), planId: z.string() }),
  ]),
  killAt: z.object({ step: z.enum(stepNames), moment: z.enum(stepMoments), occurrence: z.int().min(1) }).optional(),
  /** Prints every moment that the run comes to, one a line. */
  tellMoments: z.boolean().default(false),
});
export type RestoringOrder = z.input<typeof RestoringOrder>;

if (import.meta.main) await obey(RestoringOrder.parse(JSON.parse(process.argv[2] ?? '')));

async function obey({
  ready,
  profile,
  tenantId,
  work,
  killAt,
  tellMoments,
}: z.output<typeof RestoringOrder>): Promise<void> {
  const [user] = ready.users;
  if (user === undefined) throw new Error('The emulator has no user.');
  mkdirSync(profile, { recursive: true });
  const state = z
    .object({ now: z.string(), timeScale: z.number() })
    .parse(await (await fetch(`${ready.url}/_emulator/state`)).json());
  const began = performance.now();
  const now = (): number =>
    Math.floor(Date.parse(state.now) / 1000 + ((performance.now() - began) / 1000) * state.timeScale);
  const log = { info: () => {}, warn: () => {}, error: (event: string, facts?: object) => console.error(event, facts) };
  const timing = realTiming(now, state.timeScale);
  const worker = new URL('../../catalog/worker/main.ts', import.meta.url);
  const catalog = await openCatalog({ profile, worker, now });
  const graph = createGraphClient({ graphOrigin: ready.url, tokens: emulatorTokens(ready), fetch, timing });
  await catalog.tenants.add({ id: tenantId, displayName: 'Tenant', domain: 'tenant.example', addedAt: now() });
  const clocks = await openServiceClocks({ settings: catalog.settings, tenantIds: [tenantId], timing, log });
  const sync = new SyncService({
    catalog,
    graph,
    clocks,
    connectivity: { suspect: async () => {} },
    throttling: new Throttling(),
    clientId: ready.clientId,
    timing,
    log,
    emit: () => {},
    refreshSessions: async () => {},
  });
  let seen = 0;
  const restore = createRestoreService({
    catalog,
    graph,
    asking: sync,
    standing: { forRestore: async () => ({ online: true, signInNeeded: false, controller: { by: 'ours' } }) },
    clientId: ready.clientId,
    username: () => user.userPrincipalName,
    starter: async () => ({ username: user.userPrincipalName, objectId: user.objectId }),
    now: id => clocks.now(id),
    pollMs: 50,
    toAppError: error => toAppError(error),
    onPlanChanged: () => {},
    onSessionsChanged: () => {},
    onEnded: () => {},
    onUnforeseen: (_planId, error) => console.error(error),
    probe: (step, moment) => {
      if (tellMoments) process.stdout.write(`${JSON.stringify({ step, moment })}\n`);
      if (killAt === undefined || step !== killAt.step || moment !== killAt.moment) return;
      seen += 1;
      if (seen === killAt.occurrence) process.kill(process.pid, 'SIGKILL');
    },
  });

  if (work.type === 'prepare') {
    await sync.syncTenant(tenantId, { evenIfFresh: false });
    const { id: selectionId } = await catalog.selections.open(tenantId);
    await catalog.selections.change(selectionId, { type: 'add', unitIds: work.unitIds }, now());
    const plan = await restore.drafts.create(tenantId, selectionId);
    await restore.drafts.setIncident(plan.id, { incidentAt: work.incidentAt, timeZone: 'UTC', preference: 'newest' });
    await restore.drafts.makeCertain(plan.id);
    await restore.drafts.setDestination(plan.id, 'new');
    console.log(
      JSON.stringify({ planId: plan.id, restorable: (await restore.drafts.outlook(plan.id)).plan.restorable }),
    );
  } else {
    if (work.type === 'start') await restore.starter.start(work.planId, undefined);
    else await restore.runner.resume();
    // The sessions' own progress is the service's; what matters here is that every step was taken.
    while ((await catalog.plans.get(work.planId, now())).status === 'starting') await timing.sleep(20);
    await restore.runner.stop();
  }
  await sync.stop();
  await catalog.close();
}
