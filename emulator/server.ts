/** The emulator as a server: everything put together, listening on 127.0.0.1. */
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { controlRoutes } from './control/routes.ts';
import { entraRoutes } from './entra/index.ts';
import { createFaults } from './http/faults.ts';
import { graphRoutes } from './http/graph-routes.ts';
import type { Desk } from './http/answer-question.ts';
import { createRequestCounters } from './http/request-counters.ts';
import { createThrottle } from './http/throttle.ts';
import { tokenFaults } from './http/token-faults.ts';
import { toText } from './instant.ts';
import { defaultOptions } from './options.ts';
import type { EmulatorOptions } from './options.ts';
import { fileJournal, memoryJournal } from './state/journal.ts';
import { createWorld, keepTimeEvery } from './state/world.ts';
import type { World } from './state/world.ts';

/** The line that a run prints when it is ready. */
export interface ReadyLine {
  readonly url: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly now: string;
  readonly tenants: readonly {
    readonly id: string;
    readonly domain: string;
    readonly displayName: string;
    readonly units: number;
    readonly role: 'home' | 'customer';
  }[];
  readonly users: readonly {
    readonly userPrincipalName: string;
    readonly objectId: string;
    readonly homeTenantId: string;
  }[];
}

export interface RunningEmulator {
  readonly ready: ReadyLine;
  /** Ends all connections and writes down what a next run goes on from. */
  stop(): Promise<void>;
}

const readyLine = (world: World, url: string): ReadyLine => ({
  url,
  clientId: world.directory.app.clientId,
  clientSecret: world.directory.app.clientSecret,
  now: toText(world.now()),
  tenants: world.directory.listTenants().map(({ id, domain, displayName, role }) => ({
    id,
    domain,
    displayName,
    units: world.findTenant(id)?.units.count ?? 0,
    role,
  })),
  users: world.directory.listUsers().map(({ userPrincipalName, objectId, homeTenantId }) => ({
    userPrincipalName,
    objectId,
    homeTenantId,
  })),
});

const appOf = (desk: Desk): Hono<{ Bindings: HttpBindings }> => {
  const { world, faults } = desk;
  const app = new Hono<{ Bindings: HttpBindings }>();
  app.route('/', graphRoutes(desk));
  app.route('/_emulator', controlRoutes(desk));
  app.use(
    '/:tenant/*',
    tokenFaults(faults, name => world.directory.findTenant(name)?.id),
  );
  app.route('/', entraRoutes({ directory: world.directory, tokens: world.tokens }));
  app.notFound(c =>
    c.json({ error: { code: 'notFound', message: `There is nothing at ${c.req.method} ${c.req.path}.` } }, 404),
  );
  app.onError((error, c) => {
    // Not one of the service's errors but a slip of the emulator's own: it must be seen.
    process.stderr.write(`${c.req.method} ${c.req.path}: ${error.stack ?? error.message}\n`);
    return c.json({ error: { code: 'emulatorError', message: 'The emulator failed; see its log.' } }, 500);
  });
  return app;
};

const listen = (server: Server, port: number): Promise<AddressInfo> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      if (address === null || typeof address === 'string') reject(new Error('The server has no port.'));
      else resolve(address);
    });
  });

/** Starts a server of its own. Throws when the port is taken, or the state file can't be read or is of other options. */
export const startEmulator = async (asked: Partial<EmulatorOptions> = {}): Promise<RunningEmulator> => {
  const options: EmulatorOptions = { ...defaultOptions, nowMilliseconds: Date.now(), ...asked };
  const journal = options.file === undefined ? memoryJournal() : fileJournal(options.file);
  let world: World;
  let server: Server;
  let port: number;
  try {
    world = createWorld(options, journal);
    let faultNumber = 0;
    const desk: Desk = {
      world,
      faults: createFaults(options.seed, () => {
        faultNumber += 1;
        return `fault-${faultNumber}`;
      }),
      counters: createRequestCounters(() => world.clock.nowMilliseconds()),
      throttle: createThrottle(),
      validateResponses: options.validateResponses,
    };
    const adaptor = createAdaptorServer({ fetch: appOf(desk).fetch, overrideGlobalObjects: false });
    if (!('closeAllConnections' in adaptor)) throw new Error('The server is none of HTTP/1.1.');
    server = adaptor;
    ({ port } = await listen(server, options.port));
  } catch (error) {
    journal.close();
    throw error;
  }
  const timer = options.file === undefined ? undefined : setInterval(() => world.keepTime(false), keepTimeEvery);
  timer?.unref();
  world.keepTime(false);
  return {
    ready: readyLine(world, `http://127.0.0.1:${port}`),
    stop: async () => {
      clearInterval(timer);
      await new Promise<void>(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
      world.keepTime(true);
      journal.close();
    },
  };
};
