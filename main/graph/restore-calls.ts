import type { RestorePointId, UnitKind } from '../../shared/domain/protection-unit.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import * as browse from './browse-sessions.ts';
import * as browsing from './browsing.ts';
import * as bulk from './bulk-restore-requests.ts';
import type { Calls } from './calls.ts';
import type { FileKind } from './collections.ts';
import * as granular from './granular-sessions.ts';
import type { CallOptions } from './graph-request.ts';
import { itemsOf } from './paging.ts';
import * as points from './restore-points.ts';
import * as sessions from './restore-sessions.ts';
import { settleCreate, settleDelete } from './settle.ts';

/** What can be restored, and what is being restored. */
export function restoreCalls({ run, pages }: Calls) {
  const fetchSession = async (sessionId: string, kind?: UnitKind, options?: CallOptions) =>
    run(() => sessions.fetchSessionRequest(sessionId, kind), options);
  const listBulk = (kind: UnitKind, sessionId: string, options?: CallOptions) =>
    pages(() => bulk.listBulkRestoresRequest(kind, sessionId), options);
  const fetchBulk = async (kind: UnitKind, sessionId: string, requestId: string, options?: CallOptions) =>
    run(() => bulk.fetchBulkRestoreRequest(kind, sessionId, requestId), options);

  return {
    restorePoints: {
      /** The first page alone: five points at most, by the documentation. */
      list: async (question: points.PointList, options?: CallOptions) =>
        run(() => points.listPointsRequest(question), options),
      /** One point; refused with 404 once it is gone. */
      fetch: async (restorePointId: RestorePointId, options?: CallOptions) =>
        run(() => points.fetchPointRequest(restorePointId), options),
      /** The unit of one point. */
      fetchUnit: async (restorePointId: RestorePointId, kind: UnitKind, options?: CallOptions) =>
        run(() => points.fetchPointUnitRequest(restorePointId, kind), options),
      search: async (question: points.PointSearch, options?: CallOptions) =>
        run(() => points.searchPointsRequest(question), options),
    },
    restoreSessions: {
      list: (options?: CallOptions) => pages(sessions.listSessionsRequest, options),
      listOfKind: (kind: UnitKind, options?: CallOptions) =>
        pages(() => sessions.listSessionsOfKindRequest(kind), options),
      fetch: fetchSession,
      fetchOfKind: async (kind: UnitKind, sessionId: string, options?: CallOptions) =>
        run(() => sessions.fetchSessionOfKindRequest(kind, sessionId), options),
      fetchArtifact: async (kind: UnitKind, sessionId: string, artifactId: string, options?: CallOptions) =>
        run(() => sessions.fetchArtifactRequest(kind, sessionId, artifactId), options),
      fetchPointOfArtifact: async (kind: UnitKind, sessionId: string, artifactId: string, options?: CallOptions) =>
        run(() => sessions.fetchArtifactPointRequest(kind, sessionId, artifactId), options),
      fetchItemArtifact: async (kind: FileKind, sessionId: string, artifactId: string, options?: CallOptions) =>
        run(() => granular.fetchItemArtifactRequest(kind, sessionId, artifactId), options),
      fetchMailArtifact: async (sessionId: string, artifactId: string, options?: CallOptions) =>
        run(() => granular.fetchMailArtifactRequest(sessionId, artifactId), options),
      listArtifacts: (kind: UnitKind, sessionId: string, options?: CallOptions) =>
        pages(() => sessions.listArtifactsRequest(kind, sessionId), options),
      listItemArtifacts: (kind: FileKind, sessionId: string, options?: CallOptions) =>
        pages(() => granular.listItemArtifactsRequest(kind, sessionId), options),
      listMailArtifacts: (sessionId: string, options?: CallOptions) =>
        pages(() => granular.listMailArtifactsRequest(sessionId), options),
      create: async (kind: UnitKind, artifacts: readonly sessions.ArtifactToRestore[], options?: CallOptions) =>
        run(() => sessions.createSessionRequest(kind, artifacts), options),
      /** For a bulk restore request. */
      createEmpty: async (kind: UnitKind, options?: CallOptions) =>
        run(() => sessions.createEmptySessionRequest(kind), options),
      /** Of files and folders. */
      createOfItems: async (kind: FileKind, items: readonly granular.ItemToRestore[], options?: CallOptions) =>
        run(() => granular.createItemsSessionRequest(kind, items), options),
      /** Of mail searches. */
      createOfMail: async (searches: readonly granular.MailToRestore[], options?: CallOptions) =>
        run(() => granular.createMailSessionRequest(searches), options),
      update: async (kind: UnitKind, sessionId: string, change: sessions.SessionChange, options?: CallOptions) =>
        run(() => sessions.updateSessionRequest(kind, sessionId, change), options),
      updateItems: async (kind: FileKind, sessionId: string, change: granular.ItemsChange, options?: CallOptions) =>
        run(() => granular.updateItemsSessionRequest(kind, sessionId, change), options),
      activate: async (sessionId: string, kind?: UnitKind, options?: CallOptions) =>
        run(() => sessions.activateSessionRequest(sessionId, kind), options),
      delete: async (sessionId: string, options?: CallOptions) =>
        run(() => sessions.deleteSessionRequest(sessionId), options),
      /** After `delete` with an unknown outcome. */
      settleDelete: async (sessionId: string, options?: CallOptions) =>
        settleDelete(async () => fetchSession(sessionId, undefined, options)),
    },
    bulkRestoreRequests: {
      list: listBulk,
      fetch: fetchBulk,
      create: async (kind: UnitKind, sessionId: string, units: bulk.UnitsToRestore, options?: CallOptions) =>
        run(() => bulk.createBulkRestoreRequest(kind, sessionId, units), options),
      delete: async (kind: UnitKind, sessionId: string, requestId: string, options?: CallOptions) =>
        run(() => bulk.deleteBulkRestoreRequest(kind, sessionId, requestId), options),
      /** After `create` with an unknown outcome. `since`: service time just before it was sent. */
      settleCreate: async (kind: UnitKind, sessionId: string, name: string, since: UtcSeconds, options?: CallOptions) =>
        settleCreate(itemsOf(listBulk(kind, sessionId, options)), since, request => request.name === name),
      /** After `delete` with an unknown outcome. */
      settleDelete: async (kind: UnitKind, sessionId: string, requestId: string, options?: CallOptions) =>
        settleDelete(async () => fetchBulk(kind, sessionId, requestId, options)),
    },
    browseSessions: {
      list: (options?: CallOptions) => pages(browse.listBrowseSessionsRequest, options),
      listOfKind: (kind: FileKind, options?: CallOptions) =>
        pages(() => browse.listBrowseSessionsOfKindRequest(kind), options),
      fetch: async (sessionId: string, kind?: FileKind, options?: CallOptions) =>
        run(() => browse.fetchBrowseSessionRequest(sessionId, kind), options),
      create: async (kind: FileKind, restorePointId: RestorePointId, options?: CallOptions) =>
        run(() => browse.createBrowseSessionRequest(kind, restorePointId), options),
      /** All pages of one place, or with `after` (a page's `nextLink`) those that follow it. */
      browse: (
        kind: FileKind | undefined,
        sessionId: string,
        query?: browsing.BrowseQuery,
        options?: CallOptions & { readonly after?: string },
      ) => pages(() => browsing.browseRequest(kind, sessionId, query), options),
    },
  };
}
