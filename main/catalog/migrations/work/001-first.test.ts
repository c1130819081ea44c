import { describe, expect, it } from 'vitest';
import { fileAt, rowsOf } from '../../testing/memory-files.ts';
import { workHistory } from './index.ts';

describe('work 001-first', () => {
  it('makes strict tables alone', () => {
    const db = fileAt(workHistory, 1);
    const tables = db
      .read<[], { name: string; strict: number }>(
        "SELECT name, strict FROM pragma_table_list WHERE type = 'table' AND schema = 'main' AND name NOT LIKE 'sqlite_%' ORDER BY name",
      )
      .all();
    expect(tables.map(table => table.name)).toEqual([
      'added_tenant',
      'audit',
      'intent',
      'plan',
      'plan_session',
      'plan_unit',
      'remembered_name',
      'setting',
    ]);
    expect(tables.filter(table => table.strict !== 1)).toEqual([]);
  });

  it('lets nobody change or delete an audit row', () => {
    const db = fileAt(workHistory, 1);
    db.exec("INSERT INTO audit (seq, at, tenant, who, what, target) VALUES (1, 5, 't', 'me', 'did', 'it')");
    expect(() => db.exec("UPDATE audit SET who = 'you'")).toThrow(/never changed/);
    expect(() => db.exec('DELETE FROM audit')).toThrow(/never deleted/);
    expect(rowsOf(db, 'audit')).toHaveLength(1);
  });

  it('lets nobody change an intent', () => {
    const db = fileAt(workHistory, 1);
    db.exec("INSERT INTO intent (tenant, plan, step, about, at, facts) VALUES ('t', 'p', 's', 'a', 5, 'null')");
    expect(() => db.exec("UPDATE intent SET step = 'other'")).toThrow(/never changed/);
  });
});
