import fc from 'fast-check';
import { isDeepStrictEqual } from 'node:util';
import { expect, test } from 'vitest';
import { type Answer, createGraphClient, GraphError, type TenantGraph, type Timing } from '../main/graph/index.ts';
import { clientRoutes } from './client-routes.ts';
import { type FuzzedAnswer, fuzzedAnswer, largeContents } from './fuzzed-answers.ts';
import { linkRoutes } from './link-routes.ts';
import { objectOf } from './request-body.ts';
import type { Route } from './route.ts';

const TENANT = 'aaaaaaaa-0000-4000-8000-000000000001';
const CASES_A_ROUTE = 100;
const TIMEOUT_SECONDS = 100;

/** Bodies that lead the routes to each of the functions that share an endpoint. */
const bodies = [
  undefined,
  { siteRestoreArtifacts: [], driveRestoreArtifacts: [], mailboxRestoreArtifacts: [] },
  { granularSiteRestoreArtifacts: [], granularDriveRestoreArtifacts: [], granularMailboxRestoreArtifacts: [] },
  { 'granularSiteRestoreArtifacts@delta': [], 'granularDriveRestoreArtifacts@delta': [] },
] as const;

const routes: readonly Route[] = [...clientRoutes, ...linkRoutes('/solutions/backupRestore/x?$skiptoken=1')];
const READ_POSTS = /search$|browse$/;
const isWrite = ({ method, pattern }: Route) => method !== 'GET' && !READ_POSTS.test(pattern);

/** Waiting takes no time, though the clock says so; a request that never ends is given up soon. */
function instantTiming(): Timing {
  let elapsed = 0;
  return {
    now: () => 1_700_000_000,
    elapsedMs: () => elapsed,
    random: () => 0.5,
    timeScale: 1,
    sleep: async (ms, signal) => {
      const until = elapsed + ms;
      for (let turn = 0; turn < 20; turn++) {
        signal?.throwIfAborted();
        await new Promise(resolve => setImmediate(resolve));
      }
      elapsed = Math.max(elapsed, until);
    },
  };
}

function toResponse({ status, headers, content, delivery }: FuzzedAnswer): Response {
  if (status === 204 || status === 304) return new Response(null, { status, headers });
  const body =
    delivery === 'whole'
      ? content
      : new ReadableStream({
          start(controller) {
            controller.enqueue(new TextEncoder().encode(content));
            if (delivery === 'broken') controller.error(new TypeError('terminated'));
          },
        });
  return new Response(body, { status, headers });
}

function answering(answer: FuzzedAnswer): { tenant: TenantGraph; calls: () => number } {
  let calls = 0;
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const client = createGraphClient({
    graphOrigin: 'https://graph.microsoft.com',
    tokens: { accessToken: async () => ({ token: `${part({})}.${part({ tid: TENANT })}.`, tenantId: TENANT }) },
    fetch: async () => {
      calls++;
      return toResponse(answer);
    },
    timing: instantTiming(),
    timeoutSeconds: TIMEOUT_SECONDS,
    retry: { attempts: 2, throttledAttempts: 2 },
  });
  return { tenant: client.forTenant(TENANT), calls: () => calls };
}

/** What the client makes of an answer. Anything but a value or a `GraphError` is a failure of the test. */
async function ask(route: Route, answer: FuzzedAnswer, body: unknown): Promise<Answer<unknown> | GraphError> {
  const { tenant, calls } = answering(answer);
  let outcome: Answer<unknown> | GraphError;
  try {
    outcome = await route.ask(tenant, ['one', 'two'], body);
  } catch (error) {
    if (!(error instanceof GraphError)) throw error;
    outcome = error;
  }
  const mayRepeat = !isWrite(route) || [401, 429].includes(answer.status) || answer.status >= 500;
  expect(calls()).toBeLessThanOrEqual(mayRepeat ? 8 : 1);
  if (outcome instanceof GraphError) {
    expect(outcome.message).not.toBe('');
    // Taken by the service, and not understood by us: it may have been done.
    if (isWrite(route) && answer.status < 300) expect(outcome.outcome).toBe('unknown');
  } else {
    expect(lost(outcome.value, answer.content)).toEqual([]);
  }
  return outcome;
}

/** What of the answer the client's value no longer holds. */
function lost(value: unknown, content: string): readonly string[] {
  const result = objectOf(value);
  if (value === undefined || content.trim() === '') return [];
  // What decodes the body takes the byte order mark away.
  const sent: unknown = JSON.parse(content.replace(/^\ufeff/, ''));
  if (Array.isArray(result['items'])) {
    const { value: members } = objectOf(sent);
    const [items, unreadable] = [result['items'], result['unreadable']];
    const kept = items.length + (Array.isArray(unreadable) ? unreadable.length : 0);
    return Array.isArray(members) && kept === members.length ? [] : ['members'];
  }
  const kept = result['envelope'] ?? result['graph'];
  // Comparing thousands of levels would need a stack of its own: their texts are compared.
  const isWhole = content.length > 10_000 ? JSON.stringify(kept) === content : isDeepStrictEqual(kept, sent);
  return isWhole ? [] : ['the entity'];
}

test('any answer to any endpoint becomes a value or a GraphError', { timeout: 300_000 }, async () => {
  const counts = { cases: 0, values: 0, errors: 0 };
  for (const route of routes) {
    await fc.assert(
      fc.asyncProperty(fuzzedAnswer, fc.constantFrom(...bodies), async (answer, body) => {
        counts.cases++;
        const outcome = await ask(route, answer, body);
        counts[outcome instanceof GraphError ? 'errors' : 'values']++;
      }),
      { numRuns: CASES_A_ROUTE },
    );
  }
  console.log(`fuzz of the client: ${counts.cases} answers to ${routes.length} endpoints`, counts);
  expect(counts.cases).toBeGreaterThanOrEqual(10_000);
  // Both must happen often, or the answers are too strange to say anything.
  expect(counts.values).toBeGreaterThan(counts.cases / 20);
  expect(counts.errors).toBeGreaterThan(counts.cases / 20);
});

test.each(largeContents.map((content, index) => [index, content] as const))(
  'large answer %i is read by every function, or refused as a GraphError',
  { timeout: 120_000 },
  async (_, content) => {
    const ofEachFunction = new Map(routes.map(route => [route.function, route])).values();
    for (const route of ofEachFunction)
      await ask(route, { status: 200, headers: {}, content, delivery: 'whole' }, undefined);
  },
);
