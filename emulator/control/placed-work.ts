/** Rules, jobs, bulk requests, browse sessions, searches, e-mail settings, people, sites and groups put in place by hand. */
import { z } from 'zod';
import { days } from '../instant.ts';
import { addressProperty, idProperty } from '../graph/address-lists.ts';
import type { UnitKind } from '../world/units.ts';
import { ControlRefusal } from './control-refusal.ts';
import { given } from './defined.ts';
import { identitySet, publicError } from './placed-shapes.ts';
import type { Entity, Place, Placer } from './placed-shapes.ts';
import { moment } from './shapes.ts';

const texts = z.array(z.string()).optional();

const authored = {
  createdBy: identitySet.optional(),
  createdDateTime: moment.optional(),
  lastModifiedBy: identitySet.optional(),
  lastModifiedDateTime: moment.optional(),
  error: publicError.nullable().optional(),
};

interface AskedAuthor {
  readonly createdBy?: z.output<typeof identitySet> | undefined;
  readonly createdDateTime?: number | undefined;
  readonly lastModifiedBy?: z.output<typeof identitySet> | undefined;
  readonly lastModifiedDateTime?: number | undefined;
  readonly error?: z.output<typeof publicError> | null | undefined;
}

const detailsShape = z.array(z.looseObject({ code: z.string(), message: z.string(), target: z.string().optional() }));

const authorOf = ({ world, tenant }: Place, asked: AskedAuthor) => {
  const createdAt = asked.createdDateTime ?? world.now();
  const by = asked.createdBy ?? tenant.administrator;
  const details = detailsShape.optional().parse(asked.error?.['details']);
  return {
    createdAt,
    createdBy: by,
    lastModifiedAt: asked.lastModifiedDateTime ?? createdAt,
    lastModifiedBy: asked.lastModifiedBy ?? by,
    ...(asked.error === undefined || asked.error === null
      ? {}
      : {
          error: {
            code: asked.error.code,
            message: asked.error.message,
            ...(details === undefined
              ? {}
              : { details: details.map(({ code, message, target }) => ({ code, message, ...given({ target }) })) }),
          },
        }),
  };
};

const kindNeeded = (entity: Entity, kind: UnitKind | undefined): UnitKind => {
  if (kind === undefined) throw new ControlRefusal(400, `${entity.id}: the collection must say of which kind it is.`);
  return kind;
};

const policyNeeded = ({ tenant }: Place, entity: Entity, parentId: string | undefined): string => {
  const named = parentId ?? z.string().optional().parse(entity['policyId']);
  const policy = named === undefined ? undefined : tenant.policies.find(named);
  if (policy === undefined)
    throw new ControlRefusal(400, `${entity.id}: policyId must name a policy that is in place.`);
  return policy.id;
};

const ruleShape = z.looseObject({
  id: z.string(),
  status: z.string().default('completed'),
  isAutoApplyEnabled: z.boolean().default(false),
  siteExpression: z.string().optional(),
  driveExpression: z.string().optional(),
  mailboxExpression: z.string().optional(),
  ...authored,
});

export const putRule: Placer = (place, entity, ofKind, parentId) => {
  const kind = kindNeeded(entity, ofKind);
  const rule = ruleShape.parse(entity);
  const expression = { site: rule.siteExpression, drive: rule.driveExpression, mailbox: rule.mailboxExpression }[kind];
  place.tenant.rules.put({
    id: rule.id,
    kind,
    policyId: policyNeeded(place, entity, parentId),
    expression: expression ?? '',
    isAutoApplyEnabled: rule.isAutoApplyEnabled,
    status: rule.status,
    ...authorOf(place, rule),
  });
};

/** Members are compared without regard to case: older pages write `Completed`. */
const bulkStatus = z.string().transform(text => `${text.charAt(0).toLowerCase()}${text.slice(1)}`);

const listsShape = z.looseObject({
  siteWebUrls: texts,
  siteIds: texts,
  drives: texts,
  mailboxes: texts,
  directoryObjectIds: texts,
});

const listsOf = (entity: Entity, kind: UnitKind) => {
  const lists = listsShape.parse(entity);
  const of = (name: string): readonly string[] => texts.parse(lists[name]) ?? [];
  return { addresses: of(addressProperty[kind]), ids: of(idProperty(kind)) };
};

const jobShape = z.looseObject({
  id: z.string(),
  displayName: z.string().default('Job'),
  status: bulkStatus.default('completed'),
  ...authored,
});

export const putJob: Placer = (place, entity, ofKind, parentId) => {
  const kind = kindNeeded(entity, ofKind);
  const job = jobShape.parse(entity);
  place.tenant.jobs.put({
    id: job.id,
    kind,
    policyId: policyNeeded(place, entity, parentId),
    displayName: job.displayName,
    ...listsOf(entity, kind),
    status: job.status,
    ...authorOf(place, job),
  });
};

const requestShape = z.looseObject({
  id: z.string(),
  displayName: z.string().default('Request'),
  status: bulkStatus.default('active'),
  destinationType: z.enum(['new', 'inPlace']).default('new'),
  tags: z.string().default('none'),
  restorePointPreference: z.enum(['latest', 'oldest']).default('latest'),
  protectionTimePeriod: z.looseObject({ startDateTime: moment, endDateTime: moment.optional() }).optional(),
  ...authored,
});

export const putBulkRequest: Placer = (place, entity, ofKind, parentId) => {
  const kind = kindNeeded(entity, ofKind);
  const request = requestShape.parse(entity);
  const sessionId = parentId ?? z.string().optional().parse(entity['restoreSessionId']);
  const session = sessionId === undefined ? undefined : place.tenant.sessions.find(sessionId);
  if (session === undefined) throw new ControlRefusal(400, `${entity.id}: its session must be in place.`);
  place.tenant.sessions.put({ ...session, jobType: 'bulk' });
  place.tenant.bulkRequests.put({
    id: request.id,
    kind,
    sessionId: session.id,
    displayName: request.displayName,
    ...listsOf(entity, kind),
    from: request.protectionTimePeriod?.startDateTime ?? place.world.now() - days(30),
    ...given({ to: request.protectionTimePeriod?.endDateTime }),
    preference: request.restorePointPreference,
    fastOnly: /fastRestore/i.test(request.tags),
    destinationType: request.destinationType,
    status: request.status,
    ...authorOf(place, request),
  });
};

const itemShape = z.object({
  itemKey: z.string(),
  parentKey: z.string().optional(),
  name: z.string().default(''),
  type: z.string().default('file'),
  webUrl: z.string().default(''),
  itemsCount: z.int().optional(),
  sizeInBytes: z.string().optional(),
});

const browseShape = z.looseObject({
  id: z.string(),
  restorePointId: z.string(),
  status: z.enum(['creating', 'created', 'failed']).default('created'),
  createdDateTime: moment.optional(),
  expirationDateTime: moment.optional(),
  backupSizeInBytes: z.string().default('500000'),
  /** Not Graph's: what lies in it, and skip tokens, each leading to the items whose `parentKey` it is. */
  items: z.array(itemShape).optional(),
  skipTokens: texts,
});

export const putBrowseSession: Placer = ({ world, tenant }, entity) => {
  const session = browseShape.parse(entity);
  const point = tenant.points.find(session.restorePointId);
  const unit = point === undefined ? undefined : tenant.units.find(point.unitId);
  if (point === undefined || unit === undefined || unit.kind === 'mailbox') {
    throw new ControlRefusal(
      400,
      `${session.id}: restorePointId must name a point of a site or drive that is in place.`,
    );
  }
  const createdAt = session.createdDateTime ?? world.now();
  tenant.browseSessions.put({
    id: session.id,
    kind: unit.kind,
    unitId: unit.id,
    pointId: point.id,
    pointAt: point.at,
    createdAt,
    readyAt: session.status === 'creating' ? world.now() + days(1) : Math.min(createdAt, world.now()),
    fails: session.status === 'failed',
    expiresAt: session.expirationDateTime ?? createdAt + days(3),
    sizeInBytes: session.backupSizeInBytes,
    ...(session.items === undefined
      ? {}
      : {
          items: session.items.map(({ parentKey, itemsCount, sizeInBytes, ...item }) => ({
            ...item,
            ...given({ parentKey, itemsCount, sizeInBytes }),
          })),
        }),
    ...given({ tokens: session.skipTokens }),
  });
};

const searchShape = z.looseObject({
  id: z.string(),
  restorePointId: z.string(),
  artifactHitCount: z.int().default(1),
});

export const putSearch: Placer = ({ tenant }, entity) => {
  const { id, restorePointId, artifactHitCount } = searchShape.parse(entity);
  tenant.searches.put({ id, pointId: restorePointId, hits: artifactHitCount });
};

const emailShape = z.looseObject({
  id: z.string(),
  isEnabled: z.boolean().default(false),
  additionalEvents: z.string().default('none'),
  recipients: z.looseObject({ customRecipients: z.array(z.looseObject({ email: z.string() })).default([]) }).optional(),
});

export const putEmailSettings: Placer = ({ tenant }, entity) => {
  const { isEnabled, additionalEvents, recipients } = emailShape.parse(entity);
  const customRecipients = (recipients?.customRecipients ?? []).map(({ email }) => ({ email }));
  tenant.emailSettings.put({ id: 'emailNotificationsSetting', isEnabled, additionalEvents, customRecipients });
};

const personShape = z.looseObject({
  id: z.string(),
  displayName: z.string().default(''),
  mail: z.string().default(''),
  troubled: z.boolean().optional(),
  overQuota: z.boolean().optional(),
  accountEnabled: z.boolean().optional(),
  userType: z.string().optional(),
  assignedPlans: z
    .array(z.looseObject({ service: z.string(), capabilityStatus: z.string().default('Enabled') }))
    .optional(),
});
const siteShape = z.looseObject({
  id: z.string(),
  displayName: z.string().default(''),
  webUrl: z.string().default(''),
  isPersonalSite: z.boolean().optional(),
  troubled: z.boolean().optional(),
});
const groupShape = z.looseObject({
  id: z.string(),
  displayName: z.string().default(''),
  members: z.array(z.string()).default([]),
});

export const putPerson: Placer = ({ tenant }, entity) => {
  const { id, displayName, mail, troubled, overQuota, ...account } = personShape.parse(entity);
  tenant.resources.putResource('person', {
    id,
    displayName,
    address: mail,
    ...given({
      isTroubled: troubled,
      isOverQuota: overQuota,
      isBlocked: account.accountEnabled === false ? true : undefined,
      isGuest: account.userType?.toLowerCase() === 'guest' ? true : undefined,
      plans: account.assignedPlans?.map(({ service, capabilityStatus }) => ({ service, capabilityStatus })),
    }),
  });
};

export const putSite: Placer = ({ tenant }, entity) => {
  const { id, displayName, webUrl, troubled, isPersonalSite } = siteShape.parse(entity);
  tenant.resources.putResource('site', {
    id,
    displayName,
    address: webUrl,
    ...given({ isTroubled: troubled, isPersonalSite }),
  });
};

export const putGroup: Placer = ({ tenant }, entity) => {
  const { id, displayName, members } = groupShape.parse(entity);
  tenant.resources.putGroup({ id, displayName, memberIds: members });
};
