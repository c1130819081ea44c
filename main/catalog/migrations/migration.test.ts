import { describe, expect, it } from 'vitest';
import { openDatabase } from '../worker/database.ts';
import { rowsOf } from '../testing/memory-files.ts';
import type { FileHistory } from './migration.ts';
import { isForeign, migrate, NewerFileError, versionOf } from './migration.ts';

const history: FileHistory = {
  name: 'work',
  applicationId: 77,
  migrations: [
    { to: 1, up: db => db.exec('CREATE TABLE thing (id INTEGER PRIMARY KEY) STRICT') },
    { to: 2, up: db => db.exec("ALTER TABLE thing ADD COLUMN name TEXT NOT NULL DEFAULT ''") },
    { to: 3, up: db => db.exec("INSERT INTO thing (id, name) VALUES (9, 'from three')") },
  ],
};

describe('migrate', () => {
  it('brings a new file to the newest version and marks it as ours', () => {
    const db = openDatabase(':memory:');
    migrate(db, history);
    expect(versionOf(db)).toBe(3);
    expect(isForeign(db, history)).toBe(false);
    expect(isForeign(db, { ...history, applicationId: 78 })).toBe(true);
    expect(rowsOf(db, 'thing')).toEqual([{ id: 9, name: 'from three' }]);
  });

  it('runs only what is pending, and keeps what is there', () => {
    const db = openDatabase(':memory:');
    migrate(db, history, { to: 1 });
    db.exec('INSERT INTO thing (id) VALUES (1)');
    migrate(db, history);
    expect(rowsOf(db, 'thing')).toEqual([
      { id: 1, name: '' },
      { id: 9, name: 'from three' },
    ]);
  });

  it('copies before it changes a file that holds something, and only then', () => {
    const copies: number[] = [];
    const db = openDatabase(':memory:');
    const beforeUpgrade = (from: number): void => {
      copies.push(from);
    };
    migrate(db, history, { to: 2, beforeUpgrade });
    expect(copies).toEqual([]);
    migrate(db, history, { beforeUpgrade });
    migrate(db, history, { beforeUpgrade });
    expect(copies).toEqual([2]);
  });

  it('does all pending migrations or none', () => {
    const db = openDatabase(':memory:');
    const broken: FileHistory = {
      ...history,
      migrations: [...history.migrations, { to: 4, up: inner => inner.exec('ALTER TABLE nowhere ADD COLUMN x TEXT') }],
    };
    expect(() => migrate(db, broken)).toThrow(/nowhere/);
    expect(versionOf(db)).toBe(0);
    expect(rowsOf(db, 'sqlite_schema')).toEqual([]);
  });

  it('refuses a file of a newer version by name, and leaves it alone', () => {
    const db = openDatabase(':memory:');
    migrate(db, history);
    const older: FileHistory = { ...history, migrations: history.migrations.slice(0, 2) };
    expect(() => migrate(db, older)).toThrow(NewerFileError);
    expect(() => migrate(db, older)).toThrow(/:memory: has version 3.*up to 2/);
    expect(versionOf(db)).toBe(3);
  });
});
