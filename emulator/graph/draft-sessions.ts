/** Restore sessions before their start: a draft is created, its artifacts are added and removed, it is deleted. */
import { artifactDeletionTakes } from '../state/machines/session-machine.ts';
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
import {
  granularCollection,
  granularFileJson,
  isGranular,
  requireDistinctGranular,
  shownId,
  toGranularArtifact,
} from './granular-artifacts.ts';
import { callerIdentity } from './identity.ts';
import { itemFailure } from './item-failure.ts';
import { isObject, objectBody, property } from './request-body.ts';
import type { JsonObject } from './request-body.ts';
import { artifactJson, findSession, sessionContext, sessionJson, sessionNames } from './restore-sessions.ts';
import { requireRestoresAllowed } from './restores-allowed.ts';
import { requireMove } from './session-rules.ts';

/** Standard and granular artifacts can't share a request. Throws 400 `InvalidArtifactRequest`. */
const requireOneForm = (body: JsonObject, names: readonly string[]): void => {
  const present = names.filter(name => property(body, name) !== undefined);
  if (present.length > 1) throw badRequest(`${present.join(' and ')} can't share a request.`, 'InvalidArtifactRequest');
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

const newSession = (context: GraphContext, kind: UnitKind, jobType: string): Session => {
  const by = callerIdentity(context);
  return {
    id: context.world.newId(),
    kind,
    jobType,
    createdAt: context.now,
    createdBy: by,
    lastModifiedAt: context.now,
    lastModifiedBy: by,
  };
};

const created = (context: GraphContext, session: Session, more: JsonObject = {}): GraphAnswer =>
  json(
    201,
    { '@odata.context': sessionContext(context, session.kind), ...sessionJson(context, session), ...more },
    {
      'Content-Location': linkTo(
        context,
        `/solutions/backupRestore/${sessionNames[session.kind].collection}/${session.id}`,
      ),
    },
  );

const tooMany = (): GraphError =>
  new GraphError(413, 'RestoreArtifactsLimitBreached', 'Restore Artifacts limit is breached.');

const createGranularSession = (context: GraphContext, kind: UnitKind, list: unknown): GraphAnswer => {
  if (!Array.isArray(list) || list.length === 0) {
    throw badRequest('There should be at least one restore artifact.', 'InvalidArtifactRequest');
  }
  if (list.length > mostArtifactsARequest) throw tooMany();
  // Mail is restored by a standard session, by the example of its page.
  const session = newSession(context, kind, kind === 'mailbox' ? 'standard' : 'granular');
  const artifacts = list.map((value: unknown) => toGranularArtifact(context, kind, session.id, value));
  requireDistinctGranular(artifacts);
  requireRestoresAllowed(context);
  context.tenant.sessions.put(session, artifacts);
  const shown = artifacts.map(artifact => artifactJson(context, artifact, 'mailbox'));
  return created(context, session, kind === 'mailbox' ? { [granularCollection.mailbox]: shown } : {});
};

export const createSession =
  (kind: UnitKind) =>
  (context: GraphContext): GraphAnswer => {
    const body = objectBody(context.request, 'InvalidArtifactRequest');
    requireOneForm(body, [sessionNames[kind].artifacts, granularCollection[kind]]);
    const granular = property(body, granularCollection[kind]);
    if (granular !== undefined) return createGranularSession(context, kind, granular);
    const list = property(body, sessionNames[kind].artifacts);
    if (list !== undefined && (!Array.isArray(list) || list.length === 0)) {
      throw badRequest('There should be at least one restore artifact.', 'InvalidArtifactRequest');
    }
    const asked: AskedArtifact[] = (Array.isArray(list) ? list : []).map(readArtifact);
    requireOneDestination(asked);
    if (asked.length > mostArtifactsARequest) throw tooMany();
    const resolved = asked.map(artifact => resolveArtifact(context, kind, artifact));
    requireDistinctUnits(resolved);
    requireRestoresAllowed(context);
    const session = newSession(context, kind, 'standard');
    context.tenant.sessions.put(
      session,
      resolved.map(artifact => toArtifact(context, session.id, artifact)),
    );
    return created(context, session);
  };

interface Delta {
  readonly added: readonly AskedArtifact[];
  readonly removed: readonly string[];
}

const readDelta = (context: GraphContext, kind: UnitKind): Delta => {
  const body = objectBody(context.request, 'InvalidPatchRequest');
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

/** What is taken out of a draft is gone from it at once, and deleted somewhat later. */
const patched = (context: GraphContext, session: Session, removesSome: boolean): Session => ({
  ...session,
  lastModifiedAt: context.now,
  lastModifiedBy: callerIdentity(context),
  ...(removesSome ? { artifactsGoneAt: context.now + artifactDeletionTakes } : {}),
});

const patchGranular = (context: GraphContext, kind: UnitKind, list: unknown): GraphAnswer => {
  const { sessions } = context.tenant;
  if (!Array.isArray(list) || list.length === 0)
    throw badRequest('Restore Artifacts are null.', 'InvalidArtifactRequest');
  if (list.length > mostArtifactsARequest) {
    throw badRequest('Restore Artifacts limit is breached.', 'RestoreArtifactsLimitBreached');
  }
  const session = findSession(context, kind);
  const present = sessions.listArtifacts(session.id);
  const removed: string[] = [];
  const added: Artifact[] = [];
  for (const value of list as readonly unknown[]) {
    if (isObject(value) && property(value, '@removed') !== undefined) {
      const id = property(value, 'id');
      if (typeof id !== 'string') throw badRequest('An artifact to be removed needs its id.', 'InvalidPatchRequest');
      removed.push(id);
    } else added.push(toGranularArtifact(context, kind, session.id, value));
  }
  if (present.some(artifact => !isGranular(artifact))) {
    throw badRequest('The session has standard artifacts.', 'InvalidArtifactRequest');
  }
  const staying = present.filter(artifact => !removed.includes(shownId(artifact)));
  requireDistinctGranular([...staying, ...added]);
  requireMove(context, session, 'patch');
  requireRestoresAllowed(context);
  const shown = (artifact: Artifact): JsonObject =>
    kind === 'mailbox' ? artifactJson(context, artifact, kind) : granularFileJson(context, artifact, kind);
  const leaving = present.filter(artifact => removed.includes(shownId(artifact)));
  const results = removed.map(id => {
    if (leaving.some(artifact => shownId(artifact) === id)) return { '@removed': { reason: 'changed' }, id };
    const message = 'The identifier to be removed from the Restore Session does not exist';
    return itemFailure(context, { id, code: 'Invalid', message, failedOperation: 'remove' });
  });
  sessions.removeArtifacts(
    session.id,
    leaving.map(({ id }) => id),
  );
  const jobType = kind === 'mailbox' ? session.jobType : 'granular';
  sessions.put({ ...patched(context, session, leaving.length > 0), jobType }, added);
  return json(200, {
    '@odata.context': sessionContext(context, kind),
    id: session.id,
    [`${granularCollection[kind]}@delta`]: [...added.map(shown), ...results],
  });
};

export const patchSession =
  (kind: UnitKind) =>
  (context: GraphContext): GraphAnswer => {
    const { sessions, bulkRequests } = context.tenant;
    const granularName = `${granularCollection[kind]}@delta`;
    const body = objectBody(context.request, 'InvalidPatchRequest');
    requireOneForm(body, [`${sessionNames[kind].artifacts}@delta`, granularName]);
    const granular = property(body, granularName);
    if (granular !== undefined) return patchGranular(context, kind, granular);
    const { added, removed } = readDelta(context, kind);
    const session = findSession(context, kind);
    const resolved = added.map(artifact => resolveArtifact(context, kind, artifact));
    requireDistinctUnits(resolved);
    if (new Set(removed).size < removed.length)
      throw badRequest('An artifact is removed twice.', 'DuplicateArtifactInList');
    const present = new Map(sessions.listArtifacts(session.id).map(artifact => [artifact.id, artifact]));
    const staying = [...present.values()].filter(({ id }) => !removed.includes(id));
    requireOneDestination([...staying, ...resolved]);
    requireMove(context, session, 'patch');
    if (bulkRequests.list().some(request => request.sessionId === session.id)) {
      throw new GraphError(403, 'RestoreSessionActionNotAllowed', "A bulk restore session can't be patched.");
    }
    if ([...present.values()].some(({ item }) => item !== undefined)) {
      throw badRequest('The session has granular artifacts.', 'InvalidArtifactRequest');
    }
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
      const echo = artifact.named === '@odata.id' ? { '@odata.id': point.id } : {};
      results.push({ id: made.id, restorePoint: { ...echo, id: point.id }, destinationType, status: 'added' });
    }
    for (const id of removed) {
      if (present.has(id)) results.push({ '@removed': { reason: 'changed' }, id });
      else {
        const message = 'The identifier to be removed from the Restore Session does not exist';
        results.push(itemFailure(context, { id, code: 'Invalid', message, failedOperation: 'remove' }));
      }
    }
    const leaving = removed.filter(id => present.has(id));
    sessions.removeArtifacts(session.id, leaving);
    sessions.put(patched(context, session, leaving.length > 0), accepted);
    return json(200, {
      '@odata.context': sessionContext(context, kind),
      id: session.id,
      [`${sessionNames[kind].artifacts}@delta`]: results,
    });
  };

export const deleteSession = (context: GraphContext): GraphAnswer => {
  const session = findSession(context);
  requireMove(context, session, 'delete');
  if (session.artifactsGoneAt !== undefined && context.now < session.artifactsGoneAt) {
    throw new GraphError(500, 'IncompleteArtifactDeletion', 'Unable to delete session, try again.');
  }
  context.tenant.sessions.remove(session.id);
  for (const { id, sessionId } of context.tenant.bulkRequests.list()) {
    if (sessionId === session.id) context.tenant.bulkRequests.remove(id);
  }
  return noContent;
};
