import { existsSync, statSync } from 'node:fs';
import { AppFailure } from '../../../shared/contract/errors.ts';
import { migrate, versionOf } from '../migrations/migration.ts';
import { workHistory } from '../migrations/work/index.ts';
import type { CatalogNotice } from '../notice.ts';
import { checkFile } from './check-file.ts';
import type { OpenDb } from './database.ts';
import { DamagedFileError, openDatabase } from './database.ts';
import { makePrivate } from './private-file.ts';
import { copyWork, copyWorkBeforeUpgrade, hasCopies, newestGoodCopy } from './work-copies.ts';

const openSound = (path: string): OpenDb => {
  // SQLite takes an empty file for a new database; where copies show that it held something, it was cut off.
  if (existsSync(path) && statSync(path).size === 0 && hasCopies(path)) throw new DamagedFileError(path);
  makePrivate(path);
  const db = openDatabase(path);
  try {
    // fullfsync acts on macOS alone, where an ordinary fsync leaves the data in the drive's cache.
    db.exec(
      'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA fullfsync = ON; PRAGMA checkpoint_fullfsync = ON; PRAGMA secure_delete = ON',
    );
    checkFile(db, workHistory, true);
    const isNew = versionOf(db) === 0;
    migrate(db, workHistory, { beforeUpgrade: from => copyWorkBeforeUpgrade(db, from) });
    if (!isNew) copyWork(db);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
};

/**
 * Opens `work.db`. A damaged one is left where it is and never replaced: `notice` names it and its newest good copy, and
 * there is no connection.
 *
 * @throws NewerFileError, UnwritableFileError
 */
export function openWorkFile(path: string): { readonly db: OpenDb } | { readonly notice: CatalogNotice } {
  try {
    return { db: openSound(path) };
  } catch (error) {
    if (!(error instanceof DamagedFileError)) throw error;
    return { notice: workUnreadableNotice(path) };
  }
}

export function workUnreadableNotice(workPath: string): CatalogNotice {
  const copyPath = newestGoodCopy(workPath);
  return { code: 'WORK_UNREADABLE', workPath, ...(copyPath === undefined ? {} : { copyPath }) };
}

export const workUnreadable = (cause?: unknown): AppFailure => new AppFailure({ code: 'WORK_UNREADABLE' }, { cause });
