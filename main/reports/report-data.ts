import type { AppError } from '../../shared/contract/errors.ts';
import type { Plan, PlanUnit } from '../../shared/contract/plans.ts';
import type { RestoreArtifact } from '../../shared/contract/sessions.ts';
import type { Tenant } from '../../shared/contract/tenants.ts';
import { toLossWindow } from '../../shared/domain/restore-loss.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import type { AuditRow, Catalog } from '../catalog/index.ts';
import { type PlanSessions, type ReadingSource, readSessionsOfPlan } from './read-sessions.ts';

/** One line of a report: a unit of the plan, and what became of it. */
export interface ReportRow {
  readonly unit: PlanUnit;
  /** Absent where no artifact of the unit is known. */
  readonly artifact?: RestoreArtifact;
  readonly sessionId?: string;
}

/** What a report is made from: the catalog, once what it did not know of the plan's sessions was read as far as it could be. */
export interface ReportData {
  readonly madeAt: UtcSeconds;
  readonly plan: Plan;
  readonly tenant: Tenant;
  /** All sessions of the plan, also those that are not known here. */
  readonly sessions: PlanSessions['sessions'];
  /** Why the sessions could not be asked about anew though some had not ended when last read. */
  readonly notAsked?: AppError;
  /** The changes made for this plan, in order: who, what, and the service's request ids. */
  readonly audit: readonly AuditRow[];
  readonly rows: () => AsyncGenerator<ReportRow>;
}

const PAGE = 200;
const AUDIT_PAGE = 1_000;

export interface ReportSource extends ReadingSource {
  readonly catalog: ReadingSource['catalog'] & {
    readonly plans: Pick<Catalog['plans'], 'get' | 'listUnits'>;
    readonly sessions: Pick<Catalog['sessions'], 'listArtifacts'>;
    readonly tenants: Pick<Catalog['tenants'], 'get'>;
    readonly audit: Pick<Catalog['audit'], 'list'>;
  };
  /** Service time of the tenant. */
  readonly now: (tenantId: string) => UtcSeconds;
}

/** @throws AppFailure PLAN_NOT_FOUND, TENANT_NOT_ADDED, CATALOG_UNAVAILABLE, WORK_UNREADABLE; the signal's reason */
export async function readReportData(source: ReportSource, planId: string, signal?: AbortSignal): Promise<ReportData> {
  const { catalog, now } = source;
  const { tenantId } = await catalog.plans.get(planId, 0);
  const { sessions, notAsked } = await readSessionsOfPlan(source, { tenantId, planId }, signal);
  // Read after the sessions: the plan may have ended meanwhile, and then it says so.
  const plan = await catalog.plans.get(planId, now(tenantId));
  const tenant = await catalog.tenants.get(tenantId);
  const byUnit = new Map<string, Restored>();
  const byPoint = new Map<string, Restored>();
  for (const { id: sessionId, session } of sessions)
    for (let offset = 0; session !== undefined; offset += PAGE) {
      const { rows } = await catalog.sessions.listArtifacts({ tenantId, sessionId, window: { offset, limit: PAGE } });
      for (const artifact of rows) {
        if (artifact.unitId !== undefined) byUnit.set(artifact.unitId, { artifact, sessionId });
        if (artifact.restorePointId !== undefined) byPoint.set(artifact.restorePointId, { artifact, sessionId });
      }
      if (rows.length < PAGE) break;
    }
  /** An artifact of which nobody told the unit is still known by its point: that belongs to one unit for ever. */
  const restoredOf = ({ unitId, chosen }: PlanUnit): Restored | undefined =>
    byUnit.get(unitId) ?? (chosen === undefined ? undefined : byPoint.get(chosen.id));
  return {
    madeAt: now(tenantId),
    plan,
    tenant,
    sessions,
    ...(notAsked === undefined ? {} : { notAsked }),
    audit: await auditOf(catalog, tenantId, planId),
    rows: async function* () {
      for (let offset = 0; ; offset += PAGE) {
        const { rows } = await catalog.plans.listUnits({ planId, window: { offset, limit: PAGE } });
        for (const unit of rows) yield { unit, ...restoredOf(unit) };
        if (rows.length < PAGE) return;
      }
    },
  };
}

type Restored = Required<Pick<ReportRow, 'artifact' | 'sessionId'>>;

/** When a restore ended, and who says so. */
export interface RestoreEnd {
  readonly at: UtcSeconds;
  /** `service`: its last session's own end. `console`: this console's own note, where not every session tells its end. */
  readonly toldBy: 'service' | 'console';
}

/**
 * The end of a plan that is done: the service's word where each of its sessions tells it, since the console may hear of it hours
 * later; absent while it runs.
 */
export function endOfRestore({ plan, sessions }: Pick<ReportData, 'plan' | 'sessions'>): RestoreEnd | undefined {
  if (plan.status !== 'done') return undefined;
  const ends = sessions.flatMap(({ session }) => session?.endedAt ?? []);
  if (ends.length > 0 && ends.length === sessions.length) return { at: Math.max(...ends), toldBy: 'service' };
  return plan.endedAt === undefined ? undefined : { at: plan.endedAt, toldBy: 'console' };
}

/**
 * What was lost: from the point to the incident. Where the service's artifact names another point than the plan chose, its word
 * counts.
 */
export function lossOf({ unit, artifact }: ReportRow, { incidentAt }: Pick<Plan, 'incidentAt'>): PlanUnit['loss'] {
  const { chosen, loss } = unit;
  const pointAt = artifact?.pointAt;
  if (pointAt === undefined || incidentAt === undefined || pointAt === chosen?.at) return loss;
  return toLossWindow(pointAt, incidentAt, loss?.upTo === true ? 'atLeast' : 'exact');
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
