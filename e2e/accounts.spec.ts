import { expect, test } from './harness/fixtures.ts';
import { AccountsPage } from './pages/accounts.ts';
import { Journey } from './pages/journey.ts';

test.use({ world: { units: 10, tenants: 3 } });

test('two accounts work in a tenant each: one signs out without the other, a restart knows whose each is, and one changes hands', async ({
  open,
  emulator,
  host,
}) => {
  const [first, second] = [emulator.customer(0), emulator.customer(1)];
  const [ines, soeren] = emulator.ready.users.map(({ userPrincipalName }) => userPrincipalName);
  if (ines === undefined || soeren === undefined) throw new Error('The emulator has too few people.');
  const console = await open();
  const journey = new Journey(console, emulator);
  const { frame, tenants } = journey;
  const accounts = new AccountsPage(journey);

  await test.step('a second account signs in beside the first; each adds a customer of its own', async () => {
    await journey.toSignedIn();
    await tenants.openAdd();
    await expect(accounts.ofAddedTenants).toBeHidden();
    await tenants.addCustomer(first.displayName);
    await tenants.close();
    await accounts.add(soeren);
    await expect(frame.accountButton).toContainText('2 accounts');
    await tenants.openAdd();
    await expect(accounts.ofAddedTenants.getByRole('option')).toContainText([ines, soeren]);
    await accounts.ofAddedTenants.selectOption({ index: 1 });
    await tenants.addCustomer(second.displayName);
    await tenants.openAdded(second.displayName);
    await expect(frame.accountButton).toContainText(soeren);
    await journey.sync(second.displayName);
    await frame.goToTenants();
    await tenants.open(first.displayName);
    await expect(frame.accountButton).toContainText(ines);
    await journey.sync(first.displayName);
  });

  await test.step('the first signs out: its tenant says so, the other goes on', async () => {
    await accounts.menu(`Sign out ${ines}`);
    await expect(frame.saying(`${ines}, who works in this tenant, is signed out.`)).toBeVisible();
    await expect(frame.accountButton).toContainText(`${ines}, signed out`);
    await expect(frame.statusBar).toContainText('Signed out, nothing is asked');
    await expect(frame.syncButton(first.displayName)).toBeDisabled();
    await frame.goToTenants();
    await expect(frame.saying(`${ines} is signed out.`)).toBeVisible();
    await expect(frame.saying(`1 tenant of this account can’t be asked: ${first.displayName}.`)).toBeVisible();
    await tenants.open(second.displayName);
    await expect(frame.statusBar).toContainText('Online');
    await journey.sync(second.displayName);
  });

  await test.step('and in again, named by the button', async () => {
    await frame.goToTenants();
    await accounts.signInAs(ines);
    await tenants.open(first.displayName);
    await expect(frame.statusBar).toContainText('Online');
    await journey.sync(first.displayName);
  });

  await console.close();
  const again = new Journey(await open(), emulator);
  const later = new AccountsPage(again);
  await test.step('after a restart each tenant still is its account’s', async () => {
    if (host === 'loopback') {
      // Tokens live in memory there: nobody is signed in, and which account is whose is known all the same.
      await expect(again.frame.saying('You are signed out.')).toBeVisible();
      await again.signIn.signIn(ines);
      await again.tenants.open(second.displayName);
      await expect(again.frame.saying(`${soeren}, who works in this tenant, is signed out.`)).toBeVisible();
      await later.signInAs(soeren);
    } else {
      await again.tenants.open(second.displayName);
    }
    await expect(again.frame.accountButton).toContainText(soeren);
    await again.sync(second.displayName);
  });

  await test.step('the tenant is given to the other account, which the audit tells', async () => {
    await later.openAccess(second.displayName);
    await expect(later.changeButton).toBeDisabled();
    await later.ofTenant.selectOption({ label: await labelOf(later, ines) });
    await later.changeButton.click();
    await expect(again.readiness.heading).toBeVisible();
    await expect(again.frame.accountButton).toContainText(ines);
    await again.frame.goToAudit();
    await expect(again.page.getByText('Tenant given another account or application')).toBeVisible();
  });
});

/** How the choice words an account. */
async function labelOf(accounts: AccountsPage, username: string): Promise<string> {
  const labels = await accounts.ofTenant.getByRole('option').allTextContents();
  return labels.find(label => label.startsWith(username)) ?? username;
}

test('a tenant with an application of its own is ready by that one alone; an id that it does not know is told', async ({
  open,
  emulator,
}) => {
  const { id: tenantId, displayName } = emulator.customer();
  const own = '7c1d4a0e-2b6f-4e3a-9d58-1f0a6b3c2d4e';
  await emulator.change(tenantId, { ownApplication: { clientId: own, displayName: 'Restores of this customer' } });
  const journey = new Journey(await open(), emulator);
  const { frame, readiness, signIn, tenants } = journey;
  const accounts = new AccountsPage(journey);

  await test.step('the shared application is not known there: said, with what to do', async () => {
    await journey.toSignedIn();
    await tenants.openAdd();
    await tenants.addCustomer(displayName);
    await tenants.openAdded(displayName);
    await expect(readiness.line('Sign-in to the tenant')).toContainText('AADSTS700016');
    await expect(readiness.line('Sign-in to the tenant')).toContainText(`Concerned: ${emulator.ready.clientId}`);
    await expect(readiness.line('Sign-in to the tenant')).toContainText('Check the application’s id');
  });

  await test.step('what is no id is not taken', async () => {
    await accounts.openAccess(displayName);
    await accounts.ownApplication.fill('contoso');
    await expect(accounts.changeButton).toBeDisabled();
    await expect(accounts.accessDialog).toContainText('An application id is a GUID, as Entra ID shows it.');
  });

  await test.step('a wrong one is told by Entra ID’s own page; nothing is signed in to', async () => {
    await accounts.ownApplication.fill('00000000-1111-4222-8333-444444444444');
    await expect(accounts.accessDialog).toContainText('To the service it is another app');
    await accounts.changeButton.click();
    await expect(accounts.accessDialog).toBeHidden();
    await expect(readiness.line('Sign-in to the tenant')).toContainText(
      'has not signed in to the tenant’s application yet',
    );
    await expect(readiness.line('Sign-in to the tenant')).toContainText('00000000-1111-4222-8333-444444444444');
    const wrong = await signIn.begin(readiness.line('Sign-in to the tenant').getByRole('button'));
    await expect(wrong.saying('AADSTS700016')).toBeVisible();
    await wrong.close();
    await signIn.cancelButton.click();
    await expect(signIn.cancelButton).toBeHidden();
  });

  await test.step('the right one: signed in to once, everything is ready, and units are read by it', async () => {
    await accounts.openAccess(displayName);
    await accounts.ownApplication.fill(` ${own.toUpperCase()} `);
    await accounts.changeButton.click();
    await expect(readiness.line('Sign-in to the tenant')).toContainText(own);
    const account = await signIn.begin(readiness.line('Sign-in to the tenant').getByRole('button'));
    await expect(account.saying('Restores of this customer')).toBeVisible();
    await account.choose(journey.technician);
    await expect(signIn.cancelButton).toBeHidden();
    await readiness.checkAgain();
    await expect(readiness.line('Sign-in to the tenant')).toContainText('without a prompt');
    await expect(readiness.line('Controller of Backup Storage')).toContainText('Backstop controls');
    await frame.goToTenants();
    await tenants.open(displayName);
    await journey.sync(displayName);
  });

  await test.step('back to the shared one, it is unknown again', async () => {
    await accounts.openAccess(displayName);
    await expect(accounts.ownApplication).toHaveValue(own);
    await accounts.ownApplication.fill('');
    await accounts.changeButton.click();
    await expect(readiness.line('Sign-in to the tenant')).toContainText('AADSTS700016');
  });
});
