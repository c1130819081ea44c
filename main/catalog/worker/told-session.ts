import type { ArtifactCounts, RestoreSession } from '../../../shared/contract/sessions.ts';
import type { KeptSession } from '../repositories/restore-sessions.ts';
import type { TenantKey } from '../repositories/tenants.ts';
import type { Cache, Store } from './store.ts';

const NO_COUNTS: ArtifactCounts = { total: 0, succeeded: 0, failed: 0, inProgress: 0, waiting: 0 };

interface PlanOfSession {
  readonly planId: string;
  readonly planName: string;
}

/** The plans that sessions of the tenant were started from; none are known where `work` can't be read. */
export function plansOfSessions(store: Store, tenantId: string): Map<string, PlanOfSession> {
  return new Map(
    store.workIsReadable ? store.work.planSessions.ofTenant(tenantId).map(link => [link.sessionId, link]) : [],
  );
}

/** A session as it is kept, in the contract's words: its artifacts counted where they are known in full, else as the service counts. */
export function toldSession(
  cache: Cache,
  {
    tenantId,
    tenant,
    kept,
    plan,
  }: {
    readonly tenantId: string;
    readonly tenant: TenantKey;
    readonly kept: KeptSession;
    readonly plan: PlanOfSession | undefined;
  },
): RestoreSession {
  const { counts, ...session } = kept.session;
  const counted = kept.artifactsComplete || counts === undefined ? cache.artifacts.counts(tenant, session.id) : counts;
  return {
    ...session,
    tenantId,
    counts: counted.total === 0 ? (counts ?? NO_COUNTS) : counted,
    ...(plan === undefined ? {} : { planId: plan.planId, planName: plan.planName }),
  };
}
