import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Browser, type BrowserContext, _electron, type Page } from '@playwright/test';
import { z } from 'zod';
import { type StartedProcess, startProcess } from './process.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The console, opened in one of its two hosts. */
export interface OpenConsole {
  readonly page: Page;
  /** What the page complained of so far: uncaught errors, and everything written to its console as an error. */
  readonly complaints: readonly string[];
  /** Where the sign-in page opens: a tab of the same browser, or the system browser's stand-in. */
  readonly signInPage: () => Promise<Page>;
  /** Ends it as a technician would. */
  readonly close: () => Promise<void>;
  /** Ends it as a power cut would. */
  readonly kill: () => Promise<void>;
}

export interface HostOptions {
  readonly profile: string;
  readonly emulatorReady: string;
  readonly browser: Browser;
  readonly colorScheme?: 'light' | 'dark';
  readonly viewport?: { readonly width: number; readonly height: number };
  /** Whether the console syncs by itself; not unless a test asks for it, since most count what is asked. */
  readonly backgroundSync?: boolean;
}

/** Opens the console in the loopback host: its page in the browser, as `npm start -- --web` would. */
export async function openInLoopback(options: HostOptions): Promise<OpenConsole> {
  const host = await startLoopback(options);
  const context: BrowserContext = await options.browser.newContext({
    colorScheme: options.colorScheme ?? 'light',
    viewport: options.viewport ?? { width: 1280, height: 800 },
    acceptDownloads: true,
    timezoneId: 'UTC',
    locale: 'en-GB',
  });
  const page = await context.newPage();
  const complaints = new Complaints(page);
  await page.goto(entranceOf(host));
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    // That a page misses its host is no fault of the page.
    complaints.stop();
    await host.stop(signal);
    await context.close();
  };
  return {
    page,
    complaints: complaints.heard,
    signInPage: () => context.waitForEvent('page'),
    close: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
  };
}

/** Listens for what a page complains of, until it is told to stop. */
class Complaints {
  readonly heard: string[] = [];
  #isListening = true;

  constructor(page: Page) {
    page.on('pageerror', error => this.#add(error.stack ?? error.message));
    page.on('console', message => {
      if (message.type() === 'error') this.#add(message.text());
    });
  }

  stop(): void {
    this.#isListening = false;
  }

  #add(complaint: string): void {
    if (this.#isListening) this.heard.push(complaint);
  }
}

/** The address that lets one browser in, once. */
export function entranceOf({ line }: StartedProcess): string {
  return z.object({ url: z.string() }).parse(JSON.parse(line)).url;
}

/** Starts the loopback host; resolves once it has printed its address. `port` 0 takes any. */
export function startLoopback({
  profile,
  emulatorReady,
  port = 0,
  backgroundSync = false,
}: Pick<HostOptions, 'profile' | 'emulatorReady' | 'backgroundSync'> & {
  readonly port?: number;
}): Promise<StartedProcess> {
  const args = [
    `${process.env['BACKSTOP_E2E_DIST'] ?? `${root}dist`}/main/web.js`,
    '--port',
    String(port),
    '--no-open',
    '--profile',
    profile,
    '--emulator',
    emulatorReady,
    ...(backgroundSync ? [] : ['--no-background-sync']),
  ];
  return startProcess('node', args);
}

/** Why Electron can't be used here, or `undefined` where it can. */
export function electronMissing(): string | undefined {
  const folder = process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? `${root}node_modules/electron/dist`;
  const executable =
    { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' }[process.platform as string] ?? 'electron';
  if (!existsSync(`${folder}/${executable}`))
    return "Electron's runtime is not on this machine; set ELECTRON_OVERRIDE_DIST_PATH to an unpacked one.";
  return undefined;
}

/** Opens the console in Electron; the sign-in page opens in `browser`, in place of the system's. */
export async function openInElectron(options: HostOptions): Promise<OpenConsole> {
  const folder = process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? `${root}node_modules/electron/dist`;
  const executable =
    { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' }[process.platform as string] ?? 'electron';
  const app = await _electron.launch({
    executablePath: `${folder}/${executable}`,
    args: [root, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
    env: {
      ...process.env,
      BACKSTOP_EMULATOR: options.emulatorReady,
      BACKSTOP_PROFILE: options.profile,
      BACKSTOP_BACKGROUND_SYNC: options.backgroundSync === true ? 'on' : 'off',
    },
    colorScheme: options.colorScheme ?? 'light',
  });
  const context = await options.browser.newContext();
  const page = await app.firstWindow();
  const complaints = new Complaints(page);
  return {
    page,
    complaints: complaints.heard,
    signInPage: async () => {
      // The shell hands the address to the system browser; the test takes it there instead.
      const address = await app.evaluate(
        ({ shell }) =>
          new Promise<string>(resolve => {
            shell.openExternal = async (url: string) => resolve(url);
          }),
      );
      const signIn = await context.newPage();
      await signIn.goto(address);
      return signIn;
    },
    close: async () => {
      complaints.stop();
      await app.close();
      await context.close();
    },
    kill: async () => {
      complaints.stop();
      app.process().kill('SIGKILL');
      await context.close();
    },
  };
}
