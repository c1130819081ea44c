/** Bulk addition jobs of a policy: created, listed (without their long lists), read whole. */
import { toText } from '../instant.ts';
import { bulkSteps } from '../state/machines/bulk-machine.ts';
import { durationOf } from '../state/machines/duration.ts';
import type { JobRecord } from '../state/records.ts';
import type { UnitKind } from '../world/units.ts';
import { addressProperty, idProperty, readAddressLists } from './address-lists.ts';
import { listed, page, selected } from './collection.ts';
import { json, linkTo } from './exchange.ts';
import type { GraphAnswer, GraphContext } from './exchange.ts';
import { badRequest, GraphError, notFound } from './graph-error.ts';
import { callerIdentity, identityJson } from './identity.ts';
import { findPolicy, policyCollections } from './policies.ts';
import { recordErrorJson } from './record-errors.ts';
import { objectBody, property } from './request-body.ts';
import type { JsonObject } from './request-body.ts';
import { requireProtectionChangesAllowed } from './workplace.ts';

const mostEntries = 50_000;

const listedJson = (context: GraphContext, job: JobRecord): JsonObject => ({
  '@odata.type': `#microsoft.graph.${job.kind}ProtectionUnitsBulkAdditionJob`,
  id: job.id,
  displayName: job.displayName,
  status: job.status,
  createdBy: identityJson(context, job.createdBy),
  createdDateTime: toText(job.createdAt),
  lastModifiedBy: identityJson(context, job.lastModifiedBy),
  lastModifiedDateTime: toText(job.lastModifiedAt),
  error: recordErrorJson(job.error),
});

const wholeJson = (context: GraphContext, job: JobRecord): JsonObject => ({
  ...listedJson(context, job),
  [addressProperty[job.kind]]: job.addresses,
  [idProperty(job.kind)]: job.ids,
});

export const createJob =
  (kind: UnitKind) =>
  (context: GraphContext): GraphAnswer => {
    const body = objectBody(context.request);
    const displayName = property(body, 'displayName') ?? '';
    const lists = readAddressLists(kind, body);
    if (typeof displayName !== 'string' || lists === undefined) {
      throw badRequest('The name must be a text, addresses and ids lists of texts.');
    }
    const count = lists.addresses.length + lists.ids.length;
    if (count === 0) throw badRequest('The job names nothing to add.');
    if (count > mostEntries) {
      throw new GraphError(413, 'ProtectionUnitsLimitBreached', `At most ${mostEntries} entries a job.`);
    }
    const policy = findPolicy(context, context.id, kind);
    requireProtectionChangesAllowed(context);
    const by = callerIdentity(context);
    const { tenant, world, now } = context;
    const job: JobRecord = {
      id: world.newId(),
      kind,
      policyId: policy.id,
      displayName,
      ...lists,
      status: bulkSteps.job.from,
      createdAt: now,
      createdBy: by,
      lastModifiedAt: now,
      lastModifiedBy: by,
    };
    tenant.jobs.put(job);
    tenant.agenda.plan('job', job.id, now + durationOf(bulkSteps.job.takes, world.seed, job.id));
    const collection = `${policyCollections[kind]}/${policy.id}/${kind}ProtectionUnitsBulkAdditionJobs`;
    return json(201, wholeJson(context, job), {
      'Content-Location': linkTo(context, `/solutions/backupRestore/${collection}/${job.id}`),
    });
  };

export const listJobs =
  (kind: UnitKind, ofPolicy = true) =>
  (context: GraphContext): GraphAnswer => {
    const policy = ofPolicy ? findPolicy(context, context.id, kind) : undefined;
    const jobs = context.tenant.jobs
      .list()
      .filter(job => job.kind === kind && (policy === undefined || job.policyId === policy.id));
    return page(context, listed(jobs), job => listedJson(context, job));
  };

export const getJob =
  (kind: UnitKind, ofPolicy = true) =>
  (context: GraphContext): GraphAnswer => {
    const policy = ofPolicy ? findPolicy(context, context.parentId, kind) : undefined;
    const job = context.tenant.jobs.find(context.id);
    if (job === undefined || job.kind !== kind || (policy !== undefined && job.policyId !== policy.id)) {
      throw notFound('There is no bulk addition job of this id.');
    }
    return json(200, selected(context, wholeJson(context, job)));
  };
