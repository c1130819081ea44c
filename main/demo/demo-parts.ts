import type { Cloud, DemoTenants } from '../host.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import type { RunningEmulator } from './emulator-child.ts';
import { EmulatorClock } from './emulator-clock.ts';
import { DemoUnavailableError, type EmulatorReady } from './emulator-ready.ts';

/** What makes a host show the demo tenants instead of Microsoft's cloud. */
export interface DemoParts {
  readonly cloud: Cloud;
  readonly demo: DemoTenants;
  readonly now: () => UtcSeconds;
  /** Stops following the emulator, and the emulator itself where it is ours. */
  stop(): Promise<void>;
}

/** @throws DemoUnavailableError where the emulator does not answer */
export async function openDemoParts(emulator: RunningEmulator): Promise<DemoParts> {
  const { ready } = emulator;
  const clock = await EmulatorClock.start(ready.url).catch(async (error: unknown) => {
    await emulator.stop();
    throw new DemoUnavailableError(`The emulator at ${ready.url} does not answer; start it again.`, { cause: error });
  });
  return {
    cloud: demoCloud(ready),
    demo: demoTenants(ready, clock),
    now: () => clock.now(),
    stop: async () => {
      clock.stop();
      await emulator.stop();
    },
  };
}

/** Sign-in and Graph as the emulator plays them. The authority keeps its real name: only the addresses behind it differ. */
function demoCloud({ url, clientId }: EmulatorReady): Cloud {
  return {
    clientId,
    graphOrigin: url,
    loginOrigin: 'https://login.microsoftonline.com',
    authorityMetadata: JSON.stringify({
      authorization_endpoint: `${url}/{tenant}/oauth2/v2.0/authorize`,
      token_endpoint: `${url}/{tenant}/oauth2/v2.0/token`,
      issuer: `${url}/{tenant}/v2.0`,
      jwks_uri: `${url}/{tenant}/discovery/v2.0/keys`,
      end_session_endpoint: `${url}/{tenant}/oauth2/v2.0/logout`,
    }),
  };
}

function demoTenants(ready: EmulatorReady, clock: EmulatorClock): DemoTenants {
  const [user] = ready.users;
  if (user === undefined) throw new DemoUnavailableError('The emulator has no user who could sign in.');
  return {
    emulatorUrl: ready.url,
    get timeScale() {
      return clock.rate;
    },
    userPrincipalName: user.userPrincipalName,
    homeTenantId: user.homeTenantId,
    customers: ready.tenants
      .filter(tenant => tenant.role === 'customer')
      .map(({ id, domain, displayName }) => ({ id, domain, displayName })),
  };
}
