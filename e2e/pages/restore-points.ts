import { expect, type Locator, type Page } from '@playwright/test';

/** Restore points: the choice of a unit, and what is known of one. */
export class RestorePointsPage {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  get choice(): Locator {
    return this.#page.getByRole('grid', { name: /^Units; Enter opens/ });
  }

  get calendar(): Locator {
    return this.#page.getByRole('region', { name: 'Points by day' });
  }

  /** The stretches of the day shown, in words. */
  get stretches(): Locator {
    return this.#page.getByRole('table', { name: /^Stretches of/ });
  }

  get zones(): Locator {
    return this.#page.getByRole('radiogroup', { name: 'Zone of the times' });
  }

  unitHeading(name: string): Locator {
    return this.#page.getByRole('heading', { level: 1, name, exact: true });
  }

  /** From the choice to one unit. */
  async open(name: string): Promise<void> {
    await this.#page.getByRole('textbox', { name: 'Find a unit' }).fill(name);
    await this.choice.getByRole('row').filter({ hasText: name }).first().dblclick();
    await expect(this.unitHeading(name)).toBeVisible();
  }
}
