import type { ArtifactCounts, RestoreArtifact, RestoreSession } from '../../../shared/contract/sessions.ts';
import type { TenantId, UnitId } from '../../../shared/domain/protection-unit.ts';
import type { ArtifactGroup } from '../../../shared/domain/restore-session.ts';
import type { UtcSeconds } from '../../../shared/domain/time.ts';
import type { WindowOf } from './units.ts';

/** A session as read from the service. Its plan is known from `plans.linkSession`. */
export type ReadSession = Omit<RestoreSession, 'tenantId' | 'planId' | 'planName' | 'counts' | 'nextAskAt'> & {
  /** As the service answered them; once the artifacts are known in full, they are counted instead. */
  readonly counts?: ArtifactCounts;
  readonly nextAskAt?: UtcSeconds;
};

/** Restore sessions and their artifacts as last read, this console's and others'. */
export interface SessionsCatalog {
  /** Writes sessions as read; one that is known by a later asking (`askedAt`) stays as it is. */
  put(tenantId: TenantId, sessions: readonly ReadSession[]): Promise<void>;
  /** Writes all sessions of the tenant as just listed, each as `put` does; those that the service no longer lists go, but keep for those of a plan. */
  replaceAll(tenantId: TenantId, sessions: readonly ReadSession[]): Promise<void>;
  /** Running first, then newest first. */
  list(tenantId: TenantId): Promise<RestoreSession[]>;
  find(tenantId: TenantId, sessionId: string): Promise<RestoreSession | undefined>;
  /** Fails with SESSION_NOT_FOUND. */
  get(tenantId: TenantId, sessionId: string): Promise<RestoreSession>;
  setNextAskAt(tenantId: TenantId, sessionId: string, nextAskAt: UtcSeconds | undefined): Promise<void>;
  remove(tenantId: TenantId, sessionId: string): Promise<void>;

  /** Writes a page of artifacts. `complete` with the last page: from then on `counts` are counted from the artifacts. */
  putArtifacts(
    tenantId: TenantId,
    sessionId: string,
    artifacts: readonly RestoreArtifact[],
    page: { readonly complete: boolean },
  ): Promise<void>;
  /** True once all artifacts of the session have been read at least once. */
  artifactsComplete(tenantId: TenantId, sessionId: string): Promise<boolean>;
  /** A window of a session's artifacts, failed first, then running, waiting, succeeded; by name within each. */
  listArtifacts(question: {
    readonly tenantId: TenantId;
    readonly sessionId: string;
    readonly only?: ArtifactGroup;
    readonly window: WindowOf;
  }): Promise<{ total: number; offset: number; rows: RestoreArtifact[] }>;
  /** Which of these units stand, under any id that they have had, in a session that has begun and not ended, as last read. */
  busyUnits(
    tenantId: TenantId,
    unitIds: readonly UnitId[],
  ): Promise<{ unitId: UnitId; sessionId: string; name: string }[]>;
  /**
   * Which of these units were restored, under any id that they have had, by a session whose restore of them ended after `after`, as last
   * read: the latest restore of each. What nobody has read is not told.
   */
  restoredSince(
    tenantId: TenantId,
    unitIds: readonly UnitId[],
    after: UtcSeconds,
  ): Promise<{ unitId: UnitId; sessionId: string; name: string; restoredAt: UtcSeconds }[]>;
}
