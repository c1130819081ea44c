import { randomUUID } from 'node:crypto';
import { expect } from '@playwright/test';
import type { Emulator } from '../harness/emulator.ts';
import type { Look } from './every-view.ts';
import { GapsPage } from './gaps.ts';
import type { Journey } from './journey.ts';
import { PoliciesPage } from './policies.ts';

/** Through the views of gaps: before the directory was read, refused, read, selected, added to a policy, and left out. */
export async function throughGaps(journey: Journey, emulator: Emulator, look: Look): Promise<void> {
  const { id: tenantId } = emulator.customer();
  const gaps = new GapsPage(journey.page);
  const { dialog } = new PoliciesPage(journey.page);
  const broken = {
    id: randomUUID(),
    directoryObjectId: randomUUID(),
    displayName: 'Broken Borg',
    status: 'unprotected',
  };
  await emulator.put(tenantId, 'mailboxProtectionUnits', [
    { ...broken, policyId: randomUUID(), error: { code: 'QuotaExceeded', message: '' } },
  ]);
  await journey.toUnits();
  await journey.frame.openTab('Gaps');
  await expect(gaps.row('Broken Borg')).toBeVisible();
  await look('gaps');
  await gaps.chip('Unprotected').click();
  await expect(gaps.said(/was never read, so nobody knows/)).toBeVisible();
  await look('gaps-unread');
  await emulator.fault({ method: 'GET', route: '/users', tenantId }, 'status', {
    status: 403,
    code: 'Authorization_RequestDenied',
    times: 1,
  });
  await gaps.readButton.click();
  await expect(journey.page.getByRole('button', { name: 'Try again' })).toBeVisible();
  await look('gaps-refused');
  await journey.page.getByRole('button', { name: 'Try again' }).click();
  await expect(gaps.said(/Users: [\d,]+ read/)).toBeVisible();
  await gaps.rows.first().click({ modifiers: ['ControlOrMeta'] });
  await expect(gaps.selected(1)).toBeVisible();
  await look('gaps-selected');
  await journey.page.getByRole('button', { name: 'What counts as a gap' }).click();
  await expect(gaps.said(/Counted are member accounts/)).toBeVisible();
  await look('gaps-rule');
  await journey.page.getByRole('button', { name: 'Hide what counts' }).click();
  await gaps.command('Add to a policy…').click();
  await expect(dialog.getByRole('radio').first()).toBeVisible();
  await look('gaps-policy-choice');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await gaps.chip('Left out').click();
  await expect(gaps.rows).not.toHaveCount(0);
  await look('gaps-left-out');
}
