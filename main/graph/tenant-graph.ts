import type { TenantId } from '../../shared/domain/protection-unit.ts';
import { type BatchPart, runBatch } from './batch.ts';
import { callsOf, type Pages } from './calls.ts';
import * as directory from './directory.ts';
import * as directoryLists from './directory-lists.ts';
import * as directorySearch from './directory-search.ts';
import type { CallOptions, ReadRequest } from './graph-request.ts';
import type { Page } from './page.ts';
import { pagesOf } from './paging.ts';
import { protectionCalls } from './protection-calls.ts';
import type { RequestRunner } from './request-runner.ts';
import { restoreCalls } from './restore-calls.ts';
import { serviceCalls } from './service-calls.ts';

/**
 * Graph as one tenant's: every call here asks with a token that was checked to be this tenant's. Grouped as Graph groups its endpoints.
 * Every call throws `GraphError` and nothing else.
 */
export type TenantGraph = ReturnType<typeof createTenantGraph>;

export function createTenantGraph(runner: RequestRunner, tenantId: TenantId) {
  const calls = callsOf(runner, tenantId);
  const read = async <T>(request: ReadRequest<T>, options?: CallOptions) => runner.run(tenantId, request, options);
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
    directory: {
      /** The first of the users, groups or sites that answer to what was typed; `nextLink` says that there are more. */
      searchUsers: async (typed: string, options?: CallOptions) =>
        read(directorySearch.searchUsersRequest(typed), options),
      searchGroups: async (typed: string, options?: CallOptions) =>
        read(directorySearch.searchGroupsRequest(typed), options),
      searchSites: async (typed: string, options?: CallOptions) =>
        read(directorySearch.searchSitesRequest(typed), options),
      listUsers: (options?: CallOptions) => pages(directoryLists.listUsersRequest(), options),
      listSites: (options?: CallOptions) => pages(directoryLists.listSitesRequest(), options),
    },
    delegatedAdminCustomers: {
      list: (options?: CallOptions) => pages(directory.listCustomersRequest(), options),
    },
    ...serviceCalls(calls),
    ...protectionCalls(calls),
    ...restoreCalls(calls),
  };
}
