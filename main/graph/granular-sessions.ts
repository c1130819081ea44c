import type { RestorePointId } from '../../shared/domain/protection-unit.ts';
import { type FileKind, granularCollections } from './collections.ts';
import {
  changeDraftRequest,
  checkCount,
  checkDestination,
  createDraftRequest,
  type DraftChangeResult,
  sessionPath,
} from './draft-requests.ts';
import { type FetchedGranularArtifact, toGranularArtifact } from './granular-artifacts.ts';
import type { ReadRequest, WriteRequest } from './graph-request.ts';
import { type Page, toPage } from './page.ts';
import { segment } from './paths.ts';
import { type DestinationType, type FetchedArtifact, toArtifact } from './restore-artifacts.ts';
import { scopes } from './scopes.ts';
import type { FetchedSession } from './session-entity.ts';

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
export type ItemsChangeResult = DraftChangeResult<FetchedGranularArtifact>;

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
  return createDraftRequest(kind, { [granularCollections[kind]]: items.map(toBody) });
}

/**
 * Creates a draft that restores the hits of mail searches. (backuprestoreroot-post-exchangerestoresessions) Not idempotent: after an
 * unknown outcome look for the draft.
 *
 * @throws GraphError `clientInvalidRequest` for no search, more than fifty, or two destination types
 */
export function createMailSessionRequest(searches: readonly MailToRestore[]): WriteRequest<FetchedSession> {
  checkCount(searches.length);
  checkDestination(searches);
  return createDraftRequest('mailbox', {
    [granularCollections.mailbox]: searches.map(({ restorePointId, searchResponseId, destinationType }) => ({
      restorePoint: { id: restorePointId },
      searchResponseId,
      destinationType,
    })),
  });
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
  const change = { add: add.map(toBody), remove };
  return changeDraftRequest(kind, sessionId, granularCollections[kind], change, toGranularArtifact);
}

/** The files and folders of a session, each with its status and where it went. (sharepointrestoresession-list-granularsiterestoreartifacts and its sibling) */
export function listItemArtifactsRequest(
  kind: FileKind,
  sessionId: string,
): ReadRequest<Page<FetchedGranularArtifact>> {
  return {
    effect: 'read',
    method: 'GET',
    path: `${sessionPath(kind, sessionId)}/${granularCollections[kind]}`,
    scopes: [scopes.restoreReadWrite],
    toValue: toPage(toGranularArtifact),
  };
}

/** One file or folder of a session. (In the metadata, without a page of its own.) */
export function fetchItemArtifactRequest(
  kind: FileKind,
  sessionId: string,
  artifactId: string,
): ReadRequest<FetchedGranularArtifact> {
  return {
    effect: 'read',
    method: 'GET',
    path: `${sessionPath(kind, sessionId)}/${granularCollections[kind]}/${segment(artifactId)}`,
    scopes: [scopes.restoreReadWrite],
    toValue: toGranularArtifact,
  };
}

/** One mail search of a session. (In the metadata, without a page of its own.) */
export function fetchMailArtifactRequest(sessionId: string, artifactId: string): ReadRequest<FetchedArtifact> {
  return {
    effect: 'read',
    method: 'GET',
    path: `${sessionPath('mailbox', sessionId)}/${granularCollections.mailbox}/${segment(artifactId)}`,
    scopes: [scopes.restoreRead],
    toValue: toArtifact,
  };
}

/** The mail searches of a session. (In the metadata, without a page of its own.) */
export function listMailArtifactsRequest(sessionId: string): ReadRequest<Page<FetchedArtifact>> {
  return {
    effect: 'read',
    method: 'GET',
    path: `${sessionPath('mailbox', sessionId)}/${granularCollections.mailbox}`,
    scopes: [scopes.restoreRead],
    toValue: toPage(toArtifact),
  };
}

function toBody({ browseSessionId, itemKey }: ItemToRestore) {
  return { browseSessionId, id: itemKey };
}
