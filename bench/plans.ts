import { randomUUID } from 'node:crypto';
import type { Catalog } from '../main/catalog/index.ts';
import type { Figures } from './figures.ts';
import { NOW } from './sample-profile.ts';
import type { Sample } from './sample-profile.ts';
import { median, percentile, timed } from './timing.ts';

const UNITS = 10_000;
const RUNS = 3;

/** Making a plan of 10,000 selected units and changing them, and how long a read waits meanwhile. */
export async function benchPlans(catalog: Catalog, sample: Sample, figures: Figures): Promise<void> {
  const { tenantId, unitIds } = sample.largest;
  const these = unitIds.slice(0, UNITS);
  const plans: string[] = [];
  const creates: number[] = [];
  const changes: number[] = [];
  const reads: number[] = [];
  const oneUnit = unitIds.slice(0, 1);
  for (let run = 0; run < RUNS; run += 1) {
    const id = randomUUID();
    plans.push(id);
    let isOver = false;
    const reading = (async (): Promise<void> => {
      while (!isOver) {
        const read = catalog.units.byIds(tenantId, oneUnit);
        reads.push(await timed(() => read));
        await new Promise(resolve => setTimeout(resolve, 5));
      }
    })();
    const plan = { id, tenantId, name: 'Bench', createdAt: NOW, createdBy: '', preference: 'newest' } as const;
    creates.push(await timed(async () => catalog.plans.create(plan, { type: 'units', unitIds: these })));
    changes.push(
      await timed(async () =>
        catalog.plans.setUnits(id, { type: 'units', unitIds: these.slice(these.length / 2) }, NOW),
      ),
    );
    isOver = true;
    await reading;
  }
  for (const id of plans) await catalog.plans.remove(id);
  figures.add('plan_create_10k_units_ms', median(creates), `a plan of ${these.length} units`);
  figures.add('plan_set_units_ms', median(changes), 'half of them taken out of it');
  figures.add('read_while_planning_p95_ms', percentile(reads, 95), `${reads.length} reads of a unit meanwhile`);
}
