import { expect } from '@playwright/test';
import type { Emulator, GraphUnit } from '../harness/emulator.ts';
import { AuditPage } from './audit.ts';
import { EmailSettingsPage } from './email-settings.ts';
import { Palette } from './palette.ts';
import { pickUnits } from './chosen-units.ts';
import type { Journey } from './journey.ts';
import { NotificationsPage } from './notifications.ts';
import { RestorePointsPage } from './restore-points.ts';
import { SettingsPage } from './settings.ts';

/** Called on each view once it stands, with a short name for it. */
export type Look = (view: string) => Promise<void>;

/** Through the views that only look, from the sign-in page to the settings. */
export async function throughLooking(journey: Journey, emulator: Emulator, look: Look): Promise<void> {
  await throughSignIn(journey, look);
  await throughTenants(journey, emulator, look);
  await throughProtection(journey, emulator, look);
  await throughRestorePoints(journey, emulator, look);
  await throughSettings(journey, look);
}

/** Through the views of a restore, from the wizard to its end, and what is left offline. Stops the emulator on the way. */
export async function throughRestoring(journey: Journey, emulator: Emulator, look: Look): Promise<void> {
  await journey.toUnits();
  await journey.protection.orderByName();
  for (const { name } of await someSites(emulator)) await journey.protection.toggleRow(name);
  await throughWizard(journey, emulator, look);
  await throughRestores(journey, emulator, look);
  await throughOffline(journey, emulator, look);
}

/** Sites of the first customer whose names say which is meant. */
async function someSites(emulator: Emulator): Promise<readonly GraphUnit[]> {
  return pickUnits(await emulator.units(emulator.customer().id), 'site', 3);
}

async function throughSignIn({ signIn, frame, technician }: Journey, look: Look): Promise<void> {
  await expect(signIn.heading).toBeVisible();
  await look('sign-in');
  const account = await signIn.begin();
  await expect(signIn.cancelButton).toBeVisible();
  await look('sign-in-under-way');
  await account.choose(technician);
  await expect(frame.accountButton).toContainText(technician);
}

async function throughTenants(
  { tenants, frame, readiness, page }: Journey,
  emulator: Emulator,
  look: Look,
): Promise<void> {
  const [first, second] = [emulator.customer(0), emulator.customer(1)];
  // Something to look at, on the readiness page and at home.
  await emulator.change(second.id, { controller: 'other' });
  await expect(tenants.welcome).toBeVisible();
  await look('welcome');
  await tenants.openAdd();
  await expect(tenants.customers.getByRole('listitem')).not.toHaveCount(0);
  await look('add-tenants');
  await tenants.addCustomer(first.displayName);
  await tenants.addCustomer(second.displayName);
  await look('add-tenants-added');
  await tenants.addByName('no-such-customer.example');
  await expect(tenants.dialog).toContainText('No tenant was found');
  await look('add-tenants-by-name');
  const lines = ['Customer;Domain', `"${first.displayName}";${first.domain}`, 'x;not a domain', 'y;nowhere.example'];
  await tenants.chooseCsv('customers.csv', Buffer.from(lines.join('\n')));
  await tenants.dialog.getByRole('button', { name: 'Add 2 tenants' }).click();
  await expect(tenants.csvLines.filter({ hasText: 'No tenant was found' })).toBeVisible();
  await look('add-tenants-csv');
  await tenants.close();

  await tenants.open(second.displayName);
  await frame.tenantMenu(second.displayName, 'Readiness');
  await expect(readiness.summary).toContainText('to look at');
  await look('readiness');
  await frame.goToTenants();
  await tenants.open(first.displayName);
  await expect(frame.bar).toContainText('never synced');
  await expect(page.getByRole('main').getByRole('button', { name: /sync/i }).first()).toBeVisible();
  await look('never-synced');
}

async function throughProtection(journey: Journey, emulator: Emulator, look: Look): Promise<void> {
  const { protection, frame, page, tenants } = journey;
  const { displayName } = emulator.customer();
  await journey.sync(displayName);
  await look('protection');
  const email = new EmailSettingsPage(page);
  await email.open(frame, displayName);
  await expect(email.card).toContainText('Nobody');
  await look('email');
  await email.button('Change…').click();
  await email.typed.fill('nobody at all');
  await look('email-change');
  await email.close();
  await protection.filter('no unit is called this');
  await expect(page.getByText('No unit matches these filters.')).toBeVisible();
  await look('protection-empty-filter');
  await page.getByRole('button', { name: 'Show all units' }).click();

  await protection.orderByName();
  const chosen = await someSites(emulator);
  for (const { name } of chosen) await protection.toggleRow(name);
  await expect(protection.selected(chosen.length)).toBeVisible();
  const [open] = chosen;
  if (open !== undefined) {
    await protection.row(open.name).click();
    await expect(protection.panel(open.name)).toContainText('Newest point');
  }
  await look('protection-panel');

  await frame.tenantMenu(displayName, /time zone/i);
  await expect(page.getByRole('dialog', { name: `Time zone of ${displayName}` })).toBeVisible();
  await look('time-zone');
  await page.keyboard.press('Escape');
  await frame.tenantMenu(displayName, 'Set read-only…');
  await expect(page.getByRole('dialog', { name: `Set ${displayName} read-only` })).toBeVisible();
  await look('read-only');
  await page.keyboard.press('Escape');
  await frame.tenantMenu(displayName, 'Forget this tenant…');
  await expect(page.getByRole('dialog', { name: `Forget ${displayName}` })).toBeVisible();
  await look('forget-tenant');
  await page.keyboard.press('Escape');

  await frame.goToTenants();
  await expect(tenants.row(displayName)).toBeVisible();
  await look('home');
  await page.getByRole('button', { name: 'Group by state' }).click();
  await look('home-grouped');
  await page.getByRole('button', { name: 'Group by state' }).click();
  const palette = new Palette(page);
  await palette.search('e');
  await expect(palette.dialog).toContainText(/units?, from the catalog|type more/);
  await look('palette');
  await palette.field.fill('no unit is called this');
  await expect(palette.dialog).toContainText('Nothing in the catalog answers');
  await look('palette-nothing');
  await page.keyboard.press('Escape');
  await tenants.open(displayName);
  await expect(protection.selected(chosen.length)).toBeVisible();
}

async function throughRestorePoints({ page, frame }: Journey, emulator: Emulator, look: Look): Promise<void> {
  const restorePoints = new RestorePointsPage(page);
  const [unit] = await someSites(emulator);
  if (unit === undefined) throw new Error('The tenant has no site.');
  await frame.tab('Restore points').click();
  await expect(restorePoints.choice).toBeVisible();
  await look('unit-choice');
  await restorePoints.open(unit.name);
  await expect(restorePoints.calendar.getByRole('img').first()).toBeVisible();
  await expect(restorePoints.stretches).toBeVisible();
  await look('unit');
}

async function throughWizard({ page, protection, wizard }: Journey, emulator: Emulator, look: Look): Promise<void> {
  await protection.restoreButton.click();
  await wizard.expectStep('When');
  await look('wizard-when');
  const now = await emulator.now();
  await wizard.typeIncident(new Date(Math.floor(now.getTime() / 60_000) * 60_000 - 5 * 3_600_000));
  await expect(wizard.pointsFound).toBeVisible();
  await expect(wizard.askButton).toBeVisible();
  await look('wizard-when-uncertain');
  await wizard.askButton.click();
  await wizard.expectCount('Not yet asked', 0);
  await wizard.expectCount('At least', 0);
  await look('wizard-when-exact');
  await wizard.foundTable
    .getByRole('row')
    .getByRole('button', { name: /^Another point for/ })
    .first()
    .click();
  await expect(page.getByRole('dialog').getByRole('radio').first()).toBeAttached();
  await look('another-point');
  await page.keyboard.press('Escape');

  await wizard.step('What').click();
  await wizard.expectStep('What');
  await expect(wizard.units).toBeVisible();
  await look('wizard-what');
  await wizard.step('When').click();
  await wizard.next('where').click();
  await wizard.expectStep('Where');
  await wizard.destination('In place').click();
  await look('wizard-where');
  await wizard.next('review').click();
  await expect(wizard.findings.first()).toBeVisible({ timeout: 45_000 });
  await look('wizard-review');
}

async function throughRestores(
  { page, frame, restores, wizard }: Journey,
  emulator: Emulator,
  look: Look,
): Promise<void> {
  await wizard.typedName.fill(emulator.customer().displayName);
  await wizard.start();
  await expect(restores.artifactRows).not.toHaveCount(0, { timeout: 45_000 });
  await look('restore-running');
  await frame.tab('Restores').click();
  await expect(restores.list).toBeVisible();
  await look('restores');
  await throughAudit({ page, frame }, look);
}

async function throughAudit({ page, frame }: Pick<Journey, 'page' | 'frame'>, look: Look): Promise<void> {
  const audit = new AuditPage(page);
  await frame.tab('Audit').click();
  await audit.rows.first().click();
  await expect(audit.panel).toContainText('Place in the chain');
  await look('audit-of-tenant');
  await frame.goToAudit();
  await audit.verifyButton.click();
  await expect(audit.said('The audit is whole.')).toBeVisible();
  await look('audit');
}

async function throughSettings({ page, frame }: Journey, look: Look): Promise<void> {
  await frame.goToSettings();
  const settings = new SettingsPage(page);
  await expect(settings.card('Theme')).toBeVisible();
  await look('settings');
  const notifications = new NotificationsPage(page);
  await notifications.setOption(/^Tell nothing in the quiet hours/, true);
  await look('settings-quiet-hours');
  await notifications.bell.click();
  await expect(page.getByRole('heading', { name: 'Notifications', level: 2 }).last()).toBeVisible();
  await look('notifications');
  await page.keyboard.press('Escape');
  // The place that the key goes to is no text field.
  await settings.heading.click();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
  await look('keys');
  await page.keyboard.press('Escape');
}

async function throughOffline(
  { frame, page, tenants, protection, restores }: Journey,
  emulator: Emulator,
  look: Look,
): Promise<void> {
  const { displayName } = emulator.customer();
  await frame.goToTenants();
  await tenants.open(displayName);
  await expect(protection.table).toBeVisible();
  await emulator.stop();
  // The restore's tracking may notice first; the button waits from then on.
  const sync = frame.syncButton(displayName);
  await expect(async () => {
    if (await sync.isEnabled()) await sync.click({ timeout: 1000 });
    await expect(frame.offlineBanner).toBeVisible({ timeout: 2000 });
  }).toPass({ timeout: 45_000 });
  await look('offline-protection');
  await frame.goToTenants();
  await expect(page.getByRole('main')).toContainText('Offline since');
  await look('offline-home');
  await frame.goToRestores();
  await expect(restores.list).toBeVisible();
  await look('offline-restores');
}
