import { join } from 'node:path';
import { AppFailure } from '../../../shared/contract/errors.ts';
import type { UtcSeconds } from '../../../shared/domain/time.ts';
import type { CatalogNotice } from '../notice.ts';
import { addedTenantsRepository } from '../repositories/added-tenants.ts';
import { auditRepository } from '../repositories/audit.ts';
import { backgroundRepository } from '../repositories/background.ts';
import { forgetInWork } from '../repositories/forgetting.ts';
import { gapsRepository } from '../repositories/gaps.ts';
import { intentsRepository } from '../repositories/intents.ts';
import { knowRepository } from '../repositories/know.ts';
import { planSessionsRepository } from '../repositories/plan-sessions.ts';
import { planUnitsRepository } from '../repositories/plan-units.ts';
import { plansRepository } from '../repositories/plans.ts';
import { policiesRepository } from '../repositories/policies.ts';
import { rememberedNamesRepository } from '../repositories/remembered-names.ts';
import { restoreArtifactsRepository } from '../repositories/restore-artifacts.ts';
import { restoreSessionsRepository } from '../repositories/restore-sessions.ts';
import { createSelectionTables, selectionsRepository } from '../repositories/selections.ts';
import { settingsRepository } from '../repositories/settings.ts';
import { shownRepository } from '../repositories/shown.ts';
import { tenantsRepository } from '../repositories/tenants.ts';
import { unitSearchRepository } from '../repositories/unit-search.ts';
import { unitStandingsRepository } from '../repositories/unit-standings.ts';
import { unitTextsRepository } from '../repositories/unit-texts.ts';
import { unitsRepository } from '../repositories/units.ts';
import { openCacheFile } from './cache-file.ts';
import type { OpenDb, WritableDb } from './database.ts';
import { setAside } from './set-aside.ts';
import { forgetInCopies } from './work-copies.ts';
import { openWorkFile, workUnreadable, workUnreadableNotice } from './work-file.ts';

export const cacheRepositories = (db: WritableDb) => {
  createSelectionTables(db);
  return {
    db,
    tenants: tenantsRepository(db),
    policies: policiesRepository(db),
    units: unitsRepository(db),
    texts: unitTextsRepository(db),
    search: unitSearchRepository(db),
    standings: unitStandingsRepository(db),
    selections: selectionsRepository(db),
    know: knowRepository(db),
    shown: shownRepository(db),
    sessions: restoreSessionsRepository(db),
    artifacts: restoreArtifactsRepository(db),
    background: backgroundRepository(db),
    gaps: gapsRepository(db),
  };
};
export type Cache = ReturnType<typeof cacheRepositories>;

export const workRepositories = (db: WritableDb) => ({
  db,
  tenants: addedTenantsRepository(db),
  names: rememberedNamesRepository(db),
  settings: settingsRepository(db),
  plans: plansRepository(db),
  planUnits: planUnitsRepository(db),
  planSessions: planSessionsRepository(db),
  intents: intentsRepository(db),
  audit: auditRepository(db),
});
export type Work = ReturnType<typeof workRepositories>;

/** The two files of a profile, open. `cache` may be another one after `replaceCache`: it is read anew by every call. */
export interface Store {
  readonly cache: Cache;
  /** @throws AppFailure WORK_UNREADABLE */
  readonly work: Work;
  readonly workIsReadable: boolean;
  /** Takes a tenant out of every copy of `work`. */
  forgetInCopies(tenantId: string): void;
  /** True where the path is that of the cache that is open now. */
  isCache(path: string): boolean;
  /** Sets the damaged cache aside and goes on with an empty one. */
  replaceCache(): void;
  /** From now on `work` is neither read nor written. */
  giveUpWork(): void;
  /** Empties the write-ahead logs: nothing deleted is left in them. */
  checkpoint(): void;
  close(): void;
}

/** Copies into the cache what `work` says of the tenants, so that the cache alone can be read where `work` can't. */
export const mirrorTenants = (cache: Cache, work: Work): void => {
  cache.db.transaction(() => {
    for (const tenant of work.tenants.list()) cache.tenants.mirror(tenant);
  });
};

/**
 * Opens both files of a profile whose folder is there.
 *
 * @param onNotice told of whatever was damaged, now or later
 * @throws NewerFileError, UnwritableFileError
 */
export function openStore(profile: string, now: () => UtcSeconds, onNotice: (notice: CatalogNotice) => void): Store {
  const cachePath = join(profile, 'cache.db');
  const workPath = join(profile, 'work.db');

  const openedWork = openWorkFile(workPath);
  let workDb: OpenDb | undefined = 'db' in openedWork ? openedWork.db : undefined;
  let work: Work | undefined = workDb === undefined ? undefined : workRepositories(workDb);
  if ('notice' in openedWork) onNotice(openedWork.notice);

  const openCache = (): { db: OpenDb; cache: Cache } => {
    const opened = openCacheFile(cachePath, now());
    if (opened.notice !== undefined) onNotice(opened.notice);
    const cache = cacheRepositories(opened.db);
    if (work !== undefined) mirrorTenants(cache, work);
    return { db: opened.db, cache };
  };
  let opened: { db: OpenDb; cache: Cache };
  try {
    opened = openCache();
  } catch (error) {
    workDb?.close();
    throw error;
  }

  return {
    get cache() {
      return opened.cache;
    },
    get work() {
      if (work === undefined) throw workUnreadable();
      return work;
    },
    get workIsReadable() {
      return work !== undefined;
    },
    forgetInCopies: tenantId => forgetInCopies(workPath, tenantId, forgetInWork),
    isCache: path => path === cachePath,
    replaceCache: () => {
      opened.db.close();
      onNotice({ code: 'CACHE_SET_ASIDE', setAsidePath: setAside(cachePath, now()) });
      opened = openCache();
    },
    giveUpWork: () => {
      if (workDb === undefined) return;
      work = undefined;
      workDb.close();
      workDb = undefined;
      onNotice(workUnreadableNotice(workPath));
    },
    checkpoint: () => {
      opened.db.checkpoint();
      workDb?.checkpoint();
    },
    close: () => {
      opened.db.close();
      workDb?.close();
    },
  };
}

/** @throws AppFailure TENANT_NOT_ADDED */
export function tenantKey(cache: Cache, tenantId: string): number {
  const key = cache.tenants.keyOf(tenantId);
  if (key === undefined) throw new AppFailure({ code: 'TENANT_NOT_ADDED', tenantId });
  return key;
}
