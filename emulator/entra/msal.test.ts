import { AuthError, ConfidentialClientApplication, InteractionRequiredAuthError, ServerError } from '@azure/msal-node';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { alpine, app, bellows, home, startEntra } from './testing/entra-server.ts';
import type { EntraServer } from './testing/entra-server.ts';
import {
  authorityMetadataOf,
  authorityOf,
  createMsalClient,
  READ_SCOPE,
  signInAtHome,
  WRITE_SCOPE,
} from './testing/msal-client.ts';
import type { MsalClient } from './testing/msal-client.ts';
import { textOf } from './testing/page-reader.ts';

let server: EntraServer;
let client: MsalClient;

beforeEach(async () => {
  server = await startEntra();
  client = createMsalClient(server);
});

afterEach(() => server.stop());

/** What a program has to decide by. */
const refusalOf = async (call: Promise<unknown>) => {
  const error: unknown = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof AuthError)) throw new Error(`Not refused by MSAL's kind of error: ${String(error)}`);
  const errorNo =
    error instanceof ServerError || error instanceof InteractionRequiredAuthError ? error.errorNo : undefined;
  return {
    is: error.name,
    code: error.errorCode,
    // MSAL types it as text, and hands on the number that the server sent.
    errorNo: String(errorNo),
    suberror: error.subError,
    message: error.errorMessage,
    claims: error instanceof InteractionRequiredAuthError ? error.claims : '',
  };
};

const claimsOf = (accessToken: string) => server.tokens.open(accessToken) ?? {};

describe('signing in at home', () => {
  it('through organizations gives a token of the home tenant', async () => {
    const result = await client.signIn('organizations', ['Ada Lindqvist']);
    expect(result.tenantId).toBe(home.id);
    expect(result.account?.homeAccountId).toBe(`00000000-0000-4000-8000-0000000000ad.${home.id}`);
    expect(result.account?.username).toBe('ada@msp.example');
    expect(result.account?.name).toBe('Ada Lindqvist');
    expect(claimsOf(result.accessToken)).toMatchObject({ tid: home.id, upn: 'ada@msp.example' });
    expect(result.scopes).toContain(READ_SCOPE);
  });

  it('offers everybody, and says for which application', async () => {
    await client.signIn('organizations', ['Ada Lindqvist']);
    expect(client.visitor.headings()).toEqual(['Pick an account', 'Returning to the application…']);
  });

  it('rejects when the visitor cancels', async () => {
    const refused = await refusalOf(client.signIn('organizations', ['Cancel']));
    expect(refused).toMatchObject({ is: 'ServerError', code: 'access_denied' });
  });

  it('narrows the page to the hinted account, and lets another one be typed', async () => {
    const result = await client.signIn('organizations', [{ button: 'Next', typed: 'BEN@msp.example' }], {
      loginHint: 'ada@msp.example',
    });
    expect(result.account?.username).toBe('ben@msp.example');
  });

  it('says so when the account typed does not exist, and goes on', async () => {
    const result = await client.signIn('organizations', [
      { button: 'Next', typed: 'nobody@msp.example' },
      'Ada Lindqvist',
    ]);
    expect(result.account?.username).toBe('ada@msp.example');
    expect(client.visitor.headings()).toEqual(['Pick an account', 'Pick an account', 'Returning to the application…']);
  });
});

describe('tokens of customers after one sign-in', () => {
  it('come silently for each tenant, and then from the cache', async () => {
    const account = await signInAtHome(client, 'Ada');
    for (const tenant of [alpine, bellows]) {
      const fetched = await client.silent(account, tenant.id);
      expect(fetched).toMatchObject({ tenantId: tenant.id, fromCache: false });
      expect(fetched.account?.homeAccountId).toBe(account.homeAccountId);
      expect(claimsOf(fetched.accessToken)).toMatchObject({
        tid: tenant.id,
        scp: expect.stringContaining('BackupRestore-Search.Read.All'),
      });
      expect(await client.silent(account, tenant.id)).toMatchObject({ tenantId: tenant.id, fromCache: true });
    }
    expect(server.tokenRequests()).toBe(3);
  });

  it('are of the wrong tenant when MSAL is asked with the home account as it is', async () => {
    const account = await signInAtHome(client, 'Ada');
    const result = await client.msal.acquireTokenSilent({
      scopes: [READ_SCOPE],
      authority: authorityOf(alpine.id),
      account,
    });
    expect(result.tenantId).toBe(home.id);
    expect(claimsOf(result.accessToken)).toMatchObject({ tid: home.id });
  });

  it('are renewed with a rotated refresh token', async () => {
    const account = await signInAtHome(client, 'Ada');
    const refreshTokenIn = () => Object.values(JSON.parse(client.msal.getTokenCache().serialize()).RefreshToken);
    const before = refreshTokenIn();
    const renewed = await client.silent(account, home.id, { forceRefresh: true });
    expect(renewed.fromCache).toBe(false);
    expect(refreshTokenIn()).toHaveLength(1);
    expect(refreshTokenIn()).not.toEqual(before);
    expect((await client.silent(account, alpine.id)).tenantId).toBe(alpine.id);
  });

  it('come by domain too, though MSAL never finds them in its cache', async () => {
    const account = await signInAtHome(client, 'Ada');
    expect((await client.silent(account, alpine.domain)).tenantId).toBe(alpine.id);
    expect(await client.silent(account, alpine.domain)).toMatchObject({ tenantId: alpine.id, fromCache: false });
  });

  it('carry the tenant’s own lifetime', async () => {
    server.directory.changeTenant(alpine.id, { tokenLifetimeSeconds: 900 });
    const account = await signInAtHome(client, 'Ada');
    const { accessToken } = await client.silent(account, alpine.id);
    const { iat, exp } = claimsOf(accessToken);
    expect(Number(exp) - Number(iat)).toBe(900);
  });
});

describe('consent', () => {
  it('is missing silently, given in the page for one tenant, and then holds there', async () => {
    const account = await signInAtHome(client, 'Ada');
    const scopes = [WRITE_SCOPE];
    expect(await refusalOf(client.silent(account, alpine.id, { scopes }))).toMatchObject({
      is: 'InteractionRequiredAuthError',
      code: 'invalid_grant',
      errorNo: '65001',
      suberror: 'consent_required',
    });
    const granted = await client.signIn(alpine.id, ['Ada', 'Accept'], { scopes, loginHint: account.username });
    expect(granted.tenantId).toBe(alpine.id);
    expect(granted.scopes).toEqual(expect.arrayContaining([WRITE_SCOPE, READ_SCOPE]));
    expect(claimsOf(granted.accessToken)['scp']).toContain('BackupRestore-Restore.ReadWrite.All');
    expect(server.directory.findTenant(alpine.id)?.consentedScopes).toContain('BackupRestore-Restore.ReadWrite.All');
    expect(await client.silent(account, alpine.id, { scopes })).toMatchObject({ fromCache: true, tenantId: alpine.id });
    expect(await refusalOf(client.silent(account, bellows.id, { scopes }))).toMatchObject({ errorNo: '65001' });
  });

  it('names each permission and the tenant', async () => {
    const scopes = [WRITE_SCOPE];
    const pages: string[] = [];
    await client.msal.acquireTokenInteractive({
      scopes,
      authority: authorityOf(alpine.id),
      openBrowser: async url => {
        await client.visitor.open(url);
        pages.push(textOf(await client.visitor.press('Ada')));
        await client.visitor.press('Accept');
      },
    });
    expect(pages[0]).toContain('BackupRestore-Restore.ReadWrite.All');
    expect(pages[0]).toContain('Alpine Ski');
    expect(pages[0]).not.toContain('BackupRestore-Search.Read.All');
  });

  it('declined grants nothing', async () => {
    const refused = await refusalOf(client.signIn(alpine.id, ['Ada', 'Cancel'], { scopes: [WRITE_SCOPE] }));
    expect(refused).toMatchObject({ is: 'ServerError', code: 'access_denied' });
    expect(refused.message).toContain('AADSTS65004');
    expect(server.directory.findTenant(alpine.id)?.consentedScopes).toEqual(alpine.consentedScopes);
  });

  it('is not offered to someone who may not give it', async () => {
    const refused = await refusalOf(
      client.signIn(alpine.id, ['Ben', 'Return to the application'], { scopes: [WRITE_SCOPE] }),
    );
    expect(refused.message).toContain('AADSTS90094');
    expect(refused.code).toBe('consent_required');
    expect(client.visitor.headings()).toContain('Need admin approval');
  });

  it('is not offered to anybody where the tenant is made to lack it', async () => {
    server.setRules(alpine, { consentMissing: true });
    const account = await signInAtHome(client, 'Ada');
    expect(await refusalOf(client.silent(account, alpine.id))).toMatchObject({
      errorNo: '65001',
      suberror: 'consent_required',
    });
    await refusalOf(client.signIn(alpine.id, ['Ada', 'Return to the application']));
    expect(client.visitor.headings()).toContain('Need admin approval');
  });
});

describe('a tenant that demands interaction', () => {
  it.each([
    [{ interactionRequired: true }, '50076'],
    [{ enrollmentRequired: true }, '50079'],
  ])(
    '%j refuses silent calls with %s until the person signed in there, and again when set anew',
    async (rules, errorNo) => {
      const account = await signInAtHome(client, 'Ada');
      server.setRules(alpine, rules);
      const refused = await refusalOf(client.silent(account, alpine.id));
      expect(refused).toMatchObject({
        is: 'InteractionRequiredAuthError',
        code: 'invalid_grant',
        errorNo,
        suberror: 'basic_action',
      });
      expect(JSON.parse(refused.claims)).toMatchObject({ access_token: { capolids: { essential: true } } });
      expect((await client.silent(account, bellows.id)).tenantId).toBe(bellows.id);

      const again = await client.signIn(alpine.id, ['Ada', 'Approve'], { claims: refused.claims });
      expect(again.tenantId).toBe(alpine.id);
      expect(client.visitor.headings()).toContain('Approve sign-in');
      expect((await client.silent(account, alpine.id, { forceRefresh: true })).tenantId).toBe(alpine.id);

      server.setRules(alpine, rules);
      expect(await refusalOf(client.silent(account, alpine.id, { forceRefresh: true }))).toMatchObject({ errorNo });
    },
  );

  it('refuses nobody when another person has to sign in', async () => {
    server.setRules(alpine, { interactionRequired: true });
    const ben = await signInAtHome(client, 'Ben');
    await client.signIn(alpine.id, ['Ada', 'Approve']);
    expect(await refusalOf(client.silent(ben, alpine.id))).toMatchObject({ errorNo: '50076' });
  });
});

describe('refusals', () => {
  it('conditional access: silently with claims, in the page without telling the application', async () => {
    const account = await signInAtHome(client, 'Ada');
    server.setRules(alpine, { conditionalAccess: true });
    const refused = await refusalOf(client.silent(account, alpine.id));
    expect(refused).toMatchObject({ is: 'InteractionRequiredAuthError', errorNo: '53003', suberror: 'message_only' });
    expect(refused.claims).not.toBe('');
    const inPage = await refusalOf(client.signIn(alpine.id, ['Ada', 'Return to the application']));
    expect(inPage.message).toContain('AADSTS53003');
    expect(client.visitor.headings()).toContain('Sorry, signing in failed');
  });

  it('no GDAP access', async () => {
    const account = await signInAtHome(client, 'Ada');
    server.setRules(alpine, { noGdapAccess: true });
    expect(await refusalOf(client.silent(account, alpine.id))).toMatchObject({
      is: 'ServerError',
      code: 'invalid_grant',
      errorNo: '50020',
    });
    const inPage = await refusalOf(
      client.signIn(alpine.id, ['Ada', 'Return to the application'], { loginHint: account.username }),
    );
    expect(inPage.message).toContain('AADSTS50020');
  });

  it('a person who works at home only', async () => {
    const account = await signInAtHome(client, 'Cleo <i>Marchetti</i>');
    expect(await refusalOf(client.silent(account, alpine.id))).toMatchObject({ errorNo: '50020' });
    const result = await client.signIn(alpine.id, [
      { button: 'Next', typed: 'cleo@msp.example' },
      'Use another account',
      'Ada',
    ]);
    expect(result.account?.username).toBe('ada@msp.example');
  });

  it('no such tenant', async () => {
    const account = await signInAtHome(client, 'Ada');
    expect(await refusalOf(client.silent(account, '99999999-9999-4999-8999-999999999999'))).toMatchObject({
      is: 'ServerError',
      code: 'invalid_request',
      errorNo: '90002',
    });
  });

  it('an application that the tenant does not know', async () => {
    await signInAtHome(client, 'Ada');
    const other = createMsalClient(server, '0badc11e-0000-4000-8000-000000000002');
    const url = await other.msal.getAuthCodeUrl({ scopes: [READ_SCOPE], redirectUri: 'http://localhost:1' });
    expect(textOf(await other.visitor.open(url))).toContain('AADSTS700016');
    const refused = await refusalOf(
      other.msal.acquireTokenByRefreshToken({ scopes: [READ_SCOPE], refreshToken: 'any' }),
    );
    expect(refused).toMatchObject({ is: 'ServerError', code: 'unauthorized_client', errorNo: '700016' });
  });

  it('a refresh token that was not used for 90 days', async () => {
    const account = await signInAtHome(client, 'Ada');
    server.advance(89 * 86_400);
    expect((await client.silent(account, alpine.id)).tenantId).toBe(alpine.id);
    server.advance(89 * 86_400);
    expect((await client.silent(account, bellows.id)).tenantId).toBe(bellows.id);
    server.advance(90 * 86_400);
    expect(await refusalOf(client.silent(account, alpine.id, { forceRefresh: true }))).toMatchObject({
      is: 'ServerError',
      code: 'invalid_grant',
      errorNo: '700082',
    });
  });

  it.each([
    ['expired', { is: 'ServerError', errorNo: '700082' }],
    ['revoked', { is: 'InteractionRequiredAuthError', errorNo: '50173', suberror: 'bad_token' }],
  ] as const)('refresh tokens made to be %s, until the next sign-in', async (refreshTokensRefused, expected) => {
    const account = await signInAtHome(client, 'Ada');
    server.setRules(alpine, { refreshTokensRefused });
    expect(await refusalOf(client.silent(account, alpine.id))).toMatchObject(expected);
    await client.signIn(alpine.id, ['Ada']);
    expect((await client.silent(account, alpine.id, { forceRefresh: true })).tenantId).toBe(alpine.id);
  });

  it('throttling: MSAL waits out Retry-After for that tenant alone', async () => {
    const account = await signInAtHome(client, 'Ada');
    server.setRules(alpine, { throttledForSeconds: 60 });
    expect(await refusalOf(client.silent(account, alpine.id))).toMatchObject({
      is: 'ServerError',
      code: 'temporarily_unavailable',
    });
    const asked = server.tokenRequests();
    await refusalOf(client.silent(account, alpine.id));
    expect(server.tokenRequests()).toBe(asked);
    expect((await client.silent(account, bellows.id)).tenantId).toBe(bellows.id);
  });
});

describe('the application itself', () => {
  const confidential = (tenant: string, clientSecret: string) =>
    new ConfidentialClientApplication({
      auth: {
        clientId: app.clientId,
        clientSecret,
        authority: authorityOf(tenant),
        authorityMetadata: authorityMetadataOf(server),
      },
    });
  const scopes = ['https://graph.microsoft.com/.default'];

  it('gets a token with every application permission consented there', async () => {
    const result = await confidential(alpine.id, app.clientSecret).acquireTokenByClientCredential({ scopes });
    expect(claimsOf(result?.accessToken ?? '')).toMatchObject({
      tid: alpine.id,
      idtyp: 'app',
      roles: alpine.consentedRoles,
    });
    expect(claimsOf(result?.accessToken ?? '')).not.toHaveProperty('scp');
  });

  it('is refused with a wrong secret', async () => {
    const refused = await refusalOf(confidential(alpine.id, 'wrong').acquireTokenByClientCredential({ scopes }));
    expect(refused).toMatchObject({ is: 'ServerError', code: 'invalid_client', errorNo: '7000215' });
  });
});
