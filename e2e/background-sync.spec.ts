import { z } from 'zod';
import type { Emulator } from './harness/emulator.ts';
import { expect, test } from './harness/fixtures.ts';
import { AuditPage } from './pages/audit.ts';
import { GapsPage } from './pages/gaps.ts';
import { Journey } from './pages/journey.ts';
import { Palette } from './pages/palette.ts';
import { PoliciesPage } from './pages/policies.ts';
import { ServicePage } from './pages/service.ts';

// Two minutes where the machine is free; other work on it makes them wait.
test.describe.configure({ timeout: 600_000 });
// 40 tenants of 2,500 units: 100,000 in all.
test.use({ world: { units: 2_500, tenants: 40, timeScale: 1 } });

const Counted = z.looseObject({ byTenant: z.array(z.looseObject({ tenantId: z.string(), questions: z.number() })) });

/** Questions of each tenant since the counters were set to nothing. */
async function questionsOf(emulator: Emulator): Promise<ReadonlyMap<string, number>> {
  const { byTenant } = Counted.parse(await emulator.control('GET', '/requests'));
  return new Map(byTenant.map(({ questions, tenantId }) => [tenantId, questions]));
}

test('forty tenants are read by themselves; one that is throttled, one without consent and one that is locked hold up nobody', async ({
  open,
  emulator,
}) => {
  const { customers } = emulator;
  const [throttled, unconsented, locked, waiting] = [0, 1, 2, 39].map(n => emulator.customer(n));
  if (!throttled || !unconsented || !locked || !waiting) throw new Error('The emulator has too few customers.');
  const journey = new Journey(await open({ backgroundSync: true }), emulator);
  const { frame, page, protection, settings, tenants } = journey;
  const palette = new Palette(page);
  await emulator.change(unconsented.id, { signInRules: { consentMissing: true } });
  await emulator.change(locked.id, {
    serviceStatus: { status: 'restoreLocked', disableReason: 'invalidBillingProfile' },
  });
  await journey.toSignedIn();

  await test.step('it can be switched off, and nothing is asked then', async () => {
    await frame.goToSettings();
    await settings.syncInBackground(false);
    await frame.goToTenants();
    await tenants.openAdd();
    const lines = customers.map(({ displayName, domain }) => `"${displayName.replaceAll('"', '""')}";${domain}`);
    await tenants.chooseCsv('customers.csv', Buffer.from(['Customer;Domain', ...lines].join('\r\n')));
    await tenants.dialog.getByRole('button', { name: 'Add 40 tenants' }).click();
    await expect(tenants.dialog).toContainText('40 of 40 added', { timeout: 120_000 });
    await tenants.close();
    await expect(tenants.chip('All')).toContainText('40');
    await emulator.change(throttled.id, { throttle: { questions: 3, seconds: 900 } });
    await emulator.control('DELETE', '/requests');
    await expect(tenants.rowOf(waiting.domain)).toContainText('never');
  });

  await test.step('switched on, it reads all; a technician’s own sync goes before those that wait', async () => {
    await frame.goToSettings();
    await settings.syncInBackground(true);
    await frame.goToTenants();
    await expect(frame.statusBar).toContainText(/Background sync: \d+ of 40 tenants read/);
    await tenants.filter.fill(waiting.domain);
    await tenants.rowOf(waiting.domain).getByText(waiting.displayName, { exact: true }).click();
    await frame.syncButton(waiting.displayName).click();
    await expect(frame.bar.getByText(/^synced /)).toBeVisible({ timeout: 120_000 });
    await expect(protection.order).toContainText('2,500 of 2,500');
    await expect(protection.tile('newest not yet asked')).toHaveAccessibleName('0 of 2,500 newest not yet asked');
    await frame.goToTenants();
    await expect(frame.statusBar).toContainText(/Background sync: \d+ of 40 tenants read/);
  });

  await test.step('all that can be read is read', async () => {
    await expect(frame.statusBar).toContainText('Background sync pauses for 2 tenants', { timeout: 360_000 });
    const questions = await questionsOf(emulator);
    for (const { displayName, id } of customers) {
      if (id === throttled.id || id === unconsented.id) continue;
      // 2,500 units are 125 searches at least.
      expect(questions.get(id) ?? 0, displayName).toBeGreaterThanOrEqual(125);
    }
    // The throttled one was left alone, rather than asked again and again.
    expect(questions.get(throttled.id) ?? 0).toBeLessThan(40);
  });

  await test.step('home shows how each stands, and why it is left alone', async () => {
    /** The table shows what fits; the filter brings the tenant's row up. */
    const rowOf = async (domain: string) => {
      await tenants.filter.fill(domain);
      return tenants.rowOf(domain);
    };
    const slow = await rowOf(throttled.domain);
    await expect(slow).toContainText('paused');
    await expect(slow.locator('[title*="Microsoft Graph is slowing this tenant down."]')).toBeVisible();
    const refusing = await rowOf(unconsented.domain);
    await expect(refusing).toContainText('paused');
    await expect(refusing.locator('[title*="has not consented to Backstop"]')).toBeVisible();
    const lockedRow = await rowOf(locked.domain);
    await expect(lockedRow).toContainText('Critical');
    await expect(lockedRow).toContainText('billing profile invalid');
    await expect(lockedRow).toContainText('of 2,500');
    await expect(lockedRow).not.toContainText('paused');
    await tenants.filter.fill('');
  });

  await test.step('a user of any tenant is found', async () => {
    for (const n of [2, 20, 38]) {
      const { displayName, id } = emulator.customer(n);
      // Names are many people's; an address is one's own.
      const unit = (await emulator.units(id)).find(({ email, kind }) => kind === 'mailbox' && email !== undefined);
      if (unit?.email === undefined) throw new Error('The tenant has no mailbox.');
      await palette.search(unit.email);
      const found = palette.dialog.getByRole('option', { name: `Mailbox of ${displayName}` });
      await expect(found.filter({ hasText: unit.name }).first()).toBeVisible();
      await page.keyboard.press('Escape');
    }
  });

  await test.step('the work of one among the forty: its gaps, who controls it, a policy changed, and the record of it', async () => {
    const gaps = new GapsPage(page);
    const service = new ServicePage(page);
    const policies = new PoliciesPage(page);
    const audit = new AuditPage(page);
    const name = (await emulator.policies(waiting.id))[0]?.displayName ?? '';
    await frame.goToTenants();
    await tenants.filter.fill(waiting.domain);
    await tenants.rowOf(waiting.domain).getByText(waiting.displayName, { exact: true }).click();
    await frame.openTab('Gaps');
    await gaps.read();
    await expect(gaps.rows.first()).toBeVisible();
    await frame.openTab('Service');
    await expect(service.app('Backstop')).toContainText('In control');
    await frame.openTab('Policies');
    await policies.open(name);
    await policies.command('Rename…').click();
    await policies.dialog.getByRole('textbox', { name: 'New name' }).fill('Of forty tenants this one');
    await policies.preview();
    await policies.send('Rename');
    await policies.close();
    await expect(policies.heading('Of forty tenants this one')).toBeVisible();
    await frame.openTab('Audit');
    await expect(audit.rows).toHaveCount(1);
    await expect(audit.rows).toContainText('Done');
    await frame.goToAudit();
    await expect(audit.rowsWith(waiting.displayName)).toHaveCount(1);
  });
});
