import { z } from 'zod';
import { type UnitKind, unitKinds } from '../../shared/domain/protection-unit.ts';
import { type Answer, type CallOptions, hasCode, type PolicyChangeResult, type TenantGraph } from '../graph/index.ts';
import type { Settled, WriteFacts, WriteKind } from '../writes/index.ts';

const base = { who: z.string(), since: z.int() };
const ofPolicy = { ...base, kind: z.enum(unitKinds), policyId: z.string() };

/**
 * One request that changes protection, as it stands in its intent: enough to send it, and to find out by reading what became of it, even after
 * the console was killed. `since`: service time just before it was first sent.
 */
export const PolicyWrite = z.discriminatedUnion('what', [
  z.object({ what: z.literal('protectionPolicy.create'), ...base, kind: z.enum(unitKinds), name: z.string() }),
  z.object({ what: z.literal('protectionPolicy.rename'), ...ofPolicy, name: z.string() }),
  z.object({ what: z.literal('protectionPolicy.addUnits'), ...ofPolicy, ownerKeys: z.array(z.string()) }),
  z.object({ what: z.literal('protectionPolicy.removeUnits'), ...ofPolicy, unitIds: z.array(z.string()) }),
  z.object({
    what: z.literal('protectionPolicy.addByJob'),
    ...ofPolicy,
    name: z.string(),
    addresses: z.array(z.string()),
    ownerKeys: z.array(z.string()),
  }),
  z.object({ what: z.literal('protectionPolicy.activate'), ...ofPolicy, status: z.string() }),
  z.object({ what: z.literal('protectionPolicy.deactivate'), ...ofPolicy, status: z.string() }),
  z.object({ what: z.literal('protectionPolicy.delete'), ...ofPolicy }),
  z.object({ what: z.literal('inclusionRule.create'), ...ofPolicy, expression: z.string(), dynamic: z.boolean() }),
  z.object({ what: z.literal('inclusionRule.update'), ...ofPolicy, ruleId: z.string(), expression: z.string() }),
  z.object({ what: z.literal('inclusionRule.run'), ...ofPolicy, ruleId: z.string() }),
  z.object({ what: z.literal('inclusionRule.delete'), ...ofPolicy, ruleId: z.string() }),
  z.object({ what: z.literal('inclusionRule.deleteAndUnprotect'), ...ofPolicy, ruleId: z.string() }),
  z.object({ what: z.literal('protectionUnit.offboard'), ...base, kind: z.enum(unitKinds), unitId: z.string() }),
  z.object({ what: z.literal('protectionUnit.cancelOffboard'), ...base, kind: z.enum(unitKinds), unitId: z.string() }),
]);
export type PolicyWrite = z.infer<typeof PolicyWrite>;

/** What a write made or changed, as far as it is told. */
export interface WriteDone {
  /** The policy, rule or job that was made. */
  readonly id?: string;
  /** The status of what was changed. */
  readonly status?: string;
  /** The answer to a change of a policy's units, item by item; absent where reading settled it. */
  readonly units?: PolicyChangeResult;
}

type WriteSettled = Settled<PolicyWrite, WriteDone>;

/** Service and console floor their clocks for themselves: what was made in the second before may be ours. */
const CLOCK_SLACK_SECONDS = 2;

/** Sends it. Throws GraphError. */
async function sendWrite(tenant: TenantGraph, write: PolicyWrite, options: CallOptions): Promise<Answer<WriteDone>> {
  switch (write.what) {
    case 'protectionPolicy.create':
      return toDone(await tenant.policies.create(write.kind, { name: write.name }, options), entityDone);
    case 'protectionPolicy.rename':
      return toDone(
        await tenant.policies.update(write.kind, write.policyId, { name: write.name }, options),
        () => ({}),
      );
    case 'protectionPolicy.addUnits':
      return toDone(
        await tenant.policies.update(write.kind, write.policyId, { addOwnerKeys: write.ownerKeys }, options),
        value => ({ units: value }),
      );
    case 'protectionPolicy.removeUnits':
      return toDone(
        await tenant.policies.update(write.kind, write.policyId, { removeUnitIds: write.unitIds }, options),
        value => ({ units: value }),
      );
    case 'protectionPolicy.addByJob': {
      const { name, addresses, ownerKeys } = write;
      const toAdd = { name, addresses, ownerKeys };
      return toDone(await tenant.bulkAdditionJobs.create(write.kind, write.policyId, toAdd, options), entityDone);
    }
    case 'protectionPolicy.activate':
      return toDone(await tenant.policies.activate(write.policyId, options), entityDone);
    case 'protectionPolicy.deactivate':
      return toDone(await tenant.policies.deactivate(write.policyId, options), entityDone);
    case 'protectionPolicy.delete':
      return toDone(await tenant.policies.delete(write.policyId, options), () => ({}));
    case 'inclusionRule.create': {
      const rule = { expression: write.expression, ...(write.dynamic ? { isAutoApplyEnabled: true } : {}) };
      return toDone(await tenant.inclusionRules.create(write.kind, write.policyId, rule, options), entityDone);
    }
    case 'inclusionRule.update':
      return toDone(
        await tenant.inclusionRules.update(write.kind, write.policyId, write.ruleId, write.expression, options),
        entityDone,
      );
    case 'inclusionRule.run':
      return toDone(await tenant.inclusionRules.run(write.kind, write.policyId, write.ruleId, options), entityDone);
    case 'inclusionRule.delete':
      return toDone(await tenant.inclusionRules.delete(write.kind, write.policyId, write.ruleId, options), () => ({}));
    case 'inclusionRule.deleteAndUnprotect':
      return toDone(
        await tenant.inclusionRules.deleteAndUnprotect(write.kind, write.policyId, write.ruleId, options),
        entityDone,
      );
    case 'protectionUnit.offboard':
      return toDone(await tenant.units.offboard(write.unitId, write.kind, options), entityDone);
    case 'protectionUnit.cancelOffboard':
      return toDone(await tenant.units.cancelOffboard(write.unitId, write.kind, options), entityDone);
  }
}

function toDone<T>(answer: Answer<T>, toValue: (value: T) => WriteDone): Answer<WriteDone> {
  return { ...answer, value: toValue(answer.value) };
}

const entityDone = ({ id, status }: { readonly id: string; readonly status: string }): WriteDone => ({ id, status });

/** Finds out by reading whether it was carried out. Changes nothing. Throws GraphError: then nothing is settled. */
export async function settleWrite(
  tenant: TenantGraph,
  write: PolicyWrite,
  options: CallOptions,
): Promise<WriteSettled> {
  const since = write.since - CLOCK_SLACK_SECONDS;
  const done = (value: WriteDone = {}): WriteSettled => ({ state: 'done', done: value });
  const notDone: WriteSettled = { state: 'not-done', left: write };
  const byState = (isDone: boolean, value?: WriteDone): WriteSettled => (isDone ? done(value) : notDone);
  switch (write.what) {
    case 'protectionPolicy.create':
      return ofCreate(await tenant.policies.settleCreate(write.kind, write.name, since, options), notDone);
    case 'protectionPolicy.addByJob':
      return ofCreate(
        await tenant.bulkAdditionJobs.settleCreate(write.kind, write.policyId, write.name, since, options),
        notDone,
      );
    case 'inclusionRule.create':
      return ofCreate(
        await tenant.inclusionRules.settleCreate(write.kind, write.policyId, write.expression, since, options),
        notDone,
      );
    case 'protectionPolicy.rename': {
      const { value } = await tenant.policies.fetch(write.policyId, options);
      return byState(value.name === write.name);
    }
    case 'protectionPolicy.addUnits': {
      const change = { addOwnerKeys: write.ownerKeys };
      const { state, toDo } = await tenant.policies.settleUpdate(write.kind, write.policyId, change, options);
      const left = { ...write, ownerKeys: [...(toDo.addOwnerKeys ?? [])] };
      return state === 'done' ? done() : { state: 'not-done', left };
    }
    case 'protectionPolicy.removeUnits': {
      const change = { removeUnitIds: write.unitIds };
      const { state, toDo } = await tenant.policies.settleUpdate(write.kind, write.policyId, change, options);
      const left = { ...write, unitIds: [...(toDo.removeUnitIds ?? [])] };
      return state === 'done' ? done() : { state: 'not-done', left };
    }
    case 'protectionPolicy.activate':
    case 'protectionPolicy.deactivate': {
      const { value } = await tenant.policies.fetch(write.policyId, options);
      const { status } = value;
      // Anything but the state that it was in says that it was taken; in the same state a later change does.
      return byState(status !== write.status || (value.lastModifiedAt ?? 0) >= since, { status });
    }
    case 'protectionPolicy.delete':
      return byState((await tenant.policies.settleDelete(write.policyId, options)).state === 'done');
    case 'inclusionRule.update': {
      const { value } = await tenant.inclusionRules.fetch(write.kind, write.policyId, write.ruleId, options);
      return byState(value.expression === write.expression, { status: value.status });
    }
    case 'inclusionRule.run': {
      const { value } = await tenant.inclusionRules.fetch(write.kind, write.policyId, write.ruleId, options);
      return byState(value.status === 'active' || (value.lastModifiedAt ?? 0) >= since, { status: value.status });
    }
    case 'inclusionRule.delete':
    case 'inclusionRule.deleteAndUnprotect': {
      const settled = await tenant.inclusionRules.settleDelete(write.kind, write.policyId, write.ruleId, options);
      return byState(settled.state === 'done' || settled.found.status === 'deleteRequested');
    }
    case 'protectionUnit.offboard':
    case 'protectionUnit.cancelOffboard': {
      const isOffboard = write.what === 'protectionUnit.offboard';
      const { status } = (await tenant.units.fetch(write.unitId, write.kind, options)).value;
      const isLeaving = status === 'offboardRequested' || status === 'offboarded';
      return byState(isOffboard === isLeaving, { status });
    }
  }
}

function ofCreate(
  settled: Awaited<ReturnType<TenantGraph['inclusionRules']['settleCreate']>> | CreateSettled,
  notDone: WriteSettled,
): WriteSettled {
  switch (settled.state) {
    case 'done':
      return { state: 'done', done: { id: settled.found.id, status: settled.found.status } };
    case 'not-done':
      return notDone;
    case 'unclear':
      return { state: 'unclear' };
  }
}
type CreateSettled =
  | { readonly state: 'done'; readonly found: { readonly id: string; readonly status: string } }
  | { readonly state: 'not-done' }
  | { readonly state: 'unclear' };

/** What the change is done to, for intents and the audit. */
function targetOf(write: PolicyWrite): string {
  switch (write.what) {
    case 'protectionPolicy.create':
      return `${kindWords[write.kind]} policy "${write.name}"`;
    case 'inclusionRule.update':
    case 'inclusionRule.run':
    case 'inclusionRule.delete':
    case 'inclusionRule.deleteAndUnprotect':
      return `rule ${write.ruleId} of policy ${write.policyId}`;
    case 'protectionUnit.offboard':
    case 'protectionUnit.cancelOffboard':
      return `unit ${write.unitId}`;
    default:
      return `policy ${write.policyId}`;
  }
}

const kindWords: Readonly<Record<UnitKind, string>> = { site: 'SharePoint', drive: 'OneDrive', mailbox: 'Exchange' };

/** What was to be, for the audit. Long lists are counted: they stand in the intent. */
function intendedBy(write: PolicyWrite): WriteFacts {
  switch (write.what) {
    case 'protectionPolicy.create':
    case 'protectionPolicy.rename':
      return { name: write.name };
    case 'protectionPolicy.addUnits':
      return { units: write.ownerKeys.length, ownerKeys: write.ownerKeys };
    case 'protectionPolicy.removeUnits':
      return { units: write.unitIds.length, unitIds: write.unitIds };
    case 'protectionPolicy.addByJob':
      return { job: write.name, entries: write.addresses.length + write.ownerKeys.length };
    case 'inclusionRule.create':
      return { expression: write.expression, dynamic: write.dynamic };
    case 'inclusionRule.update':
      return { expression: write.expression };
    default:
      return {};
  }
}

/** Codes by which a request is refused whole for one of its items: without that one it would be taken. */
const SINGLE_OUT = ['ProtectionUnitActionNotAllowed', 'InvalidProtectionUnitId', 'DuplicateProtectionUnitInList'];

export function isOneItemsFault(error: unknown): boolean {
  return SINGLE_OUT.some(code => hasCode(error, code));
}

function factsOfDone({ id, status, units }: WriteDone): WriteFacts {
  return {
    ...(id === undefined ? {} : { id }),
    ...(status === undefined ? {} : { status }),
    ...(units === undefined
      ? {}
      : {
          taken: units.units.length + units.removedIds.length,
          failures: units.failures.map(({ code, id: unitId }) => ({
            code,
            ...(unitId === undefined ? {} : { unitId }),
          })),
        }),
  };
}

/** Changes of protection, each sent once more where it surely was not carried out, and no further. */
export const policyWrites: WriteKind<PolicyWrite, WriteDone> = {
  schema: PolicyWrite,
  targetOf,
  intendedBy,
  factsOf: factsOfDone,
  send: sendWrite,
  settle: settleWrite,
  sendsOf: () => 2,
  isIdempotent: () => false,
};
