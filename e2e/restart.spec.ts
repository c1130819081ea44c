import { expect, test } from './harness/fixtures.ts';
import { expectRestored } from './harness/expect-restored.ts';
import { Journey } from './pages/journey.ts';

test.use({ world: { units: 20 } });

test('killed in the middle of a restore, the console goes on from where it was: each unit exactly once', async ({
  open,
  emulator,
}) => {
  const { id: tenantId, displayName } = emulator.customer();
  await emulator.change(tenantId, { artifactFailures: 'none' });
  const restorable = (await emulator.units(tenantId)).filter(unit => unit.status === 'protected');
  const incident = await emulator.hoursAgo(5);

  await test.step('killed while the sessions are being drafted: one activation is slow, so not all are active', async () => {
    const console = await open();
    const journey = new Journey(console, emulator);
    await journey.toUnits();
    await journey.toReviewOfAll(incident, 'To a new location');
    // The second activation is done by the service, and its answer never arrives: what became of it has to be looked up.
    await emulator.fault({ method: 'POST', route: '/solutions/backupRestore/restoreSessions/{id}/activate' }, 'delay', {
      times: 3,
      ms: 4_000,
    });
    await journey.wizard.start();
    await expect.poll(async () => await activationsBegun()).toBeGreaterThan(0);
    await console.kill();
    expect((await emulator.restores(tenantId)).length).toBeLessThan(restorable.length);
  });

  await test.step('opened again: readable at once, says what holds the plan up, and goes on after the sign-in', async () => {
    const journey = new Journey(await open(), emulator);
    const { frame, page, restores } = journey;
    await expect(page.getByText('You are signed out.')).toBeVisible();
    await expect(journey.tenants.row(displayName)).toBeVisible();
    await journey.signIn.signIn(journey.technician);
    await journey.tenants.open(displayName);
    await frame.tab('Restores').click();
    await restores.openRow('Restore of 20 units');
    await expect(frame.statusBar).toContainText('3 restores running', { timeout: 45_000 });
    await emulator.advance(3 * 3600);
    for (const kind of ['site', 'drive', 'mailbox'] as const)
      await restores.expectDone(kind, restorable.filter(unit => unit.kind === kind).length);
  });

  await expectRestored(emulator, tenantId, restorable, incident, 'new');

  async function activationsBegun(): Promise<number> {
    const faults = await emulator.faults();
    return faults.reduce((sum, { struck }) => sum + struck, 0);
  }
});
