import { expect, type Locator, type Page } from '@playwright/test';
import type { Kind } from '../harness/emulator.ts';

const kindWords = { site: 'Site', drive: 'OneDrive', mailbox: 'Mailbox' } as const;
const chips = { site: 'Sites', drive: 'OneDrive', mailbox: 'Mailboxes' } as const;

/** A tenant's protection: tiles, filters, the table of units, its selection and the panel of one unit. */
export class ProtectionPage {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  get table(): Locator {
    return this.#page.getByRole('grid', { name: /^Protection units of/ });
  }

  /** Every row but the head. */
  get rows(): Locator {
    return this.table.getByRole('row').filter({ has: this.#page.getByRole('gridcell') });
  }

  row(name: string): Locator {
    return this.rows.filter({ has: this.#page.getByText(name, { exact: true }) });
  }

  /** The names of the rows that exist now, in order. */
  names(): Locator {
    return this.rows.locator('[role=gridcell]:nth-child(2)');
  }

  get filterBox(): Locator {
    return this.#page.getByRole('textbox', { name: 'Filter units' });
  }

  /** "by name, 20 of 60" */
  get order(): Locator {
    return this.#page.getByRole('group', { name: 'Filters' }).getByText(/, [\d,]+ of [\d,]+$/);
  }

  kind(kind: Kind | 'all'): Locator {
    return this.#page
      .getByRole('group', { name: 'Kinds' })
      .getByRole('button', { name: kind === 'all' ? 'All kinds' : chips[kind] });
  }

  tile(word: string): Locator {
    return this.#page.getByRole('group', { name: /^Figures/ }).getByRole('button', { name: word });
  }

  header(name: string): Locator {
    return this.table.getByRole('columnheader', { name }).getByRole('button');
  }

  get selectAll(): Locator {
    return this.table.getByRole('checkbox', { name: /^Select all/ });
  }

  /** "3 selected" */
  selected(count: number): Locator {
    return this.#page.getByText(count === 0 ? 'None selected' : `${count} selected`, { exact: true });
  }

  get restoreButton(): Locator {
    return this.#page.getByRole('button', { name: 'Restore to a point in time…' });
  }

  get prepareButton(): Locator {
    return this.#page.getByRole('button', { name: 'Prepare a plan…' });
  }

  panel(name: string): Locator {
    return this.#page.getByRole('complementary', { name: `Details of ${name}` });
  }

  async filter(text: string): Promise<void> {
    await this.filterBox.fill(text);
  }

  /** The cell of a row that names its kind. */
  kindCell(kind: Kind): Locator {
    return this.#page.getByRole('gridcell', { name: kindWords[kind], exact: true });
  }

  /** Shows the units of one kind, in the order of their names. */
  async show(kind: Kind): Promise<void> {
    await this.kind(kind).click();
    await expect(this.kind(kind)).toHaveAttribute('aria-pressed', 'true');
    await expect(this.rows.filter({ has: this.kindCell(kind) }).first()).toBeVisible();
    // The rows of before stand until the new ones are read, and people have a OneDrive and a mailbox of the same name.
    await expect(this.rows.filter({ hasNot: this.kindCell(kind) })).toHaveCount(0);
  }

  /** Orders by name, which stands still; the order by the worst moves with time. */
  async orderByName(): Promise<void> {
    await this.header('Name').click();
    await expect(this.table.getByRole('columnheader', { name: 'Name' })).toHaveAttribute('aria-sort', 'ascending');
  }

  /** Selects or deselects the row of a name. */
  async toggleRow(name: string): Promise<void> {
    await this.row(name).click({ modifiers: ['ControlOrMeta'] });
  }

  async toggle(index: number): Promise<void> {
    await this.rows.nth(index).click({ modifiers: ['ControlOrMeta'] });
  }
}
