import { AppFailure } from '../../../../shared/contract/errors.ts';
import type { UnitDetail, UnitRow } from '../../../../shared/contract/units.ts';
import type { ProtectionUnit } from '../../../../shared/domain/protection-unit.ts';
import { DAY } from '../../../../shared/domain/time.ts';
import type { ReadUnit, UnitsCatalog } from '../../api/units.ts';
import type { KeyedUnit } from '../../repositories/units.ts';
import { openSelection } from '../open-selection.ts';
import { searchUnits } from '../search-units.ts';
import { loadTraits } from '../service-traits.ts';
import type { Sliced } from '../slices.ts';
import { inParts, inSlices, mapInSlices, untilDone } from '../slices.ts';
import type { Cache, Store } from '../store.ts';
import { tenantKey } from '../store.ts';
import { unitChanges } from '../unit-changes.ts';
import { unitKnowledge, UNITS_AT_ONCE } from '../unit-knowledge.ts';
import { knowsFastPoints } from '../verdicts.ts';
import type { HandlersOf } from './handlers.ts';
import { limited, limitOf } from './handlers.ts';

/** @throws AppFailure UNIT_NOT_FOUND */
export function keyedUnit(cache: Cache, tenantId: string, unitId: string): KeyedUnit {
  const unit = cache.units.find(tenantKey(cache, tenantId), unitId);
  if (unit === undefined) throw new AppFailure({ code: 'UNIT_NOT_FOUND', unitId });
  return unit;
}

const toRow = (
  { key, unit, policyName, selected }: KeyedUnit,
  headOf: ReturnType<ReturnType<typeof unitKnowledge>['headsOf']>,
): UnitRow => ({
  id: unit.id,
  kind: unit.kind,
  name: unit.name,
  status: unit.status,
  newest: headOf(key, 'any'),
  selected,
  ...(unit.address === undefined ? {} : { address: unit.address }),
  ...(policyName === undefined ? {} : { policyName }),
  ...(unit.error === undefined ? {} : { error: unit.error }),
  ...(knowsFastPoints(unit.kind) ? { newestFast: headOf(key, 'fast') } : {}),
});

/** Up to `UNITS_AT_ONCE` rows. */
const toRows = (cache: Cache, units: readonly KeyedUnit[], now: number): UnitRow[] => {
  const keys = units.map(({ key, unit: { kind } }) => ({ key, kind }));
  const headOf = unitKnowledge(cache).headsOf(keys, now);
  return units.map(unit => toRow(unit, headOf));
};

export const unitsCalls = (store: Store): HandlersOf<UnitsCatalog> => {
  /** The name that is shown: as read, else as remembered, else the address or the id. */
  const named = (tenantId: string, unit: ReadUnit): ProtectionUnit => {
    if (unit.name !== undefined && unit.name !== '') return { ...unit, name: unit.name };
    const remembered = store.workIsReadable ? store.work.names.find(tenantId, unit.id, unit.ownerKey) : undefined;
    const address = unit.address ?? remembered?.address ?? undefined;
    return { ...unit, name: remembered?.name ?? address ?? unit.id, ...(address === undefined ? {} : { address }) };
  };

  /** Remembers names that are new or changed; every such write waits for the disk, so most reads write nothing. */
  const remember = (tenantId: string, units: readonly ReadUnit[]): void => {
    if (!store.workIsReadable) return;
    const { work } = store;
    const changed = units.flatMap(unit =>
      unit.name === undefined || unit.name === '' || work.names.isKnown(tenantId, unit.id, unit.name, unit.address)
        ? []
        : [{ ...unit, name: unit.name }],
    );
    if (changed.length === 0) return;
    work.db.transaction(() => {
      for (const unit of changed) work.names.put(tenantId, unit);
    });
  };

  function* write(tenantId: string, units: readonly ReadUnit[], read: number, at?: number): Sliced<void> {
    const { cache } = store;
    const tenant = tenantKey(cache, tenantId);
    const changed = unitChanges(cache, tenant);
    remember(tenantId, units);
    yield* inSlices(cache.db, units, unit => {
      const former = cache.units.findFormer(tenant, unit.id);
      const present = named(tenantId, unit);
      cache.units.put(tenant, present, read, former ?? null);
      if (former !== undefined) changed(former, present, at);
    });
  }

  return {
    beginRead: ({ tenantId, kind, at }) => ({
      tenantId,
      kind,
      at,
      read: store.cache.tenants.nextRead(tenantKey(store.cache, tenantId)),
    }),
    *putPage({ tenantId, kind, read, at }, units) {
      // A read begun in a cache that was set aside since would take the units of this one for gone.
      if (read > store.cache.tenants.lastRead(tenantKey(store.cache, tenantId)))
        throw new AppFailure({ code: 'CATALOG_UNAVAILABLE' });
      if (units.some(unit => unit.kind !== kind))
        throw new RangeError(`A read of kind ${kind} brought a unit of another kind`);
      yield* write(tenantId, units, read, at);
    },
    endRead: ({ tenantId, kind, read, at }) => {
      const { cache } = store;
      const tenant = tenantKey(cache, tenantId);
      if (read > cache.tenants.lastRead(tenant)) throw new AppFailure({ code: 'CATALOG_UNAVAILABLE' });
      return cache.db.transaction(() => {
        const ended = cache.units.endRead(tenant, kind, read, at);
        const traits = loadTraits(cache, tenant);
        const unitsLatelyAdded = cache.units.protectedSince(tenant, at - DAY);
        if (traits.unitsLatelyAdded !== unitsLatelyAdded)
          cache.tenants.saveTraits(tenant, { ...traits, unitsLatelyAdded });
        return ended;
      });
    },
    put: (tenantId, units) => write(tenantId, units, 0),
    *list({ tenantId, filter, sort, window, selectionId, now }) {
      const { cache } = store;
      const tenant = tenantKey(cache, tenantId);
      for (const id of [selectionId, filter.selectionId]) if (id !== undefined) openSelection(cache, id);
      yield* untilDone(() => unitKnowledge(cache).refreshEnded(tenant, now));
      const part = { offset: window.offset, limit: limitOf(window.limit) };
      const { total, rows } = cache.units.list(tenant, { filter, sort, window: part, marked: selectionId });
      const listed = yield* mapInSlices(inParts(rows, UNITS_AT_ONCE), some => toRows(cache, some, now));
      return { total, offset: window.offset, rows: listed.flat() };
    },
    get: ({ tenantId, unitId, now }) => {
      const { cache } = store;
      const tenant = tenantKey(cache, tenantId);
      const keyed = keyedUnit(cache, tenantId, unitId);
      const { unit } = keyed;
      const last = cache.artifacts.lastOf(tenant, unitId);
      const policy = unit.policyId === undefined ? undefined : cache.policies.find(tenant, unit.policyId);
      const detail: UnitDetail = {
        ...toRow(keyed, unitKnowledge(cache).headsOf([{ key: keyed.key, kind: unit.kind }], now)),
        sources: [...unit.sources],
        retention: [...(policy?.retention ?? [])],
        ...(unit.protectedSinceAt === undefined ? {} : { protectedSinceAt: unit.protectedSinceAt }),
        ...(unit.offboardRequestedAt === undefined ? {} : { offboardRequestedAt: unit.offboardRequestedAt }),
        ...(last === undefined
          ? {}
          : {
              lastRestore: {
                sessionId: last.sessionId,
                status: last.status,
                ...(last.pointAt === null ? {} : { pointAt: last.pointAt }),
                ...(last.endedAt === null ? {} : { endedAt: last.endedAt }),
              },
            }),
      };
      return detail;
    },
    byIds: (tenantId, unitIds) => {
      const tenant = tenantKey(store.cache, tenantId);
      return limited(unitIds).flatMap(unitId => store.cache.units.find(tenant, unitId)?.unit ?? []);
    },
    byOwners: (tenantId, kind, ownerKeys) =>
      store.cache.units.byOwners(tenantKey(store.cache, tenantId), kind, limited(ownerKeys)),
    countsOfPolicies: tenantId =>
      store.cache.units
        .countsOfPolicies(tenantKey(store.cache, tenantId))
        .map(({ policyId, ...counts }) => ({ ...counts, ...(policyId === null ? {} : { policyId }) })),
    *idsMatching({ tenantId, filter, after, limit, now }) {
      const { cache } = store;
      const tenant = tenantKey(cache, tenantId);
      if (filter.selectionId !== undefined) openSelection(cache, filter.selectionId);
      yield* untilDone(() => unitKnowledge(cache).refreshEnded(tenant, now));
      return cache.units.matching(tenant, filter, after ?? '', limitOf(limit)).map(row => row.id);
    },
    searchAcrossTenants: ({ text, limit }) => searchUnits(store.cache, text, limitOf(limit)),
    underAllIds: (tenantId, unitIds) => {
      const { cache } = store;
      return cache.units
        .withIds(tenantKey(cache, tenantId), limited(unitIds))
        .map(({ id, kind, ids }) => ({ unitId: id, kind, allIds: ids.map(each => each.id) }));
    },
  };
};
