import { expect, type Locator, type Page } from '@playwright/test';

/** What surrounds every view: the rail, the tenant bar, the tabs, the status bar, notices. */
export class Frame {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  get rail(): Locator {
    return this.#page.getByRole('navigation', { name: 'Backstop' });
  }

  get bar(): Locator {
    return this.#page.getByRole('banner');
  }

  get statusBar(): Locator {
    return this.#page.getByRole('contentinfo');
  }

  get demoNote(): Locator {
    return this.bar.getByRole('note');
  }

  /** Who is signed in. */
  get accountButton(): Locator {
    return this.bar.getByRole('button').last();
  }

  get offlineBanner(): Locator {
    return this.#page.getByText('Everything here is from the catalog.');
  }

  /** The banner's button and what it says of the tries. */
  get tryNow(): Locator {
    return this.#page.getByRole('button', { name: 'Try now' });
  }

  /** "Next try in 40 s.", "No answer at 14:05:30. Next try in 40 s." */
  get tries(): Locator {
    return this.#page.getByText(/^(No answer at .*)?(Next try in|Trying now)/);
  }

  /** What the clock of the status bar shows, as the whole time in UTC. */
  get clock(): Locator {
    return this.statusBar.locator('time');
  }

  /** A notice or an error bar that says a sentence. */
  saying(words: string | RegExp): Locator {
    return this.#page.getByText(words);
  }

  async goToTenants(): Promise<void> {
    await this.rail.getByRole('button', { name: 'All tenants', exact: true }).click();
    await expect(this.#page.getByRole('main', { name: 'Tenants' })).toBeVisible();
  }

  async goToSettings(): Promise<void> {
    await this.rail.getByRole('button', { name: 'Settings' }).click();
  }

  async goToRestores(): Promise<void> {
    await this.rail.getByRole('button', { name: /^Restores of/ }).click();
  }

  /** The audit of all tenants. */
  async goToAudit(): Promise<void> {
    await this.rail.getByRole('button', { name: 'Audit of all tenants' }).click();
    await expect(this.#page.getByRole('main', { name: 'Audit' })).toBeVisible();
  }

  tab(name: 'Protection' | 'Restore points' | 'Restores' | 'Policies' | 'Gaps' | 'Service' | 'Audit'): Locator {
    // The tab of gaps says how many there are.
    return name === 'Gaps'
      ? this.#page.getByRole('tab', { name: /^Gaps/ })
      : this.#page.getByRole('tab', { name, exact: true });
  }

  /** Goes to a tab, from wherever the mouse stands: the tooltip of the sync button may lie over the tabs. */
  async openTab(name: Parameters<Frame['tab']>[0]): Promise<void> {
    await this.#page.mouse.move(0, 0);
    await this.tab(name).click();
  }

  /** The item of a tenant's own menu in the tenant bar. */
  async tenantMenu(displayName: string, item: string | RegExp): Promise<void> {
    await this.bar.getByRole('button', { name: displayName, exact: false }).first().click();
    await this.#page.getByRole('menuitem', { name: item }).click();
  }

  syncButton(displayName: string): Locator {
    return this.bar.getByRole('button', { name: `Sync ${displayName}` });
  }

  /** Waits until no sync runs and one has ended. */
  async synced(): Promise<void> {
    await expect(this.bar.getByText(/^synced /)).toBeVisible({ timeout: 45_000 });
  }
}
