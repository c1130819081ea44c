/**
 * A process that restores, for the kill tests: the real catalog, Graph client, sync and restore service against an emulator.
 * Its argument is a `RestoringOrder` as JSON. It may be told to kill itself, with SIGKILL, at one moment of one step.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { ReadyLine } from '../../testing/emulator-process.ts';
import { stepMoments, stepNames } from '../index.ts';
import { openRestoreWorld } from './restore-world.ts';

const RestoringOrder = z.object({
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
});
export type RestoringOrder = z.input<typeof RestoringOrder>;

if (import.meta.main) await obey(RestoringOrder.parse(JSON.parse(process.argv[2] ?? '')));

async function obey({ ready, profile, tenantId, work, killAt }: z.output<typeof RestoringOrder>): Promise<void> {
  let seen = 0;
  const world = await openRestoreWorld({
    ready,
    profile,
    tenantId,
    probe: (step, moment) => {
      if (killAt === undefined || step !== killAt.step || moment !== killAt.moment) return;
      seen += 1;
      if (seen === killAt.occurrence) process.kill(process.pid, 'SIGKILL');
    },
  });
  if (work.type === 'prepare') {
    await world.sync.syncTenant(tenantId, { evenIfFresh: false });
    const { id, restorable } = await world.draft(work.unitIds, work.incidentAt);
    process.stdout.write(`${JSON.stringify({ planId: id, restorable })}\n`);
  } else {
    if (work.type === 'start') await world.restore.starter.start(work.planId, undefined);
    else await world.restore.runner.resume();
    // The sessions' own progress is the service's; what matters here is that every step was taken.
    while ((await world.catalog.plans.get(work.planId, world.now())).status === 'starting') await sleep(20);
  }
  await world.stop();
}
