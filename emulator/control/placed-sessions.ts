/** Restore sessions put in place by hand, a colleague's drafts among them. */
import { z } from 'zod';
import type { Ticks } from '../instant.ts';
import { artifactErrors, planRun } from '../state/restore-run.ts';
import type { RestoreRun } from '../state/restore-run.ts';
import type { Artifact, Session } from '../state/session-store.ts';
import type { UnitKind } from '../world/units.ts';
import { ControlRefusal } from './control-refusal.ts';
import { given } from './defined.ts';
import { identitySet, publicError } from './placed-shapes.ts';
import type { Place, Placer } from './placed-shapes.ts';
import { moment } from './shapes.ts';

const artifactShape = z.looseObject({
  id: z.string().optional(),
  restorePoint: z.looseObject({ id: z.string() }),
  destinationType: z.enum(['new', 'inPlace']).default('inPlace'),
  status: z.string().optional(),
  startDateTime: moment.nullable().optional(),
  completionDateTime: moment.nullable().optional(),
  error: publicError.nullable().optional(),
});

/** An item of a browse session that is in place. */
const itemShape = z.looseObject({
  id: z.string(),
  browseSessionId: z.string(),
  status: z.string().optional(),
  webUrl: z.string().default(''),
});

const sessionShape = z.looseObject({
  id: z.string(),
  status: z.string().default('draft'),
  restoreJobType: z.string().default('standard'),
  createdDateTime: moment.optional(),
  createdBy: identitySet.optional(),
  lastModifiedDateTime: moment.optional(),
  lastModifiedBy: identitySet.optional(),
  completedDateTime: moment.nullable().optional(),
  siteRestoreArtifacts: z.array(artifactShape).optional(),
  driveRestoreArtifacts: z.array(artifactShape).optional(),
  mailboxRestoreArtifacts: z.array(artifactShape).optional(),
  granularSiteRestoreArtifacts: z.array(itemShape).optional(),
  granularDriveRestoreArtifacts: z.array(itemShape).optional(),
});

type AskedArtifact = z.output<typeof artifactShape>;

const detailNames = {
  site: ['restoredSiteId', 'restoredSiteName', 'restoredSiteWebUrl'],
  mailbox: ['restoredFolderId', 'restoredFolderName', 'restoredItemCount'],
} as const;

/** What it is said to have made, when all of it is said. */
const madeOf = (asked: AskedArtifact): Pick<Artifact, 'made'> => {
  const names = Object.values(detailNames).find(list => list.every(name => asked[name] !== undefined));
  if (names === undefined) return {};
  const made = Object.fromEntries(names.map(name => [name, z.union([z.string(), z.number()]).parse(asked[name])]));
  return { made };
};

/** An artifact put in place as ended has ended; any other one of a started session goes its usual way from there. */
const runOf = (
  place: Place,
  kind: UnitKind,
  artifact: Artifact,
  asked: AskedArtifact,
  startedAt: Ticks,
): RestoreRun => {
  const { world, tenant } = place;
  const unit = tenant.units.find(artifact.unitId);
  const usual = planRun(startedAt, {
    seed: world.seed,
    artifactId: artifact.id,
    kind,
    destinationType: artifact.destinationType,
    isFastPoint: artifact.isFastPoint,
    isHeld: unit?.isHeld === true,
    isGone: unit?.isGone === true,
    isExpired: false,
    isBusy: false,
    mayFailByChance: false,
  });
  const startAt = asked.startDateTime ?? usual.startAt ?? startedAt;
  if (asked.status === 'succeeded' || asked.status === 'failed') {
    const endAt = asked.completionDateTime ?? world.now();
    const code = asked.error?.code ?? 'UnknownError';
    const message = asked.error?.message ?? artifactErrors.UnknownError;
    return {
      schedulingAt: Math.min(usual.schedulingAt, endAt),
      startAt: Math.min(startAt, endAt),
      endAt,
      detailsAt: endAt,
      ...(asked.status === 'failed' ? { error: { code, message } } : {}),
    };
  }
  if (asked.status !== 'inProgress') return usual;
  const begun = asked.startDateTime ?? world.now();
  const length = usual.endAt - (usual.startAt ?? usual.endAt);
  return {
    schedulingAt: Math.min(usual.schedulingAt, begun),
    startAt: begun,
    endAt: begun + length,
    detailsAt: begun + length,
  };
};

export const putSession: Placer = (place, entity, kind) => {
  const { world, tenant } = place;
  const session = sessionShape.parse(entity);
  const lists = {
    site: session.siteRestoreArtifacts,
    drive: session.driveRestoreArtifacts,
    mailbox: session.mailboxRestoreArtifacts,
  };
  const ofKind = kind ?? (['site', 'drive', 'mailbox'] as const).find(name => lists[name] !== undefined);
  if (ofKind === undefined)
    throw new ControlRefusal(400, `${session.id}: @odata.type or the collection must say which kind of session it is.`);
  const createdAt = session.createdDateTime ?? world.now();
  const asked = lists[ofKind] ?? [];
  const artifacts = asked.map((artifact): Artifact => {
    const point = tenant.points.find(artifact.restorePoint.id);
    if (point === undefined)
      throw new ControlRefusal(400, `${session.id}: there is no restore point ${artifact.restorePoint.id}.`);
    return {
      id: artifact.id ?? world.newId(),
      sessionId: session.id,
      unitId: point.unitId,
      pointId: point.id,
      pointAt: point.at,
      pointExpiresAt: point.expiresAt,
      isFastPoint: point.isFast,
      destinationType: artifact.destinationType,
      ...madeOf(artifact),
    };
  });
  const by = session.createdBy ?? tenant.administrator;
  const isDraft = session.status === 'draft';
  const isUnderWay = session.status === 'activating' || session.status === 'active';
  const follows = isDraft || (isUnderWay && artifacts.length > 0);
  const record: Session = {
    id: session.id,
    kind: ofKind,
    jobType: session.restoreJobType,
    createdAt,
    createdBy: by,
    lastModifiedAt: session.lastModifiedDateTime ?? createdAt,
    lastModifiedBy: session.lastModifiedBy ?? by,
    ...(isDraft ? {} : { activatedAt: isUnderWay ? world.now() : createdAt }),
    ...(follows
      ? {}
      : { pinned: { status: session.status, ...given({ completedAt: session.completedDateTime ?? undefined }) } }),
  };
  const started = isDraft
    ? artifacts
    : artifacts.map((artifact, number) => {
        const shape = asked[number];
        return shape === undefined
          ? artifact
          : { ...artifact, run: runOf(place, ofKind, artifact, shape, record.activatedAt ?? createdAt) };
      });
  const items = (session.granularSiteRestoreArtifacts ?? session.granularDriveRestoreArtifacts ?? []).map(
    (item): Artifact => {
      const browsed = tenant.browseSessions.find(item.browseSessionId);
      if (browsed === undefined) {
        throw new ControlRefusal(400, `${session.id}: there is no browse session ${item.browseSessionId}.`);
      }
      return {
        id: world.newId(),
        sessionId: session.id,
        unitId: browsed.unitId,
        pointId: browsed.pointId,
        pointAt: browsed.pointAt,
        pointExpiresAt: tenant.points.find(browsed.pointId)?.expiresAt ?? browsed.expiresAt,
        isFastPoint: true,
        destinationType: 'new',
        item: {
          browseSessionId: browsed.id,
          itemKey: item.id,
          name: '',
          webUrl: item.webUrl,
          ...given({ status: item.status }),
        },
      };
    },
  );
  tenant.sessions.remove(session.id);
  tenant.sessions.put(items.length === 0 ? record : { ...record, jobType: 'granular' }, [...started, ...items]);
};
