import type { TenantId } from '../../shared/domain/protection-unit.ts';
import type { Answer } from './answer.ts';
import { type RawAnswer, readAnswer, toBody } from './answer-reading.ts';
import { Exchange } from './exchange.ts';
import { clientFaults, GraphError, hasCode, ofTenant, toClientFault } from './graph-error.ts';
import type { CallOptions, GraphRequest } from './graph-request.ts';
import { toServiceAt } from './retry-after.ts';
import { RetryCount, type RetrySettings } from './retry-policy.ts';
import type { ServiceRoot } from './service-root.ts';
import type { ThrottleGate } from './throttle-gate.ts';
import type { Timing } from './timing.ts';
import type { HttpAnswer, Transport } from './transport.ts';

export interface RunOptions extends CallOptions {
  /** Where to ask instead of the request's own path: a next link, already checked. */
  readonly address?: URL;
  /** A claims challenge that the token must meet. */
  readonly claims?: string;
  /** A token from the cache won't do. */
  readonly forceRefresh?: boolean;
}

const MAX_REDIRECTS = 5;
/** 0: a host that answers with an opaque redirect, as browsers do. */
const REDIRECTS: ReadonlySet<number> = new Set([0, 301, 302, 303, 307, 308]);

/** Carries a request through to its end: the tenant's gate, a new token where the old one was refused, retries, the reading of the answer. */
export class RequestRunner {
  readonly root: ServiceRoot;
  readonly gate: ThrottleGate;
  readonly timing: Timing;
  readonly #transport: Transport;
  readonly #retry: RetrySettings;

  constructor(parts: {
    root: ServiceRoot;
    gate: ThrottleGate;
    timing: Timing;
    transport: Transport;
    retry: RetrySettings;
  }) {
    this.root = parts.root;
    this.gate = parts.gate;
    this.timing = parts.timing;
    this.#transport = parts.transport;
    this.#retry = parts.retry;
  }

  /** A fresh count of tries, for whoever repeats parts itself. */
  countTries(): RetryCount {
    return new RetryCount(this.#retry, () => this.timing.random());
  }

  /** @throws GraphError, and nothing else but programming errors */
  async run<T>(tenantId: TenantId, request: GraphRequest<T>, options: RunOptions = {}): Promise<Answer<T>> {
    try {
      return await this.#repeat(tenantId, request, options);
    } catch (error) {
      if (!(error instanceof GraphError)) throw error;
      if (request.effect === 'write' && error.outcome === 'unknown') error.afterUnknown = request.afterUnknown;
      throw ofTenant(tenantId, error);
    }
  }

  async #repeat<T>(tenantId: TenantId, request: GraphRequest<T>, options: RunOptions): Promise<Answer<T>> {
    const tries = this.countTries();
    let { claims, forceRefresh = false } = options;
    let last: GraphError | undefined;
    for (;;) {
      await this.#waitOr(last, options.signal, this.gate.pass(tenantId, options.signal));
      try {
        return await this.#once(tenantId, request, {
          ...options,
          forceRefresh,
          ...(claims === undefined ? {} : { claims }),
        });
      } catch (error) {
        if (!(error instanceof GraphError)) throw error;
        last = error;
        const renewal = toRenewal(error, { claims, forceRefresh });
        if (renewal !== undefined) {
          ({ claims, forceRefresh } = renewal);
          continue;
        }
        const retry = tries.next(request, error);
        if (retry === undefined) throw error;
        if (retry.isThrottled) this.gate.close(tenantId, retry.waitSeconds);
        await this.#waitOr(last, options.signal, this.timing.sleep(retry.waitSeconds * 1000, options.signal));
      }
    }
  }

  /** Waits until a moment of `timing.elapsedMs()`. @throws GraphError `clientAborted` when the signal aborts */
  async sleepUntil(atMs: number, signal?: AbortSignal): Promise<void> {
    const left = atMs - this.timing.elapsedMs();
    if (left > 0) await this.#waitOr(undefined, signal, this.timing.sleep(left, signal));
  }

  async #once<T>(tenantId: TenantId, request: GraphRequest<T>, options: RunOptions): Promise<Answer<T>> {
    let address = options.address ?? this.root.toAddress(request.path);
    for (let hops = 0; ; hops++) {
      const exchange = new Exchange({
        tenantId,
        address,
        scopes: request.scopes,
        signal: options.signal,
        claims: options.claims,
        forceRefresh: options.forceRefresh ?? false,
      });
      const http = await this.#transport.send(exchange, request);
      if (!REDIRECTS.has(http.status)) return readAnswer(request, toRawAnswer(http));
      address = this.#redirect(request, http, address, hops);
    }
  }

  /** The service has no documented redirect; one of a read within Graph's own origin is harmless, any other is refused. */
  #redirect(request: GraphRequest<unknown>, http: HttpAnswer, from: URL, hops: number): URL {
    const { facts } = toRawAnswer(http);
    const location = http.header('location');
    const origin = location === null ? undefined : URL.parse(location, from.href)?.origin;
    const refused = (why: string) =>
      toClientFault(clientFaults.redirected, `Graph redirected the request ${why}. It was not followed.`, {
        status: http.status,
        outcome: request.effect === 'read' ? 'nothing-done' : 'unknown',
        clientRequestId: http.clientRequestId,
        ...(facts.requestId === undefined ? {} : { requestId: facts.requestId }),
        ...(origin === undefined ? {} : { origin }),
      });
    if (request.effect === 'write') throw refused('although it was to change something');
    if (location === null || hops >= MAX_REDIRECTS)
      throw refused(location === null ? 'without saying where to' : 'again and again');
    if (request.method !== 'GET' && http.status !== 307 && http.status !== 308)
      throw refused('in a way that drops its body');
    try {
      return this.root.followRedirect(location, from);
    } catch (error) {
      throw hasCode(error, clientFaults.foreignOrigin) ? refused('to another origin') : error;
    }
  }

  /** Waits; when the caller's signal ends the wait, says what had become of the request so far. */
  async #waitOr(last: GraphError | undefined, signal: AbortSignal | undefined, wait: Promise<void>): Promise<void> {
    try {
      await wait;
    } catch (error) {
      if (signal?.aborted !== true) throw error;
      throw toClientFault(clientFaults.aborted, 'The request was cancelled while it waited.', {
        outcome: last?.outcome === 'unknown' ? 'unknown' : 'nothing-done',
        cause: signal.reason,
      });
    }
  }
}

/** How to ask for another token after a 401, which surely did nothing: once by the challenge, once by a fresh one; then it is final. */
export function toRenewal(
  error: GraphError,
  tried: { readonly claims: string | undefined; readonly forceRefresh: boolean },
): { claims: string | undefined; forceRefresh: boolean } | undefined {
  if (error.status !== 401) return undefined;
  if (error.claims !== undefined)
    return tried.claims === undefined ? { claims: error.claims, forceRefresh: tried.forceRefresh } : undefined;
  return tried.forceRefresh || tried.claims !== undefined ? undefined : { claims: undefined, forceRefresh: true };
}

function toRawAnswer(http: HttpAnswer): RawAnswer {
  const requestId = http.header('request-id');
  const serviceAt = toServiceAt(http.header('date'));
  const contentLocation = http.header('content-location');
  return {
    header: http.header,
    facts: {
      status: http.status,
      clientRequestId: http.clientRequestId,
      roundTripSeconds: http.roundTripSeconds,
      receivedAt: http.receivedAt,
      ...(requestId === null ? {} : { requestId }),
      ...(serviceAt === undefined ? {} : { serviceAt }),
      ...(contentLocation === null ? {} : { contentLocation }),
    },
    ...toBody(http.text),
  };
}
