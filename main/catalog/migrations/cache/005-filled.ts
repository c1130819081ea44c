import type { Migration } from '../migration.ts';

/** By which version of our rules a table was filled that is reckoned from others: where that is another, it is filled anew. */
export const filled: Migration = {
  to: 5,
  up: db => {
    db.exec('CREATE TABLE filled (what TEXT PRIMARY KEY, version TEXT NOT NULL) STRICT, WITHOUT ROWID');
  },
};
