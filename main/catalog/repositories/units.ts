import type { UnitFilter, UnitSort } from '../../../shared/contract/units.ts';
import type { ProtectionUnit, UnitKind } from '../../../shared/domain/protection-unit.ts';
import { fold } from '../folded-text.ts';
import type { Read, WritableDb } from '../worker/database.ts';
import { asList, fromJson, orNull, toJson, toRows } from './columns.ts';
import { toServiceError } from './service-error.ts';
import type { TenantKey } from './tenants.ts';
import type { FilterParams } from './unit-filter.ts';
import { filterParams, MATCHES, orderBy } from './unit-filter.ts';
import type { UnitKey } from './unit-key.ts';
import { toLabel } from './unit-label.ts';
import type { LabelRow, UnitLabel } from './unit-label.ts';
import { unitTextsRepository } from './unit-texts.ts';

export type { UnitKey } from './unit-key.ts';
export type { UnitLabel } from './unit-label.ts';

/** A unit, its key, and the name of its policy. */
export interface KeyedUnit {
  readonly key: UnitKey;
  readonly unit: ProtectionUnit;
  readonly policyName?: string;
  readonly selected: boolean;
}

/** One id of a unit, as far as judging it goes. */
export interface UnitId {
  readonly key: UnitKey;
  readonly id: string;
  readonly kind: UnitKind;
}

/** A unit that was asked for by its id, and all ids under which the same site, drive or mailbox is known, its own among them. */
export interface UnitWithIds extends UnitId {
  readonly ids: readonly UnitId[];
}

interface UnitRow {
  readonly key: UnitKey;
  readonly id: string;
  readonly kind: UnitKind;
  readonly name: string;
  readonly address: string | null;
  readonly owner: string;
  readonly policy: string | null;
  readonly policyName: string | null;
  readonly status: string;
  readonly sources: string;
  readonly protectedSinceAt: number | null;
  readonly offboardRequestedAt: number | null;
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
  readonly selected: number;
}

/** A unit as far as writing answers about it goes, with its present summary. */
export interface SummedUnit {
  readonly key: UnitKey;
  readonly kind: UnitKind;
  readonly newestAt: number | null;
  readonly fastAt: number | null;
}

/** How a unit stood at its last read, as far as what is known of its points hangs on it. */
export interface FormerUnit {
  readonly key: UnitKey;
  readonly policy: string | null;
  readonly status: string;
  readonly goneAt: number | null;
  /** As it stands in the index of texts. */
  readonly folded: string;
}

/** The newest points of a unit as known, for sorting and counting. */
export interface HeadSummary {
  readonly newestAt?: number;
  readonly newestAskedAt?: number;
  readonly none: boolean;
  readonly fastAt?: number;
  /** When the first of the two points expires. */
  readonly until?: number;
}

/** The present units of one kind in one policy, or in none. */
export interface PolicyCounts {
  readonly policyId: string | null;
  readonly kind: UnitKind;
  readonly units: number;
  readonly protected: number;
  readonly inError: number;
}

export interface UnitCounts {
  readonly units: number;
  readonly protected: number;
  readonly inError: number;
  readonly withoutPoint: number;
  readonly notAsked: number;
  readonly sites: number;
  readonly drives: number;
  readonly mailboxes: number;
}

const select = (selected: string): string => `
  SELECT u.key, u.id, u.kind, u.name, u.address, u.owner, u.policy,
    (SELECT p.name FROM policy p WHERE p.tenant = u.tenant AND p.id = u.policy) AS policyName, u.status, u.sources,
    u.protected_since_at AS protectedSinceAt, u.offboard_requested_at AS offboardRequestedAt,
    u.error_code AS errorCode, u.error_message AS errorMessage, ${selected} AS selected
  FROM unit u`;

const toKeyedUnit = (row: UnitRow): KeyedUnit => ({
  key: row.key,
  selected: row.selected === 1,
  ...(row.policyName === null ? {} : { policyName: row.policyName }),
  unit: {
    id: row.id,
    kind: row.kind,
    name: row.name,
    ownerKey: row.owner,
    status: row.status,
    sources: fromJson(row.sources) as string[],
    ...(row.address === null ? {} : { address: row.address }),
    ...(row.policy === null ? {} : { policyId: row.policy }),
    ...(row.protectedSinceAt === null ? {} : { protectedSinceAt: row.protectedSinceAt }),
    ...(row.offboardRequestedAt === null ? {} : { offboardRequestedAt: row.offboardRequestedAt }),
    ...toServiceError(row),
  },
});

/** The windowed list's statement for a sort; exported so that a test can hold its plan. */
export const listQuery = (sort: UnitSort): string =>
  `${select('EXISTS (SELECT 1 FROM temp.selected m WHERE m.selection = ?7 AND m.unit = u.key)')} WHERE ${MATCHES} ${orderBy(sort)} LIMIT ?8 OFFSET ?9`;

/** All ids of the owners of a JSON list of units, in no order: nearly all have one, so there is little to sort. */
export const idsOfOwners = asList(
  'w.key, u.key, u.id, u.kind, o.key, o.id, o.gone_at',
  `json_each(?2) w CROSS JOIN unit u ON u.tenant = ?1 AND u.id = w.value
   CROSS JOIN unit o ON o.tenant = ?1 AND o.owner = u.owner AND o.kind = u.kind`,
);
type OwnedRow = readonly [
  place: number,
  unitKey: UnitKey,
  unitId: string,
  kind: UnitKind,
  key: UnitKey,
  id: string,
  goneAt: number | null,
];

/** Present ones first, then the lately gone. */
const byPresence = ([, , , , , aId, aGone]: OwnedRow, [, , , , , bId, bGone]: OwnedRow): number =>
  Number(aGone !== null) - Number(bGone !== null) || (bGone ?? 0) - (aGone ?? 0) || (aId < bId ? -1 : 1);

/** The units of a JSON list of ids, in its order. */
export const unitsOfIds = `
  SELECT u.key, u.id, u.kind FROM json_each(?2) w CROSS JOIN unit u ON u.tenant = ?1 AND u.id = w.value ORDER BY w.key`;

const LABEL = 'SELECT u.id AS unitId, u.kind, u.name, u.address FROM json_each(?1) w CROSS JOIN unit u ON';
export const labelQueries = {
  ofIds: `${LABEL} u.tenant = ?2 AND u.id = w.value`,
  presentOfKeys: `${LABEL} u.key = w.value AND u.gone_at IS NULL`,
} as const;

/** The figures of the tiles, from an index that holds all of them. */
export const tileQueries = {
  counts: `
    SELECT count(*) AS units, count(*) FILTER (WHERE status = 'protected') AS protected,
      count(*) FILTER (WHERE error_code IS NOT NULL) AS inError,
      count(*) FILTER (WHERE newest_at IS NULL AND newest_none = 1) AS withoutPoint,
      count(*) FILTER (WHERE newest_at IS NULL AND newest_none = 0) AS notAsked,
      count(*) FILTER (WHERE kind = 'site') AS sites, count(*) FILTER (WHERE kind = 'drive') AS drives,
      count(*) FILTER (WHERE kind = 'mailbox') AS mailboxes
    FROM unit INDEXED BY unit_by_tile WHERE tenant = ? AND gone_at IS NULL`,
  oldestNewest: `
    SELECT newest_at AS newestAt, newest_asked_at AS askedAt FROM unit INDEXED BY unit_by_tile
    WHERE tenant = ? AND gone_at IS NULL AND newest_at IS NOT NULL ORDER BY newest_at, newest_asked_at DESC LIMIT 1`,
} as const;

/** A unit as far as its texts are folded. */
export interface NamedUnit {
  readonly key: UnitKey;
  readonly name: string;
  readonly address: string | null;
}

const toFolded = ({ name, address }: Pick<ProtectionUnit, 'name' | 'address'>) => {
  const sortName = fold(name);
  return { sortName, folded: address === undefined ? sortName : `${sortName}\n${fold(address)}` };
};

type ListParams = [...FilterParams, string | null, number, number];
type PutParams = [
  TenantKey,
  string,
  UnitKind,
  string,
  string | null,
  string,
  string,
  string,
  string | null,
  string,
  string,
  number | null,
  number | null,
  string | null,
  string | null,
  number,
];

/** `unit` of the cache. Needs the temp tables of `selectionsRepository`. */
export const unitsRepository = (db: WritableDb) => {
  const texts = unitTextsRepository(db);
  const byId = db.read<[TenantKey, string], UnitRow>(`${select('0')} WHERE u.tenant = ? AND u.id = ?`);
  const byKeys = db.read<[string], UnitRow>(
    select('0').replace('FROM unit u', 'FROM json_each(?1) w CROSS JOIN unit u ON u.key = w.value'),
  );
  const byOwner = db.read<[TenantKey, string, UnitKind], UnitRow>(
    `${select('0')} WHERE u.tenant = ? AND u.owner = ? AND u.kind = ? ORDER BY u.gone_at IS NOT NULL, u.gone_at DESC, u.id`,
  );
  const ownedIds = db.read<[TenantKey, string], { list: string }>(idsOfOwners);
  const ofIds = db.read<[TenantKey, string], UnitId>(unitsOfIds);
  const labelsOfIds = db.read<[string, TenantKey], LabelRow>(labelQueries.ofIds);
  const labelsOfKeys = db.read<[string], LabelRow>(labelQueries.presentOfKeys);
  const keyOf = db.read<[TenantKey, string], { key: UnitKey }>('SELECT key FROM unit WHERE tenant = ? AND id = ?');
  const summed = db.read<[TenantKey, string], SummedUnit>(
    'SELECT key, kind, newest_at AS newestAt, fast_at AS fastAt FROM unit WHERE tenant = ? AND id = ?',
  );
  const former = db.read<[TenantKey, string], FormerUnit>(
    'SELECT key, policy, status, gone_at AS goneAt, folded FROM unit WHERE tenant = ? AND id = ?',
  );
  const put = db.write<PutParams>(`
    INSERT INTO unit (tenant, id, kind, name, address, sort_name, folded, owner, policy, status, sources, protected_since_at,
      offboard_requested_at, error_code, error_message, read, first_read)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?16)
    ON CONFLICT (tenant, id) DO UPDATE SET kind = excluded.kind, name = excluded.name, address = excluded.address,
      sort_name = excluded.sort_name, folded = excluded.folded, owner = excluded.owner, policy = excluded.policy,
      status = excluded.status, sources = excluded.sources, protected_since_at = excluded.protected_since_at,
      offboard_requested_at = excluded.offboard_requested_at, error_code = excluded.error_code,
      error_message = excluded.error_message, read = max(read, excluded.read), gone_at = NULL`);
  const markGone = db.write<[number, TenantKey, UnitKind, number]>(
    'UPDATE unit SET gone_at = ? WHERE tenant = ? AND kind = ? AND read < ? AND gone_at IS NULL',
  );
  const ofRead = db.read<[TenantKey, UnitKind, number], { units: number; added: number }>(
    `SELECT count(*) AS units, coalesce(sum(first_read = ?3), 0) AS added FROM unit
     WHERE tenant = ?1 AND kind = ?2 AND read = ?3 AND gone_at IS NULL`,
  );
  const lately = db.read<[TenantKey, number], { units: number }>(
    'SELECT count(*) AS units FROM unit WHERE tenant = ? AND gone_at IS NULL AND protected_since_at >= ?',
  );
  const total = db.read<FilterParams, { total: number }>(`SELECT count(*) AS total FROM unit u WHERE ${MATCHES}`);
  const idsAfter = db.read<[...FilterParams, string, number], { key: UnitKey; id: string; kind: UnitKind }>(
    `SELECT u.key, u.id, u.kind FROM unit u WHERE ${MATCHES} AND u.id > ?7 ORDER BY u.id LIMIT ?8`,
  );
  const byOwners = db.read<[TenantKey, UnitKind, string], UnitRow>(`
    ${select('0')} WHERE u.tenant = ?1 AND u.kind = ?2 AND u.gone_at IS NULL AND u.owner IN (SELECT value FROM json_each(?3))`);
  const countsOfPolicies = db.read<[TenantKey], PolicyCounts>(`
    SELECT policy AS policyId, kind, count(*) AS units, count(*) FILTER (WHERE status = 'protected') AS protected,
      count(*) FILTER (WHERE error_code IS NOT NULL) AS inError
    FROM unit WHERE tenant = ? AND gone_at IS NULL GROUP BY policy, kind`);
  const counts = db.read<[TenantKey], UnitCounts>(tileQueries.counts);
  const oldestNewest = db.read<[TenantKey], { newestAt: number; askedAt: number | null }>(tileQueries.oldestNewest);
  const setHeads = db.write<[number | null, number | null, number, number | null, number | null, UnitKey]>(
    'UPDATE unit SET newest_at = ?, newest_asked_at = ?, newest_none = ?, fast_at = ?, heads_until = ? WHERE key = ?',
  );
  // The time when the first of the two expires may be too early after this; then the summary is reckoned anew before its time.
  const setNewest = db.write<[number | null, number | null, number, number | null, UnitKey]>(
    `UPDATE unit SET newest_at = ?1, newest_asked_at = ?2, newest_none = ?3,
       heads_until = coalesce(min(heads_until, ?4), heads_until, ?4) WHERE key = ?5`,
  );
  // Before any time there is: `headsEnded` finds it.
  const endHeads = db.write<[UnitKey]>('UPDATE unit SET heads_until = 0 WHERE key = ? AND newest_at IS NOT NULL');
  const headsEnded = db.read<[TenantKey, number, number], { key: UnitKey; kind: UnitKind }>(
    'SELECT key, kind FROM unit WHERE tenant = ? AND heads_until IS NOT NULL AND heads_until <= ? ORDER BY heads_until LIMIT ?',
  );
  const keysOfPolicy = db.read<[TenantKey, string, UnitKey, number], { key: UnitKey; kind: UnitKind }>(
    'SELECT key, kind FROM unit WHERE tenant = ? AND policy = ? AND key > ? ORDER BY key LIMIT ?',
  );
  const ofKindAfter = db.read<[TenantKey, UnitKind, string, number], UnitId>(
    'SELECT key, id, kind FROM unit WHERE tenant = ? AND kind = ? AND id > ? ORDER BY id LIMIT ?',
  );
  const someKey = db.read<[TenantKey], { key: UnitKey }>('SELECT key FROM unit WHERE tenant = ? LIMIT 1');
  const named = db.read<[UnitKey, number], NamedUnit>(
    'SELECT key, name, address FROM unit WHERE key > ? ORDER BY key LIMIT ?',
  );
  const setFolded = db.write<[string, string, UnitKey]>(
    'UPDATE unit SET sort_name = ?1, folded = ?2 WHERE key = ?3 AND (sort_name <> ?1 OR folded <> ?2)',
  );
  const foldedOf = db.read<[UnitKey], { folded: string }>('SELECT folded FROM unit WHERE key = ?');
  const remove = db.write<[UnitKey]>('DELETE FROM unit WHERE key = ?');
  const lists = new Map<string, Read<ListParams, UnitRow>>();

  const listStatement = (sort: UnitSort): Read<ListParams, UnitRow> => {
    const sql = listQuery(sort);
    const known = lists.get(sql);
    if (known !== undefined) return known;
    const statement = db.read<ListParams, UnitRow>(sql);
    lists.set(sql, statement);
    return statement;
  };

  return {
    keyOf: (tenant: TenantKey, id: string): UnitKey | undefined => keyOf.get(tenant, id)?.key,
    find: (tenant: TenantKey, id: string): KeyedUnit | undefined => {
      const row = byId.get(tenant, id);
      return row === undefined ? undefined : toKeyedUnit(row);
    },
    /** The units of these keys, in the order given. */
    ofKeys: (keys: readonly UnitKey[]): KeyedUnit[] => byKeys.all(JSON.stringify(keys)).map(toKeyedUnit),
    findSummed: (tenant: TenantKey, id: string): SummedUnit | undefined => summed.get(tenant, id),
    findFormer: (tenant: TenantKey, id: string): FormerUnit | undefined => former.get(tenant, id),
    /** All ids under which the same site, drive or mailbox is known: present ones first, then the lately gone. */
    ofOwner: (tenant: TenantKey, unit: Pick<ProtectionUnit, 'ownerKey' | 'kind'>): KeyedUnit[] =>
      byOwner.all(tenant, unit.ownerKey, unit.kind).map(toKeyedUnit),
    /** The units of these ids, in the order given, without those unknown; each with all ids of its owner, as `ofOwner` gives them. */
    withIds: (tenant: TenantKey, unitIds: readonly string[]): UnitWithIds[] => {
      const found: OwnedRow[][] = [];
      for (const row of toRows<OwnedRow>(ownedIds.get(tenant, JSON.stringify(unitIds)))) {
        const [place] = row;
        const ofPlace = found[place];
        if (ofPlace === undefined) found[place] = [row];
        else ofPlace.push(row);
      }
      // Places of unknown ids are holes, which `flatMap` passes over.
      return found.flatMap((rows): UnitWithIds[] => {
        const [first] = rows;
        if (first === undefined) return [];
        const [, unitKey, unitId, kind] = first;
        const ordered = rows.length < 2 ? rows : rows.toSorted(byPresence);
        return [{ key: unitKey, id: unitId, kind, ids: ordered.map(([, , , , key, id]) => ({ key, id, kind })) }];
      });
    },
    /** The units of these ids, in the order given, without those unknown. */
    ofIds: (tenant: TenantKey, unitIds: readonly string[]): UnitId[] => ofIds.all(tenant, JSON.stringify(unitIds)),
    /** Labels of these units, without those unknown. */
    labelsOfIds: (tenant: TenantKey, unitIds: readonly string[]): UnitLabel[] =>
      labelsOfIds.all(JSON.stringify(unitIds), tenant).map(toLabel),
    /** Labels of these units, without those that are gone. */
    labelsOfKeys: (keys: readonly UnitKey[]): UnitLabel[] => labelsOfKeys.all(JSON.stringify(keys)).map(toLabel),
    /**
     * Writes a unit as seen by a read (0: by none).
     *
     * @param was how it stood, where that was looked up already; `null`: it was not there
     */
    put: (
      tenant: TenantKey,
      unit: ProtectionUnit,
      read: number,
      was: FormerUnit | null = former.get(tenant, unit.id) ?? null,
    ) => {
      const { sortName, folded } = toFolded(unit);
      const { lastInsertRowid } = put.run(
        tenant,
        unit.id,
        unit.kind,
        unit.name,
        orNull(unit.address),
        sortName,
        folded,
        unit.ownerKey,
        orNull(unit.policyId),
        unit.status,
        toJson(unit.sources),
        orNull(unit.protectedSinceAt),
        orNull(unit.offboardRequestedAt),
        orNull(unit.error?.code),
        orNull(unit.error?.message),
        read,
      );
      if (was?.folded === folded) return;
      if (was !== null) texts.remove(was.key, was.folded);
      texts.add(was?.key ?? lastInsertRowid, folded);
    },
    /** Units of the kind that the read has not seen are gone from now on. */
    endRead: (tenant: TenantKey, kind: UnitKind, read: number, at: number) => {
      const gone = markGone.run(at, tenant, kind, read).changes;
      return { gone, units: 0, added: 0, ...ofRead.get(tenant, kind, read) };
    },
    protectedSince: (tenant: TenantKey, since: number): number => lately.get(tenant, since)?.units ?? 0,
    list: (
      tenant: TenantKey,
      question: {
        readonly filter: UnitFilter;
        readonly sort: UnitSort;
        readonly window: { readonly offset: number; readonly limit: number };
        readonly marked?: string | undefined;
      },
    ): { total: number; rows: KeyedUnit[] } => {
      const params = filterParams(tenant, question.filter);
      const rows = listStatement(question.sort).all(
        ...params,
        orNull(question.marked),
        question.window.limit,
        question.window.offset,
      );
      return { total: total.get(...params)?.total ?? 0, rows: rows.map(toKeyedUnit) };
    },
    matching: (tenant: TenantKey, filter: UnitFilter, after: string, limit: number) =>
      idsAfter.all(...filterParams(tenant, filter), after, limit),
    /** The present units of one kind that protect these sites or owners. */
    byOwners: (tenant: TenantKey, kind: UnitKind, ownerKeys: readonly string[]): ProtectionUnit[] =>
      byOwners.all(tenant, kind, JSON.stringify(ownerKeys)).map(row => toKeyedUnit(row).unit),
    countsOfPolicies: (tenant: TenantKey): PolicyCounts[] => countsOfPolicies.all(tenant),
    counts: (tenant: TenantKey): UnitCounts | undefined => counts.get(tenant),
    oldestNewest: (tenant: TenantKey) => oldestNewest.get(tenant),
    setHeads: (unit: UnitKey, heads: HeadSummary) => {
      setHeads.run(
        orNull(heads.newestAt),
        orNull(heads.newestAskedAt),
        heads.none ? 1 : 0,
        orNull(heads.fastAt),
        orNull(heads.until),
        unit,
      );
    },
    /** As `setHeads`, where the newest fast point stays. */
    setNewest: (unit: UnitKey, { newestAt, newestAskedAt, none, until }: Omit<HeadSummary, 'fastAt'>) => {
      setNewest.run(orNull(newestAt), orNull(newestAskedAt), none ? 1 : 0, orNull(until), unit);
    },
    /** The summary may speak of a point that lives no longer: it is reckoned anew before it is next read. */
    endHeads: (unit: UnitKey) => {
      endHeads.run(unit);
    },
    /** Units whose summary speaks of a point that has expired by `at`. */
    headsEnded: (tenant: TenantKey, at: number, limit: number) => headsEnded.all(tenant, at, limit),
    keysOfPolicy: (tenant: TenantKey, policyId: string, after: UnitKey, limit: number) =>
      keysOfPolicy.all(tenant, policyId, after, limit),
    /** Units of a kind, gone ones too, in the order of ids. */
    ofKind: (tenant: TenantKey, kind: UnitKind, after: string, limit: number): UnitId[] =>
      ofKindAfter.all(tenant, kind, after, limit),
    /** Units of all tenants, gone ones too, in the order of keys. */
    named: (after: UnitKey, limit: number): NamedUnit[] => named.all(after, limit),
    /** Folds the unit's name and address as they would be folded now. @returns the folded text */
    foldAnew: ({ key, name, address }: NamedUnit): string => {
      const { sortName, folded } = toFolded({ name, ...(address === null ? {} : { address }) });
      setFolded.run(sortName, folded, key);
      return folded;
    },
    /** Any unit of the tenant, gone ones too, as long as there is one. */
    someKey: (tenant: TenantKey): UnitKey | undefined => someKey.get(tenant)?.key,
    remove: (unit: UnitKey) => {
      const was = foldedOf.get(unit);
      if (was !== undefined) texts.remove(unit, was.folded);
      remove.run(unit);
    },
  };
};
