import type { Migration } from '../migration.ts';

/** How far the background sync of each tenant is, what it has asked today, and which landmarks were asked. Lost with the knowledge that it is about. */
export const background: Migration = {
  to: 7,
  up: db => {
    db.exec(`
      CREATE TABLE background (
        tenant INTEGER PRIMARY KEY,
        day INTEGER NOT NULL DEFAULT 0, -- days since 1970 of service time
        questions INTEGER NOT NULL DEFAULT 0, -- asked on that day, by whomever
        pace TEXT NOT NULL DEFAULT '{"isFilled":false}' -- JSON
      ) STRICT;
      CREATE TABLE landmark (
        tenant INTEGER NOT NULL,
        every TEXT NOT NULL,
        before_at INTEGER NOT NULL,
        asked_at INTEGER NOT NULL,
        PRIMARY KEY (tenant, every, before_at)
      ) STRICT, WITHOUT ROWID;
    `);
  },
};
