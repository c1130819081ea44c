import type { TenantId } from '../../shared/domain/protection-unit.ts';
import type { Answer } from './answer.ts';
import { clientFaults, GraphError, ofTenant, toClientFault } from './graph-error.ts';
import type { CallOptions, ReadRequest } from './graph-request.ts';
import type { Page } from './page.ts';
import type { RequestRunner } from './request-runner.ts';

/**
 * The pages of a collection, each asked for when the one before was taken: a consumer that stops asking stops the requests.
 *
 * @param after the next link of a page that is already there: only what follows it
 */
export async function* pagesOf<T>(
  runner: RequestRunner,
  tenantId: TenantId,
  request: ReadRequest<Page<T>>,
  options: CallOptions & { readonly after?: string } = {},
): AsyncGenerator<Answer<Page<T>>, void, undefined> {
  let address = runner.root.toAddress(request.path);
  let next = options.after;
  const seen = new Set(next === undefined ? [address.href] : []);
  let hasMore = true;
  while (hasMore) {
    if (next !== undefined) {
      address = followLink(runner, tenantId, next, address);
      if (seen.has(address.href)) {
        const fault = 'The list leads back to a page that was already read. It was read no further.';
        throw ofTenant(tenantId, toClientFault(clientFaults.pagingLoop, fault));
      }
      seen.add(address.href);
    }
    const answer = await runner.run(tenantId, next === undefined ? request : followUp(request), {
      ...options,
      address,
    });
    yield answer;
    next = answer.value.nextLink;
    hasMore = next !== undefined;
  }
}

/** A next link is followed by GET, even where the first page was asked for by POST, as browsing does. */
function followUp<T>({ body: _body, ...request }: ReadRequest<T>): ReadRequest<T> {
  return { ...request, method: 'GET' };
}

function followLink(runner: RequestRunner, tenantId: TenantId, link: string, from: URL): URL {
  try {
    return runner.root.followLink(link, from);
  } catch (error) {
    throw error instanceof GraphError ? ofTenant(tenantId, error) : error;
  }
}

/** The members of all pages, one by one. */
export async function* itemsOf<T>(pages: AsyncIterable<Answer<Page<T>>>): AsyncGenerator<T, void, undefined> {
  for await (const page of pages) yield* page.value.items;
}
