import { z } from 'zod';
import type { RestorePointId, ServiceError } from '../../shared/domain/protection-unit.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import { browseCollections, type FileKind } from './collections.ts';
import {
  asObject,
  type GraphObject,
  instant,
  odataType,
  ShapeError,
  text,
  toMember,
  toServiceError,
  withoutUndefined,
} from './fields.ts';
import type { ReadRequest, WriteRequest } from './graph-request.ts';
import { type Page, toPage } from './page.ts';
import { ROOT, segment } from './paths.ts';
import { scopes } from './scopes.ts';

/** Known members of `browseSessionStatus`. */
const browseStatuses = ['creating', 'created', 'failed'] as const;

const kindsByType: ReadonlyMap<string | undefined, FileKind> = new Map([
  ['sharepointbrowsesession', 'site'],
  ['onedriveforbusinessbrowsesession', 'drive'],
]);

/** A fast restore point opened for browsing; it ends by itself after some days. */
export interface BrowseSession {
  readonly id: string;
  /** Missing where the service named no type that we know. */
  readonly kind?: FileKind;
  /** A known member of `browseSessionStatus`, or the service's own word where it is a new one. */
  readonly status: string;
  readonly restorePointAt?: UtcSeconds;
  /** Taken by the create, seldom answered. */
  readonly restorePointId?: RestorePointId;
  readonly createdAt?: UtcSeconds;
  readonly expiresAt?: UtcSeconds;
  /** A decimal text: sizes of backups outgrow exact numbers. */
  readonly backupSizeInBytes?: string;
  readonly siteId?: string;
  readonly directoryObjectId?: string;
  readonly error?: ServiceError;
}
export type FetchedBrowseSession = BrowseSession & { readonly graph: GraphObject };

const sessionFields = z.object({
  id: text,
  status: text,
  restorePointDateTime: instant,
  restorePointId: text,
  createdDateTime: instant,
  expirationDateTime: instant,
  backupSizeInBytes: text,
  siteId: text,
  directoryObjectId: text,
});

function toBrowseSession(value: unknown, kind?: FileKind): FetchedBrowseSession {
  const graph = asObject(value, 'the browse session');
  const { id, status, restorePointDateTime, createdDateTime, expirationDateTime, ...rest } = sessionFields.parse(graph);
  if (id === undefined) throw new ShapeError('the browse session has no id');
  return {
    ...withoutUndefined({
      ...rest,
      kind: kindsByType.get(odataType(graph)) ?? kind,
      restorePointAt: restorePointDateTime,
      createdAt: createdDateTime,
      expiresAt: expirationDateTime,
      error: toServiceError(graph['error']),
    }),
    id,
    status: toMember(status ?? 'unknown', browseStatuses),
    graph,
  };
}

/** All browse sessions of the tenant, of both kinds. (backuprestoreroot-list-browsesessions) */
export function listBrowseSessionsRequest(): ReadRequest<Page<FetchedBrowseSession>> {
  return listRequest(`${ROOT}/browseSessions`);
}

/** The browse sessions of one kind. (backuprestoreroot-list-sharepointbrowsesessions and its sibling) */
export function listBrowseSessionsOfKindRequest(kind: FileKind): ReadRequest<Page<FetchedBrowseSession>> {
  return listRequest(`${ROOT}/${browseCollections[kind]}`, kind);
}

function listRequest(path: string, kind?: FileKind): ReadRequest<Page<FetchedBrowseSession>> {
  return {
    effect: 'read',
    method: 'GET',
    path,
    scopes: [scopes.restoreReadWrite],
    toValue: toPage(member => toBrowseSession(member, kind)),
  };
}

/** The address of a browse session, in the collection of its kind or of both. */
export function browseSessionPath(sessionId: string, kind?: FileKind): string {
  return `${ROOT}/${kind === undefined ? 'browseSessions' : browseCollections[kind]}/${segment(sessionId)}`;
}

/** One browse session: poll it until it is `created`. (sharepointbrowsesession-get and its sibling) */
export function fetchBrowseSessionRequest(sessionId: string, kind?: FileKind): ReadRequest<FetchedBrowseSession> {
  return {
    effect: 'read',
    method: 'GET',
    path: browseSessionPath(sessionId, kind),
    scopes: [scopes.restoreReadWrite],
    toValue: body => toBrowseSession(body, kind),
  };
}

/**
 * Opens a fast point for browsing. (backuprestoreroot-post-sharepointbrowsesessions and its sibling) It changes nothing in the tenant and
 * ends by itself: after an unknown outcome list the browse sessions and take the newest of this point's moment, or open another.
 */
export function createBrowseSessionRequest(
  kind: FileKind,
  restorePointId: RestorePointId,
): WriteRequest<FetchedBrowseSession> {
  return {
    effect: 'write',
    afterUnknown: 'search',
    method: 'POST',
    path: `${ROOT}/${browseCollections[kind]}`,
    body: { restorePointId },
    scopes: [scopes.restoreReadWrite],
    toValue: body => toBrowseSession(body, kind),
  };
}
