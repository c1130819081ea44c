/** Units, policies, restore points and service apps put in place by hand. */
import { z } from 'zod';
import { controllerAt } from '../state/service-app-store.ts';
import { days } from '../instant.ts';
import type { UnitChange } from '../state/unit-store.ts';
import { ControlRefusal } from './control-refusal.ts';
import { given } from './defined.ts';
import { identity, identitySet, publicError } from './placed-shapes.ts';
import type { Place, Placer } from './placed-shapes.ts';
import { moment } from './shapes.ts';

const unitShape = z.looseObject({
  id: z.string(),
  status: z.string().optional(),
  protectionSources: z.string().optional(),
  policyId: z.string().nullable().optional(),
  error: publicError.nullable().optional(),
  createdBy: identitySet.optional(),
  createdDateTime: moment.optional(),
  lastModifiedBy: identitySet.optional(),
  lastModifiedDateTime: moment.optional(),
  offboardRequestedDateTime: moment.optional(),
  siteId: z.string().optional(),
  siteName: z.string().optional(),
  siteWebUrl: z.string().optional(),
  directoryObjectId: z.string().optional(),
  displayName: z.string().optional(),
  email: z.string().optional(),
  /** Not Graph's: under a hold; gone for good; without the points that the seed gives it. */
  hold: z.boolean().optional(),
  gone: z.boolean().optional(),
  /** Its restores and its next protection fail for a reason that nobody tells; no room for a mailbox's backups. */
  troubled: z.boolean().optional(),
  overQuota: z.boolean().optional(),
  history: z.enum(['generated', 'none']).optional(),
});

export const putUnit: Placer = ({ tenant }, entity, kind) => {
  const known = tenant.units.find(entity.id);
  const ofKind = known?.kind ?? kind;
  if (ofKind === undefined)
    throw new ControlRefusal(400, `${entity.id}: @odata.type or the collection must say which kind of unit it is.`);
  const unit = unitShape.parse(entity);
  const change: UnitChange = {
    ...given({
      status: unit.status,
      protectionSources: unit.protectionSources,
      policyId: unit.policyId,
      error:
        unit.error === undefined || unit.error === null
          ? unit.error
          : { code: unit.error.code, message: unit.error.message },
      createdBy: unit.createdBy,
      lastModifiedBy: unit.lastModifiedBy,
      createdAt: unit.createdDateTime,
      lastModifiedAt: unit.lastModifiedDateTime,
      offboardRequestedAt: unit.offboardRequestedDateTime,
      siteId: unit.siteId,
      siteName: unit.siteName,
      siteWebUrl: unit.siteWebUrl,
      directoryObjectId: unit.directoryObjectId,
      displayName: unit.displayName,
      email: unit.email,
      isHeld: unit.hold,
      isGone: unit.gone,
      isTroubled: unit.troubled,
      isOverQuota: unit.overQuota,
    }),
    ...(unit.history === 'none' ? { history: false as const } : {}),
  };
  tenant.units.put(known?.id ?? entity.id, ofKind, change);
};

const policyShape = z.looseObject({
  id: z.string(),
  displayName: z.string().default('Policy'),
  status: z.string().optional(),
  createdBy: identitySet.optional(),
  createdDateTime: moment.optional(),
  lastModifiedBy: identitySet.optional(),
  lastModifiedDateTime: moment.optional(),
  retentionSettings: z.array(z.looseObject({ interval: z.string(), period: z.string() })).optional(),
});

export const putPolicy: Placer = ({ world, tenant }, entity, kind) => {
  const known = tenant.policies.find(entity.id);
  const ofKind = known?.kind ?? kind;
  if (ofKind === undefined)
    throw new ControlRefusal(400, `${entity.id}: @odata.type or the collection must say which kind of policy it is.`);
  const policy = policyShape.parse(entity);
  const createdAt = policy.createdDateTime ?? known?.createdAt ?? world.now();
  const status = policy.status ?? known?.status;
  tenant.policies.put({
    id: policy.id,
    kind: ofKind,
    displayName: policy.displayName,
    ...given({ createdBy: policy.createdBy, lastModifiedBy: policy.lastModifiedBy }),
    ...(status === 'inactive' ? { isInactive: true } : {}),
    createdAt,
    lastModifiedAt: policy.lastModifiedDateTime ?? createdAt,
    retentionSettings: policy.retentionSettings ??
      known?.retentionSettings ?? [
        { interval: 'R/PT10M', period: 'P2W' },
        { interval: 'R/P1W', period: 'P1Y' },
      ],
    ...(status === undefined ? {} : { status }),
  });
};

const pointShape = z.looseObject({
  id: z.string(),
  protectionUnitId: z.string().optional(),
  protectionUnit: z.looseObject({ id: z.string() }).optional(),
  protectionDateTime: moment,
  expirationDateTime: moment.optional(),
  visibleDateTime: moment.optional(),
  tags: z.string().default('none'),
});

export const putPoint: Placer = ({ tenant }, entity) => {
  const point = pointShape.parse(entity);
  const unitId = point.protectionUnitId ?? point.protectionUnit?.id;
  const unit = unitId === undefined ? undefined : tenant.units.find(unitId);
  if (unit === undefined)
    throw new ControlRefusal(400, `${point.id}: protectionUnitId must name a unit that is in place.`);
  tenant.points.put({
    id: point.id,
    unitId: unit.id,
    at: point.protectionDateTime,
    expiresAt: point.expirationDateTime ?? point.protectionDateTime + days(365),
    visibleAt: point.visibleDateTime ?? point.protectionDateTime,
    isFast: /fastRestore/i.test(point.tags),
  });
};

const serviceAppShape = z.looseObject({
  id: z.string(),
  status: z.string().default('inactive'),
  application: identity.optional(),
  registrationDateTime: moment.optional(),
  effectiveDateTime: moment.nullable().optional(),
  lastModifiedDateTime: moment.optional(),
  lastModifiedBy: identitySet.optional(),
});

/** The status of the emulator's own application follows from who controls: putting it in place changes that. */
const placeControl = ({ world, tenant }: Place, app: z.output<typeof serviceAppShape>): void => {
  const { settings } = tenant;
  const now = controllerAt(settings, world.now());
  const others =
    now === 'firstParty' || now === 'other' ? now : settings.serviceStatus.status === 'enabled' ? 'firstParty' : 'none';
  const controller =
    ({ active: 'self', pendingActive: 'pending', pendingInactive: 'leaving' } as const)[
      app.status as 'active' | 'pendingActive' | 'pendingInactive'
    ] ?? others;
  const { controlPassesAt: _passes, pendingFrom: _from, isUnregistered: _unregistered, ...rest } = settings;
  tenant.setSettings({
    ...rest,
    controller,
    ...(controller === 'pending' && others !== 'none' ? { pendingFrom: others } : {}),
    ...given({ controlPassesAt: app.effectiveDateTime ?? undefined }),
  });
};

export const putServiceApp: Placer = ({ world, tenant }, entity) => {
  const app = serviceAppShape.parse(entity);
  const registeredAt = app.registrationDateTime ?? world.now();
  tenant.serviceApps.put({
    id: app.id,
    status: app.status,
    application: { id: app.application?.id ?? app.id, ...given({ displayName: app.application?.displayName }) },
    registeredAt,
    ...given({ effectiveAt: app.effectiveDateTime ?? undefined }),
    lastModifiedAt: app.lastModifiedDateTime ?? registeredAt,
    lastModifiedBy: app.lastModifiedBy ?? tenant.administrator,
  });
  if (app.application?.id === world.appIn(tenant.id).clientId) placeControl({ world, tenant }, app);
};
