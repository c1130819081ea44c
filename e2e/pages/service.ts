import { expect, type Locator, type Page } from '@playwright/test';
import type { Journey } from './journey.ts';

type Card = 'Onboarding' | 'How it stands' | 'Service apps' | 'Billing' | 'Leaving';

/** The tab "Service" of a tenant, and the dialog that changes who controls it. */
export class ServicePage {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  card(name: Card): Locator {
    return this.#page.getByRole('main').getByRole('region', { name, exact: true });
  }

  /** A step of the onboarding by its title. */
  step(title: string): Locator {
    return this.card('Onboarding').getByRole('listitem').filter({ hasText: title });
  }

  app(name: string): Locator {
    return this.card('Service apps').getByRole('listitem').filter({ hasText: name });
  }

  command(name: string): Locator {
    return this.#page.getByRole('main').getByRole('button', { name, exact: true });
  }

  get dialog(): Locator {
    return this.#page.getByRole('dialog');
  }

  get effects(): Locator {
    return this.dialog.getByRole('region', { name: 'What will happen' });
  }

  get problems(): Locator {
    return this.dialog.getByRole('region', { name: 'Before it is sent' });
  }

  get result(): Locator {
    return this.dialog.getByRole('region', { name: 'What came of it' });
  }

  get ownerField(): Locator {
    return this.dialog.getByRole('textbox', { name: /^Id of the tenant/ });
  }

  get dateField(): Locator {
    return this.dialog.getByRole('combobox', { name: /, date$/ });
  }

  sendButton(name: string): Locator {
    return this.dialog.getByRole('button', { name, exact: true });
  }

  async readNow(): Promise<void> {
    await this.command('Read it now').click();
    await expect(this.command('Read it now')).toBeEnabled();
  }

  async preview(): Promise<void> {
    await this.dialog.getByRole('button', { name: 'Preview', exact: true }).click();
    await expect(this.effects).toBeVisible();
  }

  async typeName(name: string): Promise<void> {
    await this.dialog.getByRole('textbox', { name: /type the tenant’s name/ }).fill(name);
  }

  /** Sends what is shown, and waits for what came of it. */
  async send(name: string): Promise<void> {
    await this.sendButton(name).click();
    await expect(this.result).toBeVisible();
  }

  async close(): Promise<void> {
    await this.dialog.getByRole('button', { name: 'Close', exact: true }).click();
    await expect(this.dialog).toBeHidden();
  }

  async cancel(): Promise<void> {
    await this.dialog.getByRole('button', { name: 'Cancel', exact: true }).click();
    await expect(this.dialog).toBeHidden();
  }
}

/** Signs in, adds a customer and opens its tab "Service". */
export async function toService(journey: Journey, displayName: string): Promise<ServicePage> {
  await journey.toSignedIn();
  await addAndOpenService(journey, displayName);
  return new ServicePage(journey.page);
}

/** Adds a customer and opens its tab; what is not ready of it would be shown first. */
export async function addAndOpenService({ frame, tenants }: Journey, displayName: string): Promise<void> {
  await tenants.openAdd();
  await tenants.addCustomer(displayName);
  await tenants.openAdded(displayName);
  await frame.goToTenants();
  await tenants.open(displayName);
  await frame.openTab('Service');
}
