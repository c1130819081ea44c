import type { TenantAccess } from '../../shared/contract/account.ts';
import type { ConsoleEvent } from '../../shared/contract/console.ts';
import { AppFailure } from '../../shared/contract/errors.ts';
import type { Customer, ProtectionOverview, Readiness, Tenant, TenantAtHome } from '../../shared/contract/tenants.ts';
import type { TenantId } from '../../shared/domain/protection-unit.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import { toAuthAccess, toTold } from '../accounts/index.ts';
import type { AuthService, ScopeConsent } from '../auth/index.ts';
import type { TenantsCatalog } from '../catalog/index.ts';
import { asAppFailure, toShortScope } from '../failures.ts';
import { GraphError, itemsOf, type Organization, type TenantGraph } from '../graph/index.ts';
import type { RestoreStanding, TenantStanding } from '../restore/index.ts';
import type { Connectivity, ServiceClocks, SyncService } from '../sync/index.ts';
import { CHECKED_SCOPES, findSignInProblem, toReadinessItems } from './readiness.ts';

export interface TenantsParts {
  readonly catalog: {
    readonly tenants: Pick<
      TenantsCatalog,
      | 'list'
      | 'find'
      | 'get'
      | 'add'
      | 'setTimeZone'
      | 'setReadOnly'
      | 'setAccess'
      | 'atHome'
      | 'saveReadiness'
      | 'readiness'
      | 'overview'
      | 'forget'
    >;
  };
  readonly graph: { forTenant(tenantId: TenantId): Pick<TenantGraph, 'organization'> };
  /** Graph as one account sees it, by the shared application. */
  readonly graphAs: (accountId: string) => {
    forTenant(tenantId: TenantId): Pick<TenantGraph, 'delegatedAdminCustomers'>;
  };
  readonly auth: Pick<
    AuthService,
    | 'accounts'
    | 'accountIn'
    | 'clientIdIn'
    | 'setAccess'
    | 'resolveTenant'
    | 'rememberTenant'
    | 'forgetTenant'
    | 'consentOf'
    | 'claimsIn'
  >;
  readonly sync: Pick<SyncService, 'readStanding' | 'closeTenantWhile'>;
  readonly clocks: Pick<ServiceClocks, 'now' | 'clock' | 'learn' | 'forget'>;
  readonly connectivity: Pick<Connectivity, 'isOnline' | 'suspect'>;
  /** The host's clock, which the list of all tenants is shown by. */
  readonly hostNow: () => UtcSeconds;
  readonly emit: (event: ConsoleEvent) => void;
  /** Ends whatever else works in the tenant before it is forgotten (restores that are followed). */
  readonly beforeForget?: (tenantId: TenantId) => Promise<void>;
}

interface Options {
  readonly signal?: AbortSignal;
}

/** The customer tenants: which there are, whether all is in place to work in them, and how they stand. Failures are AppFailures. */
export class TenantsService implements TenantStanding {
  readonly #parts: TenantsParts;
  /** Names from the list of customers, for tenants that don't tell theirs. */
  readonly #customerNames = new Map<TenantId, string>();

  constructor(parts: TenantsParts) {
    this.#parts = parts;
  }

  async list(): Promise<Tenant[]> {
    return await this.#parts.catalog.tenants.list();
  }

  /** Every tenant with the facts of its state, from the catalog alone. */
  async atHome(): Promise<TenantAtHome[]> {
    const { catalog, clocks, hostNow } = this.#parts;
    const nows = (await catalog.tenants.list()).map(({ id }) => ({ tenantId: id, now: clocks.now(id) }));
    const host = hostNow();
    const ahead = new Map(nows.map(({ tenantId, now }) => [tenantId, now - host]));
    return (await catalog.tenants.atHome(nows)).map(row => ({
      ...row,
      clockAheadSeconds: ahead.get(row.tenant.id) ?? 0,
    }));
  }

  /** The GDAP customers of an account's partner, asked of its home tenant; those that were added already are marked. By name. */
  async listCustomers({ accountId }: { readonly accountId: string }, { signal }: Options = {}): Promise<Customer[]> {
    const { auth, graphAs, catalog } = this.#parts;
    const home = auth.accounts().find(({ id }) => id === accountId)?.homeTenantId;
    if (home === undefined) throw new AppFailure({ code: 'SIGNED_OUT' });
    const graph = graphAs(accountId);
    const added = new Set((await catalog.tenants.list()).map(({ id }) => id.toLowerCase()));
    const customers: Customer[] = [];
    await this.#inTenant(home, async () => {
      for await (const customer of itemsOf(graph.forTenant(home).delegatedAdminCustomers.list(toOptions(signal)))) {
        const tenantId = customer.tenantId.toLowerCase();
        this.#customerNames.set(tenantId, customer.name);
        customers.push({ tenantId, displayName: customer.name, added: added.has(tenantId) });
      }
    });
    return customers.toSorted((a, b) => a.displayName.localeCompare(b.displayName));
  }

  /**
   * Adds a tenant by a verified domain or its GUID, and checks its readiness: whatever is missing there, the tenant stands in
   * the list, with what to do about it.
   *
   * @throws AppFailure TENANT_UNKNOWN where no such tenant exists: nothing is added then; OFFLINE where nobody could be asked
   */
  async add(
    { domainOrId, accountId }: { readonly domainOrId: string; readonly accountId?: string | undefined },
    { signal }: Options = {},
  ): Promise<{ tenant: Tenant; readiness: Readiness }> {
    const { auth, catalog, clocks, emit } = this.#parts;
    const asked = domainOrId.trim();
    const tenantId = await this.#inTenant(undefined, async () => auth.resolveTenant(asked, toOptions(signal)));
    const known = await catalog.tenants.find(tenantId);
    const access = known?.access?.account === undefined ? this.#accessFor(tenantId, accountId, known) : known.access;
    await this.#inTenant(tenantId, async () => auth.rememberTenant(tenantId));
    await this.#inTenant(tenantId, async () => auth.setAccess(tenantId, toAuthAccess(access)));
    const organization = await this.#findOrganization(tenantId, signal);
    if (signal?.aborted === true) throw new AppFailure({ code: 'ABORTED' });
    const domain = organization?.domain ?? known?.domain ?? (asked.includes('.') ? asked.toLowerCase() : tenantId);
    const displayName = organization?.name ?? known?.displayName ?? this.#customerNames.get(tenantId) ?? domain;
    await catalog.tenants.add({ id: tenantId, displayName, domain, addedAt: clocks.now(tenantId) });
    if (access !== known?.access) await catalog.tenants.setAccess(tenantId, access);
    const readiness = await this.checkReadiness(tenantId, toOptions(signal));
    emit({ type: 'tenantsChanged', tenantId });
    return { tenant: await catalog.tenants.get(tenantId), readiness };
  }

  /**
   * Looks whether all that working in the tenant needs is there: each thing for itself, without a prompt. Kept, so that it
   * can be read offline.
   *
   * @throws AppFailure OFFLINE where nobody could be asked; the last check stays then
   */
  async checkReadiness(tenantId: TenantId, { signal }: Options = {}): Promise<Readiness> {
    const { auth, catalog, clocks, emit } = this.#parts;
    await catalog.tenants.get(tenantId);
    const clientId = auth.clientIdIn(tenantId);
    const { consents, roleIds, standing } = await this.#look(tenantId, signal);
    if (findSignInProblem(consents)?.kind === 'offline') throw new AppFailure({ code: 'OFFLINE' });
    const facts = { tenantId, clientId, consents, standing, ...(roleIds === undefined ? {} : { roleIds }) };
    const readiness = { tenantId, checkedAt: clocks.now(tenantId), items: toReadinessItems(facts) };
    await catalog.tenants.saveReadiness(readiness);
    emit({ type: 'tenantsChanged', tenantId });
    return readiness;
  }

  /** The last check, without asking anyone. */
  async readiness(tenantId: TenantId): Promise<Readiness | null> {
    return (await this.#parts.catalog.tenants.readiness(tenantId)) ?? null;
  }

  async overview(tenantId: TenantId): Promise<ProtectionOverview> {
    const { catalog, clocks } = this.#parts;
    const clock = clocks.clock(tenantId);
    return { ...(await catalog.tenants.overview({ tenantId, now: clock.now })), clock };
  }

  async setTimeZone(tenantId: TenantId, timeZone: string): Promise<Tenant> {
    if (!isTimeZone(timeZone))
      throw new AppFailure({ code: 'BAD_REQUEST', problems: ['timeZone: this machine knows no such zone'] });
    const tenant = await this.#parts.catalog.tenants.setTimeZone(tenantId, timeZone);
    this.#parts.emit({ type: 'tenantsChanged', tenantId });
    return tenant;
  }

  /**
   * For assessments: from then on every write to the tenant is refused, until it is taken back. Audited. Setting what is set does nothing.
   *
   * @throws AppFailure SIGNED_OUT: the audit names who it was
   */
  async setReadOnly(tenantId: TenantId, isReadOnly: boolean): Promise<Tenant> {
    const { auth, catalog, clocks, emit } = this.#parts;
    const tenant = await catalog.tenants.get(tenantId);
    if ((tenant.readOnly !== undefined) === isReadOnly) return tenant;
    const who = auth.accountIn(tenantId)?.username;
    if (who === undefined) throw new AppFailure({ code: 'SIGNED_OUT' });
    const at = clocks.now(tenantId);
    const changed = await catalog.tenants.setReadOnly(tenantId, isReadOnly ? { sinceAt: at, by: who } : undefined, {
      at,
      tenantId,
      who,
      what: isReadOnly ? 'tenant.setReadOnly' : 'tenant.allowChanges',
      target: `tenant ${tenantId}`,
      before: { readOnly: !isReadOnly },
      after: { readOnly: isReadOnly, displayName: tenant.displayName },
    });
    emit({ type: 'tenantsChanged', tenantId });
    return changed;
  }

  /**
   * Deletes the tenant's tokens first, then everything that the catalog holds of it but the audit. Its syncs are ended before.
   *
   * @throws AppFailure NAME_MISMATCH where another name was typed
   */
  async forget(tenantId: TenantId, typedName: string): Promise<void> {
    const { auth, catalog, clocks, emit, sync, beforeForget } = this.#parts;
    const { displayName } = await catalog.tenants.get(tenantId);
    if (typedName.trim() !== displayName.trim()) throw new AppFailure({ code: 'NAME_MISMATCH', expected: displayName });
    await sync.closeTenantWhile(tenantId, async () => {
      await beforeForget?.(tenantId);
      await this.#inTenant(tenantId, async () => auth.forgetTenant(tenantId));
      await catalog.tenants.forget(tenantId);
      clocks.forget(tenantId);
    });
    emit({ type: 'tenantForgotten', tenantId });
    emit({ type: 'tenantsChanged', tenantId });
  }

  /** How the tenant stands for a restore: asked now where that is possible, else as the catalog knows it. */
  async forRestore(tenantId: TenantId, { signal }: Options = {}): Promise<RestoreStanding> {
    const known = await this.#parts.catalog.tenants.get(tenantId);
    const readOnly = known.readOnly === undefined ? {} : { readOnly: known.readOnly };
    // Asking would only wait for answers that don't come; the connection is tried again by itself and by the technician.
    if (!this.#parts.connectivity.isOnline)
      return {
        online: false,
        signInNeeded: false,
        controller: known.controller,
        ...readOnly,
        ...(known.service === undefined ? {} : { service: known.service }),
      };
    const { consents, roleIds, standing } = await this.#look(tenantId, signal);
    const problem = findSignInProblem(consents);
    const isOffline = problem?.kind === 'offline' || (!this.#parts.connectivity.isOnline && !standing.status.ok);
    const service = standing.service ?? known.service;
    return {
      online: !isOffline,
      signInNeeded: problem !== undefined && !['offline', 'unavailable', 'throttled'].includes(problem.kind),
      controller: standing.controller ?? known.controller,
      ...readOnly,
      ...(service === undefined ? {} : { service }),
      ...(roleIds === undefined ? {} : { roleIds }),
      ...(problem === undefined ? { missingScopes: toMissingScopes(consents) } : {}),
    };
  }

  /** Who works in a tenant that is added now. @throws AppFailure */
  #accessFor(tenantId: TenantId, accountId: string | undefined, known: Tenant | undefined): TenantAccess {
    const accounts = this.#parts.auth.accounts();
    const account =
      accountId === undefined && accounts.length === 1 ? accounts[0] : accounts.find(one => one.id === accountId);
    if (account === undefined && accountId !== undefined) throw new AppFailure({ code: 'SIGNED_OUT' });
    if (account === undefined && accounts.length > 1) throw new AppFailure({ code: 'ACCOUNT_NOT_CHOSEN', tenantId });
    return { ...known?.access, ...(account === undefined ? {} : { account: toTold(account) }) };
  }

  /** Asks consents, roles and the service's standing, side by side. @throws AppFailure ABORTED, or the catalog's */
  async #look(tenantId: TenantId, signal: AbortSignal | undefined) {
    const { auth, sync } = this.#parts;
    return await this.#inTenant(tenantId, async () => {
      const [consents, roleIds, standing] = await Promise.all([
        auth.consentOf(tenantId, CHECKED_SCOPES, toOptions(signal)),
        this.#findRoles(tenantId, signal),
        sync.readStanding(tenantId, toOptions(signal)),
      ]);
      if (signal?.aborted === true) throw new AppFailure({ code: 'ABORTED' });
      if (findSignInProblem(consents)?.kind === 'offline') await this.#parts.connectivity.suspect();
      return { consents, standing, ...(roleIds === undefined ? {} : { roleIds }) };
    });
  }

  /** Roles are a hint that a token may hold; without one they are simply not known, and the consents say why. */
  async #findRoles(tenantId: TenantId, signal: AbortSignal | undefined): Promise<readonly string[] | undefined> {
    try {
      return (await this.#parts.auth.claimsIn(tenantId, toOptions(signal))).roleIds;
    } catch (error) {
      if (asAppFailure(error, { tenantId }) instanceof AppFailure) return undefined;
      throw error;
    }
  }

  /** The tenant's own name and domain, where it tells them; work goes on without. */
  async #findOrganization(tenantId: TenantId, signal: AbortSignal | undefined): Promise<Organization | undefined> {
    try {
      const answer = await this.#parts.graph.forTenant(tenantId).organization.fetch(toOptions(signal));
      this.#parts.clocks.learn(tenantId, answer);
      // An organization that says it is another tenant would put one customer's name on the other.
      return answer.value.tenantId.toLowerCase() === tenantId.toLowerCase() ? answer.value : undefined;
    } catch (error) {
      if (error instanceof GraphError && signal?.aborted !== true) return undefined;
      throw asAppFailure(error, { tenantId });
    }
  }

  async #inTenant<T>(tenantId: TenantId | undefined, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw asAppFailure(error, tenantId === undefined ? {} : { tenantId });
    }
  }
}

function toMissingScopes(consents: readonly ScopeConsent[]): string[] {
  return consents.flatMap(({ scope, consent }) => (consent === 'missing' ? [toShortScope(scope)] : []));
}

function isTimeZone(name: string): boolean {
  try {
    Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions();
    return true;
  } catch {
    return false; // A RangeError: the one way to find out.
  }
}

function toOptions(signal: AbortSignal | undefined): Options {
  return signal === undefined ? {} : { signal };
}
