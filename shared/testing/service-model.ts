import type { Answer, Instant, PointKind, Question, SearchQuestion, SeenPoint } from '../domain/knowledge/index.ts';
import { compareInstants, toAskedAt, toInstant } from '../domain/knowledge/index.ts';
import type { UnitId } from '../domain/protection-unit.ts';
import type { UtcSeconds } from '../domain/time.ts';
import type { SeededRandom } from './seeded-random.ts';

/** A restore point as it really is, whatever the service tells of it. */
export interface TruePoint extends Instant {
  readonly id: string;
  readonly unitId: UnitId;
  /** When it first appears in answers. */
  readonly visibleAt: UtcSeconds;
  /** When answers first call it fast; `Infinity`: never. */
  readonly fastAt: UtcSeconds;
  expiresAt: UtcSeconds;
  /** How long after its expiry the service still has it in store. */
  readonly purgeLag: number;
}

/** Traits of the service that are not documented, or documented in two ways. */
export interface ServiceHabits {
  readonly closedEnd: boolean;
  readonly closedStart: boolean;
  /** Five points a search in all, not one for each unit. */
  readonly fivePointsInAll: boolean;
  /** A list takes its five from the store before it drops the expired. */
  readonly listLimitsFirst: boolean;
  /** Seconds that a request takes at most, there and back. */
  readonly roundTrip: number;
}

/** What became of one request: the answer as the client understands it, and when the service really looked. */
export interface Served {
  readonly answer: Answer;
  readonly lookedAt: UtcSeconds;
  /** The `Date` header, for the client's idea of service time. */
  readonly date: UtcSeconds;
}

/**
 * A small model of the service's restore points: what it has, and what it answers. Written from the documentation for the tests of
 * knowledge and planner; it shares their types and no rule of theirs.
 */
export class ServiceModel {
  readonly points: TruePoint[] = [];
  now: UtcSeconds;
  readonly #habits: ServiceHabits;
  readonly #random: SeededRandom;
  #ids = 0;

  constructor(now: UtcSeconds, habits: ServiceHabits, random: SeededRandom) {
    this.now = now;
    this.#habits = habits;
    this.#random = random;
  }

  /** Adds a point; `late` and `tagLate` are seconds after its own time, `tagLate` `Infinity` for one never fast. */
  addPoint(unitId: UnitId, at: Instant, keptFor: number, late = 0, tagLate = Infinity, purgeLag = 0): TruePoint {
    this.#ids += 1;
    const point: TruePoint = {
      at: at.at,
      ticks: at.ticks,
      // Ids in no order of time, as the service's are opaque.
      id: `${((this.#ids * 7_919) % 100_003).toString(36)}-${this.#ids}`,
      unitId,
      visibleAt: at.at + Math.max(late, at.ticks > 0 ? 1 : 0),
      fastAt: at.at + Math.max(late, tagLate),
      expiresAt: at.at + keptFor,
      purgeLag,
    };
    this.points.push(point);
    return point;
  }

  /** A policy's new retention, for the units' points that have not expired: shorter and longer alike. */
  setRetention(unitId: UnitId, retention: number): void {
    for (const point of this.points) {
      if (point.unitId === unitId && point.expiresAt > this.now) point.expiresAt = point.at + retention;
    }
  }

  /** The living points of a unit strictly before a time, also those that no answer shows yet, latest first. */
  truth(unitId: UnitId, kind: PointKind, before: UtcSeconds): TruePoint[] {
    return this.points
      .filter(point => point.unitId === unitId && point.at < before && point.at <= this.now)
      .filter(point => point.expiresAt > this.now && (kind === 'any' || point.fastAt < Infinity))
      .toSorted((a, b) => compareInstants(b, a));
  }

  /** What an answer given at a moment could show of a unit's points before a time, latest first. */
  visible(unitId: UnitId, kind: PointKind, before: UtcSeconds, moment: UtcSeconds): TruePoint[] {
    return this.points
      .filter(point => point.unitId === unitId && point.at < before && this.#shows(point, kind, moment))
      .toSorted((a, b) => compareInstants(b, a));
  }

  /** Answers a question. The service's time goes on by the round trip. */
  ask(question: Question): Served {
    const roundTrip = this.#random.int(0, this.#habits.roundTrip);
    const lookedAt = this.now;
    const date = lookedAt + this.#random.int(0, roundTrip);
    this.now += roundTrip;
    const { points, noResultUnitIds } =
      question.form === 'list' ? this.#list(question, lookedAt) : this.#search(question, lookedAt);
    return {
      answer: {
        question,
        askedAt: toAskedAt(date, roundTrip),
        points: points.map(point => seen(point, lookedAt)),
        noResultUnitIds,
      },
      lookedAt,
      date,
    };
  }

  #shows(point: TruePoint, kind: PointKind, moment: UtcSeconds): boolean {
    return point.visibleAt <= moment && point.expiresAt > moment && (kind === 'any' || point.fastAt <= moment);
  }

  #list(
    question: Extract<Question, { form: 'list' }>,
    moment: UtcSeconds,
  ): { points: TruePoint[]; noResultUnitIds: string[] } {
    const bound = toInstant(question.before);
    const stored = this.points
      .filter(point => point.unitId === question.unitId && point.visibleAt <= moment)
      .filter(
        point => point.expiresAt + point.purgeLag > moment && bound !== undefined && compareInstants(point, bound) < 0,
      )
      .toSorted((a, b) => compareInstants(b, a));
    const living = (points: TruePoint[]): TruePoint[] => points.filter(point => point.expiresAt > moment);
    const points = this.#habits.listLimitsFirst ? living(stored.slice(0, 5)) : living(stored).slice(0, 5);
    return { points, noResultUnitIds: [] };
  }

  #search(question: SearchQuestion, moment: UtcSeconds): { points: TruePoint[]; noResultUnitIds: string[] } {
    const start = toInstant(question.start);
    const end = toInstant(question.end);
    const inPeriod = (point: TruePoint): boolean => {
      const afterStart = start === undefined ? 1 : compareInstants(point, start);
      const beforeEnd = end === undefined ? -1 : compareInstants(point, end);
      return (
        (afterStart > 0 || (this.#habits.closedStart && afterStart === 0)) &&
        (beforeEnd < 0 || (this.#habits.closedEnd && beforeEnd === 0))
      );
    };
    const points: TruePoint[] = [];
    const noResultUnitIds: string[] = [];
    for (const unitId of question.unitIds) {
      const found = this.visible(unitId, question.kind, Infinity, moment).filter(inPeriod);
      // A search for mail finds only points that hold some: which ones, nobody can tell.
      const matches = question.hasArtifactQuery === true ? found.filter(() => this.#random.chance(0.5)) : found;
      const point = question.prefer === 'newest' ? matches[0] : matches.at(-1);
      if (point === undefined) noResultUnitIds.push(unitId);
      else points.push(point);
    }
    return { points: this.#habits.fivePointsInAll ? points.slice(0, 5) : points, noResultUnitIds };
  }
}

function seen(point: TruePoint, moment: UtcSeconds): SeenPoint {
  const { at, ticks, id, unitId, expiresAt, fastAt } = point;
  return { at, ticks, id, unitId, expiresAt, fast: fastAt <= moment };
}
