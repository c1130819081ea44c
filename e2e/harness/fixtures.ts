import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test as base } from '@playwright/test';
import { Emulator, type EmulatorOptions } from './emulator.ts';
import { electronMissing, type HostOptions, openInElectron, openInLoopback, type OpenConsole } from './hosts.ts';

export interface HostOption {
  /** Which host the project's tests run in. */
  readonly host: 'loopback' | 'electron';
}

export interface Fixtures {
  /** What the test's emulator is like; set with `test.provide({ world: … })`. */
  readonly world: EmulatorOptions;
  readonly emulator: Emulator;
  /** What the console is told of the emulator; a test may put a network of its own in between. */
  readonly readyLine: string;
  /** A profile folder of the test's own, gone after it. */
  readonly profile: string;
  /** Opens the console, as often as the test needs; what is still open after the test is closed. */
  readonly open: (
    options?: Partial<Pick<HostOptions, 'colorScheme' | 'viewport' | 'backgroundSync'>>,
  ) => Promise<OpenConsole>;
}

export const test = base.extend<Fixtures & HostOption>({
  host: ['loopback', { option: true }],
  world: [{}, { option: true }],
  emulator: async ({ world, host }, provide) => {
    const missing = host === 'electron' ? electronMissing() : undefined;
    base.skip(missing !== undefined, missing);
    const emulator = await Emulator.start(world);
    await provide(emulator);
    await emulator.stop();
  },
  readyLine: async ({ emulator }, provide) => {
    await provide(emulator.readyLine);
  },
  // Playwright reads from the first argument which fixtures are needed: it has to be a pattern, here one of a fixture that costs nothing.
  profile: async ({ host: _host }, provide) => {
    const folder = mkdtempSync(join(tmpdir(), 'backstop-e2e-'));
    await provide(folder);
    rmSync(folder, { recursive: true, force: true });
  },
  open: async ({ readyLine, host, profile, browser }, provide) => {
    const opened: OpenConsole[] = [];
    await provide(async options => {
      const launch = host === 'electron' ? openInElectron : openInLoopback;
      const console = await launch({ profile, emulatorReady: readyLine, browser, ...options });
      opened.push(console);
      return console;
    });
    for (const console of opened) await console.close();
    // A page that works does not complain: no uncaught error, nothing blocked by its own policy, no view that fell over.
    expect(opened.flatMap(({ complaints }) => complaints)).toEqual([]);
  },
});

export { expect };
