import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { GraphError, type TenantGraph } from './index.ts';
import { failureOf, ORIGIN, scriptedGraph, TENANT } from './testing/scripted-graph.ts';

/** Microsoft's documented examples as data, kept beside the checkout; absent on most machines. */
const FOLDER = join(import.meta.dirname, '../../../shared/graph-backup-examples');

const exampleFile = z.object({
  name: z.string(),
  request: z.object({ method: z.string(), path: z.string(), body: z.unknown().optional() }),
  response: z.object({
    status: z.number(),
    headers: z.record(z.string(), z.string()).optional(),
    body: z.unknown().optional(),
  }),
});
type Example = z.infer<typeof exampleFile>;

const kinds = { sharepoint: 'site', onedriveforbusiness: 'drive', exchange: 'mailbox' } as const;
const kindOf = (path: string) =>
  kinds[/\/(sharepoint|onedriveforbusiness|exchange)/i.exec(path)?.[1]?.toLowerCase() as keyof typeof kinds];
const onePage = async <T>(pages: AsyncIterable<T>): Promise<T | undefined> => {
  for await (const page of pages) return page;
  return undefined;
};
const artifact = { restorePointId: 'p', destinationType: 'new' } as const;

/** Which of the client's functions answers for a documented request. */
const endpoints: readonly (readonly [string, RegExp, (tenant: TenantGraph, path: string) => Promise<unknown>])[] = [
  ['GET', /\/serviceApps$/, tenant => onePage(tenant.service.listApps())],
  ['GET', /\/serviceApps\/[^/]+$/, tenant => tenant.service.fetchApp('x')],
  ['GET', /\/backupRestore\/?$/, tenant => tenant.service.fetchStatus()],
  ['GET', /\/protectionPolicies$/i, tenant => onePage(tenant.policies.list())],
  ['GET', /\/protectionPolicies\/[^/]+$/i, tenant => tenant.policies.fetch('x')],
  ['GET', /\/protectionUnits\/microsoft\.graph\.siteProtectionUnit$/, tenant => onePage(tenant.units.list('site'))],
  ['GET', /\/protectionUnits\/microsoft\.graph\.driveProtectionUnit$/, tenant => onePage(tenant.units.list('drive'))],
  [
    'GET',
    /\/protectionUnits\/microsoft\.graph\.mailboxProtectionUnit$/,
    tenant => onePage(tenant.units.list('mailbox')),
  ],
  ['GET', /\/protectionUnits\/[^/.]+$/, tenant => tenant.units.fetch('x', 'site')],
  [
    'GET',
    /Policies\/[^/]+\/\w+ProtectionUnits$/,
    (tenant, path) => onePage(tenant.units.listOfPolicy(kindOf(path), 'x')),
  ],
  ['GET', /\/restorePoints\?/, tenant => tenant.restorePoints.list({ unitId: 'x', before: '2026-01-01T00:00:00Z' })],
  [
    'POST',
    /\/restorePoints\/search$/,
    tenant => tenant.restorePoints.search({ unitIds: ['x', 'y'], preference: 'latest' }),
  ],
  ['GET', /\/restoreSessions$/, tenant => onePage(tenant.restoreSessions.list())],
  ['GET', /\/restoreSessions\/[^/]+$/, tenant => tenant.restoreSessions.fetch('x')],
  ['POST', /\/\w+RestoreSessions$/, (tenant, path) => tenant.restoreSessions.create(kindOf(path), [artifact])],
  [
    'PATCH',
    /\/\w+RestoreSessions\/[^/]+$/,
    (tenant, path) => tenant.restoreSessions.update(kindOf(path), 'x', { add: [artifact] }),
  ],
  [
    'GET',
    /RestoreSessions\/[^/]+\/(site|drive|mailbox)RestoreArtifacts$/,
    (tenant, path) => onePage(tenant.restoreSessions.listArtifacts(kindOf(path), 'x')),
  ],
  ['POST', /\/restoreSessions\/[^/]+\/activate$/, tenant => tenant.restoreSessions.activate('x')],
  ['DELETE', /\/restoreSessions\/[^/]+$/, tenant => tenant.restoreSessions.delete('x')],
];

const examples: Example[] = existsSync(FOLDER)
  ? readdirSync(FOLDER)
      .filter(name => name.endsWith('.json'))
      .map(name => exampleFile.parse(JSON.parse(readFileSync(join(FOLDER, name), 'utf8'))))
  : [];
const endpointOf = ({ request }: Example) =>
  endpoints.find(([method, path]) => method === request.method && path.test(request.path));
const ours = examples.filter(example => example.response.status < 300 && endpointOf(example) !== undefined);
const refusals = examples.filter(example => example.response.status >= 400);

const entity = z.object({ graph: z.unknown() });
const page = z.object({
  items: z.array(entity),
  unreadable: z.array(z.unknown()).max(0),
  nextLink: z.string().optional(),
  annotations: z.record(z.string(), z.unknown()),
});

/** The documented body, put together again from what the client returned. */
function rebuilt(answer: unknown): unknown {
  const { value } = z.object({ value: z.union([page, entity, z.undefined()]) }).parse(answer);
  if (value === undefined || 'graph' in value) return value?.graph;
  const { items, nextLink, annotations } = value;
  return {
    ...annotations,
    ...(nextLink === undefined ? {} : { '@odata.nextLink': nextLink }),
    value: items.map(item => item.graph),
  };
}

const answering = (example: Example) => {
  const graph = scriptedGraph();
  graph.always(() => {
    const { status, headers, body } = example.response;
    return new Response(body === undefined ? null : JSON.stringify(body), { status, headers: headers ?? {} });
  });
  return graph;
};

describe.skipIf(examples.length === 0)(
  examples.length === 0 ? `documented examples (skipped: no folder ${FOLDER})` : 'documented examples',
  () => {
    test('there are some for most of our endpoints', () => {
      expect(new Set(ours.map(endpointOf)).size).toBeGreaterThanOrEqual(12);
      expect(refusals.length).toBeGreaterThan(0);
    });

    test.each(ours.map(example => [example.name, example] as const))(
      '%s: every value is returned',
      async (_, example) => {
        const graph = answering(example);
        const answer = await endpointOf(example)?.[2](graph.client.forTenant(TENANT), example.request.path);
        expect(rebuilt(answer)).toEqual(example.response.body);
        expect(JSON.stringify(answer)).not.toMatch(/"unreadable":\[[^\]]/);
        expect(graph.calls[0]?.url.origin).toBe(ORIGIN);
      },
    );

    test.each(refusals.map(example => [example.name, example] as const))(
      '%s: the error says all that the service said',
      async (_, example) => {
        const graph = answering(example);
        const error = await failureOf(graph.client.forTenant(TENANT).restoreSessions.activate('x'));
        const said = z
          .object({ error: z.object({ code: z.string(), message: z.string() }) })
          .parse(example.response.body).error;
        expect(error).toBeInstanceOf(GraphError);
        expect(error).toMatchObject({
          status: example.response.status,
          code: said.code,
          message: said.message,
          body: example.response.body,
          outcome: 'refused',
        });
      },
    );
  },
);
