import { expect, type Page } from '@playwright/test';
import type { Emulator } from '../harness/emulator.ts';
import type { OpenConsole } from '../harness/hosts.ts';
import { Frame } from './frame.ts';
import { ProtectionPage } from './protection.ts';
import { ReadinessPage } from './readiness.ts';
import { RestoresPage } from './restores.ts';
import { SettingsPage } from './settings.ts';
import { SignInPage } from './sign-in.ts';
import { TenantsPage } from './tenants.ts';
import { WizardPage } from './wizard.ts';

/** The pages of an open console, and the ways that many tests go through them. */
export class Journey {
  readonly page: Page;
  readonly signIn: SignInPage;
  readonly frame: Frame;
  readonly tenants: TenantsPage;
  readonly readiness: ReadinessPage;
  readonly protection: ProtectionPage;
  readonly wizard: WizardPage;
  readonly restores: RestoresPage;
  readonly settings: SettingsPage;
  readonly #emulator: Emulator;

  constructor(console: OpenConsole, emulator: Emulator) {
    this.page = console.page;
    this.#emulator = emulator;
    this.signIn = new SignInPage(console);
    this.frame = new Frame(console.page);
    this.tenants = new TenantsPage(console.page);
    this.readiness = new ReadinessPage(console.page);
    this.protection = new ProtectionPage(console.page);
    this.wizard = new WizardPage(console.page);
    this.restores = new RestoresPage(console.page);
    this.settings = new SettingsPage(console.page);
  }

  get technician(): string {
    const [user] = this.#emulator.ready.users;
    if (user === undefined) throw new Error('The emulator has no user.');
    return user.userPrincipalName;
  }

  /** Signs in as the first person of the account page. */
  async toSignedIn(): Promise<void> {
    await this.signIn.signIn(this.technician);
  }

  /** Signs in, adds a customer from the partner's own, and opens its view. */
  async toAdded(customer = this.#emulator.customer()): Promise<void> {
    await this.toSignedIn();
    await this.tenants.openAdd();
    await this.tenants.addCustomer(customer.displayName);
    await this.tenants.openAdded(customer.displayName);
  }

  /** All the way to the units of a customer. */
  async toUnits(customer = this.#emulator.customer()): Promise<void> {
    await this.toAdded(customer);
    await this.sync(customer.displayName);
  }

  async sync(displayName = this.#emulator.customer().displayName): Promise<void> {
    await this.frame.syncButton(displayName).click();
    await this.frame.synced();
    await expect(this.protection.table).toBeVisible();
  }

  /** From the units to a plan of all of them, certain, reviewed, and not yet started. */
  async toReviewOfAll(incident: Date, where: 'In place' | 'To a new location'): Promise<void> {
    await this.protection.selectAll.click();
    await this.protection.restoreButton.click();
    await this.wizard.makeCertain(incident);
    await this.wizard.toReview(where);
  }
}
