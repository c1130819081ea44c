import type { Page } from '@playwright/test';
import { expect, test } from './harness/fixtures.ts';
import { Journey } from './pages/journey.ts';

test.use({ world: { units: 10 } });

const WINDOW = { width: 1280, height: 800 };

/** Where the focus is: a name to speak of it by, and its place. Absent where it is on the page itself. */
function focused(
  page: Page,
): Promise<{ name: string; role: string | null; x: number; y: number; width: number; height: number } | null> {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (element === null || element === document.body) return null;
    const { x, y, width, height } = element.getBoundingClientRect();
    const name = element.getAttribute('aria-label') ?? element.textContent.trim().slice(0, 40);
    return {
      name: `${element.tagName.toLowerCase()} “${name}”`,
      role: element.getAttribute('role'),
      x,
      y,
      width,
      height,
    };
  });
}

type Focused = NonNullable<Awaited<ReturnType<typeof focused>>>;

/** Whether the place of the focus looks any different with it than without it. What is drawn decides, not a style that may be covered. */
async function showsFocus(page: Page, { x, y, width, height }: Focused): Promise<boolean> {
  const margin = 4;
  const [left, top] = [Math.max(0, x - margin), Math.max(0, y - margin)];
  const clip = {
    x: left,
    y: top,
    width: Math.min(WINDOW.width - left, width + 2 * margin),
    height: Math.min(WINDOW.height - top, height + 2 * margin),
  };
  // Outside of the window nobody sees anything.
  if (clip.width <= 0 || clip.height <= 0) return false;
  const shoot = (): Promise<Buffer> => page.screenshot({ clip, caret: 'hide', animations: 'disabled' });
  // A tooltip comes a moment after the focus.
  const look = async (): Promise<Buffer> => {
    let last = await shoot();
    for (let shots = 0; shots < 10; shots += 1) {
      const next = await shoot();
      if (next.equals(last)) break;
      last = next;
    }
    return last;
  };
  for (let tries = 0; ; tries += 1) {
    const before = await look();
    await page.evaluate(() => {
      const element = document.activeElement;
      if (!(element instanceof HTMLElement)) return;
      element.dataset['wasFocused'] = '';
      element.blur();
    });
    const without = await look();
    // The walk goes on from here.
    await page.evaluate(() => {
      const element = document.querySelector<HTMLElement>('[data-was-focused]');
      element?.focus({ preventScroll: true });
      delete element?.dataset['wasFocused'];
    });
    // What else changed meanwhile, an age or a count, would pass for the focus.
    const again = await look();
    if (before.equals(again) || tries === 4) return !before.equals(without) && !again.equals(without);
  }
}

/** Walks through the stops of Tab, and says which of them show that the focus is there. Tables have a test of their own. */
async function walk(
  page: Page,
  stops: number,
): Promise<{ readonly seen: readonly string[]; readonly unseen: readonly string[] }> {
  const seen: string[] = [];
  const unseen: string[] = [];
  for (let stop = 0; stop < stops; stop += 1) {
    await page.keyboard.press('Tab');
    const at = await focused(page);
    if (at === null) break;
    if (at.role !== 'grid') ((await showsFocus(page, at)) ? seen : unseen).push(at.name);
  }
  return { seen, unseen };
}

test('wherever Tab goes, one sees where one is', async ({ open, emulator }) => {
  // The clock of the status bar and the ages must not move meanwhile.
  const journey = new Journey(await open(), emulator);
  const { frame, page } = journey;
  await journey.toUnits();
  await emulator.control('POST', '/clock', { freeze: true });
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await test.step(`protection, ${colorScheme}`, async () => {
      await frame.tab('Protection').click();
      await page.getByRole('main').focus();
      const { seen, unseen } = await walk(page, colorScheme === 'light' ? 16 : 8);
      expect(unseen).toEqual([]);
      expect(seen.length).toBeGreaterThan(5);
    });
    await test.step(`rail and bars, ${colorScheme}`, async () => {
      await page.evaluate(() => {
        if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
      });
      await page.getByRole('link', { name: 'Go to the content' }).focus();
      const { seen, unseen } = await walk(page, colorScheme === 'light' ? 8 : 4);
      expect(unseen).toEqual([]);
      expect(seen.length).toBeGreaterThan(2);
    });
  }
});

test('a table that gets the focus shows it', async ({ open, emulator }) => {
  const journey = new Journey(await open(), emulator);
  const { page } = journey;
  await journey.toUnits();
  await emulator.control('POST', '/clock', { freeze: true });
  await page.getByRole('main').focus();
  let at: Focused | null = null;
  for (let tabs = 0; tabs < 20 && at?.role !== 'grid'; tabs += 1) {
    await page.keyboard.press('Tab');
    at = await focused(page);
  }
  if (at?.role !== 'grid') throw new Error('Tab does not reach the table.');
  expect(await showsFocus(page, at)).toBe(true);
  // It stands on a row, and looking is not yet opening.
  await expect(journey.protection.table).toHaveAttribute('aria-activedescendant', /-row-0$/);
  await expect(page.getByRole('complementary')).toBeHidden();
  await page.keyboard.press('Space');
  await expect(journey.protection.rows.first()).toHaveAttribute('aria-selected', 'true');
});
