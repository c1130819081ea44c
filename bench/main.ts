/** `npm run bench [-- --json FILE] [--units N] [--points N]`: measures the catalog on a profile made for it, and names what was measured. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Figures, thisMachine } from './figures.ts';
import { benchHome } from './home.ts';
import { benchIngest } from './ingest.ts';
import { benchNewestBefore } from './newest-before.ts';
import { benchPlans } from './plans.ts';
import { makeSample, openSample } from './sample-profile.ts';
import { benchSearch } from './search.ts';

const { values } = parseArgs({
  options: {
    json: { type: 'string' },
    units: { type: 'string', default: '100000' },
    points: { type: 'string', default: '100' },
    tenants: { type: 'string', default: '40' },
  },
});

function countOf(name: 'units' | 'points' | 'tenants'): number {
  const count = Number(values[name]);
  if (!Number.isSafeInteger(count) || count < 1)
    throw new RangeError(`--${name} takes a whole number above 0, not "${values[name]}"`);
  return count;
}

const size = { tenants: countOf('tenants'), units: countOf('units'), pointsAUnit: countOf('points') };
const folder = mkdtempSync(join(tmpdir(), 'backstop-bench-'));
try {
  console.log(`Making ${size.units} units of ${size.tenants} tenants with ${size.units * size.pointsAUnit} points …`);
  const sample = await makeSample(join(folder, 'profile'), size);
  const figures = new Figures(line => console.log(line));
  figures.add(
    'units_read_a_second',
    size.units / sample.made.unitsSeconds,
    'units written into a new profile, page by page',
  );
  figures.add('cache_mib', sample.made.bytes / 2 ** 20, 'size of the cache');
  const catalog = await openSample(sample.profile);
  try {
    await benchNewestBefore(catalog, sample, figures);
    await benchSearch(catalog, sample, folder, figures);
    await benchHome(catalog, sample, figures);
    await benchPlans(catalog, sample, figures);
    await benchIngest(catalog, sample, figures);
  } finally {
    await catalog.close();
  }
  if (values.json !== undefined)
    writeFileSync(
      values.json,
      `${JSON.stringify({ ...figures.values(), size, machine: thisMachine(), meaning: figures.meaning() }, null, 2)}\n`,
    );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
