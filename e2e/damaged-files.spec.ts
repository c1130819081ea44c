import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './harness/fixtures.ts';
import { Journey } from './pages/journey.ts';

test.use({ world: { units: 6, tenants: 1 } });

/** Overwrites a database where its pages begin, and takes away its write-ahead log, which could heal it. */
function damage(path: string): void {
  const bytes = readFileSync(path);
  bytes.fill(0x5a, 0, 4_096);
  writeFileSync(path, bytes);
  for (const companion of ['-wal', '-shm']) rmSync(path + companion, { force: true });
}

test('a damaged catalog is set aside, which is told, and filled again', async ({ open, emulator, profile }) => {
  const { displayName } = emulator.customer();
  const before = await open();
  await new Journey(before, emulator).toUnits();
  await before.close();
  const cache = join(profile, 'cache.db');
  damage(cache);
  const damaged = readFileSync(cache);

  const journey = new Journey(await open(), emulator);
  const { frame, page, protection, signIn, tenants } = journey;
  const notice = page.getByRole('group').filter({ hasText: 'The catalog was damaged and is being filled again.' });
  await expect(notice).toContainText('Plans and the audit are not touched; sync each tenant to read it anew.');
  const setAside = readdirSync(profile).filter(name => /^cache-damaged-[\dTZ-]+\.db$/.test(name));
  expect(setAside).toHaveLength(1);
  await expect(notice).toContainText(join(profile, setAside[0] ?? ''));
  expect(readFileSync(join(profile, setAside[0] ?? '')).equals(damaged)).toBe(true);

  // Which tenants are followed stands in the other file; what is known of them is read anew.
  await expect(tenants.row(displayName)).toBeVisible();
  await signIn.signIn(journey.technician);
  await tenants.open(displayName);
  await expect(frame.bar).toContainText('never synced');
  await journey.sync(displayName);
  await expect(protection.order).toContainText('6 of 6');
  await notice.getByRole('button', { name: 'Dismiss' }).click();
  await expect(notice).toBeHidden();
});

for (const withCopy of [true, false]) {
  test(`damaged plans and audit ${withCopy ? 'with' : 'without'} a copy are told; nothing is written, reading goes on`, async ({
    open,
    emulator,
    profile,
  }) => {
    const before = await open();
    await new Journey(before, emulator).toUnits();
    await before.close();
    // The copy is made when the file is found sound.
    const between = await open();
    await expect(between.page.getByText('You are signed out.')).toBeVisible();
    await between.close();
    const work = join(profile, 'work.db');
    const copy = join(profile, 'work-copy.db');
    expect(existsSync(copy)).toBe(true);
    if (!withCopy) rmSync(copy);
    damage(work);
    const damaged = readFileSync(work);

    const { displayName, id } = emulator.customer();
    const console = await open();
    const journey = new Journey(console, emulator);
    const { frame, page, protection, tenants } = journey;
    const notice = page
      .getByRole('group')
      .filter({ hasText: 'Plans and the audit can’t be read, so nothing is written.' });
    await expect(notice).toContainText(`The damaged file is ${work}`);
    await expect(notice).toContainText(
      withCopy
        ? `Its newest copy is ${copy}: close Backstop, put the copy in its place and start again.`
        : 'there is no copy',
    );

    await test.step('what was read stays readable', async () => {
      await tenants.open(displayName);
      await expect(protection.order).toContainText('6 of 6');
      await protection.toggle(0);
      await expect(protection.selected(1)).toBeVisible();
    });

    await test.step('a plan is not begun, and why is said', async () => {
      await protection.restoreButton.click();
      await expect(
        page
          .getByText('Put the newest good copy in its place')
          .or(page.getByText('put the newest good copy in its place')),
      ).toBeVisible();
      await expect(journey.wizard.heading).toBeHidden();
      await expect(frame.tab('Protection')).toHaveAttribute('aria-selected', 'true');
    });

    expect(await emulator.restores(id)).toEqual([]);
    expect(readFileSync(work).equals(damaged)).toBe(true);
    if (!withCopy) return;

    await test.step('with the copy in its place everything is as before', async () => {
      await console.close();
      copyFileSync(copy, work);
      const healed = new Journey(await open(), emulator);
      await healed.tenants.open(displayName);
      await expect(healed.protection.order).toContainText('6 of 6');
      await expect(healed.page.getByText('so nothing is written')).toBeHidden();
      await healed.protection.toggle(0);
      await healed.protection.restoreButton.click();
      await healed.wizard.expectStep('When');
    });
  });
}
