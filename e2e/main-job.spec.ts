import { expect, test } from './harness/fixtures.ts';
import { csvRecords } from './harness/csv.ts';
import { expectRestored } from './harness/expect-restored.ts';
import { pickUnits } from './pages/chosen-units.ts';
import { Journey } from './pages/journey.ts';

/** A name that would run in a spreadsheet and in a page that does not escape it. */
const HOSTILE_NAME = '=HYPERLINK("https://evil.example","A") <img src=x onerror=alert(1)>';

test.use({ world: { units: 60, timeScale: 60 } });

test('the main job: from sign-in to a finished restore of twenty units, its report, and everything read again offline', async ({
  open,
  emulator,
}) => {
  test.setTimeout(240_000);
  const { id: tenantId, displayName } = emulator.customer();
  const known = await emulator.units(tenantId);
  const [hostile] = pickUnits(known, 'site', 1);
  if (hostile === undefined) throw new Error('The tenant has no site.');
  await emulator.change(tenantId, { artifactFailures: 'none' });
  await emulator.put(tenantId, 'siteProtectionUnits', [{ id: hostile.id, siteName: HOSTILE_NAME }]);
  const units = await emulator.units(tenantId);
  const unprotected = units.find(unit => unit.status !== 'protected');
  if (unprotected === undefined) throw new Error('Every unit of the tenant is protected.');
  const chosen = [...pickUnits(units, 'site', 7), ...pickUnits(units, 'drive', 7), ...pickUnits(units, 'mailbox', 6)];
  expect(chosen.map(({ name }) => name)).toContain(HOSTILE_NAME);

  const journey = new Journey(await open(), emulator);
  const { frame, page, protection, readiness, restores, tenants, wizard } = journey;

  await test.step('sign in, add a customer of the partner, ready', async () => {
    await expect(journey.signIn.heading).toBeVisible();
    await expect(frame.demoNote).toContainText('Demo tenants');
    await journey.toSignedIn();
    await expect(tenants.welcome).toBeVisible();
    await tenants.openAdd();
    await expect(tenants.customers.getByRole('listitem')).toHaveCount(3);
    await tenants.addCustomer(displayName);
    await tenants.openAdded(displayName);
    await frame.tenantMenu(displayName, 'Readiness');
    await expect(readiness.summary).toContainText('10 of 10 fine');
    await expect(readiness.lines.filter({ hasText: 'Fine' })).toHaveCount(10);
    await page.getByRole('button', { name: 'Protection', exact: true }).click();
  });

  await test.step('sync: every unit with its newest point', async () => {
    await journey.sync(displayName);
    await expect(protection.tile('protected')).toHaveAccessibleName(
      `${units.filter(unit => unit.status === 'protected').length} of 60 protected`,
    );
    await expect(protection.tile('newest not yet asked')).toHaveAccessibleName('0 of 60 newest not yet asked');
  });

  await test.step('filter and select twenty of the three kinds, and one without any point', async () => {
    await protection.orderByName();
    for (const kind of ['site', 'drive', 'mailbox'] as const) {
      await protection.show(kind);
      for (const { name } of [...chosen, unprotected].filter(unit => unit.kind === kind)) {
        await protection.toggleRow(name);
        await expect(protection.row(name)).toHaveAttribute('aria-selected', 'true');
      }
    }
    await protection.show('site');
    await protection.filter('hyperlink');
    await expect(protection.rows).toHaveCount(1);
    await expect(protection.row(HOSTILE_NAME)).toHaveAttribute('aria-selected', 'true');
    await protection.filter('');
    await expect(protection.selected(21)).toBeVisible();
    await protection.restoreButton.click();
  });

  const incident = await emulator.hoursAgo(5);
  await test.step('when: what is not known is asked for, and says its price before', async () => {
    await wizard.expectStep('When');
    await wizard.typeIncident(incident);
    await wizard.expectCount('Not yet asked', 20);
    await expect(wizard.askButton).toHaveText('Ask the service for 20 uncertain units (1 question)');
    await expect(wizard.next('where')).toBeDisabled();
    await wizard.askButton.click();
    await wizard.expectCount('Exact', 20);
    await wizard.expectCount('None exist', 1);
    await expect(wizard.askButton).toBeHidden();
    await wizard.chip('None exist').click();
    await expect(wizard.found(unprotected.name)).toContainText('None exists');
  });

  await test.step('where, and the review with what it found', async () => {
    await wizard.toReview('To a new location');
    await expect(wizard.finding('1 unit is left out')).toContainText(unprotected.name);
    await expect(wizard.finding('No unit is being restored by another session')).toContainText(
      '0 sessions active of 25',
    );
    await expect(wizard.finding('Holds can’t be seen before')).toBeVisible();
    await expect(wizard.plan).toContainText(displayName);
    await expect(wizard.startButton).toHaveText('Start restore of 20 units to a new location');
    await wizard.start();
  });

  await test.step('followed to its end', async () => {
    await expect(frame.statusBar).toContainText('3 restores running');
    await expect(restores.session('site')).toContainText('of 7');
    await emulator.advance(3 * 3600);
    await restores.expectDone('site', 7);
    await restores.expectDone('drive', 7);
    await restores.expectDone('mailbox', 6);
    await expect(frame.statusBar).not.toContainText('running');
  });

  await test.step('each artifact says how it ended and where it went', async () => {
    for (const kind of ['site', 'drive', 'mailbox'] as const) {
      await restores.session(kind).click();
      const ofKind = chosen.filter(unit => unit.kind === kind);
      await expect(restores.artifactRows).toHaveCount(ofKind.length);
      await expect(restores.progress).toContainText('Completed');
      for (const { name } of ofKind) {
        await expect(restores.artifact(name)).toContainText('Succeeded');
        await expect(restores.artifact(name)).toContainText(
          kind === 'mailbox' ? /restored to |nothing was restored/i : /Restored to https:\/\//,
        );
      }
    }
  });

  await test.step('the service restored each unit exactly once, from the newest point before the incident', async () => {
    await expectRestored(emulator, tenantId, chosen, incident, 'new');
  });

  await test.step('the report as CSV: every unit, its point, its result, and nothing that runs', async () => {
    const { fileName, text } = await restores.report('CSV');
    expect(fileName).toMatch(/^restore-report-[a-z0-9.-]+-\d{4}-\d{2}-\d{2}T\d{4}\.csv$/);
    expect(text.startsWith('\uFEFF')).toBe(true);
    const records = csvRecords(text);
    expect(records).toHaveLength(21);
    for (const unit of chosen) {
      const record = records.find(row => row['unit id'] === unit.id);
      const point = await emulator.newestBefore(tenantId, unit.id, incident);
      expect(record).toMatchObject({
        result: 'Restored',
        'tenant id': tenantId,
        // An id that begins like a formula gets the apostrophe too.
        'restore point id': point?.id.replace(/^(?=[-=+@])/, "'"),
        'point time (UTC)': `${point?.protectionDateTime.slice(0, 19)}Z`,
        'incident time (UTC)': incident.toISOString().replace('.000Z', 'Z'),
        destination: 'to a new location',
        'started by': journey.technician,
      });
    }
    expect(records.find(row => row['unit id'] === unprotected.id)?.['result']).toBe('Left out: no point');
    expect(records.find(row => row['unit id'] === hostile.id)?.['unit']).toBe(`'${HOSTILE_NAME}`);
    for (const cell of records.flatMap(row => Object.values(row))) expect(cell).not.toMatch(/^[=+@\t\r-]/);
  });

  await test.step('the report as a page: escaped, without script, read in a browser', async () => {
    const { path, text } = await restores.report('HTML');
    expect(text).not.toMatch(/<script|<img|onerror=alert\(1\)>\s*</i);
    const report = await page.context().newPage();
    await report.goto(`file://${path}`);
    await expect(report.getByRole('heading', { level: 1 })).toContainText('Restore report');
    const rows = report.getByRole('table').first().getByRole('row');
    await expect(rows).toHaveCount(22);
    for (const { name } of chosen) await expect(rows.filter({ hasText: name }).first()).toContainText('Restored');
    await expect(report.locator('script, img, iframe, link')).toHaveCount(0);
    await report.close();
  });

  await test.step('offline: said once, everything readable, a plan prepared and kept', async () => {
    await emulator.stop();
    await frame.syncButton(displayName).click();
    await expect(frame.offlineBanner).toBeVisible({ timeout: 30_000 });
    await expect(frame.bar).toContainText(/Offline, synced .* ago/);
    await expect(restores.artifactRows).not.toHaveCount(0);
    const { text } = await restores.report('CSV');
    expect(csvRecords(text)).toHaveLength(21);

    await frame.tab('Protection').click();
    await expect(protection.tile('protected')).toContainText('as of');
    await expect(protection.row(unprotected.name).first().or(protection.rows.first())).toBeVisible();
    await expect(protection.selected(21)).toBeVisible();
    await expect(page.getByRole('button', { name: 'Start a restore…' })).toBeDisabled();
    await protection.prepareButton.click();
    await wizard.expectStep('When');
    await wizard.typeIncident(incident);
    // What was asked for online is known offline.
    await wizard.expectCount('Exact', 20);
    await wizard.next('where').click();
    await wizard.destination('In place').click();
    await wizard.next('review').click();
    await expect(wizard.finding('There is no connection to Microsoft Graph')).toBeVisible({ timeout: 45_000 });
    await wizard.typedName.fill(displayName);
    await expect(wizard.startButton).toBeDisabled();
    await wizard.saveAndClose.click();
    await expect(restores.list).toBeVisible();
    await expect(restores.list.getByRole('row').filter({ hasText: 'in place' })).toHaveCount(1);
  });
});
