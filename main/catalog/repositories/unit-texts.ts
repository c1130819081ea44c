import { toIndexed } from '../searched-text.ts';
import type { WritableDb } from '../worker/database.ts';
import { fromJson } from './columns.ts';
import type { UnitKey } from './units.ts';

/** Index pages that one call of `mergeSome` works through. */
const PAGES = 100;

/** Exported so that a test can hold the plan. */
export const unitTextQueries = {
  find: 'SELECT json_group_array(rowid) AS keys FROM (SELECT rowid FROM unit_text WHERE unit_text MATCH ? LIMIT ?)',
} as const;

/** `unit_text` of the cache: the index by which units are found from what is typed. It holds no text, so who changes it names the old one. */
export const unitTextsRepository = (db: WritableDb) => {
  const find = db.read<[string, number], { keys: string }>(unitTextQueries.find);
  const insert = db.write<[UnitKey, string]>('INSERT INTO unit_text (rowid, text) VALUES (?, ?)');
  const remove = db.write<[UnitKey, string]>("INSERT INTO unit_text (unit_text, rowid, text) VALUES ('delete', ?, ?)");
  const merge = db.write<[number]>("INSERT INTO unit_text (unit_text, rank) VALUES ('merge', ?)");
  const changes = db.read<[], { all: number }>('SELECT total_changes() AS "all"');
  const changesSoFar = (): number => changes.get()?.all ?? 0;

  return {
    add: (unit: UnitKey, folded: string) => {
      insert.run(unit, toIndexed(folded));
    },
    /** @param folded as it was added, to the letter */
    remove: (unit: UnitKey, folded: string) => {
      remove.run(unit, toIndexed(folded));
    },
    /** At most `limit` units whose text may answer to a question of `toMatch`, in no order. */
    find: (match: string, limit: number): UnitKey[] => fromJson(find.get(match, limit)?.keys ?? '[]') as UnitKey[],
    /**
     * Until this is done, removed texts still stand in the index, beside a note that they are removed. It is done in parts.
     *
     * @param isFirst begins anew
     * @returns whether there is more to do
     */
    mergeSome: (isFirst: boolean): boolean => {
      const before = changesSoFar();
      merge.run(isFirst ? -PAGES : PAGES);
      // As documented: fewer than two changes mean that there was nothing to do.
      return changesSoFar() - before >= 2;
    },
  };
};
