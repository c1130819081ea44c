import { existsSync, statSync } from 'node:fs';
import { isForeign } from '../migrations/migration.ts';
import type { FileHistory } from '../migrations/migration.ts';
import type { OpenDb } from './database.ts';
import { DamagedFileError } from './database.ts';

// Reading a file of this size through takes well below a second; the largest catalogs take many.
const ALWAYS_CHECKED_BYTES = 64 * 1024 * 1024;

const sizeOf = (path: string): number => (existsSync(path) ? statSync(path).size : 0);

/** Whether the file's last user did not close it (its log is still there). To be asked before it is opened. */
export const endedUncleanly = (path: string): boolean => sizeOf(`${path}-wal`) > 0;

/**
 * Reads the whole file through and compares what can be compared. A large file that was closed in order is spared: damage
 * in it is met, and answered, when a damaged page is read.
 *
 * @throws DamagedFileError
 */
export function checkFile(db: OpenDb, history: FileHistory, unclean: boolean): void {
  if (isForeign(db, history)) throw new DamagedFileError(db.path);
  if (!unclean && sizeOf(db.path) > ALWAYS_CHECKED_BYTES) return;
  if (db.pragma('quick_check(1)') !== 'ok') throw new DamagedFileError(db.path);
}
