import type { RestorePointId, UnitKind } from '../../shared/domain/protection-unit.ts';
import { restoreLimits } from '../../shared/domain/restore-session.ts';
import { artifactCollections, sessionCollections } from './collections.ts';
import { type DeltaFailure, toDeltaResult } from './delta-result.ts';
import { asObject, findProperty, type GraphObject } from './fields.ts';
import { clientFaults, toClientFault } from './graph-error.ts';
import type { ReadRequest, WriteRequest } from './graph-request.ts';
import { type Page, toPage } from './page.ts';
import { ROOT, segment } from './paths.ts';
import { type DestinationType, type FetchedArtifact, toArtifact } from './restore-artifacts.ts';
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

/** What became of a change, item by item; order and number may differ from what was asked, so read the draft back. */
export interface SessionChangeResult {
  readonly artifacts: readonly FetchedArtifact[];
  readonly removedIds: readonly string[];
  readonly failures: readonly DeltaFailure[];
  readonly unreadable: readonly unknown[];
  readonly graph: GraphObject;
}

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

/** The artifacts of a session, each with its status, its error, and where it went. (sharepointrestoresession-list-siterestoreartifacts and its siblings) */
export function listArtifactsRequest(kind: UnitKind, sessionId: string): ReadRequest<Page<FetchedArtifact>> {
  return {
    effect: 'read',
    method: 'GET',
    path: `${ROOT}/${sessionCollections[kind]}/${segment(sessionId)}/${artifactCollections[kind]}`,
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
  checkArtifacts(artifacts, artifacts.length);
  return {
    effect: 'write',
    method: 'POST',
    path: `${ROOT}/${sessionCollections[kind]}`,
    body: { [artifactCollections[kind]]: artifacts.map(toBody) },
    scopes: [scopes.restoreReadWrite],
    toValue: body => toSession(body, kind),
  };
}

/**
 * Creates an empty draft, for one bulk restore request. Not idempotent: after an unknown outcome look for the empty draft; left behind,
 * it restores nothing.
 */
export function createEmptySessionRequest(kind: UnitKind): WriteRequest<FetchedSession> {
  return {
    effect: 'write',
    method: 'POST',
    path: `${ROOT}/${sessionCollections[kind]}`,
    body: {},
    scopes: [scopes.restoreReadWrite],
    toValue: body => toSession(body, kind),
  };
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
  change: SessionChange,
): WriteRequest<SessionChangeResult> {
  const { add = [], remove = [] } = change;
  checkArtifacts(add, add.length + remove.length);
  const delta = `${artifactCollections[kind]}@delta`;
  return {
    effect: 'write',
    method: 'PATCH',
    path: `${ROOT}/${sessionCollections[kind]}/${segment(sessionId)}`,
    body: { [delta]: [...add.map(toBody), ...remove.map(id => ({ '@removed': { reason: 'changed' }, id }))] },
    scopes: [scopes.restoreReadWrite],
    toValue: body => {
      const graph = asObject(body, 'the change');
      const { items, ...rest } = toDeltaResult(findProperty(graph, delta, artifactCollections[kind]), toArtifact);
      return { artifacts: items, ...rest, graph };
    },
  };
}

/**
 * Starts the restore; there is no way back. (restoresessionbase-activate) A session that has left `draft`
 * refuses it: after an unknown outcome read its status; any but `draft` says that it is done.
 */
export function activateSessionRequest(sessionId: string, kind?: UnitKind): WriteRequest<FetchedSession> {
  return {
    effect: 'write',
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

function checkArtifacts(added: readonly ArtifactToRestore[], changes: number): void {
  if (changes === 0 || changes > restoreLimits.artifactsPerRequest) {
    throw toClientFault(
      clientFaults.invalidRequest,
      `A request takes 1 to ${restoreLimits.artifactsPerRequest} artifacts, not ${changes}.`,
    );
  }
  if (new Set(added.map(artifact => artifact.destinationType)).size > 1) {
    throw toClientFault(clientFaults.invalidRequest, 'A restore session takes one destination type, not two.');
  }
}
