import { join } from 'node:path';
import { app, dialog, session } from 'electron';
import { attachEmulator } from '../demo/index.ts';
import { openPageFiles } from '../page/index.ts';
import type { Cloud } from '../host.ts';
import { openConsole, type Composition, type OpenConsole } from '../start/index.ts';
import { wordStartFailure } from '../start-error.ts';
import { ConsoleWindow } from './console-window.ts';
import { electronHost } from './electron-host.ts';
import { startEmulatorUtility } from './emulator-utility.ts';
import { lockDownContents, lockDownSession } from './lock-down.ts';
import { setMenu } from './menu.ts';
import { OpenProfiles, SwitchFailedError, type ProfileKind } from './open-profiles.ts';
import { readOverrides } from './overrides.ts';
import { registerPageScheme, servePage } from './page-protocol.ts';
import { readRegistration } from './registration.ts';

/** What the build has made. */
export interface ShellFiles {
  readonly pageFolder: string;
  readonly preload: string;
  readonly catalogWorker: URL;
  readonly emulator: URL;
}

/**
 * Runs the application. Resolves once the window is open, or the application is on its way out. What must come before
 * Electron is ready is done in this very turn, so the entry must call it at once.
 */
export async function runShell<Services extends { stop(): Promise<void> }>(
  built: ShellFiles,
  composition: Composition<Services>,
): Promise<void> {
  const overrides = readOverrides(app.isPackaged, process.env);
  const devTools = !app.isPackaged;
  registerPageScheme();
  app.enableSandbox();
  lockDownContents();
  // The single-instance lock lies in this folder: a test with a profile of its own is an application of its own.
  if (overrides.profile !== undefined) app.setPath('userData', join(overrides.profile, 'electron'));
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }

  const profiles = new OpenProfiles(kind => openProfile(kind));
  const window = new ConsoleWindow({ preload: built.preload, devTools, console: () => profiles.console });
  const data = app.getPath('userData');
  /** The cloud of the technician's own tenants; none until an Entra app is registered for the console. */
  let ownCloud: Cloud | undefined;
  let started = false;

  async function openProfile(kind: ProfileKind): Promise<OpenConsole> {
    const cloud = kind === 'own' ? ownCloud : undefined;
    const { emulatorReady, profile: demoProfile = join(data, 'demo') } = overrides;
    const startEmulator = async (profile: string) =>
      emulatorReady === undefined ? startEmulatorUtility(profile, built.emulator) : attachEmulator(emulatorReady);
    return openConsole(
      {
        profile: cloud === undefined ? demoProfile : join(data, 'own'),
        tenants: cloud === undefined ? { are: 'demo', startEmulator } : { are: 'real', cloud },
        catalogWorker: built.catalogWorker,
        // Without an app of their own, technicians have no other profile to go to.
        host: async (profile, log) => ({
          ...(await electronHost(profile, log, ownCloud === undefined ? undefined : switchProfile, showWindow)),
          backgroundSync: overrides.backgroundSync,
        }),
      },
      composition,
    );
  }

  /** Resolves before it begins: the call that asked for it is answered by services that are still there. */
  async function switchProfile(to: ProfileKind): Promise<void> {
    setImmediate(() => void carryOutSwitch(to));
  }

  async function carryOutSwitch(to: ProfileKind): Promise<void> {
    window.disconnect();
    try {
      await profiles.switchTo(to);
    } catch (error) {
      const cause = error instanceof SwitchFailedError ? error.cause : error;
      dialog.showErrorBox('The other profile could not be opened', wordStartFailure(cause) ?? String(cause));
      if (!(error instanceof SwitchFailedError) || !error.reopened) {
        app.exit(1);
        return;
      }
    }
    window.reload();
  }

  const showWindow = (): void => {
    if (started) window.show();
  };
  app.on('second-instance', showWindow);
  app.on('activate', showWindow);
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  stopBeforeQuitting(profiles);

  await app.whenReady();
  try {
    servePage(await openPageFiles(built.pageFolder));
    lockDownSession(session.defaultSession);
    setMenu(process.platform, devTools);
    if (overrides.emulatorReady === undefined) ownCloud = readRegistration(join(data, 'backstop.json'));
    await profiles.open(ownCloud === undefined ? 'demo' : 'own');
    started = true;
    window.show();
  } catch (error) {
    dialog.showErrorBox("Backstop can't start", wordStartFailure(error) ?? String(error));
    app.exit(1);
  }
}

/** Quitting waits until the services have written everything down. */
function stopBeforeQuitting(profiles: OpenProfiles): void {
  let stopped = false;
  app.on('before-quit', event => {
    if (stopped) return;
    event.preventDefault();
    profiles.stop().then(
      () => {
        stopped = true;
        app.quit();
      },
      () => app.exit(1),
    );
  });
}
