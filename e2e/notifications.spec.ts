import { expect, test } from './harness/fixtures.ts';
import { pickUnits } from './pages/chosen-units.ts';
import { Journey } from './pages/journey.ts';
import { NotificationsPage } from './pages/notifications.ts';
import { selectUnits } from './pages/select-units.ts';

test.describe.configure({ timeout: 180_000 });
test.use({ world: { units: 30, tenants: 1, timeScale: 15 } });

const HOUR = 3_600;
const LOCKED = { serviceStatus: { status: 'restoreLocked', disableReason: 'invalidBillingProfile' } };
const UNLOCKED = { serviceStatus: { status: 'enabled', disableReason: 'none' } };

test.skip(
  ({ host }) => host === 'electron',
  'The system shows them there, where no test can look; main/shell’s own tests do.',
);

test('a restore that ends with failures is told, and a click leads to it; a browser that refuses is said', async ({
  open,
  emulator,
}) => {
  const { id: tenantId, displayName } = emulator.customer();
  const sites = pickUnits(await emulator.units(tenantId), 'site', 2);
  const [held] = sites;
  if (held === undefined) throw new Error('The tenant has no site.');
  await emulator.put(
    tenantId,
    'siteProtectionUnits',
    sites.map(({ id }) => ({ id, hold: id === held.id, gone: false })),
  );
  const journey = new Journey(await open(), emulator);
  const { frame, page, protection, restores, wizard } = journey;
  const notifications = new NotificationsPage(page);
  await journey.toUnits();

  await test.step('permission is asked by a click alone, and a refusal says what to do', async () => {
    await notifications.standIn('default', 'denied');
    await frame.goToSettings();
    await notifications.test();
    await expect(notifications.testResult).toContainText('The browser blocks notifications of this address.');
    expect(await notifications.shown()).toEqual([]);
    await notifications.standIn('default', 'granted');
    await notifications.test();
    await expect(notifications.testResult).toHaveText('The browser says that it showed the notification.');
    expect(await notifications.titles()).toEqual(['Backstop']);
  });

  await test.step('the restore ends, and is told with its numbers', async () => {
    await frame.goToTenants();
    await journey.tenants.open(displayName);
    await selectUnits(protection, 'site', sites);
    await protection.restoreButton.click();
    await wizard.makeCertain(await emulator.hoursAgo(4));
    // A site under a hold can't be restored in place.
    await wizard.toReview('In place');
    await wizard.typedName.fill(displayName);
    await wizard.start();
    await expect(restores.progress).toContainText('of 2', { timeout: 30_000 });
    await frame.goToTenants();
    await emulator.advance(3 * HOUR);
    await expect
      .poll(async () => (await notifications.shown()).at(-1), { timeout: 60_000 })
      .toEqual({
        title: `Restore finished with failures: ${displayName}`,
        body: expect.stringMatching(/: 1 of 2 units failed\.$/),
      });
  });

  await test.step('a click opens it; behind the bell it stands too, and leads there as well', async () => {
    await notifications.clickLast();
    await expect(restores.artifact(held.name)).toContainText('Failed');
    await frame.goToTenants();
    await expect(notifications.bell).toHaveAccessibleName('Notifications, 1 new');
    await notifications.bell.click();
    await expect(notifications.bell).toHaveAccessibleName('Notifications');
    await expect(notifications.recent).toHaveCount(1);
    await notifications.recent.getByRole('button').click();
    await expect(restores.artifact(held.name)).toContainText('Failed');
  });
});

test('a tenant that turns restore-locked is told once, over syncs and a restart', async ({ open, emulator }) => {
  const { id: tenantId, displayName } = emulator.customer();
  const console = await open();
  const journey = new Journey(console, emulator);
  const notifications = new NotificationsPage(journey.page);
  await journey.toUnits();
  await notifications.standIn('granted');
  // A test notification has gone all the way: what the sync has told before was judged.
  await journey.frame.goToSettings();
  await notifications.test();
  await expect(notifications.testResult).toHaveText(/showed the notification/);
  await journey.frame.goToTenants();
  await journey.tenants.open(displayName);
  await emulator.change(tenantId, LOCKED);
  await journey.sync();
  await expect
    .poll(() => notifications.titles(), { timeout: 45_000 })
    .toEqual(['Backstop', `${displayName} is critical`]);
  expect((await notifications.shown()).at(-1)?.body).toContain('Restore-locked: billing profile invalid.');
  await journey.sync();
  await console.close();

  const again = new Journey(await open(), emulator);
  const told = new NotificationsPage(again.page);
  await told.standIn('granted');
  await told.bell.click();
  await expect(told.recent).toHaveCount(1);
  await told.recent.getByRole('button').click();
  await again.signIn.signIn(again.technician);
  await again.sync();
  await emulator.change(tenantId, UNLOCKED);
  await again.sync();
  await emulator.change(tenantId, LOCKED);
  await again.sync();
  // Only now it turned again.
  await expect.poll(() => told.titles(), { timeout: 45_000 }).toEqual([`${displayName} is critical`]);
});

test('quiet hours hold back what happens, and tell it at their end', async ({ open, emulator }) => {
  const { id: tenantId, displayName } = emulator.customer();
  const journey = new Journey(await open(), emulator);
  const { frame, page, settings } = journey;
  const notifications = new NotificationsPage(page);
  await journey.toUnits();
  await notifications.standIn('granted');
  const tokyo = async (hours: number): Promise<string> => {
    const at = new Date((await emulator.now()).getTime() + hours * HOUR * 1_000);
    return at.toLocaleTimeString('en-GB', { timeZone: 'Asia/Tokyo', hour: '2-digit', minute: '2-digit' });
  };

  await test.step('set in one’s own zone, critical ones too; two equal times are refused', async () => {
    await frame.goToSettings();
    await settings.chooseZone('Asia/Tokyo');
    await notifications.setOption(/^Tell nothing in the quiet hours/, true);
    await notifications.typeQuiet('09:00', '09:00');
    await expect(notifications.card).toContainText('The two times are the same.');
    await notifications.typeQuiet(await tokyo(-2), await tokyo(2));
    await notifications.setOption(/^Tell what is critical all the same/, false);
    await expect(notifications.bell).toHaveAccessibleName('Notifications, quiet hours');
  });

  await test.step('what happens is held, and stands behind the bell', async () => {
    await frame.goToTenants();
    await journey.tenants.open(displayName);
    await emulator.change(tenantId, LOCKED);
    await journey.sync();
    await expect(notifications.bell).toHaveAccessibleName('Notifications, 1 new, quiet hours', { timeout: 45_000 });
    await notifications.bell.click();
    await expect(page.getByText('Quiet hours: 1 notification held until they end.')).toBeVisible();
    await expect(notifications.recent).toContainText([`${displayName} is critical`]);
    await page.keyboard.press('Escape');
    expect(await notifications.shown()).toEqual([]);
  });

  await test.step('their end tells it', async () => {
    await emulator.advance(3 * HOUR);
    await expect.poll(() => notifications.titles(), { timeout: 45_000 }).toEqual([`${displayName} is critical`]);
  });
});
