import { describe, expect, it } from 'vitest';
import { openDatabase } from './database.ts';

describe('openDatabase', () => {
  it('refuses to prepare a write as a read', () => {
    const db = openDatabase(':memory:');
    db.exec('CREATE TABLE t (x INTEGER)');
    expect(() => db.read('DELETE FROM t')).toThrow(/This statement writes/);
  });

  it('binds numbered and plain parameters', () => {
    const db = openDatabase(':memory:');
    expect(db.read<[number, string], unknown>('SELECT ?2 AS b, ?1 AS a, ?2 AS c').get(1, 'x')).toEqual({
      a: 1,
      b: 'x',
      c: 'x',
    });
    expect(db.read<[number, string], unknown>('SELECT ? AS a, ? AS b').get(1, 'x')).toEqual({ a: 1, b: 'x' });
  });

  it('takes back all of a transaction that throws, with what stands inside it', () => {
    const db = openDatabase(':memory:');
    db.exec('CREATE TABLE t (x INTEGER)');
    const count = (): unknown => db.read<[], { n: number }>('SELECT count(*) AS n FROM t').get();
    expect(() =>
      db.transaction(() => {
        db.transaction(() => db.exec('INSERT INTO t VALUES (1)'));
        throw new Error('no');
      }),
    ).toThrow('no');
    expect(count()).toEqual({ n: 0 });
    db.transaction(() => db.exec('INSERT INTO t VALUES (1)'));
    expect(count()).toEqual({ n: 1 });
  });
});
