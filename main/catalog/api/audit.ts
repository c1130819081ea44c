import type { TenantId } from '../../../shared/domain/protection-unit.ts';
import type { UtcSeconds } from '../../../shared/domain/time.ts';
import type { Json } from './json.ts';

export interface AuditEntry {
  readonly at: UtcSeconds;
  readonly tenantId: TenantId;
  /** The technician's user name. */
  readonly who: string;
  /** What was done, a code (`restoreSession.activate`). */
  readonly what: string;
  /** The object it was done to: its kind and id in one text. */
  readonly target: string;
  readonly before?: Json;
  readonly after?: Json;
  /** Graph's `request-id`. */
  readonly requestId?: string;
}

export interface AuditRow extends AuditEntry {
  /** 1, 2, 3 …: without gaps, over all tenants. */
  readonly seq: number;
}

/** The record of every change made. Rows are added and never changed or deleted, not even when a tenant is forgotten. */
export interface AuditCatalog {
  /** @returns the row's `seq` */
  append(entry: AuditEntry): Promise<number>;
  /** Rows of a tenant after `afterSeq`, in order, at most `limit` (at most 1,000). */
  list(question: {
    readonly tenantId: TenantId;
    readonly afterSeq?: number;
    readonly limit: number;
  }): Promise<AuditRow[]>;
  /** The same over all tenants, for checks of the whole chain. */
  listAcrossTenants(question: { readonly afterSeq?: number; readonly limit: number }): Promise<AuditRow[]>;
}
