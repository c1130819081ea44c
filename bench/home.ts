import type { Catalog } from '../main/catalog/index.ts';
import type { Figures } from './figures.ts';
import { NOW } from './sample-profile.ts';
import type { Sample } from './sample-profile.ts';
import { median, timed } from './timing.ts';

const RUNS = 7;

/** What a view of all tenants needs before it can show anything: the tenants, and the figures of each. */
export async function benchHome(catalog: Catalog, sample: Sample, figures: Figures): Promise<void> {
  const look = async (): Promise<void> => {
    const tenants = await catalog.tenants.list();
    const overviews = await Promise.all(tenants.map(({ id }) => catalog.tenants.overview({ tenantId: id, now: NOW })));
    const units = overviews.reduce((sum, { counts }) => sum + counts.units, 0);
    if (units !== sample.units) throw new Error(`The overviews count ${units} units, not ${sample.units}`);
  };
  const times: number[] = [];
  for (let run = 0; run < RUNS; run += 1) times.push(await timed(look));
  figures.add(
    `home_${sample.tenants}_tenants_ms`,
    median(times.slice(1)),
    `list and overviews of ${sample.tenants} tenants with ${sample.units} units, over the worker's line`,
  );
}
