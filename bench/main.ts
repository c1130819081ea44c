/** `npm run bench [-- --json FILE] [--units N] [--points N]`: measures the catalog on a profile made for it, and names what was measured. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readCommandLine } from './command-line.ts';
import type { BenchOptions } from './command-line.ts';
import { Figures, thisMachine } from './figures.ts';
import { benchHome } from './home.ts';
import { benchIngest } from './ingest.ts';
import { benchNewestBefore } from './newest-before.ts';
import { benchPlans } from './plans.ts';
import { makeSample, openSample } from './sample-profile.ts';
import { benchSearch } from './search.ts';

const { json, ...size } = options();
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
    await benchPlans(catalog, sample, figures);
    await benchIngest(catalog, sample, figures);
  } finally {
    await catalog.close();
  }
  // Home counts units, and looks at no point but the newest.
  await benchHome(await makeSample(join(folder, 'alike'), { ...size, alike: true, pointsAUnit: 4 }), figures);
  if (json !== undefined)
    writeFileSync(
      json,
      `${JSON.stringify({ ...figures.values(), size, machine: thisMachine(), meaning: figures.meaning() }, null, 2)}\n`,
    );
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function options(): BenchOptions {
  try {
    return readCommandLine(process.argv.slice(2));
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exit(2);
  }
}
