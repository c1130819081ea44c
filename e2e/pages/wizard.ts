import { expect, type Locator, type Page } from '@playwright/test';

type Step = 'What' | 'When' | 'Where' | 'Review';

/** The restore wizard: what, when, where, review. */
export class WizardPage {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  get heading(): Locator {
    return this.#page.getByRole('heading', { name: 'Restore to a point in time' });
  }

  step(name: Step): Locator {
    return this.#page.getByRole('navigation', { name: 'Steps of the restore plan' }).getByRole('button', { name });
  }

  next(to: 'when' | 'where' | 'review'): Locator {
    return this.#page.getByRole('button', { name: `Next: ${to}` });
  }

  /** Waits until the step at hand is the one that is named. */
  async expectStep(name: Step): Promise<void> {
    await expect(this.#page.locator('[aria-current=step]')).toContainText(name);
  }

  get units(): Locator {
    return this.#page.getByRole('grid', { name: 'Units of the plan', exact: true });
  }

  get #incident(): Locator {
    return this.#page.getByRole('group', { name: 'Incident time: go back to before' });
  }

  get date(): Locator {
    return this.#incident.getByRole('combobox', { name: /date$/ });
  }

  get time(): Locator {
    return this.#incident.getByRole('textbox', { name: /, time$/ });
  }

  get zone(): Locator {
    return this.#incident.getByRole('combobox', { name: /, time zone$/ });
  }

  /** Types a moment in UTC, to the minute. The test's browser is in UTC. */
  async typeIncident(moment: Date): Promise<void> {
    const iso = moment.toISOString();
    await this.date.fill(iso.slice(0, 10));
    await this.time.fill(iso.slice(11, 16));
    await this.time.press('Tab');
  }

  get pointsFound(): Locator {
    return this.#page.getByRole('region', { name: 'Points found' });
  }

  get lossWindow(): Locator {
    return this.#page.getByRole('region', { name: 'Loss window' });
  }

  /** A count of the units by certainty: "Exact 8". */
  chip(word: 'All' | 'Exact' | 'At least' | 'Not yet asked' | 'None exist' | 'As shown'): Locator {
    return this.#page.getByRole('group', { name: 'Which units' }).getByRole('button', { name: word });
  }

  async expectCount(word: Parameters<WizardPage['chip']>[0], count: number): Promise<void> {
    await expect(this.chip(word)).toHaveAccessibleName(`${word} ${count}`, { timeout: 45_000 });
  }

  get askButton(): Locator {
    return this.#page.getByRole('button', { name: /^Ask the service for/ });
  }

  get foundTable(): Locator {
    return this.#page.getByRole('grid', { name: /^Units of the plan with their points/ });
  }

  found(name: string): Locator {
    return this.foundTable.getByRole('row').filter({ has: this.#page.getByText(name, { exact: true }) });
  }

  destination(where: 'In place' | 'To a new location'): Locator {
    return this.#page.getByRole('radio', { name: where });
  }

  get findings(): Locator {
    return this.#page.getByRole('region', { name: 'Before you start' }).getByRole('listitem');
  }

  finding(title: string | RegExp): Locator {
    return this.findings.filter({ has: this.#page.getByRole('heading', { name: title }) });
  }

  get checkAgain(): Locator {
    return this.#page.getByRole('button', { name: 'Check again' });
  }

  get plan(): Locator {
    return this.#page.getByRole('complementary', { name: 'Plan', exact: true });
  }

  get typedName(): Locator {
    return this.plan.getByRole('textbox');
  }

  get startButton(): Locator {
    return this.#page.getByRole('button', { name: /^Start restore of/ });
  }

  get saveAndClose(): Locator {
    return this.#page.getByRole('button', { name: 'Save and close' });
  }

  /** Types the incident and asks until nothing is uncertain. Ends on the same step. */
  async makeCertain(incident: Date): Promise<void> {
    await this.expectStep('When');
    await this.typeIncident(incident);
    await expect(this.pointsFound).toBeVisible();
    await this.askButton.click();
    await this.expectCount('Not yet asked', 0);
    await this.expectCount('At least', 0);
  }

  /** From a certain plan to the review of it, with everything checked. */
  async toReview(where: 'In place' | 'To a new location'): Promise<void> {
    await this.next('where').click();
    await this.destination(where).click();
    await this.next('review').click();
    await expect(this.findings.first()).toBeVisible({ timeout: 45_000 });
  }

  async start(): Promise<void> {
    await expect(this.startButton).toBeEnabled({ timeout: 30_000 });
    await this.startButton.click();
  }
}
