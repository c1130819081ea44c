import type { UnitKind } from '../../shared/domain/protection-unit.ts';
import { additionJobCollections, bulkLists, policyCollections } from './collections.ts';
import { asObject, type GraphObject, ShapeError, text, toMember, toTexts } from './fields.ts';
import { clientFaults, toClientFault } from './graph-error.ts';
import type { ReadRequest, WriteRequest } from './graph-request.ts';
import { type Page, toPage } from './page.ts';
import { ROOT, segment } from './paths.ts';
import { scopes } from './scopes.ts';
import { type Tracked, toTracked } from './tracked-entity.ts';
import { toWrapped, type Wrapped } from './wrapped-entity.ts';

/** Entries that a job takes. */
const ENTRIES_A_JOB = 50_000;

/** Known members of `protectionUnitsBulkJobStatus`; `unknown` is a passing trouble. */
const jobStatuses = ['unknown', 'active', 'completed', 'completedWithErrors'] as const;

/** A job that adds many units to a policy; it can't be cancelled or deleted. */
export interface BulkAdditionJob extends Tracked {
  readonly id: string;
  readonly kind: UnitKind;
  readonly name: string;
  /** A known member of `protectionUnitsBulkJobStatus`, or the service's own word where it is a new one. */
  readonly status: string;
  /** Addresses of sites or owners; left out by the service where jobs are listed. */
  readonly addresses: readonly string[];
  /** Site ids, or the owners' directory object ids; left out by the service where jobs are listed. */
  readonly ownerKeys: readonly string[];
}
export type FetchedBulkAdditionJob = BulkAdditionJob & Wrapped & { readonly graph: GraphObject };

export interface UnitsToAdd {
  readonly name: string;
  /** Site addresses, or the owners' e-mail addresses. */
  readonly addresses?: readonly string[];
  /** Site ids, or the owners' directory object ids. */
  readonly ownerKeys?: readonly string[];
}

function toJob(value: unknown, kind: UnitKind): FetchedBulkAdditionJob {
  const graph = asObject(value, 'the bulk addition job');
  const id = text.parse(graph['id']);
  if (id === undefined) throw new ShapeError('the bulk addition job has no id');
  return {
    ...toTracked(graph),
    id,
    kind,
    name: text.parse(graph['displayName']) ?? id,
    status: toMember(text.parse(graph['status']) ?? 'unknown', jobStatuses),
    addresses: toTexts(graph[bulkLists[kind].addresses]),
    ownerKeys: toTexts(graph[bulkLists[kind].keys]),
    graph,
  };
}

function jobsPath(kind: UnitKind, policyId: string): string {
  return `${ROOT}/${policyCollections[kind]}/${segment(policyId)}/${additionJobCollections[kind]}`;
}

/** The jobs of a policy, without their lists. (sharepointprotectionpolicy-list-siteprotectionunitsbulkadditionjobs and its siblings) */
export function listAdditionJobsRequest(kind: UnitKind, policyId: string): ReadRequest<Page<FetchedBulkAdditionJob>> {
  return listRequest(kind, jobsPath(kind, policyId));
}

/** The jobs of one kind, of all policies. (In the metadata, without a page of its own.) */
export function listAdditionJobsOfTenantRequest(kind: UnitKind): ReadRequest<Page<FetchedBulkAdditionJob>> {
  return listRequest(kind, `${ROOT}/${additionJobCollections[kind]}`);
}

function listRequest(kind: UnitKind, path: string): ReadRequest<Page<FetchedBulkAdditionJob>> {
  return {
    effect: 'read',
    method: 'GET',
    path,
    scopes: [scopes.configurationRead],
    toValue: toPage(member => toJob(member, kind)),
  };
}

/** One job, lists and failures in full. (siteprotectionunitsbulkadditionjobs-get and its siblings) */
export function fetchAdditionJobRequest(
  kind: UnitKind,
  policyId: string,
  jobId: string,
): ReadRequest<FetchedBulkAdditionJob> {
  return fetchRequest(kind, jobsPath(kind, policyId), jobId);
}

/** One job of whichever policy. (In the metadata, without a page of its own.) */
export function fetchAdditionJobOfTenantRequest(kind: UnitKind, jobId: string): ReadRequest<FetchedBulkAdditionJob> {
  return fetchRequest(kind, `${ROOT}/${additionJobCollections[kind]}`, jobId);
}

function fetchRequest(kind: UnitKind, collection: string, jobId: string): ReadRequest<FetchedBulkAdditionJob> {
  return {
    effect: 'read',
    method: 'GET',
    path: `${collection}/${segment(jobId)}`,
    scopes: [scopes.configurationRead],
    toValue: body => toWrapped(body, value => toJob(value, kind), jobId),
  };
}

/**
 * Creates a job, which begins at once. (siteprotectionunitsbulkadditionjobs-post and its siblings) Not idempotent: after an unknown
 * outcome `settleCreate` looks for it among the policy's jobs.
 *
 * @throws GraphError `clientInvalidRequest` for no entry or more than 50,000
 */
export function createAdditionJobRequest(
  kind: UnitKind,
  policyId: string,
  { name, addresses = [], ownerKeys = [] }: UnitsToAdd,
): WriteRequest<FetchedBulkAdditionJob> {
  const entries = addresses.length + ownerKeys.length;
  if (entries === 0 || entries > ENTRIES_A_JOB) {
    throw toClientFault(
      clientFaults.invalidRequest,
      `A bulk addition job takes 1 to ${ENTRIES_A_JOB} units, not ${entries}.`,
    );
  }
  return {
    effect: 'write',
    afterUnknown: 'search',
    method: 'POST',
    path: jobsPath(kind, policyId),
    body: {
      displayName: name,
      ...(addresses.length === 0 ? {} : { [bulkLists[kind].addresses]: addresses }),
      ...(ownerKeys.length === 0 ? {} : { [bulkLists[kind].keys]: ownerKeys }),
    },
    scopes: [scopes.configurationReadWrite],
    toValue: body => toWrapped(body, value => toJob(value, kind)),
  };
}
