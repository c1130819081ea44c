import { chmodSync, closeSync, openSync } from 'node:fs';
import { UnwritableFileError } from './database.ts';

/**
 * Makes a database file that is missing, empty and readable by its owner alone, or makes one that is there so. Before it is opened:
 * SQLite gives its logs the rights that the file has then.
 *
 * @throws UnwritableFileError
 */
export function makePrivate(path: string): void {
  try {
    closeSync(openSync(path, 'a', 0o600));
    if (process.platform !== 'win32') chmodSync(path, 0o600);
  } catch (error) {
    throw new UnwritableFileError(path, { cause: error });
  }
}
