/** The start of a restore session: the one call that restores. */
import { planRun } from '../state/restore-run.ts';
import type { Artifact, Session } from '../state/session-store.ts';
import { isUnderWay, sessionStateAt } from '../state/session-state.ts';
import { resolvingTime } from '../work/bulk-restore-work.ts';
import { json } from './exchange.ts';
import type { GraphAnswer, GraphContext } from './exchange.ts';
import { badRequest, GraphError } from './graph-error.ts';
import { callerIdentity } from './identity.ts';
import { findSession, sessionContext, sessionJson } from './restore-sessions.ts';
import { requireRestoresAllowed } from './restores-allowed.ts';
import { requireDraft } from './session-rules.ts';

const mostActiveSessions = 25;
/** Artifacts of one workload restoring at a time. What breaking it answers is documented nowhere: a guess. */
const mostRestoringArtifacts = 1000;

/** Throws 500 `TooManyActiveRestoreSessions`, or 400 when too many artifacts of the workload would be restoring. */
const requireRoom = (context: GraphContext, session: Session, artifacts: readonly Artifact[]): void => {
  const { sessions } = context.tenant;
  const others = sessions.list().map(other => ({
    other,
    state: sessionStateAt(other, sessions.listArtifacts(other.id), context.now),
  }));
  const active = others.filter(({ state }) => isUnderWay(state.status));
  if (active.length >= mostActiveSessions) {
    throw new GraphError(500, 'TooManyActiveRestoreSessions', 'Temporary error: Too many active restore sessions.');
  }
  const restoring = active
    .filter(({ other }) => other.kind === session.kind)
    .reduce((sum, { state }) => sum + state.counts.inProgress, 0);
  if (restoring + artifacts.length > mostRestoringArtifacts) {
    throw badRequest(
      `At most ${mostRestoringArtifacts} artifacts of a workload can be restored at a time.`,
      'RestoreArtifactsLimitBreached',
    );
  }
};

export const activateSession = (context: GraphContext): GraphAnswer => {
  const { now, tenant, world } = context;
  const { sessions, units } = tenant;
  const session = findSession(context);
  requireDraft(context, session, 'activated');
  const artifacts = sessions.listArtifacts(session.id);
  const bulkRequest = tenant.bulkRequests.list().find(request => request.sessionId === session.id);
  if (artifacts.length === 0 && bulkRequest === undefined) {
    throw new GraphError(
      403,
      'RestoreSessionActionNotAllowed',
      'A restore session without artifacts cannot be activated.',
    );
  }
  requireRestoresAllowed(context);
  requireRoom(context, session, artifacts);
  const started = artifacts.map((artifact): Artifact => {
    const unit = units.find(artifact.unitId);
    const run = planRun(now, {
      seed: world.seed,
      artifactId: artifact.id,
      kind: session.kind,
      destinationType: artifact.destinationType,
      isFastPoint: artifact.isFastPoint,
      isHeld: unit?.isHeld === true,
      isGone: unit === undefined || unit.isGone,
      isExpired: now >= artifact.pointExpiresAt,
      isBusy: artifact.item === undefined && sessions.isRestoring(artifact.unitId, now),
      mayFailByChance: tenant.settings.artifactFailures === 'seeded',
    });
    return { ...artifact, run };
  });
  const activated: Session = {
    ...session,
    activatedAt: now,
    ...(bulkRequest === undefined ? {} : { resolvedAt: now + resolvingTime(world.seed, bulkRequest.id) }),
    lastModifiedAt: now,
    lastModifiedBy: callerIdentity(context),
  };
  sessions.put(activated, started);
  if (bulkRequest !== undefined) {
    tenant.agenda.plan('bulkRequest', bulkRequest.id, now + resolvingTime(world.seed, bulkRequest.id));
  }
  return json(200, { '@odata.context': sessionContext(context, session.kind), ...sessionJson(context, activated) });
};
