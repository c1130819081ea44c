import type { RestorePoint as PublishedPoint } from '@microsoft/microsoft-graph-types';
import { FLOOR_TEXT, UNITS_A_SEARCH } from '../../shared/domain/knowledge/index.ts';
import type { RestorePointId, UnitId, UnitKind } from '../../shared/domain/protection-unit.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import {
  asObject,
  count,
  fieldsOf,
  findObject,
  type GraphObject,
  instant,
  list,
  ShapeError,
  text,
  toFlags,
  withoutUndefined,
} from './fields.ts';
import { clientFaults, toClientFault } from './graph-error.ts';
import type { ReadRequest } from './graph-request.ts';
import { type Page, toItems, toPage } from './page.ts';
import { odataString, ROOT, segment } from './paths.ts';
import { scopes } from './scopes.ts';
import { type FetchedUnit, findUnitKind, toUnit } from './units.ts';

export interface RestorePoint {
  /** Opaque, never parsed. */
  readonly id: RestorePointId;
  /** Floored to whole seconds. */
  readonly at: UtcSeconds;
  /** The service's own text of that moment, up to seven fraction digits: the bound of a next question. */
  readonly protectionDateTime: string;
  readonly expiresAt?: UtcSeconds;
  /** True where its tags hold `fastRestore`. */
  readonly isFast: boolean;
  readonly tags: readonly string[];
  /** The unit, as the answer names it; missing where it names none. */
  readonly unitId?: UnitId;
  readonly unitKind?: UnitKind;
}

/** A point, with the entity as the service sent it. */
export type FetchedPoint = RestorePoint & { readonly graph: GraphObject };

/** Times are ISO 8601 texts, so that a bound may have the service's full precision. */
export interface PointSearch {
  /** 1 to 20 units, of any kinds. */
  readonly unitIds: readonly UnitId[];
  readonly preference: 'latest' | 'oldest';
  /** The beginning of time unless given. */
  readonly startDateTime?: string;
  /** Up to now unless given. */
  readonly endDateTime?: string;
  /** Only points with the tag `fastRestore`. */
  readonly fastOnly?: boolean;
  /**
   * A mail query in the service's own language, such as `(Sender -eq 'a@b') -and (HasAttachment -eq 'true')`; for one unit alone. The
   * answer counts the hits and names the search, which a granular mail restore takes.
   */
  readonly mailQuery?: string;
}

export interface PointSearchResult {
  /** One point a unit. A unit may be missing from both lists: then nothing was said of it, and it is to be asked again. */
  readonly points: readonly (FetchedPoint & { readonly unitId: UnitId; readonly artifactHitCount?: number })[];
  /** Units that have no point in the period, as the service names them. */
  readonly noResultUnitIds: readonly UnitId[];
  /** Asked, but in neither list. */
  readonly unansweredUnitIds: readonly UnitId[];
  readonly searchResponseId?: string;
  /** Results that name no unit or can't be read, as they came: they prove nothing. */
  readonly unreadable: readonly unknown[];
  readonly graph: GraphObject;
}

export interface PointList {
  readonly unitId: UnitId;
  /** Only points strictly before this ISO 8601 text: the service demands a bound. */
  readonly before: string;
  /** Newest first, as the service does unasked, or oldest first. */
  readonly order?: 'newest' | 'oldest';
}

const pointFields = fieldsOf<PublishedPoint>()({
  id: text,
  protectionDateTime: text,
  expirationDateTime: instant,
  tags: text,
});

/** @throws ShapeError where it has no id or no time that can be read */
export function toPoint(value: unknown): FetchedPoint {
  const graph = asObject(value, 'the restore point');
  const fields = pointFields.parse(graph);
  const at = instant.parse(fields.protectionDateTime);
  if (fields.id === undefined || fields.protectionDateTime === undefined || at === undefined) {
    throw new ShapeError('the restore point has no id or no time');
  }
  const unit = findObject(graph['protectionUnit']);
  const tags = toFlags(fields.tags, ['fastRestore']);
  return {
    ...withoutUndefined({
      expiresAt: fields.expirationDateTime,
      unitId: text.parse(unit?.['id']),
      unitKind: unit === undefined ? undefined : findUnitKind(unit),
    }),
    id: fields.id,
    at,
    protectionDateTime: fields.protectionDateTime,
    isFast: tags.includes('fastRestore'),
    tags,
    graph,
  };
}

/**
 * The newest points of one unit before a time: five at most, however many there are. (backuprestoreroot-list-restorepoints)
 * A `nextLink` is documented by example only: follow it where given, don't rely on it. Look at each point's `unitId`.
 */
export function listPointsRequest({ unitId, before, order }: PointList): ReadRequest<Page<FetchedPoint>> {
  const query = [
    `$expand=${encodeURIComponent(`protectionUnit($filter=id eq ${odataString(unitId)})`)}`,
    `$filter=${encodeURIComponent(`protectionDateTime lt ${before}`)}`,
  ];
  if (order !== undefined) {
    query.push(`$orderby=${encodeURIComponent(`protectionDateTime ${order === 'newest' ? 'desc' : 'asc'}`)}`);
  }
  return {
    effect: 'read',
    method: 'GET',
    path: `${ROOT}/restorePoints?${query.join('&')}`,
    // The permissions data asks for Search, an older page for Restore: together they satisfy either.
    scopes: [scopes.searchRead, scopes.restoreRead],
    toValue: toPage(toPoint),
  };
}

/**
 * One point, which is refused (404) once it is gone. In the metadata, without a page of its own.
 *
 * @param withUnit asks for its unit too, which the service leaves out unasked
 */
export function fetchPointRequest(
  restorePointId: RestorePointId,
  { withUnit = false }: { readonly withUnit?: boolean } = {},
): ReadRequest<FetchedPoint> {
  return {
    effect: 'read',
    method: 'GET',
    path: `${ROOT}/restorePoints/${segment(restorePointId)}${withUnit ? '?$expand=protectionUnit' : ''}`,
    scopes: [scopes.searchRead],
    toValue: toPoint,
  };
}

/**
 * The unit of one point. (In the metadata, without a page of its own.)
 *
 * @param kind what the caller knows it as, where the answer names no type
 */
export function fetchPointUnitRequest(restorePointId: RestorePointId, kind: UnitKind): ReadRequest<FetchedUnit> {
  return {
    effect: 'read',
    method: 'GET',
    path: `${ROOT}/restorePoints/${segment(restorePointId)}/protectionUnit`,
    scopes: [scopes.searchRead],
    toValue: body => toUnit(body, kind),
  };
}

/**
 * The newest or oldest point of a period, one for each of up to twenty units. (restorepoint-search)
 *
 * @throws GraphError `clientInvalidRequest` for no unit, more than twenty, or a mail query for more than one
 */
export function searchPointsRequest(search: PointSearch): ReadRequest<PointSearchResult> {
  const { unitIds, mailQuery } = search;
  if (unitIds.length === 0 || unitIds.length > UNITS_A_SEARCH) {
    throw toClientFault(
      clientFaults.invalidRequest,
      `A search takes 1 to ${UNITS_A_SEARCH} units, not ${unitIds.length}.`,
    );
  }
  if (mailQuery !== undefined && unitIds.length > 1) {
    throw toClientFault(clientFaults.invalidRequest, `A mail search takes one unit, not ${unitIds.length}.`);
  }
  return {
    effect: 'read',
    method: 'POST',
    path: `${ROOT}/restorePoints/search`,
    body: {
      ...(mailQuery === undefined ? {} : { artifactQuery: { queryExpression: mailQuery, artifactType: 'message' } }),
      protectionUnitIds: unitIds,
      protectionTimePeriod: withoutUndefined({
        startDateTime: search.startDateTime ?? FLOOR_TEXT,
        endDateTime: search.endDateTime,
      }),
      restorePointPreference: search.preference,
      ...(search.fastOnly === true ? { tags: 'fastRestore' } : {}),
    },
    scopes: [scopes.searchRead],
    toValue: body => toSearchResult(body, unitIds),
  };
}

function toSearchResult(body: unknown, asked: readonly UnitId[]): PointSearchResult {
  const graph = asObject(body, 'the search response');
  if (!Array.isArray(graph['searchResults']) && !Array.isArray(graph['noResultProtectionUnitIds'])) {
    throw new ShapeError('the search response has neither results nor units without one');
  }
  const { items: points, unreadable } = toItems(graph['searchResults'], member => toSearchedPoint(member, asked));
  const noResultUnitIds = list.parse(graph['noResultProtectionUnitIds']).flatMap(id => text.parse(id) ?? []);
  const answered = new Set([...points.map(point => point.unitId), ...noResultUnitIds].map(id => id.toLowerCase()));
  return {
    ...withoutUndefined({ searchResponseId: text.parse(graph['searchResponseId']) }),
    points,
    noResultUnitIds,
    unansweredUnitIds: asked.filter(id => !answered.has(id.toLowerCase())),
    unreadable,
    graph,
  };
}

function toSearchedPoint(member: unknown, asked: readonly UnitId[]): PointSearchResult['points'][number] {
  const result = asObject(member, 'the search result');
  const point = toPoint(result['restorePoint']);
  // A point that doesn't say whose it is can only be given to a unit that was asked alone.
  const unitId = point.unitId ?? (asked.length === 1 ? asked[0] : undefined);
  if (unitId === undefined) throw new ShapeError('the search result names no unit');
  return { ...point, unitId, ...withoutUndefined({ artifactHitCount: count.parse(result['artifactHitCount']) }) };
}
