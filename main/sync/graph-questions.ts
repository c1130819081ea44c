import {
  type Answer,
  type Question,
  type SeenPoint,
  toAskedAt,
  toInstant,
  unitsAsked,
} from '../../shared/domain/knowledge/index.ts';
import type { UnitId } from '../../shared/domain/protection-unit.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import {
  type Answer as GraphAnswer,
  type FetchedPoint,
  listPointsRequest,
  type Page,
  type PointSearchResult,
  type ReadRequest,
  searchPointsRequest,
} from '../graph/index.ts';

/** What the service said to a question: the part of an `Answer` that its body holds. */
export interface Told {
  readonly points: readonly SeenPoint[];
  readonly noResultUnitIds: readonly UnitId[];
  /** False where the body holds something unreadable that might be a point of the unit: then it proves nothing. */
  readonly isWhole: boolean;
}

/** Points without an expiry have not been seen; one would never expire. The last second that the contract can say. */
const NO_EXPIRY: UtcSeconds = 253_402_300_799;

/** The request that asks a question of the planner. */
export function toRequest(question: Question): ReadRequest<Told> {
  if (question.form === 'list') {
    const request = listPointsRequest({ unitId: question.unitId, before: question.before, order: 'newest' });
    return { ...request, toValue: body => toldByList(question.unitId, request.toValue(body)) };
  }
  const request = searchPointsRequest({
    unitIds: question.unitIds,
    preference: question.prefer === 'newest' ? 'latest' : 'oldest',
    startDateTime: question.start,
    fastOnly: question.kind === 'fast',
    ...(question.end === undefined ? {} : { endDateTime: question.end }),
  });
  return { ...request, toValue: body => toldBySearch(unitsAsked(question), request.toValue(body)) };
}

/** @returns `undefined` where the answer proves nothing: it has no `Date`, or something in it can't be read */
export function toAnswer(question: Question, answer: GraphAnswer<Told>): Answer | undefined {
  const { serviceAt, roundTripSeconds, value } = answer;
  if (serviceAt === undefined || !value.isWhole) return undefined;
  return {
    question,
    askedAt: toAskedAt(serviceAt, roundTripSeconds),
    points: value.points,
    noResultUnitIds: value.noResultUnitIds,
  };
}

/** A result that can't be read names no unit, so the unit is simply not answered, and asked again: the rest holds. */
function toldBySearch(asked: readonly UnitId[], result: PointSearchResult): Told {
  const meant = new Map(asked.map(unitId => [unitId.toLowerCase(), unitId]));
  const find = (unitId: UnitId) => meant.get(unitId.toLowerCase());
  return {
    points: result.points.flatMap(point => toSeenPoint(point, find(point.unitId))),
    noResultUnitIds: result.noResultUnitIds.flatMap(unitId => find(unitId) ?? []),
    isWhole: true,
  };
}

/** A list proves what lies between its points, so one unreadable point among them, or points of another unit, spoil it. */
function toldByList(unitId: UnitId, page: Page<FetchedPoint>): Told {
  const isOwn = page.items.every(
    point => point.unitId === undefined || point.unitId.toLowerCase() === unitId.toLowerCase(),
  );
  return {
    points: page.items.flatMap(point => toSeenPoint(point, unitId)),
    noResultUnitIds: [],
    isWhole: isOwn && page.unreadable.length === 0,
  };
}

function toSeenPoint(point: FetchedPoint, unitId: UnitId | undefined): SeenPoint[] {
  const instant = toInstant(point.protectionDateTime);
  if (unitId === undefined || instant === undefined) return [];
  return [{ ...instant, unitId, id: point.id, expiresAt: point.expiresAt ?? NO_EXPIRY, fast: point.isFast }];
}
