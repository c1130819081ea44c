import { describe, expect, test } from 'vitest';
import { AppError, AppFailure } from '../shared/contract/errors.ts';
import { SignInError, type SignInProblem } from './auth/index.ts';
import { asAppFailure, toAppError } from './failures.ts';
import { type ClientFault, clientFaults, GraphError, type GraphErrorFacts } from './graph/index.ts';

const tenantId = 'aaaaaaaa-0000-4000-8000-000000000001';
const requestId = 'the-request-id';

const graphError = (facts: Partial<GraphErrorFacts> & { code: string }) =>
  new GraphError('Graph said so.', { status: 0, outcome: 'nothing-done', ...facts });

const signInCases: readonly [SignInProblem, AppError][] = [
  [{ kind: 'signedOut' }, { code: 'SIGNED_OUT' }],
  [{ kind: 'sessionExpired' }, { code: 'SESSION_EXPIRED' }],
  [
    { kind: 'interactionRequired', tenantId },
    { code: 'INTERACTION_REQUIRED', tenantId },
  ],
  [
    {
      kind: 'consentMissing',
      tenantId,
      declined: false,
      scopes: ['https://graph.microsoft.com/BackupRestore-Search.Read.All'],
    },
    { code: 'CONSENT_MISSING', tenantId, scopes: ['BackupRestore-Search.Read.All'] },
  ],
  [
    { kind: 'conditionalAccess', tenantId, errorNo: 53003 },
    { code: 'CONDITIONAL_ACCESS', tenantId },
  ],
  [
    { kind: 'noGdapAccess', tenantId, errorNo: 50020 },
    { code: 'NO_GDAP_ACCESS', tenantId },
  ],
  [
    { kind: 'appUnknownInTenant', tenantId },
    { code: 'APP_UNKNOWN_IN_TENANT', tenantId },
  ],
  [
    { kind: 'wrongTenantToken', tenantId, wrong: 'tenant' },
    { code: 'WRONG_TENANT_TOKEN', tenantId },
  ],
  [
    { kind: 'wrongTenantToken', tenantId, wrong: 'account' },
    { code: 'OTHER_ACCOUNT_SIGNED_IN', tenantId },
  ],
  [
    { kind: 'accountNotChosen', tenantId },
    { code: 'ACCOUNT_NOT_CHOSEN', tenantId },
  ],
  [
    { kind: 'notSignedInHere', tenantId },
    { code: 'APP_SIGN_IN_NEEDED', tenantId },
  ],
  [
    { kind: 'tenantForgotten', tenantId },
    { code: 'TENANT_NOT_ADDED', tenantId },
  ],
  [
    { kind: 'unknownTenant', asked: 'nowhere.example' },
    { code: 'TENANT_UNKNOWN', asked: 'nowhere.example' },
  ],
  [
    { kind: 'throttled', retryAt: 1_772_805_600 },
    { code: 'THROTTLED', retryAt: 1_772_805_600 },
  ],
  [{ kind: 'offline' }, { code: 'OFFLINE' }],
  [{ kind: 'cancelled' }, { code: 'SIGN_IN_CANCELLED' }],
  [{ kind: 'timedOut' }, { code: 'SIGN_IN_TIMED_OUT' }],
  [{ kind: 'interactionInProgress' }, { code: 'SIGN_IN_BUSY' }],
  [{ kind: 'unavailable', status: 502 }, { code: 'SIGN_IN_FAILED' }],
  [
    { kind: 'unexpected', code: 'odd', errorNo: 90014 },
    { code: 'SIGN_IN_FAILED', aadCode: 'AADSTS90014' },
  ],
];

describe('what stood between a technician and a token', () => {
  test.each(signInCases)('%o is %o', (problem, error) => {
    expect(toAppError(new SignInError(problem))).toEqual(error);
    expect(() => AppError.parse(error)).not.toThrow();
  });

  test.each(signInCases)('is the same where Graph could not be asked for want of a token: %o', (problem, error) => {
    const wrapped = graphError({ code: clientFaults.tokenUnavailable, cause: new SignInError(problem) });
    expect(toAppError(wrapped)).toEqual(error);
  });

  test('goes by the tenant meant where the problem names none', () => {
    expect(toAppError(new SignInError({ kind: 'noGdapAccess' }), { tenantId })).toEqual({
      code: 'NO_GDAP_ACCESS',
      tenantId,
    });
    expect(toAppError(new SignInError({ kind: 'noGdapAccess', errorNo: 50020 }))).toEqual({
      code: 'SIGN_IN_FAILED',
      aadCode: 'AADSTS50020',
    });
  });

  test('is a failed sign-in where the token source failed in a way of its own', () => {
    expect(toAppError(graphError({ code: clientFaults.tokenUnavailable, cause: new TypeError('x') }))).toEqual({
      code: 'SIGN_IN_FAILED',
    });
  });
});

const faultCases: { readonly [C in ClientFault]: AppError | undefined } = {
  clientTokenUnavailable: { code: 'SIGN_IN_FAILED' },
  clientWrongTenant: { code: 'WRONG_TENANT_TOKEN', tenantId },
  clientForeignOrigin: { code: 'FOREIGN_ORIGIN', origin: 'https://elsewhere.example', requestId },
  clientRedirected: { code: 'FOREIGN_ORIGIN', origin: 'https://elsewhere.example', requestId },
  clientPagingLoop: { code: 'GRAPH_UNREADABLE', status: 200, requestId },
  clientNetworkLost: { code: 'OFFLINE' },
  clientTimedOut: { code: 'OFFLINE' },
  clientAborted: { code: 'ABORTED' },
  clientUnreadableAnswer: { code: 'GRAPH_UNREADABLE', status: 200, requestId },
  clientUnexpectedShape: { code: 'GRAPH_UNREADABLE', status: 200, requestId },
  clientInvalidRequest: undefined,
  clientPartMissing: { code: 'GRAPH_UNREADABLE', status: 200, requestId },
};

describe('what the Graph client itself met', () => {
  test.each(Object.entries(faultCases))('%s', (code, expected) => {
    const error = graphError({ code, status: 200, requestId, origin: 'https://elsewhere.example' });
    expect(toAppError(error, { tenantId })).toEqual(expected);
  });

  test.each([clientFaults.networkLost, clientFaults.timedOut, clientFaults.aborted, clientFaults.unreadableAnswer])(
    'a write that may have been carried out is an unknown outcome before all else: %s',
    code => {
      expect(toAppError(graphError({ code, outcome: 'unknown', requestId }))).toEqual({
        code: 'OUTCOME_UNKNOWN',
        requestId,
      });
    },
  );

  test('the tenant that the error names counts before the one that the caller means', () => {
    const error = graphError({ code: clientFaults.wrongTenant });
    error.tenantId = tenantId;
    expect(toAppError(error, { tenantId: 'bbbbbbbb-0000-4000-8000-000000000002' })).toEqual({
      code: 'WRONG_TENANT_TOKEN',
      tenantId,
    });
  });

  test('a redirect that says no address is an unreadable answer', () => {
    expect(toAppError(graphError({ code: clientFaults.redirected, status: 302 }))).toEqual({
      code: 'GRAPH_UNREADABLE',
      status: 302,
    });
  });
});

describe('what the service answered', () => {
  test('a refusal keeps its code, its words and its request id', () => {
    const error = graphError({ code: 'accessDenied', status: 403, outcome: 'refused', requestId });
    expect(toAppError(error)).toEqual({
      code: 'GRAPH_REFUSED',
      status: 403,
      graphCode: 'accessDenied',
      message: 'Graph said so.',
      requestId,
    });
  });

  test('a sermon is cut short', () => {
    const error = new GraphError('x'.repeat(2_000), { status: 400, code: 'badRequest', outcome: 'refused' });
    expect(toAppError(error)).toMatchObject({ message: 'x'.repeat(500) });
  });

  test('throttling says until when, in service time and at its rate', () => {
    const facts = { code: 'tooManyRequests', retryAfterSeconds: 10, serviceAt: 1_772_805_600, requestId };
    expect(toAppError(graphError({ ...facts, status: 429 }))).toEqual({
      code: 'THROTTLED',
      retryAt: 1_772_805_610,
      requestId,
    });
    expect(toAppError(graphError({ ...facts, status: 503 }), { timeScale: 60 })).toMatchObject({
      retryAt: 1_772_806_200,
    });
    expect(toAppError(graphError({ code: 'tooManyRequests', status: 429 }))).toEqual({ code: 'THROTTLED' });
    // Without a Retry-After, 503 is a failure like any other.
    expect(toAppError(graphError({ code: 'unavailable', status: 503 }))).toMatchObject({
      code: 'GRAPH_REFUSED',
      status: 503,
    });
  });

  test('a token that is still refused after it was renewed', () => {
    const facts = { code: 'InvalidAuthenticationToken', status: 401, outcome: 'refused' } as const;
    expect(toAppError(graphError(facts), { tenantId })).toEqual({ code: 'SESSION_EXPIRED' });
    expect(toAppError(graphError({ ...facts, claims: '{}' }), { tenantId })).toEqual({
      code: 'INTERACTION_REQUIRED',
      tenantId,
    });
  });
});

describe('anything else', () => {
  test('our own failures pass as they are', () => {
    const failure = new AppFailure({ code: 'PLAN_EMPTY' });
    expect(toAppError(failure)).toEqual({ code: 'PLAN_EMPTY' });
    expect(asAppFailure(failure)).toBe(failure);
  });

  test('an abort is an abort', () => {
    expect(toAppError(AbortSignal.abort().reason)).toEqual({ code: 'ABORTED' });
  });

  test.each([[new TypeError('x')], ['text'], [undefined], [{ code: 'OFFLINE' }]])(
    'what nobody foresaw stays what it is: %o',
    error => {
      expect(toAppError(error)).toBeUndefined();
      expect(asAppFailure(error)).toBe(error);
    },
  );

  test('what is foreseen is wrapped, with its cause for the log', () => {
    const error = new SignInError({ kind: 'offline' });
    const failure = asAppFailure(error);
    expect(failure).toBeInstanceOf(AppFailure);
    expect(failure).toMatchObject({ error: { code: 'OFFLINE' }, cause: error });
  });
});
