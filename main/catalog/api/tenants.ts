import type { TenantAccess } from '../../../shared/contract/account.ts';
import type {
  Controller,
  ProtectionOverview,
  Readiness,
  ServiceState,
  Tenant,
  TenantAtHome,
} from '../../../shared/contract/tenants.ts';
import type { TenantId } from '../../../shared/domain/protection-unit.ts';
import type { UtcSeconds } from '../../../shared/domain/time.ts';
import type { AuditEntry } from './audit.ts';

interface AddedTenant {
  readonly id: TenantId;
  readonly displayName: string;
  readonly domain: string;
  readonly addedAt: UtcSeconds;
}

/** A tenant with the facts of its state. The service clock is the caller's to add. */
export type CatalogTenantAtHome = Omit<TenantAtHome, 'clockAheadSeconds'>;

/** The tiles' figures. The service clock is the caller's to add. */
export type CatalogOverview = Omit<ProtectionOverview, 'clock'>;

/**
 * The added tenants. That one was added, its name, colour and zone stand in `work`; what the service said of it stands in
 * `cache`. Where a tenant is named that was not added, a call fails with TENANT_NOT_ADDED.
 */
export interface TenantsCatalog {
  /** By display name. */
  list(): Promise<Tenant[]>;
  find(tenantId: TenantId): Promise<Tenant | undefined>;
  get(tenantId: TenantId): Promise<Tenant>;
  /** Adds a tenant and gives it the least used colour. One that was added already keeps everything but its names. */
  add(tenant: AddedTenant): Promise<Tenant>;
  rename(tenantId: TenantId, names: { readonly displayName: string; readonly domain: string }): Promise<Tenant>;
  setTimeZone(tenantId: TenantId, timeZone: string): Promise<Tenant>;
  /** @param colour index into the palette, 0 to 7 */
  setColour(tenantId: TenantId, colour: number): Promise<Tenant>;
  /** Sets a tenant read-only from a time on, or (`undefined`) no longer, and puts the audit row down with it: both or neither. */
  setReadOnly(
    tenantId: TenantId,
    readOnly: NonNullable<Tenant['readOnly']> | undefined,
    audit: AuditEntry,
  ): Promise<Tenant>;
  /** Keeps who works in a tenant and as which application, and puts the audit row, where there is one, down with it. */
  setAccess(tenantId: TenantId, access: TenantAccess, audit?: AuditEntry): Promise<Tenant>;
  /**
   * Every tenant with the facts of its state, by display name.
   *
   * @param nows service time of each tenant; one that is not named is judged at the latest of them
   */
  atHome(nows: readonly { readonly tenantId: TenantId; readonly now: UtcSeconds }[]): Promise<CatalogTenantAtHome[]>;
  /** When the units were read last, whole. */
  setSyncedAt(tenantId: TenantId, syncedAt: UtcSeconds): Promise<void>;
  /**
   * What the service said of itself and of its controller; either may be left out and then stays as it was. Where another controls now than
   * was known before, that stands in the tenant's `controllerChange` from then on.
   *
   * @param state.controllingAppId which app it is where another controls, so that one other app after another is noticed, too
   * @param state.isOwnChange true where this console has just changed it itself: what is known then is no change to be told
   * @param state.at when it was asked, in service time
   * @returns the change that was noticed by this, to be told
   */
  setService(
    tenantId: TenantId,
    state: {
      readonly service?: ServiceState;
      readonly controller?: Controller;
      readonly controllingAppId?: string;
      readonly isOwnChange?: boolean;
      readonly at: UtcSeconds;
    },
  ): Promise<NonNullable<Tenant['controllerChange']> | undefined>;
  saveReadiness(readiness: Readiness): Promise<void>;
  readiness(tenantId: TenantId): Promise<Readiness | undefined>;
  /** @param now service time of the tenant */
  overview(question: { readonly tenantId: TenantId; readonly now: UtcSeconds }): Promise<CatalogOverview>;
  /**
   * Deletes the tenant's cache, plans, intents and settings, also in the copies of `work`; audit rows stay. Once it has
   * begun it is finished, if need be at the next opening. Forgetting an unknown tenant does nothing.
   */
  forget(tenantId: TenantId): Promise<void>;
}
