/** Brings a tenant up to a moment: everything that has become due since somebody last asked is done, in order of time. */
import type { Ticks } from '../instant.ts';
import type { TaskKind } from '../state/agenda.ts';
import type { Tenant } from '../state/tenant.ts';
import type { World } from '../state/world.ts';
import { settleBulkRequest } from './bulk-restore-work.ts';
import { settleJob } from './job-work.ts';
import { settleRule } from './rule-work.ts';
import { settleUnit } from './unit-work.ts';
import type { Workplace } from './unit-work.ts';

const workers: Readonly<Record<TaskKind, (place: Workplace, id: string) => void>> = {
  unit: settleUnit,
  rule: settleRule,
  job: settleJob,
  bulkRequest: settleBulkRequest,
};

/** After a long leap of time a daily rule is not evaluated for each day of it. */
const mostTasksOfOneThing = 40;

export const settleTenant = (world: World, tenant: Tenant, now: Ticks): void => {
  const done = new Map<string, number>();
  for (let task = tenant.agenda.takeDue(now); task !== undefined; task = tenant.agenda.takeDue(now)) {
    const key = `${task.kind} ${task.id}`;
    const times = (done.get(key) ?? 0) + 1;
    done.set(key, times);
    const at = times > mostTasksOfOneThing ? now : task.at;
    workers[task.kind](
      { seed: world.seed, newId: () => world.newId(), tenant, now: at, by: tenant.administrator },
      task.id,
    );
  }
};
