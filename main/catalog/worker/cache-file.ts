import type { UtcSeconds } from '../../../shared/domain/time.ts';
import { cacheHistory } from '../migrations/cache/index.ts';
import { migrate } from '../migrations/migration.ts';
import type { CatalogNotice } from '../notice.ts';
import { checkFile, endedUncleanly } from './check-file.ts';
import type { OpenDb } from './database.ts';
import { DamagedFileError, openDatabase } from './database.ts';
import { makePrivate } from './private-file.ts';
import { setAside } from './set-aside.ts';

const openSound = (path: string): OpenDb => {
  const unclean = endedUncleanly(path);
  makePrivate(path);
  const db = openDatabase(path);
  try {
    // What may be asked for again may be lost with the last seconds before a power cut, but never damaged by it. Up to
    // 128 MiB of pages in memory (SQLite's own default is 2): a question about 10,000 units reads some 100 MiB of them, and with less room
    // every such question would read them all anew.
    db.exec(
      'PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA temp_store = MEMORY; PRAGMA secure_delete = FAST; PRAGMA cache_size = -131072',
    );
    checkFile(db, cacheHistory, unclean);
    migrate(db, cacheHistory);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
};

/**
 * Opens `cache.db`. A damaged one is set aside under a dated name and an empty one takes its place: what it held can be
 * asked for again.
 *
 * @throws NewerFileError, UnwritableFileError
 */
export function openCacheFile(path: string, now: UtcSeconds): { readonly db: OpenDb; readonly notice?: CatalogNotice } {
  try {
    return { db: openSound(path) };
  } catch (error) {
    if (!(error instanceof DamagedFileError)) throw error;
    const setAsidePath = setAside(path, now);
    return { db: openSound(path), notice: { code: 'CACHE_SET_ASIDE', setAsidePath } };
  }
}
