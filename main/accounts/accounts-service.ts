import type { AccountState, TenantAccess } from '../../shared/contract/account.ts';
import type { ConsoleEvent } from '../../shared/contract/console.ts';
import { AppFailure } from '../../shared/contract/errors.ts';
import type { Tenant } from '../../shared/contract/tenants.ts';
import type { TenantId } from '../../shared/domain/protection-unit.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import type { AuthService } from '../auth/index.ts';
import type { Catalog } from '../catalog/index.ts';
import { asAppFailure } from '../failures.ts';
import type { Log } from '../host.ts';
import { toAuthAccess, toTold } from './tenant-access.ts';

export interface AccountsParts {
  readonly catalog: {
    readonly tenants: Pick<Catalog['tenants'], 'list' | 'get' | 'setAccess'>;
    readonly plans: Pick<Catalog['plans'], 'list'>;
  };
  readonly auth: Pick<
    AuthService,
    'state' | 'accounts' | 'accountIn' | 'signIn' | 'signInToTenant' | 'signOut' | 'setAccess'
  >;
  /** The application that signs in to tenants that have none of their own. */
  readonly sharedClientId: string;
  readonly now: (tenantId: TenantId) => UtcSeconds;
  /** Whether a change (of policies, of the service, of its e-mail setting) is being sent in the tenant. */
  readonly isSending: (tenantId: TenantId) => boolean;
  /** Holds the tenant's syncs while something about it changes. */
  readonly whileClosed: <T>(tenantId: TenantId, during: () => Promise<T>) => Promise<T>;
  /** Told where another application works in the tenant from now on: that it controls or not is no news then. */
  readonly onApplicationChanged: (tenantId: TenantId) => void;
  readonly log: Log;
  readonly emit: (event: ConsoleEvent) => void;
}

interface Options {
  readonly signal?: AbortSignal;
}

/** A change of who works in a tenant, or as which application; what is left out stays, `null` is the shared application. */
export interface AccessChange {
  readonly accountId?: string | undefined;
  readonly clientId?: string | null | undefined;
}

/** Who is signed in, and which account and application work in which tenant. Failures are AppFailures. */
export class AccountsService {
  readonly #parts: AccountsParts;

  constructor(parts: AccountsParts) {
    this.#parts = parts;
  }

  state(): AccountState {
    const state = this.#parts.auth.state();
    return {
      accounts: state.accounts.map(toTold),
      clientId: this.#parts.sharedClientId,
      ...(state.status === 'signingIn'
        ? { signingIn: state.tenantId === undefined ? {} : { tenantId: state.tenantId } }
        : {}),
    };
  }

  /** @param input.username whom the browser offers first */
  async signIn({ username }: { readonly username?: string }, { signal }: Options = {}): Promise<AccountState> {
    await this.#parts.auth
      .signIn({ ...(username === undefined ? {} : { username }), ...(signal === undefined ? {} : { signal }) })
      .catch((error: unknown) => {
        throw asAppFailure(error);
      });
    await this.giveUnclaimed();
    return this.state();
  }

  async signInToTenant(tenantId: TenantId, scopes: readonly string[], { signal }: Options = {}): Promise<AccountState> {
    const username = (await this.#parts.catalog.tenants.get(tenantId)).access?.account?.username;
    const options = { ...(username === undefined ? {} : { username }), ...(signal === undefined ? {} : { signal }) };
    await this.#parts.auth.signInToTenant(tenantId, scopes, options).catch((error: unknown) => {
      throw asAppFailure(error, { tenantId });
    });
    return this.state();
  }

  async signOut(accountId: string): Promise<AccountState> {
    await this.#parts.auth.signOut(accountId);
    return this.state();
  }

  /**
   * Tenants that nobody works in become those of the account that is signed in, as long as there is one alone: those of a
   * profile that knew one account only, and those that were added while nobody was signed in.
   */
  async giveUnclaimed(): Promise<void> {
    const { auth, catalog, emit, log } = this.#parts;
    const [account, ...others] = auth.accounts();
    if (account === undefined || others.length > 0) return;
    try {
      for (const { id, access } of await catalog.tenants.list()) {
        if (access?.account !== undefined) continue;
        const given = { ...access, account: toTold(account) };
        await catalog.tenants.setAccess(id, given);
        await auth.setAccess(id, toAuthAccess(given));
        emit({ type: 'tenantsChanged', tenantId: id });
      }
    } catch (error) {
      // The one account goes on working in them; it is tried again at the next sign-in and the next start.
      log.warn('accounts.notGiven', { reason: String(error) });
    }
  }

  /**
   * Gives the tenant to another account or application. Audited. Setting what is set does nothing.
   *
   * @throws AppFailure SIGNED_OUT where the account that is named, or for a change of the application the tenant's own, is not
   * signed in; TENANT_BUSY while a restore or a change of ours runs there: it was begun as somebody, and goes on as them
   */
  async setAccess(tenantId: TenantId, change: AccessChange): Promise<Tenant> {
    const { catalog, emit, whileClosed } = this.#parts;
    const changed = await whileClosed(tenantId, async () => {
      const tenant = await catalog.tenants.get(tenantId);
      const before = tenant.access ?? {};
      const after = this.#changed(before, change);
      if (before.account?.id === after.account?.id && before.clientId === after.clientId) return tenant;
      await this.#requireIdle(tenantId);
      return await this.#write(tenant, before, after);
    });
    emit({ type: 'tenantsChanged', tenantId });
    return changed;
  }

  async #write(tenant: Tenant, before: TenantAccess, after: TenantAccess): Promise<Tenant> {
    const { auth, catalog, now, sharedClientId } = this.#parts;
    const tenantId = tenant.id;
    const isOtherAccount = before.account?.id !== after.account?.id;
    const who = isOtherAccount ? after.account?.username : auth.accountIn(tenantId)?.username;
    if (who === undefined) throw new AppFailure({ code: 'SIGNED_OUT' });
    const told = ({ account, clientId = sharedClientId }: TenantAccess) => ({
      ...(account === undefined ? {} : { account: account.username }),
      clientId,
    });
    const changed = await catalog.tenants.setAccess(tenantId, after, {
      at: now(tenantId),
      tenantId,
      who,
      what: 'tenant.setAccess',
      target: `tenant ${tenantId}`,
      before: told(before),
      after: { ...told(after), displayName: tenant.displayName },
    });
    await auth.setAccess(tenantId, toAuthAccess(after));
    if (before.clientId !== after.clientId) this.#parts.onApplicationChanged(tenantId);
    return changed;
  }

  #changed(before: TenantAccess, { accountId, clientId }: AccessChange): TenantAccess {
    const account = accountId === undefined ? before.account : this.#signedIn(accountId);
    const own = clientId === undefined ? before.clientId : (clientId?.toLowerCase() ?? undefined);
    // The shared application is nobody's own.
    const isShared = own === undefined || own === this.#parts.sharedClientId.toLowerCase();
    return { ...(account === undefined ? {} : { account }), ...(isShared ? {} : { clientId: own }) };
  }

  #signedIn(accountId: string) {
    const account = this.#parts.auth.accounts().find(({ id }) => id === accountId);
    if (account === undefined) throw new AppFailure({ code: 'SIGNED_OUT' });
    return toTold(account);
  }

  async #requireIdle(tenantId: TenantId): Promise<void> {
    const { catalog, isSending, now } = this.#parts;
    const plans = await catalog.plans.list({ tenantId, now: now(tenantId) });
    const running = plans.filter(({ status }) => status === 'starting' || status === 'running');
    if (running.length > 0 || isSending(tenantId))
      throw new AppFailure({ code: 'TENANT_BUSY', tenantId, restores: running.map(({ name }) => name) });
  }
}
