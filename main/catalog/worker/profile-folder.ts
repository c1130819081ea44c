import { accessSync, chmodSync, constants, mkdirSync, statSync } from 'node:fs';
import { AppFailure } from '../../../shared/contract/errors.ts';

/**
 * Makes the profile's folder, or takes what is there, readable by its owner alone (0700; on Windows the user's own folders
 * are so by inheritance).
 *
 * @throws AppFailure PROFILE_UNWRITABLE
 */
export function prepareProfileFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    if (process.platform !== 'win32' && (statSync(path).mode & 0o777) !== 0o700) chmodSync(path, 0o700);
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new AppFailure({ code: 'PROFILE_UNWRITABLE', path }, { cause: error });
  }
}
