import { randomUUID } from 'node:crypto';
import { expect } from '@playwright/test';
import type { Emulator } from '../harness/emulator.ts';
import type { Look } from './every-view.ts';
import type { Journey } from './journey.ts';
import { PoliciesPage } from './policies.ts';

/** Through the views of policies: the list, one opened, each kind of form, a preview, results, and the units without a policy. */
export async function throughPolicies(journey: Journey, emulator: Emulator, look: Look): Promise<void> {
  const { id: tenantId, displayName } = emulator.customer();
  const policies = new PoliciesPage(journey.page);
  const { dialog, list } = policies;
  const empty = randomUUID();
  await emulator.put(tenantId, 'sharePointProtectionPolicies', [
    { id: empty, displayName: 'Sites of the new department', status: 'inactive' },
  ]);
  const [first] = await emulator.policies(tenantId);
  if (first === undefined) throw new Error('The tenant has no policy.');
  await journey.toUnits();
  await journey.frame.openTab('Policies');
  await policies.command('Read the policies now').click();
  await expect(policies.row('Sites of the new department')).toBeVisible();
  await look('policies');

  await policies.command('Create a policy…').click();
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Everything of sales');
  await dialog.getByRole('textbox', { name: 'Search the directory' }).fill('a');
  await expect(dialog.getByRole('list', { name: 'Found in the directory' })).toBeVisible();
  await look('policy-create');
  await dialog.getByRole('button', { name: 'Cancel' }).click();

  await policies.open(first.displayName);
  await expect(policies.unitRows).not.toHaveCount(0);
  await policies.unitRows.first().click({ modifiers: ['ControlOrMeta'] });
  await look('policy');
  await policies.command('Remove from the policy…').click();
  await expect(policies.effects).toBeVisible();
  await look('policy-remove-preview');
  await policies.typeName(displayName);
  await policies.send('Remove the units');
  await look('policy-results');
  await policies.close();

  await policies.part('Rules').click();
  await policies.command('Create a rule…').click();
  await dialog.getByRole('textbox', { name: 'Keyword, condition 1 of group 1' }).fill('Sales');
  await dialog.getByRole('button', { name: 'Or another condition' }).click();
  await look('policy-rule');
  await dialog.getByRole('button', { name: 'Cancel' }).click();

  await policies.part('Units').click();
  await policies.command('Add units…').click();
  await dialog.getByRole('radio', { name: 'Pasted list' }).click();
  await dialog.getByRole('textbox', { name: 'List' }).fill('https://contoso.example/sites/a\n=1+1\nnot a site');
  await dialog.getByRole('button', { name: 'Check the list' }).click();
  await expect(policies.wrongLines).toBeVisible();
  await look('policy-add-pasted');
  await dialog.getByRole('button', { name: 'Cancel' }).click();

  // The removed site is without a policy once the service has carried that out.
  await emulator.advance(2 * 3600);
  await policies.command('Read it now').click();
  await journey.page.getByRole('button', { name: 'Policies', exact: true }).click();
  await expect(list).toBeVisible();
  await journey.page.getByRole('button', { name: /without a policy$/ }).click();
  await policies.unitRows.first().click();
  await expect(journey.page.getByRole('complementary', { name: /^Details of/ })).toContainText('Newest point');
  await look('without-policy');
}
