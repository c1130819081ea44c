import type { Cost } from '../../shared/contract/sync.ts';
import type { TenantId, UnitId } from '../../shared/domain/protection-unit.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import type { Controller, ServiceState } from '../../shared/contract/tenants.ts';

/** "The newest point of these units before this time", of any kind, and of the fast kind too where `fast`. */
export interface BeforeWanted {
  readonly unitIds: readonly UnitId[];
  readonly incidentAt: UtcSeconds;
  readonly fast: boolean;
}

/** What restores want of sync: the planner's price, and its asking. */
export interface PlanAsking {
  /** What would be asked now. Asks nothing. */
  costBefore(tenantId: TenantId, wanted: BeforeWanted): Promise<Cost>;
  /** Asks what is not yet known. Throws AppFailure. */
  askBefore(tenantId: TenantId, wanted: BeforeWanted, options: { readonly signal?: AbortSignal }): Promise<void>;
  /** Asks even what is known, since just before a start nothing is taken on trust. Throws AppFailure. */
  recheckBefore(tenantId: TenantId, wanted: BeforeWanted, options: { readonly signal?: AbortSignal }): Promise<void>;
}

/** How a tenant stands for a restore, asked of the service where it can be. */
export interface RestoreStanding {
  readonly online: boolean;
  readonly signInNeeded: boolean;
  readonly controller: Controller;
  readonly service?: ServiceState;
  readonly roleIds?: readonly string[];
  readonly missingScopes?: readonly string[];
  /** Present where a technician has set the tenant read-only. */
  readonly readOnly?: { readonly sinceAt: UtcSeconds; readonly by: string };
}

/** What restores want of the tenants' folder. */
export interface TenantStanding {
  /** Asks the service; offline it answers from the catalog. Never throws for what can be said as a standing. */
  forRestore(tenantId: TenantId, options: { readonly signal?: AbortSignal }): Promise<RestoreStanding>;
}
