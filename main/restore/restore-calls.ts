import type { RestorePointId, TenantId, UnitId, UnitKind } from '../../shared/domain/protection-unit.ts';
import {
  type Answer,
  type ArtifactToRestore,
  type FetchedArtifact,
  type FetchedSession,
  fetchPointRequest,
  type GraphClient,
  GraphError,
  itemsOf,
  type Page,
  type SessionChange,
  type SessionChangeResult,
} from '../graph/index.ts';

/** For one call: how to end it early. */
interface Options {
  readonly signal?: AbortSignal;
}

/**
 * What restores ask of the service. Everything throws `GraphError` with an `outcome` that says what surely happened; a write
 * whose outcome is unknown is never repeated below this line.
 */
export interface RestoreCalls {
  listSessions(tenantId: TenantId, options?: Options): AsyncIterable<FetchedSession>;
  getSession(tenantId: TenantId, sessionId: string, options?: Options): Promise<Answer<FetchedSession>>;
  listArtifacts(
    tenantId: TenantId,
    kind: UnitKind,
    sessionId: string,
    options?: Options,
  ): AsyncIterable<Answer<Page<FetchedArtifact>>>;
  createSession(
    tenantId: TenantId,
    kind: UnitKind,
    artifacts: readonly ArtifactToRestore[],
    options?: Options,
  ): Promise<Answer<FetchedSession>>;
  updateSession(
    tenantId: TenantId,
    kind: UnitKind,
    sessionId: string,
    change: SessionChange,
    options?: Options,
  ): Promise<Answer<SessionChangeResult>>;
  activateSession(tenantId: TenantId, sessionId: string, options?: Options): Promise<Answer<FetchedSession>>;
  deleteSession(tenantId: TenantId, sessionId: string, options?: Options): Promise<Answer<void>>;
  /** Whether the service still knows the point. */
  pointExists(tenantId: TenantId, restorePointId: string, options?: Options): Promise<boolean>;
  /** The unit of each point, by asking for the points themselves, twenty a round trip. What the service does not tell is left out. */
  unitsOfPoints(
    tenantId: TenantId,
    restorePointIds: readonly RestorePointId[],
    options?: Options,
  ): Promise<ReadonlyMap<RestorePointId, UnitId>>;
}

/** The calls over the Graph client. */
export function createRestoreCalls(graph: GraphClient): RestoreCalls {
  return {
    listSessions: (tenantId, options) => itemsOf(graph.forTenant(tenantId).restoreSessions.list(options)),
    getSession: (tenantId, sessionId, options) =>
      graph.forTenant(tenantId).restoreSessions.fetch(sessionId, undefined, options),
    listArtifacts: (tenantId, kind, sessionId, options) =>
      graph.forTenant(tenantId).restoreSessions.listArtifacts(kind, sessionId, options),
    createSession: (tenantId, kind, artifacts, options) =>
      graph.forTenant(tenantId).restoreSessions.create(kind, artifacts, options),
    updateSession: (tenantId, kind, sessionId, change, options) =>
      graph.forTenant(tenantId).restoreSessions.update(kind, sessionId, change, options),
    activateSession: (tenantId, sessionId, options) =>
      graph.forTenant(tenantId).restoreSessions.activate(sessionId, undefined, options),
    deleteSession: (tenantId, sessionId, options) =>
      graph.forTenant(tenantId).restoreSessions.delete(sessionId, options),
    pointExists: async (tenantId, restorePointId, options) => {
      try {
        await graph.forTenant(tenantId).restorePoints.fetch(restorePointId, options);
        return true;
      } catch (error) {
        if (error instanceof GraphError && (error.status === 404 || error.status === 400)) return false;
        throw error;
      }
    },
    unitsOfPoints: async (tenantId, restorePointIds, options) => {
      const requests = restorePointIds.map(id => fetchPointRequest(id, { withUnit: true }));
      const parts = await graph.forTenant(tenantId).batch(requests, options);
      return new Map(
        parts.flatMap((part, index) => {
          const restorePointId = restorePointIds[index];
          const unitId = part.ok ? part.answer.value.unitId : undefined;
          return restorePointId === undefined || unitId === undefined ? [] : [[restorePointId, unitId] as const];
        }),
      );
    },
  };
}
