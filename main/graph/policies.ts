import type { ProtectionPolicyBase } from '@microsoft/microsoft-graph-types';
import type { UnitKind } from '../../shared/domain/protection-unit.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import { type ArtifactCounts, findCounts } from './artifact-counts.ts';
import { policyCollections } from './collections.ts';
import {
  type Actor,
  asObject,
  fieldsOf,
  findObject,
  flag,
  type GraphObject,
  instant,
  list,
  odataType,
  ShapeError,
  text,
  toActor,
  toMember,
  withoutUndefined,
} from './fields.ts';
import type { ReadRequest } from './graph-request.ts';
import { type Page, toPage } from './page.ts';
import { ROOT, segment } from './paths.ts';
import { scopes } from './scopes.ts';

/** Known members of `protectionPolicyStatus`, those of the preview included. */
const policyStatuses = [
  'inactive',
  'activeWithErrors',
  'updating',
  'active',
  'offboardRequested',
  'offboarded',
] as const;

/** How often points are kept, and how long: ISO 8601, as the service writes it (`R/PT10M`, `P2W`). */
export interface RetentionSetting {
  readonly interval: string;
  readonly period: string;
}

export interface ProtectionPolicy {
  readonly id: string;
  /** Missing where the service named no type that we know. */
  readonly kind?: UnitKind;
  readonly name: string;
  /** A known member of `protectionPolicyStatus`, or the service's own word where it is a new one. */
  readonly status: string;
  readonly retention: readonly RetentionSetting[];
  readonly createdAt?: UtcSeconds;
  readonly createdBy?: Actor;
  readonly lastModifiedAt?: UtcSeconds;
  readonly lastModifiedBy?: Actor;
  readonly isEnabled?: boolean;
  /** How many of its units are done, failed, under way. */
  readonly counts?: ArtifactCounts;
}

/** A policy, with the entity as the service sent it. */
export type FetchedPolicy = ProtectionPolicy & { readonly graph: GraphObject };

const kindsByType: ReadonlyMap<string | undefined, UnitKind> = new Map([
  ['sharepointprotectionpolicy', 'site'],
  ['onedriveforbusinessprotectionpolicy', 'drive'],
  ['exchangeprotectionpolicy', 'mailbox'],
]);

const policyFields = fieldsOf<ProtectionPolicyBase>()({
  id: text,
  displayName: text,
  status: text,
  createdDateTime: instant,
  lastModifiedDateTime: instant,
});

/**
 * @param kind what the caller knows it as, where it does; the entity's own type wins
 * @throws ShapeError where it has no id
 */
export function toPolicy(value: unknown, kind?: UnitKind): FetchedPolicy {
  const graph = asObject(value, 'the protection policy');
  const fields = policyFields.parse(graph);
  if (fields.id === undefined) throw new ShapeError('the protection policy has no id');
  return {
    ...withoutUndefined({
      kind: kindsByType.get(odataType(graph)) ?? kind,
      createdAt: fields.createdDateTime,
      createdBy: toActor(graph['createdBy']),
      lastModifiedAt: fields.lastModifiedDateTime,
      lastModifiedBy: toActor(graph['lastModifiedBy']),
      isEnabled: flag.parse(graph['isEnabled']),
      counts: findCounts(graph['protectionPolicyArtifactCount']),
    }),
    id: fields.id,
    name: fields.displayName ?? fields.id,
    status: toMember(fields.status ?? 'unknown', policyStatuses),
    retention: list.parse(graph['retentionSettings']).flatMap(setting => {
      const interval = text.parse(findObject(setting)?.['interval']);
      const period = text.parse(findObject(setting)?.['period']);
      return interval === undefined || period === undefined ? [] : [{ interval, period }];
    }),
    graph,
  };
}

/** All policies of the tenant, of all kinds. (backuprestoreroot-list-protectionpolicies) */
export function listPoliciesRequest(): ReadRequest<Page<FetchedPolicy>> {
  return {
    effect: 'read',
    method: 'GET',
    path: `${ROOT}/protectionPolicies`,
    scopes: [scopes.configurationRead],
    toValue: toPage(member => toPolicy(member)),
  };
}

/** One policy. (protectionpolicybase-get) */
export function fetchPolicyRequest(policyId: string): ReadRequest<FetchedPolicy> {
  return {
    effect: 'read',
    method: 'GET',
    path: `${ROOT}/protectionPolicies/${segment(policyId)}`,
    scopes: [scopes.configurationRead],
    toValue: body => toPolicy(body),
  };
}

/** The policies of one kind. (In the metadata and the permissions data, without a page of its own.) */
export function listPoliciesOfKindRequest(kind: UnitKind): ReadRequest<Page<FetchedPolicy>> {
  return {
    effect: 'read',
    method: 'GET',
    path: `${ROOT}/${policyCollections[kind]}`,
    scopes: [scopes.configurationRead],
    toValue: toPage(member => toPolicy(member, kind)),
  };
}

/** One policy, by its typed collection. (In the metadata and the permissions data, without a page of its own.) */
export function fetchPolicyOfKindRequest(kind: UnitKind, policyId: string): ReadRequest<FetchedPolicy> {
  return {
    effect: 'read',
    method: 'GET',
    path: `${ROOT}/${policyCollections[kind]}/${segment(policyId)}`,
    scopes: [scopes.configurationRead],
    toValue: body => toPolicy(body, kind),
  };
}
