import { EXPIRY_MARGIN, FLOOR_AT } from '../../../shared/domain/knowledge/index.ts';
import type { KnownRow, PointKind, Stretch } from '../../../shared/domain/knowledge/index.ts';
import type { RestorePointId } from '../../../shared/domain/protection-unit.ts';
import type { UtcSeconds } from '../../../shared/domain/time.ts';
import { NO_ID, packId, unpackId } from '../packed-id.ts';
import type { WritableDb } from '../worker/database.ts';
import type { UnitKey } from './units.ts';

interface KnowRow {
  readonly t: number;
  readonly id: Uint8Array;
  readonly exp: number;
  readonly anyTo: number;
  readonly fastTo: number;
  readonly flags: number;
  readonly seen: number;
}

const FAST = 1;
const TICKS = 16;

const toKnownRow = (row: KnowRow): KnownRow => ({
  at: row.t,
  ticks: Math.floor(row.flags / TICKS),
  id: unpackId(row.id),
  expiresAt: row.exp,
  fast: (row.flags & FAST) !== 0,
  anyTo: row.anyTo,
  fastTo: row.fastTo,
  seenAt: row.seen,
});

const COLUMNS = 't, id, exp, any_to AS anyTo, fast_to AS fastTo, flags, seen';
/** The same beside `json_each`, which has an `id` too. */
const OF_UNIT = 'k.unit, k.t, k.id, k.exp, k.any_to AS anyTo, k.fast_to AS fastTo, k.flags, k.seen';

/** The hot queries. Each is one walk down a b-tree; a test holds them to that. */
export const knowQueries = {
  below: `SELECT ${COLUMNS} FROM know WHERE unit = ? AND (t, id) < (?, ?) ORDER BY t DESC, id DESC LIMIT ?`,
  fastBelow: `SELECT ${COLUMNS} FROM know INDEXED BY know_fast WHERE unit = ? AND flags & 1 AND (t, id) < (?, ?) ORDER BY t DESC, id DESC LIMIT ?`,
  around: `
    SELECT ${COLUMNS} FROM know WHERE unit = ?1 AND t >= ?2 AND t < ?3
    UNION ALL SELECT ${COLUMNS} FROM know WHERE unit = ?1 AND t = (SELECT max(t) FROM know WHERE unit = ?1 AND t < ?2)
    UNION ALL SELECT ${COLUMNS} FROM know INDEXED BY know_fast WHERE unit = ?1 AND flags & 1
      AND t = (SELECT max(t) FROM know INDEXED BY know_fast WHERE unit = ?1 AND flags & 1 AND t < ?2)
    UNION ALL SELECT ${COLUMNS} FROM know WHERE unit = ?1 AND t = 0`,
  /** The rows of the latest two seconds below a time, of each unit of a JSON list: mostly all that a verdict needs. */
  tops: `SELECT ${OF_UNIT} FROM json_each(?1) w CROSS JOIN know k ON k.unit = w.value AND k.t < ?2
    AND k.t >= coalesce((SELECT max(t) FROM know WHERE unit = w.value AND t < (SELECT max(t) FROM know WHERE unit = w.value AND t < ?2)), 0)`,
  fastTops: `SELECT ${OF_UNIT} FROM json_each(?1) w CROSS JOIN know k INDEXED BY know_fast ON k.unit = w.value AND k.flags & 1 AND k.t < ?2
    AND k.t >= coalesce((SELECT max(t) FROM know INDEXED BY know_fast WHERE unit = w.value AND flags & 1 AND t <
      (SELECT max(t) FROM know INDEXED BY know_fast WHERE unit = w.value AND flags & 1 AND t < ?2)), 0)`,
  floors: `SELECT ${OF_UNIT} FROM json_each(?1) w CROSS JOIN know k ON k.unit = w.value AND k.t = 0`,
  livingBelow: `SELECT ${COLUMNS} FROM know WHERE unit = ? AND t > 0 AND t < ? AND exp > ? ORDER BY t DESC, id DESC LIMIT ? OFFSET ?`,
} as const;

// A verdict mostly needs one or two rows; one that must walk further walks in ever larger steps.
const FIRST_STEP = 3;
const LARGEST_STEP = 384;
/** Seconds whose rows are read beforehand for many units: that of the answer, and one more, by which the reader knows that it is complete. */
const TOP_SECONDS = 2;

type RowOfUnit = KnowRow & { readonly unit: UnitKey };

/** `know` of the cache: points and proofs of each unit, one row a point. */
export const knowRepository = (db: WritableDb) => {
  const below = db.read<[UnitKey, number, Uint8Array, number], KnowRow>(knowQueries.below);
  const fastBelow = db.read<[UnitKey, number, Uint8Array, number], KnowRow>(knowQueries.fastBelow);
  const around = db.read<[UnitKey, number, number], KnowRow>(knowQueries.around);
  const livingBelow = db.read<[UnitKey, number, number, number, number], KnowRow>(knowQueries.livingBelow);
  const tops = db.read<[string, number], RowOfUnit>(knowQueries.tops);
  const fastTops = db.read<[string, number], RowOfUnit>(knowQueries.fastTops);
  const floors = db.read<[string], RowOfUnit>(knowQueries.floors);
  const floor = db.read<[UnitKey], KnowRow>(`SELECT ${COLUMNS} FROM know WHERE unit = ? AND t = 0`);
  const byId = db.read<[UnitKey, Uint8Array], KnowRow>(`SELECT ${COLUMNS} FROM know WHERE unit = ? AND id = ?`);
  const upsert = db.write<[UnitKey, number, Uint8Array, number, number, number, number, number]>(
    `INSERT INTO know (unit, t, id, exp, any_to, fast_to, flags, seen) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET exp = excluded.exp, any_to = excluded.any_to, fast_to = excluded.fast_to,
       flags = excluded.flags, seen = excluded.seen`,
  );
  const remove = db.write<[UnitKey, number, Uint8Array]>('DELETE FROM know WHERE unit = ? AND t = ? AND id = ?');
  const voidAny = db.write<[UnitKey]>('UPDATE know SET any_to = t WHERE unit = ? AND any_to > t');
  const voidFast = db.write<[UnitKey]>('UPDATE know SET fast_to = t WHERE unit = ? AND fast_to > t');
  const lower = db.write<[number, UnitKey]>('UPDATE know SET exp = t + ?1 WHERE unit = ?2 AND t > 0 AND exp > t + ?1');
  const expire = db.write<[number, UnitKey]>('UPDATE know SET exp = ?1 WHERE unit = ?2 AND t > 0 AND exp > ?1');
  const heardSince = db.read<[UnitKey, number], { t: number }>(
    'SELECT t FROM know WHERE unit = ? AND seen >= ? LIMIT 1',
  );
  const removeUnit = db.write<[UnitKey, number]>(
    'DELETE FROM know WHERE unit = ?1 AND t < (SELECT coalesce((SELECT t FROM know WHERE unit = ?1 ORDER BY t LIMIT 1 OFFSET ?2), 1 << 60))',
  );

  function* walk(unit: UnitKey, from: UtcSeconds, kind: PointKind): Generator<KnownRow> {
    const rows = kind === 'any' ? below : fastBelow;
    let at = from;
    let id: Uint8Array = NO_ID;
    for (let step = FIRST_STEP; ; step = Math.min(step * 4, LARGEST_STEP)) {
      // Whole steps are read at once: no cursor stays open when the reader turns to something else.
      const part = rows.all(unit, at, id, step);
      for (const row of part) yield toKnownRow(row);
      const last = part.at(-1);
      if (last === undefined || part.length < step) break;
      at = last.t;
      id = last.id;
    }
    if (kind === 'any') return;
    const bottom = floor.get(unit);
    if (bottom !== undefined && from > FLOOR_AT) yield toKnownRow(bottom);
  }

  /** Rows of each unit, latest first. */
  const byUnit = (rows: readonly RowOfUnit[]): Map<UnitKey, KnownRow[]> => {
    const all = new Map<UnitKey, KnownRow[]>();
    for (const row of rows.toReversed()) {
      const ofUnit = all.get(row.unit);
      if (ofUnit === undefined) all.set(row.unit, [toKnownRow(row)]);
      else ofUnit.push(toKnownRow(row));
    }
    return all;
  };

  function* topsThenWalk(
    unit: UnitKey,
    read: readonly KnownRow[],
    kind: PointKind,
    bottom: KnownRow | undefined,
  ): Generator<KnownRow> {
    yield* read;
    const last = read.at(-1);
    const seconds = last === undefined ? 0 : new Set(read.map(row => row.at)).size;
    if (last !== undefined && last.at > FLOOR_AT && seconds >= TOP_SECONDS) yield* walk(unit, last.at, kind);
    else if (kind === 'fast' && bottom !== undefined) yield bottom;
  }

  return {
    /**
     * As `descending`, for many units: what mostly decides is read beforehand, in one statement, and the rest as it is asked
     * for. A unit that is not among them has no rows. To be used before anything else is written.
     */
    descendingOf: (
      units: readonly UnitKey[],
      before: UtcSeconds,
      kind: PointKind,
    ): ((unit: UnitKey) => Iterable<KnownRow>) => {
      const list = JSON.stringify(units);
      const read = byUnit((kind === 'any' ? tops : fastTops).all(list, before));
      const bottoms = kind === 'any' || before <= FLOOR_AT ? undefined : byUnit(floors.all(list));
      return unit => ({
        [Symbol.iterator]: () => topsThenWalk(unit, read.get(unit) ?? [], kind, bottoms?.get(unit)?.[0]),
      });
    },
    /** Rows with `at < before`, latest first, the floor row last; read in steps as they are asked for. For `fast` those of fast points alone. */
    descending: (unit: UnitKey, before: UtcSeconds, kind: PointKind): Iterable<KnownRow> => ({
      [Symbol.iterator]: () => walk(unit, before, kind),
    }),
    /** The rows of `[from, to)`, ascending, and before them what hangs over its edge: those of the nearest second below, the nearest fast ones, the floor. */
    around: (unit: UnitKey, range: Stretch): KnownRow[] => {
      const rows = new Map<string, KnowRow>();
      const note = (row: KnowRow): void => {
        rows.set(`${row.t} ${Buffer.from(row.id).toString('latin1')}`, row);
      };
      around.all(unit, range.from, range.to).forEach(note);
      return [...rows.values()].toSorted((a, b) => a.t - b.t).map(toKnownRow);
    },
    /** Points alive at `now`, strictly before a time, newest first. */
    living: (
      unit: UnitKey,
      before: UtcSeconds,
      now: UtcSeconds,
      window: { readonly offset: number; readonly limit: number },
    ): KnownRow[] => livingBelow.all(unit, before, now + EXPIRY_MARGIN, window.limit, window.offset).map(toKnownRow),
    find: (unit: UnitKey, id: RestorePointId): KnownRow | undefined => {
      const row = id === '' ? undefined : byId.get(unit, packId(id));
      return row === undefined ? undefined : toKnownRow(row);
    },
    upsert: (unit: UnitKey, row: KnownRow) => {
      const flags = row.ticks * TICKS + (row.fast ? FAST : 0);
      upsert.run(unit, row.at, packId(row.id), row.expiresAt, row.anyTo, row.fastTo, flags, row.seenAt);
    },
    remove: (unit: UnitKey, row: Pick<KnownRow, 'at' | 'id'>) => {
      remove.run(unit, row.at, packId(row.id));
    },
    void: (unit: UnitKey, kind: PointKind) => {
      (kind === 'any' ? voidAny : voidFast).run(unit);
    },
    /** `withRetention` of the domain, for all rows of a unit. */
    lowerExpiries: (unit: UnitKey, retentionSeconds: number): number => lower.run(retentionSeconds, unit).changes,
    /** All points of the unit are expired by `at`, whatever the service told of them before. @returns how many are so anew */
    expire: (unit: UnitKey, at: UtcSeconds): number => expire.run(at, unit).changes,
    /** Whether an answer asked at or after `at` showed or proved anything of the unit. */
    isHeardSince: (unit: UnitKey, at: UtcSeconds): boolean => heardSince.get(unit, at) !== undefined,
    /** Deletes about `limit` rows of a unit. @returns how many; 0 once none is left */
    removeSome: (unit: UnitKey, limit: number): number => removeUnit.run(unit, limit).changes,
  };
};
