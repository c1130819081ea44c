/** Granular artifacts: items of a browse session, or all messages that a search found. */
import { neverText, toPreciseText, toText } from '../instant.ts';
import { guid } from '../seeded-random.ts';
import { browseMoves, browseStatusAt } from '../state/machines/browse-machine.ts';
import { artifactStatusAt } from '../state/restore-run.ts';
import type { Artifact } from '../state/session-store.ts';
import type { UnitKind } from '../world/units.ts';
import { readArtifact, requireOneDestination, resolveArtifact } from './artifact-requests.ts';
import { findItem } from './browse.ts';
import type { GraphContext } from './exchange.ts';
import { badRequest, requireState } from './graph-error.ts';
import { isObject, property } from './request-body.ts';
import type { JsonObject } from './request-body.ts';

export const granularCollection: Readonly<Record<UnitKind, string>> = {
  site: 'granularSiteRestoreArtifacts',
  drive: 'granularDriveRestoreArtifacts',
  mailbox: 'granularMailboxRestoreArtifacts',
};

export const isGranular = ({ item, search }: Artifact): boolean => item !== undefined || search !== undefined;

/** Messages of a restore, by the product's own documentation. */
const mostMessages = 1000;

const invalid = (message: string): Error => badRequest(message, 'InvalidArtifactRequest');

const messagesOf = (context: GraphContext, sessionId: string, value: unknown): Artifact => {
  const asked = readArtifact(value);
  const id = isObject(value) ? property(value, 'searchResponseId') : undefined;
  if (typeof id !== 'string' || id === '') throw invalid('searchResponseId is required.');
  const { point, destinationType } = resolveArtifact(context, 'mailbox', asked);
  const search = context.tenant.searches.find(id);
  if (search === undefined || search.pointId !== point.id) {
    throw invalid('searchResponseId is not that of a search which found this restore point.');
  }
  if (search.hits > mostMessages) throw invalid(`At most ${mostMessages} messages can be restored at a time.`);
  return {
    id: context.world.newId(),
    sessionId,
    unitId: point.unitId,
    pointId: point.id,
    pointAt: point.at,
    pointExpiresAt: point.expiresAt,
    isFastPoint: point.isFast,
    destinationType,
    search: { searchResponseId: id, hits: search.hits },
  };
};

const itemOf = (context: GraphContext, kind: UnitKind, sessionId: string, value: unknown): Artifact => {
  if (!isObject(value)) throw invalid('Restore Artifacts are null.');
  const browseSessionId = property(value, 'browseSessionId');
  const itemKey = property(value, 'id') ?? property(value, 'itemKey');
  if (typeof browseSessionId !== 'string' || typeof itemKey !== 'string' || itemKey === '') {
    throw invalid('A granular artifact needs browseSessionId and the id of an item.');
  }
  const { browseSessions, points } = context.tenant;
  const session = browseSessions.find(browseSessionId);
  if (session === undefined || session.kind !== kind || context.now >= session.expiresAt) {
    throw invalid('There is no browse session of this id.');
  }
  const status = browseStatusAt(session, context.now);
  requireState(browseMoves.restore, status, `Nothing can be chosen in a browse session that is ${status}.`);
  const item = findItem(context, session, itemKey);
  if (item === undefined) throw invalid('The browse session has no item of this key.');
  const point = points.find(session.pointId);
  return {
    id: context.world.newId(),
    sessionId,
    unitId: session.unitId,
    pointId: session.pointId,
    pointAt: session.pointAt,
    pointExpiresAt: point?.expiresAt ?? session.expiresAt,
    isFastPoint: true,
    destinationType: 'new',
    item: { browseSessionId, itemKey, name: item.name, webUrl: item.webUrl },
  };
};

/** Throws 400 `InvalidArtifactRequest` and what the parts of an artifact throw. */
export const toGranularArtifact = (
  context: GraphContext,
  kind: UnitKind,
  sessionId: string,
  value: unknown,
): Artifact => (kind === 'mailbox' ? messagesOf(context, sessionId, value) : itemOf(context, kind, sessionId, value));

/** Throws 400 when something is named twice, or messages go to both kinds of place. */
export const requireDistinctGranular = (artifacts: readonly Artifact[]): void => {
  const keys = artifacts.map(({ item, search }) => item?.itemKey ?? search?.searchResponseId);
  if (new Set(keys).size < keys.length) {
    throw badRequest('The restore artifact requested is already present.', 'DuplicateArtifactInList');
  }
  requireOneDestination(artifacts);
};

/** The id that callers know it by. */
export const shownId = ({ id, item }: Artifact): string => item?.itemKey ?? id;

/** What is unset is empty, or the year 0001. */
export const granularFileJson = (context: GraphContext, artifact: Artifact, kind: UnitKind): JsonObject => {
  const { item, run } = artifact;
  const unit = context.tenant.units.find(artifact.unitId);
  const status = item?.status ?? artifactStatusAt(run, context.now);
  const hasStarted = run?.startAt !== undefined && context.now >= run.startAt;
  const hasEnded = run !== undefined && context.now >= run.endAt;
  const isThere = status === 'succeeded';
  const folder = `Restored-${artifact.sessionId.slice(0, 8)}`;
  const site = unit?.siteWebUrl ?? `https://${context.tenant.organisation.label}-my.sharepoint.example`;
  return {
    '@odata.type': `#microsoft.graph.granular${kind === 'site' ? 'Site' : 'Drive'}RestoreArtifact`,
    id: shownId(artifact),
    browseSessionId: item?.browseSessionId ?? '',
    restoredItemKey: isThere
      ? `${item?.itemKey.split(',').slice(0, 3).join(',') ?? ''},${guid(artifact.id, 'restored')}`
      : '',
    webUrl: item?.webUrl ?? '',
    restoredItemPath: isThere ? folder : '',
    restoredItemWebUrl: isThere ? `${site}/${folder}/${item?.name ?? ''}` : '',
    status,
    restorePointDateTime: toPreciseText(artifact.pointAt),
    startDateTime: hasStarted && run.startAt !== undefined ? toText(run.startAt) : neverText,
    completionDateTime: hasEnded ? toText(run.endAt) : neverText,
    ...(kind === 'site'
      ? { siteId: unit?.siteId?.split(',')[1] ?? unit?.siteId ?? '' }
      : { directoryObjectId: unit?.directoryObjectId ?? '' }),
  };
};
