import { type AppError, AppFailure } from '../shared/contract/errors.ts';
import type { TenantId } from '../shared/domain/protection-unit.ts';
import { SignInError, type SignInProblem } from './auth/index.ts';
import { clientFaults, GraphError } from './graph/index.ts';

/** What the caller knows and the error may not. */
export interface FailedAbout {
  readonly tenantId?: TenantId;
  /** Seconds of service time in a real second, for "try again at"; 1 unless given. */
  readonly timeScale?: number;
}

/** A sentence of the service, as far as a person reads it. */
const MAX_MESSAGE = 500;

/**
 * What the failures of Graph, of signing in, and of our own services mean in the contract's terms. `undefined`: nobody
 * foresaw it, so whoever asked lets it fall through to UNEXPECTED.
 */
export function toAppError(error: unknown, about: FailedAbout = {}): AppError | undefined {
  if (error instanceof AppFailure) return error.error;
  if (error instanceof SignInError) return ofProblem(error.problem, about.tenantId);
  if (error instanceof GraphError) return ofGraphError(error, about);
  return isAbort(error) ? { code: 'ABORTED' } : undefined;
}

/** The error as an `AppFailure` where it can be one, else as it is: to be thrown. */
export function asAppFailure(error: unknown, about: FailedAbout = {}): unknown {
  if (error instanceof AppFailure) return error;
  const known = toAppError(error, about);
  return known === undefined ? error : new AppFailure(known, { cause: error });
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}

function ofGraphError(error: GraphError, about: FailedAbout): AppError | undefined {
  const request = error.requestId === undefined ? {} : { requestId: error.requestId };
  const tenantId = error.tenantId ?? about.tenantId;
  // What a write did outweighs how it went wrong: the next step is to look, not to try again.
  if (error.outcome === 'unknown') return { code: 'OUTCOME_UNKNOWN', ...request };
  switch (error.code) {
    case clientFaults.tokenUnavailable:
      return (
        toAppError(error.cause, tenantId === undefined ? about : { ...about, tenantId }) ?? { code: 'SIGN_IN_FAILED' }
      );
    case clientFaults.wrongTenant:
      return tenantId === undefined ? { code: 'SIGN_IN_FAILED' } : { code: 'WRONG_TENANT_TOKEN', tenantId };
    case clientFaults.foreignOrigin:
    case clientFaults.redirected:
      return error.origin === undefined
        ? toUnreadable(error, request)
        : { code: 'FOREIGN_ORIGIN', origin: error.origin, ...request };
    case clientFaults.networkLost:
    case clientFaults.timedOut:
      return { code: 'OFFLINE' };
    case clientFaults.aborted:
      return { code: 'ABORTED' };
    case clientFaults.unreadableAnswer:
    case clientFaults.unexpectedShape:
    case clientFaults.pagingLoop:
    case clientFaults.partMissing:
      return toUnreadable(error, request);
    // A request that we must not have made: a fault of this program, not of anybody's data.
    case clientFaults.invalidRequest:
      return undefined;
    default:
      return ofRefusal(error, tenantId, about.timeScale ?? 1, request);
  }
}

function toUnreadable({ status }: GraphError, request: { requestId?: string }): AppError {
  return { code: 'GRAPH_UNREADABLE', ...(status === 0 ? {} : { status }), ...request };
}

function ofRefusal(
  error: GraphError,
  tenantId: TenantId | undefined,
  timeScale: number,
  request: { requestId?: string },
): AppError {
  const { status, retryAfterSeconds, serviceAt } = error;
  if (status === 429 || (status === 503 && retryAfterSeconds !== undefined)) {
    const isKnown = serviceAt !== undefined && retryAfterSeconds !== undefined;
    return {
      code: 'THROTTLED',
      ...(isKnown ? { retryAt: Math.ceil(serviceAt + retryAfterSeconds * timeScale) } : {}),
      ...request,
    };
  }
  if (status === 401) {
    return error.claims !== undefined && tenantId !== undefined
      ? { code: 'INTERACTION_REQUIRED', tenantId, ...request }
      : { code: 'SESSION_EXPIRED', ...request };
  }
  return {
    code: 'GRAPH_REFUSED',
    status,
    graphCode: error.code,
    message: error.message.slice(0, MAX_MESSAGE),
    ...request,
  };
}

/** @param meant the tenant that the caller meant, for problems that name none */
function ofProblem(problem: SignInProblem, meant: TenantId | undefined): AppError {
  const tenantId = problem.tenantId ?? meant;
  const aadCode = problem.errorNo === undefined ? {} : { aadCode: `AADSTS${problem.errorNo}` };
  const inTenant = (toError: (tenantId: TenantId) => AppError): AppError =>
    tenantId === undefined ? { code: 'SIGN_IN_FAILED', ...aadCode } : toError(tenantId);
  switch (problem.kind) {
    case 'signedOut':
      return { code: 'SIGNED_OUT' };
    case 'accountNotChosen':
      return inTenant(id => ({ code: 'ACCOUNT_NOT_CHOSEN', tenantId: id }));
    case 'sessionExpired':
      return { code: 'SESSION_EXPIRED' };
    case 'notSignedInHere':
      return inTenant(id => ({ code: 'APP_SIGN_IN_NEEDED', tenantId: id }));
    case 'interactionRequired':
      return inTenant(id => ({ code: 'INTERACTION_REQUIRED', tenantId: id }));
    case 'consentMissing':
      return inTenant(id => ({ code: 'CONSENT_MISSING', tenantId: id, scopes: problem.scopes.map(toShortScope) }));
    case 'conditionalAccess':
      return inTenant(id => ({ code: 'CONDITIONAL_ACCESS', tenantId: id }));
    case 'noGdapAccess':
      return inTenant(id => ({ code: 'NO_GDAP_ACCESS', tenantId: id }));
    case 'appUnknownInTenant':
      return inTenant(id => ({ code: 'APP_UNKNOWN_IN_TENANT', tenantId: id }));
    case 'wrongTenantToken':
      return inTenant(id => ({
        code: problem.wrong === 'account' ? 'OTHER_ACCOUNT_SIGNED_IN' : 'WRONG_TENANT_TOKEN',
        tenantId: id,
      }));
    case 'tenantForgotten':
      return inTenant(id => ({ code: 'TENANT_NOT_ADDED', tenantId: id }));
    case 'unknownTenant':
      return { code: 'TENANT_UNKNOWN', asked: problem.asked };
    case 'throttled':
      return { code: 'THROTTLED', retryAt: problem.retryAt };
    case 'offline':
      return { code: 'OFFLINE' };
    case 'cancelled':
      return { code: 'SIGN_IN_CANCELLED' };
    case 'timedOut':
      return { code: 'SIGN_IN_TIMED_OUT' };
    case 'interactionInProgress':
      return { code: 'SIGN_IN_BUSY' };
    case 'unavailable':
    case 'unexpected':
      return { code: 'SIGN_IN_FAILED', ...aadCode };
  }
}

/** `https://graph.microsoft.com/BackupRestore-Search.Read.All` as people know it: `BackupRestore-Search.Read.All`. */
export function toShortScope(scope: string): string {
  return scope.slice(scope.lastIndexOf('/') + 1);
}
