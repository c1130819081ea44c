import type { ConsoleEvent } from '../../shared/contract/console.ts';
import type { PolicyChange, PreparedChange, SentChange } from '../../shared/contract/policies.ts';
import type { UnitKind } from '../../shared/domain/protection-unit.ts';
import type { ScopeConsent } from '../auth/index.ts';
import { toAppError } from '../failures.ts';
import { silentLog, syncOnEmulator, type SyncOnEmulator } from '../sync/testing/sync-on-emulator.ts';
import { type EmulatorProcess, startEmulatorProcess } from './emulator-process.ts';
import { createPoliciesService, type PoliciesService } from '../policies/index.ts';

/** A console's policies over a real catalog, on an emulator whose clock stands still. */
export interface PoliciesOnEmulator {
  readonly emulator: EmulatorProcess;
  readonly opened: SyncOnEmulator;
  readonly tenantId: string;
  readonly tenantName: string;
  policies: PoliciesService;
  readonly events: ConsoleEvent[];
  /** Consents that the sign-in is said to lack. */
  readonly missingScopes: Set<string>;
  /** Lets so many seconds of service time pass. */
  advance(seconds: number): Promise<void>;
  /** Makes requests of this kind go wrong. */
  fault(method: string, route: string, effect: string, more?: object): Promise<void>;
  /** Prepares, sends with the name typed, and tells both. */
  carryOut(change: PolicyChange): Promise<{ readonly prepared: PreparedChange; readonly sent: SentChange }>;
  /** The id of the first policy of a kind. */
  policyOf(kind: UnitKind): Promise<string>;
  /** The same over the same profile, as a console that was started again. */
  restart(): void;
  /** How often a route was asked since this console began. */
  asked(method: string, route: string): Promise<number>;
  close(): Promise<void>;
}

const POLICIES = '/solutions/backupRestore';

interface Counted {
  readonly byRoute: readonly { readonly method: string; readonly route: string; readonly count: number }[];
}

/** An emulator with so many customers, one for each test: what one changes no other sees. Its clock moves only when told to. */
export async function startCustomers(tenants: number): Promise<EmulatorProcess> {
  const emulator = await startEmulatorProcess(
    ...['--seed', '5', '--tenants', String(tenants), '--units', '24', '--now', '2026-03-06T12:00:00Z'],
  );
  await emulator.control('POST', '/clock', { freeze: true });
  return emulator;
}

/** @param number which of the customers */
export async function policiesOnEmulator(emulator: EmulatorProcess, number: number): Promise<PoliciesOnEmulator> {
  const customer = emulator.ready.tenants.filter(({ role }) => role === 'customer')[number];
  if (customer === undefined) throw new Error(`There is no customer ${number}.`);
  const opened = await syncOnEmulator(emulator, { tenantId: customer.id });
  const { tenantId, events, catalog, graph, clocks, connectivity, sync } = opened;
  await sync.syncTenant(tenantId, { evenIfFresh: false });
  const { byRoute: before } = await emulator.control<Counted>('GET', '/requests');
  const countOf = ({ byRoute }: Counted, method: string, route: string): number =>
    byRoute
      .filter(row => row.method === method && row.route === `${POLICIES}${route}`)
      .reduce((sum, row) => sum + row.count, 0);
  const missingScopes = new Set<string>();
  const start = (): PoliciesService =>
    createPoliciesService({
      catalog,
      graph,
      sync,
      connectivity,
      auth: {
        accountIn: () => ({
          id: '0123456789abcdef',
          username: 'anna@msp.example',
          displayName: 'Anna',
          homeTenantId: tenantId,
          homeAccountId: 'anna',
        }),
        consentOf: async (_, scopes) =>
          scopes.map((scope): ScopeConsent =>
            missingScopes.has(scope.slice(scope.lastIndexOf('/') + 1))
              ? {
                  scope,
                  consent: 'missing',
                  problem: { kind: 'consentMissing', scopes: [scope], declined: false, tenantId },
                }
              : { scope, consent: 'granted' },
          ),
      },
      now: tenant => clocks.now(tenant),
      pollMs: 5,
      jobPatienceMs: 20,
      sleep: async (_, signal) => {
        if (signal.aborted) throw signal.reason;
        await new Promise(resolve => setTimeout(resolve, 5));
      },
      toAppError: (error, about) => toAppError(error, { tenantId: about }),
      emit: event => {
        events.push(event);
      },
      log: silentLog,
    });
  const world: PoliciesOnEmulator = {
    emulator,
    opened,
    tenantId,
    tenantName: 'Tenant',
    policies: start(),
    events,
    missingScopes,
    advance: async seconds => {
      await emulator.control('POST', '/clock', { advanceSeconds: seconds });
    },
    fault: async (method, route, effect, more = {}) => {
      const match = { method, route: `${POLICIES}${route}`, tenantId };
      await emulator.control('POST', '/faults', { match, effect, times: 1, ...more });
    },
    carryOut: async change => {
      const prepared = await world.policies.changes.prepare(tenantId, change);
      const sent = await world.policies.changes.send(prepared.id, world.tenantName);
      return { prepared, sent };
    },
    policyOf: async kind => {
      const found = (await catalog.policies.list(tenantId)).find(policy => policy.kind === kind);
      if (found === undefined) throw new Error(`There is no policy of kind ${kind}.`);
      return found.id;
    },
    restart: () => {
      world.policies = start();
    },
    asked: async (method, route) =>
      countOf(await emulator.control<Counted>('GET', '/requests'), method, route) -
      countOf({ byRoute: before }, method, route),
    close: async () => {
      await world.policies.stop();
      await opened.close();
    },
  };
  return world;
}
