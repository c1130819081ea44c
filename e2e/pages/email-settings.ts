import { expect, type Locator, type Page } from '@playwright/test';
import type { Frame } from './frame.ts';

/** Whom the service mails in a tenant: the card in its dialog, opened by the tenant's menu. */
export class EmailSettingsPage {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  async open(frame: Frame, displayName: string): Promise<void> {
    await frame.tenantMenu(displayName, 'E-mail notifications…');
    await expect(this.dialog).toContainText(displayName);
  }

  get dialog(): Locator {
    return this.#page.getByRole('dialog', { name: /E-mail notifications of/ });
  }

  get card(): Locator {
    return this.dialog.getByRole('region', { name: 'E-mail notifications of the service' });
  }

  button(name: 'Read the setting' | 'Change…' | 'Preview' | 'Send the change' | 'Back' | 'Cancel'): Locator {
    return this.card.getByRole('button', { name, exact: true });
  }

  get recipients(): Locator {
    return this.card.getByRole('list', { name: 'Recipients' }).getByRole('listitem');
  }

  get typed(): Locator {
    return this.card.getByRole('textbox', { name: 'Recipients' });
  }

  option(name: RegExp): Locator {
    return this.card.getByRole('checkbox', { name });
  }

  /** A line of the preview: what it is now, and after. */
  line(name: 'Notifications' | 'Mails also of' | 'Recipients'): Locator {
    return this.card.getByRole('row').filter({ has: this.#page.getByRole('rowheader', { name, exact: true }) });
  }

  async close(): Promise<void> {
    await this.dialog.getByRole('button', { name: 'Close' }).click();
    await expect(this.dialog).toBeHidden();
  }
}
