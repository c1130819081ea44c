import { expect, type Locator, type Page } from '@playwright/test';

/** The settings, and the picker of a time zone wherever it stands. */
export class SettingsPage {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  theme(name: 'As the system' | 'Light' | 'Dark'): Locator {
    return this.#page.getByRole('radio', { name });
  }

  get heading(): Locator {
    return this.#page.getByRole('heading', { name: 'Settings', level: 1 });
  }

  card(name: 'Theme' | 'Your time zone' | 'Background sync' | 'Account' | 'Profile'): Locator {
    return this.#page.getByRole('region', { name, exact: true });
  }

  /** The choice is kept by main, so it shows a moment after the click. */
  async chooseTheme(name: Parameters<SettingsPage['theme']>[0]): Promise<void> {
    await this.theme(name).click();
    await expect(this.theme(name)).toBeChecked();
  }

  get inBackground(): Locator {
    return this.#page.getByRole('checkbox', { name: 'Sync every tenant in the background' });
  }

  /** Kept by main, so it shows a moment after the click. */
  async syncInBackground(isOn: boolean): Promise<void> {
    if ((await this.inBackground.isChecked()) !== isOn) await this.inBackground.click();
    await expect(this.inBackground).toBeChecked({ checked: isOn });
  }

  get zone(): Locator {
    return this.#page.getByRole('combobox', { name: 'Times are shown in' });
  }

  async chooseZone(zone: string): Promise<void> {
    await this.pickZone(this.card('Your time zone'), zone);
  }

  /** Types a zone's name into the only picker of a part of the page, and takes it. */
  async pickZone(within: Locator, zone: string): Promise<void> {
    await within.getByRole('combobox').click();
    await within.getByRole('combobox').fill(zone.replace(/^.*\//, ''));
    await this.#page
      .getByRole('option', { name: zone.replace(/^.*\//, '') })
      .first()
      .click();
  }
}
