import { AppFailure } from '../../../../shared/contract/errors.ts';
import { judge } from '../../../../shared/domain/gaps.ts';
import type { GapsCatalog, JudgedMember, UnitInTrouble } from '../../api/gaps.ts';
import type { TenantKey } from '../../repositories/tenants.ts';
import { inParts, inSlices, mapInSlices, untilDone } from '../slices.ts';
import type { Store } from '../store.ts';
import { tenantKey } from '../store.ts';
import { unitKnowledge, UNITS_AT_ONCE } from '../unit-knowledge.ts';
import type { HandlersOf } from './handlers.ts';
import { limited } from './handlers.ts';

/** Directory objects that one call judges: each costs a look or two into the index of owners. */
const MEMBERS_AT_ONCE = 500;
/** Units in trouble that one call tells. */
const UNITS_A_CALL = 1_000;
const BETWEEN = '\n';

/** A reading begun in a cache that was set aside since would end as a whole one with its last pages alone. @throws AppFailure CATALOG_UNAVAILABLE */
function mustBeOfThisCache({ tenants }: Store['cache'], tenant: TenantKey, read: number): void {
  if (read > tenants.lastRead(tenant)) throw new AppFailure({ code: 'CATALOG_UNAVAILABLE' });
}

export const gapsCalls = (store: Store): HandlersOf<GapsCatalog> => ({
  beginRead: ({ tenantId, type }) => {
    const { cache } = store;
    return { tenantId, type, read: cache.tenants.nextRead(tenantKey(cache, tenantId)) };
  },
  *putPage({ tenantId, read }, members) {
    const { cache } = store;
    const tenant = tenantKey(cache, tenantId);
    mustBeOfThisCache(cache, tenant, read);
    yield* inSlices(cache.db, limited(members), member => cache.gaps.put(tenant, member, read));
  },
  endRead: ({ tenantId, type, read }, { at, isWhole }) => {
    const { cache } = store;
    const tenant = tenantKey(cache, tenantId);
    mustBeOfThisCache(cache, tenant, read);
    cache.db.transaction(() => {
      if (isWhole) cache.gaps.removeUnseen(tenant, type, read);
      const part = type === 'user' ? 'users' : 'sites';
      cache.gaps.setRead(tenant, part, { readAt: at, count: cache.gaps.count(tenant, type) });
    });
  },
  putFailures: (tenantId, { at, policies, failures }) => {
    const { cache } = store;
    const tenant = tenantKey(cache, tenantId);
    cache.db.transaction(() => {
      cache.gaps.replaceFailures(tenant, failures);
      cache.gaps.setRead(tenant, 'additions', { readAt: at, count: policies });
    });
  },
  listFailures: tenantId => store.cache.gaps.failures(tenantKey(store.cache, tenantId)),
  reads: tenantId => store.cache.gaps.reads(tenantKey(store.cache, tenantId)),
  listJudged: ({ tenantId, after = BETWEEN }) => {
    const { cache } = store;
    const at = after.indexOf(BETWEEN);
    const place = { type: after.slice(0, at), id: after.slice(at + 1) };
    const read = cache.gaps.members(tenantKey(cache, tenantId), place, MEMBERS_AT_ONCE);
    const last = read.length < MEMBERS_AT_ONCE ? undefined : read.at(-1)?.member;
    return {
      members: read.flatMap(({ member, units, isCollectionHeld }): JudgedMember[] => {
        const judged = judge(member, units, isCollectionHeld);
        if (judged.is === 'protected') return [];
        const { type, id, name, address } = member;
        return [{ type, id, name, judged, ...(address === undefined ? {} : { address }) }];
      }),
      ...(last === undefined ? {} : { next: `${last.type}${BETWEEN}${last.id}` }),
    };
  },
  *listUnits({ tenantId, now, after = 0 }) {
    const { cache } = store;
    const tenant = tenantKey(cache, tenantId);
    yield* untilDone(() => unitKnowledge(cache).refreshEnded(tenant, now));
    const found = cache.standings.inTrouble(tenant, now, after, UNITS_A_CALL);
    const troubleOf = new Map(found.map(trouble => [trouble.key, trouble]));
    const parts = yield* mapInSlices(inParts(found, UNITS_AT_ONCE), (some): UnitInTrouble[] => {
      const keyed = cache.units.ofKeys(some.map(({ key }) => key));
      const headOf = unitKnowledge(cache).headsOf(
        keyed.map(({ key, unit: { kind } }) => ({ key, kind })),
        now,
      );
      return keyed.map(({ key, unit }) => ({
        unit,
        isLate: troubleOf.get(key)?.isLate === true,
        isWithoutPoint: troubleOf.get(key)?.isWithoutPoint === true,
        newest: headOf(key, 'any'),
      }));
    });
    const last = found.length < UNITS_A_CALL ? undefined : found.at(-1)?.key;
    return { units: parts.flat(), ...(last === undefined ? {} : { next: last }) };
  },
  setCounted: (tenantId, counted) => {
    const { cache } = store;
    const tenant = tenantKey(cache, tenantId);
    const known = cache.gaps.counted(tenant);
    if (known?.users === counted.users && known.sites === counted.sites) return false;
    cache.gaps.setCounted(tenant, counted);
    return true;
  },
});
