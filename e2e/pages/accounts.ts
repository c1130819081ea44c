import { expect, type Locator, type Page } from '@playwright/test';
import type { Frame } from './frame.ts';
import type { SignInPage } from './sign-in.ts';

/** Several accounts: their menu, the dialog that adds one, and the one in which a tenant is given to another. */
export class AccountsPage {
  readonly #page: Page;
  readonly #frame: Frame;
  readonly #signIn: SignInPage;

  constructor({ page, frame, signIn }: { readonly page: Page; readonly frame: Frame; readonly signIn: SignInPage }) {
    this.#page = page;
    this.#frame = frame;
    this.#signIn = signIn;
  }

  async menu(item: string): Promise<void> {
    await this.#frame.accountButton.click();
    await this.#page.getByRole('menuitem', { name: item, exact: true }).click();
  }

  /** Signs a further account in, by the accounts' menu. */
  async add(userPrincipalName: string): Promise<void> {
    await this.menu('Add an account…');
    const dialog = this.#page.getByRole('dialog', { name: 'Add an account' });
    const account = await this.#signIn.begin(dialog.getByRole('button', { name: 'Open the browser' }));
    await account.choose(userPrincipalName);
    await expect(dialog).toBeHidden();
  }

  /** Signs an account in again, by the button that names it. */
  async signInAs(userPrincipalName: string): Promise<void> {
    const button = this.#page.getByRole('button', { name: `Sign in as ${userPrincipalName}` });
    const account = await this.#signIn.begin(button);
    await account.choose(userPrincipalName);
    await expect(button).toBeHidden();
  }

  /** Of the dialog that adds tenants. */
  get ofAddedTenants(): Locator {
    return this.#page.getByRole('combobox', { name: 'Account that works in the tenants' });
  }

  get accessDialog(): Locator {
    return this.#page.getByRole('dialog', { name: /^Account and application/ });
  }

  async openAccess(displayName: string): Promise<void> {
    await this.#frame.tenantMenu(displayName, 'Account and application…');
    await expect(this.accessDialog).toBeVisible();
  }

  get ofTenant(): Locator {
    return this.accessDialog.getByRole('combobox', { name: 'Account that works in this tenant' });
  }

  get ownApplication(): Locator {
    return this.accessDialog.getByRole('textbox', { name: 'Application (client) id of its own' });
  }

  get changeButton(): Locator {
    return this.accessDialog.getByRole('button', { name: 'Change', exact: true });
  }
}
