import { randomUUID } from 'node:crypto';
import type { AccessTokenOptions } from '../graph/index.ts';
import type { AuthOptions, AuthService, ScopeConsent, TenantToken } from './auth-service.ts';
import { AuthStateStore, type Account, type AuthState, type KeptSignIn, type TokenStorage } from './auth-state.ts';
import { askConsent } from './consent.ts';
import { EntraNetwork } from './entra-network.ts';
import { ForgottenTenants, loadForgottenTenants } from './forgotten-tenants.ts';
import { promptInBrowser, type Prompt } from './interactive-prompt.ts';
import { loadKeptSignIn, toKeptText, toSecretNames, type SignIn } from './kept-sign-in.ts';
import { createMsal, HOME_AUTHORITY, toAuthority } from './msal-application.ts';
import { PromptSlot } from './prompt-slot.ts';
import { systemClock, type RealClock } from './real-clock.ts';
import { Refusals } from './refusals.ts';
import { resolveTenant } from './resolve-tenant.ts';
import { missingScopes, READ_SCOPES, toFullScope } from './scopes.ts';
import { SecretWriter } from './secret-writer.ts';
import { assertTokenOf, Session, toHomeAccount } from './session.ts';
import { SignInError, WrongTenantTokenError, type SignInProblem } from './sign-in-problem.ts';
import { readTokenPerson, type TokenPerson } from './token-tenant.ts';
import { toTenantId } from './tenant-id.ts';
import { TokenCache } from './token-cache.ts';
import { untilAborted } from './until-aborted.ts';

const DEFAULT_PROMPT_SECONDS = 300;
const DEFAULT_REQUEST_SECONDS = 30;

/** Builds the service and loads the sign-in of last time; a damaged one leaves it signed out, and `state()` says so. */
export async function createAuthService(options: AuthOptions): Promise<AuthService> {
  const names = toSecretNames(options.cloud.clientId);
  const kept = await loadKeptSignIn(options.secrets, names);
  if (kept.outcome !== 'fine')
    options.log.warn('keptSignInRefused', { outcome: kept.outcome, error: toErrorName(kept.error) });
  const forgotten = await loadForgottenTenants(options.secrets, names.forgottenTenants);
  if (forgotten === undefined) options.log.warn('forgottenTenantsLost');
  return new Auth(options, kept, forgotten ?? new Set());
}

class Auth implements AuthService {
  readonly #options: AuthOptions;
  readonly #clock: RealClock;
  readonly #network: EntraNetwork;
  readonly #names: ReturnType<typeof toSecretNames>;
  readonly #signInWriter: SecretWriter;
  readonly #forgotten: ForgottenTenants;
  readonly #states: AuthStateStore;
  readonly #refusals: Refusals;
  readonly #prompts = new PromptSlot(() => this.#publish());
  #session: Session | undefined;
  #keptSignIn: KeptSignIn;
  #tokenStorage: TokenStorage;
  #lastProblem: SignInProblem | undefined;

  constructor(
    options: AuthOptions,
    kept: { readonly outcome: KeptSignIn; readonly signIn?: SignIn },
    forgotten: ReadonlySet<string>,
  ) {
    this.#options = options;
    this.#clock = options.realClock ?? systemClock;
    this.#network = new EntraNetwork({
      fetch: options.fetch,
      clock: this.#clock,
      timeoutSeconds: options.requestTimeoutSeconds ?? DEFAULT_REQUEST_SECONDS,
    });
    this.#refusals = new Refusals({ clock: this.#clock, network: this.#network, log: options.log });
    this.#names = toSecretNames(options.cloud.clientId);
    this.#keptSignIn = kept.outcome;
    this.#tokenStorage = options.secrets.isPersistent ? 'encrypted' : 'memory';
    this.#signInWriter = new SecretWriter(options.secrets, this.#names.signIn, error => this.#onWritten(error));
    this.#forgotten = new ForgottenTenants(
      forgotten,
      new SecretWriter(options.secrets, this.#names.forgottenTenants, error => this.#onWritten(error)),
    );
    this.#states = new AuthStateStore(this.#toState());
    if (kept.signIn !== undefined) {
      const cache = new TokenCache(kept.signIn.cache);
      this.#session = this.#openSession(kept.signIn.home, createMsal(options.cloud, this.#network, cache), cache);
      this.#publish();
    }
  }

  state(): AuthState {
    return this.#states.get();
  }

  watch(signal?: AbortSignal): AsyncGenerator<AuthState, void, void> {
    return this.#states.watch(signal);
  }

  account(): Account | undefined {
    return this.#session?.account;
  }

  signIn(options: { readonly signal?: AbortSignal } = {}): Promise<Account> {
    return this.#prompts.run(undefined, options.signal, async signal => {
      // An application and a cache of its own: until it has succeeded, the sign-in before it stays untouched.
      const cache = new TokenCache();
      const msal = createMsal(this.#options.cloud, this.#network, cache);
      const correlationId = randomUUID();
      try {
        const result = await promptInBrowser({
          ...this.#promptWith(msal, signal, correlationId),
          // No scope of Graph's: home is where the person is from, not necessarily a tenant to work in.
          request: {
            authority: toAuthority(this.#options.cloud, HOME_AUTHORITY),
            scopes: [],
            prompt: 'select_account',
          },
        });
        const home = toHomeAccount(result, correlationId);
        assertTokenOf(result, { tenantId: home.homeTenantId, homeAccountId: home.homeAccountId, correlationId });
        if (signal.aborted) throw new SignInError({ kind: 'cancelled', correlationId });
        this.#session?.end();
        this.#refusals.forgetChallenges();
        this.#session = this.#openSession(home, msal, cache);
        this.#keep(this.#session.signIn);
        this.#keptSignIn = 'fine';
        this.#lastProblem = undefined;
        return this.#session.account;
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
    options: { readonly claims?: string; readonly signal?: AbortSignal } = {},
  ): Promise<void> {
    const { session, id } = this.#reach(tenantId);
    await this.#prompts.run(id, options.signal, async signal => {
      const correlationId = randomUUID();
      const fullScopes = scopes.map(toFullScope);
      const claims = options.claims ?? this.#refusals.challengeOf(id);
      try {
        const result = await promptInBrowser({
          ...this.#promptWith(session.msal, signal, correlationId),
          tenantId: id,
          request: {
            authority: toAuthority(this.#options.cloud, id),
            scopes: fullScopes,
            loginHint: session.home.username,
            ...(claims !== undefined && { claims }),
          },
        });
        await this.#assertUsable(session, id, result, fullScopes, correlationId);
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
    const { session, id } = this.#reach(tenantId);
    if (options.signal?.aborted === true) throw new SignInError({ kind: 'cancelled', tenantId: id });
    return untilAborted(this.#acquire(session, id, scopes.map(toFullScope), options), options.signal, id);
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
    // The list first: killed in between, the next start takes the tokens out by it.
    const listed = this.#forgotten.add(id);
    const written = this.#session?.applyRule().then(() => this.#flushOrRemove());
    const outcomes = await Promise.allSettled([listed, written]);
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

  async signOut(): Promise<void> {
    this.#prompts.cancel();
    this.#session?.end();
    this.#session = undefined;
    this.#refusals.forgetChallenges();
    this.#lastProblem = undefined;
    this.#keptSignIn = 'fine';
    this.#publish();
    this.#signInWriter.remove();
    try {
      await this.#signInWriter.flush();
      await this.#options.secrets.remove(this.#names.setAside);
    } catch {
      throw new SignInError({ kind: 'unexpected', code: 'secret_not_removed' });
    }
  }

  async stop(): Promise<void> {
    await this.#prompts.stop();
    this.#states.close();
    // Told already, by the state and the log, when the write failed.
    await Promise.allSettled([this.#signInWriter.flush(), this.#forgotten.flush()]);
  }

  #openSession(home: SignIn['home'], msal: Prompt['msal'], cache: TokenCache): Session {
    return new Session(home, msal, cache, this.#forgotten.all, signIn => this.#keep(signIn));
  }

  #keep(signIn: SignIn): void {
    this.#signInWriter.save(() => toKeptText(signIn));
  }

  /** @throws SignInError where nobody is signed in, the tenant is forgotten, or its id is no GUID */
  #reach(tenantId: string): { readonly session: Session; readonly id: string } {
    const id = requireTenantId(tenantId);
    if (this.#session === undefined) throw new SignInError({ kind: 'signedOut', tenantId: id });
    if (this.#forgotten.has(id)) throw new SignInError({ kind: 'tenantForgotten', tenantId: id });
    return { session: this.#session, id };
  }

  async #acquire(
    session: Session,
    id: string,
    scopes: readonly string[],
    options: AccessTokenOptions,
  ): Promise<TenantToken> {
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
      await this.#assertUsable(session, id, result, scopes, correlationId);
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
    session: Session,
    id: string,
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
    if (this.#session !== session) throw new SignInError({ kind: 'signedOut', tenantId: id, correlationId });
    if (this.#forgotten.has(id)) throw new SignInError({ kind: 'tenantForgotten', tenantId: id, correlationId });
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

  /** Tokens to be gone must be gone from the disk: where the rest can't be written, the whole secret goes. */
  async #flushOrRemove(): Promise<void> {
    try {
      await this.#signInWriter.flush();
    } catch {
      await this.#options.secrets.remove(this.#names.signIn);
    }
  }

  #onWritten(error: unknown): void {
    if (error !== undefined) this.#options.log.warn('secretWriteFailed', { error: toErrorName(error) });
    const works: TokenStorage = this.#options.secrets.isPersistent ? 'encrypted' : 'memory';
    const storage: TokenStorage = error === undefined ? works : 'failing';
    if (storage === this.#tokenStorage) return;
    this.#tokenStorage = storage;
    this.#publish();
  }

  #publish(): void {
    this.#states.set(this.#toState());
  }

  #toState(): AuthState {
    const common = { keptSignIn: this.#keptSignIn, tokenStorage: this.#tokenStorage };
    const account = this.#session?.account;
    const prompt = this.#prompts.current;
    if (prompt !== undefined) {
      const { tenantId } = prompt;
      return {
        ...common,
        status: 'signingIn',
        ...(tenantId !== undefined && { tenantId }),
        ...(account !== undefined && { account }),
      };
    }
    if (account !== undefined) return { ...common, status: 'signedIn', account };
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

/** Of an error of the host, the kind alone: its text may quote what was to be kept. */
function toErrorName(error: unknown): string | undefined {
  return error instanceof Error ? error.name : undefined;
}
