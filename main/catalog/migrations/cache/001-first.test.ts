import { describe, expect, it } from 'vitest';
import { fileAt, rowsOf } from '../../testing/memory-files.ts';
import { cacheHistory } from './index.ts';

describe('cache 001-first', () => {
  it('makes strict tables alone', () => {
    const db = fileAt(cacheHistory, 1);
    const tables = db
      .read<[], { name: string; strict: number }>(
        "SELECT name, strict FROM pragma_table_list WHERE type = 'table' AND schema = 'main' AND name NOT LIKE 'sqlite_%' ORDER BY name",
      )
      .all();
    expect(tables.map(table => table.name)).toEqual([
      'know',
      'policy',
      'restore_artifact',
      'restore_session',
      'shown',
      'tenant',
      'unit',
    ]);
    expect(tables.filter(table => table.strict !== 1)).toEqual([]);
  });

  it('keys what is known by unit, time and id, without a rowid', () => {
    const db = fileAt(cacheHistory, 1);
    db.exec("INSERT INTO know VALUES (1, 50, x'0161', 90, 50, 50, 1, 60), (1, 50, x'0162', 90, 70, 50, 0, 60)");
    expect(() => db.exec("INSERT INTO know VALUES (1, 50, x'0162', 91, 70, 50, 0, 60)")).toThrow(/UNIQUE/);
    expect(() => db.exec("INSERT INTO know VALUES (1, 'noon', x'0163', 91, 70, 50, 0, 60)")).toThrow(/INTEGER/);
    expect(rowsOf(db, 'know').map(row => row['any_to'])).toEqual([50, 70]);
  });

  it('keeps one unit an id and tenant', () => {
    const db = fileAt(cacheHistory, 1);
    const insert = (tenant: number): void =>
      db.exec(`INSERT INTO unit (tenant, id, kind, name, sort_name, folded, owner, status, sources, first_read, read)
        VALUES (${tenant}, 'u', 'site', 'N', 'n', 'n', 'o', 'protected', '[]', 1, 1)`);
    insert(1);
    insert(2);
    expect(() => insert(1)).toThrow(/UNIQUE/);
  });
});
