import type { TenantId } from '../../shared/domain/protection-unit.ts';
import type { Answer } from './answer.ts';
import type { CallOptions, GraphRequest, ReadRequest } from './graph-request.ts';
import type { Page } from './page.ts';
import { pagesOf } from './paging.ts';
import type { RequestRunner } from './request-runner.ts';

/** Pages of a collection, fetched as they are taken. */
export type Pages<T> = AsyncGenerator<Answer<Page<T>>, void, undefined>;

/** Asks for one tenant. Requests come as functions, so that a refusal of the client's own comes as a rejection, like all others. */
export interface Calls {
  readonly run: <T>(toRequest: () => GraphRequest<T>, options?: CallOptions) => Promise<Answer<T>>;
  readonly pages: <T>(
    toRequest: () => ReadRequest<Page<T>>,
    options?: CallOptions & { readonly after?: string },
  ) => Pages<T>;
}

export function callsOf(runner: RequestRunner, tenantId: TenantId): Calls {
  return {
    run: async (toRequest, options) => runner.run(tenantId, toRequest(), options),
    pages: async function* <T>(
      toRequest: () => ReadRequest<Page<T>>,
      options?: CallOptions & { readonly after?: string },
    ): Pages<T> {
      yield* pagesOf(runner, tenantId, toRequest(), options);
    },
  };
}
