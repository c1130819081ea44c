import { readFile } from 'node:fs/promises';
import { expect, type Locator, type Page, test } from '@playwright/test';
import type { Kind } from '../harness/emulator.ts';

const kindWords = { site: 'Sites', drive: 'OneDrive', mailbox: 'Mailboxes' } as const;

/** The restores of a tenant: the list, and one opened to its sessions and artifacts. */
export class RestoresPage {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  get list(): Locator {
    return this.#page.getByRole('grid', { name: /^Restores of the tenant/ });
  }

  row(name: string | RegExp): Locator {
    return this.list.getByRole('row').filter({ hasText: name });
  }

  async openRow(name: string | RegExp): Promise<void> {
    await this.row(name).dblclick();
  }

  /** The chip of a kind's session, where the plan has several: "Sites 3 of 7". */
  session(kind: Kind): Locator {
    return this.#page
      .getByRole('group', { name: 'Sessions of the plan' })
      .getByRole('button', { name: kindWords[kind] });
  }

  get progress(): Locator {
    return this.#page.getByRole('region', { name: 'How far the session is' });
  }

  get artifacts(): Locator {
    return this.#page.getByRole('grid', { name: 'Restore artifacts, failed first' });
  }

  artifact(name: string): Locator {
    return this.artifacts.getByRole('row').filter({ has: this.#page.getByText(name, { exact: true }) });
  }

  get artifactRows(): Locator {
    return this.artifacts.getByRole('row').filter({ has: this.#page.getByRole('gridcell') });
  }

  get retryFailed(): Locator {
    return this.#page.getByRole('button', { name: /^Retry failed only/ });
  }

  /** Waits until every artifact of a kind's session is done. `of` is how many there are. */
  async expectDone(kind: Kind, of: number): Promise<void> {
    await expect(this.session(kind)).toContainText(`${of} of ${of}`, { timeout: 60_000 });
  }

  /** Saves the report in a format and reads it. */
  async report(
    format: 'HTML' | 'CSV',
  ): Promise<{ readonly fileName: string; readonly path: string; readonly text: string }> {
    await this.#page.getByRole('button', { name: 'Report' }).click();
    const downloading = this.#page.waitForEvent('download');
    await this.#page.getByRole('menuitem', { name: format }).click();
    const download = await downloading;
    const fileName = download.suggestedFilename();
    const path = test.info().outputPath(fileName);
    await download.saveAs(path);
    return { fileName, path, text: await readFile(path, 'utf8') };
  }
}
