import { EXPIRY_MARGIN, FLOOR_AT, inSeconds } from '../../../shared/domain/knowledge/index.ts';
import type { KnownRow, PointKind, Second, Stretch } from '../../../shared/domain/knowledge/index.ts';
import type { RestorePointId } from '../../../shared/domain/protection-unit.ts';
import type { UtcSeconds } from '../../../shared/domain/time.ts';
import { NO_ID, packId, unpackHexId, unpackId } from '../packed-id.ts';
import type { WritableDb } from '../worker/database.ts';
import { asList, toRows } from './columns.ts';
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
/** The columns of a `ListedRow`. */
const LISTED = 'k.unit, k.t, hex(k.id), k.exp, k.any_to, k.fast_to, k.flags, k.seen';
type ListedRow = readonly [
  unit: UnitKey,
  t: number,
  hexId: string,
  exp: number,
  anyTo: number,
  fastTo: number,
  flags: number,
  seen: number,
];

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
  /** The rows of the latest second below a time, of each unit of a JSON list: mostly all that a verdict needs. */
  tops: asList(
    LISTED,
    'json_each(?1) w CROSS JOIN know k ON k.unit = w.value AND k.t = (SELECT max(t) FROM know WHERE unit = w.value AND t < ?2)',
  ),
  fastTops: asList(
    LISTED,
    `json_each(?1) w CROSS JOIN know k INDEXED BY know_fast ON k.unit = w.value AND k.flags & 1
     AND k.t = (SELECT max(t) FROM know INDEXED BY know_fast WHERE unit = w.value AND flags & 1 AND t < ?2)`,
  ),
  floors: asList(LISTED, 'json_each(?1) w CROSS JOIN know k ON k.unit = w.value AND k.t = 0'),
  /** Rows of a stretch, of each unit of a JSON list, whose id is one of another's, in hexadecimal. */
  owners: `SELECT k.unit, k.id FROM json_each(?1) w CROSS JOIN know k ON k.unit = w.value AND k.t >= ?2 AND k.t < ?3
    WHERE k.id IN (SELECT unhex(value) FROM json_each(?4))`,
  livingBelow: `SELECT ${COLUMNS} FROM know WHERE unit = ? AND t > 0 AND t < ? AND exp > ? ORDER BY t DESC, id DESC LIMIT ? OFFSET ?`,
} as const;

// A verdict mostly needs one or two rows; one that must walk further walks in ever larger steps.
const FIRST_STEP = 3;
const LARGEST_STEP = 384;

/** The rows of a unit, as the domain walks them. */
export type RowsOfUnits = (unit: UnitKey, kind: PointKind) => Iterable<Second>;

/** Reckons on the first call, and remembers. */
const once = <T>(reckon: () => T): (() => T) => {
  let known: { readonly value: T } | undefined;
  return () => (known ??= { value: reckon() }).value;
};

/** `know` of the cache: points and proofs of each unit, one row a point. */
export const knowRepository = (db: WritableDb) => {
  const below = db.read<[UnitKey, number, Uint8Array, number], KnowRow>(knowQueries.below);
  const fastBelow = db.read<[UnitKey, number, Uint8Array, number], KnowRow>(knowQueries.fastBelow);
  const around = db.read<[UnitKey, number, number], KnowRow>(knowQueries.around);
  const livingBelow = db.read<[UnitKey, number, number, number, number], KnowRow>(knowQueries.livingBelow);
  const anyTops = db.read<[string, number], { list: string }>(knowQueries.tops);
  const fastTops = db.read<[string, number], { list: string }>(knowQueries.fastTops);
  const owners = db.read<[string, number, number, string], { readonly unit: UnitKey; readonly id: Uint8Array }>(
    knowQueries.owners,
  );
  const floors = db.read<[string], { list: string }>(knowQueries.floors);
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

  /** The rows of each unit, all of one second. */
  const byUnit = (found: { readonly list: string } | undefined): ReadonlyMap<UnitKey, Second> => {
    const all = new Map<UnitKey, KnownRow[]>();
    for (const [unit, t, hexId, exp, anyTo, fastTo, flags, seen] of toRows<ListedRow>(found)) {
      const row: KnownRow = {
        at: t,
        ticks: Math.floor(flags / TICKS),
        id: unpackHexId(hexId),
        expiresAt: exp,
        fast: (flags & FAST) !== 0,
        anyTo,
        fastTo,
        seenAt: seen,
      };
      const second = all.get(unit);
      if (second === undefined) all.set(unit, [row]);
      else second.push(row);
    }
    return all;
  };

  function* topThenWalk(unit: UnitKey, top: Second | undefined, kind: PointKind): Generator<Second> {
    const at = top?.[0]?.at;
    if (top === undefined || at === undefined) return;
    yield top;
    if (at > FLOOR_AT) yield* inSeconds(walk(unit, at, kind));
  }

  return {
    /**
     * As `descending`, for many units: what mostly decides is read for all of them in one statement, and the rest as it is asked for. A unit
     * that is not among them has no rows. To be used before anything else is written.
     *
     * @param withFast those of the units whose fast points may be asked for
     */
    descendingOf: (units: readonly UnitKey[], withFast: readonly UnitKey[], before: UtcSeconds): RowsOfUnits => {
      const tops = byUnit(anyTops.get(JSON.stringify(units), before));
      const hasFast = (unit: UnitKey): boolean => tops.get(unit)?.some(row => row.fast) ?? false;
      // Where a fast point lies in the latest second of all, that is the latest second of the fast ones.
      const fastBelowTop = once(() =>
        byUnit(fastTops.get(JSON.stringify(withFast.filter(unit => !hasFast(unit))), before)),
      );
      const bottoms = once(() =>
        before > FLOOR_AT
          ? byUnit(floors.get(JSON.stringify(withFast.filter(unit => !hasFast(unit) && !fastBelowTop().has(unit)))))
          : new Map<UnitKey, Second>(),
      );
      const fastTop = (unit: UnitKey): Second | undefined =>
        hasFast(unit) ? tops.get(unit) : (fastBelowTop().get(unit) ?? bottoms().get(unit));
      return (unit, kind) => ({
        [Symbol.iterator]: () => topThenWalk(unit, kind === 'any' ? tops.get(unit) : fastTop(unit), kind),
      });
    },
    /**
     * Rows with `at < before`, latest first, by their seconds, the floor row last; read in steps as they are asked for. For `fast` those of
     * fast points, and others only where they share a second with one.
     */
    descending: (unit: UnitKey, before: UtcSeconds, kind: PointKind): Iterable<Second> => ({
      [Symbol.iterator]: () => inSeconds(walk(unit, before, kind)),
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
    /**
     * Which of the units have which of these points, looked for among the points of a stretch. A walk over its rows, since an
     * index by id would be half as large as all points are.
     */
    ownersOf: (
      units: readonly UnitKey[],
      stretch: Stretch,
      ids: readonly RestorePointId[],
    ): { unit: UnitKey; id: RestorePointId }[] => {
      const packed = JSON.stringify(ids.filter(id => id !== '').map(id => Buffer.from(packId(id)).toString('hex')));
      return owners
        .all(JSON.stringify(units), stretch.from, stretch.to, packed)
        .map(({ unit, id }) => ({ unit, id: unpackId(id) }));
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
