import type { Certainty, HeadCertainty } from '../../../shared/contract/certainty.ts';
import {
  applyAnswer,
  assess,
  EXPIRY_MARGIN,
  isHead,
  mergeShown,
  NEVER,
  newestBefore,
  newestNow,
  rangeTouchedBy,
  verdictOfOwner,
  withTraitChanges,
} from '../../../shared/domain/knowledge/index.ts';
import type {
  Assessment,
  JudgedBy,
  KnowledgeChanges,
  PointKind,
  ServiceTraits,
  ShownRecord,
  UnitAnswer,
} from '../../../shared/domain/knowledge/index.ts';
import type { ProtectionUnit } from '../../../shared/domain/protection-unit.ts';
import type { UtcSeconds } from '../../../shared/domain/time.ts';
import type { HeadSummary, SummedUnit, UnitId, UnitKey } from '../repositories/units.ts';
import type { Cache } from './store.ts';
import { knowsFastPoints, toCertainty, toHeadCertainty } from './verdicts.ts';

/** Units whose rows are read at once: enough that a statement costs nothing, few enough for one slice. */
export const UNITS_AT_ONCE = 200;

/** Which of the newest points may be others after these changes; what only touches rows below one leaves it as it is. */
const movedHeads = (changes: KnowledgeChanges, { newestAt, fastAt, kind }: SummedUnit) => {
  const { voided, upserts, deletes, shown } = changes;
  const touched = [...deletes, ...upserts];
  const isShown = (pointKind: PointKind): boolean => shown.some(record => record.kind === pointKind && isHead(record));
  return {
    any: voided.any || isShown('any') || newestAt === null || touched.some(row => row.at >= newestAt),
    fast:
      knowsFastPoints(kind) &&
      (voided.fast ||
        isShown('fast') ||
        upserts.some(row => row.fast && row.at >= (fastAt ?? 0)) ||
        // It may have lost its tag, or itself.
        touched.some(row => row.at === fastAt)),
  };
};

const toNewest = (any: HeadCertainty): Pick<HeadSummary, 'none' | 'newestAt' | 'newestAskedAt'> => ({
  none: any.is === 'noneShown',
  ...('point' in any ? { newestAt: any.point.at } : {}),
  ...(any.is === 'shown' || any.is === 'noneShown' ? { newestAskedAt: any.askedAt } : {}),
});

/** Records are read once a verdict needs one, and then for all units: what is proven mostly decides without. */
class LazilyJudgedBy implements JudgedBy {
  readonly kind: PointKind;
  readonly now: UtcSeconds;
  readonly #read: () => readonly ShownRecord[];

  constructor(kind: PointKind, now: UtcSeconds, read: () => readonly ShownRecord[]) {
    this.kind = kind;
    this.now = now;
    this.#read = read;
  }

  get shown(): readonly ShownRecord[] {
    return this.#read();
  }
}

/** Brings the domain the rows that decide, and keeps what it concludes. The tables are SQL's, the verdicts the domain's. */
export const unitKnowledge = (cache: Cache) => {
  const { know, shown, units } = cache;

  const headOf = (key: UnitKey, kind: PointKind, now: UtcSeconds, records: readonly ShownRecord[]): HeadCertainty => {
    const newest = newestNow(know.descending(key, NEVER, kind), { kind, now, shown: records });
    return toHeadCertainty(newest, kind, records, now);
  };

  const refreshHeads = (
    key: UnitKey,
    unitKind: ProtectionUnit['kind'],
    now: UtcSeconds,
    records: readonly ShownRecord[] = shown.list(key),
  ): void => {
    const any = headOf(key, 'any', now, records);
    const fast = knowsFastPoints(unitKind) ? headOf(key, 'fast', now, records) : undefined;
    const point = 'point' in any ? any.point : undefined;
    const fastPoint = fast !== undefined && 'point' in fast ? fast.point : undefined;
    const ends = [point?.expiresAt, fastPoint?.expiresAt].filter(end => end !== undefined);
    units.setHeads(key, {
      ...toNewest(any),
      ...(fastPoint === undefined ? {} : { fastAt: fastPoint.at }),
      ...(ends.length === 0 ? {} : { until: Math.min(...ends) }),
    });
  };

  /** As `refreshHeads`, where the newest fast point is known to be the same. */
  const refreshNewest = (key: UnitKey, now: UtcSeconds, records: readonly ShownRecord[]): void => {
    const any = headOf(key, 'any', now, records);
    units.setNewest(key, { ...toNewest(any), ...('point' in any ? { until: any.point.expiresAt } : {}) });
  };

  /** What decides about units, with few statements. To be used at once, before anything is written. */
  const deciding = (units: readonly Pick<UnitId, 'key' | 'kind'>[], before: UtcSeconds, now: UtcSeconds) => {
    // A unit that is named twice would bring its rows twice.
    const kinds = new Map(units.map(({ key, kind }) => [key, kind]));
    const keys = [...kinds.keys()];
    const withFast = keys.filter(key => knowsFastPoints(kinds.get(key) ?? 'mailbox'));
    let records: ReturnType<typeof shown.listOf> | undefined;
    return {
      rows: know.descendingOf(keys, withFast, before),
      judgedBy: (key: UnitKey, kind: PointKind): JudgedBy =>
        new LazilyJudgedBy(kind, now, () => (records ??= shown.listOf(keys))(key)),
    };
  };

  return {
    refreshHeads,
    /** What is known before one time about up to `UNITS_AT_ONCE` units. To be used at once, before anything is written. */
    of: (units: readonly Pick<UnitId, 'key' | 'kind'>[], before: UtcSeconds, now: UtcSeconds) => {
      const { rows, judgedBy } = deciding(units, before, now);
      const verdict = (key: UnitKey, kind: PointKind) => newestBefore(rows(key, kind), before, judgedBy(key, kind));
      return {
        assess: (key: UnitKey, kind: PointKind): Assessment => assess(rows(key, kind), before, judgedBy(key, kind)),
        /** @param ids the unit under all ids that it has had */
        newestBefore: (ids: readonly UnitId[], kind: PointKind): Certainty => {
          const verdicts = ids.map(({ key, id }) => ({ unitId: id, verdict: verdict(key, kind) }));
          return toCertainty(verdictOfOwner(verdicts, before).verdict);
        },
      };
    },
    /** The heads of up to `UNITS_AT_ONCE` units. To be used at once, before anything is written. */
    headsOf: (units: readonly Pick<UnitId, 'key' | 'kind'>[], now: UtcSeconds) => {
      const { rows, judgedBy } = deciding(units, NEVER, now);
      return (key: UnitKey, kind: PointKind): HeadCertainty => {
        const by = judgedBy(key, kind);
        return toHeadCertainty(newestNow(rows(key, kind), by), kind, by.shown, now);
      };
    },
    /**
     * Writes what an answer says about one unit. To be called inside a transaction, with the answers in the order of their asking.
     *
     * @returns the traits after it
     */
    apply: (unit: SummedUnit, answer: UnitAnswer, traits: ServiceTraits, now: UtcSeconds): ServiceTraits => {
      const range = rangeTouchedBy(answer, traits);
      if (range === undefined) return traits;
      const changes = applyAnswer(know.around(unit.key, range), answer, traits);
      if (changes.voided.any) know.void(unit.key, 'any');
      if (changes.voided.fast) know.void(unit.key, 'fast');
      for (const row of changes.deletes) know.remove(unit.key, row);
      for (const row of changes.upserts) know.upsert(unit.key, row);
      const kept = shown.list(unit.key);
      const merged = mergeShown(kept, changes.shown, now);
      if (changes.shown.length > 0 || merged.length < kept.length) shown.replace(unit.key, merged);
      const moved = movedHeads(changes, unit);
      if (moved.fast) refreshHeads(unit.key, unit.kind, now, merged);
      else if (moved.any) refreshNewest(unit.key, now, merged);
      return withTraitChanges(traits, changes.traitChanges);
    },
    /** Brings up to date the summaries whose point has expired meanwhile. @returns whether there may be more */
    refreshEnded: (tenant: number, now: UtcSeconds): boolean => {
      const LIMIT = 100;
      const ended = units.headsEnded(tenant, now + EXPIRY_MARGIN, LIMIT);
      if (ended.length === 0) return false;
      cache.db.transaction(() => {
        for (const { key, kind } of ended) refreshHeads(key, kind, now);
      });
      return ended.length === LIMIT;
    },
  };
};
