import { cacheHistory } from '../migrations/cache/index.ts';
import { migrate } from '../migrations/migration.ts';
import type { FileHistory } from '../migrations/migration.ts';
import { workHistory } from '../migrations/work/index.ts';
import type { OpenDb, ReadableDb, Value } from '../worker/database.ts';
import { openDatabase } from '../worker/database.ts';
import { cacheRepositories, workRepositories } from '../worker/store.ts';
import type { Cache, Store, Work } from '../worker/store.ts';

/** A file in memory, brought to a version (the newest where none is named). */
export function fileAt(history: FileHistory, to?: number): OpenDb {
  const db = openDatabase(':memory:');
  migrate(db, history, to === undefined ? {} : { to });
  return db;
}

export const cacheInMemory = (): Cache => cacheRepositories(fileAt(cacheHistory));
export const workInMemory = (): Work => workRepositories(fileAt(workHistory));

/** Both files in memory, as the worker's handlers want them. */
export function storeInMemory(): Store {
  let cache = cacheInMemory();
  let work: Work | undefined = workInMemory();
  return {
    get cache() {
      return cache;
    },
    get work() {
      if (work === undefined) throw new Error('work was given up');
      return work;
    },
    get workIsReadable() {
      return work !== undefined;
    },
    forgetInCopies: () => undefined,
    isCache: path => path === 'nowhere/cache.db',
    replaceCache: () => {
      cache = cacheInMemory();
    },
    giveUpWork: () => {
      work = undefined;
    },
    checkpoint: () => undefined,
    close: () => undefined,
  };
}

/** All rows of a table, in the order of its key. */
export const rowsOf = (db: ReadableDb, table: string): Record<string, Value>[] =>
  db.read<[], Record<string, Value>>(`SELECT * FROM ${table}`).all();

/** How SQLite means to run a query, one line a step. Parameters may be left unbound. */
export const explain = (db: ReadableDb, sql: string): string[] =>
  db
    .read<[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql.replaceAll(/\?\d*/g, 'NULL')}`)
    .all()
    .map(step => step.detail);
