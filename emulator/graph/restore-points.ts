/** Restore points: five of one unit by list, one of each of up to twenty units by search, one by id. */
import { parseInstant, toPreciseText } from '../instant.ts';
import type { Ticks } from '../instant.ts';
import { hash } from '../seeded-random.ts';
import type { Point } from '../state/point-store.ts';
import type { StoredUnit } from '../state/unit-store.ts';
import { isTold } from '../world/history.ts';
import { selected } from './collection.ts';
import { json, linkTo } from './exchange.ts';
import type { GraphAnswer, GraphContext } from './exchange.ts';
import { badRequest, notFound } from './graph-error.ts';
import { mailQueryProblem } from './mail-query.ts';
import { readPointFilter } from './point-filter.ts';
import { isObject, objectBody, property } from './request-body.ts';
import type { JsonObject } from './request-body.ts';
import { unitJson, unitReferenceJson } from './units.ts';

const mostPointsListed = 5;
const mostUnitsSearched = 20;
const mostPointsInOldSearch = 5;

const invalidUnit = (id: string): Error => badRequest(`Invalid Protection Unit ID: ${id}`, 'InvalidProtectionUnitId');
const invalidSearch = (message: string): Error => badRequest(message, 'InvalidSearchRequest');

const knownUnit = (context: GraphContext, id: string): StoredUnit => {
  const unit = context.tenant.units.find(id);
  if (unit === undefined) throw invalidUnit(id);
  return unit;
};

const pointJson = (context: GraphContext, point: Point): JsonObject => {
  const unit = context.tenant.units.find(point.unitId);
  return {
    '@odata.type': '#microsoft.graph.restorePoint',
    id: point.id,
    protectionDateTime: toPreciseText(point.at),
    expirationDateTime: toPreciseText(point.expiresAt),
    tags: point.isFast ? 'fastRestore' : 'none',
    ...(unit === undefined ? {} : { protectionUnit: unitReferenceJson(context, unit) }),
  };
};

export const listRestorePoints = (context: GraphContext): GraphAnswer => {
  const { unitId, ...filter } = readPointFilter(context.request.query);
  const unit = knownUnit(context, unitId);
  const points = context.tenant.points.listTold(unit, { ...filter, now: context.now, limit: mostPointsListed });
  return json(200, {
    '@odata.context': linkTo(context, '/$metadata#solutions/backupRestore/restorePoints'),
    value: points.map(point => pointJson(context, point)),
  });
};

export const getRestorePoint = (context: GraphContext): GraphAnswer => {
  const point = context.tenant.points.find(context.id);
  if (point === undefined || !isTold(point, context.now)) throw notFound('There is no restore point of this id.');
  return json(200, pointJson(context, point));
};

interface Search {
  readonly unitIds: readonly string[];
  readonly from: Ticks;
  readonly to: Ticks;
  readonly newestFirst: boolean;
  readonly fastOnly: boolean;
  readonly countsMessages: boolean;
}

const instantProperty = (object: JsonObject, name: string): Ticks | undefined => {
  const value = property(object, name);
  if (value === undefined || value === null) return undefined;
  const instant = typeof value === 'string' ? parseInstant(value) : undefined;
  if (instant === undefined) throw invalidSearch(`${name} is no time in UTC.`);
  return instant;
};

const oneOf = (object: JsonObject, name: string, members: readonly string[]): string | undefined => {
  const value = property(object, name);
  if (value === undefined || value === null) return undefined;
  const found = members.find(known => typeof value === 'string' && known.toLowerCase() === value.trim().toLowerCase());
  if (found === undefined) throw invalidSearch(`${name} must be one of ${members.join(', ')}.`);
  return found;
};

const readArtifactQuery = (body: JsonObject): boolean => {
  const query = property(body, 'artifactQuery');
  if (query === undefined || query === null) return false;
  if (!isObject(query)) throw invalidSearch('artifactQuery must be an object.');
  if (oneOf(query, 'artifactType', ['message']) === undefined) throw invalidSearch('artifactType is missing.');
  const expression = property(query, 'queryExpression');
  if (typeof expression !== 'string' || expression.trim() === '') throw invalidSearch('queryExpression is missing.');
  const problem = mailQueryProblem(expression);
  if (problem !== undefined) throw invalidSearch(problem);
  return true;
};

/** In the order decided for a request that breaks several rules: malformed, too many, unknown, duplicates. */
const readSearch = (context: GraphContext): Search => {
  const body = objectBody(context.request, 'InvalidSearchRequest');
  const ids = property(body, 'protectionUnitIds');
  if (!Array.isArray(ids) || ids.length === 0) throw invalidSearch('protectionUnitIds must name at least one unit.');
  const unitIds = ids.map((id: unknown): string => {
    if (typeof id !== 'string') throw invalidSearch('protectionUnitIds must be texts.');
    return id;
  });
  const period = property(body, 'protectionTimePeriod');
  if (!isObject(period)) throw invalidSearch('protectionTimePeriod is required.');
  const from = instantProperty(period, 'startDateTime');
  if (from === undefined) throw invalidSearch('protectionTimePeriod.startDateTime is required.');
  const to = instantProperty(period, 'endDateTime') ?? context.now;
  if (to < from) throw invalidSearch('protectionTimePeriod ends before it starts.');
  const preference = oneOf(body, 'restorePointPreference', ['latest', 'oldest']) ?? 'latest';
  const tags = oneOf(body, 'tags', ['none', 'fastRestore']) ?? 'none';
  const countsMessages = readArtifactQuery(body);
  const most = countsMessages ? 1 : mostUnitsSearched;
  if (unitIds.length > most) throw invalidSearch(`protectionUnitIds may name at most ${most} of them here.`);
  for (const id of unitIds) {
    const unit = knownUnit(context, id);
    if (countsMessages && unit.kind !== 'mailbox') throw invalidSearch('artifactQuery searches mailboxes only.');
  }
  if (new Set(unitIds.map(id => id.toLowerCase())).size < unitIds.length) {
    throw invalidSearch('protectionUnitIds names a unit twice.');
  }
  return { unitIds, from, to, newestFirst: preference === 'latest', fastOnly: tags === 'fastRestore', countsMessages };
};

export const searchRestorePoints = (context: GraphContext): GraphAnswer => {
  const { unitIds, countsMessages, ...period } = readSearch(context);
  const { settings, points } = context.tenant;
  const most = settings.searchCap === 'five' ? mostPointsInOldSearch : mostUnitsSearched;
  const results: JsonObject[] = [];
  const without: string[] = [];
  const searchResponseId = Buffer.from(context.world.newId()).toString('base64url');
  for (const id of unitIds) {
    // With the old cap the service stops at the fifth point: units after it stand in neither list.
    if (results.length === most) break;
    const unit = knownUnit(context, id);
    const [point] = points.listTold(unit, { ...period, now: context.now, limit: 1 });
    if (point === undefined) without.push(unit.id);
    else {
      const count = hash(point.id) % 60;
      const hits = countsMessages ? { artifactHitCount: count } : {};
      if (countsMessages) context.tenant.searches.put({ id: searchResponseId, pointId: point.id, hits: count });
      results.push({ ...hits, restorePoint: pointJson(context, point) });
    }
  }
  return json(200, {
    '@odata.context': linkTo(context, '/$metadata#microsoft.graph.restorePointSearchResponse'),
    searchResponseId,
    searchResults: results,
    noResultProtectionUnitIds: without,
  });
};

/** The unit that a point is of. */
export const getUnitOfPoint = (context: GraphContext): GraphAnswer => {
  const point = context.tenant.points.find(context.id);
  const unit = point === undefined ? undefined : context.tenant.units.find(point.unitId);
  if (point === undefined || unit === undefined || !isTold(point, context.now)) {
    throw notFound('There is no restore point of this id.');
  }
  return json(200, selected(context, unitJson(context, unit)));
};
