import { expect, it } from 'vitest';
import { fileAt, rowsOf } from '../../testing/memory-files.ts';
import { migrate } from '../migration.ts';
import { cacheHistory } from './index.ts';

it('cache 008-gaps keeps one object an id and type of a tenant, and leaves the units that are there', () => {
  const db = fileAt(cacheHistory, 6);
  db.exec(`INSERT INTO unit (key, tenant, id, kind, name, sort_name, folded, owner, status, sources, first_read, read)
    VALUES (7, 1, 'u', 'site', 'A', 'a', 'a', 'o', 'protected', '[]', 1, 1)`);
  migrate(db, cacheHistory, { to: 8 });
  expect(rowsOf(db, 'unit')).toHaveLength(1);
  const insert = (tenant: number, type: string) =>
    db.exec(`INSERT INTO directory_object VALUES (${tenant}, '${type}', 'a', 'Ada', NULL, '{}', 1)`);
  insert(1, 'user');
  insert(1, 'site');
  insert(2, 'user');
  expect(() => insert(1, 'user')).toThrow(/UNIQUE/);
});
