import { describe, expect, it, vi } from 'vitest';
import { READ_SCOPES, RESTORE_WRITE_SCOPES } from './index.ts';
import { aTenantId, grantOf, inOnePiece } from './testing/entra-stand-in.ts';
import { startSignedIn } from './testing/start-auth.ts';
import { readTokenTenant } from './token-tenant.ts';

const A = aTenantId(1);
const B = aTenantId(2);

describe('a token without a prompt', () => {
  it('is of the tenant asked for, after one sign-in at home', async () => {
    const { auth, entra } = await startSignedIn();
    const a = await auth.accessToken(A, READ_SCOPES);
    const b = await auth.accessToken(B, READ_SCOPES);
    expect(readTokenTenant(a.token)).toEqual({ form: 'jwt', tenantId: A });
    expect(readTokenTenant(b.token)).toEqual({ form: 'jwt', tenantId: B });
    expect([a.tenantId, b.tenantId]).toEqual([A, B]);
    expect(entra.visited).toHaveLength(1);
    expect(entra.requests.map(request => `${request.grantType} ${request.tenant}`)).toEqual([
      'authorization_code organizations',
      `refresh_token ${A}`,
      `refresh_token ${B}`,
    ]);
  });

  it('comes from the cache the second time, under any spelling of tenant and scopes', async () => {
    const { auth, entra } = await startSignedIn();
    const first = await auth.accessToken(A, READ_SCOPES);
    const second = await auth.accessToken(
      A.toUpperCase(),
      READ_SCOPES.map(scope => scope.replace('https://graph.microsoft.com/', '')),
    );
    expect(second).toEqual(first);
    expect(entra.requestsOf(A)).toHaveLength(1);
  });
});

describe('renewal', () => {
  it('goes to the sign-in service when a token is near its end', async () => {
    const { auth, entra } = await startSignedIn();
    // MSAL renews what has less than 300 s to live.
    entra.expiresIn = 200;
    const first = await auth.accessToken(A, READ_SCOPES);
    entra.expiresIn = 3600;
    const second = await auth.accessToken(A, READ_SCOPES);
    const third = await auth.accessToken(A, READ_SCOPES);
    expect(second.token).not.toBe(first.token);
    expect(third.token).toBe(second.token);
    expect(second.expiresAt - first.expiresAt).toBeGreaterThan(3000);
  });

  it('is forced by a refused token, and by a challenge, which is handed on', async () => {
    const { auth, entra } = await startSignedIn();
    const claims = '{"access_token":{"nbf":{"essential":true,"value":"1700000000"}}}';
    await auth.accessToken(A, READ_SCOPES);
    await auth.accessToken(A, READ_SCOPES, { forceRefresh: true });
    await auth.accessToken(A, READ_SCOPES, { claims });
    const asked = entra.requestsOf(A);
    expect(asked).toHaveLength(3);
    expect(asked[1]?.claims).not.toContain('nbf');
    expect(JSON.parse(asked[2]?.claims ?? '{}')).toMatchObject({
      access_token: { nbf: { value: '1700000000' }, xms_cc: { values: ['CP1'] } },
    });
  });
});

describe('write scopes', () => {
  it('are in no request until somebody asks for them', async () => {
    const { auth, entra } = await startSignedIn();
    await auth.accessToken(A, READ_SCOPES);
    expect(JSON.stringify(entra.requests)).not.toContain('ReadWrite');
    await auth.accessToken(A, RESTORE_WRITE_SCOPES);
    expect(entra.requestsOf(A).at(-1)?.scopes).toEqual(expect.arrayContaining([...RESTORE_WRITE_SCOPES]));
  });

  it('that came without being granted are a missing consent', async () => {
    const { auth, entra } = await startSignedIn();
    entra.answers.set(A, async () =>
      grantOf(entra, A, 'openid profile https://graph.microsoft.com/BackupRestore-Control.Read.All'),
    );
    await expect(
      auth.accessToken(A, ['BackupRestore-Control.Read.All', ...RESTORE_WRITE_SCOPES]),
    ).rejects.toMatchObject({
      problem: { kind: 'consentMissing', scopes: RESTORE_WRITE_SCOPES, declined: false, tenantId: A },
    });
  });
});

describe('many at once', () => {
  it('serves 100 tenants from answers that come at one moment, and keeps every one', async () => {
    const { auth, entra, secrets } = await startSignedIn();
    const gate = Promise.withResolvers<void>();
    entra.gate = gate.promise;
    const tenants = Array.from({ length: 100 }, (_, n) => aTenantId(n + 1));
    const asked = tenants.map(tenant => auth.accessToken(tenant, READ_SCOPES));
    while (entra.requests.length < 101) await new Promise(setImmediate);
    gate.resolve();
    const tokens = await Promise.all(asked);
    expect(tokens.map(token => readTokenTenant(token.token).form === 'jwt' && token.tenantId)).toEqual(tenants);
    // A second round asks nothing: no save has lost what another added.
    const again = await Promise.all(tenants.map(tenant => auth.accessToken(tenant, READ_SCOPES)));
    expect(again.map(token => token.token)).toEqual(tokens.map(token => token.token));
    expect(entra.requests).toHaveLength(101);
    await auth.stop();
    const kept = [...secrets.kept.values()].join();
    expect(tokens.filter(token => !kept.includes(token.token))).toEqual([]);
  });

  it('interleaves cached calls with answers and loses nothing', async () => {
    const { auth, entra } = await startSignedIn();
    const tenants = Array.from({ length: 20 }, (_, n) => aTenantId(n + 1));
    for (let round = 0; round < 5; round++) {
      await Promise.all(
        tenants.flatMap((tenant, n) => [
          auth.accessToken(tenant, READ_SCOPES, { forceRefresh: n % 3 === round % 3 }),
          auth.accessToken(tenant, READ_SCOPES),
        ]),
      );
    }
    const before = entra.requests.length;
    await Promise.all(tenants.map(tenant => auth.accessToken(tenant, READ_SCOPES)));
    expect(entra.requests).toHaveLength(before);
  });

  it('loses no answer to another, or to a call that begins while MSAL is taking it in', async () => {
    const { auth, entra } = await startSignedIn();
    await auth.accessToken(B, READ_SCOPES);
    // For each settled promise that the taking-in may be waiting for, one round in which calls begin just then.
    for (let n = 0; n < 8; n++) {
      const tenants = [0, 1, 2].map(m => aTenantId(100 + 10 * n + m));
      const answered = Promise.withResolvers<void>();
      for (const tenant of tenants) {
        entra.answers.set(tenant, async () => {
          await answered.promise;
          return inOnePiece(grantOf(entra, tenant, `openid profile ${READ_SCOPES.join(' ')}`));
        });
      }
      const waiting = tenants.map(tenant => auth.accessToken(tenant, READ_SCOPES));
      await vi.waitFor(() => expect(tenants.every(tenant => entra.requestsOf(tenant).length === 1)).toBe(true));
      answered.resolve();
      const cached = Array.from({ length: 25 }, async (_, delay) => {
        for (let settled = 0; settled < delay * 8 + n; settled++) await Promise.resolve();
        return auth.accessToken(B, READ_SCOPES);
      });
      const tokens = await Promise.all(waiting);
      await Promise.all(cached);
      expect(await Promise.all(tenants.map(tenant => auth.accessToken(tenant, READ_SCOPES)))).toEqual(tokens);
      expect(tenants.map(tenant => entra.requestsOf(tenant).length)).toEqual([1, 1, 1]);
    }
    expect(entra.requestsOf(B)).toHaveLength(1);
  });

  it('asks once for 100 calls of one tenant', async () => {
    const { auth, entra } = await startSignedIn();
    const tokens = await Promise.all(Array.from({ length: 100 }, () => auth.accessToken(A, READ_SCOPES)));
    expect(new Set(tokens.map(token => token.token)).size).toBe(1);
    expect(entra.requestsOf(A)).toHaveLength(1);
  });

  it('ends the waiting of one who gives up, and of no other', async () => {
    const { auth, entra } = await startSignedIn();
    const gate = Promise.withResolvers<void>();
    entra.gate = gate.promise;
    const giving = new AbortController();
    const given = auth.accessToken(A, READ_SCOPES, { signal: giving.signal });
    const waiting = auth.accessToken(A, READ_SCOPES);
    giving.abort();
    await expect(given).rejects.toMatchObject({ problem: { kind: 'cancelled', tenantId: A } });
    gate.resolve();
    await expect(waiting).resolves.toMatchObject({ tenantId: A });
    await expect(auth.accessToken(A, READ_SCOPES, { signal: giving.signal })).rejects.toMatchObject({
      problem: { kind: 'cancelled' },
    });
  });
});

describe('without a sign-in', () => {
  it('there is no token, and nothing is asked', async () => {
    const { auth, entra } = await startSignedIn();
    await auth.signOut();
    await expect(auth.accessToken(A, READ_SCOPES)).rejects.toMatchObject({
      problem: { kind: 'signedOut', tenantId: A },
    });
    expect(entra.requestsOf(A)).toEqual([]);
  });

  it('a domain in place of a tenant id is refused, since the cache would never find it', async () => {
    const { auth, entra } = await startSignedIn();
    await expect(auth.accessToken('contoso.example', READ_SCOPES)).rejects.toMatchObject({
      problem: { kind: 'unknownTenant', asked: 'contoso.example' },
    });
    expect(entra.requests).toHaveLength(1);
  });
});
