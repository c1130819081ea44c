import { csvRecords } from './harness/csv.ts';
import { expect, test as base } from './harness/fixtures.ts';
import { expectRestored } from './harness/expect-restored.ts';
import { Network } from './harness/network.ts';
import { pickUnits } from './pages/chosen-units.ts';
import { Journey } from './pages/journey.ts';
import { selectUnits } from './pages/select-units.ts';

const HOUR = 3_600;

/** The console reaches its emulator over a network that the test can cut. */
const test = base.extend<{ readonly network: Network }>({
  network: async ({ emulator }, provide) => {
    const network = await Network.open(emulator.readyLine);
    await provide(network);
    await network.close();
  },
  readyLine: async ({ network }, provide) => {
    await provide(network.readyLine);
  },
});

// Half a minute each where the machine is free; other work on it makes them wait.
test.describe.configure({ timeout: 180_000 });
test.use({ world: { units: 30, tenants: 2, timeScale: 15 } });

const ASK = 'Needs a connection: restore points are asked of Microsoft Graph. What is known stays readable.';
const RESTORE = 'Needs a connection: a restore is written to Microsoft Graph. Prepare a plan instead.';
const SYNC = 'Needs a connection: units and sessions are read from Microsoft Graph. What is known stays readable.';
const SIGN_IN = 'Needs a connection: the sign-in happens at Microsoft Entra ID.';
const ADD_TENANT = 'Needs a connection: the tenant is looked up at Microsoft Entra ID.';
const CHECK = 'Needs a connection: the check asks Microsoft Entra ID and Microsoft Graph.';

test('without a network: said once, ages on everything, all readable, and each command says why it waits', async ({
  open,
  emulator,
  network,
}) => {
  const { id: tenantId, displayName } = emulator.customer();
  await emulator.change(tenantId, { artifactFailures: 'none' });
  const [bare, ...sites] = pickUnits(await emulator.units(tenantId), 'site', 3);
  const [first] = sites;
  if (bare === undefined || first === undefined) throw new Error('The tenant has no three sites.');
  await emulator.put(tenantId, 'siteProtectionUnits', [{ id: bare.id, history: 'none' }]);
  const journey = new Journey(await open(), emulator);
  const { frame, page, protection, readiness, restores, tenants, wizard } = journey;

  await test.step('online: a restore that ended, and a fresh sync', async () => {
    await journey.toUnits();
    await selectUnits(protection, 'site', sites);
    await protection.restoreButton.click();
    await wizard.makeCertain(await emulator.hoursAgo(5));
    await wizard.toReview('To a new location');
    await wizard.start();
    await expect(restores.progress).toContainText('of 2');
    await emulator.advance(3 * HOUR);
    await expect(restores.progress).toContainText('2 of 2', { timeout: 45_000 });
    await frame.tab('Protection').click();
    await journey.sync();
    // Not the age of the sync before.
    await expect(frame.bar).toContainText(/synced (just now|\d min ago)/, { timeout: 45_000 });
  });

  await test.step('the network goes: one banner, wherever one looks', async () => {
    network.cut();
    // By the key, which does nothing where a request under way has told it already.
    await page.keyboard.press('F5');
    await expect(frame.offlineBanner).toHaveCount(1, { timeout: 30_000 });
    await expect(page.getByText(/^Offline since /).first()).toBeVisible();
    await emulator.advance(HOUR);
    await expect(frame.bar).toContainText(/Offline, synced 1 h( \d+ min)? ago/);
    await expect(frame.syncButton(displayName)).toBeDisabled();
    await expect(frame.syncButton(displayName)).toHaveAccessibleDescription(SYNC);
    await expect(frame.statusBar).toContainText('Offline since');
  });

  await test.step('units: each with what was known, and no more', async () => {
    await expect(protection.tile('protected')).toContainText('as of');
    // Its age counts up to now; a figure of now beside others of before would be read as one of them.
    await expect(protection.tile('oldest newest point')).not.toContainText('as of');
    await protection.filter(first.name);
    await expect(protection.row(first.name)).toContainText(/1 h( \d+ min)? or newer/);
    await protection.filter(bare.name);
    await expect(protection.row(bare.name)).toContainText(/None at \d\d:\d\d|None on \d+ [A-Z]/);
    await protection.filter('');
    await expect(page.getByRole('button', { name: 'Start a restore…' })).toHaveAccessibleDescription(RESTORE);
  });

  await test.step('a unit’s points: readable, not askable', async () => {
    await protection.filter(first.name);
    await protection.row(first.name).click();
    const ask = protection.panel(first.name).getByRole('button', { name: 'Ask for newest' });
    await expect(ask).toBeDisabled();
    await expect(ask).toHaveAccessibleDescription(ASK);
    await protection
      .panel(first.name)
      .getByRole('button', { name: `More for ${first.name}` })
      .click();
    await page.getByRole('menuitem', { name: 'Open restore points' }).click();
    await expect(page.getByRole('region', { name: 'Points by day' })).toBeVisible();
    await expect(page.getByRole('region', { name: 'The day', exact: true })).toBeVisible();
    await expect(frame.offlineBanner).toHaveCount(1);
  });

  await test.step('sessions and their report', async () => {
    await frame.tab('Restores').click();
    const read = page.getByRole('button', { name: 'Read the sessions now' });
    await expect(read).toBeDisabled();
    await expect(read).toHaveAccessibleDescription(SYNC);
    await restores.openRow('Restore of 2 units');
    await expect(restores.artifactRows).toHaveCount(2);
    await expect(restores.artifact(first.name)).toContainText('Succeeded');
    const { text } = await restores.report('CSV');
    expect(csvRecords(text).map(row => row['result'])).toEqual(['Restored', 'Restored']);
    await expect(frame.offlineBanner).toHaveCount(1);
  });

  await test.step('readiness and all tenants', async () => {
    await frame.tenantMenu(displayName, 'Readiness');
    await expect(readiness.lines).toHaveCount(10);
    const check = page.getByRole('button', { name: /^Check (again|now)$/ });
    await expect(check).toBeDisabled();
    await expect(check).toHaveAccessibleDescription(CHECK);
    await frame.goToTenants();
    await expect(tenants.row(displayName)).toBeVisible();
    const add = page.getByRole('button', { name: 'Add tenants…' });
    await expect(add).toBeDisabled();
    await expect(add).toHaveAccessibleDescription(ADD_TENANT);
    await expect(frame.offlineBanner).toHaveCount(1);
  });

  await test.step('the host’s clock jumps, as after a sleep: no age and no countdown goes by the clock of before', async () => {
    await emulator.advance(5 * HOUR);
    const now = (await emulator.now()).getTime();
    const shown = async (): Promise<number> =>
      Date.parse(((await frame.clock.getAttribute('title')) ?? '').replace(' UTC', 'Z').replace(' ', 'T'));
    await expect.poll(shown, { timeout: 60_000 }).toBeGreaterThan(now - 60_000);
    // The longest wait is one minute: a quarter of an hour at this rate.
    await expect(frame.tries).toHaveText(/(^|\. )(Next try in \d+ (s|min)|Trying now)\.$/);
  });

  await test.step('tried at once, it says that it tried', async () => {
    await frame.tryNow.click();
    await expect(frame.tries).toHaveText(/^No answer at \d\d:\d\d:\d\d\. (Next try in \d+ (s|min)|Trying now)\.$/);
    await expect(frame.tryNow).toBeEnabled();
  });

  await test.step('the network is back: one button, and all is as before', async () => {
    network.join();
    await frame.tryNow.click();
    await expect(frame.offlineBanner).toBeHidden();
    await expect(frame.statusBar).toContainText('Online');
    await tenants.open(displayName);
    await journey.sync();
    await protection.filter(first.name);
    await expect(protection.row(first.name)).not.toContainText('or newer');
  });
});

test('a plan prepared without a network outlives the console, and is started once the network is back', async ({
  open,
  emulator,
  network,
}) => {
  const { id: tenantId, displayName } = emulator.customer();
  await emulator.change(tenantId, { artifactFailures: 'none' });
  const sites = pickUnits(await emulator.units(tenantId), 'site', 3);
  const incident = await emulator.hoursAgo(5);

  await test.step('prepared from what is known, and kept', async () => {
    const console = await open();
    const journey = new Journey(console, emulator);
    const { frame, page, protection, restores, wizard } = journey;
    await journey.toUnits();
    network.cut();
    await page.keyboard.press('F5');
    await expect(frame.offlineBanner).toBeVisible({ timeout: 30_000 });
    await selectUnits(protection, 'site', sites);
    await expect(protection.selected(3)).toBeVisible();
    await protection.prepareButton.click();
    await wizard.expectStep('When');
    await wizard.typeIncident(incident);
    // Nobody asked about that time while there was a network, and it is not made up.
    await wizard.expectCount('Not yet asked', 3);
    await expect(wizard.askButton).toBeDisabled();
    await expect(wizard.askButton).toHaveAccessibleDescription(ASK);
    await expect(wizard.next('where')).toHaveAccessibleDescription(
      'No unit has a known point before this time. Ask the service, or choose another time.',
    );
    await wizard.saveAndClose.click();
    await expect(restores.row('Restore of 3 units')).toContainText('Plan prepared, not sent');
    await expect(restores.row('Restore of 3 units')).toContainText('to before');
    await expect(frame.statusBar).toContainText('1 plan waiting to be sent');
    await expect(page.getByText('1 plan prepared and not sent')).toBeVisible();
    await console.close();
  });

  const journey = new Journey(await open(), emulator);
  const { frame, page, protection, restores, tenants, wizard } = journey;
  await test.step('opened again without a network and without a sign-in: everything is still there to read', async () => {
    await expect(frame.offlineBanner).toHaveCount(1, { timeout: 30_000 });
    await expect(frame.bar).toContainText('Signed out');
    await expect(page.getByText('You are signed out.')).toBeVisible();
    await expect(journey.signIn.button).toBeDisabled();
    await expect(journey.signIn.button).toHaveAccessibleDescription(SIGN_IN);
    await tenants.open(displayName);
    await expect(protection.order).toContainText('30 of 30');
    await expect(frame.bar).toContainText(/Offline, synced .* ago|Offline, synced just now/);
    await frame.tab('Restores').click();
    await restores.openRow('Restore of 3 units');
    await wizard.expectStep('When');
    await expect(wizard.time).toHaveValue(incident.toISOString().slice(11, 16));
    await wizard.expectCount('Not yet asked', 3);
    expect(await emulator.restores(tenantId)).toEqual([]);
  });

  await test.step('online again: signed in, asked, reviewed, started', async () => {
    network.join();
    await frame.tryNow.click();
    await expect(frame.offlineBanner).toBeHidden();
    await journey.signIn.signIn(journey.technician);
    await wizard.askButton.click();
    await wizard.expectCount('Exact', 3);
    await wizard.toReview('To a new location');
    await wizard.start();
    await expect(restores.progress).toContainText('of 3', { timeout: 30_000 });
    await emulator.advance(3 * HOUR);
    await expect(restores.progress).toContainText('3 of 3', { timeout: 45_000 });
  });
  await expectRestored(emulator, tenantId, sites, incident, 'new');
});
