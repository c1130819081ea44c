import { expect, test } from 'vitest';
import { type AfterUnknown, createGraphClient, GraphError, realTiming, type TenantGraph } from '../main/graph/index.ts';
import { clientRoutes } from './client-routes.ts';
import { linkRoutes } from './link-routes.ts';
import type { Route } from './route.ts';

const TENANT = 'aaaaaaaa-0000-4000-8000-000000000001';

/** POSTs that change nothing, so that they are repeated at will. */
const READS = new Set(['restorePoints.search', 'browseSessions.browse']);
const CLASSES: readonly AfterUnknown[] = ['ask-again', 'read', 'search'];

/** A client whose connection ends after each request has left: nobody can tell what became of it. */
function losingClient() {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const time = realTiming(() => 0);
  const sent: string[] = [];
  const client = createGraphClient({
    graphOrigin: 'https://graph.microsoft.com',
    fetch: async (input, init) => {
      sent.push(`${init?.method ?? 'GET'} ${new URL(input instanceof Request ? input.url : input).pathname}`);
      throw new Error('the connection ended');
    },
    tokens: {
      accessToken: async () => ({
        token: `${part({ alg: 'none' })}.${part({ tid: TENANT })}.none`,
        tenantId: TENANT,
      }),
    },
    // Waits between tries are over at once; the time-out of a request, which waits too, is not.
    timing: { ...time, sleep: async (ms, signal) => (ms < 90_000 ? undefined : time.sleep(ms, signal)) },
    retry: { attempts: 3 },
  });
  return { tenant: client.forTenant(TENANT), sent };
}

const calls = [...clientRoutes, ...linkRoutes('')].map(route => [`${route.method} ${route.pattern}`, route] as const);
const ids = ['one', 'two', 'three'];

/** Asks, and @returns what it failed with. */
async function failureOf(route: Route, tenant: TenantGraph): Promise<GraphError> {
  const error = await route.ask(tenant, ids, { isEnabled: true }).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof GraphError) return error;
  throw new Error(`it came to ${String(error)}`);
}

// The following pages of browsing are asked by their whole address alone.
test.each(calls.filter(([call]) => !(call.startsWith('GET') && call.endsWith('/browse'))))(
  '%s is asked by that address',
  async (call, route) => {
    const { tenant, sent } = losingClient();
    await failureOf(route, tenant);
    let next = 0;
    const pattern = route.pattern === '' ? '' : `/${route.pattern}`;
    const address = pattern.replaceAll(/\{\w+\}/g, () => ids[next++] ?? call);
    expect(sent[0]?.toLowerCase()).toBe(`${route.method} /v1.0/solutions/backupRestore${address}`.toLowerCase());
  },
);

test.each(calls.filter(([, { method }]) => method !== 'GET'))(
  '%s is asked once and says how to find out, or changes nothing and is repeated',
  async (_, route) => {
    const { tenant, sent } = losingClient();
    const error = await failureOf(route, tenant);
    if (READS.has(route.function)) {
      expect([error.outcome, sent.length]).toEqual(['nothing-done', 3]);
      return;
    }
    expect([error.outcome, sent.length]).toEqual(['unknown', 1]);
    expect(CLASSES).toContain(error.afterUnknown);
  },
);
