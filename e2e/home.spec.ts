import { Network } from './harness/network.ts';
import { expect, test as base } from './harness/fixtures.ts';
import { pickUnits } from './pages/chosen-units.ts';
import { Journey } from './pages/journey.ts';
import { Palette } from './pages/palette.ts';
import { RestorePointsPage } from './pages/restore-points.ts';
import { selectUnits } from './pages/select-units.ts';

const test = base.extend<{ network: Network }>({
  network: async ({ emulator }, provide) => {
    const network = await Network.open(emulator.readyLine);
    await provide(network);
    await network.close();
  },
  readyLine: async ({ network }, provide) => {
    await provide(network.readyLine);
  },
});

test.describe('forty tenants', () => {
  test.describe.configure({ timeout: 300_000 });
  test.use({ world: { units: 12, tenants: 40, timeScale: 60 } });

  test('are added from a CSV, worst first with the reason, filtered, sorted, grouped, and searched as one types', async ({
    open,
    emulator,
    network,
  }) => {
    const { customers } = emulator;
    const [locked, foreign, denied, first, second] = [0, 1, 2, 3, 4].map(n => emulator.customer(n));
    if (!locked || !foreign || !denied || !first || !second) throw new Error('The emulator has too few customers.');
    await emulator.change(locked.id, {
      serviceStatus: { status: 'restoreLocked', disableReason: 'invalidBillingProfile' },
    });
    await emulator.change(foreign.id, { controller: 'other' });
    await emulator.change(denied.id, { signInRules: { noGdapAccess: true } });
    const console = await open();
    const journey = new Journey(console, emulator);
    const { frame, page, tenants } = journey;
    const palette = new Palette(page);
    await journey.toSignedIn();

    await test.step('a CSV with quotes, a byte order mark and lines that name nothing: those are left out, the rest is added', async () => {
      const good = customers.map(({ displayName, domain }) => `"${displayName.replaceAll('"', '""')}";${domain}`);
      const lines = ['Customer;Domain', ...good, '"=1+1";not a domain', `Again;${locked.domain.toUpperCase()}`];
      await tenants.openAdd();
      await tenants.chooseCsv('customers.csv', Buffer.from(`\uFEFF${lines.join('\r\n')}\r\n`));
      await expect(tenants.dialog).toContainText('customers.csv: 40 tenants named, 2 lines left out.');
      await expect(tenants.csvLines.filter({ hasText: 'Neither a domain nor a tenant id' })).toContainText('Line 42');
      await expect(tenants.csvLines.filter({ hasText: 'The same as line 2' })).toContainText('Line 43');
      await tenants.dialog.getByRole('button', { name: 'Add 40 tenants' }).click();
      await expect(tenants.dialog).toContainText('40 of 40 added', { timeout: 120_000 });
      await expect(tenants.csvLines.first()).toContainText('Added');
      await expect(tenants.csvLines.first().getByRole('button', { name: /to look at/ })).toBeVisible();
      await tenants.close();
    });

    await test.step('one table over all of them, worst first, each with its reason', async () => {
      await expect(tenants.chip('All')).toContainText('40');
      await expect(tenants.rowOf(locked.domain)).toContainText('Critical');
      await expect(tenants.rowOf(locked.domain)).toContainText('Restore-locked: billing profile invalid');
      await expect(tenants.rowOf(denied.domain)).toContainText(/No access on .*no GDAP relationship reaches it/);
      expect((await tenants.order()).slice(0, 2)).toEqual([locked.displayName, denied.displayName]);
      await tenants.chip('Critical').click();
      await expect(tenants.rowOf(locked.domain)).toBeVisible();
      await expect(tenants.rowOf(denied.domain)).toBeHidden();
      await tenants.chip('All').click();
      await tenants.filter.fill(foreign.displayName);
      await expect(tenants.rowOf(foreign.domain)).toContainText('Another app controls Backup Storage here');
      await expect(tenants.rowOf(locked.domain)).toBeHidden();
      await tenants.filter.fill('');
    });

    await test.step('sorted by a column, and grouped by state', async () => {
      const names = customers.map(({ displayName }) => displayName).toSorted((a, b) => a.localeCompare(b));
      await tenants.sortBy('Tenant').click();
      await expect.poll(async () => (await tenants.order())[0]).toBe(names[0]);
      await tenants.sortBy('Tenant').click();
      await expect.poll(async () => (await tenants.order())[0]).toBe(names.at(-1));
      await page.getByRole('button', { name: 'Group by state' }).click();
      await expect(tenants.table.getByText('Critical, 1 tenant')).toBeVisible();
      await expect(tenants.table.getByText('At risk, 1 tenant')).toBeVisible();
      await page.getByRole('button', { name: 'Group by state' }).click();
      await tenants.sortBy('Tenant').click();
    });

    await test.step('two of them are synced: their state is that of their units', async () => {
      for (const { displayName, domain } of [first, second]) {
        await palette.search(domain);
        await page.keyboard.press('Enter');
        await journey.sync(displayName);
      }
      await frame.goToTenants();
      await tenants.filter.fill(first.domain);
      await expect(tenants.rowOf(first.domain)).toContainText(/of 12/);
      await expect(tenants.rowOf(first.domain)).not.toContainText('Not yet read');
      await tenants.filter.fill('');
    });

    const [site] = pickUnits(await emulator.units(first.id), 'site', 1);
    const [box] = pickUnits(await emulator.units(second.id), 'mailbox', 1);
    if (site === undefined || box === undefined) throw new Error('The tenants have no such units.');

    await test.step('a unit of any tenant is found as one types, under its tenant, and Enter opens its page', async () => {
      await palette.search(site.name);
      await expect(palette.found.filter({ hasText: site.name }).first()).toBeVisible();
      await expect(palette.dialog).toContainText(first.displayName);
      await palette.field.fill(box.name.slice(0, 4).toUpperCase());
      await expect(palette.found.filter({ hasText: box.name }).first()).toBeVisible();
      await palette.field.fill(box.name);
      await palette.found.filter({ hasText: box.name }).first().hover();
      await expect(palette.active).toContainText(box.name);
      await page.keyboard.press('Enter');
      await expect(palette.dialog).toBeHidden();
      await expect(new RestorePointsPage(page).unitHeading(box.name)).toBeVisible();
      await expect(frame.bar).toContainText(second.displayName);
    });

    await test.step('a view is gone to by its name, by the box too; Escape leaves everything as it was', async () => {
      await palette.box.click();
      await palette.field.fill(`restores of ${second.displayName}`);
      await expect(palette.active).toContainText('Restores of');
      await page.keyboard.press('Enter');
      await expect(page.getByRole('heading', { name: 'Restores', exact: true })).toBeVisible();
      await palette.search('zzz no such thing');
      await expect(palette.dialog).toContainText('Nothing in the catalog answers to “zzz no such thing”.');
      await expect(palette.dialog).toContainText('38 tenants have not been synced');
      await page.keyboard.press('Escape');
      await expect(palette.dialog).toBeHidden();
      await expect(page.getByRole('heading', { name: 'Restores', exact: true })).toBeVisible();
    });

    await test.step('offline all of it is answered from the catalog, and says so', async () => {
      network.cut();
      await frame.goToTenants();
      await palette.search(site.name);
      await expect(palette.found.filter({ hasText: site.name }).first()).toBeVisible();
      await page.keyboard.press('Escape');
      await expect(tenants.rowOf(locked.domain)).toContainText('Restore-locked');
      network.join();
    });
  });
});

test.describe('one tenant', () => {
  test.use({ world: { units: 20, tenants: 1, timeScale: 15 } });

  test('set read-only takes no restore until changes are allowed again, says so wherever one looks, and is audited', async ({
    open,
    emulator,
  }) => {
    const { id: tenantId, displayName } = emulator.customer();
    const [site] = pickUnits(await emulator.units(tenantId), 'site', 1);
    if (site === undefined) throw new Error('The tenant has no site.');
    const journey = new Journey(await open(), emulator);
    const { frame, page, protection, wizard } = journey;
    await journey.toUnits();
    const mark = frame.bar.getByText('Read-only', { exact: true });

    await test.step('set in the tenant’s menu', async () => {
      await frame.tenantMenu(displayName, 'Set read-only…');
      await page.getByRole('dialog').getByRole('button', { name: 'Set read-only' }).click();
      await expect(mark).toBeVisible();
    });

    await test.step('a plan can be made and reviewed; the review stops it with the reason', async () => {
      await selectUnits(protection, 'site', [site]);
      await protection.restoreButton.click();
      await wizard.makeCertain(await emulator.hoursAgo(2));
      await wizard.toReview('To a new location');
      const finding = wizard.finding(`${displayName} is set read-only here`);
      await expect(finding).toContainText('Stops the start');
      await expect(finding).toContainText(journey.technician);
      await expect(mark).toBeVisible();
      expect(await emulator.restores(tenantId)).toEqual([]);
    });

    await test.step('with changes allowed again the finding is gone', async () => {
      await frame.tenantMenu(displayName, 'Allow changes…');
      await page.getByRole('dialog').getByRole('button', { name: 'Allow changes' }).click();
      await expect(mark).toBeHidden();
    });
  });
});
