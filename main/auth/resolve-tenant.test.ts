import { describe, expect, it } from 'vitest';
import { EntraNetwork } from './entra-network.ts';
import { resolveTenant } from './resolve-tenant.ts';
import { startAuth } from './testing/start-auth.ts';
import { aTenantId, EntraStandIn } from './testing/entra-stand-in.ts';
import { HandClock } from './testing/hand-clock.ts';

const A = aTenantId(1);

function aNetwork(fetch: typeof globalThis.fetch): EntraNetwork {
  return new EntraNetwork({ fetch, clock: new HandClock(), timeoutSeconds: 30 });
}

describe('the tenant of a domain', () => {
  it.each(['contoso.example', ' Contoso.EXAMPLE. ', A, A.toUpperCase()])(
    'is found, signed in or not: %j',
    async asked => {
      const { auth, entra } = await startAuth();
      entra.domains.set('contoso.example', A).set(A, A);
      expect(await auth.resolveTenant(asked)).toBe(A);
    },
  );

  it('with letters of other scripts is looked up in its ASCII form', async () => {
    const { auth, entra } = await startAuth();
    entra.domains.set('xn--mnchen-3ya.example', A);
    expect(await auth.resolveTenant('münchen.example')).toBe(A);
  });

  it.each(['nowhere.example', aTenantId(9)])('is unknown to the service: %s', async asked => {
    const { auth } = await startAuth();
    await expect(auth.resolveTenant(asked)).rejects.toMatchObject({
      problem: { kind: 'unknownTenant', asked, errorNo: 90002 },
    });
  });

  it.each([
    '',
    'contoso',
    'organizations',
    'a b.example',
    '../../evil',
    'x@contoso.example',
    'contoso.example/evil',
    'https://contoso.example',
    '-a.example',
  ])('is not even asked for: %j', async asked => {
    const { auth, entra } = await startAuth({ fetch: () => Promise.reject(new Error('asked')) });
    await expect(auth.resolveTenant(asked)).rejects.toMatchObject({ problem: { kind: 'unknownTenant', asked } });
    expect(entra.requests).toEqual([]);
  });

  it('offline, refused, or answered by somebody else', async () => {
    const cloud = new EntraStandIn().cloud;
    const ask = (fetch: typeof globalThis.fetch, signal?: AbortSignal) =>
      resolveTenant('contoso.example', cloud, aNetwork(fetch), signal);
    await expect(ask(() => Promise.reject(new TypeError('fetch failed')))).rejects.toMatchObject({
      problem: { kind: 'offline' },
    });
    await expect(ask(async () => new Response('<html>', { status: 502 }))).rejects.toMatchObject({
      problem: { kind: 'unavailable', status: 502 },
    });
    await expect(ask(async () => Response.json({ error: 'server_error' }, { status: 500 }))).rejects.toMatchObject({
      problem: { kind: 'unavailable', status: 500 },
    });
    await expect(
      ask(async () => Response.json({ issuer: 'https://login.microsoftonline.com/{tenantid}/v2.0' })),
    ).rejects.toMatchObject({
      problem: { kind: 'unexpected', code: 'issuer_without_the_tenant' },
    });
    await expect(ask((_url, init) => Promise.reject(init?.signal?.reason), AbortSignal.abort())).rejects.toMatchObject({
      problem: { kind: 'cancelled' },
    });
  });

  it('that an id resolves to another id is not taken', async () => {
    const { auth, entra } = await startAuth();
    entra.domains.set(A, aTenantId(2));
    await expect(auth.resolveTenant(A)).rejects.toMatchObject({ problem: { kind: 'unexpected' } });
  });

  it("of the demo is asked of the demo's address", async () => {
    const asked: string[] = [];
    const fetch: typeof globalThis.fetch = async url => {
      asked.push(url instanceof Request ? url.url : url.toString());
      return Response.json({ issuer: `http://127.0.0.1:4711/${A}/v2.0` });
    };
    const authorityMetadata = JSON.stringify({ token_endpoint: 'http://127.0.0.1:4711/{tenant}/oauth2/v2.0/token' });
    expect(
      await resolveTenant('contoso.example', { ...new EntraStandIn().cloud, authorityMetadata }, aNetwork(fetch)),
    ).toBe(A);
    expect(asked).toEqual(['http://127.0.0.1:4711/contoso.example/v2.0/.well-known/openid-configuration']);
  });
});
