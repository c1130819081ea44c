import type { Stretch } from '../../../../shared/domain/knowledge/index.ts';
import {
  boundOfWant,
  documentedSpacing,
  estimateCost,
  estimateWindow,
  startWindow,
} from '../../../../shared/domain/planner/index.ts';
import { MINUTE } from '../../../../shared/domain/time.ts';
import type { UtcSeconds } from '../../../../shared/domain/time.ts';
import { FLOOR_AT, gapsWithin, NEVER } from '../../../../shared/domain/knowledge/index.ts';
import type { CatalogWanted, KnowledgeCatalog, UnitCertainty, UnitHeads } from '../../api/knowledge.ts';
import type { KeyedUnit } from '../../repositories/units.ts';
import { applyAnswers } from '../apply-answers.ts';
import type { Askings, View } from '../askings.ts';
import { viewOf } from '../askings.ts';
import { wantsOf } from '../meant-units.ts';
import { loadTraits } from '../service-traits.ts';
import { inParts, inSlices, mapInSlices } from '../slices.ts';
import type { Cache, Store } from '../store.ts';
import { tenantKey } from '../store.ts';
import { timeLine } from '../time-line.ts';
import { unitKnowledge, UNITS_AT_ONCE } from '../unit-knowledge.ts';
import { knowsFastPoints, toPoint } from '../verdicts.ts';
import type { HandlersOf } from './handlers.ts';
import { limited, limitOf } from './handlers.ts';
import { keyedUnit } from './units.ts';

type WantedWindow = Extract<CatalogWanted, { type: 'window' }>;

const PART = 200;
/** Units whose rows are all walked over in one go: a mailbox has some 50,000 points a year. */
const UNITS_A_WALK = 10;

const viewOn = (cache: Cache): View => {
  const knowledge = unitKnowledge(cache);
  return function* (wants, now) {
    const parts = yield* mapInSlices(inParts(wants, UNITS_AT_ONCE), part => {
      const known = new Map<UtcSeconds, ReturnType<typeof knowledge.of>>();
      return part.map(({ want, key }) => {
        const before = boundOfWant(want);
        const ofBound = known.get(before) ?? knowledge.of(part, before, now);
        known.set(before, ofBound);
        return ofBound.assess(key, want.kind);
      });
    });
    return parts.flat();
  };
};

/** The window as far as it can be asked about: nothing is known of the time to come. */
const askable = (wanted: WantedWindow, now: UtcSeconds): Stretch => ({
  from: wanted.fromAt,
  to: Math.max(wanted.fromAt, Math.min(wanted.toAt, now + 1)),
});

/** `undefined` where only a probe can tell: beyond the last fortnight the documented weekly points are not to be relied on. */
const reliableSpacing = (unit: KeyedUnit['unit'], from: UtcSeconds, now: UtcSeconds): number | undefined => {
  const spacing = documentedSpacing(unit.kind, from, now);
  return spacing <= 10 * MINUTE ? spacing : undefined;
};

/** From the earliest to the latest of these times; all time where one is not known. The floor is no point. */
const stretchOf = (times: readonly (UtcSeconds | undefined)[]): Stretch => {
  const known = times.filter(at => at !== undefined);
  if (known.length < times.length) return { from: FLOOR_AT + 1, to: NEVER };
  return { from: Math.max(FLOOR_AT + 1, Math.min(...known)), to: Math.max(...known) + 1 };
};

export const knowledgeCalls = (store: Store, askings: Askings): HandlersOf<KnowledgeCatalog> => {
  const lineOf = (tenantId: string, unitId: string, now: UtcSeconds) => {
    const { key, unit } = keyedUnit(store.cache, tenantId, unitId);
    return timeLine(store.cache, { key, kind: unit.kind }, now);
  };
  /** The unit under all ids that it has had. @throws AppFailure UNIT_NOT_FOUND */
  const allIds = (tenantId: string, unitId: string): KeyedUnit[] =>
    store.cache.units.ofOwner(tenantKey(store.cache, tenantId), keyedUnit(store.cache, tenantId, unitId).unit);

  return {
    *newestBefore({ tenantId, unitIds, incidentAt, now }) {
      const { cache } = store;
      const tenant = tenantKey(cache, tenantId);
      const knowledge = unitKnowledge(cache);
      const parts = yield* mapInSlices(inParts(limited(unitIds), UNITS_AT_ONCE), part => {
        const units = cache.units.withIds(tenant, part);
        const known = knowledge.of(
          units.flatMap(({ ids }) => ids),
          incidentAt,
          now,
        );
        return units.map(({ id, kind, ids }): UnitCertainty => ({
          unitId: id,
          any: known.newestBefore(ids, 'any'),
          ...(knowsFastPoints(kind) ? { fast: known.newestBefore(ids, 'fast') } : {}),
        }));
      });
      return parts.flat();
    },
    *heads({ tenantId, unitIds, now }) {
      const { cache } = store;
      const tenant = tenantKey(cache, tenantId);
      const knowledge = unitKnowledge(cache);
      const parts = yield* mapInSlices(inParts(limited(unitIds), UNITS_AT_ONCE), part => {
        const units = cache.units.ofIds(tenant, part);
        const headOf = knowledge.headsOf(units, now);
        return units.map(({ key, id, kind }): UnitHeads => ({
          unitId: id,
          any: headOf(key, 'any'),
          ...(knowsFastPoints(kind) ? { fast: headOf(key, 'fast') } : {}),
        }));
      });
      return parts.flat();
    },
    days: ({ tenantId, unitId, bounds, now }) => lineOf(tenantId, unitId, now).days(bounds),
    spans: ({ tenantId, unitId, fromAt, toAt, now }) => lineOf(tenantId, unitId, now).spans({ from: fromAt, to: toAt }),
    alternatives: ({ tenantId, unitId, before, now, window }) => {
      const { offset } = window;
      const limit = limitOf(window.limit);
      const ids = allIds(tenantId, unitId);
      const [only, ...others] = ids;
      if (only !== undefined && others.length === 0)
        return store.cache.know.living(only.key, before, now, { offset, limit }).map(toPoint);
      const reach = { offset: 0, limit: offset + limit };
      return ids
        .flatMap(({ key }) => store.cache.know.living(key, before, now, reach))
        .toSorted((a, b) => b.at - a.at || b.ticks - a.ticks)
        .slice(offset, offset + limit)
        .map(toPoint);
    },
    findPoint: (tenantId, unitId, restorePointId) => {
      for (const { key } of allIds(tenantId, unitId)) {
        const row = store.cache.know.find(key, restorePointId);
        if (row !== undefined) return toPoint(row);
      }
      return undefined;
    },
    *unitsOfPoints({ tenantId, kind, points }) {
      const { cache } = store;
      const tenant = tenantKey(cache, tenantId);
      const found = new Map<string, string>();
      const timed = limited(points).filter(({ at }) => at !== undefined);
      const untimed = points.filter(({ at }) => at === undefined);
      // One point without a time is no reason to look for the others at all times.
      for (const some of [timed, untimed]) {
        const sought = new Set(some.map(({ id }) => id).filter(id => !found.has(id)));
        const stretch = stretchOf(some.map(({ at }) => at));
        for (let after = ''; sought.size > 0;) {
          const units = cache.units.ofKind(tenant, kind, after, UNITS_AT_ONCE);
          const last = units.at(-1);
          if (last === undefined) break;
          const idOf = new Map(units.map(({ key, id }) => [key, id]));
          const owners = yield* mapInSlices(inParts(idOf.keys(), UNITS_A_WALK), keys =>
            cache.know.ownersOf(keys, stretch, [...sought]),
          );
          for (const { unit, id } of owners.flat()) {
            // Under two ids of one owner it is told by the first.
            if (sought.delete(id)) found.set(id, idOf.get(unit) ?? '');
          }
          after = last.id;
          yield;
        }
      }
      return [...found].map(([restorePointId, unitId]) => ({ restorePointId, unitId }));
    },
    apply: ({ tenantId, answers, now }) => applyAnswers(store, tenantId, answers, now),

    *beginAsking({ tenantId, wanted, now }) {
      const { cache } = store;
      if (wanted.type !== 'window')
        return { asking: askings.beginWants(tenantId, yield* wantsOf(store, tenantId, wanted), viewOn(cache)) };
      const { key, unit } = keyedUnit(cache, tenantId, wanted.unitId);
      const window = askable(wanted, now);
      const spacing = reliableSpacing(unit, window.from, now);
      const start = startWindow(unit.id, window, timeLine(cache, { key, kind: unit.kind }, now).known(window), {
        inOneRound: wanted.inOneRound ?? false,
        ...(spacing === undefined ? {} : { spacing }),
      });
      return { asking: askings.beginWindow(tenantId, start) };
    },
    *nextRound(asking, now) {
      const { cache } = store;
      const traits = loadTraits(cache, tenantKey(cache, askings.tenantOf(asking)));
      return yield* askings.next(asking, traits, now);
    },
    *reply(asking, replies, now) {
      const answers = replies.flatMap(({ reply }) => (reply === 'failed' ? [] : [reply]));
      // First what was answered, then that it was: an answer may be lost with the worker, but never be taken for known.
      yield* applyAnswers(store, askings.tenantOf(asking), answers, now);
      askings.reply(asking, replies);
    },
    endAsking: asking => {
      askings.end(asking);
    },
    *cost({ tenantId, wanted, now }) {
      const { cache } = store;
      const traits = loadTraits(cache, tenantKey(cache, tenantId));
      if (wanted.type === 'window') {
        const { key, unit } = keyedUnit(cache, tenantId, wanted.unitId);
        const window = askable(wanted, now);
        const gaps = gapsWithin(timeLine(cache, { key, kind: unit.kind }, now).known(window), window);
        const questions = estimateWindow(gaps, unit.kind, now);
        return { units: questions === 0 ? 0 : 1, questions, certain: questions === 0 };
      }
      const wants = yield* wantsOf(store, tenantId, wanted);
      const view = yield* viewOf(wants, viewOn(cache), now);
      const { units, questions } = estimateCost(
        wants.map(({ want }) => want),
        view,
        traits,
        now,
      );
      return { units, questions, certain: traits.answersPerSearch === undefined };
    },

    traits: tenantId => loadTraits(store.cache, tenantKey(store.cache, tenantId)),
    saveTraits: (tenantId, traits) => {
      store.cache.tenants.saveTraits(tenantKey(store.cache, tenantId), traits);
    },
    *lowerExpiries({ tenantId, policyId, retentionSeconds, now }) {
      const knowledge = unitKnowledge(store.cache);
      const { cache } = store;
      const tenant = tenantKey(cache, tenantId);
      for (let after = 0; ;) {
        const units = cache.units.keysOfPolicy(tenant, policyId, after, PART);
        yield* inSlices(cache.db, units, ({ key, kind }) => {
          if (cache.know.lowerExpiries(key, retentionSeconds) > 0) knowledge.refreshHeads(key, kind, now);
        });
        const last = units.at(-1);
        if (last === undefined) return;
        after = last.key;
      }
    },
  };
};
