/** Browse sessions: a fast point is opened for three days, and told of. */
import { neverText, toText } from '../instant.ts';
import { hash } from '../seeded-random.ts';
import { browseSessionLives, browseStatusAt, openingTakes, smallBackup } from '../state/machines/browse-machine.ts';
import { durationOf } from '../state/machines/duration.ts';
import type { BrowseSessionRecord } from '../state/records.ts';
import { isTold } from '../world/history.ts';
import { listed, page, selected } from './collection.ts';
import { json, linkTo } from './exchange.ts';
import type { GraphAnswer, GraphContext } from './exchange.ts';
import { badRequest, notFound } from './graph-error.ts';
import { objectBody, property } from './request-body.ts';
import type { JsonObject } from './request-body.ts';
import { requireRestoresAllowed } from './restores-allowed.ts';

export type BrowsedKind = BrowseSessionRecord['kind'];

export const browseCollections: Readonly<Record<BrowsedKind, string>> = {
  site: 'sharePointBrowseSessions',
  drive: 'oneDriveForBusinessBrowseSessions',
};

const types: Readonly<Record<BrowsedKind, string>> = {
  site: '#microsoft.graph.sharePointBrowseSession',
  drive: '#microsoft.graph.oneDriveForBusinessBrowseSession',
};

const browseSessionJson = (context: GraphContext, session: BrowseSessionRecord): JsonObject => {
  const unit = context.tenant.units.find(session.unitId);
  const status = browseStatusAt(session, context.now);
  return {
    '@odata.type': types[session.kind],
    id: session.id,
    restorePointDateTime: toText(session.pointAt),
    status,
    createdDateTime: toText(session.createdAt),
    expirationDateTime: status === 'failed' ? neverText : toText(session.expiresAt),
    backupSizeInBytes: status === 'created' ? session.sizeInBytes : '',
    ...(session.kind === 'site'
      ? { siteId: unit?.siteId?.split(',')[1] ?? unit?.siteId ?? '' }
      : { directoryObjectId: unit?.directoryObjectId ?? '' }),
    error:
      status === 'failed'
        ? { code: 'UnknownError', message: 'The backup could not be opened. Please try again.' }
        : null,
  };
};

const isAlive = (session: BrowseSessionRecord, { now }: GraphContext): boolean => now < session.expiresAt;

/** Throws 404. */
export const findBrowseSession = (context: GraphContext, id: string, kind?: BrowsedKind): BrowseSessionRecord => {
  const session = context.tenant.browseSessions.find(id);
  if (session === undefined || !isAlive(session, context) || (kind !== undefined && session.kind !== kind)) {
    throw notFound('There is no browse session of this id.');
  }
  return session;
};

export const listBrowseSessions =
  (kind?: BrowsedKind) =>
  (context: GraphContext): GraphAnswer => {
    const sessions = context.tenant.browseSessions
      .list()
      .filter(session => isAlive(session, context) && (kind === undefined || session.kind === kind));
    // Of the base collection the page says that it takes some OData parameters, of the typed ones that they take none.
    const options = kind === undefined ? { filteredType: 'microsoft.graph.browseSessionBase' } : { takesNone: true };
    return page(context, listed(sessions), session => browseSessionJson(context, session), options);
  };

const entityContext = (context: GraphContext, kind: BrowsedKind): string =>
  linkTo(context, `/$metadata#solutions/backupRestore/${browseCollections[kind]}/$entity`);

export const getBrowseSession =
  (kind?: BrowsedKind) =>
  (context: GraphContext): GraphAnswer => {
    const session = findBrowseSession(context, context.id, kind);
    const answer = selected(context, browseSessionJson(context, session));
    return json(200, { '@odata.context': entityContext(context, session.kind), ...answer });
  };

/** Only fast points of sites and drives can be opened. */
export const createBrowseSession =
  (kind: BrowsedKind) =>
  (context: GraphContext): GraphAnswer => {
    const pointId = property(objectBody(context.request), 'restorePointId');
    if (typeof pointId !== 'string' || pointId === '')
      throw badRequest('restorePointId is required.', 'InvalidRestorePoint');
    const { points, units, browseSessions } = context.tenant;
    const point = points.find(pointId);
    const unit = point === undefined ? undefined : units.find(point.unitId);
    if (point === undefined || unit?.kind !== kind || !isTold(point, context.now)) {
      throw badRequest(`Restore Point is invalid: ${pointId}`, 'InvalidRestorePoint');
    }
    if (!point.isFast) throw badRequest('Only fast restore points can be browsed.', 'InvalidRestorePoint');
    requireRestoresAllowed(context);
    const { world, now } = context;
    const size = unit.history === undefined ? 200_000 + (hash(unit.id) % 700_000) : 5_000_000 + hash(unit.id) * 7;
    const id = Buffer.from(world.newId()).toString('base64url');
    const session: BrowseSessionRecord = {
      id,
      kind,
      unitId: unit.id,
      pointId: point.id,
      pointAt: point.at,
      createdAt: now,
      readyAt: size < smallBackup ? now : now + durationOf(openingTakes, world.seed, id),
      fails: unit.isGone,
      expiresAt: now + browseSessionLives,
      sizeInBytes: String(size),
    };
    browseSessions.put(session);
    return json(201, { '@odata.context': entityContext(context, kind), ...browseSessionJson(context, session) });
  };
