import Sqlite from 'better-sqlite3';

/**
 * A bare connection to a file of the catalog, as another program would open it: what our own way to the data is measured against. The
 * one file outside the catalog's worker that opens SQLite.
 */
export function openBare(path: string): Sqlite.Database {
  const db = new Sqlite(path);
  // As the worker has it, so that the two differ in nothing but what is measured.
  db.exec('PRAGMA synchronous = NORMAL; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -131072');
  return db;
}

export type BareDatabase = Sqlite.Database;
