import { expect, test } from './harness/fixtures.ts';
import { Journey } from './pages/journey.ts';
import { addAndOpenService, toService } from './pages/service.ts';

test.describe.configure({ timeout: 180_000 });
test.use({ world: { units: 12, tenants: 2, timeScale: 15 } });

const DAY_SECONDS = 86_400;
const readScopes = [
  'BackupRestore-Control.Read.All',
  'BackupRestore-Configuration.Read.All',
  'BackupRestore-Search.Read.All',
  'BackupRestore-Restore.Read.All',
  'Organization.Read.All',
];

test('a tenant from nothing to enabled and controlled by Backstop, with billing missing on the way', async ({
  open,
  emulator,
}) => {
  const { id: tenantId, displayName } = emulator.customer();
  await emulator.forgetApp(tenantId);
  await emulator.change(tenantId, { billing: 'invalid' });
  const journey = new Journey(await open(), emulator);
  const service = await toService(journey, emulator.customer().displayName);

  await test.step('what stands: off, controlled by nobody, no app; the next step is to register', async () => {
    await expect(service.card('How it stands')).toContainText('Backup Storage is switched off');
    await expect(service.card('How it stands')).toContainText('Nobody');
    await expect(service.card('Service apps')).toContainText('No app is registered.');
    await expect(service.step('Register Backstop’s app')).toContainText('Next');
    await expect(service.step('Billing policy of the app’s owner')).toContainText('Seen when enabling');
    await expect(service.card('Billing')).toContainText(emulator.ready.clientId);
    await expect(service.card('Leaving')).toBeHidden();
  });

  await test.step('registered', async () => {
    await service.command('Register…').click();
    await expect(service.dialog).toContainText(displayName);
    await expect(service.effects).toContainText('no bill changes');
    await service.send('Register the app');
    await expect(service.result).toContainText('Backstop’s app is registered');
    await service.close();
    await expect(service.app('Backstop')).toContainText('Registered, not in control');
  });

  await test.step('in control at once, as nobody else is', async () => {
    await service.command('Take control…').click();
    await expect(service.effects).toContainText('Backstop controls Backup Storage at once');
    await service.send('Take control');
    await service.close();
    await expect(service.app('Backstop')).toContainText('In control');
    await expect(service.step('Take control')).toContainText('Done');
  });

  await test.step('enabling is refused: billing is missing; who has to do what is said', async () => {
    await service.command('Enable…').click();
    await expect(service.ownerField).toHaveValue(emulator.ready.tenants.find(({ role }) => role === 'home')?.id ?? '');
    await service.preview();
    await expect(service.effects).toContainText('By protected gigabyte and month');
    await service.send('Enable Backup Storage');
    await expect(service.result).toContainText('The billing of the app’s owner is missing or not healthy.');
    await expect(service.result).toContainText(
      'a SharePoint Administrator who owns or contributes to the Azure subscription',
    );
    await expect(service.result).toContainText('402 InvalidBillingProfile');
    await expect(service.result.getByRole('button', { name: /Copy/ })).toBeVisible();
    await service.close();
    await expect(service.step('Billing policy of the app’s owner')).toContainText('Blocked');
    await expect(service.card('Billing')).toContainText('The billing policy is missing or not in order');
  });

  await test.step('the customer’s own tenant as the payer: warned of, and refused with its next step', async () => {
    await service.command('Enable…').click();
    await service.ownerField.fill(emulator.customer(1).id);
    await service.preview();
    await service.send('Enable Backup Storage');
    await expect(service.result).toContainText('The service knows no app owner by this tenant id.');
    await service.close();
  });

  await test.step('unreadable billing has words of its own', async () => {
    await emulator.change(tenantId, { billing: 'unreadable' });
    await service.command('Enable…').click();
    await service.ownerField.fill(emulator.ready.tenants.find(({ role }) => role === 'home')?.id ?? '');
    await service.preview();
    await service.send('Enable Backup Storage');
    await expect(service.result).toContainText('The service could not read the billing of the app’s owner.');
    await service.close();
  });

  await test.step('mended, it is enabled', async () => {
    await emulator.change(tenantId, { billing: 'healthy' });
    await service.command('Enable…').click();
    await service.preview();
    await service.send('Enable Backup Storage');
    await expect(service.result).toContainText('Backup Storage is on');
    await service.close();
    await expect(service.card('How it stands')).toContainText('Backup Storage is on');
    await expect(service.card('Onboarding').getByText('Done', { exact: true })).toHaveCount(5);
  });

  await test.step('each step stands in the audit', async () => {
    await journey.frame.openTab('Audit');
    const { page } = journey;
    await expect(page.getByText('Service app registered').first()).toBeVisible();
    await expect(page.getByText('Control of Backup Storage asked for').first()).toBeVisible();
    await expect(page.getByText('Refused: InvalidBillingProfile')).toBeVisible();
  });
});

test('a takeover from another app on a day, cancelled again; unregistering shows its cost', async ({
  open,
  emulator,
}) => {
  const { id: tenantId, displayName } = emulator.customer();
  await emulator.change(tenantId, { controller: 'other' });
  const journey = new Journey(await open(), emulator);
  const service = await toService(journey, emulator.customer().displayName);

  await test.step('too soon is said where it is typed; a day in between is taken, and the name is typed for it', async () => {
    await expect(service.card('How it stands')).toContainText('Another app');
    await service.command('Take control…').click();
    const soon = new Date((await emulator.now()).getTime() + 2 * DAY_SECONDS * 1000);
    const typed = await service.dateField.inputValue();
    await service.dateField.fill(`${soon.getUTCDate()}.${soon.getUTCMonth() + 1}.${soon.getUTCFullYear()}`);
    await expect(service.dialog).toContainText('The earliest is');
    await expect(service.sendButton('Preview')).toBeDisabled();
    await service.dateField.fill(typed);
    await service.preview();
    await expect(service.effects).toContainText('Control passes to Backstop on');
    await expect(service.effects).toContainText('Until then another app keeps control and the bill');
    await expect(service.sendButton('Take control')).toBeDisabled();
    await service.typeName(displayName);
    await service.send('Take control');
    await expect(service.result).toContainText('The takeover is pending');
    await service.close();
    await expect(service.step('Take control')).toContainText('Waiting');
    await expect(service.app('Backstop')).toContainText(/Takes control on/);
    await expect(journey.page.getByText('Read-only until control passes to Backstop.').first()).toBeVisible();
  });

  await test.step('cancelled', async () => {
    await service.command('Cancel the takeover…').click();
    await expect(service.effects).toContainText('Another app keeps control');
    await service.send('Cancel the takeover');
    await expect(service.result).toContainText('The takeover is cancelled');
    await service.close();
    await expect(service.app('Backstop')).toContainText('Registered, not in control');
  });

  await test.step('in control: unregistering shows what it costs and what is lost, and wants the name', async () => {
    await emulator.change(tenantId, { controller: 'self' });
    await service.readNow();
    await expect(service.card('Leaving')).toContainText('An app in control can’t be deactivated');
    await service.command('Unregister…').click();
    await expect(service.effects).toContainText('Backstop loses this tenant at once');
    await expect(service.effects).toContainText('The app’s owner goes on paying, up to 37 days');
    await expect(service.effects).toContainText('its backups are deleted');
    await service.typeName(displayName);
    await service.send('Unregister the app');
    await expect(service.result).toContainText('Backstop’s app is unregistered');
    await service.close();
    await expect(service.card('How it stands')).toContainText('Protection changes locked');
    await expect(service.card('How it stands')).toContainText('The grace period ends on');
  });
});

test('another app takes over without a word of the service: noticed without a sync, said in the tenant and at home', async ({
  open,
  emulator,
}) => {
  const { id: tenantId, displayName } = emulator.customer();
  const journey = new Journey(await open(), emulator);
  const service = await toService(journey, emulator.customer().displayName);
  await expect(service.app('Backstop')).toContainText('In control');
  const passes = new Date((await emulator.now()).getTime() + 12 * DAY_SECONDS * 1000);
  await emulator.change(tenantId, {
    controller: 'leaving',
    controlPassesDateTime: passes.toISOString().replace(/\.\d+Z$/, 'Z'),
  });
  // A quarter of an hour of service time: the console looks again by itself.
  await emulator.advance(16 * 60);
  await expect(journey.page.getByText('Another app is taking control over.')).toBeVisible({ timeout: 60_000 });
  await expect(service.app('Backstop')).toContainText(/Gives control up on/);
  await expect(service.step('Take control')).toContainText('Backstop can’t');
  await expect(service.command('Unregister…')).toBeDisabled();
  await journey.frame.goToTenants();
  await expect(journey.tenants.row(displayName)).toContainText('Control passes to another app on');
});

test('a read-only tenant refuses; missing consent asks for a sign-in with that scope', async ({ open, emulator }) => {
  const [first, second] = [emulator.customer(0), emulator.customer(1)];
  await emulator.change(first.id, { controller: 'none', serviceStatus: { status: 'disabled', disableReason: 'none' } });
  await emulator.change(second.id, {
    controller: 'none',
    serviceStatus: { status: 'disabled', disableReason: 'none' },
    consentedScopes: readScopes,
  });
  const journey = new Journey(await open(), emulator);
  const { frame, page } = journey;
  const service = await toService(journey, first.displayName);

  await test.step('read-only', async () => {
    await expect(service.command('Take control…')).toBeEnabled();
    await frame.tenantMenu(first.displayName, 'Set read-only…');
    await page.getByRole('dialog').getByRole('button', { name: 'Set read-only' }).click();
    await expect(service.command('Take control…')).toBeDisabled();
    await expect(service.command('Take control…')).toHaveAccessibleDescription(/is set read-only here/);
  });

  await test.step('consent', async () => {
    await frame.goToTenants();
    await addAndOpenService(journey, second.displayName);
    await service.command('Take control…').click();
    await expect(service.problems).toContainText('Consent is missing');
    await expect(service.problems).toContainText('BackupRestore-Control.ReadWrite.All');
    await expect(service.sendButton('Take control')).toBeDisabled();
    await service.problems.getByRole('button', { name: 'Ask for the consent or sign in' }).click();
    const prompt = await journey.signIn.begin(
      service.dialog.getByRole('button', { name: `Sign in to ${second.displayName}` }),
    );
    expect(decodeURIComponent(prompt.url)).toContain('BackupRestore-Control.ReadWrite.All');
    // An administrator of the customer consents; then the technician’s sign-in goes through.
    await emulator.change(second.id, { consentedScopes: [...readScopes, 'BackupRestore-Control.ReadWrite.All'] });
    await prompt.choose(journey.technician);
    await expect(service.dialog.getByRole('button', { name: 'Cancel the sign-in' })).toBeHidden();
    await service.dialog.getByRole('button', { name: 'Check again' }).click();
    await expect(service.problems).toBeHidden();
    await service.send('Take control');
    await expect(service.result).toContainText('Backstop is in control');
    await service.close();
  });
});
