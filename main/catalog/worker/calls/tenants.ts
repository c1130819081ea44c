import { AppFailure } from '../../../../shared/contract/errors.ts';
import type { Tenant } from '../../../../shared/contract/tenants.ts';
import type { CatalogOverview, TenantsCatalog } from '../../api/tenants.ts';
import type { Askings } from '../askings.ts';
import { forgetTenant } from '../forget-tenant.ts';
import { untilDone } from '../slices.ts';
import type { Store } from '../store.ts';
import { tenantKey } from '../store.ts';
import { unitKnowledge } from '../unit-knowledge.ts';
import { isCurrent } from '../verdicts.ts';
import type { HandlersOf } from './handlers.ts';

export const tenantsCalls = (store: Store, askings: Askings): HandlersOf<TenantsCatalog> => {
  const get = (tenantId: string): Tenant => {
    const tenant = store.cache.tenants.find(tenantId);
    if (tenant === undefined) throw new AppFailure({ code: 'TENANT_NOT_ADDED', tenantId });
    return tenant;
  };

  /** Copies the row just written in `work` into the cache, and gives the tenant as it is now. */
  const mirrored = (tenantId: string): Tenant => {
    const row = store.work.tenants.find(tenantId);
    if (row === undefined) throw new AppFailure({ code: 'TENANT_NOT_ADDED', tenantId });
    store.cache.tenants.mirror(row);
    return get(tenantId);
  };

  return {
    list: () => store.cache.tenants.list(),
    find: tenantId => store.cache.tenants.find(tenantId),
    get,
    add: tenant => {
      store.work.tenants.add(tenant);
      return mirrored(tenant.id);
    },
    rename: (tenantId, names) => {
      store.work.tenants.rename(tenantId, names);
      return mirrored(tenantId);
    },
    setTimeZone: (tenantId, timeZone) => {
      store.work.tenants.setTimeZone(tenantId, timeZone);
      return mirrored(tenantId);
    },
    setColour: (tenantId, colour) => {
      store.work.tenants.setColour(tenantId, colour);
      return mirrored(tenantId);
    },
    setSyncedAt: (tenantId, syncedAt) => {
      store.cache.tenants.setSyncedAt(tenantKey(store.cache, tenantId), syncedAt);
    },
    setService: (tenantId, state) => {
      store.cache.tenants.setService(tenantKey(store.cache, tenantId), state);
    },
    saveReadiness: readiness => {
      store.cache.tenants.saveReadiness(tenantKey(store.cache, readiness.tenantId), readiness);
    },
    readiness: tenantId => store.cache.tenants.readiness(tenantKey(store.cache, tenantId)),
    *overview({ tenantId, now }) {
      const { cache } = store;
      const key = tenantKey(cache, tenantId);
      yield* untilDone(() => unitKnowledge(cache).refreshEnded(key, now));
      const none = {
        units: 0,
        protected: 0,
        inError: 0,
        withoutPoint: 0,
        notAsked: 0,
        sites: 0,
        drives: 0,
        mailboxes: 0,
      };
      const overview: CatalogOverview = { tenant: get(tenantId), counts: cache.units.counts(key) ?? none };
      const oldest = cache.units.oldestNewest(key);
      if (oldest === undefined) return overview;
      // Other units can only be newer, so one fresh answer about the oldest is enough.
      const certain = oldest.askedAt !== null && isCurrent(oldest.askedAt, now);
      return { ...overview, oldestNewest: { ageSeconds: Math.max(0, now - oldest.newestAt), certain } };
    },
    *forget(tenantId) {
      // Fails before anything is deleted where `work` can't be written: half a forgetting would come back.
      store.work.tenants.remove(tenantId);
      askings.endAllOf(tenantId);
      yield* forgetTenant(store, tenantId);
    },
  };
};
