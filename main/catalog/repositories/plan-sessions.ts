import type { UnitKind } from '../../../shared/domain/protection-unit.ts';
import type { PlanSession } from '../api/plans.ts';
import type { WritableDb } from '../worker/database.ts';

const SELECT = 'SELECT plan AS planId, session AS sessionId, tenant AS tenantId, kind FROM plan_session';

/** `plan_session` of `work`: which restore sessions are a plan's own. */
export const planSessionsRepository = (db: WritableDb) => {
  const ofPlan = db.read<[string], PlanSession>(`${SELECT} WHERE plan = ? ORDER BY kind, session`);
  const ofTenant = db.read<[string], PlanSession & { planName: string }>(
    `SELECT s.plan AS planId, s.session AS sessionId, s.tenant AS tenantId, s.kind, p.name AS planName
     FROM plan_session s JOIN plan p ON p.id = s.plan WHERE s.tenant = ?`,
  );
  const link = db.write<[string, string, string, UnitKind]>(
    'INSERT OR IGNORE INTO plan_session (plan, session, tenant, kind) VALUES (?, ?, ?, ?)',
  );
  const unlink = db.write<[string, string]>('DELETE FROM plan_session WHERE plan = ? AND session = ?');
  const removeOf = db.write<[string]>('DELETE FROM plan_session WHERE plan = ?');
  return {
    ofPlan: (planId: string): PlanSession[] => ofPlan.all(planId),
    ofTenant: (tenantId: string) => ofTenant.all(tenantId),
    link: (session: PlanSession) => {
      link.run(session.planId, session.sessionId, session.tenantId, session.kind);
    },
    unlink: (planId: string, sessionId: string) => {
      unlink.run(planId, sessionId);
    },
    removeOf: (planId: string) => {
      removeOf.run(planId);
    },
  };
};
