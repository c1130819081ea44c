import type { UnitId, UnitKind } from '../../shared/domain/protection-unit.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import * as jobs from './bulk-addition-jobs.ts';
import type { Calls } from './calls.ts';
import type { CallOptions } from './graph-request.ts';
import * as rules from './inclusion-rules.ts';
import { itemsOf } from './paging.ts';
import * as policies from './policies.ts';
import * as changes from './policy-changes.ts';
import { settleCreate, settleDelete, settlePolicyChange } from './settle.ts';
import * as units from './units.ts';

/** What is protected: policies, their units, and what adds units to them. */
export function protectionCalls({ run, pages }: Calls) {
  const listUnitsOfPolicy = (kind: UnitKind, policyId: string, options?: CallOptions) =>
    pages(() => units.listPolicyUnitsRequest(kind, policyId), options);
  const fetchPolicy = async (policyId: string, options?: CallOptions) =>
    run(() => policies.fetchPolicyRequest(policyId), options);
  const listPoliciesOfKind = (kind: UnitKind, options?: CallOptions) =>
    pages(() => policies.listPoliciesOfKindRequest(kind), options);
  const listRules = (kind: UnitKind, policyId: string, options?: CallOptions) =>
    pages(() => rules.listRulesRequest(kind, policyId), options);
  const fetchRule = async (kind: UnitKind, policyId: string, ruleId: string, options?: CallOptions) =>
    run(() => rules.fetchRuleRequest(kind, policyId, ruleId), options);
  const listJobs = (kind: UnitKind, policyId: string, options?: CallOptions) =>
    pages(() => jobs.listAdditionJobsRequest(kind, policyId), options);

  return {
    policies: {
      list: (options?: CallOptions) => pages(policies.listPoliciesRequest, options),
      listOfKind: listPoliciesOfKind,
      fetch: fetchPolicy,
      fetchOfKind: async (kind: UnitKind, policyId: string, options?: CallOptions) =>
        run(() => policies.fetchPolicyOfKindRequest(kind, policyId), options),
      create: async (kind: UnitKind, policy: changes.PolicyToCreate, options?: CallOptions) =>
        run(() => changes.createPolicyRequest(kind, policy), options),
      update: async (kind: UnitKind, policyId: string, change: changes.PolicyChange, options?: CallOptions) =>
        run(() => changes.updatePolicyRequest(kind, policyId, change), options),
      activate: async (policyId: string, options?: CallOptions) =>
        run(() => changes.activatePolicyRequest(policyId), options),
      deactivate: async (policyId: string, options?: CallOptions) =>
        run(() => changes.deactivatePolicyRequest(policyId), options),
      delete: async (policyId: string, options?: CallOptions) =>
        run(() => changes.deletePolicyRequest(policyId), options),
      /** After `create` with an unknown outcome. `since`: service time just before it was sent. */
      settleCreate: async (kind: UnitKind, name: string, since: UtcSeconds, options?: CallOptions) =>
        settleCreate(itemsOf(listPoliciesOfKind(kind, options)), since, policy => policy.name === name),
      /** After `update` with an unknown outcome: what of it is still to do. */
      settleUpdate: async (kind: UnitKind, policyId: string, change: changes.PolicyChange, options?: CallOptions) =>
        settlePolicyChange(
          change,
          (await fetchPolicy(policyId, options)).value,
          itemsOf(listUnitsOfPolicy(kind, policyId, options)),
        ),
      /** After `delete` with an unknown outcome. */
      settleDelete: async (policyId: string, options?: CallOptions) =>
        settleDelete(async () => fetchPolicy(policyId, options)),
    },
    units: {
      list: (kind: UnitKind, options?: CallOptions) => pages(() => units.listUnitsRequest(kind), options),
      listByCollection: (kind: UnitKind, options?: CallOptions) =>
        pages(() => units.listUnitsByCollectionRequest(kind), options),
      /** Of all kinds. */
      listAll: (options?: CallOptions) => pages(units.listAllUnitsRequest, options),
      listOfPolicy: listUnitsOfPolicy,
      fetchByCollection: async (kind: UnitKind, unitId: UnitId, options?: CallOptions) =>
        run(() => units.fetchUnitByCollectionRequest(kind, unitId), options),
      fetchOfPolicy: async (kind: UnitKind, policyId: string, unitId: UnitId, options?: CallOptions) =>
        run(() => units.fetchPolicyUnitRequest(kind, policyId, unitId), options),
      fetch: async (unitId: UnitId, kind: UnitKind, options?: CallOptions) =>
        run(() => units.fetchUnitRequest(unitId, kind), options),
      offboard: async (unitId: UnitId, kind: UnitKind, options?: CallOptions) =>
        run(() => units.offboardUnitRequest(unitId, kind), options),
      cancelOffboard: async (unitId: UnitId, kind: UnitKind, options?: CallOptions) =>
        run(() => units.cancelOffboardUnitRequest(unitId, kind), options),
    },
    inclusionRules: {
      list: listRules,
      listOfTenant: (kind: UnitKind, options?: CallOptions) =>
        pages(() => rules.listRulesOfTenantRequest(kind), options),
      fetch: fetchRule,
      fetchOfTenant: async (kind: UnitKind, ruleId: string, options?: CallOptions) =>
        run(() => rules.fetchRuleOfTenantRequest(kind, ruleId), options),
      create: async (kind: UnitKind, policyId: string, rule: rules.RuleToCreate, options?: CallOptions) =>
        run(() => rules.createRuleRequest(kind, policyId, rule), options),
      update: async (kind: UnitKind, policyId: string, ruleId: string, expression: string, options?: CallOptions) =>
        run(() => rules.updateRuleRequest(kind, policyId, ruleId, expression), options),
      run: async (kind: UnitKind, policyId: string, ruleId: string, options?: CallOptions) =>
        run(() => rules.runRuleRequest(kind, policyId, ruleId), options),
      deleteAndUnprotect: async (kind: UnitKind, policyId: string, ruleId: string, options?: CallOptions) =>
        run(() => rules.deleteRuleAndUnprotectRequest(kind, policyId, ruleId), options),
      delete: async (kind: UnitKind, policyId: string, ruleId: string, options?: CallOptions) =>
        run(() => rules.deleteRuleRequest(kind, policyId, ruleId), options),
      /** After `create` with an unknown outcome. `since`: service time just before it was sent. */
      settleCreate: async (
        kind: UnitKind,
        policyId: string,
        expression: string,
        since: UtcSeconds,
        options?: CallOptions,
      ) => settleCreate(itemsOf(listRules(kind, policyId, options)), since, rule => rule.expression === expression),
      /** After `delete` or `deleteAndUnprotect` with an unknown outcome; a dynamic rule is seen as `deleteRequested` for a while. */
      settleDelete: async (kind: UnitKind, policyId: string, ruleId: string, options?: CallOptions) =>
        settleDelete(async () => fetchRule(kind, policyId, ruleId, options)),
    },
    bulkAdditionJobs: {
      list: listJobs,
      listOfTenant: (kind: UnitKind, options?: CallOptions) =>
        pages(() => jobs.listAdditionJobsOfTenantRequest(kind), options),
      fetch: async (kind: UnitKind, policyId: string, jobId: string, options?: CallOptions) =>
        run(() => jobs.fetchAdditionJobRequest(kind, policyId, jobId), options),
      fetchOfTenant: async (kind: UnitKind, jobId: string, options?: CallOptions) =>
        run(() => jobs.fetchAdditionJobOfTenantRequest(kind, jobId), options),
      create: async (kind: UnitKind, policyId: string, toAdd: jobs.UnitsToAdd, options?: CallOptions) =>
        run(() => jobs.createAdditionJobRequest(kind, policyId, toAdd), options),
      /** After `create` with an unknown outcome. `since`: service time just before it was sent. */
      settleCreate: async (kind: UnitKind, policyId: string, name: string, since: UtcSeconds, options?: CallOptions) =>
        settleCreate(itemsOf(listJobs(kind, policyId, options)), since, job => job.name === name),
    },
  };
}
