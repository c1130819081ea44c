import type { RestorePointId, UnitKind } from '../../shared/domain/protection-unit.ts';
import { artifactCollections, sessionCollections } from './collections.ts';
import {
  changeDraftRequest,
  checkCount,
  checkDestination,
  createDraftRequest,
  type DraftChangeResult,
  sessionPath,
} from './draft-requests.ts';
import type { ReadRequest, WriteRequest } from './graph-request.ts';
import { type Page, toPage } from './page.ts';
import { ROOT, segment } from './paths.ts';
import { type DestinationType, type FetchedArtifact, toArtifact } from './restore-artifacts.ts';
import { type FetchedPoint, toPoint } from './restore-points.ts';
import { scopes } from './scopes.ts';
import { type FetchedSession, toSession } from './session-entity.ts';

/** What to add to a session: one point to one kind of place. */
export interface ArtifactToRestore {
  readonly restorePointId: RestorePointId;
  readonly destinationType: DestinationType;
}

export interface SessionChange {
  readonly add?: readonly ArtifactToRestore[];
  /** Ids of artifacts. */
  readonly remove?: readonly string[];
}

/** What became of a change, artifact by artifact. */
export type SessionChangeResult = DraftChangeResult<FetchedArtifact>;

/** All sessions of the tenant, everybody's, of all kinds. (backuprestoreroot-list-restoresessions) */
export function listSessionsRequest(): ReadRequest<Page<FetchedSession>> {
  return {
    effect: 'read',
    method: 'GET',
    path: `${ROOT}/restoreSessions`,
    scopes: [scopes.restoreRead],
    toValue: toPage(member => toSession(member)),
  };
}

/** The sessions of one kind. (In the metadata and the permissions data, without a page of its own.) */
export function listSessionsOfKindRequest(kind: UnitKind): ReadRequest<Page<FetchedSession>> {
  return {
    effect: 'read',
    method: 'GET',
    path: `${ROOT}/${sessionCollections[kind]}`,
    scopes: [scopes.restoreRead],
    toValue: toPage(member => toSession(member, kind)),
  };
}

/** One session: its status and counts. (restoresessionbase-get) */
export function fetchSessionRequest(sessionId: string, kind?: UnitKind): ReadRequest<FetchedSession> {
  return {
    effect: 'read',
    method: 'GET',
    path: `${ROOT}/restoreSessions/${segment(sessionId)}`,
    scopes: [scopes.restoreRead],
    toValue: body => toSession(body, kind),
  };
}

/** One session, by its kind's own collection. (In the metadata and the permissions data, without a page of its own.) */
export function fetchSessionOfKindRequest(kind: UnitKind, sessionId: string): ReadRequest<FetchedSession> {
  return {
    effect: 'read',
    method: 'GET',
    path: sessionPath(kind, sessionId),
    scopes: [scopes.restoreRead],
    toValue: body => toSession(body, kind),
  };
}

/** One artifact. (In the metadata, without a page of its own.) */
export function fetchArtifactRequest(
  kind: UnitKind,
  sessionId: string,
  artifactId: string,
): ReadRequest<FetchedArtifact> {
  return {
    effect: 'read',
    method: 'GET',
    path: artifactPath(kind, sessionId, artifactId),
    scopes: [scopes.restoreRead],
    toValue: toArtifact,
  };
}

/** The point of one artifact. (In the metadata, without a page of its own.) */
export function fetchArtifactPointRequest(
  kind: UnitKind,
  sessionId: string,
  artifactId: string,
): ReadRequest<FetchedPoint> {
  return {
    effect: 'read',
    method: 'GET',
    path: `${artifactPath(kind, sessionId, artifactId)}/restorePoint`,
    scopes: [scopes.restoreRead],
    toValue: toPoint,
  };
}

function artifactPath(kind: UnitKind, sessionId: string, artifactId: string): string {
  return `${sessionPath(kind, sessionId)}/${artifactCollections[kind]}/${segment(artifactId)}`;
}

/** The artifacts of a session, each with its status, its error, and where it went. (sharepointrestoresession-list-siterestoreartifacts and its siblings) */
export function listArtifactsRequest(kind: UnitKind, sessionId: string): ReadRequest<Page<FetchedArtifact>> {
  return {
    effect: 'read',
    method: 'GET',
    path: `${sessionPath(kind, sessionId)}/${artifactCollections[kind]}`,
    scopes: [scopes.restoreRead],
    toValue: toPage(toArtifact),
  };
}

/**
 * Creates a draft; a draft restores nothing. (backuprestoreroot-post-sharepointrestoresessions and its siblings) Not idempotent: after an
 * unknown outcome look for the draft before anything else.
 *
 * @throws GraphError `clientInvalidRequest` for no artifact, more than fifty, or two destination types
 */
export function createSessionRequest(
  kind: UnitKind,
  artifacts: readonly ArtifactToRestore[],
): WriteRequest<FetchedSession> {
  checkCount(artifacts.length);
  checkDestination(artifacts);
  return createDraftRequest(kind, { [artifactCollections[kind]]: artifacts.map(toBody) });
}

/**
 * Creates an empty draft, for one bulk restore request. Not idempotent: after an unknown outcome look for the empty draft; left behind,
 * it restores nothing.
 */
export function createEmptySessionRequest(kind: UnitKind): WriteRequest<FetchedSession> {
  return createDraftRequest(kind, {});
}

/**
 * Adds artifacts to a draft, takes some out. (sharepointrestoresession-update and its siblings) Items fail one by one inside a 200.
 * After an unknown outcome list the draft's artifacts.
 *
 * @throws GraphError `clientInvalidRequest` for nothing to change, more than fifty changes, or two destination types
 */
export function updateSessionRequest(
  kind: UnitKind,
  sessionId: string,
  { add = [], remove = [] }: SessionChange,
): WriteRequest<SessionChangeResult> {
  checkCount(add.length + remove.length);
  checkDestination(add);
  return changeDraftRequest(kind, sessionId, artifactCollections[kind], { add: add.map(toBody), remove }, toArtifact);
}

/**
 * Starts the restore; there is no way back. (restoresessionbase-activate) A session that has left `draft`
 * refuses it: after an unknown outcome read its status; any but `draft` says that it is done.
 */
export function activateSessionRequest(sessionId: string, kind?: UnitKind): WriteRequest<FetchedSession> {
  return {
    effect: 'write',
    afterUnknown: 'read',
    method: 'POST',
    path: `${ROOT}/restoreSessions/${segment(sessionId)}/activate`,
    scopes: [scopes.restoreReadWrite],
    waitCodes: ['TooManyActiveRestoreSessions'],
    toValue: body => toSession(body, kind),
  };
}

/** Deletes a draft. (restoresessionbase-delete) After an unknown outcome fetch it: 404 says that it is done. */
export function deleteSessionRequest(sessionId: string): WriteRequest<void> {
  return {
    effect: 'write',
    afterUnknown: 'read',
    method: 'DELETE',
    path: `${ROOT}/restoreSessions/${segment(sessionId)}`,
    scopes: [scopes.restoreReadWrite],
    waitCodes: ['IncompleteArtifactDeletion'],
    toValue: () => undefined,
  };
}

function toBody({ restorePointId, destinationType }: ArtifactToRestore) {
  // The newer pages name the point by id; the older `@odata.id` form is read, never written.
  return { restorePoint: { id: restorePointId }, destinationType };
}
