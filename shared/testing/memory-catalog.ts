import {
  applyAnswer,
  assess,
  initialTraits,
  inSeconds,
  mergeShown,
  newestNow,
  rangeTouchedBy,
  spansOf,
  toUnitAnswers,
  traitsLearntFrom,
  withRetention,
  withTraitChanges,
} from '../domain/knowledge/index.ts';
import type {
  Answer,
  Assessment,
  KnowledgeChanges,
  KnownRow,
  NewestNow,
  PointKind,
  ServiceTraits,
  ShownRecord,
  Span,
  Stretch,
  UnitAnswer,
} from '../domain/knowledge/index.ts';
import type { KnowledgeView } from '../domain/planner/index.ts';
import { boundOfWant } from '../domain/planner/index.ts';
import type { UnitId } from '../domain/protection-unit.ts';
import type { UtcSeconds } from '../domain/time.ts';

/**
 * Knowledge kept in memory as the catalog keeps it in SQLite: rules see only the rows that the catalog would fetch for them, so a rule that
 * needs more fails here.
 */
export class MemoryCatalog {
  traits: ServiceTraits = initialTraits;
  readonly #rows = new Map<UnitId, KnownRow[]>();
  readonly #shown = new Map<UnitId, readonly ShownRecord[]>();

  rowsOf(unitId: UnitId): readonly KnownRow[] {
    return this.#rows.get(unitId) ?? [];
  }

  shownOf(unitId: UnitId): readonly ShownRecord[] {
    return this.#shown.get(unitId) ?? [];
  }

  /** @param now the client's idea of service time */
  apply(answer: Answer, now: UtcSeconds): readonly KnowledgeChanges[] {
    const changes = toUnitAnswers(answer).flatMap(one => this.#applyToUnit(one, now));
    this.traits = withTraitChanges(this.traits, traitsLearntFrom(answer, this.traits));
    return changes;
  }

  #applyToUnit(answer: UnitAnswer, now: UtcSeconds): readonly KnowledgeChanges[] {
    const range = rangeTouchedBy(answer, this.traits);
    if (range === undefined) return [];
    const { unitId } = answer;
    const changes = applyAnswer(this.#fetch(unitId, range), answer, this.traits);
    const gone = new Set(changes.deletes.map(row => `${row.at} ${row.id}`));
    const written = new Map(changes.upserts.map(row => [`${row.at} ${row.id}`, row]));
    const rows = this.rowsOf(unitId)
      .map(row => ({
        ...row,
        anyTo: changes.voided.any ? row.at : row.anyTo,
        fastTo: changes.voided.fast ? row.at : row.fastTo,
      }))
      .filter(row => !gone.has(`${row.at} ${row.id}`) && !written.has(`${row.at} ${row.id}`));
    this.#rows.set(unitId, [...rows, ...written.values()].toSorted(byKey));
    this.#shown.set(unitId, mergeShown(this.shownOf(unitId), changes.shown, now));
    this.traits = withTraitChanges(this.traits, changes.traitChanges);
    return [changes];
  }

  #fetch(unitId: UnitId, range: Stretch): KnownRow[] {
    const rows = this.rowsOf(unitId);
    const nearest = (among: readonly KnownRow[]): UtcSeconds =>
      Math.max(...among.filter(row => row.at < range.from).map(row => row.at));
    const below = nearest(rows);
    const belowFast = nearest(rows.filter(row => row.fast));
    return rows.filter(
      row =>
        (row.at >= range.from && row.at < range.to) ||
        row.at === below ||
        (row.fast && row.at === belowFast) ||
        row.at === 0,
    );
  }

  setRetention(unitId: UnitId, retention: number): void {
    const lowered = new Map(withRetention(this.rowsOf(unitId), retention).map(row => [row.id, row]));
    this.#rows.set(
      unitId,
      this.rowsOf(unitId).map(row => lowered.get(row.id) ?? row),
    );
  }

  assess(unitId: UnitId, kind: PointKind, before: UtcSeconds, now: UtcSeconds): Assessment {
    return assess(inSeconds(this.#descending(unitId, before)), before, { kind, now, shown: this.shownOf(unitId) });
  }

  view(now: UtcSeconds): KnowledgeView {
    return want => this.assess(want.unitId, want.kind, boundOfWant(want), now);
  }

  newestNow(unitId: UnitId, kind: PointKind, now: UtcSeconds): NewestNow {
    return newestNow(inSeconds(this.#descending(unitId, Infinity)), { kind, now, shown: this.shownOf(unitId) });
  }

  spans(unitId: UnitId, kind: PointKind, window: Stretch, now: UtcSeconds): readonly Span[] {
    const rows = this.rowsOf(unitId);
    const below = Math.max(
      ...rows.filter(row => row.at < window.from && (kind === 'any' || row.fast)).map(row => row.at),
    );
    const read = rows.filter(row => (row.at >= window.from && row.at < window.to) || row.at === below || row.at === 0);
    return spansOf(read, window, { kind, now, shown: this.shownOf(unitId) });
  }

  *#descending(unitId: UnitId, before: UtcSeconds): Generator<KnownRow> {
    const rows = this.rowsOf(unitId);
    for (let index = rows.length - 1; index >= 0; index -= 1) {
      const row = rows[index];
      if (row !== undefined && row.at < before) yield row;
    }
  }
}

const byKey = (a: KnownRow, b: KnownRow): number => a.at - b.at || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
