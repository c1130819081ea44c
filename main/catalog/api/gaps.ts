import type { HeadCertainty } from '../../../shared/contract/certainty.ts';
import type { GapPart } from '../../../shared/contract/gaps.ts';
import type { AdditionJob, InclusionRule } from '../../../shared/contract/policies.ts';
import type { DirectoryMember, Judged } from '../../../shared/domain/gaps.ts';
import type { ProtectionUnit, TenantId, UnitKind } from '../../../shared/domain/protection-unit.ts';
import type { UtcSeconds } from '../../../shared/domain/time.ts';

export interface DirectoryRead {
  readonly tenantId: TenantId;
  readonly type: DirectoryMember['type'];
  /** Names the read; given by `beginRead`. */
  readonly read: number;
}

/** When a part was read last, whole, and how much it was. */
export interface GapPartRead {
  readonly readAt: UtcSeconds;
  readonly count: number;
}

/** A user or site of the directory that is not protected, or may be meant not to be. */
export interface JudgedMember {
  readonly type: DirectoryMember['type'];
  readonly id: string;
  readonly name: string;
  readonly address?: string;
  readonly judged: Judged;
}

/** A rule or a bulk job that ended with failures, and the policy that it is of. */
export type AdditionFailure = { readonly policyId: string; readonly kind: UnitKind } & (
  | { readonly is: 'rule'; readonly rule: Omit<InclusionRule, 'form'> }
  | { readonly is: 'job'; readonly job: AdditionJob }
);

/** A unit that is late, surely without a point, or in error, as the standing of all tenants counts them. */
export interface UnitInTrouble {
  readonly unit: ProtectionUnit;
  readonly isLate: boolean;
  readonly isWithoutPoint: boolean;
  readonly newest: HeadCertainty;
}

/** What gaps in protection are told from beside units. Each call fails with TENANT_NOT_ADDED where the tenant is not there. */
export interface GapsCatalog {
  /** Begins to read all users, or all sites. Nothing is taken away before `endRead`: a read that breaks off loses nothing. */
  beginRead(read: { readonly tenantId: TenantId; readonly type: DirectoryMember['type'] }): Promise<DirectoryRead>;
  /** Writes one page as read, at most 1,000. */
  putPage(read: DirectoryRead, members: readonly DirectoryMember[]): Promise<void>;
  /**
   * Ends the read.
   * @param end.isWhole false where some of it could not be read: then none is taken for gone
   */
  endRead(read: DirectoryRead, end: { readonly at: UtcSeconds; readonly isWhole: boolean }): Promise<void>;
  /** Replaces what is known of failed rules and jobs. `policies`: how many were looked into. */
  putFailures(
    tenantId: TenantId,
    read: { readonly at: UtcSeconds; readonly policies: number; readonly failures: readonly AdditionFailure[] },
  ): Promise<void>;
  listFailures(tenantId: TenantId): Promise<AdditionFailure[]>;
  /** What was read, and when. */
  reads(tenantId: TenantId): Promise<{ readonly [P in GapPart]?: GapPartRead }>;
  /**
   * The directory, judged against the units of the catalog, a part at a time; those that are protected are left out.
   *
   * @param question.after `next` of the part before
   * @returns `next`: absent with the last part
   */
  listJudged(question: {
    readonly tenantId: TenantId;
    readonly after?: string;
  }): Promise<{ readonly members: JudgedMember[]; readonly next?: string }>;
  /** Units in trouble, in no order that means anything, a part at a time. `now`: service time of the tenant. */
  listUnits(question: {
    readonly tenantId: TenantId;
    readonly now: UtcSeconds;
    readonly after?: number;
  }): Promise<{ readonly units: UnitInTrouble[]; readonly next?: number }>;
  /** Keeps how many users and sites no policy protects, for the list of all tenants. @returns whether that is news */
  setCounted(tenantId: TenantId, counted: { readonly users: number; readonly sites: number }): Promise<boolean>;
}
