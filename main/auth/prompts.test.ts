import { connect } from 'node:net';
import { describe, expect, it, vi } from 'vitest';
import { READ_SCOPES } from './index.ts';
import { toAccountId } from './account-id.ts';
import { aPerson, aTenantId, grantOf, inOnePiece, postForm } from './testing/entra-stand-in.ts';
import { startAuth, startSignedIn, type Started } from './testing/start-auth.ts';

const A = aTenantId(1);
const B = aTenantId(2);

/** Waits until the browser was asked for the n-th time; the loopback port listens from before then. */
async function promptOpen({ entra }: Started, n = 1): Promise<URL> {
  return vi.waitFor(() => {
    const url = entra.visited[n - 1];
    if (url === undefined) throw new Error('No browser was opened.');
    return url;
  });
}

function loopbackOf(authorize: URL): URL {
  return new URL(authorize.searchParams.get('redirect_uri') ?? '');
}

async function isListening(url: URL): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect(Number(url.port), '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}

describe('signing in at home', () => {
  it('uses PKCE, the organizations authority and a loopback address, and tells who signed in', async () => {
    const { auth, entra } = await startAuth();
    const account = await auth.signIn();
    expect(account).toEqual({
      id: toAccountId(`${aPerson().objectId}.${aPerson().homeTenantId}`),
      username: 'tech@msp.example',
      displayName: 'Toni Technician',
      homeTenantId: aPerson().homeTenantId,
      homeAccountId: `${aPerson().objectId}.${aPerson().homeTenantId}`,
    });
    expect(auth.accounts()[0]).toEqual(account);
    const authorize = entra.visited[0];
    expect(authorize?.pathname).toBe('/organizations/oauth2/v2.0/authorize');
    expect(authorize?.searchParams.get('code_challenge_method')).toBe('S256');
    expect(authorize?.searchParams.get('response_mode')).toBe('form_post');
    expect(authorize?.searchParams.get('prompt')).toBe('select_account');
    expect(loopbackOf(authorize ?? new URL('http://none')).hostname).toBe('localhost');
    expect(authorize?.searchParams.get('scope')).not.toContain('BackupRestore');
  });

  it('tells each step to those who watch', async () => {
    const { auth, entra } = await startAuth();
    const steps: string[] = [];
    const watching = (async () => {
      for await (const state of auth.watch()) steps.push(state.status);
    })();
    await new Promise(setImmediate);
    entra.visit = 'ignore';
    const signingIn = auth.signIn();
    const authorize = await vi.waitFor(() => entra.visited[0] ?? Promise.reject(new Error('not yet')));
    expect(auth.state()).toEqual({ status: 'signingIn', accounts: [], keptSignIn: 'fine', tokenStorage: 'encrypted' });
    entra.visit = 'signIn';
    await entra.openUrl(authorize);
    await signingIn;
    await new Promise(setImmediate);
    await auth.stop();
    await watching;
    expect(steps).toEqual(['signedOut', 'signingIn', 'signedIn']);
  });

  it('shows the browser pages that tell nothing of anybody', async () => {
    const started = await startAuth();
    started.entra.visit = 'ignore';
    const refused = expect(started.auth.signIn()).rejects.toMatchObject({
      problem: { kind: 'consentMissing', declined: true, errorNo: 65004 },
    });
    const authorize = await promptOpen(started);
    const page = await postForm(
      loopbackOf(authorize),
      new URLSearchParams({
        error: 'access_denied',
        error_description: 'AADSTS65004: tech@msp.example said no',
        state: authorize.searchParams.get('state') ?? '',
      }),
    );
    expect(page).toContain('<title>Not signed in');
    expect(page).not.toMatch(/AADSTS|msp\.example|access_denied/);
    await refused;
  });

  it('as the same person once more replaces their sign-in, with all its tokens', async () => {
    const { auth, secrets } = await startSignedIn();
    const old = await auth.accessToken(A, READ_SCOPES);
    await auth.signIn();
    expect(auth.accounts()).toHaveLength(1);
    expect((await auth.accessToken(A, READ_SCOPES)).token).not.toBe(old.token);
    await auth.stop();
    expect(secrets.kept.size).toBe(1);
    expect([...secrets.kept.values()].join()).not.toContain(old.token);
  });

  it('that fails leaves the sign-in before it as it was', async () => {
    const { auth, entra } = await startSignedIn();
    const token = await auth.accessToken(A, READ_SCOPES);
    entra.visit = { declineWith: { error: 'access_denied', error_description: 'The user left.' } };
    await expect(auth.signIn()).rejects.toMatchObject({ problem: { kind: 'cancelled' } });
    expect(auth.state()).toMatchObject({ status: 'signedIn', accounts: [{ username: 'tech@msp.example' }] });
    expect(await auth.accessToken(A, READ_SCOPES)).toEqual(token);
  });

  it('that fails with nobody signed in tells why in the state', async () => {
    const { auth, entra } = await startAuth();
    entra.refusals.set('organizations', { error: 'invalid_grant', codes: [53003], suberror: 'message_only' });
    await expect(auth.signIn()).rejects.toMatchObject({ problem: { kind: 'conditionalAccess' } });
    expect(auth.state()).toMatchObject({
      status: 'signedOut',
      lastProblem: { kind: 'conditionalAccess', errorNo: 53003 },
    });
  });
});

describe('signing in to a customer tenant', () => {
  it("names the person and the tenant, and answers the tenant's challenge", async () => {
    const { auth, entra } = await startSignedIn();
    const claims = '{"access_token":{"acrs":{"essential":true,"value":"c1"}}}';
    entra.refusals.set(A, { error: 'interaction_required', codes: [50076], suberror: 'basic_action', claims });
    await expect(auth.accessToken(A, READ_SCOPES)).rejects.toMatchObject({
      problem: { kind: 'interactionRequired', claims },
    });
    entra.refusals.clear();
    await auth.signInToTenant(A, READ_SCOPES);
    const authorize = entra.visited[1];
    expect(authorize?.pathname).toBe(`/${A}/oauth2/v2.0/authorize`);
    expect(authorize?.searchParams.get('login_hint')).toBe('tech@msp.example');
    expect(JSON.parse(authorize?.searchParams.get('claims') ?? '{}')).toMatchObject({
      access_token: { acrs: { value: 'c1' } },
    });
    // Answered: the next prompt there carries it no more.
    await auth.signInToTenant(A, READ_SCOPES);
    expect(entra.visited[2]?.searchParams.get('claims')).not.toContain('acrs');
    const before = entra.requests.length;
    await auth.accessToken(A, READ_SCOPES);
    expect(entra.requests).toHaveLength(before);
  });

  it('shows for which tenant in the state, and allows one prompt at a time', async () => {
    const started = await startSignedIn();
    const { auth, entra } = started;
    entra.visit = 'ignore';
    const giving = new AbortController();
    const first = auth.signInToTenant(A, READ_SCOPES, { signal: giving.signal });
    await promptOpen(started, 2);
    expect(auth.state()).toMatchObject({
      status: 'signingIn',
      tenantId: A,
      accounts: [{ username: 'tech@msp.example' }],
    });
    await expect(auth.signInToTenant(B, READ_SCOPES)).rejects.toMatchObject({
      problem: { kind: 'interactionInProgress', tenantId: B },
    });
    await expect(auth.signIn()).rejects.toMatchObject({ problem: { kind: 'interactionInProgress' } });
    expect(entra.visited).toHaveLength(2);
    giving.abort();
    await expect(first).rejects.toMatchObject({ problem: { kind: 'cancelled', tenantId: A } });
    expect(auth.state()).toMatchObject({ status: 'signedIn' });
  });

  it('needs somebody signed in', async () => {
    const { auth, entra } = await startAuth();
    await expect(auth.signInToTenant(A, READ_SCOPES)).rejects.toMatchObject({ problem: { kind: 'signedOut' } });
    expect(entra.visited).toEqual([]);
  });
});

describe('giving up a prompt', () => {
  it('by the person: the call ends, and the port closes', async () => {
    const started = await startAuth();
    started.entra.visit = 'ignore';
    const giving = new AbortController();
    const signingIn = started.auth.signIn({ signal: giving.signal });
    const loopback = loopbackOf(await promptOpen(started));
    expect(await isListening(loopback)).toBe(true);
    giving.abort();
    await expect(signingIn).rejects.toMatchObject({ problem: { kind: 'cancelled' } });
    expect(await isListening(loopback)).toBe(false);
    expect(started.clock.waiting).toBe(0);
  });

  it('before the browser opens: none opens', async () => {
    const { auth, entra } = await startAuth();
    const giving = new AbortController();
    const signingIn = auth.signIn({ signal: giving.signal });
    giving.abort();
    await expect(signingIn).rejects.toMatchObject({ problem: { kind: 'cancelled' } });
    await expect(auth.signIn({ signal: giving.signal })).rejects.toMatchObject({ problem: { kind: 'cancelled' } });
    expect(entra.visited).toEqual([]);
  });

  it('while the code is being exchanged: the request ends too, and nobody is signed in', async () => {
    const { auth, entra } = await startAuth();
    const asked = Promise.withResolvers<void>();
    entra.answers.set('organizations', (_request, signal) => {
      asked.resolve();
      return new Promise((_resolve, reject) => {
        signal?.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')));
      });
    });
    const giving = new AbortController();
    const signingIn = auth.signIn({ signal: giving.signal });
    await asked.promise;
    giving.abort();
    await expect(signingIn).rejects.toMatchObject({ problem: { kind: 'cancelled' } });
    expect(auth.accounts()[0]).toBeUndefined();
  });

  it('by signing out at any step of taking in the answer: nobody is signed in afterwards', async () => {
    const scope = 'openid profile';
    for (let step = 0; step < 60; step++) {
      const { auth, entra, secrets } = await startAuth();
      const answered = Promise.withResolvers<void>();
      entra.answers.set('organizations', async () => {
        await answered.promise;
        return inOnePiece(grantOf(entra, entra.person.homeTenantId, scope));
      });
      const signingIn = auth.signIn().catch((error: unknown) => error);
      await vi.waitFor(() => expect(entra.requests).toHaveLength(1));
      answered.resolve();
      for (let settled = 0; settled < step; settled++) await Promise.resolve();
      await auth.signOut();
      await signingIn;
      await auth.stop();
      expect(auth.accounts()[0]).toBeUndefined();
      expect(secrets.kept.size).toBe(0);
    }
  });

  it('by time: after five minutes, not before, and by real time', async () => {
    const started = await startAuth();
    started.entra.visit = 'ignore';
    const signingIn = started.auth.signIn();
    const ended = vi.fn();
    signingIn.catch(ended);
    const loopback = loopbackOf(await promptOpen(started));
    started.clock.advance(299);
    await new Promise(setImmediate);
    expect(await isListening(loopback)).toBe(true);
    expect(ended).not.toHaveBeenCalled();
    started.clock.advance(1);
    await expect(signingIn).rejects.toMatchObject({ problem: { kind: 'timedOut' } });
    expect(await isListening(loopback)).toBe(false);
  });

  it('by time as the setting says at that moment', async () => {
    let seconds = 60;
    const started = await startAuth({ interactiveTimeoutSeconds: () => seconds });
    started.entra.visit = 'ignore';
    seconds = 10;
    const signingIn = started.auth.signIn();
    await promptOpen(started);
    started.clock.advance(10);
    await expect(signingIn).rejects.toMatchObject({ problem: { kind: 'timedOut' } });
  });

  it('by signing out, by forgetting the tenant, and by stopping', async () => {
    for (const end of [
      (auth: Started['auth']) => auth.signOut(),
      (auth: Started['auth']) => auth.forgetTenant(A),
      (auth: Started['auth']) => auth.stop(),
    ]) {
      const started = await startSignedIn();
      started.entra.visit = 'ignore';
      const prompting = started.auth.signInToTenant(A, READ_SCOPES);
      const refused = expect(prompting).rejects.toMatchObject({ problem: { kind: 'cancelled' } });
      await promptOpen(started, 2);
      await end(started.auth);
      await refused;
    }
  });

  it('since no browser could be opened', async () => {
    const { auth } = await startAuth({ openUrl: () => Promise.reject(new Error('xdg-open is missing')) });
    await expect(auth.signIn()).rejects.toMatchObject({ problem: { kind: 'unexpected', code: 'browser_not_opened' } });
  });

  it('takes no answer from a page that does not know the state', async () => {
    const started = await startAuth();
    started.entra.visit = 'ignore';
    const giving = new AbortController();
    const signingIn = started.auth.signIn({ signal: giving.signal });
    const loopback = loopbackOf(await promptOpen(started));
    await postForm(loopback, new URLSearchParams({ error: 'user_cancelled', state: 'guessed' }));
    await postForm(loopback, new URLSearchParams({ code: 'planted', state: 'guessed' }));
    expect(await isListening(loopback)).toBe(true);
    expect(started.entra.requests).toEqual([]);
    giving.abort();
    await expect(signingIn).rejects.toMatchObject({ problem: { kind: 'cancelled' } });
  });
});
