import type { Landmark, Pace, Spent } from '../../../shared/domain/background/index.ts';
import type { TenantId } from '../../../shared/domain/protection-unit.ts';
import type { UtcSeconds } from '../../../shared/domain/time.ts';

/** How far the background sync of one tenant is. */
export interface BackgroundProgress {
  readonly tenantId: TenantId;
  readonly spent?: Spent;
  readonly pace: Pace;
  /** Those asked to their end. */
  readonly landmarks: readonly Landmark[];
}

/**
 * What the background sync keeps of each tenant, in the cache: a refilled cache is asked anew. `now` is the tenant's service time.
 * A call about a tenant that is not there fails with TENANT_NOT_ADDED.
 */
export interface BackgroundCatalog {
  /** Of every tenant. */
  list(): Promise<BackgroundProgress[]>;
  /** Takes so many questions from the budget of the day, before they are asked. @returns how many may be asked */
  reserve(asked: {
    readonly tenantId: TenantId;
    readonly now: UtcSeconds;
    readonly questions: number;
    readonly budget: number;
  }): Promise<number>;
  /** Counts questions that were asked all the same. */
  spend(asked: { readonly tenantId: TenantId; readonly now: UtcSeconds; readonly questions: number }): Promise<void>;
  /** Keeps the pace, and that a landmark was asked to its end. */
  keep(kept: {
    readonly tenantId: TenantId;
    readonly now: UtcSeconds;
    readonly pace: Pace;
    readonly asked?: Landmark;
  }): Promise<void>;
}
