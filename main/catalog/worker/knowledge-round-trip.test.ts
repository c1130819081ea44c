import { describe, expect, it } from 'vitest';
import { NEVER } from '../../../shared/domain/knowledge/index.ts';
import type { PointKind, Question } from '../../../shared/domain/knowledge/index.ts';
import { FLOOR_TEXT, toInstantText } from '../../../shared/domain/knowledge/index.ts';
import { DAY, HOUR, MINUTE } from '../../../shared/domain/time.ts';
import { MemoryCatalog } from '../../../shared/testing/memory-catalog.ts';
import { seededRandom } from '../../../shared/testing/seeded-random.ts';
import type { SeededRandom } from '../../../shared/testing/seeded-random.ts';
import { ServiceModel } from '../../../shared/testing/service-model.ts';
import { storeInMemory } from '../testing/memory-files.ts';
import { anAddedTenant, aUnit, TENANT } from '../testing/units.ts';
import { applyAnswers } from './apply-answers.ts';
import { loadTraits } from './service-traits.ts';
import type { Store } from './store.ts';
import { mirrorTenants, tenantKey } from './store.ts';
import { unitKnowledge } from './unit-knowledge.ts';

const START = 1_790_000_000;
const UNITS = ['a', 'b', 'c'] as const;

const storeWithUnits = (): Store => {
  const store = storeInMemory();
  store.work.tenants.add(anAddedTenant());
  mirrorTenants(store.cache, store.work);
  for (const id of UNITS) store.cache.units.put(tenantKey(store.cache, TENANT), aUnit(id), 1);
  return store;
};

const someTime = (random: SeededRandom, service: ServiceModel): number =>
  random.chance(0.5) && service.points.length > 0
    ? random.pick(service.points).at + random.int(-1, 2)
    : service.now - random.int(-HOUR, 3 * DAY);

const someQuestion = (random: SeededRandom, service: ServiceModel): Question => {
  const bound = (): string =>
    toInstantText({ at: someTime(random, service), ticks: random.pick([0, 0, 1, 5_000_000]) });
  if (random.chance(0.35)) return { form: 'list', unitId: random.pick(UNITS), before: bound() };
  return {
    form: 'search',
    unitIds: UNITS.filter((_, index) => index === 0 || random.chance(0.6)),
    start: random.chance(0.7) ? FLOOR_TEXT : bound(),
    ...(random.chance(0.4) ? {} : { end: bound() }),
    prefer: random.pick(['newest', 'newest', 'oldest']),
    kind: random.pick(['any', 'any', 'fast']),
  };
};

/**
 * The same random answers, applied by the domain in memory and through SQL. Whatever the domain needs and SQL does not fetch, or
 * SQL keeps otherwise than it was told, makes the two differ.
 */
describe('knowledge through SQL', () => {
  it.each(Array.from({ length: 24 }, (_, seed) => seed))('is what the domain knows in memory (seed %i)', seed => {
    const random = seededRandom(seed + 1);
    const service = new ServiceModel(
      START,
      {
        closedEnd: random.chance(0.5),
        closedStart: random.chance(0.5),
        fivePointsInAll: random.chance(0.25),
        listLimitsFirst: random.chance(0.5),
        roundTrip: random.int(0, 4),
      },
      random,
    );
    const memory = new MemoryCatalog();
    const store = storeWithUnits();
    const { cache } = store;
    const tenant = tenantKey(cache, TENANT);
    const sql = unitKnowledge(cache);
    const keyOf = (unitId: string): number => cache.units.keyOf(tenant, unitId) ?? 0;
    const grow = (from: number, to: number): void => {
      for (const unitId of UNITS) {
        for (
          let at = from + random.int(1, HOUR);
          at <= to;
          at += random.pick([0, 1, 10 * MINUTE, 40 * MINUTE, 6 * HOUR])
        ) {
          const tagLate = random.pick([0, 0, 3 * HOUR, Infinity]);
          // Some later than anyone thought possible, so that the self-check voids what was proven.
          const late = random.pick([0, 60, 50 * MINUTE, 50 * MINUTE, 7 * HOUR]);
          // Of two points of one very tick either may be called the newest; nothing is compared there.
          let ticks = random.pick([0, 1, 9_999_000]);
          while (service.points.some(other => other.unitId === unitId && other.at === at && other.ticks === ticks))
            ticks += 1;
          service.addPoint(unitId, { at, ticks }, random.pick([8 * HOUR, 30 * DAY]), late, tagLate);
          if (service.points.length > 3_000) return;
        }
      }
    };
    grow(START - 4 * DAY, START);

    const same = (): void => {
      const { now } = service;
      const before = someTime(random, service);
      expect(loadTraits(cache, tenant)).toEqual(memory.traits);
      while (sql.refreshEnded(tenant, now)) continue;
      // One of them twice, as a unit is that is wanted for any and for fast points.
      const units = [...UNITS, ...UNITS.slice(0, 1)].map(id => ({ key: keyOf(id), kind: 'site' as const }));
      const headOf = sql.headsOf(units, now);
      const known = sql.of(units, before, now);
      for (const unitId of UNITS) {
        const key = keyOf(unitId);
        expect(
          cache.know.around(key, { from: 0, to: NEVER }).toSorted((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1)),
        ).toEqual(memory.rowsOf(unitId));
        expect(cache.shown.list(key)).toEqual(expect.arrayContaining([...memory.shownOf(unitId)]));
        expect(cache.shown.list(key)).toHaveLength(memory.shownOf(unitId).length);
        // The summary that lists are sorted by is what a look at all rows would say.
        const point = (kind: PointKind): number | null => {
          const head = headOf(key, kind);
          return 'point' in head ? head.point.at : null;
        };
        expect(cache.units.findSummed(tenant, unitId)).toMatchObject({ newestAt: point('any'), fastAt: point('fast') });
        for (const kind of ['any', 'fast'] satisfies PointKind[]) {
          expect(known.assess(key, kind)).toEqual(memory.assess(unitId, kind, before, now));
        }
      }
    };

    for (let step = 0; step < 60; step += 1) {
      const { answer } = service.ask(someQuestion(random, service));
      memory.apply(answer, service.now);
      for (const slice of applyAnswers(store, TENANT, [answer], service.now)) expect(slice).toBeUndefined();
      if (random.chance(0.1)) {
        const unitId = random.pick(UNITS);
        memory.setRetention(unitId, DAY);
        cache.know.lowerExpiries(keyOf(unitId), DAY);
        sql.refreshHeads(keyOf(unitId), 'site', service.now);
      }
      same();
      const later = random.pick([1, 5 * MINUTE, 2 * HOUR]);
      grow(service.now, service.now + later);
      service.now += later;
    }
    expect(memory.rowsOf('a').length).toBeGreaterThan(0);
  });
});
