import type { Plan, PlanUnit } from '../../shared/contract/plans.ts';
import type { RestoreArtifact, RestoreSession } from '../../shared/contract/sessions.ts';
import type { Tenant } from '../../shared/contract/tenants.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import type { AuditRow, Catalog } from '../catalog/index.ts';

/** One line of a report: a unit of the plan, and what became of it. */
export interface ReportRow {
  readonly unit: PlanUnit;
  /** Absent where the unit never came into a session. */
  readonly artifact?: RestoreArtifact;
  readonly sessionId?: string;
}

/** What a report is made from, all of it read from the catalog, so that it can be made offline. */
export interface ReportData {
  readonly madeAt: UtcSeconds;
  readonly plan: Plan;
  readonly tenant: Tenant;
  readonly sessions: readonly RestoreSession[];
  /** The changes made for this plan, in order: who, what, and the service's request ids. */
  readonly audit: readonly AuditRow[];
  readonly rows: () => AsyncGenerator<ReportRow>;
}

const PAGE = 200;
const AUDIT_PAGE = 1_000;

export interface ReportSource {
  readonly catalog: {
    readonly plans: Pick<Catalog['plans'], 'get' | 'sessionsOf' | 'listUnits'>;
    readonly sessions: Pick<Catalog['sessions'], 'find' | 'listArtifacts'>;
    readonly tenants: Pick<Catalog['tenants'], 'get'>;
    readonly audit: Pick<Catalog['audit'], 'list'>;
  };
  /** Service time of the tenant. */
  readonly now: (tenantId: string) => UtcSeconds;
}

/** @throws AppFailure PLAN_NOT_FOUND, TENANT_NOT_ADDED, CATALOG_UNAVAILABLE, WORK_UNREADABLE */
export async function readReportData({ catalog, now }: ReportSource, planId: string): Promise<ReportData> {
  const { tenantId } = await catalog.plans.get(planId, 0);
  const plan = await catalog.plans.get(planId, now(tenantId));
  const tenant = await catalog.tenants.get(tenantId);
  const sessions: RestoreSession[] = [];
  const artifacts = new Map<string, { artifact: RestoreArtifact; sessionId: string }>();
  for (const { sessionId } of await catalog.plans.sessionsOf(planId)) {
    const session = await catalog.sessions.find(tenantId, sessionId);
    if (session !== undefined) sessions.push(session);
    for (let offset = 0; session !== undefined; offset += PAGE) {
      const { rows } = await catalog.sessions.listArtifacts({ tenantId, sessionId, window: { offset, limit: PAGE } });
      for (const artifact of rows)
        if (artifact.unitId !== undefined) artifacts.set(artifact.unitId, { artifact, sessionId });
      if (rows.length < PAGE) break;
    }
  }
  return {
    madeAt: now(tenantId),
    plan,
    tenant,
    sessions,
    audit: await auditOf(catalog, tenantId, planId),
    rows: async function* () {
      for (let offset = 0; ; offset += PAGE) {
        const { rows } = await catalog.plans.listUnits({ planId, window: { offset, limit: PAGE } });
        for (const unit of rows) yield { unit, ...artifacts.get(unit.unitId) };
        if (rows.length < PAGE) return;
      }
    },
  };
}

/** When a restore ended, and who says so. */
export interface RestoreEnd {
  readonly at: UtcSeconds;
  /** `service`: its last session's own end. `console`: when this console heard of it, where no session tells. */
  readonly toldBy: 'service' | 'console';
}

/** The end of a plan that is done: the service's word, since the console may hear of it hours later; absent while it runs. */
export function endOfRestore({ plan, sessions }: Pick<ReportData, 'plan' | 'sessions'>): RestoreEnd | undefined {
  if (plan.status !== 'done') return undefined;
  const ends = sessions.flatMap(session => session.endedAt ?? []);
  if (ends.length > 0 && ends.length === sessions.length) return { at: Math.max(...ends), toldBy: 'service' };
  return plan.endedAt === undefined ? undefined : { at: plan.endedAt, toldBy: 'console' };
}

async function auditOf(catalog: ReportSource['catalog'], tenantId: string, planId: string): Promise<AuditRow[]> {
  const found: AuditRow[] = [];
  for (let afterSeq = 0; ;) {
    const rows = await catalog.audit.list({ tenantId, afterSeq, limit: AUDIT_PAGE });
    found.push(...rows.filter(({ target }) => target === `plan ${planId}`));
    afterSeq = rows.at(-1)?.seq ?? afterSeq;
    if (rows.length < AUDIT_PAGE) return found;
  }
}
