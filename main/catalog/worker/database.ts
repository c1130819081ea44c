import Sqlite from 'better-sqlite3';

/** What SQLite keeps, and what we bind and read. Times and counts are numbers; no count of ours passes 2^53. */
export type Value = null | number | string | Uint8Array;

export interface Read<P extends readonly Value[], R> {
  get(...params: P): R | undefined;
  all(...params: P): R[];
  iterate(...params: P): IterableIterator<R>;
}

interface Write<P extends readonly Value[]> {
  run(...params: P): { readonly changes: number; readonly lastInsertRowid: number };
}

/** A connection as far as reading goes. */
export interface ReadableDb {
  /** Prepares a statement that only reads; one that would write is refused here, not when it runs. */
  read<P extends readonly Value[], R>(sql: string): Read<P, R>;
}

export interface WritableDb extends ReadableDb {
  write<P extends readonly Value[]>(sql: string): Write<P>;
  exec(sql: string): void;
  /**
   * All of it or nothing. A transaction within another is part of that one.
   *
   * @param onDisk `later`: it may be lost with a power cut until the next transaction that is on disk `now`, which brings it along. For what
   * means nothing before that one.
   */
  transaction<T>(work: () => T, onDisk?: 'now' | 'later'): T;
}

/** A connection with its life. Only who opened it closes it. */
export interface OpenDb extends WritableDb {
  readonly path: string;
  readonly pragma: (text: string) => unknown;
  /** Everything written so far leaves the write-ahead log, and the log is emptied. */
  checkpoint(): void;
  close(): void;
}

/** SQLite found the file damaged: not a database, or a malformed page. */
export class DamagedFileError extends Error {
  override readonly name = 'DamagedFileError';
  readonly path: string;
  constructor(path: string, options?: ErrorOptions) {
    super(`The database file ${path} is damaged`, options);
    this.path = path;
  }
}

/** The file can't be written: no right, no room, or a failing disk. */
export class UnwritableFileError extends Error {
  override readonly name = 'UnwritableFileError';
  readonly path: string;
  constructor(path: string, options?: ErrorOptions) {
    super(`The database file ${path} can't be written`, options);
    this.path = path;
  }
}

const isOf = (code: string, families: readonly string[]): boolean =>
  families.some(family => code === family || code.startsWith(`${family}_`));

const toOurs = (error: unknown, path: string): unknown => {
  if (!(error instanceof Sqlite.SqliteError)) return error;
  if (isOf(error.code, ['SQLITE_CORRUPT', 'SQLITE_NOTADB', 'SQLITE_FORMAT']))
    return new DamagedFileError(path, { cause: error });
  if (isOf(error.code, ['SQLITE_READONLY', 'SQLITE_CANTOPEN', 'SQLITE_FULL', 'SQLITE_IOERR', 'SQLITE_PERM'])) {
    return new UnwritableFileError(path, { cause: error });
  }
  return error;
};

type Bind = (params: readonly Value[]) => readonly unknown[];

/** The driver takes `?` by position and everything else by name: `?1`, `?2` are named `1` and `2`. */
const binding = (sql: string): Bind =>
  /\?\d/.test(sql)
    ? params => [Object.fromEntries(params.map((value, index) => [index + 1, value]))]
    : params => params;

/**
 * SQLite looks at what is bound when it plans a statement, and plans it anew each time that something else is bound: for a walk down a
 * b-tree that takes five times as long as the walk. It does not look behind a plus, which changes nothing else. (What is quoted stays.)
 */
const withSteadyPlan = (sql: string): string =>
  sql.replaceAll(/'[^']*'|\?\d*/g, part => (part.startsWith('?') ? `+${part}` : part));

/** As `PRAGMA synchronous` answers it. */
const SYNCHRONOUS_FULL = 2;

/**
 * Opens a database file, or one in memory (`:memory:`); creates it where it is missing. Functions of ours for SQL are
 * added by their owners (`worker/text-order.ts`), not here.
 *
 * @throws DamagedFileError, UnwritableFileError
 */
export function openDatabase(path: string, options: { readonly readonly?: boolean } = {}): OpenDb {
  const guarded = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      throw toOurs(error, path);
    }
  };
  const raw = guarded(
    () => new Sqlite(path, { readonly: options.readonly ?? false, fileMustExist: options.readonly ?? false }),
  );
  const db: OpenDb = {
    path,
    read<P extends readonly Value[], R>(sql: string): Read<P, R> {
      const statement = guarded(() => raw.prepare<unknown[], R>(withSteadyPlan(sql)));
      const bind = binding(sql);
      if (!statement.readonly) throw new TypeError(`This statement writes; prepare it with write(): ${sql}`);
      return {
        get: (...params) => guarded(() => statement.get(...bind(params))),
        all: (...params) => guarded(() => statement.all(...bind(params))),
        *iterate(...params) {
          try {
            yield* statement.iterate(...bind(params));
          } catch (error) {
            throw toOurs(error, path);
          }
        },
      };
    },
    write<P extends readonly Value[]>(sql: string): Write<P> {
      const statement = guarded(() => raw.prepare(withSteadyPlan(sql)));
      const bind = binding(sql);
      return {
        run: (...params) =>
          guarded(() => {
            const result = statement.run(...bind(params));
            return { changes: result.changes, lastInsertRowid: Number(result.lastInsertRowid) };
          }),
      };
    },
    exec: sql => {
      guarded(() => raw.exec(sql));
    },
    transaction: (work, onDisk = 'now') => {
      if (raw.inTransaction) return work();
      if (onDisk === 'later' && raw.pragma('synchronous', { simple: true }) === SYNCHRONOUS_FULL) {
        raw.exec('PRAGMA synchronous = NORMAL');
        try {
          return db.transaction(work);
        } finally {
          raw.exec('PRAGMA synchronous = FULL');
        }
      }
      return guarded(() => {
        raw.exec('BEGIN IMMEDIATE');
        try {
          const result = work();
          raw.exec('COMMIT');
          return result;
        } catch (error) {
          // Some errors end the transaction by themselves; rolling back again would hide the first error behind a second.
          if (raw.inTransaction) raw.exec('ROLLBACK');
          throw error;
        }
      });
    },
    pragma: text => guarded(() => raw.pragma(text, { simple: true })),
    checkpoint: () => {
      guarded(() => raw.pragma('wal_checkpoint(TRUNCATE)'));
    },
    close: () => {
      raw.close();
    },
  };
  return db;
}
