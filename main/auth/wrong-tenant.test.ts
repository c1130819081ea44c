import { PublicClientApplication } from '@azure/msal-node';
import { describe, expect, it } from 'vitest';
import { READ_SCOPES, WrongTenantTokenError } from './index.ts';
import { createMsal, toAuthority } from './msal-application.ts';
import { EntraNetwork } from './entra-network.ts';
import { aPerson, aTenantId, EntraStandIn } from './testing/entra-stand-in.ts';
import { HandClock } from './testing/hand-clock.ts';
import { Cache, Kept, plant, restartWith, secretOf } from './testing/planted-tokens.ts';
import { startAuth, startSignedIn } from './testing/start-auth.ts';
import { TokenCache } from './token-cache.ts';
import { readTokenTenant } from './token-tenant.ts';

const HOME = aPerson().homeTenantId;
const A = aTenantId(1);
const B = aTenantId(2);

describe("a wrong tenant's token planted in MSAL's cache", () => {
  const plantings: readonly [string, (cache: Cache) => void][] = [
    ["B's access token beside A's id token", cache => plant(cache.AccessToken, A, secretOf(cache.AccessToken, B))],
    ["B's id token beside A's access token", cache => plant(cache.IdToken, A, secretOf(cache.IdToken, B))],
    [
      'both of B',
      cache => {
        plant(cache.AccessToken, A, secretOf(cache.AccessToken, B));
        plant(cache.IdToken, A, secretOf(cache.IdToken, B));
      },
    ],
  ];

  it.each(plantings)('is not handed out, and is dropped: %s', async (_name, planting) => {
    const first = await startSignedIn();
    const good = await first.auth.accessToken(A, READ_SCOPES);
    const ofB = await first.auth.accessToken(B, READ_SCOPES);
    const { auth, entra, secrets, logged } = await restartWith(first, planting);
    const before = entra.requests.length;
    const refused = auth.accessToken(A, READ_SCOPES);
    await expect(refused).rejects.toBeInstanceOf(WrongTenantTokenError);
    await expect(refused).rejects.toMatchObject({
      problem: { kind: 'wrongTenantToken', wrong: 'tenant', tenantId: A },
    });
    expect(entra.requests).toHaveLength(before);
    expect(logged.join()).toContain('wrongTenantToken');
    // Dropped: the next call asks the sign-in service, and B's own token is untouched.
    const next = await auth.accessToken(A, READ_SCOPES);
    expect(readTokenTenant(next.token)).toEqual({ form: 'jwt', tenantId: A });
    expect(next.token).not.toBe(good.token);
    expect((await auth.accessToken(B, READ_SCOPES)).token).toBe(ofB.token);
    await auth.stop();
    const cache = Cache.parse(JSON.parse(Kept.parse(JSON.parse([...secrets.kept.values()][0] ?? '')).cache));
    expect(secretOf(cache.AccessToken, A)).toBe(next.token);
  });

  it('is not brought back by an answer that was on its way when it was dropped', async () => {
    const first = await startSignedIn();
    await first.auth.accessToken(A, READ_SCOPES);
    await first.auth.accessToken(B, READ_SCOPES);
    const { auth, entra } = await restartWith(first, cache =>
      plant(cache.AccessToken, A, secretOf(cache.AccessToken, B)),
    );
    const gate = Promise.withResolvers<void>();
    entra.gate = gate.promise;
    const renewed = auth.accessToken(B, READ_SCOPES, { forceRefresh: true });
    await expect(auth.accessToken(A, READ_SCOPES)).rejects.toBeInstanceOf(WrongTenantTokenError);
    gate.resolve();
    await renewed;
    const asked = entra.requestsOf(A).length;
    await expect(auth.accessToken(A, READ_SCOPES)).resolves.toMatchObject({ tenantId: A });
    expect(entra.requestsOf(A)).toHaveLength(asked + 1);
  });

  it('is refused to each of many callers', async () => {
    const first = await startSignedIn();
    await first.auth.accessToken(A, READ_SCOPES);
    await first.auth.accessToken(B, READ_SCOPES);
    const { auth } = await restartWith(first, cache => plant(cache.AccessToken, A, secretOf(cache.AccessToken, B)));
    const outcomes = await Promise.allSettled([...Array(20)].map(() => auth.accessToken(A, READ_SCOPES)));
    expect(outcomes.filter(outcome => outcome.status === 'fulfilled')).toEqual([]);
  });
});

describe('a wrong token from the sign-in service', () => {
  it.each([
    ['access token', { accessToken: B }],
    ['id token', { idToken: B }],
    ['both', { accessToken: B, idToken: B }],
  ])('is not handed out: %s', async (_name, mixedUp) => {
    const { auth, entra } = await startSignedIn();
    entra.mixedUp.set(A, mixedUp);
    await expect(auth.accessToken(A, READ_SCOPES)).rejects.toBeInstanceOf(WrongTenantTokenError);
    // Nor does it lie in the cache for the next one.
    await expect(auth.accessToken(A, READ_SCOPES)).rejects.toBeInstanceOf(WrongTenantTokenError);
    entra.mixedUp.clear();
    expect(readTokenTenant((await auth.accessToken(A, READ_SCOPES)).token)).toEqual({ form: 'jwt', tenantId: A });
  });

  it('fails a prompt for a tenant', async () => {
    const { auth, entra } = await startSignedIn();
    entra.mixedUp.set(A, { accessToken: B });
    await expect(auth.signInToTenant(A, READ_SCOPES)).rejects.toMatchObject({
      problem: { kind: 'wrongTenantToken', wrong: 'tenant' },
    });
  });

  it('fails the sign-in at home and leaves nobody signed in', async () => {
    const { auth, entra } = await startAuth();
    entra.mixedUp.set(HOME, { accessToken: B });
    await expect(auth.signIn()).rejects.toMatchObject({ problem: { kind: 'wrongTenantToken' } });
    expect(auth.accounts()[0]).toBeUndefined();
  });

  it('an account other than the one signed in, chosen in the browser, gets in nowhere', async () => {
    const { auth, entra, secrets } = await startSignedIn();
    const own = await auth.accessToken(B, READ_SCOPES);
    const toni = entra.person;
    entra.person = aPerson({ objectId: 'aaaaaaaa-0000-4000-8000-00000000000f', username: 'other@msp.example' });
    await expect(auth.signInToTenant(A, READ_SCOPES)).rejects.toMatchObject({
      problem: { kind: 'wrongTenantToken', wrong: 'account', tenantId: A },
    });
    entra.person = toni;
    expect((await auth.accessToken(B, READ_SCOPES)).token).toBe(own.token);
    expect(auth.accounts()[0]?.username).toBe('tech@msp.example');
    await auth.stop();
    expect([...secrets.kept.values()].join()).not.toContain('0000000000f');
  });
});

/**
 * What MSAL itself does with the calls that look right, on the same cache. These rows are why the service asks and checks as
 * it does: should a newer MSAL behave otherwise, this tells.
 */
describe('MSAL, asked in other ways', () => {
  async function signedInMsal() {
    const entra = new EntraStandIn();
    const network = new EntraNetwork({ fetch: entra.fetch, clock: new HandClock(), timeoutSeconds: 30 });
    const cache = new TokenCache();
    const msal = createMsal(entra.cloud, network, cache);
    const authority = (tenant: string) => toAuthority(entra.cloud, tenant);
    const scopes = [...READ_SCOPES];
    const home = await msal.acquireTokenInteractive({
      scopes,
      authority: authority('organizations'),
      openBrowser: address => entra.openUrl(new URL(address)),
    });
    if (home.account === null) throw new Error('The stand-in signed nobody in.');
    return { entra, cache, msal, authority, scopes, account: home.account };
  }
  const tenantOf = (token: string) => {
    const read = readTokenTenant(token);
    return read.form === 'jwt' ? read.tenantId : undefined;
  };

  it("the home account with A's authority: the home token, and a result that names A's authority", async () => {
    const { msal, authority, scopes, account } = await signedInMsal();
    const result = await msal.acquireTokenSilent({ scopes, authority: authority(A), account });
    expect([tenantOf(result.accessToken), result.tenantId, result.fromCache]).toEqual([HOME, HOME, true]);
    expect(result.authority).toContain(A);
    const forced = await msal.acquireTokenSilent({ scopes, authority: authority(A), account, forceRefresh: true });
    expect([tenantOf(forced.accessToken), forced.fromCache]).toEqual([A, false]);
  });

  it("the account of B with A's authority: B's token", async () => {
    const { msal, authority, scopes, account } = await signedInMsal();
    const inB = { ...account, tenantId: B };
    await msal.acquireTokenSilent({ scopes, authority: authority(B), account: inB });
    const result = await msal.acquireTokenSilent({ scopes, authority: authority(A), account: inB });
    expect([tenantOf(result.accessToken), result.tenantId]).toEqual([B, B]);
  });

  it('a second application of B over the same cache, with the home account: the home token', async () => {
    const { entra, cache, authority, scopes, account } = await signedInMsal();
    const second = new PublicClientApplication({
      auth: { clientId: entra.cloud.clientId, authority: authority(B) },
      cache: { cachePlugin: cache },
    });
    const result = await second.acquireTokenSilent({ scopes, account });
    expect(tenantOf(result.accessToken)).toBe(HOME);
  });

  it("the account with A's id and A's authority: A's token, then A's from the cache", async () => {
    const { msal, authority, scopes, account } = await signedInMsal();
    const request = { scopes, authority: authority(A), account: { ...account, tenantId: A } };
    const results = [await msal.acquireTokenSilent(request), await msal.acquireTokenSilent(request)];
    expect(results.map(result => [tenantOf(result.accessToken), result.tenantId, result.fromCache])).toEqual([
      [A, A, false],
      [A, A, true],
    ]);
  });
});
