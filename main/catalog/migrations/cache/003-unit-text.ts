import { toIndexed } from '../../searched-text.ts';
import type { Migration } from '../migration.ts';

/** An index of what units are called, for searching all tenants; and all ids of an owner from the index of owners alone. */
export const unitText: Migration = {
  to: 3,
  up: db => {
    db.exec(`
      DROP INDEX unit_by_owner;
      CREATE INDEX unit_by_owner ON unit (tenant, owner, kind, gone_at, id);

      -- Pieces of texts and the units that they stand in, without the texts and without places in them: whoever asks compares.
      CREATE VIRTUAL TABLE unit_text USING fts5 (
        text, content = '', detail = none, columnsize = 0, tokenize = 'trigram case_sensitive 1'
      );
    `);
    const units = db.read<[], { key: number; folded: string }>('SELECT key, folded FROM unit').all();
    const insert = db.write<[number, string]>('INSERT INTO unit_text (rowid, text) VALUES (?, ?)');
    for (const { key, folded } of units) insert.run(key, toIndexed(folded));
  },
};
