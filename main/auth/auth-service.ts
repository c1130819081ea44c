import type { Cloud, SecretStore } from '../host.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import type { AccessToken, AccessTokenOptions, TokenSource } from '../graph/index.ts';
import type { Account, AuthState } from './auth-state.ts';
import type { AuthLog } from './auth-log.ts';
import type { RealClock } from './real-clock.ts';
import type { SignInProblem } from './sign-in-problem.ts';
import type { TokenPerson } from './token-tenant.ts';

/** How a tenant is signed in to. */
export interface TenantAccess {
  /** The account's short id; where it is absent, the one account that is signed in. */
  readonly accountId?: string;
  /** The tenant's own application; where it is absent, the one of `Cloud`. */
  readonly clientId?: string;
}

/** What the service is built from; `Host` has the first four. */
export interface AuthOptions {
  readonly cloud: Cloud;
  readonly secrets: SecretStore;
  readonly fetch: typeof globalThis.fetch;
  readonly openUrl: (url: URL) => Promise<void>;
  readonly log: AuthLog;
  /** How each tenant is signed in to; kept by the caller, who tells of changes by `setAccess`. */
  readonly access?: ReadonlyMap<string, TenantAccess>;
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
 * Accounts, each signed in once at home, then one token per customer tenant, of the account and the application that the tenant
 * is worked in with. Every method that fails throws
 * `SignInError` with a `SignInProblem`. Tenants are named by GUID, in any case; `resolveTenant` gives it for a domain.
 */
export interface AuthService extends TokenSource {
  state(): AuthState;
  /** The state now and each later one, until `signal` or `stop`. */
  watch(signal?: AbortSignal): AsyncGenerator<AuthState, void, void>;
  /** Everybody who is signed in. */
  accounts(): readonly Account[];
  /** The account that the tenant is worked in with, where it is signed in. */
  accountIn(tenantId: string): Account | undefined;
  /** The application that signs in to the tenant: its own, or the shared one. Lower case. */
  clientIdIn(tenantId: string): string;
  /** From now on the tenant is signed in to so; tokens of it that others hold are dropped, and sign-ins that no tenant needs any more ended. */
  setAccess(tenantId: string, access: TenantAccess | undefined): Promise<void>;
  /** Tokens of one account by the shared application, whatever the tenants say: for asking its home. */
  asAccount(accountId: string): TokenSource;

  /**
   * Opens the browser for a sign-in at home. Whoever signs in there is signed in beside those who are; a failure leaves
   * everybody as they were.
   *
   * @param options.username whom to offer in the browser first
   */
  signIn(options?: { readonly username?: string; readonly signal?: AbortSignal }): Promise<Account>;
  /**
   * Opens the browser for one customer tenant, as its account and application; with an application of its own this is how the
   * account first signs in to that. A challenge that the tenant gave before is answered, unless `claims` are given.
   */
  signInToTenant(
    tenantId: string,
    scopes: readonly string[],
    options?: { readonly claims?: string; readonly username?: string; readonly signal?: AbortSignal },
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

  /** Deletes the tenant's tokens and its access, at rest too, and refuses new ones until `rememberTenant`. */
  forgetTenant(tenantId: string): Promise<void>;
  /** Lets a forgotten tenant have tokens again; to be called when a tenant is added. */
  rememberTenant(tenantId: string): Promise<void>;
  /** Removes an account, or all, and everything kept for it. */
  signOut(accountId?: string): Promise<void>;
  /** Ends prompts and watches, and waits until the last change is kept. */
  stop(): Promise<void>;
}
