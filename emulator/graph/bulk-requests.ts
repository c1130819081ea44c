/** Bulk restore requests of a session: the service picks the points, after the activation. */
import { parseInstant, toPreciseText } from '../instant.ts';
import type { Ticks } from '../instant.ts';
import { bulkRequestMoves, bulkSteps } from '../state/machines/bulk-machine.ts';
import type { BulkRequestRecord } from '../state/records.ts';
import type { UnitKind } from '../world/units.ts';
import { addressProperty, idProperty, readAddressLists } from './address-lists.ts';
import { listed, page, selected } from './collection.ts';
import { json, noContent } from './exchange.ts';
import type { GraphAnswer, GraphContext } from './exchange.ts';
import { badRequest, GraphError, requireState } from './graph-error.ts';
import { callerIdentity, identityJson } from './identity.ts';
import { recordErrorJson } from './record-errors.ts';
import { isGuid, isObject, objectBody, property } from './request-body.ts';
import type { JsonObject } from './request-body.ts';
import { findSession } from './restore-sessions.ts';
import { requireRestoresAllowed } from './restores-allowed.ts';
import { requireMove } from './session-rules.ts';

const mostResources = 10_000;

const invalid = (message: string): GraphError => badRequest(message, 'BulkRestoreInvalidCreateRequest');

const parentOf = (context: GraphContext, kind: UnitKind) => findSession({ ...context, id: context.parentId }, kind);

/** The long lists are left out of every answer by design. */
const requestJson = (context: GraphContext, request: BulkRequestRecord): JsonObject => ({
  '@odata.type': `#microsoft.graph.${request.kind}RestoreArtifactsBulkAdditionRequest`,
  id: request.id,
  displayName: request.displayName,
  status: request.status,
  destinationType: request.destinationType,
  tags: request.fastOnly ? 'fastRestore' : 'none',
  restorePointPreference: request.preference,
  protectionTimePeriod: {
    startDateTime: toPreciseText(request.from),
    endDateTime: request.to === undefined ? null : toPreciseText(request.to),
  },
  [addressProperty[request.kind]]: [],
  [idProperty(request.kind)]: [],
  protectionUnitIds: [],
  createdBy: identityJson(context, request.createdBy),
  createdDateTime: toPreciseText(request.createdAt),
  lastModifiedBy: identityJson(context, request.lastModifiedBy),
  lastModifiedDateTime: toPreciseText(request.lastModifiedAt),
  error: recordErrorJson(request.error),
});

const oneOf = <T extends string>(body: JsonObject, name: string, members: readonly T[], otherwise: T): T => {
  const value = property(body, name);
  if (value === undefined || value === null) return otherwise;
  const found = members.find(known => typeof value === 'string' && known.toLowerCase() === value.trim().toLowerCase());
  if (found === undefined) throw invalid(`${name} must be one of ${members.join(', ')}.`);
  return found;
};

const periodOf = (body: JsonObject): { readonly from: Ticks; readonly to?: Ticks } => {
  const period = property(body, 'protectionTimePeriod');
  if (!isObject(period)) throw invalid('protectionTimePeriod is required.');
  const start = property(period, 'startDateTime');
  const end = property(period, 'endDateTime');
  const from = typeof start === 'string' ? parseInstant(start) : undefined;
  const to = typeof end === 'string' ? parseInstant(end) : undefined;
  if (from === undefined || (end !== undefined && end !== null && to === undefined) || (to ?? from) < from) {
    throw invalid('protectionTimePeriod needs a start and, if any, a later end, in UTC.');
  }
  return { from, ...(to === undefined ? {} : { to }) };
};

const readLists = (kind: UnitKind, body: JsonObject) => {
  const lists = readAddressLists(kind, body);
  if (lists === undefined) throw invalid('Addresses and ids must be lists of texts.');
  const { addresses, ids } = lists;
  if (addresses.length + ids.length === 0) throw invalid('The request names nothing to restore.');
  const protectionUnitIds = property(body, 'protectionUnitIds');
  if (Array.isArray(protectionUnitIds) && protectionUnitIds.length > 0)
    throw invalid('protectionUnitIds are not supported.');
  if (addresses.length + ids.length > mostResources) {
    throw badRequest(`At most ${mostResources} a request.`, 'BulkRestoreRestorationResourcesCountExceedsLimit');
  }
  if (kind === 'site' && addresses.some(url => !/^https:\/\/[^\s/]+/i.test(url))) {
    throw badRequest('A site address is malformed.', 'BulkRestoreInvalidCreateRequestSiteUrl');
  }
  if (kind !== 'site' && addresses.some(email => !/^[^\s@]+@[^\s@]+$/.test(email))) {
    throw badRequest('An e-mail address is malformed.', 'BulkRestoreInvalidCreateRequestUserEmail');
  }
  const isFit = (id: string): boolean =>
    kind === 'site' ? /^[^,]+,[^,]+,[^,]+$/.test(id) : /^[0-9a-z-]{30,40}$/i.test(id);
  if (!ids.every(isFit)) throw badRequest('An id is malformed.', 'InvalidBulkRestoreArtifactId');
  return lists;
};

export const createBulkRequest =
  (kind: UnitKind) =>
  (context: GraphContext): GraphAnswer => {
    // Of this call the page says of an id in the address that is none: an invalid GUID provided in the URI.
    if (context.tenant.sessions.find(context.parentId) === undefined && !isGuid(context.parentId)) {
      throw badRequest('Invalid GUID provided in URI.', 'InvalidBulkRestoreArtifactId');
    }
    const body = objectBody(context.request, 'BulkRestoreInvalidCreateRequest');
    const displayName = property(body, 'displayName') ?? '';
    if (typeof displayName !== 'string') throw invalid('displayName must be a text.');
    const lists = readLists(kind, body);
    const period = periodOf(body);
    const preference = oneOf(body, 'restorePointPreference', ['latest', 'oldest'], 'latest');
    const tags = oneOf(body, 'tags', ['none', 'fastRestore'], 'none');
    const destinationType = oneOf(body, 'destinationType', ['new', 'inPlace'], 'inPlace');
    const session = parentOf(context, kind);
    const { sessions, bulkRequests } = context.tenant;
    const hasRequest = bulkRequests.list().some(request => request.sessionId === session.id);
    if (hasRequest || sessions.listArtifacts(session.id).length > 0) {
      throw invalid('A session has one bulk request, or artifacts of its own.');
    }
    requireMove(context, session, 'addBulkRequest');
    requireRestoresAllowed(context);
    const by = callerIdentity(context);
    const request: BulkRequestRecord = {
      id: context.world.newId(),
      kind,
      sessionId: session.id,
      displayName,
      ...lists,
      ...period,
      preference,
      fastOnly: tags === 'fastRestore',
      destinationType,
      status: bulkSteps.request.from,
      createdAt: context.now,
      createdBy: by,
      lastModifiedAt: context.now,
      lastModifiedBy: by,
    };
    bulkRequests.put(request);
    sessions.put({ ...session, jobType: 'bulk', lastModifiedAt: context.now, lastModifiedBy: by });
    return json(201, requestJson(context, request));
  };

const requestsOf = (context: GraphContext, sessionId: string): readonly BulkRequestRecord[] =>
  context.tenant.bulkRequests.list().filter(request => request.sessionId === sessionId);

/** Throws 404 `BulkRestoreArtifactsNotFound`. */
const findRequest = (context: GraphContext, kind: UnitKind): BulkRequestRecord => {
  const session = parentOf(context, kind);
  const request = context.tenant.bulkRequests.find(context.id);
  if (request === undefined || request.sessionId !== session.id) {
    throw new GraphError(404, 'BulkRestoreArtifactsNotFound', 'Bulk Restore Artifacts not found');
  }
  return request;
};

export const listBulkRequests =
  (kind: UnitKind) =>
  (context: GraphContext): GraphAnswer => {
    const session = findSession(context, kind);
    const requests = listed(requestsOf(context, session.id));
    return page(context, requests, request => requestJson(context, request), { takesNone: true });
  };

export const getBulkRequest =
  (kind: UnitKind) =>
  (context: GraphContext): GraphAnswer =>
    json(200, selected(context, requestJson(context, findRequest(context, kind))));

export const deleteBulkRequest =
  (kind: UnitKind) =>
  (context: GraphContext): GraphAnswer => {
    const request = findRequest(context, kind);
    requireState(bulkRequestMoves.delete, request.status, `A request that is ${request.status} can't be deleted.`);
    context.tenant.bulkRequests.remove(request.id);
    return noContent;
  };
