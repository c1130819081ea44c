import {
  AuthError,
  ClientAuthErrorCodes,
  InteractionRequiredAuthError,
  InteractionRequiredAuthErrorCodes,
  ServerError,
} from '@azure/msal-node';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import { findKindOf, type NumberedKind } from './aadsts-numbers.ts';
import { NetworkFailure } from './entra-network.ts';
import { SignInError, type SignInProblem } from './sign-in-problem.ts';

/** What was asked when the error came. */
export interface Asked {
  /** The tenant's GUID; absent at home. */
  readonly tenantId?: string;
  readonly scopes: readonly string[];
  readonly correlationId: string;
  readonly now: UtcSeconds;
  /** Until when the tenant's endpoint wants no requests, if that is so. */
  readonly retryAt: UtcSeconds | undefined;
}

/** How long to wait where a throttled answer came from MSAL's own memory of it, which keeps no time for us to read. */
const DEFAULT_RETRY_SECONDS = 60;

const KIND_OF_SUB_ERROR: ReadonlyMap<string, NumberedKind> = new Map([
  ['basic_action', 'interactionRequired'],
  ['additional_action', 'interactionRequired'],
  ['user_password_expired', 'interactionRequired'],
  ['interrupted_user', 'interactionRequired'],
  ['ui_not_allowed', 'interactionRequired'],
  ['message_only', 'conditionalAccess'],
  ['consent_required', 'consentMissing'],
  ['bad_token', 'sessionExpired'],
  ['token_expired', 'sessionExpired'],
]);

const KIND_OF_ERROR_CODE: ReadonlyMap<string, NumberedKind> = new Map([
  ['interaction_required', 'interactionRequired'],
  ['login_required', 'interactionRequired'],
  ['invalid_grant', 'interactionRequired'],
  ['consent_required', 'consentMissing'],
  ['invalid_tenant', 'unknownTenant'],
  // MSAL's own, without asking anybody: no refresh token is left, or it is known to have expired.
  [InteractionRequiredAuthErrorCodes.noTokensFound, 'sessionExpired'],
  [InteractionRequiredAuthErrorCodes.refreshTokenExpired, 'sessionExpired'],
]);

/**
 * Reads what MSAL threw: by AADSTS number, then sub-error, then error code and class. Takes over numbers and ids alone, and
 * of words only those of a protocol's alphabet: the server's sentences name users.
 */
export function toSignInProblem(error: unknown, asked: Asked): SignInProblem {
  if (error instanceof SignInError) return error.problem;
  const facts = {
    correlationId: asked.correlationId,
    ...(asked.tenantId !== undefined && { tenantId: asked.tenantId }),
  };
  if (error instanceof NetworkFailure) return { ...facts, ...ofNetworkFailure(error) };
  if (!(error instanceof AuthError))
    return { ...facts, kind: 'unexpected', code: error instanceof Error ? toWord(error.name) : 'not_an_error' };

  const errorNo = toErrorNo(error);
  const numbered = errorNo === undefined ? facts : { ...facts, errorNo };
  const status = error instanceof ServerError ? error.status : undefined;
  if (status === 429 || status === 503)
    return { ...numbered, kind: 'throttled', retryAt: asked.retryAt ?? asked.now + DEFAULT_RETRY_SECONDS };

  const kind =
    (errorNo === undefined ? undefined : findKindOf(errorNo)) ??
    KIND_OF_SUB_ERROR.get(error.subError) ??
    KIND_OF_ERROR_CODE.get(error.errorCode);
  if (kind !== undefined) return { ...numbered, ...ofKind(kind, error, asked) };
  if (status !== undefined && status >= 500)
    return { ...numbered, kind: 'unavailable', status, ...(asked.retryAt !== undefined && { retryAt: asked.retryAt }) };
  if (error instanceof InteractionRequiredAuthError)
    return { ...numbered, ...ofKind('interactionRequired', error, asked) };
  if (error.errorCode === ClientAuthErrorCodes.networkError) return { ...numbered, kind: 'offline' };
  // The person left the page by its own way out.
  if (error.errorCode === 'access_denied') return { ...numbered, kind: 'cancelled' };
  if (asked.retryAt !== undefined) return { ...numbered, kind: 'throttled', retryAt: asked.retryAt };
  return { ...numbered, kind: 'unexpected', code: toWord(error.errorCode) };
}

type Without<Facts> = Facts extends unknown ? Omit<Facts, 'tenantId' | 'errorNo' | 'correlationId'> : never;

function ofKind(kind: NumberedKind, error: AuthError, asked: Asked): Without<SignInProblem> {
  const claims = error instanceof InteractionRequiredAuthError && error.claims !== '' ? { claims: error.claims } : {};
  switch (kind) {
    case 'interactionRequired':
    case 'conditionalAccess':
      return { kind, ...claims };
    case 'consentMissing':
      return { kind, scopes: asked.scopes, declined: false };
    case 'consentDeclined':
      return { kind: 'consentMissing', scopes: asked.scopes, declined: true };
    case 'unknownTenant':
      return { kind, asked: asked.tenantId ?? '' };
    case 'throttled':
      return { kind, retryAt: asked.retryAt ?? asked.now + DEFAULT_RETRY_SECONDS };
    case 'noGdapAccess':
    case 'appUnknownInTenant':
    case 'sessionExpired':
      return { kind };
  }
}

function ofNetworkFailure(failure: NetworkFailure): Without<SignInProblem> {
  switch (failure.reason) {
    case 'offline':
    case 'noAnswerInTime':
      return { kind: 'offline' };
    case 'aborted':
      return { kind: 'cancelled' };
    case 'notFromEntra':
      return { kind: 'unavailable', status: failure.status };
  }
}

/** The number stands in `errorNo`; in answers of the authorize page, and in those that MSAL repeats, only in the text. */
function toErrorNo(error: AuthError): number | undefined {
  const told =
    error instanceof ServerError || error instanceof InteractionRequiredAuthError ? error.errorNo : undefined;
  const number = Number(told ?? /AADSTS(\d{4,7})/.exec(error.errorMessage)?.[1]);
  return Number.isSafeInteger(number) ? number : undefined;
}

/** Error codes are words; anything else might be a sentence of the server. */
function toWord(code: string): string {
  return /^[A-Za-z0-9_.-]{1,64}$/.test(code) ? code : 'unnamed';
}
