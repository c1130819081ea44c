import { randomUUID } from 'node:crypto';
import type { AccessTokenOptions, TokenSource } from '../graph/index.ts';
import { toAccountId } from './account-id.ts';
import type { AuthOptions, AuthService, ScopeConsent, TenantAccess, TenantToken } from './auth-service.ts';
import { AuthStateStore, type Account, type AuthState, type KeptSignIn, type TokenStorage } from './auth-state.ts';
import { askConsent } from './consent.ts';
import { EntraNetwork } from './entra-network.ts';
import { ForgottenTenants, loadForgottenTenants } from './forgotten-tenants.ts';
import { promptInBrowser, type Prompt } from './interactive-prompt.ts';
import { toSecretNames } from './kept-sign-in.ts';
import { HOME_AUTHORITY, toAuthority } from './msal-application.ts';
import { PromptSlot } from './prompt-slot.ts';
import { systemClock, type RealClock } from './real-clock.ts';
import { Refusals } from './refusals.ts';
import { resolveTenant } from './resolve-tenant.ts';
import { missingScopes, READ_SCOPES, toFullScope } from './scopes.ts';
import { SecretWriter } from './secret-writer.ts';
import { assertTokenOf, toHomeAccount, type Session } from './session.ts';
import { Sessions, toErrorName } from './sessions.ts';
import { SignInError, WrongTenantTokenError, type SignInProblem } from './sign-in-problem.ts';
import { readTokenPerson, type TokenPerson } from './token-tenant.ts';
import { toTenantId } from './tenant-id.ts';
import { untilAborted } from './until-aborted.ts';

const DEFAULT_PROMPT_SECONDS = 300;
const DEFAULT_REQUEST_SECONDS = 30;

/** Builds the service and loads the sign-ins of last time; a damaged one leaves its account signed out, and `state()` says so. */
export async function createAuthService(options: AuthOptions): Promise<AuthService> {
  const { forgottenTenants } = toSecretNames(options.cloud.clientId);
  const forgotten = await loadForgottenTenants(options.secrets, forgottenTenants);
  if (forgotten === undefined) options.log.warn('forgottenTenantsLost');
  const auth = new Auth(options, forgotten ?? new Set());
  await auth.load();
  return auth;
}

/** Who a tenant is worked in with, and as which application. */
interface Target {
  readonly clientId: string;
  /** Absent where nobody said which, and it isn't plain. */
  readonly accountId: string | undefined;
}

/** A sign-in that may be asked for tokens of a tenant, until `isMeant` says that it is another's now. */
interface Reached {
  readonly id: string;
  readonly session: Session;
  readonly isMeant: () => boolean;
}

class Auth implements AuthService {
  readonly #options: AuthOptions;
  readonly #clientId: string;
  readonly #clock: RealClock;
  readonly #network: EntraNetwork;
  readonly #forgotten: ForgottenTenants;
  readonly #sessions: Sessions;
  readonly #access: Map<string, TenantAccess>;
  readonly #states: AuthStateStore;
  readonly #refusals: Refusals;
  readonly #prompts = new PromptSlot(() => this.#publish());
  /** Secrets whose last writing failed, by name. */
  readonly #unwritten = new Set<string>();
  #keptSignIn: KeptSignIn = 'fine';
  #lastProblem: SignInProblem | undefined;

  constructor(options: AuthOptions, forgotten: ReadonlySet<string>) {
    this.#options = options;
    this.#clientId = options.cloud.clientId.toLowerCase();
    this.#clock = options.realClock ?? systemClock;
    this.#network = new EntraNetwork({
      fetch: options.fetch,
      clock: this.#clock,
      timeoutSeconds: options.requestTimeoutSeconds ?? DEFAULT_REQUEST_SECONDS,
    });
    this.#refusals = new Refusals({ clock: this.#clock, network: this.#network, log: options.log });
    const written = (name: string, error: unknown) => this.#onWritten(name, error);
    const listName = toSecretNames(this.#clientId).forgottenTenants;
    this.#forgotten = new ForgottenTenants(
      forgotten,
      new SecretWriter(options.secrets, listName, error => written(listName, error)),
    );
    this.#access = new Map(
      [...(options.access ?? [])].map(([id, access]) => [requireTenantId(id), inLowerCase(access)]),
    );
    this.#sessions = new Sessions({
      cloud: options.cloud,
      network: this.#network,
      secrets: options.secrets,
      log: options.log,
      forgottenTenants: this.#forgotten.all,
      written,
    });
    this.#states = new AuthStateStore(this.#toState());
  }

  /** Loads what was kept of the shared application, and of every tenant's own. */
  async load(): Promise<void> {
    const own = [...this.#access.values()].flatMap(({ clientId }) => (clientId === undefined ? [] : [clientId]));
    this.#keptSignIn = await this.#sessions.load(new Set([this.#clientId, ...own]));
    this.#publish();
  }

  state(): AuthState {
    return this.#states.get();
  }

  watch(signal?: AbortSignal): AsyncGenerator<AuthState, void, void> {
    return this.#states.watch(signal);
  }

  accounts(): readonly Account[] {
    return this.#sessions.accounts;
  }

  accountIn(tenantId: string): Account | undefined {
    const { accountId } = this.#targetOf(requireTenantId(tenantId));
    return this.#sessions.accounts.find(({ id }) => id === accountId);
  }

  clientIdIn(tenantId: string): string {
    return this.#targetOf(requireTenantId(tenantId)).clientId;
  }

  async setAccess(tenantId: string, access: TenantAccess | undefined): Promise<void> {
    const id = requireTenantId(tenantId);
    const before = this.#targetOf(id);
    if (access === undefined) this.#access.delete(id);
    else this.#access.set(id, inLowerCase(access));
    const { accountId, clientId } = this.#targetOf(id);
    if (accountId === before.accountId && clientId === before.clientId) return;
    this.#refusals.forgetChallengeOf(id);
    this.#prompts.cancel(id);
    this.#publish();
    const session = accountId === undefined ? undefined : this.#sessions.find(clientId, accountId);
    await this.#sessions.dropTokensOf(id, session);
    await this.#endNeedless();
  }

  asAccount(accountId: string): TokenSource {
    return {
      accessToken: async (tenantId, scopes, options = {}) => {
        const id = requireTenantId(tenantId);
        const session = this.#sessions.find(this.#clientId, accountId);
        if (session === undefined) throw new SignInError({ kind: 'signedOut', tenantId: id });
        return this.#tokenFrom({ id, session, isMeant: () => true }, scopes, options);
      },
    };
  }

  signIn(options: { readonly username?: string; readonly signal?: AbortSignal } = {}): Promise<Account> {
    return this.#prompts.run(undefined, options.signal, async signal => {
      // An application and a cache of its own: until it has succeeded, every sign-in before it stays untouched.
      const { msal, cache } = this.#sessions.application(this.#clientId);
      const correlationId = randomUUID();
      try {
        const result = await promptInBrowser({
          ...this.#promptWith(msal, signal, correlationId),
          // No scope of Graph's: home is where the person is from, not necessarily a tenant to work in.
          request: {
            authority: toAuthority(this.#options.cloud, HOME_AUTHORITY),
            scopes: [],
            ...(options.username === undefined ? { prompt: 'select_account' } : { loginHint: options.username }),
          },
        });
        const home = toHomeAccount(result, correlationId);
        assertTokenOf(result, { tenantId: home.homeTenantId, homeAccountId: home.homeAccountId, correlationId });
        if (signal.aborted) throw new SignInError({ kind: 'cancelled', correlationId });
        this.#refusals.forgetChallenges();
        const { account } = this.#sessions.open({ clientId: this.#clientId, home, msal, cache });
        this.#keptSignIn = 'fine';
        this.#lastProblem = undefined;
        return account;
      } catch (error) {
        const failed = this.#refusals.toError(error, { tenantId: undefined, scopes: [], correlationId });
        this.#lastProblem = failed.problem;
        throw failed;
      }
    });
  }

  async signInToTenant(
    tenantId: string,
    scopes: readonly string[],
    options: { readonly claims?: string; readonly username?: string; readonly signal?: AbortSignal } = {},
  ): Promise<void> {
    const id = requireTenantId(tenantId);
    const { clientId, accountId } = this.#targetOf(id);
    const known = accountId === undefined ? undefined : this.#sessions.find(clientId, accountId);
    if (accountId === undefined || this.#forgotten.has(id)) throw this.#unreachable(id);
    await this.#prompts.run(id, options.signal, async signal => {
      const correlationId = randomUUID();
      const fullScopes = scopes.map(toFullScope);
      const claims = options.claims ?? this.#refusals.challengeOf(id);
      const username = known?.home.username ?? this.accountIn(id)?.username ?? options.username;
      const { msal, cache } = known === undefined ? this.#sessions.application(clientId) : { msal: known.msal };
      try {
        const result = await promptInBrowser({
          ...this.#promptWith(msal, signal, correlationId),
          tenantId: id,
          request: {
            authority: toAuthority(this.#options.cloud, id),
            scopes: fullScopes,
            ...(username !== undefined && { loginHint: username }),
            ...(claims !== undefined && { claims }),
          },
        });
        let session = known;
        if (cache !== undefined) {
          const home = toHomeAccount(result, correlationId);
          if (toAccountId(home.homeAccountId) !== accountId)
            throw new WrongTenantTokenError({ wrong: 'account', tenantId: id, correlationId });
          assertTokenOf(result, { tenantId: id, homeAccountId: home.homeAccountId, correlationId });
          if (signal.aborted) throw new SignInError({ kind: 'cancelled', tenantId: id, correlationId });
          session = this.#sessions.open({ clientId, home, msal, cache });
        }
        if (session !== undefined)
          await this.#assertUsable(
            { id, session, isMeant: () => this.#find(id) === session },
            result,
            fullScopes,
            correlationId,
          );
        this.#refusals.forgetChallengeOf(id);
      } catch (error) {
        throw this.#refusals.toError(error, { tenantId: id, scopes: fullScopes, correlationId });
      }
    });
  }

  async accessToken(
    tenantId: string,
    scopes: readonly string[],
    options: AccessTokenOptions = {},
  ): Promise<TenantToken> {
    const id = requireTenantId(tenantId);
    const session = this.#find(id);
    if (session === undefined) throw this.#unreachable(id);
    return this.#tokenFrom({ id, session, isMeant: () => this.#find(id) === session }, scopes, options);
  }

  async claimsIn(tenantId: string, options: { readonly signal?: AbortSignal } = {}): Promise<TokenPerson> {
    const { token } = await this.accessToken(tenantId, READ_SCOPES, options);
    return readTokenPerson(token);
  }

  consentOf(
    tenantId: string,
    scopes: readonly string[],
    options: { readonly signal?: AbortSignal } = {},
  ): Promise<readonly ScopeConsent[]> {
    return askConsent(this, tenantId, scopes, options.signal);
  }

  resolveTenant(domainOrId: string, options: { readonly signal?: AbortSignal } = {}): Promise<string> {
    return resolveTenant(domainOrId, this.#options.cloud, this.#network, options.signal);
  }

  async forgetTenant(tenantId: string): Promise<void> {
    const id = requireTenantId(tenantId);
    this.#refusals.forgetChallengeOf(id);
    this.#prompts.cancel(id);
    this.#access.delete(id);
    // The list first: killed in between, the next start takes the tokens out by it.
    const listed = this.#forgotten.add(id);
    const outcomes = await Promise.allSettled([listed, this.#sessions.applyRule(), this.#endNeedless()]);
    const failed = outcomes.find(outcome => outcome.status === 'rejected');
    if (failed !== undefined) throw new SignInError({ kind: 'unexpected', code: 'secret_not_written', tenantId: id });
  }

  async rememberTenant(tenantId: string): Promise<void> {
    const id = requireTenantId(tenantId);
    try {
      await this.#forgotten.remove(id);
    } catch {
      throw new SignInError({ kind: 'unexpected', code: 'secret_not_written', tenantId: id });
    }
  }

  async signOut(accountId?: string): Promise<void> {
    const prompted = this.#prompts.current?.tenantId;
    const isItsPrompt = prompted !== undefined && this.#targetOf(prompted).accountId === accountId;
    if (accountId === undefined || isItsPrompt) this.#prompts.cancel();
    const ended = this.#sessions.end(({ account }) => accountId === undefined || account.id === accountId);
    const isLast = this.#sessions.accounts.length === 0;
    this.#refusals.forgetChallenges();
    this.#lastProblem = undefined;
    if (isLast) this.#keptSignIn = 'fine';
    this.#publish();
    const remains = isLast ? this.#sessions.removeRemains(this.#clientId) : undefined;
    const outcomes = await Promise.allSettled([ended, remains]);
    if (outcomes.some(({ status }) => status === 'rejected'))
      throw new SignInError({ kind: 'unexpected', code: 'secret_not_removed' });
  }

  async stop(): Promise<void> {
    await this.#prompts.stop();
    this.#states.close();
    // Told already, by the state and the log, when the write failed.
    await Promise.allSettled([this.#sessions.flush(), this.#forgotten.flush()]);
  }

  /** Ends the sign-ins to applications of their own that no tenant uses any more. */
  async #endNeedless(): Promise<void> {
    const used = new Set([...this.#access.values()].map(({ clientId }) => clientId));
    await this.#sessions.end(({ clientId }) => clientId !== this.#clientId && !used.has(clientId));
  }

  #targetOf(id: string): Target {
    const access = this.#access.get(id);
    const { accounts } = this.#sessions;
    const onlyOne = accounts.length === 1 ? accounts[0]?.id : undefined;
    return { clientId: access?.clientId ?? this.#clientId, accountId: access?.accountId ?? onlyOne };
  }

  /** The sign-in that the tenant's tokens come from, where there is one and they may be had. */
  #find(id: string): Session | undefined {
    const { clientId, accountId } = this.#targetOf(id);
    if (accountId === undefined || this.#forgotten.has(id)) return undefined;
    return this.#sessions.find(clientId, accountId);
  }

  /** Why there is none. */
  #unreachable(id: string): SignInError {
    const { accountId } = this.#targetOf(id);
    const { accounts } = this.#sessions;
    if (accountId === undefined)
      return new SignInError({ kind: accounts.length === 0 ? 'signedOut' : 'accountNotChosen', tenantId: id });
    if (!accounts.some(account => account.id === accountId))
      return new SignInError({ kind: 'signedOut', tenantId: id });
    return new SignInError({ kind: this.#forgotten.has(id) ? 'tenantForgotten' : 'notSignedInHere', tenantId: id });
  }

  async #tokenFrom(reached: Reached, scopes: readonly string[], options: AccessTokenOptions): Promise<TenantToken> {
    const { id } = reached;
    if (this.#forgotten.has(id)) throw new SignInError({ kind: 'tenantForgotten', tenantId: id });
    if (options.signal?.aborted === true) throw new SignInError({ kind: 'cancelled', tenantId: id });
    return untilAborted(this.#acquire(reached, scopes.map(toFullScope), options), options.signal, id);
  }

  async #acquire(reached: Reached, scopes: readonly string[], options: AccessTokenOptions): Promise<TenantToken> {
    const { id, session } = reached;
    const correlationId = randomUUID();
    const { claims, forceRefresh = false } = options;
    try {
      const result = await session.acquireSilently(this.#options.cloud, {
        tenantId: id,
        scopes,
        forceRefresh,
        correlationId,
        ...(claims !== undefined && { claims }),
      });
      await this.#assertUsable(reached, result, scopes, correlationId);
      if (result.accessToken === '' || result.expiresOn === null)
        throw new SignInError({ kind: 'unexpected', code: 'no_access_token', tenantId: id, correlationId });
      return { token: result.accessToken, tenantId: id, expiresAt: Math.floor(result.expiresOn.getTime() / 1000) };
    } catch (error) {
      throw this.#refusals.toError(error, {
        tenantId: id,
        scopes,
        correlationId,
        ...(claims !== undefined && { claims }),
      });
    }
  }

  /** What must hold of every token before it is handed out or counted as had. */
  async #assertUsable(
    { id, session, isMeant }: Reached,
    result: Parameters<typeof assertTokenOf>[0],
    scopes: readonly string[],
    correlationId: string,
  ): Promise<void> {
    try {
      assertTokenOf(result, { tenantId: id, homeAccountId: session.home.homeAccountId, correlationId });
    } catch (error) {
      if (error instanceof WrongTenantTokenError) await session.dropTokensOf(id);
      throw error;
    }
    // Signed out or forgotten while the answer was on its way.
    if (!this.#sessions.isOpen(session)) throw new SignInError({ kind: 'signedOut', tenantId: id, correlationId });
    if (this.#forgotten.has(id)) throw new SignInError({ kind: 'tenantForgotten', tenantId: id, correlationId });
    // Given to another account or application meanwhile.
    if (!isMeant()) throw new SignInError({ kind: 'cancelled', tenantId: id, correlationId });
    const missing = missingScopes(scopes, result.scopes);
    if (missing.length > 0)
      throw new SignInError({ kind: 'consentMissing', scopes: missing, declined: false, tenantId: id, correlationId });
  }

  #promptWith(msal: Prompt['msal'], signal: AbortSignal, correlationId: string): Omit<Prompt, 'request' | 'tenantId'> {
    return {
      msal,
      network: this.#network,
      clock: this.#clock,
      openUrl: this.#options.openUrl,
      timeoutSeconds: this.#options.interactiveTimeoutSeconds?.() ?? DEFAULT_PROMPT_SECONDS,
      signal,
      correlationId,
    };
  }

  get #tokenStorage(): TokenStorage {
    if (this.#unwritten.size > 0) return 'failing';
    return this.#options.secrets.isPersistent ? 'encrypted' : 'memory';
  }

  #onWritten(name: string, error: unknown): void {
    const before = this.#tokenStorage;
    if (error === undefined) this.#unwritten.delete(name);
    else {
      this.#options.log.warn('secretWriteFailed', { error: toErrorName(error) });
      this.#unwritten.add(name);
    }
    if (this.#tokenStorage !== before) this.#publish();
  }

  #publish(): void {
    this.#states.set(this.#toState());
  }

  #toState(): AuthState {
    const { accounts } = this.#sessions;
    const common = { accounts, keptSignIn: this.#keptSignIn, tokenStorage: this.#tokenStorage };
    const prompt = this.#prompts.current;
    if (prompt !== undefined) {
      const { tenantId } = prompt;
      return { ...common, status: 'signingIn', ...(tenantId !== undefined && { tenantId }) };
    }
    if (accounts.length > 0) return { ...common, status: 'signedIn' };
    return {
      ...common,
      status: 'signedOut',
      ...(this.#lastProblem !== undefined && { lastProblem: this.#lastProblem }),
    };
  }
}

function requireTenantId(tenantId: string): string {
  const id = toTenantId(tenantId);
  if (id === undefined) throw new SignInError({ kind: 'unknownTenant', asked: tenantId });
  return id;
}

function inLowerCase({ clientId, ...access }: TenantAccess): TenantAccess {
  return { ...access, ...(clientId !== undefined && { clientId: clientId.toLowerCase() }) };
}
