/** The start of a restore session: the one call that restores. */
import { days } from '../instant.ts';
import { isUnderWay, mostActiveSessions } from '../state/machines/session-machine.ts';
import { planRun } from '../state/restore-run.ts';
import type { Artifact, Session } from '../state/session-store.ts';
import { sessionStateAt } from '../state/session-state.ts';
import { resolvingTime } from '../work/bulk-restore-work.ts';
import { json } from './exchange.ts';
import type { GraphAnswer, GraphContext } from './exchange.ts';
import { badRequest, GraphError } from './graph-error.ts';
import { callerIdentity } from './identity.ts';
import { findSession, sessionContext, sessionJson } from './restore-sessions.ts';
import { requireRestoresAllowed } from './restores-allowed.ts';
import { requireMove } from './session-rules.ts';

/** Artifacts of one workload, restoring at a time and in a day. What breaking them answers is documented nowhere: a guess. */
const mostRestoringArtifacts = 1000;
const mostArtifactsADay = 10_000;

/** Throws 500 `TooManyActiveRestoreSessions`, or 400 when too many artifacts of the workload would be restored. */
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
  const ofWorkload = others.filter(({ other }) => other.kind === session.kind);
  const restoring = ofWorkload.reduce(
    (sum, { state }) => sum + (isUnderWay(state.status) ? state.counts.inProgress : 0),
    0,
  );
  if (restoring + artifacts.length > mostRestoringArtifacts) {
    throw badRequest(
      `At most ${mostRestoringArtifacts} artifacts of a workload can be restored at a time.`,
      'RestoreArtifactsLimitBreached',
    );
  }
  const lately = ofWorkload
    .filter(({ other }) => other.activatedAt !== undefined && other.activatedAt > context.now - days(1))
    .reduce((sum, { state }) => sum + state.counts.total, 0);
  if (lately + artifacts.length > mostArtifactsADay) {
    throw badRequest(
      `At most ${mostArtifactsADay} artifacts of a workload can be restored in a day.`,
      'RestoreArtifactsLimitBreached',
    );
  }
};

export const activateSession = (context: GraphContext): GraphAnswer => {
  const { now, tenant, world } = context;
  const { sessions, units } = tenant;
  const session = findSession(context);
  requireMove(context, session, 'activate');
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
      isTroubled: unit?.isTroubled === true,
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
