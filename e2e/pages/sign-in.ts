import { expect, type Locator, type Page } from '@playwright/test';
import type { OpenConsole } from '../harness/hosts.ts';

/** Entra ID's page in the browser, as the emulator plays it. */
export class AccountPage {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** What the page says somewhere. */
  saying(words: string): Locator {
    return this.#page.getByText(words);
  }

  get heading(): Locator {
    return this.#page.getByRole('heading', { level: 1 });
  }

  account(userPrincipalName: string): Locator {
    return this.#page.getByRole('button', { name: userPrincipalName });
  }

  async choose(userPrincipalName: string): Promise<void> {
    await this.account(userPrincipalName).click();
  }

  async cancel(): Promise<void> {
    await this.#page.getByRole('button', { name: 'Cancel' }).click();
  }

  async approve(): Promise<void> {
    await this.#page.getByRole('button', { name: 'Approve' }).click();
  }

  get url(): string {
    return this.#page.url();
  }

  async close(): Promise<void> {
    await this.#page.close();
  }
}

/** The first page of a console that knows nothing, and every other place that a sign-in is begun from. */
export class SignInPage {
  readonly #console: OpenConsole;

  constructor(console: OpenConsole) {
    this.#console = console;
  }

  get heading(): Locator {
    return this.#console.page.getByRole('heading', { name: 'Sign in to Backstop' });
  }

  get button(): Locator {
    return this.#console.page.getByRole('button', { name: 'Sign in', exact: true });
  }

  get cancelButton(): Locator {
    return this.#console.page.getByRole('button', { name: 'Cancel the sign-in' });
  }

  /** Presses a button that begins a sign-in, and gives the page that the browser opens for it. */
  async begin(button: Locator = this.button): Promise<AccountPage> {
    const opening = this.#console.signInPage();
    await button.click();
    return new AccountPage(await opening);
  }

  /** From the button to being signed in. */
  async signIn(userPrincipalName: string, button: Locator = this.button): Promise<void> {
    const account = await this.begin(button);
    await account.choose(userPrincipalName);
    await expect(this.#console.page.getByRole('button', { name: userPrincipalName })).toBeVisible();
  }
}
