import type { Certainty, HeadCertainty, Point, Span } from '../../../shared/contract/certainty.ts';
import type { DaySummary } from '../../../shared/contract/restore-points.ts';
import type { Cost } from '../../../shared/contract/sync.ts';
import type { Answer, Question, ServiceTraits } from '../../../shared/domain/knowledge/index.ts';
import type { Reply } from '../../../shared/domain/planner/index.ts';
import type { RestorePointId, TenantId, UnitId, UnitKind } from '../../../shared/domain/protection-unit.ts';
import type { UtcSeconds } from '../../../shared/domain/time.ts';
import type { WindowOf } from './units.ts';

export interface UnitCertainty {
  readonly unitId: UnitId;
  readonly any: Certainty;
  /** Absent where the kind knows no fast points (mailboxes). */
  readonly fast?: Certainty;
}

export interface UnitHeads {
  readonly unitId: UnitId;
  readonly any: HeadCertainty;
  readonly fast?: HeadCertainty;
}

/** Which units are meant. Nothing large crosses: more than 1,000 are named by a selection, a plan, or as all. */
export type MeantUnits =
  | { readonly type: 'these'; readonly unitIds: readonly UnitId[] }
  | { readonly type: 'selection'; readonly selectionId: string }
  | { readonly type: 'plan'; readonly planId: string }
  | { readonly type: 'all' };

/** What is to be known, as `Wanted` of the contract, with plans beside it. Fast points are left out for kinds without them. */
export type CatalogWanted =
  | { readonly type: 'heads'; readonly units: MeantUnits; readonly fast: boolean }
  | { readonly type: 'before'; readonly units: MeantUnits; readonly incidentAt: UtcSeconds; readonly fast: boolean }
  | {
      readonly type: 'window';
      readonly unitId: UnitId;
      readonly fromAt: UtcSeconds;
      readonly toAt: UtcSeconds;
      /** A few more questions, but one round trip. */
      readonly inOneRound?: boolean;
    };

/** The questions to ask next; none where all is settled or nothing more can be had. */
export interface AskingRound {
  readonly questions: readonly Question[];
  readonly unitsDone: number;
  readonly unitsTotal: number;
  /** Units that asking can't settle: nobody answered, or their requests failed. Final once `questions` is empty. */
  readonly unsettled: number;
}

/**
 * What is known of restore points. The verdicts are `shared/domain`'s; the catalog brings it the rows that decide.
 * `now` is the tenant's service time throughout. Units that the catalog does not know are left out of answers, unless a
 * call says that it fails with UNIT_NOT_FOUND.
 */
export interface KnowledgeCatalog {
  /** The newest point strictly before `incidentAt` of each unit (at most 1,000), in the order given. */
  newestBefore(question: {
    readonly tenantId: TenantId;
    readonly unitIds: readonly UnitId[];
    readonly incidentAt: UtcSeconds;
    readonly now: UtcSeconds;
  }): Promise<UnitCertainty[]>;
  /** The newest point now of each unit (at most 1,000), in the order given. */
  heads(question: {
    readonly tenantId: TenantId;
    readonly unitIds: readonly UnitId[];
    readonly now: UtcSeconds;
  }): Promise<UnitHeads[]>;
  /** Summaries of n consecutive days, of n + 1 bounds. Fails with UNIT_NOT_FOUND. */
  days(question: {
    readonly tenantId: TenantId;
    readonly unitId: UnitId;
    readonly bounds: readonly UtcSeconds[];
    readonly now: UtcSeconds;
  }): Promise<DaySummary[]>;
  /** The stretches of `[fromAt, toAt)`, asked and not asked, without gaps, and the living points in them. Fails with UNIT_NOT_FOUND. */
  spans(question: {
    readonly tenantId: TenantId;
    readonly unitId: UnitId;
    readonly fromAt: UtcSeconds;
    readonly toAt: UtcSeconds;
    readonly now: UtcSeconds;
  }): Promise<{ spans: Span[]; points: Point[] }>;
  /** Known living points strictly before a time, newest first. */
  alternatives(question: {
    readonly tenantId: TenantId;
    readonly unitId: UnitId;
    readonly before: UtcSeconds;
    readonly now: UtcSeconds;
    readonly window: WindowOf;
  }): Promise<Point[]>;
  /** One known point of a unit by its id, living or not. */
  findPoint(tenantId: TenantId, unitId: UnitId, restorePointId: string): Promise<Point | undefined>;
  /**
   * Whose points these (at most 1,000) are, as far as the catalog ever heard of them; those unknown are left out. Finds units
   * that are gone, too. `at`: the point's own time, floored; the search is short where each point has one.
   */
  unitsOfPoints(question: {
    readonly tenantId: TenantId;
    readonly kind: UnitKind;
    readonly points: readonly { readonly id: RestorePointId; readonly at?: UtcSeconds }[];
  }): Promise<{ restorePointId: RestorePointId; unitId: UnitId }[]>;

  /**
   * Writes what answers say, in the order of their `askedAt`; each answer's units wholly or not at all. What it teaches
   * about the tenant's service is kept with it. Points of units that the catalog does not know are left out.
   */
  apply(given: {
    readonly tenantId: TenantId;
    readonly answers: readonly Answer[];
    readonly now: UtcSeconds;
  }): Promise<{ readonly units: number }>;

  /** Begins the asking for what is wanted. It lives as long as the worker; after that, begin again: what was answered is known. */
  beginAsking(question: {
    readonly tenantId: TenantId;
    readonly wanted: CatalogWanted;
    readonly now: UtcSeconds;
  }): Promise<{ readonly asking: string }>;
  /**
   * The next round by the planner, from what is known now. Fails with CATALOG_UNAVAILABLE where the asking was lost with
   * the worker. A question of the round before that got no reply counts as failed.
   */
  nextRound(asking: string, now: UtcSeconds): Promise<AskingRound>;
  /** Applies replies to questions of the round (by their place in it) as they come in, and takes them down. */
  reply(
    asking: string,
    replies: readonly { readonly question: number; readonly reply: Reply }[],
    now: UtcSeconds,
  ): Promise<void>;
  endAsking(asking: string): Promise<void>;
  /** What asking would cost, by the planner; asks nothing. */
  cost(question: {
    readonly tenantId: TenantId;
    readonly wanted: CatalogWanted;
    readonly now: UtcSeconds;
  }): Promise<Cost>;

  /** What is known of how the service behaves in this tenant. `unitsLatelyAdded` is counted at each `units.endRead`. */
  traits(tenantId: TenantId): Promise<ServiceTraits>;
  saveTraits(tenantId: TenantId, traits: ServiceTraits): Promise<void>;
  /** Lowers the stored expiries of a policy's units to its new retention (the longest period for which it keeps points). */
  lowerExpiries(change: {
    readonly tenantId: TenantId;
    readonly policyId: string;
    readonly retentionSeconds: number;
    readonly now: UtcSeconds;
  }): Promise<void>;
}
