import { expect, test } from './harness/fixtures.ts';
import { Journey } from './pages/journey.ts';

test.use({ world: { units: 10, tenants: 2 } });

test('signed out: said once, nothing looks as if it were asked, and what would ask says what it needs', async ({
  open,
  emulator,
}) => {
  const { displayName } = emulator.customer();
  const journey = new Journey(await open(), emulator);
  const { frame, page, protection, signIn } = journey;
  await journey.toUnits();
  await expect(frame.statusBar).toContainText('Online');
  await frame.accountButton.click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();

  await expect(page.getByText('You are signed out.')).toHaveCount(1);
  await expect(frame.statusBar).toContainText('Signed out, nothing is asked');
  await expect(frame.statusBar).not.toContainText('Online');
  await expect(frame.syncButton(displayName)).toBeDisabled();
  await expect(frame.syncButton(displayName)).toHaveAccessibleDescription(
    'Needs an account: units and sessions are read from Microsoft Graph. Sign in; what is known stays readable.',
  );
  await page.keyboard.press('F5');
  await expect(page.getByText('You are signed out.')).toHaveCount(1);
  await expect(protection.order).toContainText('10 of 10');

  await signIn.signIn(journey.technician);
  await expect(page.getByText('You are signed out.')).toBeHidden();
  await expect(frame.statusBar).toContainText('Online');
  await journey.sync();
});
