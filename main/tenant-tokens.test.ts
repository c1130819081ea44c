import { describe, expect, it } from 'vitest';
import { READ_SCOPES, RESTORE_WRITE_SCOPES, WrongTenantTokenError } from './auth/index.ts';
import { aTenantId } from './auth/testing/entra-stand-in.ts';
import { plant, restartWith, secretOf } from './auth/testing/planted-tokens.ts';
import { startSignedIn, type Started } from './auth/testing/start-auth.ts';
import { clientFaults, createGraphClient, GraphError, itemsOf, realTiming, type TenantGraph } from './graph/index.ts';

/**
 * Sign-in and Graph client together, as `services.ts` puts them together: which token leaves, and where to. MSAL is the real
 * one; behind it stand a scripted Entra ID and a Graph that takes down what it is sent.
 */
const A = aTenantId(1);
const B = aTenantId(2);
const NOW = 1_790_000_000;

interface Sent {
  readonly url: string;
  readonly method: string | undefined;
  readonly authorization: string | null;
}

function graphOver({ auth, entra }: Started, answer: () => Response = () => Response.json({ value: [] })) {
  const sent: Sent[] = [];
  const client = createGraphClient({
    graphOrigin: entra.cloud.graphOrigin,
    tokens: auth,
    fetch: async (input, init) => {
      const url = input instanceof Request ? input.url : String(input);
      sent.push({ url, method: init?.method, authorization: new Headers(init?.headers).get('Authorization') });
      return answer();
    },
    timing: realTiming(() => NOW),
  });
  return { sent, ofA: client.forTenant(A) };
}

/** Someone has worked in both tenants, reading and writing: tokens of both are kept. */
async function workedInBoth(): Promise<Started> {
  const started = await startSignedIn();
  for (const tenant of [A, B]) {
    await started.auth.accessToken(tenant, READ_SCOPES);
    await started.auth.accessToken(tenant, RESTORE_WRITE_SCOPES);
  }
  return started;
}

async function failureOf(work: Promise<unknown>): Promise<GraphError> {
  const failure: unknown = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(failure instanceof GraphError)) throw new Error(`no GraphError but ${String(failure)}`);
  return failure;
}

/** The tenant that the token itself names. */
function tenantOf(authorization: string | null): unknown {
  const claims: unknown = JSON.parse(Buffer.from(authorization?.split('.')[1] ?? '', 'base64url').toString('utf8'));
  return typeof claims === 'object' && claims !== null && 'tid' in claims ? claims.tid : undefined;
}

const inPlace = [{ restorePointId: 'p1', destinationType: 'inPlace' }] as const;

describe("a wrong tenant's token planted in MSAL's cache: nothing leaves", () => {
  const requests: readonly [string, (graph: TenantGraph) => Promise<unknown>][] = [
    ['the service status', graph => graph.service.fetchStatus()],
    ['a page of units', graph => graph.units.list('site').next()],
    ['a search', graph => graph.restorePoints.search({ unitIds: ['u1'], preference: 'latest' })],
    ['a new draft', graph => graph.restoreSessions.create('site', inPlace)],
    ['an addition to a draft', graph => graph.restoreSessions.update('site', 's1', { add: inPlace })],
    ['an activation', graph => graph.restoreSessions.activate('s1')],
    ['a deletion', graph => graph.restoreSessions.delete('s1')],
  ];

  it.each(requests)('%s', async (_, ask) => {
    const first = await workedInBoth();
    const tokenOfB = (await first.auth.accessToken(B, READ_SCOPES)).token;
    const planted = await restartWith(first, cache => {
      plant(cache.AccessToken, A, secretOf(cache.AccessToken, B));
      plant(cache.IdToken, A, secretOf(cache.IdToken, B));
    });
    const signInsBefore = planted.entra.requests.length;
    const graph = graphOver(planted);
    const failure = await failureOf(ask(graph.ofA));
    expect(failure).toMatchObject({ tenantId: A, outcome: 'nothing-done', status: 0 });
    expect(failure.cause).toBeInstanceOf(WrongTenantTokenError);
    expect(graph.sent).toEqual([]);
    // It was the planted token that was met, not one that was fetched anew; and it stands in no error.
    expect(planted.entra.requests).toHaveLength(signInsBefore);
    expect(JSON.stringify(failure) + String(failure.cause)).not.toContain(tokenOfB);
    await planted.auth.stop();
  });

  it('and once it was found out and dropped, the next request goes with the right one', async () => {
    const first = await workedInBoth();
    const planted = await restartWith(first, cache => plant(cache.AccessToken, A, secretOf(cache.AccessToken, B)));
    const graph = graphOver(planted);
    await failureOf(graph.ofA.service.fetchStatus());
    await graph.ofA.service.fetchStatus();
    expect(graph.sent.map(({ authorization }) => tenantOf(authorization))).toEqual([A]);
    await planted.auth.stop();
  });
});

describe('a way to another origin: no token goes there', () => {
  const ELSEWHERE = 'https://graph.microsoft.com.evil.example';
  const only = (sent: readonly Sent[]): string[] => [...new Set(sent.map(({ url }) => new URL(url).origin))];

  it('a nextLink', async () => {
    const started = await workedInBoth();
    const next = `${ELSEWHERE}/v1.0/solutions/backupRestore/protectionUnits?page=2`;
    const { sent, ofA } = graphOver(started, () => Response.json({ value: [{ id: 'u1' }], '@odata.nextLink': next }));
    const reading = async () => {
      for await (const unit of itemsOf(ofA.units.list('site'))) expect(unit.id).toBe('u1');
    };
    const failure = await failureOf(reading());
    expect(failure).toMatchObject({ code: clientFaults.foreignOrigin, origin: ELSEWHERE, tenantId: A });
    expect(only(sent)).toEqual(['https://graph.microsoft.com']);
    expect(sent).toHaveLength(1);
    await started.auth.stop();
  });

  const redirected = (status: number): Response =>
    new Response(null, { status, headers: { Location: `${ELSEWHERE}/v1.0/solutions/backupRestore` } });

  it.each([301, 302, 303, 307, 308])('a redirect of a read and of a write (%d)', async status => {
    const started = await workedInBoth();
    const { sent, ofA } = graphOver(started, () => redirected(status));
    const expected = { code: clientFaults.redirected, tenantId: A };
    expect(await failureOf(ofA.service.fetchStatus())).toMatchObject(expected);
    expect(await failureOf(ofA.restoreSessions.activate('s1'))).toMatchObject(expected);
    expect(only(sent)).toEqual(['https://graph.microsoft.com']);
    expect(sent).toHaveLength(2);
    await started.auth.stop();
  });
});
