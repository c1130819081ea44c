import type { DriveProtectionUnit, MailboxProtectionUnit, SiteProtectionUnit } from '@microsoft/microsoft-graph-types';
import {
  protectionUnitStatuses,
  type ProtectionUnit,
  type UnitId,
  type UnitKind,
} from '../../shared/domain/protection-unit.ts';
import { policyCollections, unitCollections } from './collections.ts';
import {
  asObject,
  fieldsOf,
  type GraphObject,
  instant,
  odataType,
  ShapeError,
  text,
  toFlags,
  toMember,
  withoutUndefined,
} from './fields.ts';
import type { ReadRequest, WriteRequest } from './graph-request.ts';
import { type Page, toPage } from './page.ts';
import { ROOT, segment } from './paths.ts';
import { scopes } from './scopes.ts';
import { type Tracked, toTracked } from './tracked-entity.ts';

/** A protection unit, who made and changed it, and the entity as the service sent it. */
export type FetchedUnit = ProtectionUnit &
  Pick<Tracked, 'createdBy' | 'lastModifiedAt' | 'lastModifiedBy'> & { readonly graph: GraphObject };

const types = {
  site: 'siteProtectionUnit',
  drive: 'driveProtectionUnit',
  mailbox: 'mailboxProtectionUnit',
} as const satisfies Record<UnitKind, string>;

// The published types are behind the metadata: they lack these two.
type NewerFields = { protectionSources?: string; offboardRequestedDateTime?: string };

const unitFields = fieldsOf<SiteProtectionUnit & DriveProtectionUnit & MailboxProtectionUnit & NewerFields>()({
  id: text,
  siteId: text,
  siteName: text,
  siteWebUrl: text,
  directoryObjectId: text,
  displayName: text,
  email: text,
  policyId: text,
  status: text,
  protectionSources: text,
  offboardRequestedDateTime: instant,
});

/** The kind that an entity says it is of, by its type or by the key that only one kind has. */
export function findUnitKind(entity: GraphObject): UnitKind | undefined {
  const type = odataType(entity);
  if (type !== undefined) {
    for (const kind of ['site', 'drive', 'mailbox'] as const) if (types[kind].toLowerCase() === type) return kind;
  }
  return text.parse(entity['siteId']) === undefined ? undefined : 'site';
}

/**
 * @param kind the collection that it came from; the entity's own type wins
 * @throws ShapeError where it has no id
 */
export function toUnit(value: unknown, kind: UnitKind): FetchedUnit {
  const graph = asObject(value, 'the protection unit');
  const fields = unitFields.parse(graph);
  if (fields.id === undefined) throw new ShapeError('the protection unit has no id');
  // Older answers name the owner `userId`.
  const owner = fields.siteId ?? fields.directoryObjectId ?? text.parse(graph['userId']);
  const address = fields.siteWebUrl ?? fields.email;
  const { createdAt, createdBy, lastModifiedAt, lastModifiedBy, error } = toTracked(graph);
  return {
    ...withoutUndefined({
      address,
      createdBy,
      lastModifiedAt,
      lastModifiedBy,
      policyId: fields.policyId,
      protectedSinceAt: createdAt,
      offboardRequestedAt: fields.offboardRequestedDateTime,
      error,
    }),
    id: fields.id,
    kind: findUnitKind(graph) ?? kind,
    name: fields.siteName ?? fields.displayName ?? address ?? owner ?? fields.id,
    ownerKey: owner ?? fields.id,
    status: toMember(fields.status ?? 'unknown', protectionUnitStatuses),
    sources: toFlags(fields.protectionSources, ['manual', 'dynamicRule']),
    graph,
  };
}

/** All units of one kind in the tenant, unprotected ones too. (backuprestoreroot-list-siteprotectionunits and its siblings) */
export function listUnitsRequest(kind: UnitKind): ReadRequest<Page<FetchedUnit>> {
  return {
    effect: 'read',
    method: 'GET',
    path: `${ROOT}/protectionUnits/microsoft.graph.${types[kind]}`,
    scopes: [scopes.configurationRead],
    toValue: toPage(member => toUnit(member, kind)),
  };
}

/** The units of one policy. (sharepointprotectionpolicy-list-siteprotectionunits and its siblings) */
export function listPolicyUnitsRequest(kind: UnitKind, policyId: string): ReadRequest<Page<FetchedUnit>> {
  return {
    effect: 'read',
    method: 'GET',
    path: `${ROOT}/${policyCollections[kind]}/${segment(policyId)}/${unitCollections[kind]}`,
    scopes: [scopes.configurationRead],
    toValue: toPage(member => toUnit(member, kind)),
  };
}

/**
 * One unit. (protectionunitbase-get)
 *
 * @param kind what the caller knows it as: the documented answer names no type, and a drive looks like a mailbox
 */
export function fetchUnitRequest(unitId: UnitId, kind: UnitKind): ReadRequest<FetchedUnit> {
  return fetchRequest(`${ROOT}/protectionUnits/${segment(unitId)}`, kind);
}

/**
 * All units of one kind, by their own collection. (In the metadata, where older pages found them; the newer pages read
 * `listUnitsRequest`'s address.)
 */
export function listUnitsByCollectionRequest(kind: UnitKind): ReadRequest<Page<FetchedUnit>> {
  return {
    effect: 'read',
    method: 'GET',
    path: `${ROOT}/${unitCollections[kind]}`,
    scopes: [scopes.configurationRead],
    toValue: toPage(member => toUnit(member, kind)),
  };
}

/** One unit, by its kind's own collection. (In the metadata, without a page.) */
export function fetchUnitByCollectionRequest(kind: UnitKind, unitId: UnitId): ReadRequest<FetchedUnit> {
  return fetchRequest(`${ROOT}/${unitCollections[kind]}/${segment(unitId)}`, kind);
}

/** One unit of one policy. (In the metadata, without a page.) */
export function fetchPolicyUnitRequest(kind: UnitKind, policyId: string, unitId: UnitId): ReadRequest<FetchedUnit> {
  const policy = `${ROOT}/${policyCollections[kind]}/${segment(policyId)}`;
  return fetchRequest(`${policy}/${unitCollections[kind]}/${segment(unitId)}`, kind);
}

/** All units of all kinds. (In the metadata, without a page.) One that names no type counts as a site where it has a site's key, else as a drive. */
export function listAllUnitsRequest(): ReadRequest<Page<FetchedUnit>> {
  return {
    effect: 'read',
    method: 'GET',
    path: `${ROOT}/protectionUnits`,
    scopes: [scopes.configurationRead],
    toValue: toPage(member => toUnit(member, 'drive')),
  };
}

function fetchRequest(path: string, kind: UnitKind): ReadRequest<FetchedUnit> {
  return {
    effect: 'read',
    method: 'GET',
    path,
    scopes: [scopes.configurationRead],
    toValue: body => toUnit(body, kind),
  };
}

/**
 * Has the backups of a unit deleted after a grace period; only for units removed from their policy. (protectionunitbase-offboard;
 * delegated only) After an unknown outcome fetch the unit: `offboardRequested` or `offboarded` says that it is done.
 */
export function offboardUnitRequest(unitId: UnitId, kind: UnitKind): WriteRequest<FetchedUnit> {
  return unitActionRequest(unitId, kind, 'offboard');
}

/**
 * Takes an offboarding back within its grace period. (protectionunitbase-canceloffboard; delegated only) After an unknown outcome
 * fetch the unit: any status but `offboardRequested` and `offboarded` says that it is done.
 */
export function cancelOffboardUnitRequest(unitId: UnitId, kind: UnitKind): WriteRequest<FetchedUnit> {
  return unitActionRequest(unitId, kind, 'cancelOffboard');
}

function unitActionRequest(
  unitId: UnitId,
  kind: UnitKind,
  action: 'offboard' | 'cancelOffboard',
): WriteRequest<FetchedUnit> {
  return {
    effect: 'write',
    afterUnknown: 'read',
    method: 'POST',
    path: `${ROOT}/protectionUnits/${segment(unitId)}/${action}`,
    scopes: [scopes.configurationReadWrite],
    toValue: body => toUnit(body, kind),
  };
}
