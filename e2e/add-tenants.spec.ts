import { expect, test } from './harness/fixtures.ts';
import { Journey } from './pages/journey.ts';

test.use({ world: { units: 10, tenants: 3 } });

test('tenants are added once however often one presses, one that is there is said to be, and Escape always closes', async ({
  open,
  emulator,
}) => {
  const [first, second] = [emulator.customer(0), emulator.customer(1)];
  const journey = new Journey(await open(), emulator);
  const { page, tenants } = journey;
  await journey.toSignedIn();

  await test.step('a double click adds, and stops nothing', async () => {
    await tenants.openAdd();
    await tenants.addButton(first.displayName).dblclick();
    await expect(tenants.addedNow.getByRole('listitem')).toHaveCount(1, { timeout: 30_000 });
    await expect(tenants.addedNow).toContainText('Added');
    await expect(tenants.addedNow).toContainText(first.displayName);
  });

  await test.step('the focus is still on the button; Escape closes', async () => {
    await expect(tenants.dialog.getByRole('button', { name: `${first.displayName} is in the console` })).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(tenants.dialog).toBeHidden();
    await expect(tenants.row(first.displayName)).toBeVisible();
  });

  await test.step('by domain, pressed twice: listed once', async () => {
    await tenants.openAdd();
    await tenants.addByName(second.domain, { presses: 2 });
    await expect(tenants.addedNow.getByRole('listitem')).toHaveCount(1, { timeout: 30_000 });
    await expect(tenants.addedNow.getByRole('listitem').filter({ hasText: second.displayName })).toContainText('Added');
  });

  await test.step('by domain, one that is there already: said so', async () => {
    await tenants.addByName(first.domain);
    const row = tenants.addedNow.getByRole('listitem').filter({ hasText: first.displayName });
    await expect(row).toContainText('Was there already', { timeout: 30_000 });
    await expect(tenants.addedNow.getByRole('listitem')).toHaveCount(2);
    await expect(tenants.dialog.getByRole('button', { name: 'Add', exact: true })).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(tenants.dialog).toBeHidden();
  });
});
