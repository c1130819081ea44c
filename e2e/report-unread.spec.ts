import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { csvRecords } from './harness/csv.ts';
import { expect, test } from './harness/fixtures.ts';
import { pickUnits } from './pages/chosen-units.ts';
import { Journey } from './pages/journey.ts';
import { selectUnits } from './pages/select-units.ts';

test.use({ world: { units: 30, tenants: 1 } });

const HOUR = 3_600;

test('a report of a restore that the catalog lost says what is not known, and once signed in reads it first', async ({
  open,
  emulator,
  profile,
}) => {
  const { id: tenantId, displayName } = emulator.customer();
  await emulator.change(tenantId, { artifactFailures: 'none' });
  const sites = pickUnits(await emulator.units(tenantId), 'site', 2);
  const before = await open();
  await test.step('a restore of two sites ends, and the catalog is damaged', async () => {
    const journey = new Journey(before, emulator);
    const { protection, restores, wizard } = journey;
    await journey.toUnits();
    await selectUnits(protection, 'site', sites);
    await protection.restoreButton.click();
    await wizard.makeCertain(await emulator.hoursAgo(5));
    await wizard.toReview('To a new location');
    await wizard.start();
    await expect(restores.progress).toContainText('of 2');
    await emulator.advance(3 * HOUR);
    await expect(restores.progress).toContainText('2 of 2', { timeout: 60_000 });
    // The plan itself ends with the look after that.
    await expect(before.page.getByText('Completed', { exact: true })).toBeVisible();
    await before.close();
    const cache = join(profile, 'cache.db');
    writeFileSync(cache, readFileSync(cache).fill(0x5a, 0, 4_096));
    for (const companion of ['-wal', '-shm']) rmSync(cache + companion, { force: true });
  });

  const journey = new Journey(await open(), emulator);
  const { frame, page, restores, signIn, tenants } = journey;
  await tenants.open(displayName);
  await frame.tab('Restores').click();
  await restores.openRow(/^Restore of 2 units/);

  await test.step('signed out: nothing is called restored or not started', async () => {
    const records = csvRecords((await restores.report('CSV')).text);
    expect(records.map(({ result }) => result)).toEqual(['Not known here', 'Not known here']);
    const { text } = await restores.report('HTML');
    expect(text).toContain('2 in all: 2 not known here');
    expect(text).toContain('0 of 1 session; not asked anew for this report: nobody was signed in');
    expect(text).toContain('not read: nobody was signed in');
  });

  await test.step('signed in: what was lost is read before the report is made', async () => {
    await signIn.signIn(journey.technician);
    await expect(page.getByText('You are signed out.')).toBeHidden();
    const records = csvRecords((await restores.report('CSV')).text);
    expect(records.map(({ result }) => result)).toEqual(['Restored', 'Restored']);
    expect(records.map(record => record['restored to'])).toEqual([
      expect.stringContaining('https://'),
      expect.stringContaining('https://'),
    ]);
    const { text } = await restores.report('HTML');
    expect(text).toContain('2 in all: 2 restored');
    expect(text).toContain('1 of 1 session, the oldest answer of ');
  });
});
