import { expect, test } from './harness/fixtures.ts';
import { expectRestored } from './harness/expect-restored.ts';
import { pickUnits } from './pages/chosen-units.ts';
import { Journey } from './pages/journey.ts';
import { selectUnits } from './pages/select-units.ts';

// Half a minute each where the machine is free; other work on it makes them wait.
test.describe.configure({ timeout: 180_000 });
test.use({ world: { units: 30, tenants: 1, timeScale: 15 } });

const HOUR = 3_600;
const HOUR_MILLIS = 3_600_000;
const DAY = 24 * HOUR;

test('an incident in the future, unreadable, or before all points: never saved or never guessed, and said in words', async ({
  open,
  emulator,
}) => {
  const { id: tenantId } = emulator.customer();
  const sites = pickUnits(await emulator.units(tenantId), 'site', 2);
  const journey = new Journey(await open(), emulator);
  const { page, protection, wizard } = journey;
  await journey.toUnits();
  await selectUnits(protection, 'site', sites);
  await protection.restoreButton.click();
  await wizard.expectStep('When');

  await test.step('in the future', async () => {
    await wizard.typeIncident(new Date((await emulator.now()).getTime() + 5 * HOUR_MILLIS));
    await expect(
      page.getByText(/^This lies in the future: by the service’s clock it is \w{3} \d+ \w{3} \d{4}, \d\d:\d\d UTC\.$/),
    ).toBeVisible();
    await expect(wizard.next('where')).toBeDisabled();
    await expect(wizard.next('where')).toHaveAccessibleDescription(
      'The incident time lies in the future. Correct it first.',
    );
    await expect(wizard.pointsFound).toBeHidden();
    await expect(wizard.askButton).toBeHidden();
  });

  await test.step('no time at all', async () => {
    await wizard.time.fill('25:71');
    await wizard.time.press('Tab');
    await expect(wizard.next('where')).toHaveAccessibleDescription('Correct the incident time first.');
    await expect(wizard.pointsFound).toBeHidden();
  });

  await test.step('a date that can’t be read stays, so that it can be corrected', async () => {
    for (const unreadable of ['25.1', '31.02.2026', '11/24/2026']) {
      await wizard.date.fill(unreadable);
      await wizard.time.fill('10:00');
      await wizard.time.press('Tab');
      await expect(wizard.date).toHaveValue(unreadable);
      await expect(page.getByText(/20\.11\.2026/)).toBeVisible();
      await expect(wizard.next('where')).toHaveAccessibleDescription('Correct the incident time first.');
    }
  });

  await test.step('before everything that the service keeps', async () => {
    await wizard.typeIncident(await emulator.hoursAgo(24 * 800));
    await wizard.expectCount('All', 2);
    if ((await wizard.askButton.count()) > 0) await wizard.askButton.click();
    await wizard.expectCount('None exist', 2);
    await expect(wizard.next('where')).toBeDisabled();
    await expect(wizard.next('where')).toHaveAccessibleDescription(
      'No unit has any point before this time. Choose a later one.',
    );
  });

  await test.step('corrected, it goes on', async () => {
    await wizard.makeCertain(await emulator.hoursAgo(5));
    await wizard.expectCount('Exact', 2);
    await expect(wizard.next('where')).toBeEnabled();
  });
});

test('a browser whose clock is wrong by hours: every age and "in the future" go by the service’s clock', async ({
  open,
  emulator,
}) => {
  const { displayName, id: tenantId } = emulator.customer();
  await emulator.change(tenantId, { artifactFailures: 'none' });
  const sites = pickUnits(await emulator.units(tenantId), 'site', 1);
  const journey = new Journey(await open(), emulator);
  const { frame, page, protection, restores, wizard } = journey;
  // Seven hours behind, for good: only what asks the machine for the date sees it.
  await page.clock.setFixedTime(new Date((await emulator.now()).getTime() - 7 * HOUR_MILLIS));
  await page.reload();
  await journey.toUnits();
  await expect(frame.bar).toContainText(/synced (just now|[1-5] min ago)/);
  const now = (await emulator.now()).toISOString();
  await expect(frame.statusBar.locator('time')).toHaveAttribute(
    'title',
    new RegExp(`^${now.slice(0, 10)} ${now.slice(11, 13)}:`),
  );

  // Three hours ago lies four hours ahead of the browser's clock, and is no future.
  const incident = await emulator.hoursAgo(3);
  await selectUnits(protection, 'site', sites);
  await protection.restoreButton.click();
  await wizard.makeCertain(incident);
  await wizard.expectCount('Exact', 1);
  await wizard.toReview('To a new location');
  await wizard.start();
  await expect(restores.progress).toContainText('of 1', { timeout: 30_000 });
  await emulator.advance(3 * HOUR);
  await expect(restores.progress).toContainText('1 of 1', { timeout: 45_000 });
  await expectRestored(emulator, tenantId, sites, incident, 'new');
  await frame.tab('Protection').click();
  await expect(frame.bar).toContainText(/synced 3 h( \d+ min)? ago/);
  await expect(frame.syncButton(displayName)).toBeEnabled();
});

test('a plan whose points expired meanwhile: the review stops and says which, and what to do', async ({
  open,
  emulator,
}) => {
  const { id: tenantId, displayName } = emulator.customer();
  const units = await emulator.units(tenantId);
  const sites = pickUnits(units, 'site', 2);
  // A mailbox keeps its points for a year, a site most of them for two weeks.
  const mailboxes = pickUnits(units, 'mailbox', 1);
  const [chosen, ruled] = sites;
  if (chosen === undefined || ruled === undefined) throw new Error('The tenant has no two sites.');
  await test.step('one point is chosen by hand, the others follow the rule; the plan is kept', async () => {
    const console = await open();
    const journey = new Journey(console, emulator);
    const { page, protection, restores, wizard } = journey;
    await journey.toUnits();
    await selectUnits(protection, 'site', sites);
    await selectUnits(protection, 'mailbox', mailboxes);
    await protection.restoreButton.click();
    await wizard.makeCertain(await emulator.hoursAgo(5));
    await wizard.expectCount('Exact', 3);
    await page.getByRole('button', { name: `Another point for ${chosen.name}` }).click();
    const dialog = page.getByRole('dialog', { name: `Another point for ${chosen.name}` });
    await dialog.getByRole('radio').nth(1).check();
    await dialog.getByRole('button', { name: 'Choose' }).click();
    await expect(wizard.found(chosen.name)).toContainText('by hand');
    await wizard.toReview('To a new location');
    await expect(wizard.startButton).toBeEnabled();
    await wizard.saveAndClose.click();
    await expect(restores.row('Restore of 3 units')).toContainText('Plan prepared, not sent');
    await console.close();
  });

  await emulator.advance(21 * DAY);
  const journey = new Journey(await open(), emulator);
  const { frame, page, restores, tenants, wizard } = journey;
  await test.step('opened again three weeks later, the points of the sites are gone; the review says so and stops', async () => {
    await journey.signIn.signIn(journey.technician);
    await tenants.open(displayName);
    await frame.tab('Restores').click();
    await restores.openRow('Restore of 3 units');
    const finding = wizard.finding('1 chosen point has expired');
    await expect(finding).toContainText('Stops the start', { timeout: 30_000 });
    await expect(finding).toContainText(`${chosen.name}. Choose another point, or take the unit out.`);
    await expect(wizard.startButton).toBeDisabled();
  });

  await test.step('and the unit that followed the rule is not called exact any more', async () => {
    await wizard.finding('1 chosen point has expired').getByRole('button', { name: 'Look at the points' }).click();
    await wizard.expectStep('When');
    await expect(wizard.found(chosen.name)).toContainText('Expired');
    await expect(page.getByText('1 point chosen by hand has expired.')).toBeVisible();
    await expect(wizard.found(ruled.name)).not.toContainText('Exact');
  });

  await test.step('asked again, with the point chosen anew, it is certain', async () => {
    await page.getByRole('button', { name: `Another point for ${chosen.name}` }).click();
    const dialog = page.getByRole('dialog', { name: `Another point for ${chosen.name}` });
    await dialog.getByRole('radio', { name: /^By the rule/ }).check();
    await dialog.getByRole('button', { name: 'Choose' }).click();
    await expect(wizard.found(chosen.name)).not.toContainText('by hand');
    await wizard.askButton.click();
    await wizard.expectCount('Not yet asked', 0);
    await wizard.expectCount('At least', 0);
    await wizard.toReview('To a new location');
    await expect(wizard.finding('1 chosen point has expired')).toBeHidden();
    await expect(wizard.startButton).toBeEnabled();
  });
  expect(await emulator.restores(tenantId)).toEqual([]);
});
