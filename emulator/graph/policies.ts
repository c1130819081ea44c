/** Protection policies, read. */
import { toText } from '../instant.ts';
import type { Policy } from '../world/policies.ts';
import type { UnitKind } from '../world/units.ts';
import { listed, page, selected } from './collection.ts';
import { json } from './exchange.ts';
import type { GraphAnswer, GraphContext } from './exchange.ts';
import { badRequest, GraphError } from './graph-error.ts';
import { identityJson } from './identity.ts';
import { isGuid } from './request-body.ts';
import type { JsonObject } from './request-body.ts';

const policyTypes: Readonly<Record<UnitKind, string>> = {
  site: '#microsoft.graph.sharePointProtectionPolicy',
  drive: '#microsoft.graph.oneDriveForBusinessProtectionPolicy',
  mailbox: '#microsoft.graph.exchangeProtectionPolicy',
};

export const policyCollections: Readonly<Record<UnitKind, string>> = {
  site: 'sharePointProtectionPolicies',
  drive: 'oneDriveForBusinessProtectionPolicies',
  mailbox: 'exchangeProtectionPolicies',
};

/** Throws 400 `InvalidPolicyId` or 404 `PolicyNotFound`. */
export const findPolicy = (context: GraphContext, id: string, kind?: UnitKind): Policy => {
  const policy = context.tenant.policies.find(id);
  if (policy !== undefined && (kind === undefined || policy.kind === kind)) return policy;
  if (policy === undefined && !isGuid(id)) throw badRequest('Policy ID is invalid.', 'InvalidPolicyId');
  throw new GraphError(404, 'PolicyNotFound', 'Unable to get the Protection Policy.');
};

export const policyJson = (context: GraphContext, policy: Policy): JsonObject => {
  const { status, counts } = context.tenant.policies.stateOf(policy, context.now);
  return {
    '@odata.type': policyTypes[policy.kind],
    id: policy.id,
    displayName: policy.displayName,
    status,
    isEnabled: status !== 'inactive',
    createdBy: identityJson(context, policy.createdBy ?? context.tenant.administrator),
    createdDateTime: toText(policy.createdAt),
    lastModifiedBy: identityJson(context, policy.lastModifiedBy ?? context.tenant.administrator),
    lastModifiedDateTime: toText(policy.lastModifiedAt),
    retentionSettings: policy.retentionSettings,
    protectionPolicyArtifactCount: counts,
  };
};

export const listPolicies =
  (kind?: UnitKind) =>
  (context: GraphContext): GraphAnswer => {
    const policies = context.tenant.policies.list().filter(policy => kind === undefined || policy.kind === kind);
    return page(context, listed(policies), policy => policyJson(context, policy));
  };

export const getPolicy =
  (kind?: UnitKind) =>
  (context: GraphContext): GraphAnswer =>
    json(200, selected(context, policyJson(context, findPolicy(context, context.id, kind))));
