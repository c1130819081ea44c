/** The whole made-up world: directory, tenants, time. Built from the seed; changes come from the journal. */
import { createDirectory, openSignIn } from '../directory.ts';
import type { Directory, DirectoryTenant, DirectoryUser, KnownApp, RegisteredApp } from '../directory.ts';
import { applicationPermissions, delegatedPermissions } from '../graph/permissions.ts';
import { fromMilliseconds } from '../instant.ts';
import type { Ticks } from '../instant.ts';
import type { EmulatorOptions } from '../options.ts';
import { guid } from '../seeded-random.ts';
import { createServiceClock } from '../service-clock.ts';
import type { ClockReading, ServiceClock } from '../service-clock.ts';
import { createTokens, newSigningKey } from '../tokens.ts';
import type { Tokens } from '../tokens.ts';
import { customerOrganisation, homeOrganisation } from '../world/organisations.ts';
import type { Organisation } from '../world/organisations.ts';
import { mailDomainOf } from '../world/people-and-sites.ts';
import { createPointIds } from '../world/point-ids.ts';
import { healths } from '../world/units.ts';
import type { Journal } from './journal.ts';
import { busyTenantLimit, putPastSessions } from './lived-in.ts';
import { createTenant, initialSettings } from './tenant.ts';
import type { Tenant } from './tenant.ts';

export interface World {
  readonly seed: number;
  readonly directory: Directory;
  readonly tokens: Tokens;
  readonly clock: ServiceClock;
  now(): Ticks;
  /** The home tenant first. */
  readonly tenants: readonly Tenant[];
  findTenant(id: string): Tenant | undefined;
  /** The application that is meant by `self` in a tenant: its own, or the registered one. */
  appIn(tenantId: string): KnownApp;
  readonly latencyMs: number;
  /** An id that nothing has yet; the same row of ids in each run of a seed. */
  newId(): string;
  /** Writes down the time, so that a next run goes on from here. `isFinal`: nothing will be told after this. */
  keepTime(isFinal: boolean): void;
}

/** What of the options a kept world was made with: they can't change afterwards. */
interface Origin {
  readonly seed: number;
  readonly tenants: number;
  readonly units: number;
  readonly worldStartMilliseconds: number;
}

interface KeptTime extends ClockReading {
  /** Whether the run ended in good order: else it may have told a somewhat later time. */
  readonly isFinal: boolean;
}

/** Time is written down this often, in real milliseconds, while a run lasts. */
export const keepTimeEvery = 2000;

const originOf = (options: EmulatorOptions, journal: Journal): Origin => {
  const kept = journal.read<Origin>('origin').get('world');
  if (kept === undefined) {
    const { seed, tenants, units, nowMilliseconds } = options;
    const origin = { seed, tenants, units, worldStartMilliseconds: nowMilliseconds };
    journal.put('origin', 'world', origin);
    return origin;
  }
  for (const name of ['seed', 'tenants', 'units'] as const) {
    if (kept[name] !== options[name]) {
      throw new Error(`The state file was made with --${name} ${kept[name]}: start with that, or name another file.`);
    }
  }
  return kept;
};

const clockOf = (options: EmulatorOptions, journal: Journal): ServiceClock => {
  const kept = journal.read<KeptTime>('clock').get('time');
  if (kept === undefined) {
    return createServiceClock({
      nowMilliseconds: options.nowMilliseconds,
      timeScale: options.timeScale,
      frozen: false,
    });
  }
  // After a kill the clock goes on from the latest moment that may have been told, so that it never goes back.
  const untold = kept.isFinal || kept.frozen ? 0 : keepTimeEvery * 2 * kept.timeScale;
  return createServiceClock({
    nowMilliseconds: kept.nowMilliseconds + untold,
    timeScale: options.timeScale,
    frozen: kept.frozen,
  });
};

const people: readonly (Omit<DirectoryUser, 'objectId' | 'homeTenantId' | 'userPrincipalName'> & { alias: string })[] =
  [
    {
      alias: 'ines.okafor',
      displayName: 'Ines Okafor',
      worksInCustomers: true,
      roles: ['Microsoft 365 Backup Administrator'],
    },
    {
      alias: 'soeren.lindqvist',
      displayName: 'Søren Lindqvist',
      worksInCustomers: true,
      roles: ['Global Administrator'],
    },
    {
      alias: 'maja.kowalczyk',
      displayName: 'Maja Kowalczyk-Þorsteinsdóttir',
      worksInCustomers: true,
      roles: ['SharePoint Administrator'],
    },
    { alias: 'tom.featherstone', displayName: 'Tom Featherstone', worksInCustomers: false, roles: [] },
  ];

const toDirectoryTenant = (id: string, organisation: Organisation, role: 'home' | 'customer'): DirectoryTenant => ({
  id,
  domain: mailDomainOf(organisation),
  displayName: organisation.displayName,
  role,
  signInRules: openSignIn,
  consentedScopes: delegatedPermissions,
  consentedRoles: applicationPermissions,
  tokenLifetimeSeconds: 3600,
});

const keptKey = (journal: Journal): string => {
  const kept = journal.read<string>('key').get('signing');
  if (kept !== undefined) return kept;
  const key = newSigningKey();
  journal.put('key', 'signing', key);
  return key;
};

/** Throws when the journal holds a world of other options. */
export const createWorld = (options: EmulatorOptions, journal: Journal): World => {
  const isNew = journal.read('origin').size === 0;
  const { seed, tenants: customers, units, worldStartMilliseconds } = originOf(options, journal);
  const worldStart = fromMilliseconds(worldStartMilliseconds);
  const clock = clockOf(options, journal);
  const pointIds = createPointIds(seed);
  const app: RegisteredApp = {
    clientId: guid(seed, 'application'),
    clientSecret: `${guid(seed, 'secret').replaceAll('-', '')}~demo`,
    displayName: 'Harbourlight Restore Console',
  };
  const organisations = [
    homeOrganisation,
    ...Array.from({ length: customers }, (_, number) => customerOrganisation(number)),
  ];
  const planned = organisations.map((organisation, number) => ({
    organisation,
    number,
    id: guid(seed, 'tenant', number),
    role: number === 0 ? ('home' as const) : ('customer' as const),
  }));
  const keptTenants = journal.read<DirectoryTenant>('directory');
  const homeTenantId = planned[0]?.id ?? '';
  const users = people.map(({ alias, ...person }): DirectoryUser => ({
    ...person,
    userPrincipalName: `${alias}@${mailDomainOf(homeOrganisation)}`,
    objectId: guid(seed, 'technician', alias),
    homeTenantId,
  }));
  const directory = createDirectory(
    app,
    planned.map(({ id, organisation, role }) => keptTenants.get(id) ?? toDirectoryTenant(id, organisation, role)),
    users,
    tenant => journal.put('directory', tenant.id, tenant),
  );
  const appIn = (tenantId: string): KnownApp => directory.appIn(directory.findTenant(tenantId));
  const tenants = planned.map(({ id, organisation, number, role }) =>
    createTenant(
      {
        isNew,
        seed,
        id,
        number,
        organisation,
        unitCount: role === 'home' ? 0 : units,
        health: healths[(number - 1) % healths.length] ?? { withoutPoints: 0, failing: 0, removed: 0, recent: 0 },
        worldStart,
        settings: initialSettings(role === 'customer', worldStart, options.searchCap),
        app: () => {
          const { clientId, displayName } = appIn(id);
          return { id: clientId, displayName };
        },
        administrator: {
          application: { id: app.clientId, displayName: app.displayName },
          user: {
            id: guid(seed, id, 'administrator'),
            displayName: 'Backup onboarding',
            email: `onboarding@${mailDomainOf(organisation)}`,
          },
        },
      },
      pointIds,
      journal,
    ),
  );
  if (isNew && options.livedIn) {
    const colleagues = users.filter(({ worksInCustomers }) => worksInCustomers).slice(1);
    for (const tenant of tenants.slice(1)) putPastSessions(tenant, { seed, worldStart, app, colleagues });
    const last = tenants.length > 1 ? tenants.at(-1) : undefined;
    last?.setSettings({ ...last.settings, throttle: busyTenantLimit });
  }
  const byId = new Map(tenants.map(tenant => [tenant.id, tenant]));
  let ids = journal.read<number>('ids').get('given') ?? 0;
  return {
    seed,
    directory,
    tokens: createTokens(directory, keptKey(journal)),
    clock,
    now: () => fromMilliseconds(clock.nowMilliseconds()),
    tenants,
    findTenant: id => byId.get(id.toLowerCase()),
    appIn,
    latencyMs: options.latencyMs,
    newId: () => {
      ids += 1;
      journal.put('ids', 'given', ids);
      return guid(seed, 'given', ids);
    },
    keepTime: isFinal => {
      const { timeScale, frozen } = clock;
      const time: KeptTime = { nowMilliseconds: clock.nowMilliseconds(), timeScale, frozen, isFinal };
      journal.put('clock', 'time', time);
    },
  };
};
