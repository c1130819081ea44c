import { forgetInWork } from '../repositories/forgetting.ts';
import type { Sliced } from './slices.ts';
import { untilDone } from './slices.ts';
import type { Store } from './store.ts';
import { mirrorTenants } from './store.ts';

const ROWS_A_SLICE = 5_000;

/** Deletes what the cache holds of a tenant, unit by unit; the tenant's own row last, so that a broken-off deletion is found again. */
function* forgetInCache(store: Store, tenantId: string): Sliced<void> {
  const { cache } = store;
  const tenant = cache.tenants.keyOf(tenantId);
  if (tenant === undefined) return;
  cache.selections.closeAllOf(tenant);
  yield* untilDone(() =>
    cache.db.transaction(() => {
      const unit = cache.units.someKey(tenant);
      if (unit === undefined) return false;
      if (cache.know.removeSome(unit, ROWS_A_SLICE) === 0) {
        cache.shown.replace(unit, []);
        cache.units.remove(unit);
      }
      return true;
    }),
  );
  // Until it is merged, the index of texts still holds what was removed.
  for (let more = cache.texts.mergeSome(true); more; more = cache.texts.mergeSome(false)) yield;
  cache.db.transaction(() => {
    cache.artifacts.removeAll(tenant);
    cache.sessions.removeAll(tenant);
    cache.policies.removeAll(tenant);
    cache.background.removeAll(tenant);
    cache.gaps.removeAll(tenant);
    cache.tenants.remove(tenant);
  });
}

/** Deletes a tenant from `work`, its copies and the cache; the audit stays. Can be repeated. */
export function* forgetTenant(store: Store, tenantId: string): Sliced<void> {
  forgetInWork(store.work.db, tenantId);
  store.forgetInCopies(tenantId);
  yield;
  yield* forgetInCache(store, tenantId);
  // It may have been added again meanwhile.
  if (store.workIsReadable) mirrorTenants(store.cache, store.work);
  store.checkpoint();
}

/** Finishes what was begun before the last end: the cache holds tenants that `work` no longer names. */
export function* finishForgetting(store: Store): Sliced<void> {
  // Without `work` nobody can say which tenants are there; then nothing is deleted.
  if (!store.workIsReadable) return;
  const added = new Set(store.work.tenants.list().map(tenant => tenant.id));
  for (const { id } of store.cache.tenants.keys()) {
    if (!added.has(id)) yield* forgetTenant(store, id);
  }
}
