import { z } from 'zod';
import type { Emulator } from './harness/emulator.ts';
import { expect, test } from './harness/fixtures.ts';
import { Journey } from './pages/journey.ts';

// Half a minute each where the machine is free; other work on it makes them wait.
test.describe.configure({ timeout: 180_000 });
test.use({ world: { units: 30, tenants: 2 } });

/** Every question is refused, and may be asked again after so many real seconds. */
const refusingAll = (seconds: number): object => ({ throttle: { questions: 0, seconds } });
const SEARCH = '/solutions/backupRestore/restorePoints/search';

/** Whether any unit has a point in the very second of a moment. */
async function hasPointAt(emulator: Emulator, tenantId: string, moment: Date): Promise<boolean> {
  const from = moment.toISOString();
  const to = new Date(moment.getTime() + 1_000).toISOString();
  for (const { id: unitId } of await emulator.units(tenantId)) {
    const query = new URLSearchParams({ tenantId, unitId, from, to });
    const points = await emulator.control('GET', `/points?${query.toString()}`);
    if (z.object({ value: z.array(z.unknown()) }).parse(points).value.length > 0) return true;
  }
  return false;
}

test('a sync that the service slows down says so and ends by itself; another tenant is not slowed', async ({
  open,
  emulator,
}) => {
  const slow = emulator.customer(0);
  const quick = emulator.customer(1);
  const journey = new Journey(await open(), emulator);
  const { frame, page, protection, tenants } = journey;
  await journey.toSignedIn();
  await tenants.openAdd();
  await tenants.addCustomer(slow.displayName);
  await tenants.addCustomer(quick.displayName);
  await tenants.openAdded(slow.displayName);

  await test.step('the sync waits, and says until when', async () => {
    await emulator.change(slow.id, refusingAll(4));
    await frame.syncButton(slow.displayName).click();
    await expect(frame.statusBar).toContainText(/slowed down by the service until .*\d\d:\d\d UTC/);
    await expect(frame.bar).toContainText('syncing');
  });

  await test.step('another tenant is synced meanwhile, and nothing there speaks of a pause', async () => {
    await frame.goToTenants();
    await tenants.open(quick.displayName);
    await journey.sync(quick.displayName);
    await expect(protection.order).toContainText('30 of 30');
    await expect(frame.statusBar).not.toContainText('slowed down');
  });

  await test.step('the pause over, the sync that waited ends by itself', async () => {
    await frame.goToTenants();
    await tenants.open(slow.displayName);
    await expect(frame.bar).toContainText('syncing');
    await expect(frame.statusBar).toContainText('slowed down by the service until');
    await emulator.change(slow.id, { throttle: null });
    await frame.synced();
    await expect(protection.order).toContainText('30 of 30');
    await expect(protection.tile('newest not yet asked')).toHaveAccessibleName('0 of 30 newest not yet asked');
    await expect(frame.statusBar).not.toContainText('slowed down');
    await expect(page.getByText('Microsoft Graph is slowing this tenant down.')).toBeHidden();
  });
});

test('asking that the service slows down says so, can be stopped, and asks nothing twice', async ({
  open,
  emulator,
}) => {
  const { id: tenantId } = emulator.customer();
  const journey = new Journey(await open(), emulator);
  const { frame, page, protection, wizard } = journey;
  await journey.toUnits();
  await protection.selectAll.click();
  await protection.restoreButton.click();
  await wizard.expectStep('When');
  const incident = await emulator.hoursAgo(5);
  // A search tells one point a unit, and its period is closed: where that is the incident's own second, one more asks what lies before.
  const more = (await hasPointAt(emulator, tenantId, incident)) ? 1 : 0;
  await wizard.typeIncident(incident);
  // 30 units are two searches of at most twenty.
  await expect(wizard.askButton).toHaveText(/^Ask the service for \d+ uncertain units \(2 questions\)$/);
  await emulator.change(tenantId, refusingAll(4));
  await emulator.control('DELETE', '/requests');

  await test.step('it says what it waits for', async () => {
    await wizard.askButton.click();
    await expect(frame.statusBar).toContainText(
      /Asking for points before the incident: 0 of \d+ units, slowed down by the service until .*\d\d:\d\d UTC/,
    );
    await expect(page.getByText(/^Asked about 0 of \d+ units/)).toBeVisible();
  });

  await test.step('stopped, it leaves the plan as it was', async () => {
    await page.getByRole('button', { name: 'Stop asking' }).click();
    await expect(wizard.askButton).toHaveText(/\(2 questions\)$/);
    await expect(frame.statusBar).not.toContainText('Asking for points');
  });

  await test.step('asked again, it ends by itself once the service answers', async () => {
    await wizard.askButton.click();
    await expect(frame.statusBar).toContainText('slowed down by the service until');
    await emulator.change(tenantId, { throttle: null });
    await wizard.expectCount('Not yet asked', 0);
    await wizard.expectCount('At least', 0);
    await expect(wizard.askButton).toBeHidden();
    const { byRoute } = await emulator.requests();
    const answered = byRoute.filter(({ route, status }) => route === SEARCH && status === 200);
    expect(answered.reduce((sum, { count }) => sum + count, 0)).toBe(2 + more);
  });
});

test('where the pauses do not end, the sync gives up with a reason; what is known stays, and the next one works', async ({
  open,
  emulator,
}) => {
  const { id: tenantId, displayName } = emulator.customer();
  const journey = new Journey(await open(), emulator);
  const { frame, page, protection } = journey;
  await journey.toUnits();
  await emulator.change(tenantId, refusingAll(1));
  await frame.syncButton(displayName).click();
  await expect(page.getByText('Microsoft Graph is slowing this tenant down.')).toBeVisible({ timeout: 45_000 });
  await expect(page.getByText(/Try again (after .*UTC|in a few minutes)\./)).toBeVisible();
  await expect(protection.order).toContainText('30 of 30');
  await emulator.change(tenantId, { throttle: null });
  await journey.sync(displayName);
  await expect(page.getByText('Microsoft Graph is slowing this tenant down.')).toBeHidden();
});
