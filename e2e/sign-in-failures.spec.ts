import { expect, test } from './harness/fixtures.ts';
import { Journey } from './pages/journey.ts';

test.use({ world: { units: 10, tenants: 4 } });

test('a prompt that is cancelled, here or in the browser, says so and can be begun again', async ({
  open,
  emulator,
}) => {
  const journey = new Journey(await open(), emulator);
  const { page, signIn } = journey;

  await test.step('cancelled in the console', async () => {
    const account = await signIn.begin();
    await expect(account.heading).toHaveText('Pick an account');
    await expect(page.getByRole('status')).toContainText('The browser is open. Finish the sign-in there');
    await signIn.cancelButton.click();
    await expect(signIn.button).toBeEnabled();
    await expect(journey.frame.bar).toContainText('Signed out');
    await account.close();
  });

  await test.step('cancelled on the account page', async () => {
    const account = await signIn.begin();
    await account.cancel();
    await expect(page.getByText('The sign-in was cancelled.')).toBeVisible();
    await expect(page.getByText('Start it again when you are ready.')).toBeVisible();
    await account.close();
  });

  await test.step('begun again', async () => {
    await journey.toSignedIn();
    await expect(journey.tenants.welcome).toBeVisible();
    await expect(page.getByText('The sign-in was cancelled.')).toBeHidden();
  });
});

test('a tenant that Entra ID does not know is not added, and the spelling is asked about', async ({
  open,
  emulator,
}) => {
  const journey = new Journey(await open(), emulator);
  const { tenants } = journey;
  await journey.toSignedIn();
  await tenants.openAdd();
  for (const asked of ['no-such-customer.example', '11111111-2222-4333-8444-555555555555', 'not a domain']) {
    await tenants.addByName(asked);
    await expect(tenants.dialog).toContainText(`No tenant was found for “${asked}”.`);
    await expect(tenants.dialog).toContainText('Check the spelling, or use a verified domain or the tenant id');
  }
  await expect(tenants.addedNow).toBeHidden();

  // The right spelling, whatever its case and the spaces around it, is found.
  const customer = emulator.customer();
  await tenants.addByName(` ${customer.domain.toUpperCase()} `);
  await expect(tenants.addedNow).toContainText(customer.displayName);
  await tenants.close();
  await expect(tenants.row(customer.displayName)).toContainText(customer.domain);
});

/** What a tenant refuses with, what the readiness check says of it, and what a sync says. */
const refusals = [
  {
    rules: { interactionRequired: true },
    line: 'Sign-in to the tenant',
    cause: /second factor/,
    what: (name: string) => `${name} wants you to sign in once more.`,
    next: (name: string) => `Sign in to ${name}; the browser opens for it.`,
  },
  {
    rules: { consentMissing: true },
    line: 'Consent: policies and units',
    cause: /Nobody has consented yet|Policies and protected units can’t be read/,
    what: (name: string) => `${name} has not consented to Backstop.`,
    next: () => 'An administrator of the tenant has to give admin consent; then check the readiness again.',
  },
  {
    rules: { noGdapAccess: true },
    line: 'Sign-in to the tenant',
    cause: /no GDAP relationship reaches it/,
    what: (name: string) => `Your account has no access to ${name}.`,
    next: () => 'Renew the relationship in Partner Center, or have your account added to its security group.',
  },
  {
    rules: { conditionalAccess: true },
    line: 'Sign-in to the tenant',
    cause: /conditional access policy/,
    what: (name: string) => `A conditional access policy of ${name} refuses this sign-in.`,
    next: () => 'Use a device that meets the policy, or ask the tenant’s administrator to except you from it.',
  },
] as const;

test('each refusal of a tenant has its own sentence and its own next step', async ({ open, emulator }) => {
  const journey = new Journey(await open(), emulator);
  const { frame, page, readiness, tenants } = journey;
  await journey.toSignedIn();
  for (const [n, refusal] of refusals.entries()) {
    const { displayName, id } = emulator.customer(n);
    await test.step(Object.keys(refusal.rules).join(), async () => {
      await emulator.change(id, { signInRules: refusal.rules });
      await tenants.openAdd();
      await tenants.addCustomer(displayName);
      await tenants.openAdded(displayName);
      await expect(readiness.heading).toContainText(displayName);
      await expect(readiness.line(refusal.line)).toContainText('To do');
      await expect(readiness.line(refusal.line)).toContainText(refusal.cause);

      await frame.syncButton(displayName).click();
      await expect(page.getByText(refusal.what(displayName))).toBeVisible();
      await expect(page.getByText(refusal.next(displayName))).toBeVisible();
      await frame.goToTenants();
      await expect(page.getByText(refusal.what(displayName))).toBeHidden();
    });
  }

  await test.step('the second factor is given, and the tenant opens', async () => {
    const { displayName } = emulator.customer(0);
    await tenants.open(displayName);
    await frame.syncButton(displayName).click();
    await expect(page.getByText(refusals[0].what(displayName))).toBeVisible();
    const account = await journey.signIn.begin(page.getByRole('button', { name: `Sign in to ${displayName}` }));
    await account.choose(journey.technician);
    await account.approve();
    await expect(frame.bar).toContainText(journey.technician);
    await journey.sync(displayName);
    await frame.tenantMenu(displayName, 'Readiness');
    await readiness.checkAgain();
    await expect(readiness.line('Sign-in to the tenant')).toContainText('Fine');
  });
});
