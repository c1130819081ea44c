import { expect, it } from 'vitest';
import { fileAt } from '../../testing/memory-files.ts';
import { migrate } from '../migration.ts';
import { cacheHistory } from './index.ts';

it('cache 006-unit-standing indexes the units that are there, without those gone', () => {
  const db = fileAt(cacheHistory, 5);
  db.exec(`INSERT INTO unit (key, tenant, id, kind, name, sort_name, folded, owner, status, sources, first_read, read, gone_at)
    VALUES (7, 1, 'u', 'site', 'A', 'a', 'a', 'o', 'protected', '[]', 1, 1, NULL),
      (8, 1, 'v', 'site', 'B', 'b', 'b', 'p', 'protected', '[]', 1, 1, 5)`);
  migrate(db, cacheHistory, { to: 6 });
  const found = db.read<[], { key: number }>(
    'SELECT key FROM unit INDEXED BY unit_standing WHERE tenant = 1 AND gone_at IS NULL',
  );
  expect(found.all()).toEqual([{ key: 7 }]);
});
