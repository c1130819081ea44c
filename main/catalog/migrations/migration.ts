import type { OpenDb, WritableDb } from '../worker/database.ts';

/** One numbered step of a file's history. Once shipped it is never edited; a mistake is mended by the next one. */
export interface Migration {
  readonly to: number;
  up(db: WritableDb): void;
}

/** Which of our two files this is, written into its header, so that neither is ever taken for the other or for a stranger's. */
export interface FileHistory {
  readonly name: 'cache' | 'work';
  readonly applicationId: number;
  readonly migrations: readonly Migration[];
}

/** The file was written by a newer version of the console. Nothing was changed. */
export class NewerFileError extends Error {
  override readonly name = 'NewerFileError';
  readonly path: string;
  readonly found: number;
  readonly known: number;
  constructor(path: string, found: number, known: number) {
    super(
      `${path} has version ${found}, written by a newer Backstop; this one knows versions up to ${known}. Open it with the newer Backstop.`,
    );
    this.path = path;
    this.found = found;
    this.known = known;
  }
}

const pragmaNumber = (db: OpenDb, name: string): number => {
  const value = db.pragma(name);
  if (typeof value !== 'number') throw new TypeError(`PRAGMA ${name} gave no number`);
  return value;
};

export const versionOf = (db: OpenDb): number => pragmaNumber(db, 'user_version');

/** True where the file bears the mark of another application, or of our other file. */
export const isForeign = (db: OpenDb, history: FileHistory): boolean => {
  const id = pragmaNumber(db, 'application_id');
  return id !== history.applicationId && (id !== 0 || versionOf(db) !== 0);
};

/**
 * Brings a file to the newest version, or to `to`: all pending migrations and the new version number in one transaction.
 * `beforeUpgrade` runs first when a file that holds something is about to change.
 *
 * @throws NewerFileError
 */
export function migrate(
  db: OpenDb,
  history: FileHistory,
  options: { readonly to?: number; readonly beforeUpgrade?: (from: number) => void } = {},
): void {
  const known = history.migrations.at(-1)?.to ?? 0;
  const from = versionOf(db);
  if (from > known) throw new NewerFileError(db.path, from, known);
  const pending = history.migrations.filter(step => step.to > from && step.to <= (options.to ?? known));
  const last = pending.at(-1);
  if (last === undefined) return;
  if (from > 0) options.beforeUpgrade?.(from);
  db.transaction(() => {
    for (const step of pending) step.up(db);
    db.exec(`PRAGMA application_id = ${history.applicationId}; PRAGMA user_version = ${last.to}`);
  });
}
