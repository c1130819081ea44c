import { AppFailure } from '../../../../shared/contract/errors.ts';
import type { RestoreSession } from '../../../../shared/contract/sessions.ts';
import type { UnitId } from '../../../../shared/domain/protection-unit.ts';
import type { SessionsCatalog } from '../../api/sessions.ts';
import { inSlices } from '../slices.ts';
import type { Store } from '../store.ts';
import { tenantKey } from '../store.ts';
import { plansOfSessions, toldSession } from '../told-session.ts';
import type { HandlersOf } from './handlers.ts';
import { limited, limitOf } from './handlers.ts';

export const sessionsCalls = (store: Store): HandlersOf<SessionsCatalog> => {
  const plansBySession = (tenantId: string) => plansOfSessions(store, tenantId);

  const find = (tenantId: string, sessionId: string): RestoreSession | undefined => {
    const tenant = tenantKey(store.cache, tenantId);
    const kept = store.cache.sessions.find(tenant, sessionId);
    return kept === undefined
      ? undefined
      : toldSession(store.cache, { tenantId, tenant, kept, plan: plansBySession(tenantId).get(sessionId) });
  };

  /** Removed and protected again, a unit has another id; a session may name the same site or mailbox by its older one. */
  const everyIdOf = (tenant: number, unitIds: readonly UnitId[]): ((unitId: UnitId) => readonly UnitId[]) => {
    const known = store.cache.units.withIds(tenant, limited(unitIds));
    const allIds = new Map(known.map(({ id, ids }) => [id, ids.map(each => each.id)]));
    return unitId => allIds.get(unitId) ?? [unitId];
  };

  return {
    put: (tenantId, sessions) => {
      const { cache } = store;
      const tenant = tenantKey(cache, tenantId);
      cache.db.transaction(() => {
        for (const session of sessions) cache.sessions.put(tenant, session);
      });
    },
    replaceAll: (tenantId, sessions) => {
      const { cache } = store;
      const tenant = tenantKey(cache, tenantId);
      const listed = new Set(sessions.map(session => session.id));
      const ours = plansBySession(tenantId);
      cache.db.transaction(() => {
        for (const { session } of cache.sessions.list(tenant)) {
          if (listed.has(session.id) || ours.has(session.id)) continue;
          cache.artifacts.removeOf(tenant, session.id);
          cache.sessions.remove(tenant, session.id);
        }
        for (const session of sessions) cache.sessions.put(tenant, session);
      });
    },
    list: tenantId => {
      const tenant = tenantKey(store.cache, tenantId);
      const plans = plansBySession(tenantId);
      return store.cache.sessions
        .list(tenant)
        .map(kept => toldSession(store.cache, { tenantId, tenant, kept, plan: plans.get(kept.session.id) }));
    },
    find,
    get: (tenantId, sessionId) => {
      const session = find(tenantId, sessionId);
      if (session === undefined) throw new AppFailure({ code: 'SESSION_NOT_FOUND', sessionId });
      return session;
    },
    setNextAskAt: (tenantId, sessionId, nextAskAt) => {
      store.cache.sessions.setNextAskAt(tenantKey(store.cache, tenantId), sessionId, nextAskAt);
    },
    remove: (tenantId, sessionId) => {
      const { cache } = store;
      const tenant = tenantKey(cache, tenantId);
      cache.db.transaction(() => {
        cache.artifacts.removeOf(tenant, sessionId);
        cache.sessions.remove(tenant, sessionId);
      });
    },
    *putArtifacts(tenantId, sessionId, artifacts, { complete }) {
      const { cache } = store;
      const tenant = tenantKey(cache, tenantId);
      yield* inSlices(cache.db, artifacts, artifact => cache.artifacts.put(tenant, sessionId, artifact));
      if (complete) cache.sessions.setArtifactsComplete(tenant, sessionId);
    },
    artifactsComplete: (tenantId, sessionId) =>
      store.cache.sessions.find(tenantKey(store.cache, tenantId), sessionId)?.artifactsComplete ?? false,
    listArtifacts: ({ tenantId, sessionId, only, window }) => {
      const part = { offset: window.offset, limit: limitOf(window.limit) };
      return {
        offset: window.offset,
        ...store.cache.artifacts.list(tenantKey(store.cache, tenantId), sessionId, only, part),
      };
    },
    busyUnits: (tenantId, unitIds) => {
      const tenant = tenantKey(store.cache, tenantId);
      const allIds = everyIdOf(tenant, unitIds);
      return unitIds.flatMap(unitId => {
        for (const id of allIds(unitId)) {
          const busy = store.cache.artifacts.busySession(tenant, id);
          if (busy !== undefined) return [{ unitId, ...busy }];
        }
        return [];
      });
    },
    restoredSince: (tenantId, unitIds, after) => {
      const tenant = tenantKey(store.cache, tenantId);
      const allIds = everyIdOf(tenant, unitIds);
      return unitIds.flatMap(unitId => {
        const [latest] = allIds(unitId)
          .flatMap(id => store.cache.artifacts.restoredSince(tenant, id, after) ?? [])
          .sort((a, b) => b.restoredAt - a.restoredAt);
        return latest === undefined ? [] : [{ unitId, ...latest }];
      });
    },
  };
};
