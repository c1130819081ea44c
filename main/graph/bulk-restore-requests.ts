import { z } from 'zod';
import { FLOOR_TEXT } from '../../shared/domain/knowledge/index.ts';
import type { UnitId, UnitKind } from '../../shared/domain/protection-unit.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import { bulkLists, bulkRequestCollections, sessionCollections } from './collections.ts';
import {
  asObject,
  findObject,
  type GraphObject,
  instant,
  ShapeError,
  text,
  toFlags,
  toMember,
  toTexts,
  withoutUndefined,
} from './fields.ts';
import { clientFaults, toClientFault } from './graph-error.ts';
import type { ReadRequest, WriteRequest } from './graph-request.ts';
import { type Page, toPage } from './page.ts';
import { ROOT, segment } from './paths.ts';
import { type DestinationType, destinationTypes } from './restore-artifacts.ts';
import { scopes } from './scopes.ts';
import { type Tracked, toTracked } from './tracked-entity.ts';
import { toWrapped, type Wrapped } from './wrapped-entity.ts';

/** Users or sites that a request takes. */
const ENTRIES_A_REQUEST = 10_000;

/** Known members of `restoreArtifactsBulkRequestStatus`. */
const requestStatuses = ['unknown', 'active', 'completed', 'completedWithErrors'] as const;

/** A request that the service choose a point for each of many units, in a session created empty. */
export interface BulkRestoreRequest extends Tracked {
  readonly id: string;
  readonly kind: UnitKind;
  readonly name: string;
  /** A known member of `restoreArtifactsBulkRequestStatus`, or the service's own word: `active` until the activated session has resolved it. */
  readonly status: string;
  readonly destinationType?: string;
  readonly preference?: string;
  readonly tags: readonly string[];
  /** The period that points are chosen from. */
  readonly periodFromAt?: UtcSeconds;
  readonly periodToAt?: UtcSeconds;
  /** Empty by design in every answer but the create's. */
  readonly addresses: readonly string[];
  readonly ownerKeys: readonly string[];
  /** Documented as not implemented. */
  readonly unitIds: readonly UnitId[];
}
export type FetchedBulkRestoreRequest = BulkRestoreRequest & Wrapped & { readonly graph: GraphObject };

export interface UnitsToRestore {
  readonly name: string;
  /** Site addresses, or the owners' e-mail addresses. */
  readonly addresses?: readonly string[];
  /** Site ids, or the owners' directory object ids. */
  readonly ownerKeys?: readonly string[];
  readonly preference: 'latest' | 'oldest';
  readonly destinationType: DestinationType;
  /** ISO 8601 text; the beginning of time unless given. */
  readonly startDateTime?: string;
  readonly endDateTime?: string;
  /** Only points with the tag `fastRestore`. */
  readonly fastOnly?: boolean;
}

const requestFields = z.object({
  id: text,
  displayName: text,
  status: text,
  destinationType: text,
  restorePointPreference: text,
  tags: text,
});

function toRequest(value: unknown, kind: UnitKind): FetchedBulkRestoreRequest {
  const graph = asObject(value, 'the bulk restore request');
  const fields = requestFields.parse(graph);
  if (fields.id === undefined) throw new ShapeError('the bulk restore request has no id');
  const period = findObject(graph['protectionTimePeriod']);
  const member = (word: string | undefined, known: readonly string[]) =>
    word === undefined ? undefined : toMember(word, known);
  return {
    ...toTracked(graph),
    ...withoutUndefined({
      destinationType: member(fields.destinationType, destinationTypes),
      preference: member(fields.restorePointPreference, ['latest', 'oldest']),
      periodFromAt: instant.parse(period?.['startDateTime']),
      periodToAt: instant.parse(period?.['endDateTime']),
    }),
    id: fields.id,
    kind,
    name: fields.displayName ?? fields.id,
    status: toMember(fields.status ?? 'unknown', requestStatuses),
    tags: toFlags(fields.tags, ['fastRestore']),
    addresses: toTexts(graph[bulkLists[kind].addresses]),
    ownerKeys: toTexts(graph[bulkLists[kind].keys]),
    unitIds: toTexts(graph['protectionUnitIds']),
    graph,
  };
}

function requestsPath(kind: UnitKind, sessionId: string): string {
  return `${ROOT}/${sessionCollections[kind]}/${segment(sessionId)}/${bulkRequestCollections[kind]}`;
}

/** The requests of a session; there is one at most. (sharepointrestoresession-list-siterestoreartifactsbulkadditionrequests and its siblings) */
export function listBulkRestoresRequest(
  kind: UnitKind,
  sessionId: string,
): ReadRequest<Page<FetchedBulkRestoreRequest>> {
  return {
    effect: 'read',
    method: 'GET',
    path: requestsPath(kind, sessionId),
    scopes: [scopes.restoreRead],
    toValue: toPage(member => toRequest(member, kind)),
  };
}

/** One request: its status, and what could not be resolved. (siterestoreartifactsbulkadditionrequest-get and its siblings) */
export function fetchBulkRestoreRequest(
  kind: UnitKind,
  sessionId: string,
  requestId: string,
): ReadRequest<FetchedBulkRestoreRequest> {
  return {
    effect: 'read',
    method: 'GET',
    path: `${requestsPath(kind, sessionId)}/${segment(requestId)}`,
    scopes: [scopes.restoreRead],
    toValue: body => toWrapped(body, value => toRequest(value, kind), requestId),
  };
}

/**
 * Adds the request to a session that was created empty. (sharepointrestoresession-post-siterestoreartifactsbulkadditionrequests and its
 * siblings) A session takes one: after an unknown outcome list the session's requests; where one stands, it is done.
 *
 * @throws GraphError `clientInvalidRequest` for no unit or more than 10,000
 */
export function createBulkRestoreRequest(
  kind: UnitKind,
  sessionId: string,
  units: UnitsToRestore,
): WriteRequest<FetchedBulkRestoreRequest> {
  const { name, addresses = [], ownerKeys = [], preference, destinationType, startDateTime, endDateTime } = units;
  const entries = addresses.length + ownerKeys.length;
  if (entries === 0 || entries > ENTRIES_A_REQUEST) {
    throw toClientFault(
      clientFaults.invalidRequest,
      `A bulk restore request takes 1 to ${ENTRIES_A_REQUEST} units, not ${entries}.`,
    );
  }
  return {
    effect: 'write',
    afterUnknown: 'search',
    method: 'POST',
    path: requestsPath(kind, sessionId),
    body: {
      displayName: name,
      ...(addresses.length === 0 ? {} : { [bulkLists[kind].addresses]: addresses }),
      ...(ownerKeys.length === 0 ? {} : { [bulkLists[kind].keys]: ownerKeys }),
      protectionTimePeriod: withoutUndefined({ startDateTime: startDateTime ?? FLOOR_TEXT, endDateTime }),
      restorePointPreference: preference,
      ...(units.fastOnly === true ? { tags: 'fastRestore' } : {}),
      destinationType,
    },
    scopes: [scopes.restoreReadWrite],
    toValue: body => toWrapped(body, value => toRequest(value, kind)),
  };
}

/** Deletes an ended request. (siterestoreartifactsbulkadditionrequest-delete and its siblings) After an unknown outcome fetch it: 404 says that it is done. */
export function deleteBulkRestoreRequest(kind: UnitKind, sessionId: string, requestId: string): WriteRequest<void> {
  return {
    effect: 'write',
    afterUnknown: 'read',
    method: 'DELETE',
    path: `${requestsPath(kind, sessionId)}/${segment(requestId)}`,
    scopes: [scopes.restoreReadWrite],
    toValue: () => undefined,
  };
}
