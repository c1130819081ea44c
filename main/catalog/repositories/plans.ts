import { randomUUID } from 'node:crypto';
import type { Destination, Plan, PlanStatus, Preference } from '../../../shared/contract/plans.ts';
import type { Json } from '../api/json.ts';
import type { NewPlan, PlanChange } from '../api/plans.ts';
import type { WritableDb } from '../worker/database.ts';
import { toFacts, orNull, toJson } from './columns.ts';

export type PlanKey = number;

/** A plan as kept, without the figures that are counted from its units. */
export interface PlanHead {
  readonly key: PlanKey;
  readonly plan: Omit<Plan, 'units' | 'unitsByKind' | 'certainty' | 'chosenByHand' | 'refused' | 'restorable'>;
}

interface PlanRow {
  readonly key: PlanKey;
  readonly id: string;
  readonly tenantId: string;
  readonly name: string;
  readonly status: PlanStatus;
  readonly createdAt: number;
  readonly savedAt: number;
  readonly createdBy: string;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  readonly incidentAt: number | null;
  readonly timeZone: string | null;
  readonly preference: Preference;
  readonly destination: Destination | null;
  readonly retryOf: string | null;
}

const SELECT = `SELECT key, id, tenant AS tenantId, name, status, created_at AS createdAt, saved_at AS savedAt,
  created_by AS createdBy, started_at AS startedAt, ended_at AS endedAt, incident_at AS incidentAt, time_zone AS timeZone,
  preference, destination, retry_of AS retryOf FROM plan`;

const toHead = (row: PlanRow): PlanHead => ({
  key: row.key,
  plan: {
    id: row.id,
    tenantId: row.tenantId,
    name: row.name,
    status: row.status,
    createdAt: row.createdAt,
    savedAt: row.savedAt,
    createdBy: row.createdBy,
    preference: row.preference,
    ...(row.startedAt === null ? {} : { startedAt: row.startedAt }),
    ...(row.endedAt === null ? {} : { endedAt: row.endedAt }),
    ...(row.incidentAt === null ? {} : { incidentAt: row.incidentAt }),
    ...(row.timeZone === null ? {} : { timeZone: row.timeZone }),
    ...(row.destination === null ? {} : { destination: row.destination }),
    ...(row.retryOf === null ? {} : { retryOf: row.retryOf }),
  },
});

type Changeable = [
  string,
  PlanStatus,
  number,
  number | null,
  number | null,
  number | null,
  string | null,
  Preference,
  string | null,
  PlanKey,
  PlanStatus | null,
];

/**
 * The status of a row that no view and no call sees. Under it a plan's units are written in slices, before one statement makes a plan of
 * it, and are taken away in slices, after one statement has made an end of the plan. It names its tenant, so that it is forgotten with it.
 */
const ASIDE = 'aside';
const asideId = (): string => `${ASIDE} ${randomUUID()}`;
const NO_KEY: PlanKey = -1;

const changed = <T>(was: T | undefined, change: T | null | undefined): T | null =>
  change === undefined ? orNull(was) : change;

/** `plan` of `work`: the restore plans' own rows. */
export const plansRepository = (db: WritableDb) => {
  const byId = db.read<[string], PlanRow>(`${SELECT} WHERE id = ? AND status <> '${ASIDE}'`);
  const list = db.read<[string | null], PlanRow>(
    `${SELECT} WHERE (?1 IS NULL OR tenant = ?1) AND status <> '${ASIDE}' ORDER BY created_at DESC, key DESC`,
  );
  const unfinished = db.read<[], PlanRow>(`${SELECT} WHERE status IN ('starting', 'running') ORDER BY started_at, key`);
  const openAside = db.write<[string, string]>(
    `INSERT INTO plan (id, tenant, name, status, created_at, saved_at, created_by, preference)
     VALUES (?, ?, '', '${ASIDE}', 0, 0, '', '')`,
  );
  const show = db.write<
    [string, string, number, string, string, number | null, string | null, string | null, string | null, PlanKey]
  >(`UPDATE plan SET id = ?1, name = ?2, status = 'draft', created_at = ?3, saved_at = ?3, created_by = ?4, preference = ?5,
     incident_at = ?6, time_zone = ?7, destination = ?8, retry_of = ?9 WHERE key = ?10 AND status = '${ASIDE}'`);
  const putAside = db.write<[string, PlanKey]>(`UPDATE plan SET id = ?, name = '', status = '${ASIDE}' WHERE key = ?`);
  const moveKey = db.write<[PlanKey, PlanKey]>('UPDATE plan SET key = ? WHERE key = ?');
  const asides = db.read<[], { key: PlanKey }>(`SELECT key FROM plan WHERE status = '${ASIDE}'`);
  const update =
    db.write<Changeable>(`UPDATE plan SET name = ?, status = ?, saved_at = ?, started_at = ?, ended_at = ?, incident_at = ?,
    time_zone = ?, preference = ?, destination = ? WHERE key = ? AND status = coalesce(?, status)`);
  const touch = db.write<[number, PlanKey]>('UPDATE plan SET saved_at = ? WHERE key = ?');
  const setFacts = db.write<[string, PlanKey]>('UPDATE plan SET facts = ? WHERE key = ?');
  const facts = db.read<[PlanKey], { facts: string }>('SELECT facts FROM plan WHERE key = ?');
  const remove = db.write<[PlanKey]>('DELETE FROM plan WHERE key = ?');

  return {
    find: (id: string): PlanHead | undefined => {
      const row = byId.get(id);
      return row === undefined ? undefined : toHead(row);
    },
    /** Newest first; of all tenants where none is named. */
    list: (tenantId: string | undefined): PlanHead[] => list.all(orNull(tenantId)).map(toHead),
    listUnfinishedAcrossTenants: (): PlanHead[] => unfinished.all().map(toHead),
    /** Makes room for the units of a plan that nobody sees yet. */
    openAside: (tenantId: string): PlanKey => openAside.run(asideId(), tenantId).lastInsertRowid,
    /** Makes a plan of what was filled aside, as a draft. @returns whether it was there */
    show: (key: PlanKey, plan: NewPlan): boolean =>
      show.run(
        plan.id,
        plan.name,
        plan.createdAt,
        plan.createdBy,
        plan.preference,
        orNull(plan.incidentAt),
        orNull(plan.timeZone),
        orNull(plan.destination),
        orNull(plan.retryOf),
        key,
      ).changes > 0,
    /** From now on the plan is seen by nobody; its units are still to be taken away. */
    putAside: (key: PlanKey) => {
      putAside.run(asideId(), key);
    },
    /** The plan gets the units that were filled aside, and those that it had lie aside. To be called inside a transaction. @returns whether both were there */
    exchange: (plan: PlanKey, aside: PlanKey): boolean => {
      const filled = moveKey.run(NO_KEY, aside).changes;
      const had = moveKey.run(aside, plan).changes;
      moveKey.run(plan, NO_KEY);
      return filled + had === 2;
    },
    /** What lies aside: plans being made or taken away, and what was left when that was broken off. */
    asides: (): PlanKey[] => asides.all().map(row => row.key),
    /** @returns false, and changes nothing, where the plan has another status than the change is meant for */
    change: ({ key, plan }: PlanHead, change: PlanChange): boolean => {
      const { changes } = update.run(
        change.name ?? plan.name,
        change.status ?? plan.status,
        change.savedAt,
        changed(plan.startedAt, change.startedAt),
        changed(plan.endedAt, change.endedAt),
        changed(plan.incidentAt, change.incidentAt),
        changed(plan.timeZone, change.timeZone),
        change.preference ?? plan.preference,
        changed(plan.destination, change.destination),
        key,
        orNull(change.only),
      );
      if (changes === 0) return false;
      if (change.facts !== undefined) setFacts.run(toJson(change.facts), key);
      return true;
    },
    touch: (key: PlanKey, savedAt: number) => {
      touch.run(savedAt, key);
    },
    facts: (key: PlanKey): Json => toFacts(facts.get(key)?.facts ?? 'null'),
    remove: (key: PlanKey) => {
      remove.run(key);
    },
  };
};
