import { carryOverSocket, serveBridge } from '../bridge/index.ts';
import { attachEmulator, startEmulatorChild } from '../demo/index.ts';
import { openPageFiles } from '../page/index.ts';
import { memorySecrets } from '../secrets/index.ts';
import { openConsole, type Composition } from '../start/index.ts';
import { PageConnections } from './page-connections.ts';
import { openInSystemBrowser } from './system-browser.ts';
import type { WebArguments } from './web-arguments.ts';
import { startWebServer } from './web-server.ts';

/** What the build has made. */
export interface BuiltFiles {
  readonly pageFolder: string;
  readonly catalogWorker: URL;
  readonly emulator: URL;
}

export interface WebHost {
  /** The address that lets one browser in, once. */
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * Starts the loopback host: the demo's emulator (or one that runs already), the services, and a server on 127.0.0.1. It has no
 * way to real tenants: its cloud is the emulator's.
 *
 * @throws StartError, and what the services throw (`AppFailure`)
 */
export async function startWebHost<Services extends { stop(): Promise<void> }>(
  args: WebArguments,
  built: BuiltFiles,
  composition: Composition<Services>,
): Promise<WebHost> {
  const files = await openPageFiles(built.pageFolder);
  const pages = new PageConnections();
  const openUrl = async (url: URL): Promise<void> => {
    // A connected page is the technician's own browser; the system's is the way out where no page can be asked.
    if (pages.openUrl(url)) return;
    if (args.open && (await openInSystemBrowser(url))) return;
    throw new Error('there is no page and no browser to open an address in');
  };
  const { emulatorReady } = args;
  const opened = await openConsole(
    {
      profile: args.profile,
      tenants: {
        are: 'demo',
        startEmulator: async profile =>
          emulatorReady === undefined ? startEmulatorChild(profile, built.emulator) : attachEmulator(emulatorReady),
      },
      catalogWorker: built.catalogWorker,
      host: async () => ({
        secrets: memorySecrets(),
        openUrl,
        fetch: globalThis.fetch,
        backgroundSync: args.backgroundSync,
      }),
    },
    composition,
  );
  try {
    const server = await startWebServer(args.port, files, socket => {
      pages.add(serveBridge(opened.router, carryOverSocket(socket), opened.log));
    });
    if (args.open) await openInSystemBrowser(new URL(server.entrance));
    return {
      url: server.entrance,
      stop: async () => {
        pages.closeAll();
        await server.close();
        await opened.stop();
      },
    };
  } catch (error) {
    await opened.stop();
    throw error;
  }
}
