/** How one tenant's service behaves, as the control interface can change it. */
import type { Ticks } from '../instant.ts';
import type { ServiceStanding } from './machines/service-machine.ts';

/**
 * Who controls the tenant's backups: `self` this emulator's registered application; `pending` waits to become it while
 * another still controls; `leaving` still controls but loses it at a date; `firstParty` Microsoft's own admin centre;
 * `other` another partner's application; `none` nobody.
 */
export type Controller = 'self' | 'pending' | 'leaving' | 'firstParty' | 'other' | 'none';

export interface TenantSettings {
  /** As last set: `serviceStandingAt` tells what it is at a moment. */
  readonly serviceStatus: ServiceStanding;
  readonly controller: Controller;
  /** When control passes, for `pending` and `leaving`. */
  readonly controlPassesAt?: Ticks;
  /** Who controls until a pending change of control. */
  readonly pendingFrom?: 'firstParty' | 'other';
  /** The application took back its registration. */
  readonly isUnregistered?: boolean;
  /** What `enable` finds of the billing. */
  readonly billing?: 'healthy' | 'invalid' | 'unreadable';
  /** Policies of a workload that may be active at a time: 100 in the product, 1 by an older page. */
  readonly policyLimit?: number;
  /** Units of a policy, and of all policies of a workload: 100,000 and 1,000,000 unless given. */
  readonly policyUnitLimit?: number;
  readonly workloadUnitLimit?: number;
  /** So many questions of one application in so many real seconds; more are answered 429. */
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
