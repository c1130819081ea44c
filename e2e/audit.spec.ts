import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { csvRecords } from './harness/csv.ts';
import { expect, test } from './harness/fixtures.ts';
import { AuditPage } from './pages/audit.ts';
import { pickUnits } from './pages/chosen-units.ts';
import { Journey } from './pages/journey.ts';

test.use({ world: { units: 12, timeScale: 60 } });

test('after a restore the audit shows every change, is searched, exported and verified, and tells a changed row', async ({
  open,
  emulator,
  profile,
}) => {
  const { id: tenantId, displayName } = emulator.customer();
  await emulator.change(tenantId, { artifactFailures: 'none' });
  const sites = pickUnits(await emulator.units(tenantId), 'site', 2);
  const console = await open();
  const journey = new Journey(console, emulator);
  const { frame, page, protection, restores, wizard } = journey;
  const audit = new AuditPage(page);

  await test.step('before any change, it says that there is none', async () => {
    await journey.toUnits();
    await frame.tab('Audit').click();
    await expect(audit.said('No change was made to this tenant through Backstop yet.')).toBeVisible();
    await frame.tab('Protection').click();
  });

  await test.step('a restore', async () => {
    await protection.orderByName();
    for (const { name } of sites) await protection.toggleRow(name);
    await protection.restoreButton.click();
    await wizard.makeCertain(await emulator.hoursAgo(4));
    await wizard.toReview('To a new location');
    await wizard.start();
    await expect(restores.progress).toContainText('of 2');
  });

  await test.step('stands in the audit of its tenant: when, who, what, how it ended', async () => {
    await frame.tab('Audit').click();
    await expect(audit.rows).toHaveCount(3);
    await expect(audit.rows.nth(0)).toContainText('Restore session started');
    await expect(audit.rows.nth(1)).toContainText('Restore session drafted');
    await expect(audit.rows.nth(2)).toContainText('Restore ordered');
    await expect(audit.rowsWith(journey.technician)).toHaveCount(3);
    await expect(audit.rowsWith('Done')).toHaveCount(2);
  });

  await test.step('a row opens to what it keeps, with the request id to copy', async () => {
    await audit.rows.nth(0).click();
    await expect(audit.panel).toContainText('Restore session started');
    await expect(audit.panel.getByRole('region', { name: 'After' })).toContainText('"outcome": "done"');
    await expect(audit.panel.getByRole('button', { name: 'Copy request id' })).toBeVisible();
    await audit.rows.nth(2).click();
    await expect(audit.panel).toContainText('None: nothing was asked of the service');
    await expect(audit.panel.getByRole('region', { name: 'After' })).toContainText('"destination": "new"');
    await audit.panel.getByRole('button', { name: 'Open the restore' }).click();
    await expect(restores.progress).toContainText('of 2');
  });

  await test.step('across tenants it is searched by words, by what, and by days', async () => {
    await frame.goToAudit();
    await expect(audit.rowsWith(displayName)).toHaveCount(3);
    await audit.search.fill('session drafted');
    await expect(audit.rows).toHaveCount(1);
    await audit.search.fill('');
    await audit.choose('What', 'Restore ordered');
    await expect(audit.rows).toHaveCount(1);
    await audit.choose('What', 'Every change');
    await audit.choose('Tenant', displayName);
    await audit.choose('Who', journey.technician);
    await expect(audit.rows).toHaveCount(3);
    await audit.typeDay('To day', '01.02.2020');
    await expect(audit.said('No change matches these filters.')).toBeVisible();
    await page.getByRole('button', { name: 'Show all changes' }).click();
    await expect(audit.rows).toHaveCount(3);
  });

  await test.step('it is exported as CSV and as JSON lines', async () => {
    const csv = await audit.export('CSV');
    expect(csv.fileName).toMatch(/^audit-all-tenants-\d{4}-\d{2}-\d{2}T\d{4}\.csv$/);
    const records = csvRecords(csv.text);
    expect(records.map(({ number, what }) => `${number} ${what}`)).toEqual([
      '1 Restore ordered',
      '2 Restore session drafted',
      '3 Restore session started',
    ]);
    for (const record of records) expect(record).toMatchObject({ tenant: displayName, who: journey.technician });
    const lines = (await audit.export('JSON lines')).text.trimEnd().split('\n');
    expect(lines).toHaveLength(3);
    expect(lines.join('')).not.toMatch(/eyJ|bearer/i);
  });

  await test.step('it is verified', async () => {
    await audit.verifyButton.click();
    await expect(audit.said('The audit is whole.')).toBeVisible();
    await expect(audit.said(/3 rows over all tenants/)).toBeVisible();
  });

  await test.step('a byte that was changed in the file is found, at its row', async () => {
    await console.close();
    const path = join(profile, 'work.db');
    const bytes = readFileSync(path);
    const at = bytes.indexOf('restoreSession.create');
    expect(at).toBeGreaterThan(0);
    bytes.write('R', at);
    writeFileSync(path, bytes);
    const again = await open();
    const tampered = new AuditPage(again.page);
    await new Journey(again, emulator).frame.goToAudit();
    await tampered.verifyButton.click();
    await expect(tampered.said('Row 2 was changed.')).toBeVisible();
    await again.page.getByRole('button', { name: 'Show row 2' }).click();
    await expect(tampered.panel).toContainText('RestoreSession.create');
  });
});
