import { describe, expect, it, vi } from 'vitest';
import { SecretStoreUnavailableError, SecretUnreadableError } from '../host.ts';
import { READ_SCOPES, type AuthState } from './index.ts';
import { toAccountId } from './account-id.ts';
import { aPerson, aTenantId, EntraStandIn } from './testing/entra-stand-in.ts';
import { MemorySecrets } from './testing/memory-secrets.ts';
import { startAuth, startSignedIn, type Started } from './testing/start-auth.ts';

const A = aTenantId(1);
const B = aTenantId(2);
const NAME = `sign-in-${new EntraStandIn().cloud.clientId}`;
const SET_ASIDE = `${NAME}-set-aside`;
const FORGOTTEN = `forgotten-tenants-${new EntraStandIn().cloud.clientId}`;

/** A sign-in with tokens of A and B, kept, and the console closed. */
async function keptSignIn(): Promise<Started & { readonly tokenOfA: string; readonly tokenOfB: string }> {
  const started = await startSignedIn();
  const tokenOfA = (await started.auth.accessToken(A, READ_SCOPES)).token;
  const tokenOfB = (await started.auth.accessToken(B, READ_SCOPES)).token;
  await started.auth.stop();
  return { ...started, tokenOfA, tokenOfB };
}

describe('a sign-in kept from last time', () => {
  it('is in use at once, with its tokens, and asks nobody', async () => {
    const { entra, secrets, tokenOfA } = await keptSignIn();
    const before = entra.requests.length;
    const { auth } = await startAuth({ entra, secrets });
    expect(auth.state()).toEqual({
      status: 'signedIn',
      keptSignIn: 'fine',
      tokenStorage: 'encrypted',
      accounts: [
        {
          id: toAccountId(`${aPerson().objectId}.${aPerson().homeTenantId}`),
          username: 'tech@msp.example',
          displayName: 'Toni Technician',
          homeTenantId: aPerson().homeTenantId,
          homeAccountId: `${aPerson().objectId}.${aPerson().homeTenantId}`,
        },
      ],
    });
    expect((await auth.accessToken(A, READ_SCOPES)).token).toBe(tokenOfA);
    expect(entra.requests).toHaveLength(before);
    // And its refresh token reaches a tenant that was never asked before.
    await expect(auth.accessToken(aTenantId(3), READ_SCOPES)).resolves.toMatchObject({ tenantId: aTenantId(3) });
  });

  it('of another app id is not touched', async () => {
    const { entra, secrets } = await keptSignIn();
    const cloud = { ...entra.cloud, clientId: '22222222-0000-4000-8000-000000000002' };
    const { auth } = await startAuth({ entra, secrets, cloud });
    expect(auth.accounts()[0]).toBeUndefined();
    expect(secrets.kept.has(NAME)).toBe(true);
  });

  const entries = (text: string): { cache: string } => JSON.parse(text);
  const damages: readonly [string, (text: string) => string][] = [
    ['cut off', text => text.slice(0, text.length / 2)],
    ['empty', () => ''],
    ['no JSON', () => 'not json'],
    ['another format', text => JSON.stringify({ ...entries(text), format: 2 })],
    ['a cache cut off', text => JSON.stringify({ ...entries(text), cache: entries(text).cache.slice(0, 300) })],
    ['a cache of null', text => JSON.stringify({ ...entries(text), cache: 'null' })],
    ['an empty cache', text => JSON.stringify({ ...entries(text), cache: '{}' })],
    ['accounts that are a list', text => changeCache(text, cache => ({ ...cache, Account: [] }))],
    ['accounts that are null', text => changeCache(text, cache => ({ ...cache, Account: { key: null } }))],
    ['a tenant profile that is no JSON', text => text.replace('tenantProfiles\\":[\\"{', 'tenantProfiles\\":[\\"!')],
    ['tokens without secrets', text => changeCache(text, cache => ({ ...cache, AccessToken: { key: { realm: A } } }))],
    ['somebody else in it', text => changeCache(text, cache => ({ ...cache, Account: {} }))],
  ];

  it.each(damages)('that is damaged is set aside, told, and replaced by the next one: %s', async (_name, damage) => {
    const { entra, secrets } = await keptSignIn();
    const damaged = damage(secrets.kept.get(NAME) ?? '');
    expect(damaged).not.toBe(secrets.kept.get(NAME));
    secrets.kept.set(NAME, damaged);
    const { auth, logged } = await startAuth({ entra, secrets });
    expect(auth.state()).toEqual({
      status: 'signedOut',
      accounts: [],
      keptSignIn: 'setAside',
      tokenStorage: 'encrypted',
    });
    expect(secrets.kept.get(SET_ASIDE)).toBe(damaged);
    expect(secrets.kept.has(NAME)).toBe(false);
    expect(logged.join()).toContain('keptSignInRefused');
    await auth.signIn();
    expect(auth.state()).toMatchObject({ status: 'signedIn', keptSignIn: 'fine' });
    await expect(auth.accessToken(A, READ_SCOPES)).resolves.toMatchObject({ tenantId: A });
    await auth.stop();
    expect((await startAuth({ entra, secrets })).auth.state()).toMatchObject({ status: 'signedIn' });
  });

  it("that can't be decrypted leaves the console signed out and says so", async () => {
    const { entra, secrets } = await keptSignIn();
    secrets.failLoad = new SecretUnreadableError('wrong key');
    const { auth } = await startAuth({ entra, secrets });
    expect(auth.state()).toMatchObject({ status: 'signedOut', keptSignIn: 'unreadable' });
    await auth.signIn();
    expect(auth.state()).toMatchObject({ status: 'signedIn', keptSignIn: 'fine' });
  });

  it("that can't be set aside leaves the console usable all the same", async () => {
    const { entra, secrets } = await keptSignIn();
    secrets.kept.set(NAME, 'damaged');
    secrets.failSave = new SecretStoreUnavailableError('no keyring');
    const { auth } = await startAuth({ entra, secrets });
    expect(auth.state()).toMatchObject({ status: 'signedOut', keptSignIn: 'setAside' });
    expect(secrets.kept.get(NAME)).toBe('damaged');
  });
});

describe('keeping', () => {
  it('happens in the background: no token waits for the disk', async () => {
    const secrets = new MemorySecrets();
    const gate = Promise.withResolvers<void>();
    secrets.gate = gate.promise;
    const { auth } = await startSignedIn({ secrets });
    await auth.accessToken(A, READ_SCOPES);
    const { token } = await auth.accessToken(B, READ_SCOPES);
    expect(secrets.writes).toEqual([]);
    const stopped = auth.stop();
    gate.resolve();
    await stopped;
    expect(secrets.kept.get(NAME)).toContain(token);
    // What was overtaken while it waited was never written.
    expect(secrets.writes.length).toBeLessThanOrEqual(2);
  });

  it('that fails is told, leaves the tokens in use, and is tried again', async () => {
    const secrets = new MemorySecrets();
    secrets.failSave = new SecretStoreUnavailableError('no keyring: tech@msp.example');
    const { auth, logged } = await startSignedIn({ secrets });
    await vi.waitFor(() => expect(auth.state()).toMatchObject({ status: 'signedIn', tokenStorage: 'failing' }));
    await expect(auth.accessToken(A, READ_SCOPES)).resolves.toMatchObject({ tenantId: A });
    expect(secrets.kept.size).toBe(0);
    expect(logged.join()).toContain('SecretStoreUnavailableError');
    expect(logged.join()).not.toContain('msp.example');
    secrets.failSave = undefined;
    await auth.stop();
    expect(secrets.kept.has(NAME)).toBe(true);
    expect(auth.state().tokenStorage).toBe('encrypted');
  });

  it('in memory is called so', async () => {
    class Volatile extends MemorySecrets {
      override readonly isPersistent = false;
    }
    const { auth } = await startSignedIn({ secrets: new Volatile() });
    expect(auth.state().tokenStorage).toBe('memory');
  });

  it('goes through the secret store alone', async () => {
    const { secrets } = await keptSignIn();
    expect([...secrets.kept.keys()]).toEqual([NAME]);
  });
});

describe('forgetting a tenant', () => {
  it('removes its tokens and its profile from what is kept, and leaves the others', async () => {
    const { auth, entra, secrets } = await startSignedIn();
    const ofA = await auth.accessToken(A, READ_SCOPES);
    const ofB = await auth.accessToken(B, READ_SCOPES);
    await auth.forgetTenant(A.toUpperCase());
    const kept = secrets.kept.get(NAME) ?? '';
    expect(kept).not.toContain(ofA.token);
    expect(kept).not.toContain(A);
    expect(kept).toContain(ofB.token);
    const before = entra.requests.length;
    expect(await auth.accessToken(B, READ_SCOPES)).toEqual(ofB);
    expect(entra.requests).toHaveLength(before);
    // No later write brings it back out of MSAL's memory.
    await auth.accessToken(B, READ_SCOPES, { forceRefresh: true });
    await auth.signInToTenant(B, READ_SCOPES);
    await auth.stop();
    expect(secrets.kept.get(NAME)).not.toContain(A);
  });

  it('gives it no token until it is added again, after a restart and another sign-in too', async () => {
    const { auth, entra, secrets } = await startSignedIn();
    await auth.forgetTenant(A);
    const refused = { problem: { kind: 'tenantForgotten', tenantId: A } };
    await expect(auth.accessToken(A, READ_SCOPES)).rejects.toMatchObject(refused);
    await expect(auth.signInToTenant(A, READ_SCOPES)).rejects.toMatchObject(refused);
    expect(await auth.consentOf(A, READ_SCOPES.slice(0, 1))).toMatchObject([{ consent: 'unknown', ...refused }]);
    await auth.signOut();
    await auth.stop();
    const again = await startSignedIn({ entra, secrets });
    await expect(again.auth.accessToken(A, READ_SCOPES)).rejects.toMatchObject(refused);
    expect(entra.requestsOf(A)).toEqual([]);
    await again.auth.rememberTenant(A.toUpperCase());
    await expect(again.auth.accessToken(A, READ_SCOPES)).resolves.toMatchObject({ tenantId: A });
    expect(secrets.kept.has(FORGOTTEN)).toBe(false);
    await again.auth.stop();
    const third = await startAuth({ entra, secrets });
    await expect(third.auth.accessToken(A, READ_SCOPES)).resolves.toMatchObject({ tenantId: A });
  });

  it('while its token is on its way: it is not handed out, and not kept', async () => {
    const { auth, entra, secrets } = await startSignedIn();
    const gate = Promise.withResolvers<void>();
    entra.gate = gate.promise;
    const waiting = auth.accessToken(A, READ_SCOPES);
    const refused = expect(waiting).rejects.toMatchObject({ problem: { kind: 'tenantForgotten' } });
    await vi.waitFor(() => expect(entra.requestsOf(A)).toHaveLength(1));
    await auth.forgetTenant(A);
    gate.resolve();
    await refused;
    await auth.stop();
    expect(secrets.kept.get(NAME)).not.toContain(A);
  });

  it('killed between the list and the tokens is made good at the next start', async () => {
    const { entra, secrets, tokenOfA, tokenOfB } = await keptSignIn();
    secrets.kept.set(FORGOTTEN, JSON.stringify([A]));
    const { auth } = await startAuth({ entra, secrets });
    await auth.stop();
    expect(secrets.kept.get(NAME)).not.toContain(tokenOfA);
    expect(secrets.kept.get(NAME)).toContain(tokenOfB);
  });

  it('that is the home tenant leaves the sign-in in order', async () => {
    const { auth, entra, secrets } = await startSignedIn();
    const home = aPerson().homeTenantId;
    await auth.forgetTenant(home);
    await expect(auth.accessToken(home, READ_SCOPES)).rejects.toMatchObject({ problem: { kind: 'tenantForgotten' } });
    const { token } = await auth.accessToken(A, READ_SCOPES);
    await auth.stop();
    const again = await startAuth({ entra, secrets });
    expect((await again.auth.accessToken(A, READ_SCOPES)).token).toBe(token);
  });

  it("whose tokens can't be written away: the whole secret goes; failing that, it is said", async () => {
    const { auth, secrets } = await startSignedIn();
    await auth.accessToken(A, READ_SCOPES);
    await vi.waitFor(() => expect(secrets.kept.get(NAME)).toContain(A));
    secrets.failSave = new SecretStoreUnavailableError('disk full');
    await expect(auth.forgetTenant(A)).rejects.toMatchObject({
      problem: { kind: 'unexpected', code: 'secret_not_written' },
    });
    expect(secrets.kept.has(NAME)).toBe(false);
    await expect(auth.accessToken(A, READ_SCOPES)).rejects.toMatchObject({ problem: { kind: 'tenantForgotten' } });
  });
});

describe('signing out', () => {
  it('removes the account, its tokens and what was set aside', async () => {
    const { entra, secrets } = await keptSignIn();
    secrets.kept.set(SET_ASIDE, 'damaged');
    const { auth } = await startAuth({ entra, secrets });
    await auth.signOut();
    expect(auth.state()).toEqual({ status: 'signedOut', accounts: [], keptSignIn: 'fine', tokenStorage: 'encrypted' });
    expect(secrets.kept.size).toBe(0);
    await auth.stop();
    expect(secrets.kept.size).toBe(0);
    expect((await startAuth({ entra, secrets })).auth.accounts()[0]).toBeUndefined();
  });

  it('while a token is on its way: it is not handed out, and nothing is kept', async () => {
    const { auth, entra, secrets } = await startSignedIn();
    const gate = Promise.withResolvers<void>();
    entra.gate = gate.promise;
    const refused = expect(auth.accessToken(A, READ_SCOPES)).rejects.toMatchObject({
      problem: { kind: 'signedOut', tenantId: A },
    });
    await vi.waitFor(() => expect(entra.requestsOf(A)).toHaveLength(1));
    await auth.signOut();
    gate.resolve();
    await refused;
    await auth.stop();
    expect(secrets.kept.size).toBe(0);
  });

  it("that can't remove the secret says so", async () => {
    const { auth, secrets } = await startSignedIn();
    secrets.failRemove = new Error('read-only');
    await expect(auth.signOut()).rejects.toMatchObject({ problem: { kind: 'unexpected', code: 'secret_not_removed' } });
    expect(auth.accounts()[0]).toBeUndefined();
  });
});

describe('watching', () => {
  it('begins with the state now, and ends with its signal', async () => {
    const { auth } = await startSignedIn();
    const ending = new AbortController();
    const seen: AuthState['status'][] = [];
    for await (const state of auth.watch(ending.signal)) {
      seen.push(state.status);
      if (state.status === 'signedIn') void auth.signOut();
      else ending.abort();
    }
    expect(seen).toEqual(['signedIn', 'signedOut']);
  });
});

function changeCache(text: string, change: (cache: Record<string, unknown>) => unknown): string {
  const kept: { cache: string } = JSON.parse(text);
  return JSON.stringify({ ...kept, cache: JSON.stringify(change(JSON.parse(kept.cache))) });
}
