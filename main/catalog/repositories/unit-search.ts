import type { WritableDb } from '../worker/database.ts';
import { asList, fromJson, toRows } from './columns.ts';
import type { UnitKey } from './unit-key.ts';
import { toLabel } from './unit-label.ts';
import type { LabelRow, UnitLabel } from './unit-label.ts';

/** A unit as it is looked at to see whether and how well it answers to what was typed. */
export interface SearchedUnit {
  readonly key: UnitKey;
  readonly folded: string;
  readonly isGone: boolean;
}
type SearchedRow = readonly [key: UnitKey, folded: string, goneAt: number | null];

/** A unit of any tenant, as a search finds it. */
export interface FoundUnit extends UnitLabel {
  readonly key: UnitKey;
  readonly tenantId: string;
  readonly status: string;
  readonly goneAt: number | null;
}
type FoundRow = LabelRow & Omit<FoundUnit, keyof UnitLabel>;

/** Exported so that a test can hold the plans. */
export const searchQueries = {
  find: 'SELECT json_group_array(rowid) AS keys FROM (SELECT rowid FROM unit_text WHERE unit_text MATCH ? LIMIT ?)',
  beginning: `SELECT json_group_array(key) AS keys FROM (
    SELECT u.key FROM tenant t CROSS JOIN unit u
    ON u.tenant = t.key AND u.gone_at IS NULL AND u.sort_name >= ?1 AND u.sort_name < ?2 LIMIT ?3)`,
  texts: asList('u.key, u.folded, u.gone_at', 'json_each(?1) w CROSS JOIN unit u ON u.key = w.value'),
  found: `SELECT u.key, t.id AS tenantId, u.id AS unitId, u.kind, u.name, u.address, u.status, u.gone_at AS goneAt
    FROM json_each(?1) w CROSS JOIN unit u ON u.key = w.value JOIN tenant t ON t.key = u.tenant`,
} as const;

/** Sorts after every text that begins with what stands before it. */
const LAST_LETTER = '\u{10FFFF}';

/** Units of all tenants, by what they are called. */
export const unitSearchRepository = (db: WritableDb) => {
  const find = db.read<[string, number], { keys: string }>(searchQueries.find);
  const beginning = db.read<[string, string, number], { keys: string }>(searchQueries.beginning);
  const texts = db.read<[string], { list: string }>(searchQueries.texts);
  const found = db.read<[string], FoundRow>(searchQueries.found);
  const keysOf = (row: { readonly keys: string } | undefined): UnitKey[] => fromJson(row?.keys ?? '[]') as UnitKey[];

  return {
    /** At most `limit` units whose text may answer to a question of `toMatch`, in no order. */
    find: (match: string, limit: number): UnitKey[] => keysOf(find.get(match, limit)),
    /** At most `limit` present units whose folded names begin so, in no order. */
    namedFrom: (start: string, limit: number): UnitKey[] => keysOf(beginning.get(start, start + LAST_LETTER, limit)),
    /** What is compared of these units. */
    texts: (keys: readonly UnitKey[]): SearchedUnit[] =>
      toRows<SearchedRow>(texts.get(JSON.stringify(keys))).map(([key, folded, goneAt]) => ({
        key,
        folded,
        isGone: goneAt !== null,
      })),
    /** What is shown of these units, in the order given. */
    found: (keys: readonly UnitKey[]): FoundUnit[] => {
      const byKey = new Map(found.all(JSON.stringify(keys)).map(row => [row.key, row]));
      return keys.flatMap(key => {
        const row = byKey.get(key);
        if (row === undefined) return [];
        const { tenantId, status, goneAt } = row;
        return { key, tenantId, status, goneAt, ...toLabel(row) };
      });
    },
  };
};
