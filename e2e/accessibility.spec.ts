import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './harness/fixtures.ts';
import { throughLooking, throughRestoring } from './pages/every-view.ts';
import { throughGaps } from './pages/gap-views.ts';
import { Journey } from './pages/journey.ts';
import { throughPolicies } from './pages/policy-views.ts';
import { throughService } from './pages/service-views.ts';

// A trace would keep axe's whole source with every look; a failure here says all that there is to say.
test.use({ world: { units: 24 }, trace: 'off' });

const SIZES = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
] as const;

/** Without a look at it a page draws nothing, and a change of colour stands still at its beginning: two frames end it. */
async function drawn(page: Page): Promise<void> {
  await page.evaluate(
    () =>
      new Promise(resolve => {
        requestAnimationFrame(() => requestAnimationFrame(resolve));
      }),
  );
}

/** What axe finds serious or critical, as lines that say what and where. */
async function violations(page: Page): Promise<readonly string[]> {
  await drawn(page);
  const { violations: found } = await new AxeBuilder({ page })
    // No page of axe's own is opened, which Electron could not do; the console has no frames to look into.
    .setLegacyMode(true)
    // Fluent's focus guards: they hand the focus on at once.
    .exclude('[data-tabster-dummy]')
    .options({ resultTypes: ['violations'] })
    .analyze();
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, impact, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${impact} ${id}: ${target.join(' ')}: ${failureSummary ?? ''}`),
    );
}

/** By how many pixels the page, or the view in it, is wider than its window. */
function overhang(page: Page): Promise<readonly number[]> {
  return page.evaluate(() =>
    [document.documentElement, document.body, ...document.querySelectorAll('main')].map(
      element => element.scrollWidth - element.clientWidth,
    ),
  );
}

// One sitting for both themes and both sizes: the theme follows the system's, so nobody has to sign in again. That the
// page's console stays free of errors, those of its content security policy too, is judged when the console is closed.
for (const [views, through] of [
  ['from the sign-in to the settings', throughLooking],
  ['of a restore, and offline', throughRestoring],
  ['of policies and their changes', throughPolicies],
  ['of the service and who controls it', throughService],
  ['of gaps in protection', throughGaps],
] as const) {
  test(`the views ${views}, in light and in dark: nothing serious by axe, nothing wider than the window`, async ({
    open,
    emulator,
  }) => {
    test.setTimeout(600_000);
    await emulator.change(emulator.customer().id, { artifactFailures: 'none' });
    const journey = new Journey(await open(), emulator);
    const { page } = journey;
    await through(journey, emulator, view =>
      test.step(view, async () => {
        for (const colorScheme of ['light', 'dark'] as const) {
          // A colour on its way to another has no contrast of its own.
          await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
          expect.soft(await violations(page), `${view}, ${colorScheme}`).toEqual([]);
        }
        for (const size of SIZES) {
          await page.setViewportSize(size);
          await expect
            .poll(async () => Math.max(...(await overhang(page))), {
              message: `${view}, ${size.width} wide`,
              timeout: 5_000,
            })
            .toBeLessThanOrEqual(0);
        }
        await page.setViewportSize(SIZES[0]);
      }),
    );
  });
}
