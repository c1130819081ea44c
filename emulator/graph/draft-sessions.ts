/** Restore sessions before their start: a draft is created, its artifacts are added and removed, it is deleted. */
import type { Artifact, Session } from '../state/session-store.ts';
import type { UnitKind } from '../world/units.ts';
import {
  mostArtifactsARequest,
  readArtifact,
  requireDistinctUnits,
  requireOneDestination,
  resolveArtifact,
} from './artifact-requests.ts';
import type { AskedArtifact, ResolvedArtifact } from './artifact-requests.ts';
import { json, linkTo, noContent } from './exchange.ts';
import type { GraphAnswer, GraphContext } from './exchange.ts';
import { badRequest, GraphError } from './graph-error.ts';
import { callerIdentity } from './identity.ts';
import { isObject, objectBody, property } from './request-body.ts';
import type { JsonObject } from './request-body.ts';
import { findSession, sessionContext, sessionJson, sessionNames } from './restore-sessions.ts';
import { requireDraft, requireRestoresAllowed } from './session-rules.ts';

const refuseOtherArtifacts = (body: JsonObject): void => {
  const other = Object.keys(body).find(name => /^granular\w+RestoreArtifacts(@delta)?$/i.test(name));
  if (other !== undefined) throw new GraphError(501, 'notImplemented', `${other} is not emulated yet.`);
};

const toArtifact = (
  context: GraphContext,
  sessionId: string,
  { point, destinationType }: ResolvedArtifact,
): Artifact => ({
  id: context.world.newId(),
  sessionId,
  unitId: point.unitId,
  pointId: point.id,
  pointAt: point.at,
  pointExpiresAt: point.expiresAt,
  isFastPoint: point.isFast,
  destinationType,
});

export const createSession =
  (kind: UnitKind) =>
  (context: GraphContext): GraphAnswer => {
    const body = objectBody(context.request, 'InvalidArtifactRequest');
    refuseOtherArtifacts(body);
    const list = property(body, sessionNames[kind].artifacts);
    if (list !== undefined && (!Array.isArray(list) || list.length === 0)) {
      throw badRequest('There should be at least one restore artifact.', 'InvalidArtifactRequest');
    }
    const asked: AskedArtifact[] = (Array.isArray(list) ? list : []).map(readArtifact);
    requireOneDestination(asked);
    if (asked.length > mostArtifactsARequest) {
      throw new GraphError(413, 'RestoreArtifactsLimitBreached', 'Restore Artifacts limit is breached.');
    }
    const resolved = asked.map(artifact => resolveArtifact(context, kind, artifact));
    requireDistinctUnits(resolved);
    requireRestoresAllowed(context);
    const by = callerIdentity(context);
    const session: Session = {
      id: context.world.newId(),
      kind,
      jobType: 'standard',
      createdAt: context.now,
      createdBy: by,
      lastModifiedAt: context.now,
      lastModifiedBy: by,
    };
    context.tenant.sessions.put(
      session,
      resolved.map(artifact => toArtifact(context, session.id, artifact)),
    );
    return json(
      201,
      { '@odata.context': sessionContext(context, kind), ...sessionJson(context, session) },
      {
        'Content-Location': linkTo(context, `/solutions/backupRestore/${sessionNames[kind].collection}/${session.id}`),
      },
    );
  };

/** A failure of one item inside a delta's answer. */
const itemFailure = (
  context: GraphContext,
  failure: {
    readonly id: string;
    readonly code: string;
    readonly message: string;
    readonly failedOperation: 'add' | 'remove';
  },
  echo: JsonObject = {},
): JsonObject => ({
  '@contentId': context.world.newId(),
  '@Core.DataModificationException': {
    info: { code: failure.code, message: failure.message },
    failedOperation: failure.failedOperation,
    responseCode: 409,
  },
  id: failure.id,
  ...echo,
});

interface Delta {
  readonly added: readonly AskedArtifact[];
  readonly removed: readonly string[];
}

const readDelta = (context: GraphContext, kind: UnitKind): Delta => {
  const body = objectBody(context.request, 'InvalidPatchRequest');
  refuseOtherArtifacts(body);
  const list = property(body, `${sessionNames[kind].artifacts}@delta`);
  if (!Array.isArray(list))
    throw badRequest("Can't process the request because it's malformed or incorrect.", 'InvalidPatchRequest');
  if (list.length === 0) throw badRequest('Restore Artifacts are null.', 'InvalidArtifactRequest');
  const added: AskedArtifact[] = [];
  const removed: string[] = [];
  for (const item of list) {
    if (isObject(item) && property(item, '@removed') !== undefined) {
      const id = property(item, 'id');
      if (typeof id !== 'string' || id === '')
        throw badRequest('An artifact to be removed needs its id.', 'InvalidPatchRequest');
      removed.push(id);
    } else added.push(readArtifact(item));
  }
  if (list.length > mostArtifactsARequest) {
    throw badRequest('Restore Artifacts limit is breached.', 'RestoreArtifactsLimitBreached');
  }
  return { added, removed };
};

export const patchSession =
  (kind: UnitKind) =>
  (context: GraphContext): GraphAnswer => {
    const { sessions } = context.tenant;
    const { added, removed } = readDelta(context, kind);
    const session = findSession(context, kind);
    const resolved = added.map(artifact => resolveArtifact(context, kind, artifact));
    requireDistinctUnits(resolved);
    if (new Set(removed).size < removed.length)
      throw badRequest('An artifact is removed twice.', 'DuplicateArtifactInList');
    const present = new Map(sessions.listArtifacts(session.id).map(artifact => [artifact.id, artifact]));
    const staying = [...present.values()].filter(({ id }) => !removed.includes(id));
    requireOneDestination([...staying, ...resolved]);
    requireDraft(context, session, 'patched');
    requireRestoresAllowed(context);

    const results: JsonObject[] = [];
    const takenUnits = new Set(staying.map(({ unitId }) => unitId));
    const accepted: Artifact[] = [];
    for (const artifact of resolved) {
      const { point, destinationType } = artifact;
      if (takenUnits.has(point.unitId)) {
        const failure = {
          id: '',
          code: 'DuplicateArtifactInList',
          message: 'The restore artifact requested is already present.',
          failedOperation: 'add',
        } as const;
        results.push(itemFailure(context, failure, { restorePoint: { id: point.id }, destinationType }));
        continue;
      }
      const made = toArtifact(context, session.id, artifact);
      accepted.push(made);
      results.push({ id: made.id, restorePoint: { id: point.id }, destinationType, status: 'added' });
    }
    for (const id of removed) {
      if (present.has(id)) results.push({ '@removed': { reason: 'changed' }, id });
      else {
        const message = 'The identifier to be removed from the Restore Session does not exist';
        results.push(itemFailure(context, { id, code: 'Invalid', message, failedOperation: 'remove' }));
      }
    }
    sessions.removeArtifacts(
      session.id,
      removed.filter(id => present.has(id)),
    );
    sessions.put({ ...session, lastModifiedAt: context.now, lastModifiedBy: callerIdentity(context) }, accepted);
    return json(200, {
      '@odata.context': sessionContext(context, kind),
      id: session.id,
      [`${sessionNames[kind].artifacts}@delta`]: results,
    });
  };

export const deleteSession = (context: GraphContext): GraphAnswer => {
  const session = findSession(context);
  requireDraft(context, session, 'deleted');
  context.tenant.sessions.remove(session.id);
  return noContent;
};
