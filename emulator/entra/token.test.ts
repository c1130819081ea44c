import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ada, alpine, app, bellows, home, startEntra } from './testing/entra-server.ts';
import type { EntraServer } from './testing/entra-server.ts';
import { asApplication, postToken, redeem, refresh, SCOPE, signIn } from './testing/raw-client.ts';
import type { TokenReply } from './testing/raw-client.ts';

let server: EntraServer;

beforeEach(async () => {
  server = await startEntra();
});

afterEach(() => server.stop());

const codeFor = async (tenant: string, over: Readonly<Record<string, string | undefined>> = {}): Promise<string> =>
  (await signIn(server, tenant, ['Ada'], over))['code'] ?? '';

const textIn = (reply: TokenReply, name: string): string => {
  const value = reply.body[name];
  return typeof value === 'string' ? value : '';
};

/** Status, `error` and number of a refusal. */
const refusalIn = ({ status, body }: TokenReply) => [status, body['error'], body['error_codes']];

describe('an answer', () => {
  it('has tokens, an id token of the tenant and the home account', async () => {
    const reply = await redeem(server, alpine.domain, await codeFor(alpine.id));
    expect(reply.status).toBe(200);
    expect(reply.headers.get('cache-control')).toBe('no-store');
    expect(reply.body).toMatchObject({ token_type: 'Bearer', expires_in: 3600, ext_expires_in: 3600 });
    const now = Math.floor(Date.now() / 1000);
    const claims = server.tokens.open(textIn(reply, 'id_token'));
    expect(claims).toMatchObject({
      ver: '2.0',
      iss: `${server.origin}/${alpine.id}/v2.0`,
      aud: app.clientId,
      tid: alpine.id,
      oid: ada.objectId,
      preferred_username: 'ada@msp.example',
      name: 'Ada Lindqvist',
      nonce: 'a-nonce',
      idp: `https://sts.windows.net/${home.id}/`,
    });
    expect(claims?.['exp']).toBeGreaterThan(now + 3500);
    expect(JSON.parse(Buffer.from(textIn(reply, 'client_info'), 'base64url').toString())).toEqual({
      uid: ada.objectId,
      utid: home.id,
    });
    expect(server.tokens.verifyAuthorization(`Bearer ${textIn(reply, 'access_token')}`)).toMatchObject({
      ok: true,
      claims: { tid: alpine.id, upn: 'ada@msp.example', scp: alpine.consentedScopes.join(' ') },
    });
  });

  it('echoes the granted scopes in the form they were asked in, and the others consented', async () => {
    const qualified = await redeem(server, home.id, await codeFor(home.id));
    expect(textIn(qualified, 'scope').split(' ')).toEqual([
      'openid',
      'profile',
      'https://graph.microsoft.com/BackupRestore-Search.Read.All',
      'https://graph.microsoft.com/BackupRestore-Configuration.Read.All',
    ]);
    const bare = await redeem(server, home.id, await codeFor(home.id), {
      scope: 'openid backuprestore-search.read.all',
    });
    expect(textIn(bare, 'scope')).toBe('openid backuprestore-search.read.all BackupRestore-Configuration.Read.All');
  });

  it('has no refresh token without offline_access, and no id token without openid', async () => {
    const reply = await redeem(server, home.id, await codeFor(home.id), {
      scope: 'https://graph.microsoft.com/.default',
    });
    expect(reply.body).not.toHaveProperty('refresh_token');
    expect(reply.body).not.toHaveProperty('id_token');
    expect(textIn(reply, 'scope')).toContain('https://graph.microsoft.com/.default');
  });
});

describe('an authorization code', () => {
  it('is good once', async () => {
    const code = await codeFor(home.id);
    expect((await redeem(server, home.id, code)).status).toBe(200);
    expect(refusalIn(await redeem(server, home.id, code))).toEqual([400, 'invalid_grant', [54005]]);
  });

  it('is used up by a wrong verifier', async () => {
    const code = await codeFor(home.id);
    const wrong = await redeem(server, home.id, code, { code_verifier: 'x'.repeat(43) });
    expect(refusalIn(wrong)).toEqual([400, 'invalid_grant', [501481]]);
    expect(refusalIn(await redeem(server, home.id, code))).toEqual([400, 'invalid_grant', [54005]]);
  });

  it('needs its verifier, and none where it had no challenge', async () => {
    const without = await redeem(server, home.id, await codeFor(home.id), { code_verifier: undefined });
    expect(refusalIn(without)).toEqual([400, 'invalid_grant', [501481]]);
    const plain = { code_challenge: undefined, code_challenge_method: undefined };
    expect(refusalIn(await redeem(server, home.id, await codeFor(home.id, plain)))).toEqual([
      400,
      'invalid_grant',
      [501481],
    ]);
    expect((await redeem(server, home.id, await codeFor(home.id, plain), { code_verifier: undefined })).status).toBe(
      200,
    );
  });

  it('expires after ten minutes', async () => {
    const [early, late] = [await codeFor(home.id), await codeFor(home.id)];
    server.advance(590);
    expect((await redeem(server, home.id, early)).status).toBe(200);
    server.advance(11);
    expect(refusalIn(await redeem(server, home.id, late))).toEqual([400, 'invalid_grant', [70008]]);
  });

  it('is of one tenant and one redirect URI', async () => {
    expect(refusalIn(await redeem(server, bellows.id, await codeFor(alpine.id)))).toEqual([
      400,
      'invalid_grant',
      [700005],
    ]);
    expect(refusalIn(await redeem(server, home.id, await codeFor('organizations')))).toEqual([
      400,
      'invalid_grant',
      [700005],
    ]);
    const elsewhere = await redeem(server, home.id, await codeFor(home.id), { redirect_uri: 'http://localhost:61235' });
    expect(refusalIn(elsewhere)).toEqual([400, 'invalid_grant', [500112]]);
  });

  it('gives nothing when access ended while the person sat at the page', async () => {
    const code = await codeFor(alpine.id);
    server.setRules(alpine, { noGdapAccess: true });
    expect(refusalIn(await redeem(server, alpine.id, code))).toEqual([400, 'invalid_grant', [50020]]);
  });

  it('can not be made up, and no other token passes for one', async () => {
    const signedIn = await redeem(server, home.id, await codeFor(home.id));
    for (const code of ['made-up', textIn(signedIn, 'refresh_token'), textIn(signedIn, 'access_token')]) {
      expect(refusalIn(await redeem(server, home.id, code))).toEqual([400, 'invalid_grant', [70000]]);
    }
  });
});

describe('a refresh token', () => {
  const refreshTokenOf = async () =>
    textIn(await redeem(server, 'organizations', await codeFor('organizations')), 'refresh_token');

  it('gives tokens of every tenant, a new refresh token each time, and stays good', async () => {
    const refreshToken = await refreshTokenOf();
    for (const [at, tenant] of [
      ['organizations', home],
      ['common', home],
      [alpine.id, alpine],
      [bellows.domain, bellows],
    ] as const) {
      const reply = await refresh(server, at, refreshToken);
      expect(server.tokens.open(textIn(reply, 'access_token'))).toMatchObject({ tid: tenant.id });
      expect(textIn(reply, 'refresh_token')).not.toBe(refreshToken);
      expect(textIn(reply, 'refresh_token')).not.toBe('');
    }
  });

  it('can not be made up, and no other token passes for one', async () => {
    const signedIn = await redeem(server, home.id, await codeFor(home.id));
    const [head, payload] = textIn(signedIn, 'refresh_token').split('.');
    for (const token of [
      'made-up',
      textIn(signedIn, 'access_token'),
      textIn(signedIn, 'id_token'),
      `${head}.${payload}.AAAA`,
    ]) {
      expect(refusalIn(await refresh(server, home.id, token))).toEqual([400, 'invalid_grant', [70000]]);
    }
  });

  it('takes no secret: the application is public', async () => {
    const reply = await refresh(server, home.id, await refreshTokenOf(), { client_secret: app.clientSecret });
    expect(refusalIn(reply)).toEqual([401, 'invalid_client', [700025]]);
  });

  it('answers a scope that Graph does not have, or of another resource', async () => {
    const refreshToken = await refreshTokenOf();
    const numberFor = async (scope: string) =>
      (await refresh(server, home.id, refreshToken, { scope })).body['error_codes'];
    expect(await numberFor('https://graph.microsoft.com/BackupRestore-Serach.Read.All')).toEqual([650053]);
    expect(await numberFor('https://management.azure.com/user_impersonation')).toEqual([500011]);
    expect(await numberFor('https://graph.microsoft.com/User.Read https://management.azure.com/x')).toEqual([28000]);
    expect(await numberFor('https://graph.microsoft.com/.default https://graph.microsoft.com/User.Read')).toEqual([
      70011,
    ]);
    expect(await numberFor('User.Read')).toEqual([65001]);
  });
});

describe('client credentials', () => {
  it('give an app-only token, by GUID or domain', async () => {
    for (const tenant of [alpine.id, alpine.domain]) {
      const reply = await asApplication(server, tenant);
      expect(reply.status).toBe(200);
      expect(Object.keys(reply.body)).toEqual(['token_type', 'expires_in', 'ext_expires_in', 'access_token']);
      expect(server.tokens.open(textIn(reply, 'access_token'))).toMatchObject({
        tid: alpine.id,
        roles: alpine.consentedRoles,
      });
    }
  });

  it.each([
    [{ client_secret: 'wrong' }, [401, 'invalid_client', [7000215]]],
    [{ client_secret: undefined }, [401, 'invalid_client', [7000218]]],
    [{ scope: undefined }, [400, 'invalid_request', [900144]]],
    [{ scope: 'https://graph.microsoft.com/User.Read' }, [400, 'invalid_scope', [1002012]]],
    [{ client_id: '0badc11e-0000-4000-8000-000000000002' }, [400, 'unauthorized_client', [700016]]],
  ])('%j: %j', async (over, refusal) => {
    expect(refusalIn(await asApplication(server, alpine.id, over))).toEqual(refusal);
  });

  it('need a tenant by name', async () => {
    expect(refusalIn(await asApplication(server, 'organizations'))).toEqual([400, 'invalid_request', [50059]]);
    expect(refusalIn(await asApplication(server, 'common'))).toEqual([400, 'invalid_request', [9001023]]);
    expect(refusalIn(await asApplication(server, 'nobody.example'))).toEqual([400, 'invalid_request', [90002]]);
  });

  it('find no application in a tenant without consent', async () => {
    server.setRules(alpine, { consentMissing: true });
    expect(refusalIn(await asApplication(server, alpine.id))).toEqual([400, 'unauthorized_client', [700016]]);
  });
});

describe('the token endpoint', () => {
  it('words its errors as documented', async () => {
    const correlationId = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
    const { body } = await asApplication(server, alpine.id, {
      client_secret: 'wrong',
      'client-request-id': correlationId,
    });
    expect(Object.keys(body)).toEqual([
      'error',
      'error_description',
      'error_codes',
      'timestamp',
      'trace_id',
      'correlation_id',
      'error_uri',
    ]);
    expect(body['correlation_id']).toBe(correlationId);
    expect(body['timestamp']).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ$/);
    expect(body['error_description']).toMatch(
      new RegExp(
        `^AADSTS7000215: .* Trace ID: ${String(body['trace_id'])} Correlation ID: ${correlationId} Timestamp: ${String(body['timestamp'])}$`,
      ),
    );
    expect(JSON.stringify(body)).not.toContain('wrong"');
  });

  it('answers 429 with Retry-After where it is told to', async () => {
    server.setRules(alpine, { throttledForSeconds: 17 });
    const reply = await asApplication(server, alpine.id);
    expect(refusalIn(reply)).toEqual([429, 'temporarily_unavailable', [90055]]);
    expect(reply.headers.get('retry-after')).toBe('17');
    expect((await asApplication(server, bellows.id)).status).toBe(200);
  });

  it.each([
    [{}, 900144, 'grant_type'],
    [{ grant_type: 'password', client_id: app.clientId }, 70003, 'password'],
    [{ grant_type: 'authorization_code', client_id: app.clientId }, 900144, 'code'],
    [{ grant_type: 'refresh_token', client_id: app.clientId, scope: SCOPE }, 900144, 'refresh_token'],
    [{ grant_type: 'refresh_token', refresh_token: 'x' }, 900144, 'client_id'],
  ])('%j: AADSTS%i about %s', async (fields, code, about) => {
    const reply = await postToken(server, home.id, new URLSearchParams(fields));
    expect(reply.body['error_codes']).toEqual([code]);
    expect(textIn(reply, 'error_description')).toContain(`'${about}'`);
  });

  it('refuses a parameter that comes twice', async () => {
    const reply = await postToken(
      server,
      home.id,
      new URLSearchParams('grant_type=refresh_token&grant_type=refresh_token'),
    );
    expect(refusalIn(reply)).toEqual([400, 'invalid_request', [9002313]]);
  });

  it('reads nothing but forms', async () => {
    const response = await fetch(`${server.origin}/${home.id}/oauth2/v2.0/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ grant_type: 'client_credentials' }),
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error_codes: [9002313] });
  });
});
