import { randomUUID } from 'node:crypto';
import { csvRecords } from './harness/csv.ts';
import type { Emulator } from './harness/emulator.ts';
import { expect, test } from './harness/fixtures.ts';
import { GapsPage } from './pages/gaps.ts';
import { Journey } from './pages/journey.ts';
import { PoliciesPage } from './pages/policies.ts';

test.use({ world: { units: 40 } });

const HOUR = 3_600;
const DAILY_SCOPES = [
  ...['Control', 'Configuration', 'Search', 'Restore'].map(part => `BackupRestore-${part}.Read.All`),
  'BackupRestore-Restore.ReadWrite.All',
];
const DIRECTORY_SCOPES = ['User.Read.All', 'Group.Read.All', 'Sites.Read.All'];

/** What a morning may bring: people and a site in no policy, a guest, units late and in error, and a rule that failed. */
async function putTrouble(emulator: Emulator, tenantId: string): Promise<{ policyId: string; names: string[] }> {
  const names = ['Ada', 'Bo', 'Cyrill', 'Dagny', 'Eskil'].map(given => `${given} Newcomer`);
  await emulator.put(tenantId, 'users', [
    ...names.map(displayName => ({
      id: randomUUID(),
      displayName,
      mail: `${displayName.toLowerCase().replaceAll(' ', '.')}@newcomers.example`,
    })),
    { id: randomUUID(), displayName: 'Gunilla Guest', mail: 'gunilla@partner.example', userType: 'Guest' },
  ]);
  await emulator.put(tenantId, 'sites', [
    {
      id: `contoso.example,${randomUUID()},${randomUUID()}`,
      displayName: '=SUM(Unguarded)',
      webUrl: 'https://contoso.example/sites/unguarded',
    },
  ]);
  const policyId = randomUUID();
  await emulator.put(tenantId, 'exchangeProtectionPolicies', [
    { id: policyId, displayName: 'Mailboxes of the board', status: 'active' },
  ]);
  const late = randomUUID();
  const unit = { policyId, history: 'none', status: 'protected' };
  await emulator.put(tenantId, 'mailboxProtectionUnits', [
    { ...unit, id: late, directoryObjectId: randomUUID(), displayName: 'Late Larsson', email: 'late@contoso.example' },
    {
      ...unit,
      id: randomUUID(),
      directoryObjectId: randomUUID(),
      displayName: 'Broken Borg',
      email: 'broken@contoso.example',
      status: 'unprotected',
      error: { code: 'QuotaExceeded', message: 'You have exceeded the backup quota.' },
    },
  ]);
  await emulator.put(tenantId, 'restorePoints', [
    { id: randomUUID(), protectionUnitId: late, protectionDateTime: (await emulator.hoursAgo(6)).toISOString() },
  ]);
  await emulator.put(tenantId, `exchangeProtectionPolicies/${policyId}/mailboxInclusionRules`, [
    {
      id: randomUUID(),
      mailboxExpression: `(memberOf -any (group.id -in ['${randomUUID()}']))`,
      isAutoApplyEnabled: false,
      status: 'completedWithErrors',
      error: { code: 'invalidGroupId', message: 'The group was not found.' },
    },
  ]);
  return { policyId, names };
}

test('the gaps of a tenant: read, told apart, mended, handed over, and readable offline', async ({
  open,
  emulator,
}) => {
  const { id: tenantId, displayName } = emulator.customer();
  const { policyId, names } = await putTrouble(emulator, tenantId);
  await emulator.change(tenantId, { consentedScopes: DAILY_SCOPES });
  const journey = new Journey(await open(), emulator);
  const { frame, page } = journey;
  const gaps = new GapsPage(page);
  const policies = new PoliciesPage(page);
  await journey.toUnits();
  await frame.openTab('Gaps');

  await test.step('units that are late and in error stand there before the directory was read', async () => {
    await expect(gaps.said('Users: never read')).toBeVisible();
    await expect(gaps.row('Late Larsson')).toContainText(/Newest point of .*, 6 h.* old when asked at/);
    await expect(gaps.row('Broken Borg')).toContainText('Its mailbox has no room left for backups (QuotaExceeded)');
    await expect(gaps.row('Ada Newcomer')).toHaveCount(0);
    await expect(frame.tab('Gaps')).toHaveText(/^Gaps\d+$/);
  });

  await test.step('without consent to the directory the next step is told, and rules are read all the same', async () => {
    await gaps.readButton.click();
    await expect(gaps.said(/has not consented to Backstop/)).toBeVisible();
    await expect(gaps.said(/User\.Read\.All and Sites\.Read\.All|Sites\.Read\.All and User\.Read\.All/)).toBeVisible();
    await expect(page.getByRole('main').getByRole('button', { name: `Sign in to ${displayName}` })).toBeVisible();
    await expect(gaps.said('Users: never read')).toBeVisible();
    await gaps.chip('Failed rules').click();
    await expect(gaps.rows).toHaveCount(1);
    await expect(gaps.rows).toContainText(
      'Static rule ended with errors: the service does not find a group that it names (invalidGroupId)',
    );
  });

  await test.step('with it, people and sites in no policy are listed; a guest is left out, and says why', async () => {
    await emulator.change(tenantId, {
      consentedScopes: [...DAILY_SCOPES, ...DIRECTORY_SCOPES, 'BackupRestore-Configuration.ReadWrite.All'],
    });
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect(gaps.said(/Users: [\d,]+ read/)).toBeVisible();
    await expect(gaps.said(/has not consented to Backstop/)).toHaveCount(0);
    await gaps.chip('Unprotected').click();
    await gaps.filter.fill('newcomer');
    await expect(gaps.rows).toHaveCount(5);
    await expect(gaps.row('Ada Newcomer')).toContainText('OneDrive and mailbox in no policy');
    await gaps.filter.fill('guest');
    await expect(gaps.said('No gap matches these filters.')).toBeVisible();
    await gaps.chip('Left out').click();
    await expect(gaps.row('Gunilla Guest')).toContainText('Guest account');
    await page.getByRole('button', { name: 'What counts as a gap' }).click();
    await expect(gaps.said(/Counted are member accounts that are enabled/)).toBeVisible();
    await page.getByRole('button', { name: 'Hide what counts' }).click();
  });

  await test.step('five people come into a policy from the list, and leave it', async () => {
    await gaps.chip('Unprotected').click();
    await gaps.kind('Mailboxes');
    await gaps.filter.fill('newcomer');
    for (const name of names) await gaps.select(name);
    await expect(gaps.selected(5)).toBeVisible();
    await gaps.command('Add to a policy…').click();
    await policies.dialog.getByRole('radio', { name: /^Mailboxes of the board .*takes 5 mailboxes/ }).click();
    await policies.preview();
    await expect(policies.effects).toContainText('5 mailboxes gain protection');
    await policies.send('Add the units');
    await policies.close();
    await expect(gaps.said('No gap matches these filters.')).toBeVisible();
    // Their OneDrives are gaps still, so they stay selected; that nothing shows them is said.
    await expect(gaps.said('5 of them not in this list')).toBeVisible();
    expect(
      (await emulator.mailboxesOf(tenantId, policyId)).filter(({ email }) => email?.includes('newcomer')),
    ).toHaveLength(5);
    await gaps.kind('OneDrives');
    await expect(gaps.rows).toHaveCount(5);
    await gaps.kind('Any kind');
    await gaps.command('Clear').click();
  });

  await test.step('a late unit is asked about again, once its cost was said', async () => {
    await gaps.filter.fill('');
    await gaps.chip('Late').click();
    await emulator.put(tenantId, 'restorePoints', [
      {
        id: randomUUID(),
        protectionUnitId: (await emulator.units(tenantId)).find(({ name }) => name === 'Late Larsson')?.id,
        protectionDateTime: (await emulator.now()).toISOString(),
      },
    ]);
    await emulator.advance(HOUR / 2);
    await gaps.select('Late Larsson');
    await gaps.command('Ask again…').click();
    await expect(gaps.said('Asks for their newest points: 1 unit, 1 question.')).toBeVisible();
    await gaps.command('Ask').click();
    await expect(gaps.row('Late Larsson')).toHaveCount(0);
  });

  await test.step('what is in error leaves its policy, to be added again', async () => {
    await gaps.chip('In error').click();
    await gaps.select('Broken Borg');
    await gaps.command('Remove from the policy…').click();
    await expect(policies.effects).toContainText('1 mailbox');
    await policies.typeName(displayName);
    await policies.send('Remove the units');
    await policies.close();
    await emulator.advance(2 * HOUR);
    expect((await emulator.mailboxesOf(tenantId, policyId)).map(({ email }) => email)).not.toContain(
      'broken@contoso.example',
    );
    // Mended, it has left the list and the selection.
    await expect(gaps.row('Broken Borg')).toHaveCount(0);
    await expect(gaps.said('None selected')).toBeVisible();
  });

  await test.step('the rule is run again from its row', async () => {
    await gaps.chip('Failed rules').click();
    await gaps.rows.click({ modifiers: ['ControlOrMeta'] });
    await gaps.command('Run the rule again…').click();
    await expect(policies.effects).toBeVisible();
    await policies.send('Run the rule');
    await policies.close();
  });

  await test.step('a CSV that is safe in a spreadsheet, and a report for the customer', async () => {
    await gaps.chip('Unprotected').click();
    await gaps.kind('Sites');
    const csv = await gaps.export('CSV');
    expect(csv.fileName).toMatch(/^protection-gaps-.*\.csv$/);
    const records = csvRecords(csv.text);
    expect(records.map(record => record['name'])).toContain("'=SUM(Unguarded)");
    for (const record of records)
      expect(record).toMatchObject({ tenant: displayName, gap: 'Unprotected', kinds: 'Site' });
    const html = await gaps.export('HTML');
    expect(html.fileName).toMatch(/^protection-gaps-.*\.html$/);
    expect(html.text).not.toMatch(
      /<script|<link|<img|https?:\/\/(?!contoso\.example|[a-z-]+\.(sharepoint\.)?example)/i,
    );
    for (const words of [`Gaps in protection: ${displayName}`, 'Not protected by any policy', 'Read at'])
      expect(html.text).toContain(words);
    expect(html.text).not.toContain('Gunilla');
    expect(html.text).toContain('Guest account');
  });

  await test.step('at home it is a fact beside the state', async () => {
    await frame.goToTenants();
    await expect(journey.tenants.row(displayName)).toContainText(/\d+ users, \d+ sites? unprotected/);
    await journey.tenants.open(displayName);
    await frame.openTab('Gaps');
  });

  await test.step('offline the list stays as it was read, and says why nothing is asked', async () => {
    await gaps.kind('Any kind');
    await expect(gaps.rows.first()).toBeVisible();
    await emulator.stop();
    await gaps.readButton.click();
    await expect(frame.offlineBanner).toBeVisible({ timeout: 30_000 });
    await expect(page.getByRole('button', { name: 'Stop reading' })).toHaveCount(0);
    // Said once, by the banner; what can't be tried now is not offered.
    await expect(page.getByRole('button', { name: 'Try again' })).toHaveCount(0);
    await expect(gaps.rows.first()).toBeVisible();
    await expect(gaps.readButton).toBeDisabled();
    await expect(gaps.readButton).toHaveAccessibleDescription(/Needs a connection: the directory is read/);
    await gaps.filter.fill('newcomer');
    await expect(gaps.rows).toHaveCount(5);
    await gaps.select('Ada Newcomer');
    await expect(gaps.command('Add to a policy…')).toBeDisabled();
    expect((await gaps.export('HTML')).text).toContain('Gaps in protection');
  });
});
