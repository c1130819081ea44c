import { toIso } from '../time.ts';
import type { UtcSeconds } from '../time.ts';
import type { RestorePointId, UnitId } from '../protection-unit.ts';
import { compareInstants, FLOOR_TEXT, oneTickBefore, toInstant, toInstantText } from './instant.ts';
import type { Instant } from './instant.ts';
import type { PointKind } from './known-row.ts';
import type { ServiceTraits, TraitChange } from './service-traits.ts';

/** A search asks at most so many units (documented; more is refused). */
export const UNITS_A_SEARCH = 20;
/** Parts of a `$batch`. */
export const QUESTIONS_A_BATCH = 20;
/** Points that a list answers at most. */
export const POINTS_A_LIST = 5;

/** `POST restorePoints/search`: the newest (or oldest) point of a period, for each of up to twenty units. */
export interface SearchQuestion {
  readonly form: 'search';
  readonly unitIds: readonly UnitId[];
  /** `startDateTime`; `FLOOR_TEXT` in every question of the planner. */
  readonly start: string;
  /** `endDateTime` with up to seven fraction digits; left out: no bound. */
  readonly end?: string;
  /**
   * The second that the question is about: it asks for points strictly before it. `end` is this second, or one tick
   * before it where ends are known as closed. Left out with `end`.
   */
  readonly before?: UtcSeconds;
  readonly prefer: 'newest' | 'oldest';
  /** `fast`: with `tags: fastRestore`. */
  readonly kind: PointKind;
  /** The search looked for mail (`artifactQuery`): its points are known afterwards, but nothing is proven. */
  readonly hasArtifactQuery?: boolean;
}

/** `GET restorePoints`: the newest points of one unit strictly before a bound (`protectionDateTime lt …`), at most five. */
export interface ListQuestion {
  readonly form: 'list';
  readonly unitId: UnitId;
  /** The bound as ISO 8601 text, with up to seven fraction digits. */
  readonly before: string;
}

export type Question = SearchQuestion | ListQuestion;

/** A restore point as an answer shows it. */
export interface SeenPoint extends Instant {
  readonly unitId: UnitId;
  readonly id: RestorePointId;
  readonly expiresAt: UtcSeconds;
  readonly fast: boolean;
}

/** The service's answer to one question. */
export interface Answer {
  readonly question: Question;
  /** See `toAskedAt`. */
  readonly askedAt: UtcSeconds;
  readonly points: readonly SeenPoint[];
  /** `noResultProtectionUnitIds`; empty for lists. */
  readonly noResultUnitIds: readonly UnitId[];
}

/** What an answer says about one of the units asked about. Neither points nor `noResult`: nothing. */
export interface UnitAnswer {
  readonly unitId: UnitId;
  readonly question: Question;
  readonly askedAt: UtcSeconds;
  /** Newest first. */
  readonly points: readonly SeenPoint[];
  readonly noResult: boolean;
}

/**
 * The moment for which an answer speaks, in service time: the `Date` header, less the round trip, less one second (the
 * header is cut to whole seconds). The client's own clock has no part in it.
 *
 * @param date the `Date` header in seconds
 * @param roundTripSeconds from sending the request to its answer, by a monotonic clock
 */
export function toAskedAt(date: UtcSeconds, roundTripSeconds: number): UtcSeconds {
  return date - Math.ceil(roundTripSeconds) - 1;
}

/**
 * A search for the newest (or oldest) points strictly before a second; without `before`, of all there are.
 * It starts at the beginning of time: that costs nothing, and is the only thing that can prove *none*.
 */
export function searchBefore(
  unitIds: readonly UnitId[],
  kind: PointKind,
  before: UtcSeconds | undefined,
  traits: Pick<ServiceTraits, 'closedEnd'>,
): SearchQuestion {
  const common = { form: 'search', unitIds, start: FLOOR_TEXT, prefer: 'newest', kind } as const;
  if (before === undefined) return common;
  // Whether an end is closed is undocumented, so the first question ends at the second itself, which is right if it is open.
  return { ...common, before, end: traits.closedEnd ? toInstantText(oneTickBefore(before)) : toIso(before) };
}

/** The units that a question asks about. */
export function unitsAsked(question: Question): readonly UnitId[] {
  return question.form === 'search' ? question.unitIds : [question.unitId];
}

/** Splits an answer by the units asked about. Points of units not asked about are left out. */
export function toUnitAnswers(answer: Answer): readonly UnitAnswer[] {
  const byUnit = new Map<UnitId, SeenPoint[]>();
  for (const point of answer.points) {
    const list = byUnit.get(point.unitId);
    if (list === undefined) byUnit.set(point.unitId, [point]);
    else list.push(point);
  }
  const noResult = new Set(answer.noResultUnitIds);
  return unitsAsked(answer.question).map(unitId => ({
    unitId,
    question: answer.question,
    askedAt: answer.askedAt,
    points: (byUnit.get(unitId) ?? []).toSorted((a, b) => compareInstants(b, a)),
    noResult: answer.question.form === 'search' && noResult.has(unitId) && !byUnit.has(unitId),
  }));
}

/** Whether the service said anything about this unit. Only then does it count as answered. */
export function isAnswered(answer: UnitAnswer): boolean {
  return answer.noResult || answer.points.length > 0;
}

/** What became of a unit in an answer. `atOrAfterBound`: a point came back that does not lie before the asked second. */
export type AnswerOutcome = 'answered' | 'unanswered' | 'atOrAfterBound';

/** The first instant that the question does not ask about; `undefined`: no bound. */
export function boundOf(question: Question): Instant | undefined {
  if (question.form === 'list') return toInstant(question.before);
  return question.before === undefined ? toInstant(question.end) : { at: question.before, ticks: 0 };
}

/** What became of the unit. A list that shows points after its bound still tells of those before it. */
export function outcomeOf(answer: UnitAnswer): AnswerOutcome {
  if (!isAnswered(answer)) return 'unanswered';
  const bound = boundOf(answer.question);
  const after = (point: SeenPoint): boolean => bound !== undefined && compareInstants(point, bound) >= 0;
  const misses = answer.question.form === 'search' ? answer.points.some(after) : answer.points.every(after);
  return misses && !answer.noResult ? 'atOrAfterBound' : 'answered';
}

/** Whether a point came back exactly at the end of the search's period: then the service's ends are closed. */
export function showsClosedEnd(answer: UnitAnswer): boolean {
  const end = answer.question.form === 'search' ? toInstant(answer.question.end) : undefined;
  return end !== undefined && answer.points.some(point => compareInstants(point, end) === 0);
}

/** The cap that older pages document: five points a search in all. */
const DOCUMENTED_CAP = 5;

/** What a whole answer teaches about the tenant's searches: whether they answer one point a unit, or five in all. */
export function traitsLearntFrom(answer: Answer, traits: ServiceTraits): readonly TraitChange[] {
  if (answer.question.form === 'list') return [];
  const answers = toUnitAnswers(answer);
  const withPoint = answers.filter(one => one.points.length > 0).length;
  const unanswered = answers.some(one => !isAnswered(one));
  if (traits.answersPerSearch === undefined) {
    return unanswered && withPoint === DOCUMENTED_CAP
      ? [{ change: 'answersPerSearch', answersPerSearch: DOCUMENTED_CAP }]
      : [];
  }
  return withPoint > traits.answersPerSearch ? [{ change: 'answersPerSearch', answersPerSearch: undefined }] : [];
}
