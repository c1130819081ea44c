import { expect, type Locator, type Page } from '@playwright/test';

/** Home: all tenants, worst first, and the dialog that adds some. */
export class TenantsPage {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  get table(): Locator {
    return this.#page.getByRole('grid', { name: 'Tenants' });
  }

  get welcome(): Locator {
    return this.#page.getByRole('heading', { name: 'No tenant is in the console yet' });
  }

  /** By its domain, where other tenants have names that begin alike. */
  rowOf(domain: string): Locator {
    return this.table.getByRole('row').filter({ has: this.#page.getByText(domain, { exact: true }) });
  }

  row(displayName: string): Locator {
    return this.table.getByRole('row').filter({ hasText: displayName });
  }

  /** The cards of what is moving right now. */
  get running(): Locator {
    return this.#page.getByRole('region', { name: 'Running restores' });
  }

  get dialog(): Locator {
    return this.#page.getByRole('dialog', { name: 'Add tenants' });
  }

  get customers(): Locator {
    return this.dialog.getByRole('list', { name: 'Customers' });
  }

  get addedNow(): Locator {
    return this.dialog.getByRole('list', { name: 'Added now' });
  }

  async openAdd(): Promise<void> {
    await this.#page.getByRole('button', { name: 'Add tenants…' }).click();
    await expect(this.dialog).toBeVisible();
  }

  addButton(displayName: string): Locator {
    return this.dialog.getByRole('button', { name: `Add ${displayName}`, exact: true });
  }

  /** Adds a customer of the partner and waits until its readiness is known. */
  async addCustomer(displayName: string): Promise<void> {
    await this.addButton(displayName).click();
    await expect(this.addedNow.getByText(displayName)).toBeVisible({ timeout: 30_000 });
  }

  /** Looks a tenant up by what is typed. What comes of it is the caller's to see. */
  async addByName(domainOrId: string, { presses = 1 }: { readonly presses?: 1 | 2 } = {}): Promise<void> {
    await this.dialog.getByRole('tab', { name: 'By domain or tenant id' }).click();
    await this.dialog.getByRole('textbox', { name: 'Domain or tenant id' }).fill(domainOrId);
    await this.dialog.getByRole('button', { name: 'Add', exact: true }).click({ clickCount: presses });
  }

  /** Chooses a file in the dialog, as if it had been found on the disk. */
  async chooseCsv(name: string, content: Buffer): Promise<void> {
    await this.dialog.getByRole('tab', { name: 'From a CSV file' }).click();
    await this.dialog.getByLabel('CSV file of tenants').setInputFiles({ name, mimeType: 'text/csv', buffer: content });
  }

  get csvLines(): Locator {
    return this.dialog.getByRole('list', { name: 'Lines of the file' }).getByRole('listitem');
  }

  /** The filter chip of a state, with its count. */
  chip(state: 'All' | 'Critical' | 'At risk' | 'Watch' | 'Protected'): Locator {
    return this.#page.getByRole('group', { name: 'States' }).getByRole('button', { name: new RegExp(`^${state}`) });
  }

  get filter(): Locator {
    return this.#page.getByRole('textbox', { name: 'Filter tenants' });
  }

  /** Names in the order of the table, of the rows that are on screen. */
  async order(): Promise<readonly string[]> {
    return await this.table.locator('[data-index] [role=gridcell]:nth-child(2)').getByRole('button').allTextContents();
  }

  sortBy(column: string): Locator {
    return this.table.getByRole('columnheader', { name: column });
  }

  async close(): Promise<void> {
    await this.dialog.getByRole('button', { name: 'Close' }).click();
    await expect(this.dialog).toBeHidden();
  }

  /** From the dialog to the view of a tenant that was just added. */
  async openAdded(displayName: string): Promise<void> {
    await this.addedNow.getByRole('listitem').filter({ hasText: displayName }).getByRole('button').click();
    await expect(this.dialog).toBeHidden();
  }

  async open(displayName: string): Promise<void> {
    await this.row(displayName).getByText(displayName, { exact: true }).click();
  }
}
