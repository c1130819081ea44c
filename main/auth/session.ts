import type { AuthenticationResult } from '@azure/msal-node';
import type { Cloud } from '../host.ts';
import { toAccountId } from './account-id.ts';
import type { Account } from './auth-state.ts';
import { withoutTokensOf } from './cache-blob.ts';
import type { HomeAccount, SignIn } from './kept-sign-in.ts';
import { type Msal, toAuthority } from './msal-application.ts';
import { SignInError, WrongTenantTokenError } from './sign-in-problem.ts';
import { toTenantId } from './tenant-id.ts';
import type { TokenCache } from './token-cache.ts';
import { readTokenTenant } from './token-tenant.ts';
import { ownTurn } from './turn.ts';

/** One person signed in with one client id: their MSAL application and its cache. Ends with the sign-out, whatever is under way. */
export class Session {
  readonly clientId: string;
  readonly home: HomeAccount;
  readonly msal: Msal;
  readonly account: Account;
  readonly #cache: TokenCache;

  constructor({
    clientId,
    home,
    msal,
    cache,
    forgottenTenants,
    keep,
  }: {
    readonly clientId: string;
    readonly home: HomeAccount;
    readonly msal: Msal;
    readonly cache: TokenCache;
    /** Read at each write of the cache: what is in it then, is kept out. */
    readonly forgottenTenants: ReadonlySet<string>;
    /** Told of each new state of the cache. */
    readonly keep: (signIn: SignIn) => void;
  }) {
    this.clientId = clientId;
    this.home = home;
    this.msal = msal;
    const { username, name, homeTenantId, homeAccountId } = home;
    const displayName = name === undefined || name === '' ? username : name;
    this.account = { id: toAccountId(homeAccountId), username, displayName, homeTenantId, homeAccountId };
    this.#cache = cache;
    cache.keepTo({ homeAccountId, homeTenantId, forgottenTenants }, blob => keep({ home, cache: blob }));
  }

  get signIn(): SignIn {
    return { home: this.home, cache: this.#cache.blob };
  }

  /**
   * A token without a prompt. The account carries the tenant: with the account as it signed in, MSAL hands out the home
   * tenant's token from its cache while its result names the authority that was asked.
   *
   * @throws whatever MSAL throws
   */
  async acquireSilently(
    cloud: Cloud,
    request: {
      readonly tenantId: string;
      readonly scopes: readonly string[];
      readonly claims?: string;
      readonly forceRefresh: boolean;
      readonly correlationId: string;
    },
  ): Promise<AuthenticationResult> {
    const { homeAccountId, environment, username, localAccountId } = this.home;
    const { tenantId, scopes, ...rest } = request;
    await ownTurn();
    return this.msal.acquireTokenSilent({
      ...rest,
      scopes: [...scopes],
      authority: toAuthority(cloud, tenantId),
      account: { homeAccountId, environment, username, localAccountId, tenantId },
    });
  }

  /** Empties MSAL's memory and the cache of this tenant's tokens. */
  async dropTokensOf(tenantId: string): Promise<void> {
    await ownTurn();
    this.#cache.update(blob => withoutTokensOf(blob, tenantId));
    this.msal.clearCache();
  }

  /** Takes out what has become forbidden since the last write. */
  async applyRule(): Promise<void> {
    await ownTurn();
    this.#cache.update(blob => blob);
    this.msal.clearCache();
  }

  /** From here on nothing of this session is kept. */
  end(): void {
    this.#cache.detach();
    this.msal.clearCache();
  }
}

/** @throws SignInError where the answer names no account, or one whose home isn't a tenant */
export function toHomeAccount(result: AuthenticationResult, correlationId: string): HomeAccount {
  const { account } = result;
  const homeTenantId = toTenantId(account?.homeAccountId.split('.')[1] ?? '');
  if (account === null || homeTenantId === undefined)
    throw new SignInError({ kind: 'unexpected', code: 'no_home_account', correlationId });
  const { homeAccountId, environment, username, localAccountId, name } = account;
  return { homeAccountId, environment, homeTenantId, username, localAccountId, ...(name !== undefined && { name }) };
}

/**
 * Compares what came back with what was meant: the tenant of the result, the account, and the tenant that the access token
 * itself names. The result's authority says nothing: it repeats the question.
 *
 * @throws WrongTenantTokenError
 */
export function assertTokenOf(
  result: AuthenticationResult,
  meant: { readonly tenantId: string; readonly homeAccountId: string; readonly correlationId: string },
): void {
  const { tenantId, correlationId } = meant;
  if (result.account?.homeAccountId !== meant.homeAccountId)
    throw new WrongTenantTokenError({ wrong: 'account', tenantId, correlationId });
  if (result.tenantId.toLowerCase() !== tenantId)
    throw new WrongTenantTokenError({ wrong: 'tenant', tenantId, correlationId });
  const token = readTokenTenant(result.accessToken);
  if (token.form === 'jwt' && token.tenantId !== tenantId)
    throw new WrongTenantTokenError({ wrong: 'tenant', tenantId, correlationId });
}
