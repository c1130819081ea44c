import { AppFailure } from '../../../shared/contract/errors.ts';
import type { Readiness, Tenant } from '../../../shared/contract/tenants.ts';
import type { TenantsParts } from '../tenants-service.ts';

/** Added tenants in memory, as the catalog keeps them. */
export class MemoryTenants implements TenantsCatalogPart {
  readonly added = new Map<string, Tenant>();
  readonly #readiness = new Map<string, Readiness>();

  list = async () => [...this.added.values()];
  find = async (tenantId: string) => this.added.get(tenantId);

  get = async (tenantId: string) => {
    const tenant = this.added.get(tenantId);
    if (tenant === undefined) throw new AppFailure({ code: 'TENANT_NOT_ADDED', tenantId });
    return tenant;
  };

  add: TenantsCatalogPart['add'] = async tenant => {
    const figures = {
      colour: 0,
      controller: { by: 'unknown' as const },
      protectedUnits: 0,
      units: 0,
      runningSessions: 0,
    };
    this.added.set(tenant.id, { ...figures, ...this.added.get(tenant.id), ...tenant });
    return await this.get(tenant.id);
  };

  setTimeZone: TenantsCatalogPart['setTimeZone'] = async (tenantId, timeZone) => {
    this.added.set(tenantId, { ...(await this.get(tenantId)), timeZone });
    return await this.get(tenantId);
  };

  /** Rows that were put down with a change. */
  readonly audit: unknown[] = [];

  setReadOnly: TenantsCatalogPart['setReadOnly'] = async (tenantId, readOnly, audit) => {
    const { readOnly: _, ...tenant } = await this.get(tenantId);
    this.added.set(tenantId, readOnly === undefined ? tenant : { ...tenant, readOnly });
    this.audit.push(audit);
    return await this.get(tenantId);
  };

  setAccess: TenantsCatalogPart['setAccess'] = async (tenantId, access, audit) => {
    this.added.set(tenantId, { ...(await this.get(tenantId)), access });
    if (audit !== undefined) this.audit.push(audit);
    return await this.get(tenantId);
  };

  atHome: TenantsCatalogPart['atHome'] = async () =>
    [...this.added.values()].map(tenant => ({ tenant, kinds: [], running: [] }));

  saveReadiness: TenantsCatalogPart['saveReadiness'] = async readiness =>
    void this.#readiness.set(readiness.tenantId, readiness);
  readiness = async (tenantId: string) => this.#readiness.get(tenantId);

  overview: TenantsCatalogPart['overview'] = async ({ tenantId }) => ({
    tenant: await this.get(tenantId),
    counts: { units: 0, protected: 0, inError: 0, withoutPoint: 0, notAsked: 0, sites: 0, drives: 0, mailboxes: 0 },
  });

  forget = async (tenantId: string) => void this.added.delete(tenantId);
}

type TenantsCatalogPart = TenantsParts['catalog']['tenants'];
