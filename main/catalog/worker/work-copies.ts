import { existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { TenantId } from '../../../shared/domain/protection-unit.ts';
import { workHistory } from '../migrations/work/index.ts';
import { checkFile } from './check-file.ts';
import type { OpenDb } from './database.ts';
import { openDatabase } from './database.ts';
import { makePrivate } from './private-file.ts';

const LATEST = 'work-copy.db';
const isCopy = (name: string): boolean => name === LATEST || /^work-before-v\d+\.db$/.test(name);

const pathsOf = (workPath: string): string[] => {
  const folder = dirname(workPath);
  return readdirSync(folder)
    .filter(isCopy)
    .map(name => join(folder, name));
};

const writeCopy = (db: OpenDb, to: string): void => {
  const half = `${to}.half`;
  rmSync(half, { force: true });
  makePrivate(half);
  db.write<[string]>('VACUUM INTO ?').run(half);
  renameSync(half, to);
};

/** Copies `work` as it was found sound at this opening, so that a later damage costs no more than what came since. */
export const copyWork = (db: OpenDb): void => {
  writeCopy(db, join(dirname(db.path), LATEST));
};

/** Copies `work` before its tables change. Kept until forgotten tenants are taken out of it, and beyond. */
export const copyWorkBeforeUpgrade = (db: OpenDb, from: number): void => {
  writeCopy(db, join(dirname(db.path), `work-before-v${from + 1}.db`));
};

export const hasCopies = (workPath: string): boolean => existsSync(dirname(workPath)) && pathsOf(workPath).length > 0;

/** The newest copy that is itself sound, to be offered where `work` is damaged. */
export function newestGoodCopy(workPath: string): string | undefined {
  const newestFirst = pathsOf(workPath).toSorted((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
  return newestFirst.find(path => {
    try {
      const copy = openDatabase(path, { readonly: true });
      try {
        checkFile(copy, workHistory, true);
        return true;
      } finally {
        copy.close();
      }
    } catch {
      // A copy that can't be read is simply not offered; the next older one may be sound.
      return false;
    }
  });
}

/**
 * Takes a tenant out of every copy of `work`. `forgetIn` deletes its rows from an open file. A copy that can't be opened or
 * changed is deleted, since nobody could say what it still holds.
 */
export function forgetInCopies(
  workPath: string,
  tenantId: TenantId,
  forgetIn: (db: OpenDb, tenantId: TenantId) => void,
): void {
  for (const path of pathsOf(workPath)) {
    try {
      const copy = openDatabase(path);
      try {
        copy.exec('PRAGMA secure_delete = ON');
        forgetIn(copy, tenantId);
      } finally {
        copy.close();
      }
    } catch {
      rmSync(path, { force: true });
    }
  }
}
