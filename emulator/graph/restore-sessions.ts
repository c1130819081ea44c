/** Restore sessions and their artifacts, read. */
import { toPreciseText, toText } from '../instant.ts';
import { guid, hash } from '../seeded-random.ts';
import { artifactStatusAt } from '../state/restore-run.ts';
import type { Artifact, Session } from '../state/session-store.ts';
import { isForgotten, sessionStateAt } from '../state/session-state.ts';
import type { SessionState } from '../state/session-state.ts';
import type { StoredUnit } from '../state/unit-store.ts';
import type { UnitKind } from '../world/units.ts';
import { listed, page, selected } from './collection.ts';
import { member } from './enum-members.ts';
import { json, linkTo } from './exchange.ts';
import type { GraphAnswer, GraphContext } from './exchange.ts';
import { badRequest, GraphError, notFound } from './graph-error.ts';
import { granularFileJson } from './granular-artifacts.ts';
import { identityJson } from './identity.ts';
import { isGuid } from './request-body.ts';
import type { JsonObject } from './request-body.ts';

/** How each kind of session is called. */
export const sessionNames: Readonly<
  Record<UnitKind, { readonly collection: string; readonly type: string; readonly artifacts: string }>
> = {
  site: {
    collection: 'sharePointRestoreSessions',
    type: '#microsoft.graph.sharePointRestoreSession',
    artifacts: 'siteRestoreArtifacts',
  },
  drive: {
    collection: 'oneDriveForBusinessRestoreSessions',
    type: '#microsoft.graph.oneDriveForBusinessRestoreSession',
    artifacts: 'driveRestoreArtifacts',
  },
  mailbox: {
    collection: 'exchangeRestoreSessions',
    type: '#microsoft.graph.exchangeRestoreSession',
    artifacts: 'mailboxRestoreArtifacts',
  },
};

export const stateOf = (context: GraphContext, session: Session): SessionState =>
  sessionStateAt(session, context.tenant.sessions.listArtifacts(session.id), context.now);

/** Throws 400 `InvalidRestoreSessionId` or 404 `RestoreSessionNotFound`. */
export const findSession = (context: GraphContext, kind?: UnitKind): Session => {
  const session = context.tenant.sessions.find(context.id);
  const isThere =
    session !== undefined &&
    (kind === undefined || session.kind === kind) &&
    !isForgotten(stateOf(context, session), context.now);
  if (isThere) return session;
  if (session === undefined && !isGuid(context.id)) {
    throw badRequest('Restore Session ID is invalid.', 'InvalidRestoreSessionId');
  }
  throw new GraphError(404, 'RestoreSessionNotFound', 'Unable to get restore session.');
};

export const sessionJson = (context: GraphContext, session: Session): JsonObject => {
  const { status, counts, completedAt } = stateOf(context, session);
  return {
    '@odata.type': sessionNames[session.kind].type,
    id: session.id,
    status: member(context, 'restoreSessionStatus', status),
    restoreJobType: member(context, 'restoreJobType', session.jobType),
    restoreSessionArtifactCount: counts,
    createdBy: identityJson(context, session.createdBy),
    createdDateTime: toText(session.createdAt),
    lastModifiedBy: identityJson(context, session.lastModifiedBy),
    lastModifiedDateTime: toText(session.lastModifiedAt),
    completedDateTime: completedAt === undefined ? null : toText(completedAt),
    error: null,
  };
};

export const listSessions =
  (kind?: UnitKind) =>
  (context: GraphContext): GraphAnswer => {
    const sessions = context.tenant.sessions
      .list()
      .filter(
        session =>
          (kind === undefined || session.kind === kind) && !isForgotten(stateOf(context, session), context.now),
      );
    return page(context, listed(sessions), session => sessionJson(context, session));
  };

export const sessionContext = (context: GraphContext, kind: UnitKind): string =>
  linkTo(context, `/$metadata#solutions/backupRestore/${sessionNames[kind].collection}/$entity`);

export const getSession =
  (kind?: UnitKind) =>
  (context: GraphContext): GraphAnswer => {
    const session = findSession(context, kind);
    return json(200, {
      '@odata.context': sessionContext(context, session.kind),
      ...selected(context, sessionJson(context, session)),
    });
  };

/** A new place is named after the old one with R0, R1 … appended, as the service does. */
const siteDetails = (context: GraphContext, artifact: Artifact, unit: StoredUnit): JsonObject => {
  const isDrive = unit.kind === 'drive';
  const name = isDrive ? (unit.email ?? '').replace(/[^a-z0-9]+/gi, '_') : (unit.siteName ?? '');
  const url = isDrive
    ? `https://${context.tenant.organisation.label}-my.sharepoint.example/personal/${name}`
    : (unit.siteWebUrl ?? '');
  if (artifact.destinationType === 'inPlace') {
    return {
      restoredSiteId: unit.siteId ?? unit.directoryObjectId ?? '',
      restoredSiteName: name,
      restoredSiteWebUrl: url,
    };
  }
  const suffix = `R${hash(artifact.id) % 10}`;
  return {
    restoredSiteId: guid(artifact.id, 'site'),
    restoredSiteName: `${name}${suffix}`,
    restoredSiteWebUrl: `${url}${suffix}`,
  };
};

const mailboxDetails = (artifact: Artifact): JsonObject => {
  const changed = hash(artifact.id, 'items') % 400;
  // Nothing has changed since the point: nothing is restored and no folder is made.
  if (changed < 12) return { restoredFolderId: null, restoredFolderName: null, restoredItemCount: 0 };
  const made = artifact.destinationType === 'new';
  return {
    restoredFolderId: made ? guid(artifact.id, 'folder') : null,
    restoredFolderName: made ? `Restored ${toPreciseText(artifact.pointAt).slice(0, 16).replace('T', ' ')}` : null,
    restoredItemCount: changed,
  };
};

const detailsOf = (context: GraphContext, artifact: Artifact, kind: UnitKind): JsonObject => {
  const { run } = artifact;
  const unit = context.tenant.units.find(artifact.unitId);
  const areTold = run !== undefined && run.error === undefined && context.now >= run.detailsAt && unit !== undefined;
  if (areTold && artifact.made !== undefined) return artifact.made;
  if (kind === 'mailbox') {
    return areTold
      ? mailboxDetails(artifact)
      : { restoredFolderId: null, restoredFolderName: null, restoredItemCount: null };
  }
  return areTold
    ? siteDetails(context, artifact, unit)
    : { restoredSiteId: null, restoredSiteName: null, restoredSiteWebUrl: null };
};

export const artifactJson = (context: GraphContext, artifact: Artifact, kind: UnitKind): JsonObject => {
  const { run } = artifact;
  const status = artifactStatusAt(run, context.now);
  const hasStarted = run?.startAt !== undefined && context.now >= run.startAt;
  const hasEnded = run !== undefined && context.now >= run.endAt;
  return {
    '@odata.type':
      artifact.search === undefined
        ? `#microsoft.graph.${kind}RestoreArtifact`
        : '#microsoft.graph.granularMailboxRestoreArtifact',
    id: artifact.id,
    destinationType: artifact.destinationType,
    status,
    startDateTime: hasStarted && run.startAt !== undefined ? toText(run.startAt) : null,
    completionDateTime: hasEnded ? toText(run.endAt) : null,
    error: hasEnded && run.error !== undefined ? run.error : null,
    ...detailsOf(context, artifact, kind),
    ...(artifact.search === undefined
      ? {}
      : { searchResponseId: artifact.search.searchResponseId, artifactCount: artifact.search.hits }),
    restorePoint: pointOfArtifact(artifact),
  };
};

const pointOfArtifact = (artifact: Artifact): JsonObject => ({
  id: artifact.pointId,
  protectionDateTime: toPreciseText(artifact.pointAt),
  expirationDateTime: toPreciseText(artifact.pointExpiresAt),
  tags: artifact.isFastPoint ? 'fastRestore' : 'none',
});

export const listArtifacts =
  (kind: UnitKind) =>
  (context: GraphContext): GraphAnswer => {
    const session = findSession(context, kind);
    const artifacts = context.tenant.sessions
      .listArtifacts(session.id)
      .filter(({ item, search }) => item === undefined && search === undefined);
    return page(context, listed(artifacts), artifact => artifactJson(context, artifact, kind));
  };

/** Granular artifacts: of files, or of messages. */
export const listGranularArtifacts =
  (kind: UnitKind) =>
  (context: GraphContext): GraphAnswer => {
    const session = findSession(context, kind);
    const artifacts = context.tenant.sessions.listArtifacts(session.id);
    return kind === 'mailbox'
      ? page(context, listed(artifacts.filter(({ search }) => search !== undefined)), artifact =>
          artifactJson(context, artifact, kind),
        )
      : page(
          context,
          listed(artifacts.filter(({ item }) => item !== undefined)),
          artifact => granularFileJson(context, artifact, kind),
          { takesNone: true },
        );
  };

/** Throws 404 unless the session has an artifact of this id and form. */
const findArtifact = (context: GraphContext, kind: UnitKind, isGranular: boolean): Artifact => {
  const session = findSession({ ...context, id: context.parentId }, kind);
  const artifact = context.tenant.sessions
    .listArtifacts(session.id)
    .find(found => (found.item?.itemKey ?? found.id) === context.id);
  const isOfForm = artifact !== undefined && ((artifact.item ?? artifact.search) !== undefined) === isGranular;
  if (artifact === undefined || !isOfForm) throw notFound('There is no artifact of this id in the session.');
  return artifact;
};

export const getArtifact =
  (kind: UnitKind, isGranular = false) =>
  (context: GraphContext): GraphAnswer => {
    const artifact = findArtifact(context, kind, isGranular);
    const isFile = isGranular && kind !== 'mailbox';
    const shown = isFile ? granularFileJson(context, artifact, kind) : artifactJson(context, artifact, kind);
    return json(200, selected(context, shown));
  };

export const getPointOfArtifact =
  (kind: UnitKind) =>
  (context: GraphContext): GraphAnswer =>
    json(200, selected(context, pointOfArtifact(findArtifact(context, kind, false))));
