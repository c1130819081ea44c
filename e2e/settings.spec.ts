import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './harness/fixtures.ts';
import { Journey } from './pages/journey.ts';

test.use({ world: { units: 10 } });

test('theme and time zone are changed at once, and kept', async ({ open, emulator }) => {
  const console = await open({ colorScheme: 'light' });
  const first = new Journey(console, emulator);
  const { frame, page, settings } = first;
  await first.toUnits();
  const ground = () => page.evaluate(() => getComputedStyle(document.querySelector('main') ?? document.body).color);
  const light = await ground();

  await frame.goToSettings();
  await expect(frame.bar.getByText('Settings', { exact: true })).toBeVisible();
  await settings.chooseTheme('Dark');
  await expect.poll(ground).not.toBe(light);
  await settings.chooseTheme('As the system');
  await expect.poll(ground).toBe(light);
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect.poll(ground).not.toBe(light);
  await settings.chooseTheme('Light');
  await expect.poll(ground).toBe(light);

  await settings.chooseZone('Asia/Tokyo');
  await expect(frame.statusBar).toContainText(/\d\d:\d\d (JST|UTC\+9)/);
  await settings.chooseTheme('Dark');
  await console.close();

  const {
    page: again,
    frame: frameAgain,
    settings: settingsAgain,
  } = new Journey(await open({ colorScheme: 'light' }), emulator);
  await expect(again.getByText('You are signed out.')).toBeVisible();
  await frameAgain.goToSettings();
  await expect(settingsAgain.theme('Dark')).toBeChecked();
  await expect(settingsAgain.zone).toHaveValue(/Tokyo/);
  await expect(frameAgain.statusBar).toContainText(/\d\d:\d\d (JST|UTC\+9)/);
});

test('a tenant’s own time zone is asked for once and shown beside one’s own', async ({ open, emulator }) => {
  const { displayName } = emulator.customer();
  const journey = new Journey(await open(), emulator);
  const { page, settings } = journey;
  await journey.toUnits();
  await expect(page.getByText(`The time zone of ${displayName} is not set`)).toBeVisible();
  await page.getByRole('button', { name: 'Set the time zone…' }).click();
  const dialog = page.getByRole('dialog', { name: `Time zone of ${displayName}` });
  await settings.pickZone(dialog, 'Europe/Helsinki');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText(`The time zone of ${displayName} is not set`)).toBeHidden();

  await journey.protection.toggle(1);
  await journey.protection.restoreButton.click();
  await journey.wizard.expectStep('When');
  await journey.wizard.typeIncident(await emulator.hoursAgo(3));
  // Typed in the tenant's zone, and what that is in one's own stands below.
  await expect(journey.wizard.zone).toHaveText(/Tenant, EE(S?)T|Tenant/);
  await expect(page.getByRole('main')).toContainText(/UTC/);
});

test('forgetting a tenant says what goes and what stays, and does just that', async ({ open, emulator, profile }) => {
  const [gone, kept] = emulator.customers;
  if (gone === undefined || kept === undefined) throw new Error('The emulator has fewer than two customers.');
  const journey = new Journey(await open(), emulator);
  const { frame, page, protection, tenants } = journey;
  await journey.toSignedIn();
  await tenants.openAdd();
  await tenants.addCustomer(gone.displayName);
  await tenants.addCustomer(kept.displayName);
  await tenants.close();
  for (const { displayName } of [kept, gone]) {
    await frame.goToTenants();
    await tenants.open(displayName);
    await journey.sync(displayName);
  }
  const [name] = await protection.names().allTextContents();
  if (name === undefined || name === '') throw new Error('The tenant shows no unit.');
  await protection.toggle(0);
  await protection.restoreButton.click();
  await journey.wizard.saveAndClose.click();

  await frame.tenantMenu(gone.displayName, 'Forget this tenant…');
  const dialog = page.getByRole('dialog', { name: `Forget ${gone.displayName}` });
  await expect(dialog).toContainText('its sign-in tokens');
  await expect(dialog).toContainText('1 restore plan and their copies');
  await expect(dialog).toContainText('the audit of what was changed from here');
  const forget = dialog.getByRole('button', { name: 'Forget the tenant' });
  await expect(forget).toBeDisabled();
  await dialog.getByRole('textbox').fill(kept.displayName);
  await expect(forget).toBeDisabled();
  await dialog.getByRole('textbox').fill(gone.displayName);
  await forget.click();

  await expect(tenants.row(kept.displayName)).toBeVisible();
  await expect(tenants.row(gone.displayName)).toBeHidden();
  await tenants.open(kept.displayName);
  await expect(protection.table).toBeVisible();
  // Not in any file of the profile either: neither the tenant's units nor what was planned for it.
  const files = readdirSync(profile, { recursive: true, withFileTypes: true }).filter(
    entry => entry.isFile() && !entry.name.endsWith('.log'),
  );
  expect(files.length).toBeGreaterThan(0);
  for (const file of files)
    expect(
      readFileSync(join(file.parentPath, file.name)).includes(Buffer.from(name)),
      `${file.name} still names “${name}”`,
    ).toBe(false);

  await frame.goToTenants();
  await tenants.openAdd();
  await expect(tenants.addButton(gone.displayName)).toBeVisible();
});
