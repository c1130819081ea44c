import { toIndexed } from '../searched-text.ts';
import type { WritableDb } from '../worker/database.ts';
import type { UnitKey } from './unit-key.ts';

/** Index pages that one call of `mergeSome` works through. */
const PAGES = 100;

/** `unit_text` of the cache: the index by which units are found from what is typed. It holds no text, so who changes it names the old one. */
export const unitTextsRepository = (db: WritableDb) => {
  const insert = db.write<[UnitKey, string]>('INSERT INTO unit_text (rowid, text) VALUES (?, ?)');
  const remove = db.write<[UnitKey, string]>("INSERT INTO unit_text (unit_text, rowid, text) VALUES ('delete', ?, ?)");
  const removeAll = db.write<[]>("INSERT INTO unit_text (unit_text) VALUES ('delete-all')");
  const merge = db.write<[number]>("INSERT INTO unit_text (unit_text, rank) VALUES ('merge', ?)");
  const changes = db.read<[], { all: number }>('SELECT total_changes() AS "all"');
  const changesSoFar = (): number => changes.get()?.all ?? 0;
  const madeBy = db.read<[], { version: string }>("SELECT version FROM filled WHERE what = 'unit_text'");
  const setMadeBy = db.write<[string]>("INSERT OR REPLACE INTO filled (what, version) VALUES ('unit_text', ?)");

  return {
    add: (unit: UnitKey, folded: string) => {
      insert.run(unit, toIndexed(folded));
    },
    /** @param folded as it was added, to the letter */
    remove: (unit: UnitKey, folded: string) => {
      remove.run(unit, toIndexed(folded));
    },
    removeAll: () => {
      removeAll.run();
    },
    /** By which version of the rules the whole index was filled last (`INDEXED_BY` of `searched-text.ts`). */
    madeBy: (): string | undefined => madeBy.get()?.version,
    setMadeBy: (version: string) => {
      setMadeBy.run(version);
    },
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
