import type { ServiceError, TenantId, UnitKind } from '../../../shared/domain/protection-unit.ts';
import type { UtcSeconds } from '../../../shared/domain/time.ts';

/** A protection policy as the service answered it. */
export interface ProtectionPolicy {
  readonly id: string;
  /** Absent where the service names a kind that this version does not know. */
  readonly kind?: UnitKind;
  readonly name: string;
  /** `protectionPolicyStatus`, or the service's own new word. */
  readonly status: string;
  /** Retention as answered, ISO 8601 each: interval `R/PT10M`, period `P2W`. */
  readonly retention: readonly { readonly interval: string; readonly period: string }[];
  readonly createdAt?: UtcSeconds;
  readonly modifiedAt?: UtcSeconds;
  readonly error?: ServiceError;
}

export interface PoliciesCatalog {
  /**
   * Replaces all of a tenant's policies by those just read.
   * @returns ids of the policies whose retention is not what it was before
   */
  replaceAll(
    tenantId: TenantId,
    policies: readonly ProtectionPolicy[],
  ): Promise<{ readonly retentionChanged: readonly string[] }>;
  list(tenantId: TenantId): Promise<ProtectionPolicy[]>;
}
