import { inspect } from 'node:util';
import { createAuthService, type AuthOptions, type AuthService } from '../index.ts';
import { EntraStandIn } from './entra-stand-in.ts';
import { HandClock } from './hand-clock.ts';
import { MemorySecrets } from './memory-secrets.ts';

export interface Started {
  readonly auth: AuthService;
  readonly entra: EntraStandIn;
  readonly secrets: MemorySecrets;
  readonly clock: HandClock;
  /** Everything logged, as text. */
  readonly logged: string[];
}

/** The service on a stand-in of everything around it. */
export async function startAuth(
  given: Partial<Pick<Started, 'entra' | 'secrets' | 'clock'>> & Partial<AuthOptions> = {},
): Promise<Started> {
  const { entra = new EntraStandIn(), secrets = new MemorySecrets(), clock = new HandClock(), ...options } = given;
  const logged: string[] = [];
  const write = (event: string, facts?: object) => void logged.push(inspect({ event, facts }, { depth: null }));
  const auth = await createAuthService({
    cloud: entra.cloud,
    secrets,
    fetch: entra.fetch,
    openUrl: entra.openUrl,
    log: { info: write, warn: write },
    realClock: clock,
    ...options,
  });
  return { auth, entra, secrets, clock, logged };
}

/** The same, with the stand-in's person signed in. */
export async function startSignedIn(given: Parameters<typeof startAuth>[0] = {}): Promise<Started> {
  const started = await startAuth(given);
  await started.auth.signIn();
  return started;
}
