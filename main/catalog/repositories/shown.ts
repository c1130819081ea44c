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

/** `shown` of the cache: the few records a unit keeps of what the service showed before it had settled. */
export const shownRepository = (db: WritableDb) => {
  const ofUnit = db.read<[UnitKey], ShownRow>(
    'SELECT fast, to_at AS toAt, asked_at AS askedAt, from_at AS fromAt, point FROM shown WHERE unit = ? ORDER BY fast, to_at, asked_at',
  );
  const clear = db.write<[UnitKey]>('DELETE FROM shown WHERE unit = ?');
  const insert = db.write<[UnitKey, number, number, number, number, Uint8Array | null]>(
    'INSERT OR REPLACE INTO shown (unit, fast, to_at, asked_at, from_at, point) VALUES (?, ?, ?, ?, ?, ?)',
  );
  return {
    list: (unit: UnitKey): ShownRecord[] => ofUnit.all(unit).map(toShownRecord),
    replace: (unit: UnitKey, records: readonly ShownRecord[]) => {
      clear.run(unit);
      for (const record of records) {
        const point = record.pointId === undefined ? null : packId(record.pointId);
        insert.run(unit, record.kind === 'fast' ? 1 : 0, record.to, record.askedAt, record.from, point);
      }
    },
  };
};
