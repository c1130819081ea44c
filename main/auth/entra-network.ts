import { AuthError, type INetworkModule, type NetworkRequestOptions, type NetworkResponse } from '@azure/msal-node';
import { z } from 'zod';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import type { RealClock } from './real-clock.ts';

/** How long to wait where the service says "too many" without saying how long. */
const DEFAULT_RETRY_SECONDS = 60;

export type NetworkFailureReason = 'offline' | 'noAnswerInTime' | 'aborted' | 'notFromEntra';

/**
 * No usable answer came. An `AuthError`, because MSAL passes those through and turns all others into one that says nothing.
 * `status` is the HTTP status where something answered that wasn't the sign-in service (a proxy's page), else 0.
 */
export class NetworkFailure extends AuthError {
  readonly reason: NetworkFailureReason;
  readonly status: number;

  constructor(reason: NetworkFailureReason, status = 0) {
    super(`network_${reason}`, '', 'No usable answer from the sign-in service.');
    // AuthError's constructor sets its own prototype.
    Object.setPrototypeOf(this, new.target.prototype);
    this.name = 'NetworkFailure';
    this.reason = reason;
    this.status = status;
  }
}

const AnswerBody = z.record(z.string(), z.unknown());

export interface EntraNetworkOptions {
  readonly fetch: typeof globalThis.fetch;
  readonly clock: RealClock;
  readonly timeoutSeconds: number;
}

/**
 * MSAL's network: the host's fetch with a time-out on each request. It also remembers for each tenant until when the service
 * asked not to be asked, and answers in its place until then. Logs nothing: bodies hold tokens.
 */
export class EntraNetwork implements INetworkModule {
  readonly #fetch: typeof globalThis.fetch;
  readonly #clock: RealClock;
  readonly #timeoutSeconds: number;
  readonly #retryAt = new Map<string, UtcSeconds>();
  readonly #signals = new Map<string, AbortSignal>();

  constructor(options: EntraNetworkOptions) {
    this.#fetch = options.fetch;
    this.#clock = options.clock;
    this.#timeoutSeconds = options.timeoutSeconds;
  }

  sendGetRequestAsync<T>(url: string, options?: NetworkRequestOptions): Promise<NetworkResponse<T>> {
    return this.#send(url, 'GET', options);
  }

  sendPostRequestAsync<T>(url: string, options?: NetworkRequestOptions): Promise<NetworkResponse<T>> {
    return this.#send(url, 'POST', options);
  }

  /** Until when this tenant's endpoint (`organizations` for the one at home) wants no requests, if that is still to come. */
  retryAt(tenant: string): UtcSeconds | undefined {
    const at = this.#retryAt.get(tenant);
    return at !== undefined && at > this.#clock.now() ? at : undefined;
  }

  /** Ends requests with this correlation id when `signal` does. @returns stops doing so */
  abortWith(correlationId: string, signal: AbortSignal): () => void {
    this.#signals.set(correlationId, signal);
    return () => this.#signals.delete(correlationId);
  }

  /** Any document of the sign-in service. @throws NetworkFailure */
  async getJson(url: URL, signal?: AbortSignal): Promise<{ status: number; body: Readonly<Record<string, unknown>> }> {
    const { status, body } = await this.#exchange(url, { method: 'GET' }, signal);
    return { status, body };
  }

  async #send<T>(
    url: string,
    method: 'GET' | 'POST',
    options: NetworkRequestOptions | undefined,
  ): Promise<NetworkResponse<T>> {
    const target = new URL(url);
    const answer =
      this.#answerInPlace(target) ??
      (await this.#exchange(
        target,
        {
          method,
          ...(options?.headers && { headers: options.headers }),
          ...(options?.body !== undefined && { body: options.body }),
        },
        options?.correlationId === undefined ? undefined : this.#signals.get(options.correlationId),
      ));
    this.#remember(target, answer);
    // MSAL's error tells the body's status, and has no room for the answer's own.
    const body = isSuccess(answer.status) ? answer.body : { ...answer.body, status: answer.status };
    return { status: answer.status, headers: answer.headers, body: body as T };
  }

  #answerInPlace(url: URL): Answer | undefined {
    if (this.retryAt(tenantOf(url)) === undefined) return undefined;
    return { status: 429, headers: {}, body: { error: 'temporarily_unavailable' } };
  }

  #remember(url: URL, answer: Answer): void {
    const retryAfter = answer.headers['retry-after'];
    const tenant = tenantOf(url);
    if (isSuccess(answer.status) || this.retryAt(tenant) !== undefined) return;
    if (answer.status !== 429 && answer.status !== 503 && retryAfter === undefined) return;
    this.#retryAt.set(tenant, toRetryAt(retryAfter, this.#clock.now()));
  }

  async #exchange(url: URL, init: RequestInit, outer: AbortSignal | undefined): Promise<Answer> {
    const controller = new AbortController();
    let reason: NetworkFailureReason = 'offline';
    const end = (why: NetworkFailureReason) => {
      reason = why;
      controller.abort();
    };
    const onOuter = () => end('aborted');
    const stopTimer = this.#clock.after(this.#timeoutSeconds * 1000, () => end('noAnswerInTime'));
    outer?.addEventListener('abort', onOuter);
    if (outer?.aborted === true) onOuter();
    try {
      // No redirect is followed: the body of a token request goes to the sign-in service alone.
      const response = await this.#fetch(url, {
        ...init,
        redirect: 'manual',
        credentials: 'omit',
        cache: 'no-store',
        signal: controller.signal,
      });
      // Status 0 is how a host shows a redirect that nobody may look into.
      if (response.status === 0 || (response.status >= 300 && response.status < 400)) {
        await response.body?.cancel();
        throw new NetworkFailure('notFromEntra', response.status);
      }
      return toAnswer(response, await response.text());
    } catch (error) {
      if (error instanceof NetworkFailure) throw error;
      // The host's error may quote the address with its query; its kind is all that is needed.
      throw new NetworkFailure(reason);
    } finally {
      stopTimer();
      outer?.removeEventListener('abort', onOuter);
    }
  }
}

interface Answer {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: Readonly<Record<string, unknown>>;
}

function toAnswer(response: Response, text: string): Answer {
  const body = AnswerBody.safeParse(parseJson(text));
  // A failure that isn't worded as one would pass for a success without tokens in MSAL.
  if (!body.success || (!isSuccess(response.status) && typeof body.data['error'] !== 'string')) {
    throw new NetworkFailure('notFromEntra', response.status);
  }
  return { status: response.status, headers: Object.fromEntries(response.headers), body: body.data };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}

/** Token and authorize addresses begin with the tenant: `/{tenant}/oauth2/v2.0/token`. */
function tenantOf(url: URL): string {
  return (url.pathname.split('/')[1] ?? '').toLowerCase();
}

/** Retry-After comes as seconds or as an HTTP date. */
function toRetryAt(retryAfter: string | undefined, now: UtcSeconds): UtcSeconds {
  if (retryAfter === undefined) return now + DEFAULT_RETRY_SECONDS;
  if (/^\d+$/.test(retryAfter.trim())) return now + Number(retryAfter);
  const at = Math.ceil(Date.parse(retryAfter) / 1000);
  return Number.isFinite(at) ? at : now + DEFAULT_RETRY_SECONDS;
}
