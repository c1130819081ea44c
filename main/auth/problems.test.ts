import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { READ_SCOPES, RESTORE_WRITE_SCOPES, SignInError, type SignInProblem } from './index.ts';
import { aTenantId, type Refusal } from './testing/entra-stand-in.ts';
import { startSignedIn } from './testing/start-auth.ts';

const A = aTenantId(1);
const B = aTenantId(2);
const CLAIMS = '{"access_token":{"polids":{"essential":true,"values":["p1"]}}}';

/** The answers of Entra ID, some of them with the sub-error that makes MSAL choose another class, some without. */
const refusals: readonly [Refusal, Partial<SignInProblem>][] = [
  [
    { error: 'interaction_required', codes: [50076], suberror: 'basic_action', claims: CLAIMS },
    { kind: 'interactionRequired', claims: CLAIMS, errorNo: 50076 },
  ],
  [
    { error: 'invalid_grant', codes: [50076] },
    { kind: 'interactionRequired', errorNo: 50076 },
  ],
  [
    { error: 'interaction_required', codes: [50079], suberror: 'basic_action' },
    { kind: 'interactionRequired', errorNo: 50079 },
  ],
  [
    { error: 'interaction_required', codes: [50074] },
    { kind: 'interactionRequired', errorNo: 50074 },
  ],
  [
    { error: 'invalid_grant', codes: [65001], suberror: 'consent_required' },
    { kind: 'consentMissing', declined: false, scopes: READ_SCOPES, errorNo: 65001 },
  ],
  [
    { error: 'invalid_grant', codes: [65001] },
    { kind: 'consentMissing', errorNo: 65001 },
  ],
  [
    { error: 'invalid_grant', codes: [90094] },
    { kind: 'consentMissing', errorNo: 90094 },
  ],
  [
    { error: 'interaction_required', codes: [53003], suberror: 'message_only', claims: CLAIMS },
    { kind: 'conditionalAccess', claims: CLAIMS, errorNo: 53003 },
  ],
  [
    { error: 'interaction_required', codes: [53000], suberror: 'message_only' },
    { kind: 'conditionalAccess', errorNo: 53000 },
  ],
  [
    { error: 'invalid_grant', codes: [53003] },
    { kind: 'conditionalAccess', errorNo: 53003 },
  ],
  [
    { error: 'invalid_grant', codes: [50173], suberror: 'bad_token' },
    { kind: 'sessionExpired', errorNo: 50173 },
  ],
  [
    { error: 'invalid_grant', codes: [700082] },
    { kind: 'sessionExpired', errorNo: 700082 },
  ],
  [
    { error: 'invalid_grant', codes: [70043] },
    { kind: 'sessionExpired', errorNo: 70043 },
  ],
  [
    { error: 'invalid_grant', codes: [50020] },
    { kind: 'noGdapAccess', errorNo: 50020 },
  ],
  [
    { error: 'invalid_grant', codes: [50034] },
    { kind: 'noGdapAccess', errorNo: 50034 },
  ],
  [
    { error: 'invalid_grant', codes: [50105] },
    { kind: 'noGdapAccess', errorNo: 50105 },
  ],
  [
    { error: 'unauthorized_client', codes: [700016] },
    { kind: 'appUnknownInTenant', errorNo: 700016 },
  ],
  [
    { error: 'invalid_request', codes: [90002] },
    { kind: 'unknownTenant', asked: A, errorNo: 90002 },
  ],
  // A number that nobody has listed: the sub-error decides, then the code.
  [
    { error: 'invalid_grant', codes: [99999], suberror: 'message_only' },
    { kind: 'conditionalAccess', errorNo: 99999 },
  ],
  [
    { error: 'invalid_grant', codes: [99999], suberror: 'consent_required' },
    { kind: 'consentMissing', errorNo: 99999 },
  ],
  [
    { error: 'invalid_grant', codes: [99999], suberror: 'user_password_expired' },
    { kind: 'interactionRequired', errorNo: 99999 },
  ],
  [
    { error: 'invalid_grant', codes: [99999] },
    { kind: 'interactionRequired', errorNo: 99999 },
  ],
  [
    { error: 'invalid_client', codes: [99999] },
    { kind: 'unexpected', code: 'invalid_client', errorNo: 99999 },
  ],
  // A number outranks a sub-error that says otherwise.
  [{ error: 'invalid_grant', codes: [50020], suberror: 'basic_action' }, { kind: 'noGdapAccess' }],
  [
    { error: 'server_error', codes: [90033], status: 500 },
    { kind: 'unavailable', status: 500 },
  ],
];

describe('a refusal of the sign-in service', () => {
  it.each(refusals)('%j', async (refusal, problem) => {
    const { auth, entra, logged } = await startSignedIn();
    entra.refusals.set(A, refusal);
    const refused: unknown = await auth.accessToken(A, READ_SCOPES).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(SignInError);
    expect(refused).toMatchObject({
      problem: { ...problem, tenantId: A, correlationId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
    });
    // Another tenant is not touched by it, and this one goes on once the cause is gone.
    await expect(auth.accessToken(B, READ_SCOPES)).resolves.toMatchObject({ tenantId: B });
    expect(logged.join()).not.toContain('msp.example');
  });

  it('of a code that is no word is not taken over', async () => {
    const { auth, entra } = await startSignedIn();
    entra.refusals.set(A, { error: 'tech@msp.example is not welcome' });
    await expect(auth.accessToken(A, READ_SCOPES)).rejects.toMatchObject({
      problem: { kind: 'unexpected', code: 'unnamed' },
    });
  });
});

describe('too many requests', () => {
  it.each([
    [429, '120', 120],
    [503, '7', 7],
    [429, undefined, 60],
    [429, 'soon', 60],
  ])(
    '%d with Retry-After %s: told until when, and asked no more before, in this tenant only',
    async (status, retryAfter, seconds) => {
      const { auth, entra, clock } = await startSignedIn();
      const kept = await auth.accessToken(A, READ_SCOPES);
      entra.refusals.set(A, {
        status,
        error: 'temporarily_unavailable',
        ...(retryAfter !== undefined && { headers: { 'retry-after': retryAfter } }),
      });
      const retryAt = clock.now() + seconds;
      await expect(auth.accessToken(A, RESTORE_WRITE_SCOPES)).rejects.toMatchObject({
        problem: { kind: 'throttled', retryAt, tenantId: A },
      });
      const asked = entra.requestsOf(A).length;
      entra.refusals.clear();
      clock.advance(seconds - 2);
      await expect(auth.accessToken(A, RESTORE_WRITE_SCOPES)).rejects.toMatchObject({
        problem: { kind: 'throttled', retryAt },
      });
      await expect(auth.accessToken(A, READ_SCOPES, { forceRefresh: true })).rejects.toMatchObject({
        problem: { kind: 'throttled', retryAt },
      });
      expect(entra.requestsOf(A)).toHaveLength(asked);
      // What is in the cache is handed out, and other tenants are asked.
      expect(await auth.accessToken(A, READ_SCOPES)).toEqual(kept);
      await expect(auth.accessToken(B, RESTORE_WRITE_SCOPES)).resolves.toMatchObject({ tenantId: B });
      clock.advance(2);
      await expect(auth.accessToken(A, RESTORE_WRITE_SCOPES)).resolves.toMatchObject({ tenantId: A });
    },
  );

  it('until a date', async () => {
    const { auth, entra, clock } = await startSignedIn();
    const retryAt = clock.now() + 90;
    entra.refusals.set(A, {
      status: 503,
      error: 'temporarily_unavailable',
      headers: { 'retry-after': new Date(retryAt * 1000).toUTCString() },
    });
    await expect(auth.accessToken(A, READ_SCOPES)).rejects.toMatchObject({ problem: { kind: 'throttled', retryAt } });
  });
});

describe('no usable answer', () => {
  it('offline', async () => {
    const { auth, entra } = await startSignedIn();
    entra.answers.set(A, () =>
      Promise.reject(new TypeError('fetch failed: getaddrinfo ENOTFOUND login.microsoftonline.com')),
    );
    await expect(auth.accessToken(A, READ_SCOPES)).rejects.toMatchObject({ problem: { kind: 'offline', tenantId: A } });
    entra.answers.clear();
    await expect(auth.accessToken(A, READ_SCOPES)).resolves.toMatchObject({ tenantId: A });
  });

  it('none within the time-out of a request', async () => {
    const { auth, entra, clock } = await startSignedIn();
    const asked = Promise.withResolvers<void>();
    entra.answers.set(A, (_request, signal) => {
      asked.resolve();
      return new Promise((_resolve, reject) => {
        signal?.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')));
      });
    });
    const waiting = auth.accessToken(A, READ_SCOPES);
    await asked.promise;
    clock.advance(30);
    await expect(waiting).rejects.toMatchObject({ problem: { kind: 'offline' } });
  });

  it.each([
    ['a page of a proxy', 502, '<html>Bad gateway</html>'],
    ['a portal that wants a login', 200, '<html>Welcome to our hotel</html>'],
    ['JSON of somebody else', 500, '{"message":"upstream"}'],
    ['an array', 200, '[]'],
  ])('%s', async (_name, status, text) => {
    const { auth, entra } = await startSignedIn();
    entra.answers.set(A, async () => new Response(text, { status }));
    await expect(auth.accessToken(A, READ_SCOPES)).rejects.toMatchObject({ problem: { kind: 'unavailable', status } });
  });

  it('a success without a token', async () => {
    const { auth, entra } = await startSignedIn();
    entra.answers.set(A, async () => Response.json({ token_type: 'Bearer', expires_in: 3600 }));
    await expect(auth.accessToken(A, READ_SCOPES)).rejects.toBeInstanceOf(SignInError);
  });
});

describe('consent of each scope', () => {
  const [control = '', configuration = '', search = '', restore = ''] = READ_SCOPES;

  it('is asked in one request where all are granted, afresh even with a token in the cache', async () => {
    const { auth, entra } = await startSignedIn();
    await auth.accessToken(A, READ_SCOPES);
    const before = entra.requests.length;
    expect(await auth.consentOf(A, READ_SCOPES)).toEqual(READ_SCOPES.map(scope => ({ scope, consent: 'granted' })));
    expect(entra.requests).toHaveLength(before + 1);
    expect(entra.visited).toHaveLength(1);
  });

  it('is told apart where one lacks', async () => {
    const { auth, entra } = await startSignedIn();
    entra.consented.set(A, [control, configuration, search]);
    const answers = await auth.consentOf(A, [...READ_SCOPES, ...RESTORE_WRITE_SCOPES]);
    expect(answers.map(answer => [answer.scope, answer.consent])).toEqual([
      [control, 'granted'],
      [configuration, 'granted'],
      [search, 'granted'],
      [restore, 'missing'],
      [RESTORE_WRITE_SCOPES[0], 'missing'],
    ]);
    expect(answers[3]).toMatchObject({ problem: { kind: 'consentMissing', scopes: [restore], errorNo: 65001 } });
    expect(entra.visited).toHaveLength(1);
  });

  it('is unknown where something else stands in the way, asked once', async () => {
    const { auth, entra } = await startSignedIn();
    entra.refusals.set(A, { error: 'invalid_grant', codes: [50020] });
    const answers = await auth.consentOf(A, READ_SCOPES);
    expect(answers).toHaveLength(4);
    for (const answer of answers)
      expect(answer).toMatchObject({ consent: 'unknown', problem: { kind: 'noGdapAccess' } });
    expect(entra.requestsOf(A)).toHaveLength(1);
  });

  it('ends when aborted', async () => {
    const { auth } = await startSignedIn();
    await expect(auth.consentOf(A, READ_SCOPES, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      problem: { kind: 'cancelled' },
    });
  });
});

describe('secrets and names', () => {
  it('stand in no log, no error, no state and no account, whatever happens', async () => {
    const { auth, entra, logged } = await startSignedIn();
    const seen: unknown[] = [auth.accounts()[0], auth.state()];
    await auth.accessToken(A, READ_SCOPES);
    for (const [refusal] of refusals) {
      entra.refusals.set(A, refusal);
      seen.push(await auth.accessToken(A, READ_SCOPES, { forceRefresh: true }).catch((error: unknown) => error));
      seen.push(await auth.signInToTenant(A, READ_SCOPES).catch((error: unknown) => error));
      seen.push(await auth.consentOf(A, READ_SCOPES));
    }
    entra.refusals.clear();
    entra.mixedUp.set(A, { accessToken: B });
    seen.push(await auth.accessToken(A, READ_SCOPES, { forceRefresh: true }).catch((error: unknown) => error));
    seen.push(await auth.signIn());
    seen.push(auth.state());
    const told = `${seen.map(deepText).join('\n')}\n${logged.join('\n')}`;
    expect(entra.confidential.length).toBeGreaterThan(20);
    expect(entra.confidential.filter(secret => told.includes(secret))).toEqual([]);
    const errorsAndLogs = `${seen
      .filter(each => each instanceof Error)
      .map(deepText)
      .join('\n')}\n${logged.join('\n')}`;
    expect(errorsAndLogs).toContain('tokenRefused');
    expect(errorsAndLogs).not.toContain(entra.person.username);
  });
});

/** Everything that can be reached from a value: hidden properties, causes and stacks too. */
function deepText(value: unknown): string {
  return inspect(value, { depth: null, showHidden: true, maxStringLength: null, maxArrayLength: null });
}
