import type { ProtectionPolicyBase } from '@microsoft/microsoft-graph-types';
import type { UnitKind } from '../../shared/domain/protection-unit.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import {
  type Actor,
  asObject,
  fieldsOf,
  findObject,
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
}

/** A policy, with the entity as the service sent it. */
export type FetchedPolicy = ProtectionPolicy & { readonly graph: GraphObject };

/** The typed collections of policies, by the kind of unit that they hold. */
export const policyCollections = {
  site: 'sharePointProtectionPolicies',
  drive: 'oneDriveForBusinessProtectionPolicies',
  mailbox: 'exchangeProtectionPolicies',
} as const satisfies Record<UnitKind, string>;

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

/** @throws ShapeError where it has no id */
function toPolicy(value: unknown): FetchedPolicy {
  const graph = asObject(value, 'the protection policy');
  const fields = policyFields.parse(graph);
  if (fields.id === undefined) throw new ShapeError('the protection policy has no id');
  return {
    ...withoutUndefined({
      kind: kindsByType.get(odataType(graph)),
      createdAt: fields.createdDateTime,
      createdBy: toActor(graph['createdBy']),
      lastModifiedAt: fields.lastModifiedDateTime,
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
    toValue: toPage(toPolicy),
  };
}

/** One policy. (protectionpolicybase-get) */
export function fetchPolicyRequest(policyId: string): ReadRequest<FetchedPolicy> {
  return {
    effect: 'read',
    method: 'GET',
    path: `${ROOT}/protectionPolicies/${segment(policyId)}`,
    scopes: [scopes.configurationRead],
    toValue: toPolicy,
  };
}
