import { expect, test } from './harness/fixtures.ts';
import { AuditPage } from './pages/audit.ts';
import { EmailSettingsPage } from './pages/email-settings.ts';
import { Journey } from './pages/journey.ts';

test.describe.configure({ timeout: 120_000 });
test.use({ world: { units: 10, tenants: 1 } });

test('whom the service mails is read, changed as it was shown before, and audited', async ({ open, emulator }) => {
  const { id: tenantId, displayName } = emulator.customer();
  const journey = new Journey(await open(), emulator);
  const { frame, page } = journey;
  const email = new EmailSettingsPage(page);
  await journey.toAdded();
  await email.open(frame, displayName);
  await expect(email.card).toContainText('Off');
  await expect(email.card).toContainText('Nobody');
  await expect(email.card).toContainText('the role is read-only for partner apps');

  await test.step('what is no address is named before anything can be sent', async () => {
    await email.button('Change…').click();
    await email.option(/^The service sends/).check();
    await email.option(/^Also of restores/).check();
    await email.typed.fill('amala@contoso.example\nconrad at contoso\n');
    await expect(email.card).toContainText('No e-mail address: conrad at contoso.');
    await expect(email.button('Preview')).toBeDisabled();
    await email.typed.fill('amala@contoso.example; conrad@contoso.example\nAMALA@contoso.example');
  });

  await test.step('before and after stand side by side; nothing is sent until it is said', async () => {
    await email.button('Preview').click();
    await expect(email.line('Notifications')).toContainText(/Off.*On/);
    await expect(email.line('Mails also of')).toContainText(/Nothing more.*Restores and changes of policies/);
    await expect(email.line('Recipients')).toContainText(/Nobody.*amala@contoso\.example\s*conrad@contoso\.example/);
    await email.button('Send the change').click();
    await expect(email.card.getByRole('status')).toHaveText('Changed at the service, and kept in the audit.');
    await expect(email.recipients).toHaveText(['amala@contoso.example', 'conrad@contoso.example']);
    await email.close();
  });

  await test.step('the audit has it, with before, after and the request id', async () => {
    await frame.openTab('Audit');
    const audit = new AuditPage(page);
    const done = audit.rowsWith('E-mail notifications of the service changed', 'Done');
    await expect(done).toHaveCount(1);
    await done.click();
    await expect(audit.panel).toContainText('conrad@contoso.example');
    await expect(audit.panel).toContainText('"isEnabled": false');
  });

  await test.step('what the service refuses is said in its words, and nothing is changed', async () => {
    await email.open(frame, displayName);
    await expect(email.recipients).toHaveCount(2);
    await email.button('Change…').click();
    await email.typed.fill('lothar@contoso.example');
    await email.button('Preview').click();
    await expect(email.line('Notifications')).toContainText('Stays');
    await emulator.fault(
      { method: 'PATCH', route: '/solutions/backupRestore/emailNotificationsSetting', tenantId },
      'status',
      { times: 1, status: 403, code: 'accessDenied' },
    );
    await email.button('Send the change').click();
    await expect(email.card).toContainText('Microsoft Graph refused the request: accessDenied.');
    await email.button('Cancel').click();
    await email.button('Read the setting').click();
    await expect(email.recipients).toHaveText(['amala@contoso.example', 'conrad@contoso.example']);
    await email.close();
  });

  await test.step('a read-only tenant says why it can’t be changed, and what is known stays readable', async () => {
    await frame.tenantMenu(displayName, 'Set read-only…');
    await page.getByRole('button', { name: 'Set read-only', exact: true }).click();
    await expect(page.getByRole('dialog')).toBeHidden();
    await email.open(frame, displayName);
    await expect(email.recipients).toHaveCount(2);
    await expect(email.button('Change…')).toBeDisabled();
    await expect(email.button('Change…')).toHaveAccessibleDescription(/is set read-only here/);
  });
});
