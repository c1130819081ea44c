import { openRequest } from '../main/graph/index.ts';
import type { Example } from './example.ts';
import { toSegments } from './request-path.ts';
import { firstOf, type Route } from './route.ts';
import { workloads } from './workload.ts';

/**
 * The preview's endpoints, which the client does not speak: its entities are read by what reads their like in v1.0, as they would come
 * with a new version of the service, and all else as an open object.
 */
export function previewRoutes(request: Example['request']): readonly Route[] {
  const { method, path } = request;
  return [
    ...workloads.flatMap(({ kind, name }): readonly Route[] => {
      const units = `${kind}ExclusionUnits`;
      const jobs = `${kind}ExclusionUnitsBulkAdditionJobs`;
      return [
        {
          method: 'PATCH',
          pattern: `${kind}ProtectionUnits/{unit}`,
          function: 'units.fetchByCollection',
          ask: async tenant => tenant.units.fetchByCollection(kind, 'unit'),
        },
        ...[units, `${name}ProtectionPolicies/{id}/${units}`].map((pattern): Route => ({
          method: 'GET',
          pattern,
          function: 'units.listOfPolicy',
          ask: async tenant => firstOf(tenant.units.listOfPolicy(kind, 'policy')),
        })),
        ...[`${units}/{unit}`, `${name}ProtectionPolicies/{id}/${units}/{unit}`].map((pattern): Route => ({
          method: 'GET',
          pattern,
          function: 'units.fetch',
          ask: async tenant => tenant.units.fetch('unit', kind),
        })),
        ...[jobs, `${name}ProtectionPolicies/{id}/${jobs}`].flatMap((pattern): readonly Route[] => [
          {
            method: 'GET',
            pattern,
            function: 'bulkAdditionJobs.list',
            ask: async tenant => firstOf(tenant.bulkAdditionJobs.list(kind, 'policy')),
          },
          {
            method: 'POST',
            pattern,
            function: 'bulkAdditionJobs.create',
            ask: async tenant => tenant.bulkAdditionJobs.create(kind, 'policy', { name: 'job', addresses: ['one'] }),
          },
          {
            method: 'GET',
            pattern: `${pattern}/{job}`,
            function: 'bulkAdditionJobs.fetch',
            ask: async tenant => tenant.bulkAdditionJobs.fetch(kind, 'policy', 'job'),
          },
        ]),
      ];
    }),
    {
      method,
      pattern: (toSegments(path) ?? []).map((_, index) => `{${index}}`).join('/'),
      function: 'read',
      isOpen: true,
      ask: async tenant => tenant.read(openRequest('/solutions/backupRestore', [])),
    },
  ];
}
