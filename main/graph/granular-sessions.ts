import type { RestorePointId } from '../../shared/domain/protection-unit.ts';
import { restoreLimits } from '../../shared/domain/restore-session.ts';
import { type FileKind, granularCollections, sessionCollections } from './collections.ts';
import { type DeltaFailure, toDeltaResult } from './delta-result.ts';
import { asObject, findProperty, type GraphObject } from './fields.ts';
import { type FetchedGranularArtifact, toGranularArtifact } from './granular-artifacts.ts';
import { clientFaults, toClientFault } from './graph-error.ts';
import type { ReadRequest, WriteRequest } from './graph-request.ts';
import { type Page, toPage } from './page.ts';
import { ROOT, segment } from './paths.ts';
import { type DestinationType, type FetchedArtifact, toArtifact } from './restore-artifacts.ts';
import { scopes } from './scopes.ts';
import { type FetchedSession, toSession } from './session-entity.ts';

/** A file, folder, library or site to restore, as it was found by browsing. */
export interface ItemToRestore {
  readonly browseSessionId: string;
  readonly itemKey: string;
}

/** The hits of one mail search to restore: all of them, never some. */
export interface MailToRestore {
  readonly restorePointId: RestorePointId;
  /** Of a search with a mail query. How long it lives is documented nowhere: use it at once. */
  readonly searchResponseId: string;
  readonly destinationType: DestinationType;
}

export interface ItemsChange {
  readonly add?: readonly ItemToRestore[];
  /** Ids of granular artifacts. */
  readonly remove?: readonly string[];
}

/** What became of a change, item by item. */
export interface ItemsChangeResult {
  readonly artifacts: readonly FetchedGranularArtifact[];
  readonly removedIds: readonly string[];
  readonly failures: readonly DeltaFailure[];
  readonly unreadable: readonly unknown[];
  readonly graph: GraphObject;
}

/**
 * Creates a draft that restores files and folders into one new folder; no other destination can be chosen.
 * (backuprestoreroot-post-sharepointrestoresessions and its sibling) Not idempotent: after an unknown outcome look for the draft.
 *
 * @throws GraphError `clientInvalidRequest` for no item or more than fifty
 */
export function createItemsSessionRequest(
  kind: FileKind,
  items: readonly ItemToRestore[],
): WriteRequest<FetchedSession> {
  checkCount(items.length);
  return {
    effect: 'write',
    method: 'POST',
    path: `${ROOT}/${sessionCollections[kind]}`,
    body: { [granularCollections[kind]]: items.map(toBody) },
    scopes: [scopes.restoreReadWrite],
    toValue: body => toSession(body, kind),
  };
}

/**
 * Creates a draft that restores the hits of mail searches. (backuprestoreroot-post-exchangerestoresessions) Not idempotent: after an
 * unknown outcome look for the draft.
 *
 * @throws GraphError `clientInvalidRequest` for no search, more than fifty, or two destination types
 */
export function createMailSessionRequest(searches: readonly MailToRestore[]): WriteRequest<FetchedSession> {
  checkCount(searches.length);
  if (new Set(searches.map(search => search.destinationType)).size > 1) {
    throw toClientFault(clientFaults.invalidRequest, 'A restore session takes one destination type, not two.');
  }
  return {
    effect: 'write',
    method: 'POST',
    path: `${ROOT}/${sessionCollections.mailbox}`,
    body: {
      [granularCollections.mailbox]: searches.map(({ restorePointId, searchResponseId, destinationType }) => ({
        restorePoint: { id: restorePointId },
        searchResponseId,
        destinationType,
      })),
    },
    scopes: [scopes.restoreReadWrite],
    toValue: body => toSession(body, 'mailbox'),
  };
}

/**
 * Adds files and folders to a granular draft, takes some out. (sharepointrestoresession-update and its sibling) Items fail one by one
 * inside a 200. After an unknown outcome list the draft's granular artifacts.
 *
 * @throws GraphError `clientInvalidRequest` for nothing to change or more than fifty changes
 */
export function updateItemsSessionRequest(
  kind: FileKind,
  sessionId: string,
  { add = [], remove = [] }: ItemsChange,
): WriteRequest<ItemsChangeResult> {
  checkCount(add.length + remove.length);
  const delta = `${granularCollections[kind]}@delta`;
  return {
    effect: 'write',
    method: 'PATCH',
    path: `${ROOT}/${sessionCollections[kind]}/${segment(sessionId)}`,
    body: { [delta]: [...add.map(toBody), ...remove.map(id => ({ '@removed': { reason: 'changed' }, id }))] },
    scopes: [scopes.restoreReadWrite],
    toValue: body => {
      const graph = asObject(body, 'the change');
      const members = findProperty(graph, delta, granularCollections[kind]);
      const { items, ...rest } = toDeltaResult(members, toGranularArtifact);
      return { artifacts: items, ...rest, graph };
    },
  };
}

/** The files and folders of a session, each with its status and where it went. (sharepointrestoresession-list-granularsiterestoreartifacts and its sibling) */
export function listItemArtifactsRequest(
  kind: FileKind,
  sessionId: string,
): ReadRequest<Page<FetchedGranularArtifact>> {
  return {
    effect: 'read',
    method: 'GET',
    path: `${ROOT}/${sessionCollections[kind]}/${segment(sessionId)}/${granularCollections[kind]}`,
    scopes: [scopes.restoreReadWrite],
    toValue: toPage(toGranularArtifact),
  };
}

/** The mail searches of a session. (In the metadata, without a page of its own.) */
export function listMailArtifactsRequest(sessionId: string): ReadRequest<Page<FetchedArtifact>> {
  return {
    effect: 'read',
    method: 'GET',
    path: `${ROOT}/${sessionCollections.mailbox}/${segment(sessionId)}/${granularCollections.mailbox}`,
    scopes: [scopes.restoreRead],
    toValue: toPage(toArtifact),
  };
}

function toBody({ browseSessionId, itemKey }: ItemToRestore) {
  return { browseSessionId, id: itemKey };
}

function checkCount(changes: number): void {
  if (changes > 0 && changes <= restoreLimits.artifactsPerRequest) return;
  throw toClientFault(
    clientFaults.invalidRequest,
    `A request takes 1 to ${restoreLimits.artifactsPerRequest} artifacts, not ${changes}.`,
  );
}
