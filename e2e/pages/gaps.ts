import { expect, type Locator, type Page } from '@playwright/test';
import { readFileSync } from 'node:fs';

/** A tenant's gaps in protection. */
export class GapsPage {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  get table(): Locator {
    return this.#page.getByRole('grid', { name: /^Gaps in protection/ });
  }

  /** Every row on screen but the head. */
  get rows(): Locator {
    return this.table.getByRole('row').filter({ has: this.#page.getByRole('gridcell') });
  }

  row(name: string): Locator {
    return this.rows.filter({ has: this.#page.getByText(name, { exact: true }) });
  }

  /** A chip of one sort: "Unprotected". */
  chip(word: string): Locator {
    return this.#page
      .getByRole('group', { name: 'Sorts of gaps' })
      .getByRole('button', { name: new RegExp(`^${word}`) });
  }

  async kind(word: 'Any kind' | 'Sites' | 'OneDrives' | 'Mailboxes'): Promise<void> {
    await this.#page.getByRole('radiogroup', { name: 'Kind' }).getByRole('radio', { name: word }).click();
  }

  get filter(): Locator {
    return this.#page.getByRole('textbox', { name: 'Filter gaps' });
  }

  get readButton(): Locator {
    return this.#page.getByRole('button', { name: /^Read (the directory|it now)$/ }).first();
  }

  /** Reads the directory and waits until its age is of now. */
  async read(): Promise<void> {
    await this.readButton.click();
    await expect(this.said(/Users: [\d,]+ read/)).toBeVisible();
    await expect(this.#page.getByRole('button', { name: 'Stop reading' })).toHaveCount(0);
  }

  async select(name: string): Promise<void> {
    await this.row(name).click({ modifiers: ['ControlOrMeta'] });
  }

  selected(count: number): Locator {
    return this.#page.getByText(`${count} selected`, { exact: true });
  }

  /** A command for what is selected: "Add to a policy…". */
  command(name: string): Locator {
    return this.#page.getByRole('button', { name, exact: true });
  }

  said(words: string | RegExp): Locator {
    return this.#page.getByText(words);
  }

  /** Exports, and reads the file that was downloaded. */
  async export(item: 'HTML' | 'CSV'): Promise<{ fileName: string; text: string }> {
    await this.command('Export').click();
    const waiting = this.#page.waitForEvent('download');
    await this.#page.getByRole('menuitem', { name: item }).click();
    const download = await waiting;
    return { fileName: download.suggestedFilename(), text: readFileSync(await download.path(), 'utf8') };
  }
}
