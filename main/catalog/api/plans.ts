import type { Point } from '../../../shared/contract/certainty.ts';
import type { Destination, Plan, PlanStatus, PlanUnit, Preference } from '../../../shared/contract/plans.ts';
import type { TenantId, UnitId, UnitKind } from '../../../shared/domain/protection-unit.ts';
import type { UtcSeconds } from '../../../shared/domain/time.ts';
import type { AuditEntry } from './audit.ts';
import type { Json } from './json.ts';
import type { WindowOf } from './units.ts';

/** What a plan is made of, beside its units. */
export interface NewPlan {
  readonly id: string;
  readonly tenantId: TenantId;
  readonly name: string;
  readonly createdAt: UtcSeconds;
  readonly createdBy: string;
  readonly preference: Preference;
  readonly incidentAt?: UtcSeconds;
  readonly timeZone?: string;
  readonly destination?: Destination;
  readonly retryOf?: string;
}

/** A change of a plan; what is left out stays, `null` takes away. */
export interface PlanChange {
  readonly name?: string;
  readonly status?: PlanStatus;
  readonly savedAt: UtcSeconds;
  /** The change is made only while the plan has this status, and fails with PLAN_NOT_DRAFT otherwise. */
  readonly only?: PlanStatus;
  readonly startedAt?: UtcSeconds | null;
  readonly endedAt?: UtcSeconds | null;
  readonly incidentAt?: UtcSeconds | null;
  readonly timeZone?: string | null;
  readonly preference?: Preference;
  readonly destination?: Destination | null;
  /** What the restore keeps beside the plan (who started it, the packing into sessions …); opaque to the catalog. */
  readonly facts?: Json;
}

/** Where a plan's units are taken from. Their names, kinds and addresses are copied, so that a plan outlives the cache. */
export type UnitsFrom =
  | { readonly type: 'selection'; readonly selectionId: string }
  | { readonly type: 'units'; readonly unitIds: readonly UnitId[] }
  /** Those units of another plan, with what was chosen for them. */
  | { readonly type: 'plan'; readonly planId: string; readonly unitIds: readonly UnitId[] };

export interface PlanSession {
  readonly planId: string;
  readonly tenantId: TenantId;
  readonly sessionId: string;
  readonly kind: UnitKind;
}

/**
 * Restore plans, each a document with a row a unit; saved to disk, surely, on every change. Changes are made in the order in which they
 * are asked for. Fails with PLAN_NOT_FOUND; what changes the units of a plan that is no draft any more, with PLAN_NOT_DRAFT.
 */
export interface PlansCatalog {
  create(plan: NewPlan, from: UnitsFrom): Promise<Plan>;
  /** @param now to judge which chosen points live; service time where one tenant is meant */
  list(question: { readonly tenantId?: TenantId; readonly now: UtcSeconds }): Promise<Plan[]>;
  get(planId: string, now: UtcSeconds): Promise<Plan>;
  facts(planId: string): Promise<Json>;
  /** @param audit what is recorded of the change, in the same transaction: both, or nothing */
  change(planId: string, change: PlanChange, audit?: readonly AuditEntry[]): Promise<void>;
  remove(planId: string): Promise<void>;
  /** Replaces the units; those that stay keep their rows. */
  setUnits(planId: string, from: UnitsFrom, savedAt: UtcSeconds): Promise<void>;
  removeUnits(planId: string, unitIds: readonly UnitId[], savedAt: UtcSeconds): Promise<void>;
  /** A selection that holds the plan's units, as far as the catalog still knows them. */
  openSelection(planId: string): Promise<{ selectionId: string }>;

  /** Ids of the units in the order of `listUnits`' pages, `limit` (at most 1,000) after `after`. */
  unitIds(planId: string, page: { readonly after?: UnitId; readonly limit: number }): Promise<UnitId[]>;
  /** Rows in the order of names. `only` speaks of the certainty of `newest`, or picks those that the service refused. */
  listUnits(question: {
    readonly planId: string;
    readonly only?: 'exact' | 'asShown' | 'atLeast' | 'notAsked' | 'none' | 'refused';
    readonly window: WindowOf;
  }): Promise<{ total: number; offset: number; rows: PlanUnit[] }>;
  /** Rows of these units (at most 1,000), in the order given, without those that the plan does not hold. */
  units(planId: string, unitIds: readonly UnitId[]): Promise<PlanUnit[]>;
  /** Writes rows: found certainty, chosen point, by whom. Only units that the plan holds; `name`, `kind` and `address` stay. */
  putUnits(planId: string, rows: readonly PlanUnit[], savedAt: UtcSeconds): Promise<void>;
  /** Writes what the service refused of a plan that is being started. */
  putRefusals(
    planId: string,
    refusals: readonly { readonly unitId: UnitId; readonly code: string; readonly message: string }[],
    savedAt: UtcSeconds,
  ): Promise<void>;
  /** Loss windows of all chosen points, shortest first, as parallel arrays; absent points are left out. */
  losses(
    planId: string,
  ): Promise<{ kind: UnitKind[]; seconds: number[]; upTo: boolean[]; fastSeconds: (number | null)[] }>;
  /** Chosen points that have expired or will before `before`, soonest first; at most `limit` rows. */
  expiring(question: { readonly planId: string; readonly before: UtcSeconds; readonly limit: number }): Promise<{
    units: number;
    rows: { unitId: UnitId; name: string; chosen: Point }[];
  }>;

  /** Says that a session is the plan's own, on disk, before anything relies on it. */
  linkSession(link: PlanSession): Promise<void>;
  unlinkSession(planId: string, sessionId: string): Promise<void>;
  sessionsOf(planId: string): Promise<PlanSession[]>;
  /** Ids of all sessions of the tenant that some plan calls its own. */
  linkedSessions(tenantId: TenantId): Promise<string[]>;
  /** Plans of all tenants that are `starting` or `running`, oldest first. */
  listUnfinishedAcrossTenants(now: UtcSeconds): Promise<Plan[]>;
}
