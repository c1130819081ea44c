import type { DriveProtectionUnit, MailboxProtectionUnit, SiteProtectionUnit } from '@microsoft/microsoft-graph-types';
import {
  protectionUnitStatuses,
  type ProtectionUnit,
  type UnitId,
  type UnitKind,
} from '../../shared/domain/protection-unit.ts';
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
  toServiceError,
  withoutUndefined,
} from './fields.ts';
import type { ReadRequest } from './graph-request.ts';
import { type Page, toPage } from './page.ts';
import { ROOT, segment } from './paths.ts';
import { policyCollections } from './policies.ts';
import { scopes } from './scopes.ts';

/** A protection unit, with the entity as the service sent it. */
export type FetchedUnit = ProtectionUnit & { readonly graph: GraphObject };

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
  createdDateTime: instant,
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
  return {
    ...withoutUndefined({
      address,
      policyId: fields.policyId,
      protectedSinceAt: fields.createdDateTime,
      offboardRequestedAt: fields.offboardRequestedDateTime,
      error: toServiceError(graph['error']),
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
    path: `${ROOT}/${policyCollections[kind]}/${segment(policyId)}/${types[kind]}s`,
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
  return {
    effect: 'read',
    method: 'GET',
    path: `${ROOT}/protectionUnits/${segment(unitId)}`,
    scopes: [scopes.configurationRead],
    toValue: body => toUnit(body, kind),
  };
}
