import { listOf, objectOf, textOf } from './request-body.ts';

/**
 * What the client's typed fields must say, worked out from the documented JSON alone: a value that stands only in the raw entity is kept,
 * but a value that has a field of its own must be there as well.
 */

/** How a property of the service becomes a field of the client: compares the two, the property being set. */
type Reading = (sent: unknown, read: unknown) => boolean;

const isSame: Reading = (sent, read) => sent === read;
/** Members of enums: letter case is the client's. Sessions end `completedWithError`, whatever an example writes. */
const isMember: Reading = (sent, read) => {
  const words = [sent, read].map(word =>
    String(word)
      .toLowerCase()
      .replace(/witherrors$/, 'witherror'),
  );
  return words[0] === words[1];
};
const isNumber: Reading = (sent, read) => Number(sent) === read;
const isText: Reading = (sent, read) => String(sent) === read;
const isInstant: Reading = (sent, read) => toSeconds(sent) === read;
const isFlags: Reading = (sent, read) => {
  const flags = (textOf(sent) ?? '').split(',').map(flag => flag.trim().toLowerCase());
  const wanted = flags.filter(flag => flag !== '' && flag !== 'none');
  return JSON.stringify(listOf(read).map(flag => String(flag).toLowerCase())) === JSON.stringify(wanted);
};
const isList: Reading = (sent, read) => JSON.stringify(sent) === JSON.stringify(read);
const isActor: Reading = (sent, read) => {
  const { user, application } = objectOf(sent);
  const [person, app, actor] = [objectOf(user), objectOf(application), objectOf(read)];
  return (
    actor['userId'] === (person['id'] ?? person['identity']) &&
    actor['userName'] === person['displayName'] &&
    actor['userEmail'] === person['email'] &&
    actor['applicationId'] === (app['id'] ?? app['identity']) &&
    actor['applicationName'] === app['displayName']
  );
};
const isError: Reading = (sent, read) => {
  const first = objectOf(Array.isArray(sent) ? sent[0] : sent);
  if (first['code'] === undefined && first['message'] === undefined) return read === undefined;
  const error = objectOf(read);
  return error['code'] === (first['code'] ?? 'unknown') && error['message'] === (first['message'] ?? '');
};
const isCounts: Reading = (sent, read) =>
  ['total', 'completed', 'inProgress', 'failed'].every(name => objectOf(sent)[name] === objectOf(read)[name]);
const isRetention: Reading = (sent, read) => JSON.stringify(sent) === JSON.stringify(read);

/** Fields that may hold a property, by property; the first that the entity has is compared. */
const readings: Readonly<Record<string, readonly [Reading, ...string[]]>> = {
  id: [isSame, 'id'],
  displayName: [isSame, 'name'],
  name: [isSame, 'name'],
  status: [isMember, 'status'],
  createdDateTime: [isInstant, 'createdAt', 'protectedSinceAt'],
  lastModifiedDateTime: [isInstant, 'lastModifiedAt'],
  completedDateTime: [isInstant, 'completedAt'],
  completionDateTime: [isInstant, 'completedAt'],
  startDateTime: [isInstant, 'startedAt'],
  expirationDateTime: [isInstant, 'expiresAt'],
  offboardRequestedDateTime: [isInstant, 'offboardRequestedAt'],
  registrationDateTime: [isInstant, 'registeredAt'],
  effectiveDateTime: [isInstant, 'effectiveAt'],
  restorePointDateTime: [isInstant, 'restorePointAt'],
  gracePeriodDateTime: [isInstant, 'gracePeriodEndsAt'],
  restoreAllowedTillDateTime: [isInstant, 'restoreAllowedTillAt'],
  createdBy: [isActor, 'createdBy'],
  lastModifiedBy: [isActor, 'lastModifiedBy'],
  error: [isError, 'error'],
  policyId: [isSame, 'policyId'],
  siteId: [isSame, 'siteId', 'ownerKey'],
  directoryObjectId: [isSame, 'directoryObjectId', 'ownerKey'],
  siteWebUrl: [isSame, 'address'],
  protectionSources: [isFlags, 'sources'],
  retentionSettings: [isRetention, 'retention'],
  protectionPolicyArtifactCount: [isCounts, 'counts'],
  restoreSessionArtifactCount: [isCounts, 'counts'],
  restoreJobType: [isMember, 'jobType'],
  isAutoApplyEnabled: [isSame, 'isAutoApplyEnabled'],
  isEnabled: [isSame, 'isEnabled'],
  additionalEvents: [isFlags, 'additionalEvents'],
  siteExpression: [isSame, 'expression'],
  driveExpression: [isSame, 'expression'],
  mailboxExpression: [isSame, 'expression'],
  siteWebUrls: [isList, 'addresses'],
  drives: [isList, 'addresses'],
  mailboxes: [isList, 'addresses'],
  siteIds: [isList, 'ownerKeys'],
  directoryObjectIds: [isList, 'ownerKeys'],
  destinationType: [isMember, 'destinationType'],
  restorePointPreference: [isMember, 'preference'],
  tags: [isFlags, 'tags'],
  restoredSiteId: [isSame, 'restoredSiteId'],
  restoredSiteName: [isSame, 'restoredSiteName'],
  restoredSiteWebUrl: [isSame, 'restoredSiteWebUrl'],
  restoredFolderId: [isSame, 'restoredFolderId'],
  restoredFolderName: [isSame, 'restoredFolderName'],
  restoredItemCount: [isNumber, 'restoredItemCount'],
  restoredItemKey: [isSame, 'restoredItemKey'],
  restoredItemPath: [isSame, 'restoredItemPath'],
  restoredItemWebUrl: [isSame, 'restoredItemWebUrl'],
  searchResponseId: [isSame, 'searchResponseId'],
  browseSessionId: [isSame, 'browseSessionId'],
  backupSizeInBytes: [isText, 'backupSizeInBytes'],
  itemKey: [isSame, 'itemKey'],
  itemsCount: [isNumber, 'itemsCount'],
  sizeInBytes: [isText, 'sizeInBytes'],
  webUrl: [isSame, 'webUrl'],
  type: [isMember, 'type'],
  protectionDateTime: [isSame, 'protectionDateTime'],
  backupServiceConsumer: [isMember, 'consumer'],
  serviceConsumer: [isMember, 'consumer'],
  disableReason: [isMember, 'disableReason'],
};

/** Properties whose field shows another one where both are there: a name before an address, and the like. */
const yields: ReadonlySet<string> = new Set(['name', 'address']);

/**
 * Compares an entity's typed fields with the entity as the service sent it.
 *
 * @returns one line for each property whose field is missing or says something else
 */
export function typedProblems(sent: unknown, entity: unknown, where: string): string[] {
  const fields = objectOf(entity);
  return Object.entries(objectOf(sent)).flatMap(([property, value]) => {
    const reading = Object.hasOwn(readings, property) ? readings[property] : undefined;
    if (reading === undefined) return [];
    const [isRead, ...names] = reading;
    // A status is part of the root: where an answer gives it an id of its own, that stands in the raw entity alone.
    if (property === 'id' && !('id' in fields)) return [];
    const field = names.find(name => name in fields) ?? names[0] ?? '';
    if (isUnset(value)) {
      const isEmpty = fields[field] === undefined || yields.has(field) || listOf(fields[field]).length === 0;
      return isEmpty ? [] : [`${where}: ${property} is not set, but ${field} is`];
    }
    if (yields.has(field) && fields[field] !== undefined && field in fields && hasOther(sent, property)) return [];
    return isRead(value, fields[field]) ? [] : [`${where}: ${property} is not what ${field} says`];
  });
}

function hasOther(sent: unknown, property: string): boolean {
  return property === 'displayName' && typeof objectOf(sent)['siteName'] === 'string';
}

/** Null, the empty text and the year 0001 stand for "not set"; so do identities without a name. */
function isUnset(value: unknown): boolean {
  if (value === null || value === undefined || value === '') return true;
  if (typeof value === 'string') return value.startsWith('0001-01-01T');
  if (Array.isArray(value)) return false;
  return typeof value === 'object' && Object.keys(value).length === 0;
}

/** Seconds since 1970, floored; the older pages write hyphens in place of colons. */
function toSeconds(value: unknown): number | undefined {
  const text = textOf(value)?.replace(/T(\d\d)-(\d\d)-(\d\d)/, 'T$1:$2:$3');
  const millis = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(millis) ? undefined : Math.floor(millis / 1000);
}
