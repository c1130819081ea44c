import { deltaOf, listOf, objectOf, propertyOf, textOf, textsOf, within } from './request-body.ts';
import { firstOf, type Route } from './route.ts';
import { type Workload, workloads } from './workload.ts';

/** Policies, units, rules and jobs of each kind. */
export const protectionRoutes: readonly Route[] = workloads.flatMap(workload => [
  ...policyRoutes(workload),
  ...ruleRoutes(workload),
  ...jobRoutes(workload),
]);

function policyRoutes({ kind, name, owner }: Workload): readonly Route[] {
  const policies = `${name}ProtectionPolicies`;
  const units = `${kind}ProtectionUnits`;
  const keyOf = (unit: unknown) => textOf(objectOf(unit)[owner]) ?? textOf(objectOf(unit)['userId']) ?? 'missing';
  return [
    {
      method: 'GET',
      pattern: policies,
      function: 'policies.listOfKind',
      ask: async tenant => firstOf(tenant.policies.listOfKind(kind)),
    },
    {
      method: 'GET',
      pattern: `${policies}/{id}`,
      function: 'policies.fetchOfKind',
      ask: async (tenant, [id = '']) => tenant.policies.fetchOfKind(kind, id),
    },
    {
      method: 'POST',
      pattern: policies,
      function: 'policies.create',
      ask: async (tenant, _, body) =>
        tenant.policies.create(kind, {
          name: textOf(objectOf(body)['displayName']) || 'unnamed',
          ownerKeys: listOf(objectOf(body)[units]).slice(0, 50).map(keyOf),
        }),
    },
    {
      method: 'PATCH',
      pattern: `${policies}/{id}`,
      function: 'policies.update',
      ask: async (tenant, [id = ''], body) => {
        const { add, remove } = deltaOf(propertyOf(body, `${units}@delta`, units));
        const displayName = textOf(objectOf(body)['displayName']);
        const isEmpty = displayName === undefined && add.length + remove.length === 0;
        return tenant.policies.update(kind, id, {
          ...(isEmpty ? { name: 'unnamed' } : {}),
          ...(displayName === undefined ? {} : { name: displayName }),
          addOwnerKeys: add.map(keyOf).slice(0, 50 - remove.length),
          removeUnitIds: remove,
        });
      },
    },
    {
      method: 'GET',
      pattern: `${policies}/{id}/${units}`,
      function: 'units.listOfPolicy',
      ask: async (tenant, [id = '']) => firstOf(tenant.units.listOfPolicy(kind, id)),
    },
    {
      method: 'GET',
      pattern: `protectionUnits/microsoft.graph.${kind}ProtectionUnit`,
      function: 'units.list',
      ask: async tenant => firstOf(tenant.units.list(kind)),
    },
    {
      method: 'GET',
      pattern: units,
      function: 'units.listByCollection',
      ask: async tenant => firstOf(tenant.units.listByCollection(kind)),
    },
    {
      method: 'GET',
      pattern: `${units}/{unit}`,
      function: 'units.fetchByCollection',
      ask: async (tenant, [unit = '']) => tenant.units.fetchByCollection(kind, unit),
    },
    {
      method: 'GET',
      pattern: `${policies}/{id}/${units}/{unit}`,
      function: 'units.fetchOfPolicy',
      ask: async (tenant, [id = '', unit = '']) => tenant.units.fetchOfPolicy(kind, id, unit),
    },
  ];
}

function ruleRoutes({ kind, name }: Workload): readonly Route[] {
  const rules = `${name}ProtectionPolicies/{id}/${kind}InclusionRules`;
  const expressionOf = (body: unknown) => textOf(objectOf(body)[`${kind}Expression`]) ?? 'missing';
  return [
    {
      method: 'GET',
      pattern: rules,
      function: 'inclusionRules.list',
      ask: async (tenant, [id = '']) => firstOf(tenant.inclusionRules.list(kind, id)),
    },
    {
      method: 'GET',
      pattern: `${kind}InclusionRules`,
      function: 'inclusionRules.listOfTenant',
      ask: async tenant => firstOf(tenant.inclusionRules.listOfTenant(kind)),
    },
    {
      method: 'GET',
      pattern: `${kind}InclusionRules/{rule}`,
      function: 'inclusionRules.fetchOfTenant',
      ask: async (tenant, [rule = '']) => tenant.inclusionRules.fetchOfTenant(kind, rule),
    },
    {
      method: 'POST',
      pattern: rules,
      function: 'inclusionRules.create',
      ask: async (tenant, [id = ''], body) => {
        const { isAutoApplyEnabled } = objectOf(body);
        return tenant.inclusionRules.create(kind, id, {
          expression: expressionOf(body),
          ...(typeof isAutoApplyEnabled === 'boolean' ? { isAutoApplyEnabled } : {}),
        });
      },
    },
    {
      method: 'GET',
      pattern: `${rules}/{rule}`,
      function: 'inclusionRules.fetch',
      ask: async (tenant, [id = '', rule = '']) => tenant.inclusionRules.fetch(kind, id, rule),
    },
    {
      method: 'PATCH',
      pattern: `${rules}/{rule}`,
      function: 'inclusionRules.update',
      ask: async (tenant, [id = '', rule = ''], body) =>
        tenant.inclusionRules.update(kind, id, rule, expressionOf(body)),
    },
    {
      method: 'DELETE',
      pattern: `${rules}/{rule}`,
      function: 'inclusionRules.delete',
      ask: async (tenant, [id = '', rule = '']) => tenant.inclusionRules.delete(kind, id, rule),
    },
    {
      method: 'POST',
      pattern: `${rules}/{rule}/run`,
      function: 'inclusionRules.run',
      ask: async (tenant, [id = '', rule = '']) => tenant.inclusionRules.run(kind, id, rule),
    },
    {
      method: 'POST',
      pattern: `${rules}/{rule}/deleteAndUnprotect`,
      function: 'inclusionRules.deleteAndUnprotect',
      ask: async (tenant, [id = '', rule = '']) => tenant.inclusionRules.deleteAndUnprotect(kind, id, rule),
    },
  ];
}

function jobRoutes({ kind, name, addresses, keys }: Workload): readonly Route[] {
  const jobs = `${name}ProtectionPolicies/{id}/${kind}ProtectionUnitsBulkAdditionJobs`;
  return [
    {
      method: 'GET',
      pattern: jobs,
      function: 'bulkAdditionJobs.list',
      ask: async (tenant, [id = '']) => firstOf(tenant.bulkAdditionJobs.list(kind, id)),
    },
    {
      method: 'GET',
      pattern: `${kind}ProtectionUnitsBulkAdditionJobs`,
      function: 'bulkAdditionJobs.listOfTenant',
      ask: async tenant => firstOf(tenant.bulkAdditionJobs.listOfTenant(kind)),
    },
    {
      method: 'GET',
      pattern: `${kind}ProtectionUnitsBulkAdditionJobs/{job}`,
      function: 'bulkAdditionJobs.fetchOfTenant',
      ask: async (tenant, [job = '']) => tenant.bulkAdditionJobs.fetchOfTenant(kind, job),
    },
    {
      method: 'GET',
      pattern: `${jobs}/{job}`,
      function: 'bulkAdditionJobs.fetch',
      ask: async (tenant, [id = '', job = '']) => tenant.bulkAdditionJobs.fetch(kind, id, job),
    },
    {
      method: 'POST',
      pattern: jobs,
      function: 'bulkAdditionJobs.create',
      ask: async (tenant, [id = ''], body) => {
        const sent = objectOf(body);
        const ownerKeys = textsOf(sent[keys]);
        return tenant.bulkAdditionJobs.create(kind, id, {
          name: textOf(sent['displayName']) ?? 'unnamed',
          addresses: ownerKeys.length > 0 ? textsOf(sent[addresses]) : within(textsOf(sent[addresses]), 50_000, 'x'),
          ownerKeys,
        });
      },
    },
  ];
}
