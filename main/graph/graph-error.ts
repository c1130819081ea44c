import type { TenantId } from '../../shared/domain/protection-unit.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import type { AfterUnknown } from './graph-request.ts';

/**
 * What became of the request:
 * - `refused`: the service read it and said no (4xx); nothing was changed.
 * - `nothing-done`: it surely changed nothing, and was not refused: a read, a throttled request, one that never left.
 * - `unknown`: it may have been carried out. The client never repeats it; the error's `afterUnknown` says how to go on.
 */
export type Outcome = 'refused' | 'nothing-done' | 'unknown';

/** Codes that the client gives itself, where there is no code of the service's. They begin with `client`, so that none is ever one of the service's. */
export const clientFaults = {
  /** No token could be had; `cause` is the token source's own error. Nothing left. */
  tokenUnavailable: 'clientTokenUnavailable',
  /** The token is another tenant's, or doesn't say whose it is. Nothing left. */
  wrongTenant: 'clientWrongTenant',
  /** A link of the service points to another origin than the configured Graph. Nothing left. */
  foreignOrigin: 'clientForeignOrigin',
  /** The service redirected to another origin, or redirected a write. The redirect was not followed. */
  redirected: 'clientRedirected',
  /** A list's next link leads back to a page that was already read. */
  pagingLoop: 'clientPagingLoop',
  /** The network gave up before or within the answer. */
  networkLost: 'clientNetworkLost',
  /** No whole answer came in time. */
  timedOut: 'clientTimedOut',
  /** The caller's signal ended the call; `cause` is the signal's reason. */
  aborted: 'clientAborted',
  /** The answer is no JSON, is cut short, or is an error without Graph's error body. */
  unreadableAnswer: 'clientUnreadableAnswer',
  /** The answer is JSON, but not of the shape that the endpoint is documented to have. */
  unexpectedShape: 'clientUnexpectedShape',
  /** The caller asked for what the service's documented limits rule out. Nothing left. */
  invalidRequest: 'clientInvalidRequest',
  /** A `$batch` answer has no part for a question. */
  partMissing: 'clientPartMissing',
} as const;
export type ClientFault = (typeof clientFaults)[keyof typeof clientFaults];

/** What a `GraphError` knows besides its sentence. */
export interface GraphErrorFacts {
  /** The HTTP status; 0 where no answer came. */
  readonly status: number;
  /** The service's own error code, or one of `clientFaults`. Decide by it, never by the message. */
  readonly code: string;
  readonly outcome: Outcome;
  /** Graph's `request-id`: what its support asks for, and what the audit keeps. */
  readonly requestId?: string;
  /** The id that this client gave the request. */
  readonly clientRequestId?: string;
  /** How long the service asked to be left alone, in real seconds from the answer on. */
  readonly retryAfterSeconds?: number;
  /** The decoded claims request of a claims challenge (JSON text), for an interactive sign-in. */
  readonly claims?: string;
  /** The answer's `Date`: service time. */
  readonly serviceAt?: UtcSeconds;
  /** Where the service wanted to lead us, for `clientForeignOrigin` and `clientRedirected`, as far as it can be read. */
  readonly origin?: string;
  /** The answer's body as it came: parsed where it is JSON. */
  readonly body?: unknown;
  readonly cause?: unknown;
}

/** The one error that the Graph client throws. Never holds a token. */
export class GraphError extends Error {
  override readonly name = 'GraphError';
  readonly status: number;
  readonly code: string;
  readonly outcome: Outcome;
  readonly requestId: string | undefined;
  readonly clientRequestId: string | undefined;
  readonly retryAfterSeconds: number | undefined;
  readonly claims: string | undefined;
  readonly serviceAt: UtcSeconds | undefined;
  readonly origin: string | undefined;
  readonly body: unknown;
  /** How to find out what became of a write whose outcome is `unknown`; set for those alone. */
  afterUnknown: AfterUnknown | undefined;
  /** The tenant that was asked; set where the request meets its tenant, so missing only for what was refused before. */
  tenantId: TenantId | undefined;

  constructor(message: string, facts: GraphErrorFacts) {
    super(message, facts.cause === undefined ? undefined : { cause: facts.cause });
    this.status = facts.status;
    this.code = facts.code;
    this.outcome = facts.outcome;
    this.requestId = facts.requestId;
    this.clientRequestId = facts.clientRequestId;
    this.retryAfterSeconds = facts.retryAfterSeconds;
    this.claims = facts.claims;
    this.serviceAt = facts.serviceAt;
    this.origin = facts.origin;
    this.body = facts.body;
  }
}

/** An error of the client's own making, before any answer. */
export function toClientFault(
  code: ClientFault,
  message: string,
  facts: Partial<Omit<GraphErrorFacts, 'code'>> = {},
): GraphError {
  return new GraphError(message, { status: 0, outcome: 'nothing-done', ...facts, code });
}

/** Notes whose request failed. @returns the same error */
export function ofTenant(tenantId: TenantId, error: GraphError): GraphError {
  error.tenantId = tenantId;
  return error;
}

/** True where the error's code is `code`; codes are compared without regard to case, as the service's examples vary. */
export function hasCode(error: unknown, code: string): error is GraphError {
  return error instanceof GraphError && error.code.toLowerCase() === code.toLowerCase();
}
