import type { RestorePointId, TenantId, UnitId, UnitKind } from '../../shared/domain/protection-unit.ts';
import type { Answer } from './answer.ts';
import { type BatchPart, runBatch } from './batch.ts';
import * as directory from './directory.ts';
import type { CallOptions, ReadRequest, WriteRequest } from './graph-request.ts';
import type { Page } from './page.ts';
import { pagesOf } from './paging.ts';
import * as policies from './policies.ts';
import type { RequestRunner } from './request-runner.ts';
import type { FetchedArtifact } from './restore-artifacts.ts';
import * as points from './restore-points.ts';
import * as sessions from './restore-sessions.ts';
import * as service from './service.ts';
import * as units from './units.ts';

/** Pages of a collection, fetched as they are taken. */
export type Pages<T> = AsyncGenerator<Answer<Page<T>>, void, undefined>;

/**
 * Graph as one tenant's: every call here asks with a token that was checked to be this tenant's. Grouped as Graph groups its endpoints.
 * Every call throws `GraphError` and nothing else.
 */
export type TenantGraph = ReturnType<typeof createTenantGraph>;

export function createTenantGraph(runner: RequestRunner, tenantId: TenantId) {
  const read = async <T>(request: ReadRequest<T>, options?: CallOptions) => runner.run(tenantId, request, options);
  const write = async <T>(request: WriteRequest<T>, options?: CallOptions) => runner.run(tenantId, request, options);
  const pages = <T>(request: ReadRequest<Page<T>>, options?: CallOptions & { readonly after?: string }): Pages<T> =>
    pagesOf(runner, tenantId, request, options);

  return {
    tenantId,

    /** Asks one question, as the `…Request` functions describe it. */
    read,
    /** Asks many independent questions, twenty a round trip, each answered or failed for itself, in the order asked. */
    batch: async <T>(requests: readonly ReadRequest<T>[], options?: CallOptions): Promise<readonly BatchPart<T>[]> =>
      runBatch(runner, tenantId, requests, options),
    /** All pages of a collection, or with `after` (a page's `nextLink`) those that follow it. */
    pages,

    organization: {
      fetch: async (options?: CallOptions) => read(directory.fetchOrganizationRequest(), options),
    },
    me: {
      fetch: async (options?: CallOptions) => read(directory.fetchMeRequest(), options),
    },
    delegatedAdminCustomers: {
      list: (options?: CallOptions) => pages(directory.listCustomersRequest(), options),
    },
    service: {
      fetchStatus: async (options?: CallOptions) => read(service.fetchServiceStatusRequest(), options),
      listApps: (options?: CallOptions) => pages(service.listServiceAppsRequest(), options),
      fetchApp: async (serviceAppId: string, options?: CallOptions) =>
        read(service.fetchServiceAppRequest(serviceAppId), options),
    },
    policies: {
      list: (options?: CallOptions) => pages(policies.listPoliciesRequest(), options),
      fetch: async (policyId: string, options?: CallOptions) => read(policies.fetchPolicyRequest(policyId), options),
    },
    units: {
      list: (kind: UnitKind, options?: CallOptions) => pages(units.listUnitsRequest(kind), options),
      listOfPolicy: async function* (
        kind: UnitKind,
        policyId: string,
        options?: CallOptions,
      ): Pages<units.FetchedUnit> {
        yield* pages(units.listPolicyUnitsRequest(kind, policyId), options);
      },
      fetch: async (unitId: UnitId, kind: UnitKind, options?: CallOptions) =>
        read(units.fetchUnitRequest(unitId, kind), options),
    },
    restorePoints: {
      /** The first page alone: five points at most, by the documentation. */
      list: async (question: points.PointList, options?: CallOptions) =>
        read(points.listPointsRequest(question), options),
      /** One point; refused with 404 once it is gone. */
      fetch: async (restorePointId: RestorePointId, options?: CallOptions) =>
        read(points.fetchPointRequest(restorePointId), options),
      search: async (question: points.PointSearch, options?: CallOptions) =>
        read(points.searchPointsRequest(question), options),
    },
    restoreSessions: {
      list: (options?: CallOptions) => pages(sessions.listSessionsRequest(), options),
      fetch: async (sessionId: string, kind?: UnitKind, options?: CallOptions) =>
        read(sessions.fetchSessionRequest(sessionId, kind), options),
      listArtifacts: async function* (
        kind: UnitKind,
        sessionId: string,
        options?: CallOptions,
      ): Pages<FetchedArtifact> {
        yield* pages(sessions.listArtifactsRequest(kind, sessionId), options);
      },
      create: async (kind: UnitKind, artifacts: readonly sessions.ArtifactToRestore[], options?: CallOptions) =>
        write(sessions.createSessionRequest(kind, artifacts), options),
      update: async (kind: UnitKind, sessionId: string, change: sessions.SessionChange, options?: CallOptions) =>
        write(sessions.updateSessionRequest(kind, sessionId, change), options),
      activate: async (sessionId: string, kind?: UnitKind, options?: CallOptions) =>
        write(sessions.activateSessionRequest(sessionId, kind), options),
      delete: async (sessionId: string, options?: CallOptions) =>
        write(sessions.deleteSessionRequest(sessionId), options),
    },
  };
}
