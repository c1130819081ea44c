import { randomUUID } from 'node:crypto';
import { csvRecords } from './harness/csv.ts';
import type { Emulator } from './harness/emulator.ts';
import { expect, test } from './harness/fixtures.ts';
import { expectRestored } from './harness/expect-restored.ts';
import { pickUnits } from './pages/chosen-units.ts';
import { Journey } from './pages/journey.ts';
import { selectUnits } from './pages/select-units.ts';

// Half a minute each where the machine is free; other work on it makes them wait.
test.describe.configure({ timeout: 180_000 });
test.use({ world: { units: 30, tenants: 1, timeScale: 15 } });

const DAY_MILLIS = 86_400_000;

/** How many requests that make or change something were answered. */
async function writes(emulator: Emulator): Promise<number> {
  const { byRoute } = await emulator.requests();
  return byRoute
    .filter(({ method, route }) => method !== 'GET' && route.includes('estoreSessions'))
    .reduce((sum, { count }) => sum + count, 0);
}

test('a tenant that another app controls from the start: said before anything is tried, and a sync is refused with its reason', async ({
  open,
  emulator,
}) => {
  const { id: tenantId, displayName } = emulator.customer();
  await emulator.change(tenantId, { controller: 'other' });
  const journey = new Journey(await open(), emulator);
  const { frame, page, readiness, tenants } = journey;
  await journey.toAdded();

  await test.step('the sync is refused, with the service’s own words and an id to hand over', async () => {
    await frame.syncButton(displayName).click();
    await expect(page.getByText('Microsoft Graph refused the request: accessDenied.')).toBeVisible();
    await expect(page.getByText('It answered 403')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Copy request-id' })).toBeVisible();
  });

  await test.step('who controls it stands in the readiness, with the next step', async () => {
    await frame.tenantMenu(displayName, 'Readiness');
    await readiness.checkAgain();
    await expect(readiness.line('Controller of Backup Storage')).toContainText('To do');
    await expect(readiness.line('Controller of Backup Storage')).toContainText('Another app controls it.');
    await expect(readiness.line('Controller of Backup Storage')).toContainText(
      'A takeover needs a date 7 to 30 days ahead',
    );
  });

  await test.step('and in the list of all tenants', async () => {
    await frame.goToTenants();
    await expect(tenants.row(displayName)).toContainText('Another app controls Backup Storage here');
    await expect(tenants.row(displayName)).toContainText('Another app');
  });
});

test('control that passes to another app stops a restore with the reason, and nothing is sent', async ({
  open,
  emulator,
}) => {
  const { id: tenantId, displayName } = emulator.customer();
  const [site] = pickUnits(await emulator.units(tenantId), 'site', 1);
  if (site === undefined) throw new Error('The tenant has no site.');
  const journey = new Journey(await open(), emulator);
  const { frame, page, protection, readiness, tenants, wizard } = journey;
  await journey.toUnits();
  await selectUnits(protection, 'site', [site]);
  await protection.restoreButton.click();
  await wizard.makeCertain(await emulator.hoursAgo(5));

  await emulator.change(tenantId, { controller: 'other' });
  await wizard.toReview('To a new location');
  const finding = wizard.finding('This console does not control Backup Storage here');
  await expect(finding).toContainText('Stops the start');
  await expect(finding).toContainText(
    'It is controlled by another application; only the controlling application can restore.',
  );
  await expect(wizard.startButton).toBeDisabled();
  await expect(wizard.plan).toContainText('1 finding under “Before you start” stops it; each says what to do.');
  await finding.getByRole('button', { name: 'Go to the readiness check' }).click();
  await expect(readiness.heading).toContainText(displayName);

  await test.step('what was known of the units stays, under a notice', async () => {
    await page.getByRole('button', { name: 'Protection', exact: true }).click();
    await frame.syncButton(displayName).click();
    await expect(page.getByText('Microsoft Graph refused the request: accessDenied.')).toBeVisible();
    await expect(page.getByText('Another app controls Backup Storage here.')).toBeVisible();
    await expect(protection.order).toContainText('30 of 30');
  });

  await test.step('that it changed is said, with from, to and when, until it is dismissed; and at home', async () => {
    const change = page.getByText('Controller changed from Backstop to another app.');
    await expect(change).toBeVisible();
    await expect(page.getByText(/Noticed at .*\d\d:\d\d UTC, .*; the service tells nobody/)).toBeVisible();
    await page.getByRole('group').filter({ has: change }).getByRole('button', { name: 'Dismiss' }).click();
    await expect(change).toBeHidden();
    await frame.goToTenants();
    await expect(tenants.row(displayName)).toContainText('Control passed from Backstop to another app');
  });
  expect(await writes(emulator)).toBe(0);
});

test('a restore-locked tenant: a lock and words on each of its screens, a plan can be prepared, the start is stopped', async ({
  open,
  emulator,
}) => {
  const { id: tenantId, displayName } = emulator.customer();
  const [site] = pickUnits(await emulator.units(tenantId), 'site', 1);
  if (site === undefined) throw new Error('The tenant has no site.');
  const journey = new Journey(await open(), emulator);
  const { frame, page, protection, readiness, restores, tenants, wizard } = journey;
  const lock = frame.bar.getByText('Restore-locked', { exact: true });
  await journey.toUnits();
  const ends = new Date((await emulator.now()).getTime() + 20 * DAY_MILLIS);
  await emulator.change(tenantId, {
    serviceStatus: {
      status: 'restoreLocked',
      disableReason: 'invalidBillingProfile',
      gracePeriodDateTime: ends.toISOString().replace(/\.\d+Z$/, 'Z'),
    },
  });
  await journey.sync();

  await test.step('protection says what, why, and when it ends', async () => {
    await expect(lock).toBeVisible({ timeout: 45_000 });
    await expect(page.getByText('Restore-locked: billing profile invalid.')).toBeVisible();
    await expect(
      page.getByText(/The service refuses every restore and every change here; the grace period ends \d+ [A-Z]/),
    ).toBeVisible();
    await expect(protection.order).toContainText('30 of 30');
  });

  await test.step('the other screens carry the lock too', async () => {
    await frame.tab('Restore points').click();
    await expect(page.getByRole('main', { name: 'Restore points' })).toBeVisible();
    await expect(lock).toBeVisible();
    await frame.tab('Restores').click();
    await expect(page.getByText('No restore of this tenant is known.')).toBeVisible();
    await expect(lock).toBeVisible();
    await frame.tenantMenu(displayName, 'Readiness');
    await readiness.checkAgain();
    await expect(readiness.line('Service status')).toContainText(
      'The service is restore-locked: no restore is possible.',
    );
    await expect(lock).toBeVisible();
    await frame.goToTenants();
    await expect(tenants.row(displayName)).toContainText('Restore-locked: billing profile invalid');
    await expect(tenants.row(displayName)).toContainText('Critical');
  });

  await test.step('a plan is prepared, and its start is stopped', async () => {
    await tenants.open(displayName);
    await selectUnits(protection, 'site', [site]);
    await protection.restoreButton.click();
    await wizard.makeCertain(await emulator.hoursAgo(5));
    await expect(lock).toBeVisible();
    await wizard.toReview('To a new location');
    const finding = wizard.finding(`Restores are locked in ${displayName}`);
    await expect(finding).toContainText('Stops the start');
    await expect(finding).toContainText('The service answers restoreLocked.');
    await expect(finding).toContainText('It is unlocked by healthy billing, or by Microsoft’s support.');
    await expect(wizard.startButton).toBeDisabled();
    await wizard.saveAndClose.click();
    await expect(restores.row('Restore of 1 unit')).toContainText('Plan prepared, not sent');
    await expect(lock).toBeVisible();
  });
  expect(await writes(emulator)).toBe(0);

  await test.step('once it is unlocked, the kept plan starts', async () => {
    await emulator.change(tenantId, { serviceStatus: { status: 'enabled', disableReason: 'none' } });
    await restores.openRow('Restore of 1 unit');
    await wizard.start();
    await expect(restores.progress).toContainText('of 1', { timeout: 30_000 });
    await expect(lock).toBeHidden();
  });
});

test('units without any point: None exists, left out in the review, listed in the report', async ({
  open,
  emulator,
}) => {
  const { id: tenantId } = emulator.customer();
  const sites = pickUnits(await emulator.units(tenantId), 'site', 2);
  const [bare, fine] = sites;
  if (bare === undefined || fine === undefined) throw new Error('The tenant has no two sites.');
  await emulator.put(tenantId, 'siteProtectionUnits', [{ id: bare.id, history: 'none' }]);
  await emulator.change(tenantId, { artifactFailures: 'none' });
  const journey = new Journey(await open(), emulator);
  const { frame, protection, restores, wizard } = journey;
  const incident = await emulator.hoursAgo(5);
  await journey.toUnits();
  await protection.filter(bare.name);
  await expect(protection.row(bare.name)).toContainText('None exists');
  await protection.filter('');

  await test.step('alone, it can’t be restored, and the wizard says why', async () => {
    await selectUnits(protection, 'site', [bare]);
    await protection.restoreButton.click();
    await wizard.expectStep('When');
    await wizard.typeIncident(incident);
    await wizard.expectCount('All', 1);
    // What is not yet proven is asked; what is proven is not.
    if ((await wizard.askButton.count()) > 0) await wizard.askButton.click();
    await wizard.expectCount('None exist', 1);
    await expect(wizard.next('where')).toBeDisabled();
    await expect(wizard.next('where')).toHaveAccessibleDescription(/^No unit has any point before this time\./);
    await wizard.saveAndClose.click();
    await frame.tab('Protection').click();
  });

  await test.step('with another, it is left out by name', async () => {
    await selectUnits(protection, 'site', [fine]);
    await expect(protection.selected(2)).toBeVisible();
    await protection.restoreButton.click();
    await wizard.makeCertain(incident);
    await wizard.expectCount('None exist', 1);
    await wizard.chip('None exist').click();
    await expect(wizard.found(bare.name)).toContainText('None exists');
    await wizard.toReview('To a new location');
    const finding = wizard.finding('1 unit is left out');
    await expect(finding).toContainText(`No point before the incident is known of ${bare.name}.`);
    await expect(wizard.startButton).toHaveText('Start restore of 1 unit to a new location');
    await wizard.start();
    await expect(restores.progress).toContainText('of 1', { timeout: 30_000 });
    await emulator.advance(3 * 3600);
    await expect(restores.progress).toContainText('1 of 1', { timeout: 45_000 });
  });

  await expectRestored(emulator, tenantId, [fine], incident, 'new');
  const records = csvRecords((await restores.report('CSV')).text);
  expect(records.find(row => row['unit id'] === bare.id)?.['result']).toBe('Left out: no point');
  expect(records.find(row => row['unit id'] === fine.id)?.['result']).toBe('Restored');
});

test('a unit that a second technician restores already stops the start; taken out, the rest is restored', async ({
  open,
  emulator,
}) => {
  const { id: tenantId } = emulator.customer();
  await emulator.change(tenantId, { artifactFailures: 'none' });
  const sites = pickUnits(await emulator.units(tenantId), 'site', 2);
  const [busy, free] = sites;
  if (busy === undefined || free === undefined) throw new Error('The tenant has no two sites.');
  const incident = await emulator.hoursAgo(5);
  const point = await emulator.newestBefore(tenantId, busy.id, incident);
  if (point === undefined) throw new Error(`${busy.name} has no point.`);
  const colleague = { user: { id: randomUUID(), displayName: 'Bo Berg', email: 'bo.berg@colleagues.example' } };
  const theirs = { active: randomUUID(), draft: randomUUID() };
  const artifact = { restorePoint: { id: point.id }, destinationType: 'inPlace' };
  const journey = new Journey(await open(), emulator);
  const { frame, page, protection, restores, wizard } = journey;
  await journey.toUnits();
  await selectUnits(protection, 'site', sites);
  await protection.restoreButton.click();
  await wizard.makeCertain(incident);
  // The second technician starts between our look at the points and our review, and has drafted the same once more.
  await emulator.put(tenantId, 'sharePointRestoreSessions', [
    { id: theirs.active, status: 'active', createdBy: colleague, siteRestoreArtifacts: [artifact] },
    { id: theirs.draft, status: 'draft', createdBy: colleague, siteRestoreArtifacts: [artifact] },
  ]);

  await test.step('the review names the unit and stops', async () => {
    await wizard.toReview('To a new location');
    const finding = wizard.finding('1 unit is being restored already');
    await expect(finding).toContainText('Stops the start');
    await expect(finding).toContainText(`${busy.name}, in another session.`);
    await expect(finding).toContainText('The service refuses two restores of one unit at once.');
    await expect(wizard.startButton).toBeDisabled();
  });

  await test.step('taken out of the plan, the rest is started', async () => {
    await page.getByRole('button', { name: 'Take it out of the plan' }).click();
    await expect(wizard.finding('No unit is being restored by another session')).toContainText(
      '1 session active of 25',
    );
    await expect(wizard.startButton).toHaveText('Start restore of 1 unit to a new location');
    await wizard.start();
    await expect(restores.progress).toContainText('of 1', { timeout: 30_000 });
    await emulator.advance(3 * 3600);
    await expect(restores.progress).toContainText('1 of 1', { timeout: 45_000 });
  });

  await test.step('the colleague’s session is seen as theirs, and their draft stands untouched', async () => {
    await frame.tab('Restores').click();
    await page.getByRole('button', { name: 'Read the sessions now' }).click();
    await expect(restores.row(/bo\.berg|Bo Berg/)).toHaveCount(2);
    await expect(restores.row('Draft, not started')).toContainText(/bo\.berg|Bo Berg/);
    const ofBusy = (await emulator.restores(tenantId)).filter(({ unitId }) => unitId === busy.id);
    expect(ofBusy.map(({ sessionId }) => sessionId)).toEqual([theirs.active]);
  });
});
