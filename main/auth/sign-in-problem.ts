import type { UtcSeconds } from '../../shared/domain/time.ts';

/** Facts that every problem may carry. None of them can hold a person's name: texts of the server are never taken over. */
interface ProblemFacts {
  /** The tenant that was meant, as a lower-case GUID; absent for the sign-in at home. */
  readonly tenantId?: string;
  /** The AADSTS number, where the server told one: what a search or Microsoft's support asks for. */
  readonly errorNo?: number;
  /** Names the failed request in the sign-in log of the tenant. */
  readonly correlationId?: string;
}

/**
 * Everything that can go wrong between a technician and a token, each kind with a next step of its own.
 *
 * - `signedOut`: nobody is signed in, or not the account of this tenant. → sign in.
 * - `accountNotChosen`: several accounts are signed in, and nobody said which works in this tenant. → choose one.
 * - `notSignedInHere`: the account has not signed in to the tenant's own application yet. → `signInToTenant`.
 * - `interactionRequired`: the tenant wants the person (second factor, new terms …). → `signInToTenant`; the challenge of the
 *   refusal is remembered and sent along.
 * - `consentMissing`: the app lacks consent for what was asked. `declined`: somebody was asked and said no. → an administrator of the tenant consents.
 * - `conditionalAccess`: a policy of the tenant forbids this device, place or person. → the tenant's administrator.
 * - `noGdapAccess`: the tenant doesn't know this person (no GDAP relationship, or it ended, or not assigned to the app).
 * - `unknownTenant`: no tenant has this domain or id; `asked` is what was looked up.
 * - `appUnknownInTenant`: the app isn't in the tenant, or is switched off there. → an administrator consents.
 * - `sessionExpired`: the sign-in is too old, or was revoked. → sign in again (`signInToTenant`, or `signIn` at home).
 * - `throttled`: asked too often; nothing is asked before `retryAt`.
 * - `unavailable`: the sign-in service, or a proxy before it, failed with this status (0: an answer that is no JSON).
 * - `offline`: no connection, or no answer in time.
 * - `cancelled`, `timedOut`: the prompt was given up by the person, or nobody came back from the browser.
 * - `interactionInProgress`: another prompt is open; there is only ever one.
 * - `wrongTenantToken`: a token of another tenant came back, or of another account (somebody else was chosen in the browser);
 *   it was not handed out and is dropped.
 * - `tenantForgotten`: the tenant was forgotten and not added again.
 * - `unexpected`: anything else; `code` is MSAL's or our word for it.
 */
export type SignInProblem = ProblemFacts &
  (
    | { readonly kind: 'signedOut' }
    | { readonly kind: 'accountNotChosen' }
    | { readonly kind: 'notSignedInHere' }
    | { readonly kind: 'interactionRequired'; readonly claims?: string }
    | { readonly kind: 'consentMissing'; readonly scopes: readonly string[]; readonly declined: boolean }
    | { readonly kind: 'conditionalAccess'; readonly claims?: string }
    | { readonly kind: 'noGdapAccess' }
    | { readonly kind: 'unknownTenant'; readonly asked: string }
    | { readonly kind: 'appUnknownInTenant' }
    | { readonly kind: 'sessionExpired' }
    | { readonly kind: 'throttled'; readonly retryAt: UtcSeconds }
    | { readonly kind: 'unavailable'; readonly status: number; readonly retryAt?: UtcSeconds }
    | { readonly kind: 'offline' }
    | { readonly kind: 'cancelled' }
    | { readonly kind: 'timedOut' }
    | { readonly kind: 'interactionInProgress' }
    | { readonly kind: 'wrongTenantToken'; readonly wrong: 'tenant' | 'account' }
    | { readonly kind: 'tenantForgotten' }
    | { readonly kind: 'unexpected'; readonly code: string }
  );

/** What only a sign-in can mend, or say in full. */
const mendedBySignIn: ReadonlySet<SignInProblem['kind']> = new Set([
  'signedOut',
  'accountNotChosen',
  'notSignedInHere',
  'sessionExpired',
  'interactionRequired',
  'conditionalAccess',
  'noGdapAccess',
  'appUnknownInTenant',
]);

export const needsSignIn = ({ kind }: SignInProblem): boolean => mendedBySignIn.has(kind);

/**
 * The one error that leaves `main/auth`. Its message is ours and holds the kind and numbers only; it has no `cause`, since
 * MSAL's errors quote the server, and the server quotes user names.
 */
export class SignInError extends Error {
  override readonly name: string = 'SignInError';
  readonly problem: SignInProblem;

  constructor(problem: SignInProblem) {
    super(toMessage(problem));
    this.problem = problem;
  }
}

/** A token of another tenant, or of another person, came back. It was not handed out, and is dropped from the cache. */
export class WrongTenantTokenError extends SignInError {
  override readonly name: string = 'WrongTenantTokenError';

  constructor(facts: {
    readonly wrong: 'tenant' | 'account';
    readonly tenantId: string;
    readonly correlationId?: string;
  }) {
    super({ kind: 'wrongTenantToken', ...facts });
  }
}

function toMessage(problem: SignInProblem): string {
  const tenant = problem.tenantId === undefined ? '' : ` for tenant ${problem.tenantId}`;
  const number = problem.errorNo === undefined ? '' : `, AADSTS${problem.errorNo}`;
  const request = problem.correlationId === undefined ? '' : `, correlation id ${problem.correlationId}`;
  return `Sign-in: ${problem.kind}${tenant}${number}${request}`;
}
