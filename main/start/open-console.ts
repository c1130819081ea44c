import { join } from 'node:path';
import type { BridgeRouter } from '../bridge/index.ts';
import { openDemoParts, type RunningEmulator } from '../demo/index.ts';
import type { Cloud, Host, Log } from '../host.ts';
import { openLog } from '../log/index.ts';
import { takeProfile } from '../profile/index.ts';
import { StopStack } from '../stop-stack.ts';

/** What the project's services offer a host: `main/services.ts` and `main/bridge/router.ts`. */
export interface Composition<Services extends { stop(): Promise<void> }> {
  readonly startServices: (host: Host) => Promise<Services>;
  readonly createRouter: (services: Services) => BridgeRouter;
}

/** A profile to open, and what the host gives its services. */
interface ConsoleParts {
  readonly profile: string;
  readonly tenants: DemoTenantsMeant | RealTenantsMeant;
  readonly catalogWorker: URL;
  /** The rest of a `Host`, made once the profile is this process's own. */
  readonly host: (profile: string, log: Log) => Promise<Omit<Host, 'paths' | 'now' | 'cloud' | 'demo' | 'log'>>;
}

/** The demo's, which are where the emulator says that starts with the profile. */
interface DemoTenantsMeant {
  readonly are: 'demo';
  readonly startEmulator: (profile: string) => Promise<RunningEmulator>;
}

/** A technician's own, in Microsoft's cloud and time. */
interface RealTenantsMeant {
  readonly are: 'real';
  readonly cloud: Cloud;
}

export interface OpenConsole {
  readonly router: BridgeRouter;
  readonly log: Log;
  stop(): Promise<void>;
}

/**
 * Takes a profile and starts everything in it: log, demo, services. What was started before a failure is stopped again.
 *
 * @throws StartError, AppFailure (PROFILE_UNWRITABLE, PROFILE_IN_USE, and what the services throw)
 */
export async function openConsole<Services extends { stop(): Promise<void> }>(
  parts: ConsoleParts,
  composition: Composition<Services>,
): Promise<OpenConsole> {
  // Services stop before the emulator that they talk to, and the profile is given up last.
  const stops = new StopStack();
  let log: Log | undefined;
  try {
    const profile = await takeProfile(parts.profile);
    stops.push(() => profile.release());
    log = openLog(join(profile.path, 'logs'));
    const paths = { profile: profile.path, catalogWorker: parts.catalogWorker };

    const { tenants } = parts;
    let ofTenants: Pick<Host, 'cloud' | 'now' | 'demo'>;
    if (tenants.are === 'demo') {
      const demo = await openDemoParts(await tenants.startEmulator(profile.path));
      stops.push(() => demo.stop());
      ofTenants = { cloud: demo.cloud, now: demo.now, demo: demo.demo };
    } else {
      ofTenants = { cloud: tenants.cloud, now: () => Math.floor(Date.now() / 1_000) };
    }
    const services = await composition.startServices({
      ...(await parts.host(profile.path, log)),
      paths,
      log,
      ...ofTenants,
    });
    stops.push(() => services.stop());
    return { router: composition.createRouter(services), log, stop: () => stops.stop() };
  } catch (error) {
    // Why it could not start is what counts; that it could not be stopped either stands in the log.
    await stops.stop().catch((failure: unknown) => log?.error('start.notStopped', { error: String(failure) }));
    throw error;
  }
}
