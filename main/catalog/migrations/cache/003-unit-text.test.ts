import { expect, it } from 'vitest';
import { fileAt } from '../../testing/memory-files.ts';
import { migrate } from '../migration.ts';
import { cacheHistory } from './index.ts';

it('cache 003-unit-text indexes the units that are there', () => {
  const db = fileAt(cacheHistory, 2);
  db.exec(`INSERT INTO unit (key, tenant, id, kind, name, sort_name, folded, owner, status, sources, first_read, read)
    VALUES (7, 1, 'u', 'site', 'Aino', 'aino', 'aino', 'o', 'protected', '[]', 1, 1)`);
  migrate(db, cacheHistory, { to: 3 });
  const found = db.read<[string], { rowid: number }>('SELECT rowid FROM unit_text WHERE unit_text MATCH ?');
  expect(found.all('"ino"')).toEqual([{ rowid: 7 }]);
  expect(found.all('"vir"')).toEqual([]);
});
