import { expect, test } from './harness/fixtures.ts';
import { pickUnits } from './pages/chosen-units.ts';
import { Journey } from './pages/journey.ts';

test.use({ world: { units: 30 } });

test('what failed is said in words and code, and alone is planned again, to a new location', async ({
  open,
  emulator,
}) => {
  const { id: tenantId, displayName } = emulator.customer();
  const units = await emulator.units(tenantId);
  const sites = pickUnits(units, 'site', 4);
  const [held] = sites;
  if (held === undefined) throw new Error('The tenant has no site.');
  // Nothing but the hold makes anything fail.
  await emulator.put(
    tenantId,
    'siteProtectionUnits',
    sites.map(({ id }) => ({ id, hold: id === held.id, gone: false })),
  );
  const journey = new Journey(await open(), emulator);
  const { frame, page, protection, restores, wizard } = journey;
  await journey.toUnits();
  await protection.orderByName();
  await protection.show('site');
  for (const { name } of sites) await protection.toggleRow(name);
  await expect(protection.selected(4)).toBeVisible();
  await protection.restoreButton.click();
  await wizard.makeCertain(await emulator.hoursAgo(4));
  await wizard.toReview('In place');

  await test.step('in place needs the name of the tenant, letter for letter', async () => {
    await expect(page.getByText('In place can’t be undone.', { exact: true })).toBeVisible();
    await expect(wizard.finding('Users can keep editing while a site rolls back')).toContainText('owners of 4 sites');
    await expect(wizard.startButton).toBeDisabled();
    await wizard.typedName.fill(displayName.toLowerCase());
    await expect(wizard.plan).toContainText('The name does not match yet: capital letters count.');
    await expect(wizard.startButton).toBeDisabled();
    await wizard.typedName.fill(displayName);
    await wizard.start();
  });

  await test.step('the failed one stands first, with words and code', async () => {
    await expect(restores.progress).toContainText('of 4');
    await emulator.advance(3 * 3600);
    await expect(restores.progress).toContainText('4 of 4', { timeout: 60_000 });
    await expect(restores.artifactRows.first()).toContainText(held.name);
    const row = restores.artifact(held.name);
    await expect(row).toContainText('Failed');
    await expect(row).toContainText('preservation lock');
    await row.click();
    await expect(page.getByText('ArtifactCannotBeRestored')).toBeVisible();
    await expect(restores.artifactRows.filter({ hasText: 'Succeeded' })).toHaveCount(3);
    const { text } = await restores.report('CSV');
    expect(text).toContain('ArtifactCannotBeRestored');
  });

  await test.step('retry makes a draft of the failed one alone, to a new location, and sends nothing', async () => {
    await expect(restores.retryFailed).toHaveText('Retry failed only (1)…');
    // Two presses before anything is drawn anew, as a double click or a key held down make them: one plan.
    await restores.retryFailed.evaluate((button: HTMLElement) => {
      button.click();
      button.click();
    });
    await expect(wizard.heading).toBeVisible();
    await wizard.saveAndClose.click();
    await expect(restores.row(/, again/)).toHaveCount(1);
    await restores.openRow(/, again/);
    await expect(wizard.heading).toBeVisible();
    expect(await emulator.restores(tenantId)).toHaveLength(4);
    await wizard.step('Where').click();
    await expect(wizard.destination('To a new location')).toBeChecked();
    await wizard.step('What').click();
    await expect(wizard.units.getByRole('row').filter({ has: page.getByRole('gridcell') })).toHaveCount(1);
    await expect(wizard.units).toContainText(held.name);
  });

  await test.step('and started, it goes through', async () => {
    await wizard.step('Review').click();
    await wizard.start();
    await expect(restores.progress).toContainText('of 1', { timeout: 30_000 });
    await emulator.advance(3 * 3600);
    await expect(restores.artifact(held.name)).toContainText('Succeeded', { timeout: 60_000 });
    await expect(frame.statusBar).not.toContainText('running');
    const ofHeld = (await emulator.restores(tenantId)).filter(({ unitId }) => unitId === held.id);
    expect(ofHeld.map(({ destinationType, outcome }) => `${destinationType} ${outcome}`).toSorted()).toEqual([
      'inPlace failed',
      'new succeeded',
    ]);
  });
});
