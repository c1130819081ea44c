import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
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

  it('binds any value as it is, and leaves alone what is quoted', () => {
    const db = openDatabase(':memory:');
    db.exec('CREATE TABLE t (n INTEGER, s TEXT, b BLOB, r REAL) STRICT');
    const bytes = Uint8Array.of(0, 255, 1);
    db.write<[number, string, Uint8Array, null]>('INSERT INTO t VALUES (?, ?, ?, ?)').run(
      2 ** 53 - 1,
      '+1?',
      bytes,
      null,
    );
    const row = db.read<[string], unknown>("SELECT n, s, b, r, 'why?' AS q FROM t WHERE s = ?").get('+1?');
    expect(row).toEqual({ n: 2 ** 53 - 1, s: '+1?', b: Buffer.from(bytes), r: null, q: 'why?' });
  });

  it('plans a statement once, whatever is bound', () => {
    const db = openDatabase(':memory:');
    db.exec('CREATE TABLE t (a INTEGER, b INTEGER, PRIMARY KEY (a, b)) STRICT, WITHOUT ROWID');
    for (let n = 0; n < 50; n += 1) db.exec(`INSERT INTO t VALUES (${n}, ${n})`);
    const byKey = db.read<[number], { b: number }>('SELECT b FROM t WHERE a = ? ORDER BY b');
    // The driver makes a function that makes rows, and makes it anew when SQLite has planned anew.
    const made = vi.spyOn(globalThis, 'Function');
    onTestFinished(() => made.mockRestore());
    for (let n = 0; n < 50; n += 1) expect(byKey.all(n)).toEqual([{ b: n }]);
    expect(made).toHaveBeenCalledTimes(1);
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

  it('lets a transaction wait for the disk until the next one, and that alone', () => {
    const folder = mkdtempSync(join(tmpdir(), 'backstop-database-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const db = openDatabase(join(folder, 'file.db'));
    db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE t (x INTEGER)');
    const [normal, full] = [1, 2];
    const level = (): unknown => db.pragma('synchronous');
    expect(db.transaction(level)).toBe(full);
    expect(db.transaction(level, 'later')).toBe(normal);
    expect(level()).toBe(full);
    expect(() =>
      db.transaction(() => {
        db.exec('INSERT INTO t VALUES (1)');
        throw new Error('no');
      }, 'later'),
    ).toThrow('no');
    expect(level()).toBe(full);
    // One that stands inside another is as that one is.
    expect(db.transaction(() => db.transaction(level, 'later'))).toBe(full);
    db.exec('PRAGMA synchronous = NORMAL');
    expect(db.transaction(level, 'later')).toBe(normal);
    expect(level()).toBe(normal);
    db.close();
  });
});
