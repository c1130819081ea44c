import { expect, test } from './harness/fixtures.ts';
import { pickUnits } from './pages/chosen-units.ts';
import { Journey } from './pages/journey.ts';

test.use({ world: { units: 20 } });

/** 240 characters: with a word that nothing can break, as names of sites and directories may be. */
const LONG =
  `Société Générale des ${'Wasserwirtschaftsverbandsgeschäftsstelle'.repeat(4)} 日本語の長い名前 ${'ÅÄÖ '.repeat(10)}`.slice(
    0,
    240,
  );

test('names of any length are cut where they stand, whole on hover, and never push anything out of the window', async ({
  open,
  emulator,
}) => {
  const { id: tenantId } = emulator.customer();
  const [site, drive, mailbox] = [
    ...pickUnits(await emulator.units(tenantId), 'site', 1),
    ...pickUnits(await emulator.units(tenantId), 'drive', 1),
    ...pickUnits(await emulator.units(tenantId), 'mailbox', 1),
  ];
  await emulator.change(tenantId, { displayName: `Tenant ${LONG}` });
  await emulator.put(tenantId, 'siteProtectionUnits', [{ id: site?.id, siteName: `Site ${LONG}` }]);
  await emulator.put(tenantId, 'driveProtectionUnits', [{ id: drive?.id, displayName: `Drive ${LONG}` }]);
  await emulator.put(tenantId, 'mailboxProtectionUnits', [{ id: mailbox?.id, displayName: `Mailbox ${LONG}` }]);
  const console = await open();
  const journey = new Journey(console, emulator);
  const { frame, page, protection, restores, tenants, wizard } = journey;

  const fits = async (view: string): Promise<void> => {
    const tenantName = frame.bar.getByTitle(`Tenant ${LONG}`);
    for (const [width, height] of [
      // 1280 x 800 at 150 %.
      [853, 533],
      [1024, 768],
      [1280, 800],
      [1920, 1080],
    ] as const) {
      await page.setViewportSize({ width, height });
      await expect
        .poll(() => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), {
          message: `${view} at ${width}`,
        })
        .toBeLessThanOrEqual(0);
      // Whose tenant it is stays to be read wherever something can be changed.
      if (await tenantName.isVisible())
        expect((await tenantName.boundingBox())?.width, `the tenant's name, ${view} at ${width}`).toBeGreaterThan(150);
    }
    await page.setViewportSize({ width: 1280, height: 800 });
  };

  await journey.toSignedIn();
  await tenants.openAdd();
  await tenants.addButton(`Tenant ${LONG}`).click();
  await expect(tenants.addedNow.getByRole('listitem')).toHaveCount(1);
  await fits('adding tenants');
  await tenants.close();
  await expect(tenants.row('Tenant Société')).toBeVisible();
  await fits('home');
  await tenants.table.getByText('Tenant Société').click();
  await frame.bar.getByRole('button', { name: /^Sync Tenant/ }).click();
  await frame.synced();
  await expect(protection.table).toBeVisible();
  for (const word of ['Site', 'Drive', 'Mailbox']) {
    await protection.filter(`${word} Société`);
    await expect(protection.rows).toHaveCount(1);
    await expect(protection.table.getByTitle(`${word} ${LONG}`.trim())).toBeVisible();
    await protection.rows.first().click();
    await protection.toggle(0);
  }
  await protection.filter('');
  await expect(protection.selected(3)).toBeVisible();
  await expect(page.getByRole('complementary', { name: /^Details of/ })).toBeVisible();
  await fits('protection');

  await protection.restoreButton.click();
  await wizard.makeCertain(await emulator.hoursAgo(4));
  await fits('the wizard, when');
  await wizard.toReview('In place');
  await fits('the wizard, review');
  // The name to be typed stands there whole, and can be typed.
  await wizard.typedName.fill(`Tenant ${LONG}`);
  await wizard.start();
  await expect(restores.artifactRows.first()).toBeVisible({ timeout: 45_000 });
  await fits('the restore');
  await frame.tab('Restores').click();
  await expect(restores.list).toBeVisible();
  await fits('all restores');

  // The sessions of one tenant differ by their kind alone: the name gives way to it.
  await frame.goToTenants();
  const cards = tenants.running.getByRole('button');
  await expect(cards).toHaveCount(3);
  for (const kind of ['sites', 'OneDrive', 'mailboxes']) {
    const card = cards.filter({ has: page.getByText(kind, { exact: true }) });
    await expect(card).toHaveCount(1);
    const [outer, inner] = [await card.boundingBox(), await card.getByText(kind, { exact: true }).boundingBox()];
    if (outer === null || inner === null) throw new Error(`The card of ${kind} has no place.`);
    expect(inner.x + inner.width).toBeLessThanOrEqual(outer.x + outer.width);
    expect(await card.getByText(kind, { exact: true }).evaluate(word => word.scrollWidth - word.clientWidth)).toBe(0);
  }
});
