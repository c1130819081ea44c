import { randomUUID } from 'node:crypto';
import { Client, ResponseType } from '@microsoft/microsoft-graph-client';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import type { Exchange } from './exchange.ts';
import { clientFaults, GraphError, type Outcome, toClientFault } from './graph-error.ts';
import { AuthenticationMiddleware, FetchMiddleware } from './middleware.ts';
import type { ServiceRoot } from './service-root.ts';
import type { Timing } from './timing.ts';
import type { TokenSource } from './token-source.ts';

/** An HTTP answer, read to its end, whatever its status. */
export interface HttpAnswer {
  readonly status: number;
  /** @returns the header, whatever its case */
  readonly header: (name: string) => string | null;
  readonly text: string;
  readonly clientRequestId: string;
  /** Seconds of service time, from sending to the last byte. */
  readonly roundTripSeconds: number;
  /** The host's clock when the last byte was there. */
  readonly receivedAt: UtcSeconds;
}

export interface TransportOptions {
  readonly root: ServiceRoot;
  readonly fetch: typeof globalThis.fetch;
  readonly tokens: TokenSource;
  readonly timing: Timing;
  /** How long one request may take, its answer included; real milliseconds. */
  readonly timeoutMs: number;
}

/** What goes over the wire, once. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly body?: unknown;
  /** Whether the loss of the answer leaves it open what was done. */
  readonly effect: 'read' | 'write';
}

/** Failures to connect at all, as Node's and Electron's fetch report them: not a byte of the request left. */
const NEVER_CONNECTED =
  /\b(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|UND_ERR_CONNECT_TIMEOUT|ERR_NAME_NOT_RESOLVED|ERR_CONNECTION_REFUSED|ERR_PROXY_CONNECTION_FAILED)\b/;

/**
 * Sends one request through Microsoft's Graph client and reads its answer to the end. No retry, no redirect, no reading of the body's
 * meaning here. The library's own handlers stay out of the chain: its retries repeat a POST on 504 and cut a long Retry-After short.
 */
export class Transport {
  readonly #client: Client;
  readonly #timing: Timing;
  readonly #timeoutMs: number;

  constructor({ root, fetch, tokens, timing, timeoutMs }: TransportOptions) {
    this.#client = Client.initWithMiddleware({
      baseUrl: root.origin,
      middleware: [new AuthenticationMiddleware(tokens, root), new FetchMiddleware(fetch)],
    });
    this.#timing = timing;
    this.#timeoutMs = timeoutMs;
  }

  /** @throws GraphError where no whole HTTP answer came; an answer of any status is returned */
  async send(exchange: Exchange, request: HttpRequest): Promise<HttpAnswer> {
    const clientRequestId = randomUUID();
    const ending = new AbortController();
    const done = new AbortController();
    const onAbort = () => ending.abort();
    if (exchange.signal?.aborted) onAbort();
    else exchange.signal?.addEventListener('abort', onAbort, { once: true });
    let isLate = false;
    let leftMs = 0;
    // The token source has time-outs of its own, and may wait for a person: our clock starts when the request leaves.
    exchange.onLeaving = () => {
      leftMs = this.#timing.elapsedMs();
      this.#timing.sleep(this.#timeoutMs, done.signal).then(
        () => {
          isLate = true;
          ending.abort();
        },
        () => {},
      );
    };
    try {
      const response = await endBy(ending.signal, this.#fetch(exchange, request, clientRequestId, ending.signal));
      const text = await endBy(ending.signal, response.text());
      const roundTripMs = this.#timing.elapsedMs() - leftMs;
      return {
        status: response.status,
        header: name => response.headers.get(name),
        text,
        clientRequestId,
        roundTripSeconds: (roundTripMs / 1000) * this.#timing.timeScale,
        receivedAt: this.#timing.now(),
      };
    } catch (error) {
      throw this.#toFault(error, exchange, request, clientRequestId, isLate);
    } finally {
      done.abort();
      exchange.signal?.removeEventListener('abort', onAbort);
    }
  }

  async #fetch(
    exchange: Exchange,
    request: HttpRequest,
    clientRequestId: string,
    signal: AbortSignal,
  ): Promise<Response> {
    const call = this.#client
      .api('/')
      .middlewareOptions([exchange])
      .responseType(ResponseType.RAW)
      .option('signal', signal)
      .header('Accept', 'application/json')
      .header('client-request-id', clientRequestId)
      .header('Prefer', 'include-unknown-enum-members');
    switch (request.method) {
      case 'GET':
        return await call.get();
      case 'POST':
        return await call.post(request.body);
      case 'PATCH':
        return await call.patch(request.body);
      default:
        return await call.delete();
    }
  }

  #toFault(
    error: unknown,
    exchange: Exchange,
    request: HttpRequest,
    clientRequestId: string,
    isLate: boolean,
  ): GraphError {
    const outcome: Outcome = exchange.hasLeft && request.effect === 'write' ? 'unknown' : 'nothing-done';
    if (exchange.signal?.aborted) {
      return toClientFault(clientFaults.aborted, 'The request was cancelled.', {
        outcome,
        clientRequestId,
        cause: exchange.signal.reason,
      });
    }
    if (exchange.failure instanceof GraphError) return exchange.failure;
    if (isLate) {
      return toClientFault(clientFaults.timedOut, `No whole answer came within ${this.#timeoutMs / 1000} s.`, {
        outcome,
        clientRequestId,
      });
    }
    const cause = exchange.failure ?? error;
    const reason = describe(cause);
    return toClientFault(clientFaults.networkLost, `The connection to Graph failed: ${reason}`, {
      outcome: NEVER_CONNECTED.test(reason) ? 'nothing-done' : outcome,
      clientRequestId,
      cause,
    });
  }
}

/** Ends the wait when the signal aborts, even where a host's fetch or body doesn't listen to it. */
function endBy<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(new Error('ended'));
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}

/** The error's own words, and those and the codes of its causes. */
function describe(error: unknown): string {
  const words: string[] = [];
  for (let at: unknown = error; at instanceof Error && words.length < 6; at = at.cause) {
    words.push(at.message || at.name);
    if ('code' in at && typeof at.code === 'string') words.push(at.code);
  }
  return words.join(': ') || 'unknown reason';
}
