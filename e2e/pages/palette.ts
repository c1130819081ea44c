import { expect, type Locator, type Page } from '@playwright/test';

/** The search over all tenants. */
export class Palette {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  get box(): Locator {
    return this.#page.getByRole('banner').getByRole('button', { name: 'Search all tenants' });
  }

  get dialog(): Locator {
    return this.#page.getByRole('dialog', { name: 'Search all tenants' });
  }

  get field(): Locator {
    return this.dialog.getByRole('combobox', { name: 'Search all tenants' });
  }

  /** Tenants, views and units, without the headings. */
  get found(): Locator {
    return this.dialog.getByRole('option');
  }

  /** What Enter opens. */
  get active(): Locator {
    return this.dialog.locator('[role=option][aria-selected=true]');
  }

  async open(): Promise<void> {
    await this.#page.keyboard.press('Control+k');
    await expect(this.field).toBeFocused();
  }

  async search(text: string): Promise<void> {
    await this.open();
    await this.field.fill(text);
  }
}
