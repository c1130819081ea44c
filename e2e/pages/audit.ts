import { readFile } from 'node:fs/promises';
import { type Locator, type Page, test } from '@playwright/test';

/** The record of every change: of a tenant, or of all. */
export class AuditPage {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  get table(): Locator {
    return this.#page.getByRole('grid', { name: 'Audit, newest first' });
  }

  get rows(): Locator {
    return this.table.getByRole('row').filter({ has: this.#page.getByRole('gridcell') });
  }

  /** Rows that hold all of these words. */
  rowsWith(...words: readonly string[]): Locator {
    let rows = this.rows;
    for (const word of words) rows = rows.filter({ hasText: word });
    return rows;
  }

  get search(): Locator {
    return this.#page.getByRole('textbox', { name: 'Search the audit' });
  }

  async choose(filter: 'Tenant' | 'What' | 'Who', option: string): Promise<void> {
    await this.#page.getByRole('combobox', { name: filter, exact: true }).click();
    await this.#page.getByRole('option', { name: option, exact: true }).click();
  }

  async typeDay(filter: 'From day' | 'To day', day: string): Promise<void> {
    const box = this.#page.getByRole('combobox', { name: filter, exact: true });
    await box.fill(day);
    await box.press('Enter');
  }

  get panel(): Locator {
    return this.#page.getByRole('complementary', { name: /^Row \d+ of the audit$/ });
  }

  get verifyButton(): Locator {
    return this.#page.getByRole('button', { name: 'Verify', exact: true });
  }

  /** What the verification came to, good or bad. */
  said(words: string | RegExp): Locator {
    return this.#page.getByRole('main').getByText(words);
  }

  /** Exports what is shown, and reads the file. */
  async export(format: 'CSV' | 'JSON lines'): Promise<{ readonly fileName: string; readonly text: string }> {
    await this.#page.getByRole('button', { name: 'Export', exact: true }).click();
    const downloading = this.#page.waitForEvent('download');
    await this.#page.getByRole('menuitem', { name: format }).click();
    const download = await downloading;
    const fileName = download.suggestedFilename();
    const path = test.info().outputPath(fileName);
    await download.saveAs(path);
    return { fileName, text: await readFile(path, 'utf8') };
  }
}
