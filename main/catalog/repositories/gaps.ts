import type { GapPart } from '../../../shared/contract/gaps.ts';
import type { DirectoryMember, DirectorySite, DirectoryUser } from '../../../shared/domain/gaps.ts';
import type { AdditionFailure, GapPartRead } from '../api/gaps.ts';
import type { WritableDb } from '../worker/database.ts';
import { fromJson, orNull, toJson } from './columns.ts';
import type { TenantKey } from './tenants.ts';

interface MemberRow {
  readonly type: DirectoryMember['type'];
  readonly id: string;
  readonly name: string;
  readonly address: string | null;
  readonly facts: string;
  readonly units: string;
  readonly isCollectionHeld: number;
}

type Owned = readonly [
  id: string,
  kind: 'site' | 'drive' | 'mailbox',
  status: string,
  policyId: string | null,
  offboardRequestedAt: number | null,
  isInError: number,
];

/** A directory object with the units that its id owns. */
export interface OwningMember {
  readonly member: DirectoryMember;
  readonly units: readonly {
    readonly id: string;
    readonly kind: Owned[1];
    readonly status: string;
    readonly policyId?: string;
    readonly offboardRequestedAt?: number;
    readonly isInError: boolean;
  }[];
  readonly isCollectionHeld: boolean;
}

/**
 * A part of the directory with what protects it. Ids come in lower case from the service; as they came they are tried, too. All webs of a site
 * collection share the first two parts of their ids: a range of the index of owners. Exported so that a test can hold the plan.
 */
export const membersQuery = `
  SELECT d.type, d.id, d.name, d.address, d.facts,
    (SELECT json_group_array(json_array(u.id, u.kind, u.status, u.policy, u.offboard_requested_at, u.error_code IS NOT NULL))
      FROM unit u WHERE u.tenant = d.tenant AND u.owner IN (d.id, lower(d.id)) AND u.gone_at IS NULL) AS units,
    CASE d.type WHEN 'site' THEN EXISTS (SELECT 1 FROM unit c
      WHERE c.tenant = d.tenant AND c.owner >= d.facts ->> 'collection' || ',' AND c.owner < d.facts ->> 'collection' || '-'
        AND c.kind = 'site' AND c.gone_at IS NULL AND c.policy IS NOT NULL AND c.status <> 'removeRequested')
      ELSE 0 END AS isCollectionHeld
  FROM directory_object d WHERE d.tenant = ?1 AND (d.type, d.id) > (?2, ?3) ORDER BY d.type, d.id LIMIT ?4`;

/** The first two parts of a site's id, which all webs of its collection share. */
function toCollection(siteId: string): string | undefined {
  const [host, collection, web] = siteId.toLowerCase().split(',');
  return web === undefined ? undefined : `${host},${collection}`;
}

type FactsOf<M extends DirectoryMember> = Omit<M, 'type' | 'id' | 'name' | 'address'>;

function toOwning({ type, id, name, address, facts, units, isCollectionHeld }: MemberRow): OwningMember {
  const named = { id, name, ...(address === null ? {} : { address }) };
  return {
    // This catalog wrote it itself, with the types that are named here.
    member:
      type === 'user'
        ? { ...(fromJson(facts) as FactsOf<DirectoryUser>), type, ...named }
        : { ...(fromJson(facts) as FactsOf<DirectorySite>), type, ...named },
    units: (fromJson(units) as Owned[]).map(([unitId, kind, status, policyId, offboardRequestedAt, isInError]) => ({
      id: unitId,
      kind,
      status,
      isInError: isInError === 1,
      ...(policyId === null ? {} : { policyId }),
      ...(offboardRequestedAt === null ? {} : { offboardRequestedAt }),
    })),
    isCollectionHeld: isCollectionHeld === 1,
  };
}

/** `directory_object`, `addition_failure`, `gaps_read` and `gaps_counted` of the cache. */
export const gapsRepository = (db: WritableDb) => {
  const put = db.write<[TenantKey, string, string, string, string | null, string, number]>(`
    INSERT INTO directory_object (tenant, type, id, name, address, facts, read) VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (tenant, type, id) DO UPDATE SET name = excluded.name, address = excluded.address, facts = excluded.facts,
      read = max(read, excluded.read)`);
  const removeUnseen = db.write<[TenantKey, string, number]>(
    'DELETE FROM directory_object WHERE tenant = ? AND type = ? AND read < ?',
  );
  const count = db.read<[TenantKey, string], { count: number }>(
    'SELECT count(*) AS count FROM directory_object WHERE tenant = ? AND type = ?',
  );
  const setRead = db.write<[TenantKey, string, number, number]>(
    'INSERT INTO gaps_read (tenant, part, read_at, count) VALUES (?, ?, ?, ?) ON CONFLICT (tenant, part) DO UPDATE SET read_at = excluded.read_at, count = excluded.count',
  );
  const reads = db.read<[TenantKey], { part: GapPart; readAt: number; count: number }>(
    'SELECT part, read_at AS readAt, count FROM gaps_read WHERE tenant = ?',
  );
  const members = db.read<[TenantKey, string, string, number], MemberRow>(membersQuery);
  const clearFailures = db.write<[TenantKey]>('DELETE FROM addition_failure WHERE tenant = ?');
  const putFailure = db.write<[TenantKey, number, string]>(
    'INSERT INTO addition_failure (tenant, place, facts) VALUES (?, ?, ?)',
  );
  const failures = db.read<[TenantKey], { facts: string }>(
    'SELECT facts FROM addition_failure WHERE tenant = ? ORDER BY place',
  );
  const counted = db.read<[TenantKey], { users: number; sites: number }>(
    'SELECT users, sites FROM gaps_counted WHERE tenant = ?',
  );
  const setCounted = db.write<[TenantKey, number, number]>(
    'INSERT INTO gaps_counted (tenant, users, sites) VALUES (?, ?, ?) ON CONFLICT (tenant) DO UPDATE SET users = excluded.users, sites = excluded.sites',
  );
  const countedOfAll = db.read<[], { tenant: TenantKey; users: number; sites: number; readAt: number }>(`
    SELECT c.tenant, c.users, c.sites, min(r.read_at) AS readAt
    FROM gaps_counted c JOIN gaps_read r ON r.tenant = c.tenant AND r.part IN ('users', 'sites') GROUP BY c.tenant`);
  const clear = ['directory_object', 'addition_failure', 'gaps_read', 'gaps_counted'].map(table =>
    db.write<[TenantKey]>(`DELETE FROM ${table} WHERE tenant = ?`),
  );
  return {
    put: (tenant: TenantKey, member: DirectoryMember, read: number) => {
      const { type, id, name, address, ...facts } = member;
      const collection = type === 'site' ? toCollection(id) : undefined;
      const kept = collection === undefined ? facts : { ...facts, collection };
      put.run(tenant, type, id, name, orNull(address), toJson(kept), read);
    },
    removeUnseen: (tenant: TenantKey, type: DirectoryMember['type'], read: number) => {
      removeUnseen.run(tenant, type, read);
    },
    count: (tenant: TenantKey, type: DirectoryMember['type']): number => count.get(tenant, type)?.count ?? 0,
    setRead: (tenant: TenantKey, part: GapPart, read: GapPartRead) => {
      setRead.run(tenant, part, read.readAt, read.count);
    },
    reads: (tenant: TenantKey): { [P in GapPart]?: GapPartRead } =>
      Object.fromEntries(reads.all(tenant).map(({ part, ...read }) => [part, read])),
    /** `limit` objects after the one named, sites first. */
    members: (tenant: TenantKey, after: { type: string; id: string }, limit: number): OwningMember[] =>
      members.all(tenant, after.type, after.id, limit).map(toOwning),
    replaceFailures: (tenant: TenantKey, all: readonly AdditionFailure[]) => {
      clearFailures.run(tenant);
      all.forEach((failure, place) => putFailure.run(tenant, place, toJson(failure)));
    },
    failures: (tenant: TenantKey): AdditionFailure[] =>
      failures.all(tenant).map(({ facts }) => fromJson(facts) as AdditionFailure),
    counted: (tenant: TenantKey) => counted.get(tenant),
    setCounted: (tenant: TenantKey, { users, sites }: { readonly users: number; readonly sites: number }) => {
      setCounted.run(tenant, users, sites);
    },
    countedOfAll: () =>
      new Map(countedOfAll.all().map(({ tenant, users, sites, readAt }) => [tenant, { users, sites, readAt }])),
    removeAll: (tenant: TenantKey) => {
      for (const statement of clear) statement.run(tenant);
    },
  };
};
