import { randomUUID } from 'node:crypto';
import type { Emulator } from './harness/emulator.ts';
import { expect, test } from './harness/fixtures.ts';
import { Journey } from './pages/journey.ts';
import { PoliciesPage } from './pages/policies.ts';

test.use({ world: { units: 24 } });

interface Person {
  readonly id: string;
  readonly displayName: string;
  readonly email: string;
}

/** People that no policy protects yet, put into the tenant's directory. */
async function newPeople(emulator: Emulator, tenantId: string, names: readonly string[]): Promise<Person[]> {
  const people = names.map(displayName => ({
    id: randomUUID(),
    displayName,
    email: `${displayName.toLowerCase().replaceAll(' ', '.')}@newcomers.example`,
  }));
  await emulator.put(
    tenantId,
    'users',
    people.map(({ email, ...person }) => ({ ...person, mail: email, userPrincipalName: email })),
  );
  return people;
}

test('a policy from its creation to its end, with one unit that the service refuses', async ({ open, emulator }) => {
  const { id: tenantId, displayName } = emulator.customer();
  const [ada, bo] = await newPeople(emulator, tenantId, ['Adalind Newcomer', 'Bohumil Newcomer']);
  if (ada === undefined || bo === undefined) throw new Error('Two people are needed.');
  const journey = new Journey(await open(), emulator);
  const policies = new PoliciesPage(journey.page);
  const policyNow = async (name: string) =>
    (await emulator.policies(tenantId)).find(policy => policy.displayName === name);
  await journey.toUnits();
  await journey.frame.openTab('Policies');
  await expect(policies.list.getByRole('row')).not.toHaveCount(1);
  await expect(journey.page.getByText(/it can’t be set from here/)).toBeVisible();

  await test.step('created, inactive and empty', async () => {
    await policies.command('Create a policy…').click();
    await expect(policies.dialog).toContainText(displayName);
    await policies.dialog.getByRole('textbox', { name: 'Name' }).fill('Newcomers');
    await policies.dialog.getByRole('radio', { name: 'Exchange' }).click();
    await policies.dialog.getByRole('checkbox', { name: /^Activate it at once/ }).uncheck();
    await policies.preview();
    expect(await policyNow('Newcomers')).toBeUndefined();
    await policies.send('Create the policy');
    await policies.close();
    await expect(policies.heading('Newcomers')).toBeVisible();
    await expect(policies.facts('Newcomers')).toContainText('Inactive');
    expect((await policyNow('Newcomers'))?.status).toBe('inactive');
  });
  const policyId = (await policyNow('Newcomers'))?.id ?? '';

  await test.step('two people are added; one was taken by another policy meanwhile and is refused', async () => {
    await policies.command('Add units…').click();
    await policies.take(ada.displayName);
    await policies.take(bo.displayName);
    await policies.preview();
    await expect(policies.effects).toContainText('2 mailboxes come into an inactive policy');
    const other = randomUUID();
    await emulator.put(tenantId, 'exchangeProtectionPolicies', [
      { id: other, displayName: 'Taken by a colleague', status: 'active' },
    ]);
    await emulator.put(tenantId, 'mailboxProtectionUnits', [
      {
        id: randomUUID(),
        directoryObjectId: bo.id,
        displayName: bo.displayName,
        email: bo.email,
        policyId: other,
        status: 'protected',
      },
    ]);
    await policies.send('Add the units');
    await expect(policies.result(ada.displayName)).toContainText('Accepted');
    await expect(policies.result(bo.displayName)).toContainText('Refused');
    await expect(policies.result(bo.displayName)).toContainText('Another policy holds it.');
    await policies.close();
    await expect(policies.unit(ada.displayName)).toBeVisible();
    await expect(policies.unit(bo.displayName)).toHaveCount(0);
    expect((await emulator.mailboxesOf(tenantId, policyId)).map(({ email }) => email)).toEqual([ada.email]);
  });

  await test.step('activated', async () => {
    await emulator.advance(3600);
    await policies.command('Read it now').click();
    await policies.command('Activate…').click();
    await expect(policies.effects).toContainText('1 mailbox gains protection');
    await policies.send('Activate');
    await policies.close();
    await emulator.advance(2 * 3600);
    await policies.command('Read it now').click();
    await expect(policies.facts('Newcomers')).toContainText('Active');
    expect((await policyNow('Newcomers'))?.status).toBe('active');
  });

  await test.step('renamed', async () => {
    await policies.command('Rename…').click();
    await policies.dialog.getByRole('textbox', { name: 'New name' }).fill('Newcomers of November');
    await policies.preview();
    await policies.send('Rename');
    await policies.close();
    await expect(policies.heading('Newcomers of November')).toBeVisible();
    expect((await policyNow('Newcomers of November'))?.id).toBe(policyId);
  });

  await test.step('a unit is removed, with the tenant’s name typed', async () => {
    await emulator.advance(3600);
    await policies.command('Read it now').click();
    await policies.unit(ada.displayName).click({ modifiers: ['ControlOrMeta'] });
    await policies.command('Remove from the policy…').click();
    await expect(policies.effects).toContainText('1 mailbox loses protection');
    await expect(policies.dialog.getByRole('button', { name: 'Remove the units' })).toBeDisabled();
    await policies.typeName(displayName);
    await policies.send('Remove the units');
    await policies.close();
    await emulator.advance(2 * 3600);
    expect(await emulator.mailboxesOf(tenantId, policyId)).toEqual([]);
  });

  await test.step('deactivated, then deleted', async () => {
    await policies.command('Read it now').click();
    await policies.command('Deactivate…').click();
    await expect(policies.effects).toBeVisible();
    const typed = policies.dialog.getByRole('textbox', { name: /type the tenant’s name/ });
    if (await typed.isVisible()) await policies.typeName(displayName);
    await policies.send('Deactivate');
    await policies.close();
    await emulator.advance(2 * 3600);
    await policies.command('Read it now').click();
    await expect(policies.facts('Newcomers of November')).toContainText('Inactive');
    await policies.command('Delete…').click();
    await expect(policies.effects).toBeVisible();
    if (await typed.isVisible()) await policies.typeName(displayName);
    await policies.send('Delete the policy');
    await policies.close();
    await expect(policies.list).toBeVisible();
    await expect(policies.row('Newcomers of November')).toHaveCount(0);
    expect(await policyNow('Newcomers of November')).toBeUndefined();
  });
});

test('a CSV with wrong lines: each is named, and the rest goes on', async ({ open, emulator }) => {
  const { id: tenantId } = emulator.customer();
  const people = await newPeople(emulator, tenantId, ['Cyrill Newcomer', 'Dagny Newcomer', 'Eskil Newcomer']);
  const policyId = randomUUID();
  await emulator.put(tenantId, 'exchangeProtectionPolicies', [
    { id: policyId, displayName: 'Imported', status: 'inactive' },
  ]);
  const journey = new Journey(await open(), emulator);
  const policies = new PoliciesPage(journey.page);
  await journey.toUnits();
  await journey.frame.openTab('Policies');
  await policies.command('Read the policies now').click();
  await policies.open('Imported');
  await policies.command('Add units…').click();
  await policies.dialog.getByRole('radio', { name: 'CSV file' }).click();
  const [first, second, third] = people.map(({ email }) => email);
  const lines = [
    'Name;E-mail',
    `"Newcomer; Cyrill";${first ?? ''}`,
    'Formula;=1+1',
    `Dagny;${second ?? ''}`,
    'Nobody;not an address',
    `Cyrill again;${first ?? ''}`,
    `Eskil;${third ?? ''}`,
  ];
  await policies.dialog.locator('input[type=file]').setInputFiles({
    name: 'people.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(`\uFEFF${lines.join('\r\n')}\r\n`),
  });
  await expect(policies.dialog.getByRole('status')).toContainText('6 lines: 3 right, 3 wrong.');
  const wrong = (line: string) =>
    policies.wrongLines.getByRole('row').filter({ has: journey.page.getByText(line, { exact: true }) });
  await expect(wrong('3')).toContainText('Begins as a formula');
  await expect(wrong('5')).toContainText('Not an e-mail address');
  await expect(wrong('6')).toContainText('The same as line 2.');

  await policies.preview();
  await expect(policies.problems).toContainText('3 lines of the list are wrong and not sent');
  await policies.dialog.getByRole('button', { name: 'Add the units' }).click();
  await expect(async () => {
    await emulator.advance(1800);
    await expect(policies.dialog.getByText(/^Ended:/)).toBeVisible({ timeout: 5_000 });
  }).toPass({ timeout: 90_000 });
  await policies.close();
  await expect
    .poll(async () => new Set((await emulator.mailboxesOf(tenantId, policyId)).map(({ email }) => email)))
    .toEqual(new Set(people.map(({ email }) => email)));
});

test('what keeps policies from being changed is said on the command', async ({ open, emulator }) => {
  const { id: tenantId, displayName } = emulator.customer();
  await emulator.change(tenantId, { controller: 'other' });
  const journey = new Journey(await open(), emulator);
  const policies = new PoliciesPage(journey.page);
  await journey.toAdded();
  await journey.frame.goToTenants();
  await journey.tenants.open(displayName);
  await journey.frame.openTab('Policies');
  const create = policies.command('Create a policy…');
  await expect(create).toBeDisabled();
  await create.hover();
  await expect(journey.page.getByRole('tooltip')).toContainText('Another app controls Backup Storage here');
});

test('a unit without a policy: its backups are to be deleted, and then kept after all', async ({ open, emulator }) => {
  const { id: tenantId, displayName } = emulator.customer();
  const id = randomUUID();
  await emulator.put(tenantId, 'mailboxProtectionUnits', [
    {
      id,
      directoryObjectId: randomUUID(),
      displayName: 'Zora Leaver',
      email: 'zora@leavers.example',
      policyId: null,
      status: 'unprotected',
    },
  ]);
  const statusNow = async () => (await emulator.units(tenantId)).find(unit => unit.id === id)?.status;
  const journey = new Journey(await open(), emulator);
  const policies = new PoliciesPage(journey.page);
  await journey.toUnits();
  await journey.frame.openTab('Policies');
  await journey.page.getByRole('button', { name: /without a policy$/ }).click();
  const ask = async (command: string) => {
    await expect(policies.unit('Zora Leaver')).toBeVisible();
    await policies.unit('Zora Leaver').click({ modifiers: ['ControlOrMeta'] });
    await policies.command(command).click();
    await expect(policies.effects).toBeVisible();
  };

  await ask('Delete backups…');
  await expect(policies.effects).toContainText('1 mailbox has its backups deleted for good');
  await expect(policies.dialog.getByRole('button', { name: 'Ask for the deletion' })).toBeDisabled();
  await policies.typeName(displayName);
  await policies.send('Ask for the deletion');
  await policies.close();
  expect(await statusNow()).toMatch(/^offboard/);

  await emulator.advance(2 * 3600);
  await ask('Keep backups…');
  await expect(policies.effects).toContainText('1 mailbox keeps its backups');
  await policies.send('Cancel the deletion');
  await policies.close();
  await emulator.advance(2 * 3600);
  expect(await statusNow()).toBe('unprotected');
});

test('an inclusion rule from its form, and as text that is read back', async ({ open, emulator }) => {
  const { id: tenantId } = emulator.customer();
  const policyId = randomUUID();
  await emulator.put(tenantId, 'sharePointProtectionPolicies', [
    { id: policyId, displayName: 'By rule', status: 'inactive' },
  ]);
  const journey = new Journey(await open(), emulator);
  const policies = new PoliciesPage(journey.page);
  const { dialog } = policies;
  await journey.toUnits();
  await journey.frame.openTab('Policies');
  await policies.command('Read the policies now').click();
  await policies.open('By rule');
  await policies.part('Rules').click();
  await policies.command('Create a rule…').click();
  const keyword = dialog.getByRole('textbox', { name: 'Keyword, condition 1 of group 1' });
  await keyword.fill('ab');
  const preview = dialog.getByRole('button', { name: 'Preview' });
  await expect(preview).toBeDisabled();
  await keyword.fill("O’Brien and 'sons'");
  await expect(dialog.getByLabel('Expression of the rule')).toHaveText("displayName -contains 'O’Brien and ''sons'''");
  await dialog.getByRole('radio', { name: 'As text' }).click();
  const text = dialog.getByRole('textbox', { name: 'Expression' });
  await text.fill("displayName -contains 'Sales' -or");
  await expect(dialog).toContainText('This can’t be read as a rule');
  await expect(preview).toBeDisabled();
  await text.fill("displayName -contains 'Sales' -or webUrl -contains 'sales'");
  await expect(dialog).toContainText('Read; the form shows the same.');
  await policies.preview();
  await expect(policies.problems).toContainText('Which units the rule takes in is not known before');
  await policies.send('Create the rule');
  await policies.close();
  await policies.command('Read it now').click();
  await expect(
    journey.page.getByRole('list', { name: 'Inclusion rules' }).getByText("webUrl -contains 'sales'"),
  ).toBeVisible();
});

test('a dynamic rule follows a group, is given another, and is deleted with the units that it added', async ({
  open,
  emulator,
}) => {
  const { id: tenantId, displayName } = emulator.customer();
  const [ada, bo] = await newPeople(emulator, tenantId, ['Adalind Newcomer', 'Bohumil Newcomer']);
  if (ada === undefined || bo === undefined) throw new Error('Two people are needed.');
  const groups = [
    { id: randomUUID(), displayName: 'Finance', members: [ada.id] },
    { id: randomUUID(), displayName: 'Legal', members: [bo.id] },
  ];
  const policyId = randomUUID();
  await emulator.put(tenantId, 'groups', groups);
  await emulator.put(tenantId, 'exchangeProtectionPolicies', [
    { id: policyId, displayName: 'By group', status: 'active' },
  ]);
  const mailboxes = async () => new Set((await emulator.mailboxesOf(tenantId, policyId)).map(({ email }) => email));
  const journey = new Journey(await open(), emulator);
  const policies = new PoliciesPage(journey.page);
  const rules = journey.page.getByRole('list', { name: 'Inclusion rules' });
  const pass = async () => {
    await emulator.advance(2 * 3600);
    await policies.command('Read it now').click();
  };
  await journey.toUnits();
  await journey.frame.openTab('Policies');
  await policies.command('Read the policies now').click();
  await policies.open('By group');
  await policies.part('Rules').click();

  await test.step('created with one group, it takes in its member', async () => {
    await policies.command('Create a rule…').click();
    await policies.dialog.getByRole('checkbox', { name: /^Dynamic/ }).check();
    await policies.take('Finance');
    await policies.preview();
    await policies.send('Create the rule');
    await policies.close();
    await pass();
    await expect(rules.getByRole('listitem')).toHaveCount(1);
    expect(await mailboxes()).toEqual(new Set([ada.email]));
  });

  await test.step('a second dynamic rule is stopped before it is sent', async () => {
    await policies.command('Create a rule…').click();
    await policies.dialog.getByRole('checkbox', { name: /^Dynamic/ }).check();
    await policies.take('Legal');
    await policies.preview();
    await expect(policies.problems).toContainText('The policy has a dynamic rule already');
    await expect(policies.dialog.getByRole('button', { name: 'Create the rule' })).toBeDisabled();
    await journey.page.keyboard.press('Escape');
    await expect(policies.dialog).toBeHidden();
  });

  await test.step('given another group, it takes in its member too', async () => {
    await policies.command('Change…').click();
    await expect(policies.dialog.getByRole('list', { name: 'Taken' })).toContainText('Finance');
    await policies.take('Legal');
    await policies.preview();
    await policies.send('Change the rule');
    await policies.close();
    await pass();
    await expect(rules.getByRole('listitem')).toContainText(groups[1]?.id ?? '');
    expect(await mailboxes()).toEqual(new Set([ada.email, bo.email]));
  });

  await test.step('deleted with its units, after the tenant’s name is typed', async () => {
    await policies.command('Delete, remove units…').click();
    await expect(policies.effects).toContainText('2 mailboxes');
    await expect(policies.dialog.getByRole('button', { name: 'Delete rule and remove units' })).toBeDisabled();
    await policies.typeName(displayName);
    await policies.send('Delete rule and remove units');
    await policies.close();
    await pass();
    await expect(journey.page.getByText('This policy has no inclusion rule.')).toBeVisible();
    expect(await mailboxes()).toEqual(new Set());
  });
});

test('a static rule is run again for who came since, and deleted without its units', async ({ open, emulator }) => {
  const { id: tenantId } = emulator.customer();
  const [ada, bo] = await newPeople(emulator, tenantId, ['Adalind Newcomer', 'Bohumil Newcomer']);
  if (ada === undefined || bo === undefined) throw new Error('Two people are needed.');
  const group = { id: randomUUID(), displayName: 'Finance' };
  const policyId = randomUUID();
  await emulator.put(tenantId, 'groups', [{ ...group, members: [ada.id] }]);
  await emulator.put(tenantId, 'exchangeProtectionPolicies', [
    { id: policyId, displayName: 'By group', status: 'active' },
  ]);
  const mailboxes = async () => new Set((await emulator.mailboxesOf(tenantId, policyId)).map(({ email }) => email));
  const journey = new Journey(await open(), emulator);
  const policies = new PoliciesPage(journey.page);
  await journey.toUnits();
  await journey.frame.openTab('Policies');
  await policies.command('Read the policies now').click();
  await policies.open('By group');
  await policies.part('Rules').click();
  await policies.command('Create a rule…').click();
  await policies.take('Finance');
  await policies.preview();
  await policies.send('Create the rule');
  await policies.close();
  await emulator.advance(2 * 3600);
  await policies.command('Read it now').click();
  expect(await mailboxes()).toEqual(new Set([ada.email]));

  await emulator.put(tenantId, 'groups', [{ ...group, members: [ada.id, bo.id] }]);
  await policies.command('Run again…').click();
  await policies.send('Run the rule');
  await policies.close();
  await emulator.advance(2 * 3600);
  await policies.command('Read it now').click();
  expect(await mailboxes()).toEqual(new Set([ada.email, bo.email]));

  await policies.command('Delete, keep units…').click();
  await policies.send('Delete the rule');
  await policies.close();
  await expect(journey.page.getByText('This policy has no inclusion rule.')).toBeVisible();
  expect(await mailboxes()).toEqual(new Set([ada.email, bo.email]));
});
