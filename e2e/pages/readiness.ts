import type { Locator, Page } from '@playwright/test';

/** The readiness check of a tenant: a line for each thing that a restore needs. */
export class ReadinessPage {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  get heading(): Locator {
    return this.#page.getByRole('heading', { name: /^Readiness of/ });
  }

  get summary(): Locator {
    return this.#page.getByText(/ fine(, \d+ to look at)?\. Checked/);
  }

  get lines(): Locator {
    return this.#page.getByRole('main').getByRole('listitem');
  }

  line(title: string): Locator {
    return this.lines.filter({ has: this.#page.getByRole('heading', { name: title }) });
  }

  async checkAgain(): Promise<void> {
    await this.#page.getByRole('button', { name: /^Check (again|now)$/ }).click();
  }
}
