import { randomUUID } from 'node:crypto';

/**
 * A refusal of Entra ID, by its AADSTS number. The text is the emulator's own; programs must decide by the number,
 * `error` and `suberror`, never by the text.
 */
export interface Refusal {
  readonly code: number;
  /** OAuth 2.0 error code, such as `invalid_grant`. */
  readonly error: string;
  /** HTTP status of the token endpoint. */
  readonly status: 400 | 401 | 429;
  readonly text: string;
  /** What an application can do about it, such as `basic_action` or `consent_required`. */
  readonly suberror?: string;
  /** JSON text that the application must send back in its next authorize request. */
  readonly claims?: string;
  /** With 429. */
  readonly retryAfterSeconds?: number;
}

/** Body of an error of the token endpoint, as documented for the authorization code flow. */
export interface TokenErrorBody {
  readonly error: string;
  readonly error_description: string;
  readonly error_codes: readonly number[];
  readonly timestamp: string;
  readonly trace_id: string;
  readonly correlation_id: string;
  readonly error_uri: string;
  readonly suberror?: string;
  readonly claims?: string;
}

/** Fields of an error sent to the application's redirect URI. */
export interface AuthorizeErrorFields {
  readonly error: string;
  readonly error_description: string;
  readonly error_uri: string;
  readonly error_subcode?: string;
  readonly suberror?: string;
}

/** What an error says of the request that it answers. */
export interface ErrorContext {
  /** `client-request-id` of the request. */
  readonly correlationId: string;
  /** Real UTC seconds. */
  readonly now: number;
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The caller's `client-request-id`, or a new one when it sent none that is a GUID. */
export const toCorrelationId = (asked: string | undefined): string =>
  asked !== undefined && UUID.test(asked) ? asked : randomUUID();

/** Entra ID writes `2026-03-06 10:00:00Z` here, not ISO 8601. */
export const toTimestamp = (seconds: number): string =>
  new Date(seconds * 1000)
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, 'Z');

const describe = (refusal: Refusal, context: ErrorContext, traceId: string): string =>
  [
    `AADSTS${refusal.code}: ${refusal.text}`,
    `Trace ID: ${traceId}`,
    `Correlation ID: ${context.correlationId}`,
    `Timestamp: ${toTimestamp(context.now)}`,
  ].join(' ');

/** Microsoft's page that explains a number; MSAL reads the number out of it. */
const lookUp = (refusal: Refusal): string => `https://login.microsoftonline.com/error?code=${refusal.code}`;

/** The refusal as the token endpoint words it. */
export const toTokenErrorBody = (refusal: Refusal, context: ErrorContext): TokenErrorBody => {
  const traceId = randomUUID();
  return {
    error: refusal.error,
    error_description: describe(refusal, context, traceId),
    error_codes: [refusal.code],
    timestamp: toTimestamp(context.now),
    trace_id: traceId,
    correlation_id: context.correlationId,
    error_uri: lookUp(refusal),
    ...(refusal.suberror === undefined ? {} : { suberror: refusal.suberror }),
    ...(refusal.claims === undefined ? {} : { claims: refusal.claims }),
  };
};

/** The refusal as it is sent to the application's redirect URI. */
export const toAuthorizeErrorFields = (refusal: Refusal, context: ErrorContext): AuthorizeErrorFields => ({
  error: refusal.error,
  error_description: describe(refusal, context, randomUUID()),
  error_uri: lookUp(refusal),
  ...(refusal.error === 'access_denied' ? { error_subcode: 'cancel' } : {}),
  ...(refusal.suberror === undefined ? {} : { suberror: refusal.suberror }),
});

/** What the application gets when the user turns back at the account page: Entra ID gives this one no number. */
export const SIGN_IN_CANCELLED: Pick<AuthorizeErrorFields, 'error' | 'error_subcode' | 'error_description'> = {
  error: 'access_denied',
  error_subcode: 'cancel',
  error_description: 'The user cancelled the sign-in.',
};

/** The same refusal under the error code that the authorize endpoint uses for it. */
export const withError = (refusal: Refusal, error: string): Refusal => ({ ...refusal, error });
