import { expect, type Locator, type Page } from '@playwright/test';

/** The policies of a tenant: the list, one opened, and the dialog that changes them. */
export class PoliciesPage {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  get list(): Locator {
    return this.#page.getByRole('grid', { name: /^Policies of the tenant/ });
  }

  row(name: string): Locator {
    return this.list.getByRole('row').filter({ has: this.#page.getByText(name, { exact: true }) });
  }

  async open(name: string): Promise<void> {
    await this.row(name).dblclick();
    await expect(this.heading(name)).toBeVisible();
  }

  heading(name: string): Locator {
    return this.#page.getByRole('heading', { level: 1, name, exact: true });
  }

  facts(name: string): Locator {
    return this.#page.getByRole('complementary', { name: `Facts of ${name}` });
  }

  /** A command of the page: "Rename…". */
  command(name: string): Locator {
    return this.#page.getByRole('button', { name, exact: true }).first();
  }

  part(name: 'Units' | 'Rules' | 'Bulk jobs'): Locator {
    return this.#page.getByRole('group', { name: 'Parts of the policy' }).getByRole('button', { name });
  }

  unit(name: string): Locator {
    return this.#page
      .getByRole('grid', { name: /^Units (of|without)/ })
      .getByRole('row')
      .filter({ has: this.#page.getByText(name, { exact: true }) });
  }

  /** Every row of the units at hand but the head. */
  get unitRows(): Locator {
    return this.#page
      .getByRole('grid', { name: /^Units (of|without)/ })
      .getByRole('row')
      .filter({ has: this.#page.getByRole('gridcell') });
  }

  get dialog(): Locator {
    return this.#page.getByRole('dialog');
  }

  get effects(): Locator {
    return this.dialog.getByRole('region', { name: 'What will happen' });
  }

  get problems(): Locator {
    return this.dialog.getByRole('region', { name: 'Before it is sent' });
  }

  get wrongLines(): Locator {
    return this.dialog.getByRole('grid', { name: 'Wrong lines' });
  }

  get results(): Locator {
    return this.dialog.getByRole('grid', { name: 'Results, item by item' });
  }

  result(name: string): Locator {
    return this.results.getByRole('row').filter({ hasText: name });
  }

  async preview(): Promise<void> {
    await this.dialog.getByRole('button', { name: 'Preview' }).click();
    await expect(this.effects).toBeVisible();
  }

  /** Finds somebody in the directory and takes them. */
  async take(name: string): Promise<void> {
    await this.dialog.getByRole('textbox', { name: 'Search the directory' }).fill(name);
    await this.dialog.getByRole('button', { name: `Take ${name}`, exact: true }).click();
    await expect(this.dialog.getByRole('list', { name: 'Taken' })).toContainText(name);
  }

  /** Types the tenant's name where that is asked for. */
  async typeName(displayName: string): Promise<void> {
    await this.dialog.getByRole('textbox', { name: /type the tenant’s name/ }).fill(displayName);
  }

  /** Sends what was previewed, by the button's word, and waits for its end. */
  async send(word: string): Promise<void> {
    await this.dialog.getByRole('button', { name: word, exact: true }).click();
    await expect(this.dialog.getByText(/^Ended:/)).toBeVisible({ timeout: 60_000 });
  }

  async close(): Promise<void> {
    await this.dialog.getByRole('button', { name: 'Close' }).click();
    await expect(this.dialog).toBeHidden();
  }
}
