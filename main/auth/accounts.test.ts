import { describe, expect, it, vi } from 'vitest';
import { READ_SCOPES, type AuthService } from './index.ts';
import { toAccountId } from './account-id.ts';
import { aPerson, aTenantId, type EntraStandIn } from './testing/entra-stand-in.ts';
import { MemorySecrets } from './testing/memory-secrets.ts';
import { startAuth, startSignedIn, type Started } from './testing/start-auth.ts';

const A = aTenantId(1);
const B = aTenantId(2);
const OWN_APP = '22222222-0000-4000-8000-000000000002';
const toni = aPerson();
const berta = aPerson({
  objectId: 'bbbbbbbb-0000-4000-8000-00000000000b',
  homeTenantId: '88888888-0000-4000-8000-000000000008',
  username: 'berta@other.example',
  name: 'Berta',
});
const idOf = ({ objectId, homeTenantId }: typeof toni) => toAccountId(`${objectId}.${homeTenantId}`);
const TONI = idOf(toni);
const BERTA = idOf(berta);

/** Both signed in; Toni works in A, Berta in B. */
async function bothIn(given: Parameters<typeof startSignedIn>[0] = {}): Promise<Started> {
  const started = await startSignedIn(given);
  started.entra.person = berta;
  await started.auth.signIn();
  await started.auth.setAccess(A, { accountId: TONI });
  await started.auth.setAccess(B, { accountId: BERTA });
  return started;
}

/** What a token says of its person, tenant and application. */
async function tokenIn(auth: AuthService, tenantId: string, options?: { readonly forceRefresh: boolean }) {
  const { token } = await auth.accessToken(tenantId, READ_SCOPES, options);
  const claims: { upn: string; tid: string; appid: string } = JSON.parse(
    Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'),
  );
  return `${claims.upn} in ${claims.tid} by ${claims.appid}`;
}

const inOf = (person: typeof toni, tenantId: string, entra: EntraStandIn, clientId = entra.cloud.clientId) =>
  `${person.username} in ${tenantId} by ${clientId}`;

describe('several accounts', () => {
  it('are signed in beside each other, and each tenant has the tokens of its own, from the cache and afresh', async () => {
    const { auth, entra } = await bothIn();
    expect(auth.accounts().map(({ username }) => username)).toEqual([toni.username, berta.username]);
    for (const forceRefresh of [false, false, true]) {
      expect(await tokenIn(auth, A, { forceRefresh })).toBe(inOf(toni, A, entra));
      expect(await tokenIn(auth, B, { forceRefresh })).toBe(inOf(berta, B, entra));
    }
    expect([auth.accountIn(A)?.username, auth.accountIn(B)?.username]).toEqual([toni.username, berta.username]);
  });

  it('lose and mix up nothing of many calls at once', async () => {
    const { auth, entra } = await bothIn();
    const tenants = Array.from({ length: 40 }, (_, n) => aTenantId(100 + n));
    await Promise.all(tenants.map((id, n) => auth.setAccess(id, { accountId: n % 2 === 0 ? TONI : BERTA })));
    for (const round of [1, 2, 3]) {
      const told = await Promise.all(tenants.map(id => tokenIn(auth, id, { forceRefresh: round === 2 })));
      expect(told).toEqual(tenants.map((id, n) => inOf(n % 2 === 0 ? toni : berta, id, entra)));
    }
  });

  it('need to be chosen for a tenant: one that is nobody’s gets no token once there are two', async () => {
    const { auth, entra } = await startSignedIn();
    expect(await tokenIn(auth, A)).toBe(inOf(toni, A, entra));
    entra.person = berta;
    await auth.signIn();
    const refused = { problem: { kind: 'accountNotChosen', tenantId: A } };
    await expect(auth.accessToken(A, READ_SCOPES)).rejects.toMatchObject(refused);
    await expect(auth.signInToTenant(A, READ_SCOPES)).rejects.toMatchObject(refused);
    expect(auth.accountIn(A)).toBeUndefined();
  });

  it('sign out one by one: the other goes on from its cache, and nothing of the first is kept', async () => {
    const { auth, entra, secrets } = await bothIn();
    const [, ofB] = [await tokenIn(auth, A), (await auth.accessToken(B, READ_SCOPES)).token];
    await auth.signOut(TONI);
    expect(auth.accounts().map(({ id }) => id)).toEqual([BERTA]);
    // Not Berta's by being the only one: it is Toni's until somebody changes that.
    await expect(auth.accessToken(A, READ_SCOPES)).rejects.toMatchObject({
      problem: { kind: 'signedOut', tenantId: A },
    });
    const before = entra.requests.length;
    expect((await auth.accessToken(B, READ_SCOPES)).token).toBe(ofB);
    expect(entra.requests).toHaveLength(before);
    await auth.stop();
    const kept = [...secrets.kept.values()].join();
    expect(kept).toContain(berta.username);
    expect(kept).not.toContain(toni.username);
    expect(kept).not.toContain(A);
  });

  it('are all in use after a restart; what is bound is told by the caller', async () => {
    const first = await bothIn();
    await tokenIn(first.auth, A);
    await first.auth.stop();
    const access = new Map([
      [A, { accountId: TONI }],
      [B, { accountId: BERTA }],
    ]);
    const { auth, entra } = await startAuth({ entra: first.entra, secrets: first.secrets, access });
    expect(auth.accounts().map(({ username }) => username)).toEqual([toni.username, berta.username]);
    const before = entra.requests.length;
    expect(await tokenIn(auth, A)).toBe(inOf(toni, A, entra));
    expect(entra.requests).toHaveLength(before);
    expect(await tokenIn(auth, B)).toBe(inOf(berta, B, entra));
    expect(entra.visited).toHaveLength(2);
  });

  it('keep each other’s sign-in where one is damaged on the disk', async () => {
    const first = await bothIn();
    await first.auth.stop();
    const name = `sign-in-${first.entra.cloud.clientId}`;
    expect([...first.secrets.kept.keys()].toSorted()).toEqual([name, `${name}-2`]);
    first.secrets.kept.set(name, 'not json');
    const { auth, entra, secrets } = await startAuth({ ...first, access: new Map([[B, { accountId: BERTA }]]) });
    expect(auth.state()).toMatchObject({ status: 'signedIn', keptSignIn: 'setAside', accounts: [{ id: BERTA }] });
    expect(await tokenIn(auth, B)).toBe(inOf(berta, B, entra));
    // The free place is taken anew, and Berta's stays.
    entra.person = toni;
    await auth.signIn();
    await auth.stop();
    expect(secrets.kept.get(name)).toContain(toni.username);
    expect(secrets.kept.get(`${name}-2`)).toContain(berta.username);
  });

  it('of whom one can’t be written down are told to be failing until all are', async () => {
    const secrets = new MemorySecrets();
    const { auth } = await bothIn({ secrets });
    secrets.failSave = new Error('disk full');
    await auth.accessToken(A, READ_SCOPES);
    await auth.accessToken(B, READ_SCOPES);
    await vi.waitFor(() => expect(auth.state().tokenStorage).toBe('failing'));
    secrets.failSave = undefined;
    await auth.accessToken(A, READ_SCOPES, { forceRefresh: true });
    await auth.accessToken(B, READ_SCOPES, { forceRefresh: true });
    await vi.waitFor(() => expect(auth.state().tokenStorage).toBe('encrypted'));
  });

  it('are sixteen at most', async () => {
    const { auth, entra } = await startAuth();
    for (let n = 0; n < 16; n++) {
      entra.person = aPerson({ objectId: `aaaaaaaa-0000-4000-8000-0000000000${n.toString(16).padStart(2, '0')}` });
      await auth.signIn();
    }
    entra.person = berta;
    await expect(auth.signIn()).rejects.toMatchObject({ problem: { kind: 'unexpected', code: 'too_many_accounts' } });
    expect(auth.accounts()).toHaveLength(16);
  });

  it('are asked at home for themselves, whatever the tenants say', async () => {
    const { auth } = await bothIn();
    const { tenantId, token } = await auth.asAccount(BERTA).accessToken(berta.homeTenantId, READ_SCOPES);
    expect(tenantId).toBe(berta.homeTenantId);
    expect(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')).toContain(berta.username);
    await expect(auth.asAccount('ffffffffffffffff').accessToken(A, READ_SCOPES)).rejects.toMatchObject({
      problem: { kind: 'signedOut' },
    });
  });
});

describe('a tenant that is given to another account', () => {
  it('has its tokens from then on, and leaves none with the former', async () => {
    const { auth, entra, secrets } = await bothIn();
    const { token } = await auth.accessToken(A, READ_SCOPES);
    await auth.setAccess(A, { accountId: BERTA });
    expect(await tokenIn(auth, A)).toBe(inOf(berta, A, entra));
    await auth.stop();
    expect([...secrets.kept.values()].join()).not.toContain(token);
  });

  it('while a token of the former is on its way: it is not handed out', async () => {
    const { auth, entra } = await bothIn();
    const gate = Promise.withResolvers<void>();
    entra.gate = gate.promise;
    const refused = expect(auth.accessToken(A, READ_SCOPES)).rejects.toMatchObject({ problem: { kind: 'cancelled' } });
    await vi.waitFor(() => expect(entra.requestsOf(A)).toHaveLength(1));
    const given = auth.setAccess(A, { accountId: BERTA });
    gate.resolve();
    await refused;
    await given;
    expect(await tokenIn(auth, A)).toBe(inOf(berta, A, entra));
  });
});

describe('an application of a tenant’s own', () => {
  it('is signed in to at the tenant, once, as the tenant’s account; then both applications have tokens of their own', async () => {
    const { auth, entra } = await startSignedIn();
    await auth.setAccess(A, { accountId: TONI, clientId: OWN_APP.toUpperCase() });
    expect([auth.clientIdIn(A), auth.clientIdIn(B)]).toEqual([OWN_APP, entra.cloud.clientId]);
    const needed = { problem: { kind: 'notSignedInHere', tenantId: A } };
    await expect(auth.accessToken(A, READ_SCOPES)).rejects.toMatchObject(needed);
    await auth.signInToTenant(A, READ_SCOPES);
    const authorize = entra.visited[1];
    expect(authorize?.pathname).toBe(`/${A}/oauth2/v2.0/authorize`);
    expect(authorize?.searchParams.get('client_id')).toBe(OWN_APP);
    expect(authorize?.searchParams.get('login_hint')).toBe(toni.username);
    expect(await tokenIn(auth, A)).toBe(inOf(toni, A, entra, OWN_APP));
    expect(await tokenIn(auth, A, { forceRefresh: true })).toBe(inOf(toni, A, entra, OWN_APP));
    expect(await tokenIn(auth, B)).toBe(inOf(toni, B, entra));
    expect(auth.accounts()).toHaveLength(1);
  });

  it('is remembered over a restart, with the account', async () => {
    const first = await startSignedIn();
    const access = new Map([[A, { accountId: TONI, clientId: OWN_APP }]]);
    await first.auth.setAccess(A, { accountId: TONI, clientId: OWN_APP });
    await first.auth.signInToTenant(A, READ_SCOPES);
    await first.auth.stop();
    const { auth, entra } = await startAuth({ entra: first.entra, secrets: first.secrets, access });
    expect(await tokenIn(auth, A)).toBe(inOf(toni, A, entra, OWN_APP));
    expect(entra.visited).toHaveLength(2);
  });

  it('that somebody else signs in to gets in nowhere, and is not kept', async () => {
    const { auth, entra, secrets } = await startSignedIn();
    await auth.setAccess(A, { accountId: TONI, clientId: OWN_APP });
    entra.person = berta;
    await expect(auth.signInToTenant(A, READ_SCOPES)).rejects.toMatchObject({
      problem: { kind: 'wrongTenantToken', wrong: 'account', tenantId: A },
    });
    await auth.stop();
    expect(auth.accounts()).toHaveLength(1);
    expect([...secrets.kept.values()].join()).not.toContain(berta.username);
  });

  it('goes with the last tenant that uses it, by forgetting and by change, and with its account', async () => {
    const ends: readonly ((auth: AuthService) => Promise<void>)[] = [
      auth => auth.forgetTenant(A),
      auth => auth.setAccess(A, { accountId: TONI }),
      auth => auth.signOut(TONI),
    ];
    for (const end of ends) {
      const { auth, entra, secrets } = await startSignedIn();
      await auth.setAccess(A, { accountId: TONI, clientId: OWN_APP });
      await auth.signInToTenant(A, READ_SCOPES);
      await vi.waitFor(() => expect([...secrets.kept.keys()].join()).toContain(OWN_APP));
      await end(auth);
      await auth.stop();
      expect([...secrets.kept.keys()].join()).not.toContain(OWN_APP);
      expect(entra.visited).toHaveLength(2);
    }
  });

  it('is kept as long as another tenant uses it', async () => {
    const { auth, entra } = await startSignedIn();
    for (const id of [A, B]) await auth.setAccess(id, { accountId: TONI, clientId: OWN_APP });
    await auth.signInToTenant(A, READ_SCOPES);
    await auth.forgetTenant(A);
    expect(await tokenIn(auth, B)).toBe(inOf(toni, B, entra, OWN_APP));
    await expect(auth.accessToken(A, READ_SCOPES)).rejects.toMatchObject({ problem: { tenantId: A } });
  });

  it('an account that is signed out signs in again at its tenant', async () => {
    const { auth, entra } = await bothIn();
    await auth.signOut(TONI);
    entra.person = toni;
    await auth.signInToTenant(A, READ_SCOPES, { username: toni.username });
    expect(entra.visited.at(-1)?.searchParams.get('login_hint')).toBe(toni.username);
    expect(await tokenIn(auth, A)).toBe(inOf(toni, A, entra));
    expect(auth.accounts().map(({ id }) => id)).toEqual([BERTA, TONI]);
  });
});
