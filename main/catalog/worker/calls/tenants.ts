import { AppFailure } from '../../../../shared/contract/errors.ts';
import type { TenantAccess } from '../../../../shared/contract/account.ts';
import type { Tenant } from '../../../../shared/contract/tenants.ts';
import type { Json } from '../../api/json.ts';
import type { CatalogOverview, CatalogTenantAtHome, TenantsCatalog } from '../../api/tenants.ts';
import type { Askings } from '../askings.ts';
import { forgetTenant } from '../forget-tenant.ts';
import { inParts, mapInSlices, untilDone } from '../slices.ts';
import type { Store } from '../store.ts';
import { tenantKey } from '../store.ts';
import { plansOfSessions, toldSession } from '../told-session.ts';
import { unitKnowledge } from '../unit-knowledge.ts';
import { isCurrent } from '../verdicts.ts';
import type { HandlersOf } from './handlers.ts';

/** Tenants whose units are counted by one statement: of thousands of units each, it takes one slice. */
const TENANTS_AT_ONCE = 8;

/** Names of settings in `work`. */
const READ_ONLY = 'readOnly';
const ACCESS = 'access';

function withSettings(tenant: Tenant, readOnly: Json | undefined, access: Json | undefined): Tenant {
  // This catalog wrote them itself, with the types that are named here.
  return {
    ...tenant,
    ...(readOnly === undefined ? {} : { readOnly: readOnly as NonNullable<Tenant['readOnly']> }),
    ...(access === undefined ? {} : { access: access as TenantAccess }),
  };
}

export const tenantsCalls = (store: Store, askings: Askings): HandlersOf<TenantsCatalog> => {
  const get = (tenantId: string): Tenant => {
    const tenant = store.cache.tenants.find(tenantId);
    if (tenant === undefined) throw new AppFailure({ code: 'TENANT_NOT_ADDED', tenantId });
    // Where `work` can't be read nothing can be written to any tenant anyway.
    if (!store.workIsReadable) return tenant;
    const { settings } = store.work;
    return withSettings(tenant, settings.get(READ_ONLY, tenantId), settings.get(ACCESS, tenantId));
  };

  const list = (): Tenant[] => {
    const tenants = store.cache.tenants.list();
    if (!store.workIsReadable) return tenants;
    const readOnly = store.work.settings.ofTenants(READ_ONLY);
    const access = store.work.settings.ofTenants(ACCESS);
    return tenants.map(tenant => withSettings(tenant, readOnly.get(tenant.id), access.get(tenant.id)));
  };

  /** Copies the row just written in `work` into the cache, and gives the tenant as it is now. */
  const mirrored = (tenantId: string): Tenant => {
    const row = store.work.tenants.find(tenantId);
    if (row === undefined) throw new AppFailure({ code: 'TENANT_NOT_ADDED', tenantId });
    store.cache.tenants.mirror(row);
    return get(tenantId);
  };

  return {
    list,
    find: tenantId => (store.cache.tenants.keyOf(tenantId) === undefined ? undefined : get(tenantId)),
    get,
    setReadOnly: (tenantId, readOnly, audit) => {
      get(tenantId);
      const { work } = store;
      work.db.transaction(() => {
        if (readOnly === undefined) work.settings.remove(READ_ONLY, tenantId);
        else work.settings.set(READ_ONLY, readOnly, tenantId);
        work.audit.append(audit);
      });
      return get(tenantId);
    },
    setAccess: (tenantId, access, audit) => {
      get(tenantId);
      const { work } = store;
      work.db.transaction(() => {
        const { account, clientId } = access;
        const kept = { ...(account === undefined ? {} : { account }), ...(clientId === undefined ? {} : { clientId }) };
        work.settings.set(ACCESS, kept, tenantId);
        if (audit !== undefined) work.audit.append(audit);
      });
      return get(tenantId);
    },
    *atHome(nows) {
      const { cache } = store;
      const nowOf = new Map(nows.map(({ tenantId, now }) => [tenantId, now]));
      const latest = Math.max(0, ...nowOf.values());
      const keyed = cache.tenants.keys().map(({ key, id }) => ({ key, id, now: nowOf.get(id) ?? latest }));
      for (const { key, now } of keyed) yield* untilDone(() => unitKnowledge(cache).refreshEnded(key, now));
      const keyOf = new Map(keyed.map(({ key, id }) => [id, key]));
      const counted = yield* mapInSlices(inParts(keyed, TENANTS_AT_ONCE), some =>
        cache.standings.of(some.map(({ key, now }) => [key, now] as const)),
      );
      const standings = new Map(counted.flatMap(some => [...some]));
      const running = Map.groupBy(cache.sessions.running(), ({ tenant }) => tenant);
      const readiness = cache.tenants.readinessOfAll();
      const unprotected = cache.gaps.countedOfAll();
      return list().map((tenant): CatalogTenantAtHome => {
        const key = keyOf.get(tenant.id) ?? 0;
        const plans = running.has(key) ? plansOfSessions(store, tenant.id) : undefined;
        const checked = readiness.get(key);
        const counted = unprotected.get(key);
        return {
          tenant,
          kinds: standings.get(key) ?? [],
          running: (running.get(key) ?? []).map(({ kept }) =>
            toldSession(cache, { tenantId: tenant.id, tenant: key, kept, plan: plans?.get(kept.session.id) }),
          ),
          ...(counted === undefined ? {} : { unprotected: counted }),
          ...(checked === undefined
            ? {}
            : {
                notReady: {
                  checkedAt: checked.checkedAt,
                  items: checked.items.filter(({ result }) => result === 'failed'),
                },
              }),
        };
      });
    },
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
    setService: (tenantId, state) => store.cache.tenants.setService(tenantKey(store.cache, tenantId), state),
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
