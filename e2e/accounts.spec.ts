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
