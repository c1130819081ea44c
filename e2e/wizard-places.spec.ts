import { expect, test } from './harness/fixtures.ts';
import { pickUnits } from './pages/chosen-units.ts';
import { Journey } from './pages/journey.ts';
import { selectUnits } from './pages/select-units.ts';

test.use({ world: { units: 30, tenants: 1 } });

test('each step of the wizard is a place: F5 stays, back and forward go by steps, and no former time is gone on with', async ({
  open,
  emulator,
}) => {
  const sites = pickUnits(await emulator.units(emulator.customer().id), 'site', 2);
  const journey = new Journey(await open(), emulator);
  const { page, protection, wizard } = journey;
  await journey.toUnits();
  await selectUnits(protection, 'site', sites);
  await protection.restoreButton.click();
  await wizard.makeCertain(await emulator.hoursAgo(5));

  await test.step('F5 on a step, also on one that the plan is past, lands on it with what was asked', async () => {
    await page.reload();
    await wizard.expectStep('When');
    await wizard.expectCount('Exact', 2);
    await wizard.next('where').click();
    await wizard.destination('To a new location').click();
    await expect(wizard.next('review')).toBeEnabled();
    await page.reload();
    await wizard.expectStep('Where');
    await expect(wizard.destination('To a new location')).toBeChecked();
  });

  await test.step('whoever comes to a step stands in it: the next Tab leads into it', async () => {
    const where = page.getByRole('group', { name: 'Step 3 of 4: where' });
    await expect(where).toBeFocused();
    await page.keyboard.press('Tab');
    await expect(where.locator(':focus')).toHaveCount(1);
  });

  await test.step('back and forward of the window go by steps and lose nothing', async () => {
    await wizard.next('review').click();
    await wizard.expectStep('Review');
    await page.goBack();
    await wizard.expectStep('Where');
    await page.goBack();
    await wizard.expectStep('When');
    await wizard.expectCount('Exact', 2);
    await page.goForward();
    await page.goForward();
    await wizard.expectStep('Review');
  });

  await test.step('with an unreadable date in the field, no way leads on with the former time', async () => {
    await wizard.step('When').click();
    await wizard.date.fill('25.1');
    await wizard.time.click();
    await expect(wizard.date).toHaveValue('25.1');
    await expect(wizard.next('where')).toHaveAccessibleDescription('Correct the incident time first.');
    await expect(wizard.step('Where')).toBeDisabled();
    await expect(wizard.step('Review')).toBeDisabled();
    await page.getByRole('button', { name: 'Back' }).click();
    await wizard.expectStep('What');
    await expect(wizard.step('Review')).toBeDisabled();
    await wizard.next('when').click();
    await expect(wizard.date).toHaveValue('25.1');
    await wizard.typeIncident(await emulator.hoursAgo(5));
    await expect(wizard.step('Review')).toBeEnabled();
  });
});
