import type { Migration } from '../migration.ts';

/** What tiles and tenant lists count, in an index of its own: the rows of units are ten times as wide. */
export const unitTiles: Migration = {
  to: 4,
  up: db => {
    db.exec(`
      CREATE INDEX unit_by_tile ON unit (tenant, status, kind, newest_at, newest_none, newest_asked_at, error_code)
        WHERE gone_at IS NULL;
    `);
  },
};
