import type { Migration } from '../migration.ts';

/** What gaps in protection are told from beside units: the directory's users and sites, and the rules and bulk jobs that failed. */
export const gaps: Migration = {
  to: 8,
  up: db => {
    // `facts`: JSON of what else was told. `read`: the last read that saw it.
    db.exec(`
      CREATE TABLE directory_object (
        tenant INTEGER NOT NULL,
        type TEXT NOT NULL,
        id TEXT NOT NULL,
        name TEXT NOT NULL,
        address TEXT,
        facts TEXT NOT NULL,
        read INTEGER NOT NULL,
        PRIMARY KEY (tenant, type, id)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE addition_failure (
        tenant INTEGER NOT NULL,
        place INTEGER NOT NULL,
        facts TEXT NOT NULL,
        PRIMARY KEY (tenant, place)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE gaps_read (
        tenant INTEGER NOT NULL,
        part TEXT NOT NULL,
        read_at INTEGER NOT NULL,
        count INTEGER NOT NULL,
        PRIMARY KEY (tenant, part)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE gaps_counted (
        tenant INTEGER PRIMARY KEY,
        users INTEGER NOT NULL,
        sites INTEGER NOT NULL
      ) STRICT;
    `);
  },
};
