import type { Emulator } from './harness/emulator.ts';
import { expect, test } from './harness/fixtures.ts';
import { Journey } from './pages/journey.ts';

// Half a minute each where the machine is free; other work on it makes them wait.
test.describe.configure({ timeout: 180_000 });
test.use({ world: { units: 30, tenants: 1, timeScale: 15 } });

const UNITS = '/solutions/backupRestore/protectionUnits/*';

/** Lets twenty minutes pass, so that a new sync can be told from the last, and waits until the console knows. */
async function age({ frame }: Journey, emulator: Emulator): Promise<void> {
  await emulator.advance(1_200);
  await expect
    .poll(async () => {
      const shown = (await frame.statusBar.locator('time').getAttribute('title')) ?? '';
      const ahead = (await emulator.now()).getTime() - new Date(shown.replace(' UTC', 'Z').replace(' ', 'T')).getTime();
      return Math.abs(ahead) < 300_000;
    })
    .toBe(true);
}

/** A sync that works, seen by its age. */
async function syncAnew(journey: Journey, emulator: Emulator): Promise<void> {
  await age(journey, emulator);
  await journey.frame.syncButton(emulator.customer().displayName).click();
  await expect(journey.frame.bar).toContainText(/synced (just now|\d min ago)/, { timeout: 45_000 });
}

test('answers of a sync that can’t be read: a sentence and a next step, what is known stays, and the next sync works', async ({
  open,
  emulator,
}) => {
  const { id: tenantId, displayName } = emulator.customer();
  const journey = new Journey(await open(), emulator);
  const { frame, page, protection } = journey;
  await journey.toUnits();
  const unreadable = page.getByText('The answer could not be read.');
  const protectedCount = await protection.tile('protected').textContent();

  for (const effect of ['malformed', 'truncated'] as const) {
    await test.step(`${effect}, once: nobody notices`, async () => {
      await emulator.fault({ tenantId, route: UNITS }, effect, { times: 1 });
      await syncAnew(journey, emulator);
      await expect(unreadable).toBeHidden();
      expect((await emulator.faults()).map(({ struck }) => struck)).toEqual([1]);
      await emulator.clearFaults();
    });

    await test.step(`${effect}, each time: said, and nothing is lost`, async () => {
      await age(journey, emulator);
      await emulator.fault({ tenantId, route: UNITS }, effect, {});
      await frame.syncButton(displayName).click();
      await expect(unreadable).toBeVisible({ timeout: 60_000 });
      await expect(
        page.getByText('Try again; if it stays, check the network between here and Microsoft Graph.'),
      ).toBeVisible();
      await expect(protection.order).toContainText('30 of 30');
      await expect(protection.tile('protected')).toHaveText(protectedCount ?? '');
      await emulator.clearFaults();
    });

    await test.step('and again, once it can be read', async () => {
      await syncAnew(journey, emulator);
      await expect(unreadable).toBeHidden();
      await expect(protection.order).toContainText('30 of 30');
    });
  }
});

test('members and properties that this version does not know: shown as they came, and nothing falls over', async ({
  open,
  emulator,
}) => {
  const { id: tenantId } = emulator.customer();
  const journey = new Journey(await open(), emulator);
  const { protection, wizard } = journey;

  await test.step('properties: as if they were not there', async () => {
    await emulator.fault({ tenantId, route: '/solutions/backupRestore*' }, 'unknownProperty', {});
    await journey.toUnits();
    await expect(protection.order).toContainText('30 of 30');
    await expect(protection.tile('newest not yet asked')).toHaveAccessibleName('0 of 30 newest not yet asked');
    await emulator.clearFaults();
  });

  const protectedCount = await protection.tile('protected').textContent();
  await test.step('a state of units: in the service’s own word, each unit still there', async () => {
    await emulator.fault({ tenantId, route: UNITS }, 'unknownEnumMember', {});
    await syncAnew(journey, emulator);
    await expect(protection.order).toContainText('30 of 30');
    await expect(protection.rows.first()).toContainText('memberOfNextYear');
    await expect(protection.tile('protected')).toHaveAccessibleName('0 of 30 protected');
    await emulator.clearFaults();
  });

  await test.step('it can be restored from all the same: the points say what is there', async () => {
    await protection.toggle(0);
    await expect(protection.selected(1)).toBeVisible();
    await protection.restoreButton.click();
    await wizard.expectStep('When');
    await wizard.typeIncident(await emulator.hoursAgo(5));
    await wizard.expectCount('All', 1);
    await wizard.saveAndClose.click();
  });

  await test.step('the next answer in known words puts it right', async () => {
    await journey.frame.tab('Protection').click();
    await syncAnew(journey, emulator);
    await expect(protection.tile('protected')).toHaveText(protectedCount ?? '');
  });
});
