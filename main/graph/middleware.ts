import type { Context, Middleware } from '@microsoft/microsoft-graph-client';
import { Exchange } from './exchange.ts';
import { clientFaults, toClientFault } from './graph-error.ts';
import type { ServiceRoot } from './service-root.ts';
import { checkTokenTenant } from './token-tenant.ts';
import type { TokenSource } from './token-source.ts';

function exchangeOf(context: Context): Exchange {
  const exchange = context.middlewareControl?.getMiddlewareOptions(Exchange);
  if (!(exchange instanceof Exchange)) throw new TypeError('a request without its exchange');
  return exchange;
}

/**
 * Puts the token on, after it was compared with the tenant meant. The library's own handler decides by https hosts, so that an
 * emulator on http would get no token, and compares no tenant.
 */
export class AuthenticationMiddleware implements Middleware {
  readonly #tokens: TokenSource;
  readonly #root: ServiceRoot;
  #next: Middleware | undefined;

  constructor(tokens: TokenSource, root: ServiceRoot) {
    this.#tokens = tokens;
    this.#root = root;
  }

  setNext(next: Middleware): void {
    this.#next = next;
  }

  async execute(context: Context): Promise<void> {
    const exchange = exchangeOf(context);
    try {
      // The library rewrites the query and takes apart only https addresses: the exact address is put back here.
      context.request = exchange.address.href;
      if (!this.#root.isOwn(exchange.address)) {
        throw toClientFault(
          clientFaults.foreignOrigin,
          `${exchange.address.origin} is not the configured Graph. Nothing was sent.`,
          { origin: exchange.address.origin },
        );
      }
      const token = await this.#token(exchange);
      context.options = {
        ...context.options,
        headers: { ...plain(context.options?.headers), Authorization: `Bearer ${token}` },
      };
      await this.#next?.execute(context);
    } catch (error) {
      exchange.failure = error;
      throw error;
    }
  }

  async #token({ tenantId, scopes, claims, forceRefresh, signal }: Exchange): Promise<string> {
    let issued;
    try {
      issued = await this.#tokens.accessToken(tenantId, scopes, {
        ...(claims === undefined ? {} : { claims }),
        ...(forceRefresh ? { forceRefresh } : {}),
        ...(signal === undefined ? {} : { signal }),
      });
    } catch (cause) {
      throw toClientFault(
        clientFaults.tokenUnavailable,
        `No token for tenant ${tenantId} could be had. Nothing was sent.`,
        {
          cause,
          ...(claims === undefined ? {} : { claims }),
        },
      );
    }
    checkTokenTenant(tenantId, issued);
    return issued.token;
  }
}

/** The last of the chain: the host's own `fetch`, which follows no redirect, since a followed one could carry the token away. */
export class FetchMiddleware implements Middleware {
  readonly #fetch: typeof globalThis.fetch;

  constructor(fetch: typeof globalThis.fetch) {
    this.#fetch = fetch;
  }

  async execute(context: Context): Promise<void> {
    const exchange = exchangeOf(context);
    // A token may come after the caller has given up and was told that nothing was done: then nothing may be.
    context.options?.signal?.throwIfAborted();
    exchange.hasLeft = true;
    exchange.onLeaving();
    // Called as a bare function: some hosts' fetch refuses to be a method of something else.
    const fetch = this.#fetch;
    // The token is all that tells who asks: a host's fetch may keep cookies, and one tenant's must not go with another's request.
    context.response = await fetch(context.request, {
      ...context.options,
      redirect: 'manual',
      credentials: 'omit',
      cache: 'no-store',
    });
  }
}

function plain(headers: unknown): Record<string, string> {
  return Object.fromEntries(new Headers(headers instanceof Object ? (headers as Record<string, string>) : {}));
}
