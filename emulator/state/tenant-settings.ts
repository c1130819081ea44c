/** How one tenant's service behaves, as the control interface can change it. */
import type { Ticks } from '../instant.ts';

type ServiceState = 'disabled' | 'enabled' | 'protectionChangeLocked' | 'restoreLocked';

/**
 * Who controls the tenant's backups: `self` this emulator's registered application; `pending` waits to become it while
 * another still controls; `leaving` still controls but loses it at a date; `firstParty` Microsoft's own admin centre;
 * `other` another partner's application; `none` nobody.
 */
export type Controller = 'self' | 'pending' | 'leaving' | 'firstParty' | 'other' | 'none';

export interface TenantSettings {
  readonly serviceStatus: {
    readonly status: ServiceState;
    readonly disableReason: string;
    readonly gracePeriodAt?: Ticks;
    readonly restoreAllowedTillAt?: Ticks;
    readonly lastModifiedAt: Ticks;
  };
  readonly controller: Controller;
  /** When control passes, for `pending` and `leaving`. */
  readonly controlPassesAt?: Ticks;
  /** Who controls until a pending change of control. */
  readonly pendingFrom?: 'firstParty' | 'other';
  /** The application took back its registration. */
  readonly isUnregistered?: boolean;
  /** What `enable` finds of the billing. */
  readonly billing?: 'healthy' | 'invalid' | 'unreadable';
  /** Policies of a workload; more are refused. */
  readonly policyLimit?: number;
  /** So many questions in so many real seconds; more are answered 429. */
  readonly throttle?: { readonly questions: number; readonly seconds: number };
  /** Real time that every answer takes. */
  readonly latencyMs: number;
  /** How many points a search answers: one a unit, or five in all. */
  readonly searchCap: 'per-unit' | 'five';
  /** `none`: artifacts fail only for what the caller did (busy unit, expired point). */
  readonly artifactFailures: 'seeded' | 'none';
  /** Entries on a page when `$top` is not given. */
  readonly pageSize: number;
}
