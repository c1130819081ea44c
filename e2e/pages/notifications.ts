import { expect, type Locator, type Page } from '@playwright/test';
import { z } from 'zod';

const Shown = z.array(z.object({ title: z.string(), body: z.string() }));
const KEPT = 'shown-notifications';

/** What the browser is told to show, what stands behind the bell, and the settings of both. */
export class NotificationsPage {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /**
   * Puts a stand-in in the place of the browser's notifications: it keeps what it is told to show, and shows it only where `permission` says
   * so. A browser without a screen has nothing to be clicked.
   */
  async standIn(permission: 'granted' | 'denied' | 'default', answer: 'granted' | 'denied' = 'granted'): Promise<void> {
    await this.#page.evaluate(
      ([kept, given, answered]) => {
        const shown: { title: string; body: string; click: () => void }[] = [];
        class StandIn extends EventTarget {
          static permission: NotificationPermission = given;
          static async requestPermission(): Promise<NotificationPermission> {
            StandIn.permission = answered;
            return answered;
          }
          constructor(title: string, { body = '' }: NotificationOptions = {}) {
            super();
            shown.push({ title, body, click: () => this.dispatchEvent(new Event('click')) });
            queueMicrotask(() => this.dispatchEvent(new Event('show')));
          }
          close(): void {}
        }
        Object.assign(window, { Notification: StandIn, [kept]: shown });
      },
      [KEPT, permission, answer] as const,
    );
  }

  /** What was shown so far, oldest first. */
  async shown(): Promise<z.infer<typeof Shown>> {
    return Shown.parse(
      await this.#page.evaluate(kept => JSON.parse(JSON.stringify(Reflect.get(window, kept))) as unknown, KEPT),
    );
  }

  async titles(): Promise<string[]> {
    return (await this.shown()).map(({ title }) => title);
  }

  /** Clicks the last that was shown. */
  async clickLast(): Promise<void> {
    await this.#page.evaluate(kept => {
      const shown = Reflect.get(window, kept) as readonly { readonly click: () => void }[];
      shown.at(-1)?.click();
    }, KEPT);
  }

  get bell(): Locator {
    return this.#page.getByRole('button', { name: /^Notifications/ });
  }

  get recent(): Locator {
    return this.#page.getByRole('list', { name: 'Recent notifications' }).getByRole('listitem');
  }

  get card(): Locator {
    return this.#page.getByRole('region', { name: 'Notifications', exact: true });
  }

  option(label: string | RegExp): Locator {
    return this.card.getByRole('checkbox', { name: label });
  }

  async setOption(label: string | RegExp, isOn: boolean): Promise<void> {
    // The choice is kept by main, so it shows a moment after the click.
    if ((await this.option(label).isChecked()) !== isOn) await this.option(label).click();
    await expect(this.option(label)).toBeChecked({ checked: isOn });
  }

  /** Types the quiet hours, each as `22:00`. */
  async typeQuiet(from: string, to: string): Promise<void> {
    await this.card.getByRole('textbox', { name: 'From' }).fill(from);
    await this.card.getByRole('textbox', { name: 'To' }).fill(to);
    await this.card.getByRole('textbox', { name: 'To' }).press('Enter');
  }

  async test(): Promise<void> {
    await this.card.getByRole('button', { name: 'Show a test notification' }).click();
  }

  get testResult(): Locator {
    return this.card.getByRole('status');
  }
}
