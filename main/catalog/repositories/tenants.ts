import type { Controller, Readiness, ServiceState, Tenant } from '../../../shared/contract/tenants.ts';
import type { WritableDb } from '../worker/database.ts';
import type { AddedTenantRow } from './added-tenants.ts';
import { fromJson, toJson } from './columns.ts';

/** The cache's own number of a tenant; every other table of the cache names the tenant by it. */
export type TenantKey = number;

interface TenantRow {
  readonly key: TenantKey;
  readonly id: string;
  readonly displayName: string;
  readonly domain: string;
  readonly colour: number;
  readonly timeZone: string | null;
  readonly addedAt: number;
  readonly syncedAt: number | null;
  readonly service: string | null;
  readonly controller: string | null;
  readonly noticed: string | null;
  readonly units: number;
  readonly protectedUnits: number;
  readonly runningSessions: number;
}

/** Statuses of a session that has begun and not ended. */
export const RUNNING_STATUSES = "('activating', 'active')";

/** Exported so that a test can hold the plan. */
export const tenantsQuery = `
  SELECT t.key, t.id, t.display_name AS displayName, t.domain, t.colour, t.time_zone AS timeZone, t.added_at AS addedAt,
    t.synced_at AS syncedAt, t.service, t.controller, t.controller_change AS noticed,
    (SELECT count(*) FROM unit u INDEXED BY unit_by_tile WHERE u.tenant = t.key AND u.gone_at IS NULL) AS units,
    (SELECT count(*) FROM unit u INDEXED BY unit_by_tile WHERE u.tenant = t.key AND u.gone_at IS NULL AND u.status = 'protected') AS protectedUnits,
    (SELECT count(*) FROM restore_session s WHERE s.tenant = t.key AND s.status IN ${RUNNING_STATUSES}) AS runningSessions
  FROM tenant t`;

/** What looks at a tenant's controller have told so far. A look that could not tell changes nothing of it. */
interface Noticed {
  readonly lastKnown: Controller;
  /** Of another app in control: which, where that was told. */
  readonly appId?: string;
  readonly change?: NonNullable<Tenant['controllerChange']>;
}

const toNoticed = (text: string | null): Noticed | undefined =>
  text === null ? undefined : (fromJson(text) as Noticed);

const toTenant = (row: TenantRow): Tenant => {
  const change = toNoticed(row.noticed)?.change;
  return {
    id: row.id,
    displayName: row.displayName,
    domain: row.domain,
    colour: row.colour,
    addedAt: row.addedAt,
    controller: row.controller === null ? { by: 'unknown' } : (fromJson(row.controller) as Controller),
    units: row.units,
    protectedUnits: row.protectedUnits,
    runningSessions: row.runningSessions,
    ...(row.timeZone === null ? {} : { timeZone: row.timeZone }),
    ...(row.syncedAt === null ? {} : { syncedAt: row.syncedAt }),
    ...(row.service === null ? {} : { service: fromJson(row.service) as ServiceState }),
    ...(change === undefined ? {} : { controllerChange: change }),
  };
};

/** `tenant` of the cache: what the service said of each tenant, and a copy of what `work` says. */
export const tenantsRepository = (db: WritableDb) => {
  const all = db.read<[], TenantRow>(`${tenantsQuery} ORDER BY t.display_name COLLATE NOCASE, t.id`);
  const one = db.read<[string], TenantRow>(`${tenantsQuery} WHERE t.id = ?`);
  const key = db.read<[string], { key: TenantKey }>('SELECT key FROM tenant WHERE id = ?');
  const ids = db.read<[], { key: TenantKey; id: string }>('SELECT key, id FROM tenant ORDER BY key');
  const mirror = db.write<[string, string, string, number, string | null, number]>(
    `INSERT INTO tenant (id, display_name, domain, colour, time_zone, added_at) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET display_name = excluded.display_name, domain = excluded.domain, colour = excluded.colour,
       time_zone = excluded.time_zone, added_at = excluded.added_at`,
  );
  const setSynced = db.write<[number, TenantKey]>('UPDATE tenant SET synced_at = ? WHERE key = ?');
  const setService = db.write<[string, TenantKey]>('UPDATE tenant SET service = ? WHERE key = ?');
  const setController = db.write<[string, TenantKey]>('UPDATE tenant SET controller = ? WHERE key = ?');
  const setNoticed = db.write<[string, TenantKey]>('UPDATE tenant SET controller_change = ? WHERE key = ?');
  const noticed = db.read<[TenantKey], { noticed: string | null }>(
    'SELECT controller_change AS noticed FROM tenant WHERE key = ?',
  );
  const setReadiness = db.write<[string, TenantKey]>('UPDATE tenant SET readiness = ? WHERE key = ?');
  const readiness = db.read<[TenantKey], { readiness: string | null }>('SELECT readiness FROM tenant WHERE key = ?');
  const readinessOfAll = db.read<[], { key: TenantKey; readiness: string }>(
    'SELECT key, readiness FROM tenant WHERE readiness IS NOT NULL',
  );
  const setTraits = db.write<[string, TenantKey]>('UPDATE tenant SET traits = ? WHERE key = ?');
  const traits = db.read<[TenantKey], { traits: string | null }>('SELECT traits FROM tenant WHERE key = ?');
  const bumpRead = db.write<[TenantKey]>('UPDATE tenant SET last_read = last_read + 1 WHERE key = ?');
  const lastRead = db.read<[TenantKey], { read: number }>('SELECT last_read AS read FROM tenant WHERE key = ?');
  const remove = db.write<[TenantKey]>('DELETE FROM tenant WHERE key = ?');

  return {
    list: () => all.all().map(toTenant),
    find: (id: string): Tenant | undefined => {
      const row = one.get(id);
      return row === undefined ? undefined : toTenant(row);
    },
    keyOf: (id: string): TenantKey | undefined => key.get(id)?.key,
    keys: () => ids.all(),
    /** Copies what `work` says of the tenant. */
    mirror: (row: AddedTenantRow) => {
      mirror.run(row.id, row.displayName, row.domain, row.colour, row.timeZone, row.addedAt);
    },
    setSyncedAt: (tenant: TenantKey, at: number) => {
      setSynced.run(at, tenant);
    },
    setService: (
      tenant: TenantKey,
      state: {
        readonly service?: ServiceState;
        readonly controller?: Controller;
        readonly controllingAppId?: string;
        readonly isOwnChange?: boolean;
        readonly at: number;
      },
    ): NonNullable<Tenant['controllerChange']> | undefined =>
      db.transaction(() => {
        if (state.service !== undefined) setService.run(toJson(state.service), tenant);
        if (state.controller === undefined) return undefined;
        const to = state.controller;
        setController.run(toJson(to), tenant);
        if (to.by === 'unknown') return undefined;
        const before = toNoticed(noticed.get(tenant)?.noticed ?? null);
        const isSame = before?.lastKnown.by === to.by;
        // Which app it is may not be told at every look; only two that were told can differ.
        const appId = state.controllingAppId?.toLowerCase() ?? (isSame ? before.appId : undefined);
        const isOtherApp = before?.appId !== undefined && appId !== undefined && before.appId !== appId;
        const isChange = before !== undefined && (!isSame || isOtherApp);
        const noticedNow =
          isChange && state.isOwnChange !== true ? { from: before.lastKnown, to, noticedAt: state.at } : undefined;
        // What this console changed itself makes old news of what was noticed before.
        const change = noticedNow ?? (isChange ? undefined : before?.change);
        const after: Noticed = {
          lastKnown: to,
          ...(appId === undefined ? {} : { appId }),
          ...(change === undefined ? {} : { change }),
        };
        setNoticed.run(toJson(after), tenant);
        return noticedNow;
      }),
    saveReadiness: (tenant: TenantKey, value: Readiness) => {
      setReadiness.run(toJson(value), tenant);
    },
    readiness: (tenant: TenantKey): Readiness | undefined => {
      const text = readiness.get(tenant)?.readiness ?? null;
      return text === null ? undefined : (fromJson(text) as Readiness);
    },
    /** Every tenant's last readiness check, by key. */
    readinessOfAll: (): Map<TenantKey, Readiness> =>
      new Map(readinessOfAll.all().map(row => [row.key, fromJson(row.readiness) as Readiness])),
    saveTraits: (tenant: TenantKey, value: unknown) => {
      setTraits.run(toJson(value), tenant);
    },
    traits: (tenant: TenantKey): string | undefined => traits.get(tenant)?.traits ?? undefined,
    /** The number of a read of units that begins now. */
    nextRead: (tenant: TenantKey): number =>
      db.transaction(() => {
        bumpRead.run(tenant);
        return lastRead.get(tenant)?.read ?? 0;
      }),
    /** The number of the read that began last. */
    lastRead: (tenant: TenantKey): number => lastRead.get(tenant)?.read ?? 0,
    remove: (tenant: TenantKey) => {
      remove.run(tenant);
    },
  };
};
