import type { ShownRecord } from '../../../shared/domain/knowledge/index.ts';
import { packId, unpackId } from '../packed-id.ts';
import type { WritableDb } from '../worker/database.ts';
import type { UnitKey } from './units.ts';

interface ShownRow {
  readonly fast: number;
  readonly toAt: number;
  readonly askedAt: number;
  readonly fromAt: number;
  readonly point: Uint8Array | null;
}

const toShownRecord = (row: ShownRow): ShownRecord => ({
  kind: row.fast === 1 ? 'fast' : 'any',
  askedAt: row.askedAt,
  from: row.fromAt,
  to: row.toAt,
  ...(row.point === null ? {} : { pointId: unpackId(row.point) }),
});

const COLUMNS = 'fast, to_at AS toAt, asked_at AS askedAt, from_at AS fromAt, point';

/** Exported so that a test can hold the plan. */
export const shownQueries = {
  ofUnits: `SELECT s.unit, ${COLUMNS} FROM json_each(?) w CROSS JOIN shown s ON s.unit = w.value`,
} as const;

/** `shown` of the cache: the few records a unit keeps of what the service showed before it had settled. */
export const shownRepository = (db: WritableDb) => {
  const ofUnit = db.read<[UnitKey], ShownRow>(
    `SELECT ${COLUMNS} FROM shown WHERE unit = ? ORDER BY fast, to_at, asked_at`,
  );
  const ofUnits = db.read<[string], ShownRow & { readonly unit: UnitKey }>(shownQueries.ofUnits);
  const clear = db.write<[UnitKey]>('DELETE FROM shown WHERE unit = ?');
  const insert = db.write<[UnitKey, number, number, number, number, Uint8Array | null]>(
    'INSERT OR REPLACE INTO shown (unit, fast, to_at, asked_at, from_at, point) VALUES (?, ?, ?, ?, ?, ?)',
  );
  return {
    list: (unit: UnitKey): ShownRecord[] => ofUnit.all(unit).map(toShownRecord),
    /** The records of many units, read in one statement. */
    listOf: (units: readonly UnitKey[]): ((unit: UnitKey) => readonly ShownRecord[]) => {
      const all = new Map<UnitKey, ShownRecord[]>();
      for (const row of ofUnits.all(JSON.stringify(units))) {
        const record = toShownRecord(row);
        const ofUnit = all.get(row.unit);
        if (ofUnit === undefined) all.set(row.unit, [record]);
        else ofUnit.push(record);
      }
      return unit => all.get(unit) ?? [];
    },
    replace: (unit: UnitKey, records: readonly ShownRecord[]) => {
      clear.run(unit);
      for (const record of records) {
        const point = record.pointId === undefined ? null : packId(record.pointId);
        insert.run(unit, record.kind === 'fast' ? 1 : 0, record.to, record.askedAt, record.from, point);
      }
    },
  };
};
