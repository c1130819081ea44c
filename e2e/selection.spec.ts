import { expect, test } from './harness/fixtures.ts';
import { pickUnits } from './pages/chosen-units.ts';
import { Journey } from './pages/journey.ts';

test.use({ world: { units: 40 } });

test('a selection survives filtering, ordering and a refresh', async ({ open, emulator }) => {
  const { id: tenantId, displayName } = emulator.customer();
  const units = await emulator.units(tenantId);
  const chosen = [...pickUnits(units, 'site', 2), ...pickUnits(units, 'mailbox', 3)];
  const journey = new Journey(await open(), emulator);
  const { frame, page, protection } = journey;
  await journey.toUnits();
  await protection.orderByName();

  for (const kind of ['site', 'mailbox'] as const) {
    await protection.show(kind);
    for (const { name } of chosen.filter(unit => unit.kind === kind)) await protection.toggleRow(name);
  }
  await expect(protection.selected(5)).toBeVisible();
  await expect(page.getByText('2 sites, 3 mailboxes')).toBeVisible();

  await test.step('filtering', async () => {
    await protection.show('drive');
    await expect(protection.selectAll).not.toBeChecked();
    await protection.filter('no unit is called this');
    await expect(page.getByText('No unit matches these filters.')).toBeVisible();
    await expect(protection.selected(5)).toBeVisible();
    await page.getByRole('button', { name: 'Show all units' }).click();
    await expect(protection.order).toContainText('40 of 40');
  });

  await test.step('a tile', async () => {
    const without = units.filter(unit => unit.status !== 'protected').length;
    await expect(protection.tile('without any point')).toHaveAccessibleName(`${without} of 40 without any point`);
    await protection.tile('without any point').click();
    await expect(protection.order).toContainText(`${without} of 40`);
    await expect(protection.rows).toHaveCount(without);
    await expect(protection.selected(5)).toBeVisible();
    await protection.tile('without any point').click();
    await expect(protection.order).toContainText('40 of 40');
  });

  await test.step('another tab, and back', async () => {
    await frame.tab('Restores').click();
    await expect(journey.restores.list).toBeVisible();
    await frame.tab('Protection').click();
    await expect(protection.selected(5)).toBeVisible();
  });

  await test.step('ordering', async () => {
    const names = (await protection.names().allTextContents()).slice(0, 5);
    expect(names).toEqual(names.toSorted((a, b) => a.localeCompare(b)));
    await protection.header('Name').click();
    await expect(protection.table.getByRole('columnheader', { name: 'Name' })).toHaveAttribute(
      'aria-sort',
      'descending',
    );
    await expect.poll(() => protection.names().first().textContent()).not.toBe(names[0]);
    await protection.header('Kind').click();
    await expect(protection.table.getByRole('columnheader', { name: 'Kind' })).toHaveAttribute(
      'aria-sort',
      'ascending',
    );
    await expect(protection.selected(5)).toBeVisible();
  });

  await test.step('a refresh', async () => {
    const before = (await emulator.requests()).http;
    await page.keyboard.press('F5');
    await expect.poll(async () => (await emulator.requests()).http).toBeGreaterThan(before);
    await expect(frame.syncButton(displayName)).toBeEnabled();
    await expect(protection.selected(5)).toBeVisible();
  });

  await test.step('the very same rows', async () => {
    await page.getByRole('button', { name: 'Show only these' }).or(page.getByText('Show only these')).click();
    await expect(protection.rows).toHaveCount(5);
    for (const { name, kind } of chosen)
      await expect(protection.row(name).filter({ has: protection.kindCell(kind) })).toHaveAttribute(
        'aria-selected',
        'true',
      );
  });

  await test.step('all of a filter at once, and none again', async () => {
    await page.getByText('Show all', { exact: true }).click();
    await protection.show('site');
    const sites = units.filter(unit => unit.kind === 'site').length;
    await protection.selectAll.click();
    await expect(protection.selected(sites + 3)).toBeVisible();
    await protection.selectAll.click();
    await expect(protection.selected(3)).toBeVisible();
    await page.getByText('Clear', { exact: true }).click();
    await expect(protection.selected(0)).toBeVisible();
    await expect(protection.restoreButton).toBeDisabled();
  });
});

test('by the keyboard alone: filter, move, select, open, close, sync, list the keys', async ({ open, emulator }) => {
  const [site] = pickUnits(await emulator.units(emulator.customer().id), 'site', 1);
  if (site === undefined) throw new Error('The tenant has no site.');
  const journey = new Journey(await open(), emulator);
  const { frame, page, protection } = journey;
  await journey.toUnits();
  const { keyboard } = page;

  await test.step('/ goes to the filter, Escape empties it and then leaves it', async () => {
    await protection.table.focus();
    await keyboard.press('/');
    await expect(protection.filterBox).toBeFocused();
    await keyboard.type(site.name);
    await expect(protection.order).not.toContainText('40 of 40');
    await keyboard.press('Escape');
    await expect(protection.filterBox).toHaveValue('');
    await keyboard.press('Escape');
    await expect(protection.filterBox).not.toBeFocused();
    await expect(protection.order).toContainText('40 of 40');
  });

  await test.step('arrows move, Space selects, Shift extends, Ctrl+A takes all', async () => {
    await protection.table.focus();
    const active = (row: number) =>
      expect(protection.table).toHaveAttribute('aria-activedescendant', new RegExp(`-row-${row}$`));
    await active(0);
    await keyboard.press('ArrowDown');
    await active(1);
    await keyboard.press('Space');
    await expect(protection.selected(1)).toBeVisible();
    await keyboard.press('Shift+ArrowDown');
    await keyboard.press('Shift+ArrowDown');
    await active(3);
    await expect(protection.selected(3)).toBeVisible();
    await keyboard.press('End');
    await active(39);
    await keyboard.press('Home');
    await active(0);
    await keyboard.press('ControlOrMeta+a');
    await expect(protection.selected(40)).toBeVisible();
    await keyboard.press('ControlOrMeta+a');
    await expect(protection.selected(0)).toBeVisible();
  });

  await test.step('Enter opens the panel, Escape closes it', async () => {
    await keyboard.press('ArrowDown');
    await keyboard.press('Enter');
    const panel = page.getByRole('complementary', { name: /^Details of/ });
    await expect(panel).toBeVisible();
    await expect(panel).toContainText('Newest point');
    await keyboard.press('Escape');
    await expect(panel).toBeHidden();
  });

  await test.step('F5 syncs, and does not reload the page', async () => {
    const before = (await emulator.requests()).http;
    await keyboard.press('F5');
    await expect.poll(async () => (await emulator.requests()).http).toBeGreaterThan(before);
    await frame.synced();
    await expect(protection.table).toBeVisible();
  });

  await test.step('? lists the keys, Escape closes the list and gives the focus back', async () => {
    await keyboard.press('?');
    const keys = page.getByRole('dialog', { name: 'Keys' });
    await expect(keys).toContainText('Filter units');
    await expect(keys).toContainText('Sync');
    await keyboard.press('Escape');
    await expect(keys).toBeHidden();
  });

  await test.step('a restore begins without a mouse', async () => {
    await protection.table.focus();
    await keyboard.press('ArrowDown');
    await keyboard.press('Space');
    await expect(protection.selected(1)).toBeVisible();
    await expect(protection.restoreButton).toBeEnabled();
    await protection.restoreButton.focus();
    await keyboard.press('Enter');
    await journey.wizard.expectStep('When');
  });
});
