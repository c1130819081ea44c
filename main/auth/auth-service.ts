import type { Cloud, SecretStore } from '../host.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import type { AccessToken, AccessTokenOptions, TokenSource } from '../graph/index.ts';
import type { Account, AuthState } from './auth-state.ts';
import type { AuthLog } from './auth-log.ts';
import type { RealClock } from './real-clock.ts';
import type { SignInProblem } from './sign-in-problem.ts';
import type { TokenPerson } from './token-tenant.ts';

/** What the service is built from; `Host` has the first four. */
export interface AuthOptions {
  readonly cloud: Cloud;
  readonly secrets: SecretStore;
  readonly fetch: typeof globalThis.fetch;
  readonly openUrl: (url: URL) => Promise<void>;
  readonly log: AuthLog;
  /** The machine's clock unless given. */
  readonly realClock?: RealClock;
  /** How long a prompt may stay open; 300 s unless given. Read anew at each prompt, so that it can be a setting. */
  readonly interactiveTimeoutSeconds?: () => number;
  /** How long one request to the sign-in service may take; 30 s unless given. */
  readonly requestTimeoutSeconds?: number;
}

/** An access token of exactly the tenant that was asked for. Attach it to a request, keep it nowhere. */
export interface TenantToken extends AccessToken {
  readonly expiresAt: UtcSeconds;
}

/** What is known of one scope in one tenant. */
export type ScopeConsent =
  | { readonly scope: string; readonly consent: 'granted' }
  | { readonly scope: string; readonly consent: 'missing'; readonly problem: SignInProblem }
  /** It could not be told: `problem` stood in the way, and says nothing about consent. */
  | { readonly scope: string; readonly consent: 'unknown'; readonly problem: SignInProblem };

/**
 * One account, one interactive sign-in at home, then one token per customer tenant. Every method that fails throws
 * `SignInError` with a `SignInProblem`. Tenants are named by GUID, in any case; `resolveTenant` gives it for a domain.
 */
export interface AuthService extends TokenSource {
  state(): AuthState;
  /** The state now and each later one, until `signal` or `stop`. */
  watch(signal?: AbortSignal): AsyncGenerator<AuthState, void, void>;
  /** The account signed in, if any. */
  account(): Account | undefined;

  /** Opens the browser for the sign-in at home. Another account than before replaces it, with all its tokens; a failure leaves it as it was. */
  signIn(options?: { readonly signal?: AbortSignal }): Promise<Account>;
  /** Opens the browser for one customer tenant, as the account signed in. A challenge that the tenant gave before is answered, unless `claims` are given. */
  signInToTenant(
    tenantId: string,
    scopes: readonly string[],
    options?: { readonly claims?: string; readonly signal?: AbortSignal },
  ): Promise<void>;
  /**
   * A token of this tenant for these scopes, without a prompt: from the cache, or from the sign-in service.
   * Aborting ends the waiting only; a request under way goes on for others who wait for it.
   *
   * @param scopes with Graph's address before them, or without
   * @throws WrongTenantTokenError where what came back is of another tenant or account
   */
  accessToken(tenantId: string, scopes: readonly string[], options?: AccessTokenOptions): Promise<TenantToken>;
  /**
   * Who the person is in this tenant, as a token for daily work says it: for telling a missing role before a restore, and
   * for recognising drafts of one's own. The token itself stays here.
   */
  claimsIn(tenantId: string, options?: { readonly signal?: AbortSignal }): Promise<TokenPerson>;
  /** Which of these scopes can be had without a prompt, asked of the sign-in service afresh: one request where all can, one for each otherwise. Throws only when aborted. */
  consentOf(
    tenantId: string,
    scopes: readonly string[],
    options?: { readonly signal?: AbortSignal },
  ): Promise<readonly ScopeConsent[]>;

  /** The tenant's GUID, lower-case, from a verified domain or the GUID itself; needs no sign-in. */
  resolveTenant(domainOrId: string, options?: { readonly signal?: AbortSignal }): Promise<string>;

  /** Deletes the tenant's tokens, at rest too, and refuses new ones until `rememberTenant`. */
  forgetTenant(tenantId: string): Promise<void>;
  /** Lets a forgotten tenant have tokens again; to be called when a tenant is added. */
  rememberTenant(tenantId: string): Promise<void>;
  /** Removes the account and everything kept for it. */
  signOut(): Promise<void>;
  /** Ends prompts and watches, and waits until the last change is kept. */
  stop(): Promise<void>;
}
