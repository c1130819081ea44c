import { existsSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  createAuthService,
  ORGANIZATION_SCOPES,
  PARTNER_SCOPES,
  READ_SCOPES,
  RESTORE_WRITE_SCOPES,
  type AuthService,
} from './index.ts';
import { personWho, startEmulator, type Choice, type Emulator } from './testing/emulator-process.ts';
import { MemorySecrets } from './testing/memory-secrets.ts';

/** The emulator is a second reading of Entra ID's documentation; it knows nothing of how this folder reads it. */
describe.runIf(existsSync('emulator/main.ts'))('against the emulator', () => {
  let emulator: Emulator;
  let homeId = '';
  let customer = { id: '', domain: '' };
  let other = { id: '', domain: '' };
  const accept: Choice = ['consent', 'accept'];
  const decline: Choice = ['consent', 'cancel'];
  const approve: Choice = ['verified', '1'];

  beforeAll(async () => {
    emulator = await startEmulator();
    const [home, first, second] = emulator.ready.tenants;
    if (home === undefined || first === undefined || second === undefined)
      throw new Error('The emulator has too few tenants.');
    homeId = home.id;
    customer = first;
    other = second;
  });
  afterAll(() => emulator.stop());

  beforeEach(async () => {
    const asShipped = {
      signInRules: {
        interactionRequired: false,
        consentMissing: false,
        noGdapAccess: false,
        conditionalAccess: false,
        refreshTokensRefused: null,
        throttledForSeconds: null,
      },
    };
    await emulator.patchTenant(customer.id, asShipped);
  });

  function accountOf(user: number): Choice {
    return ['account', emulator.ready.users[user]?.objectId ?? ''];
  }

  async function signedIn(
    choices: readonly Choice[] = [accountOf(0), accept],
  ): Promise<{ auth: AuthService; secrets: MemorySecrets }> {
    const secrets = new MemorySecrets();
    const log = { info: () => undefined, warn: () => undefined };
    const auth = await createAuthService({
      cloud: emulator.cloud,
      secrets,
      fetch: globalThis.fetch,
      openUrl: personWho(choices),
      log,
    });
    await auth.signIn();
    return { auth, secrets };
  }

  it('signs in once, has tokens for two tenants without a prompt, and again after a restart', async () => {
    const { auth, secrets } = await signedIn();
    expect(auth.accounts()[0]).toMatchObject({
      username: emulator.ready.users[0]?.userPrincipalName,
      homeTenantId: homeId,
    });
    const a = await auth.accessToken(customer.id, READ_SCOPES);
    const b = await auth.accessToken(other.id, [...READ_SCOPES, ...RESTORE_WRITE_SCOPES]);
    expect([a.tenantId, b.tenantId]).toEqual([customer.id, other.id]);
    expect((await auth.accessToken(customer.id, READ_SCOPES)).token).toBe(a.token);
    await auth.stop();
    const openUrl = () => Promise.reject(new Error('prompted'));
    const again = await createAuthService({
      cloud: emulator.cloud,
      secrets,
      fetch: globalThis.fetch,
      openUrl,
      log: { info: () => undefined, warn: () => undefined },
    });
    expect((await again.accessToken(customer.id, READ_SCOPES)).token).toBe(a.token);
    await expect(again.accessToken(customer.id, READ_SCOPES, { forceRefresh: true })).resolves.toMatchObject({
      tenantId: customer.id,
    });
    await again.stop();
  });

  it('has tokens that open Graph, at home for the customers too', async () => {
    const { auth } = await signedIn();
    const ask = async (tenantId: string, scopes: readonly string[], path: string) => {
      const { token } = await auth.accessToken(tenantId, scopes);
      return (await fetch(`${emulator.ready.url}/v1.0${path}`, { headers: { authorization: `Bearer ${token}` } }))
        .status;
    };
    expect(await ask(customer.id, READ_SCOPES, '/solutions/backupRestore')).toBe(200);
    expect(await ask(customer.id, ORGANIZATION_SCOPES, '/organization')).toBe(200);
    expect(await ask(homeId, PARTNER_SCOPES, '/tenantRelationships/delegatedAdminCustomers')).toBe(200);
  });

  it.each([
    ['interactionRequired', { interactionRequired: true }],
    ['consentMissing', { consentMissing: true }],
    ['noGdapAccess', { noGdapAccess: true }],
    ['conditionalAccess', { conditionalAccess: true }],
    ['sessionExpired', { refreshTokensRefused: 'expired' }],
    ['sessionExpired', { refreshTokensRefused: 'revoked' }],
    ['throttled', { throttledForSeconds: 30 }],
  ])('reads its refusal as %s: %j', async (kind, signInRules) => {
    const { auth } = await signedIn();
    await emulator.patchTenant(customer.id, { signInRules });
    await expect(auth.accessToken(customer.id, READ_SCOPES)).rejects.toMatchObject({
      problem: { kind, tenantId: customer.id },
    });
    await expect(auth.accessToken(other.id, READ_SCOPES)).resolves.toMatchObject({ tenantId: other.id });
  });

  it('answers a demanded interaction by a prompt, and then goes on silently', async () => {
    const { auth } = await signedIn([accountOf(0), approve]);
    await emulator.patchTenant(customer.id, { signInRules: { interactionRequired: true } });
    await expect(auth.accessToken(customer.id, READ_SCOPES)).rejects.toMatchObject({
      problem: { kind: 'interactionRequired' },
    });
    await auth.signInToTenant(customer.id, READ_SCOPES);
    await expect(auth.accessToken(customer.id, READ_SCOPES)).resolves.toMatchObject({ tenantId: customer.id });
  });

  it("is told of another account chosen in a tenant's prompt", async () => {
    let person = personWho([accountOf(0), accept]);
    const log = { info: () => undefined, warn: () => undefined };
    const auth = await createAuthService({
      cloud: emulator.cloud,
      secrets: new MemorySecrets(),
      fetch: globalThis.fetch,
      openUrl: url => person(url),
      log,
    });
    await auth.signIn();
    person = async url => {
      // The page offers only the hinted account; whoever else sits there types another.
      url.searchParams.delete('login_hint');
      return personWho([accountOf(1), accept])(url);
    };
    await expect(auth.signInToTenant(customer.id, READ_SCOPES)).rejects.toMatchObject({
      problem: { kind: 'wrongTenantToken', wrong: 'account' },
    });
    expect(auth.accounts()[0]?.username).toBe(emulator.ready.users[0]?.userPrincipalName);
  });

  it('tells a cancelled page and a declined consent apart', async () => {
    await expect(signedIn([['cancel', '1']])).rejects.toMatchObject({ problem: { kind: 'cancelled' } });
    // The same person at the same pages: only an administrator is asked, and says no; anybody else is sent to one.
    for (const user of [1, 0]) {
      const { auth } = await signedIn([accountOf(user), decline]);
      await emulator.patchTenant(other.id, { consentedScopes: [] });
      await expect(auth.signInToTenant(other.id, RESTORE_WRITE_SCOPES)).rejects.toMatchObject({
        problem: { kind: 'consentMissing', tenantId: other.id, scopes: RESTORE_WRITE_SCOPES },
      });
    }
  });

  it('finds a tenant by its domain, and not an unknown one', async () => {
    const { auth } = await signedIn();
    expect(await auth.resolveTenant(customer.domain)).toBe(customer.id);
    expect(await auth.resolveTenant(customer.id)).toBe(customer.id);
    await expect(auth.resolveTenant('nowhere.example')).rejects.toMatchObject({
      problem: { kind: 'unknownTenant', asked: 'nowhere.example' },
    });
    await expect(auth.accessToken('00000000-0000-4000-8000-000000000000', READ_SCOPES)).rejects.toMatchObject({
      problem: { kind: 'unknownTenant' },
    });
  });

  it('says which scope lacks consent, and has it once it is given', async () => {
    const { auth } = await signedIn([accountOf(1), accept]);
    const scopes = [...READ_SCOPES, ...RESTORE_WRITE_SCOPES];
    await emulator.patchTenant(other.id, {
      consentedScopes: READ_SCOPES.map(scope => scope.slice('https://graph.microsoft.com/'.length)),
    });
    expect((await auth.consentOf(other.id, scopes)).map(answer => answer.consent)).toEqual([
      'granted',
      'granted',
      'granted',
      'granted',
      'missing',
    ]);
    await auth.signInToTenant(other.id, RESTORE_WRITE_SCOPES);
    expect((await auth.consentOf(other.id, scopes)).map(answer => answer.consent)).toEqual([
      'granted',
      'granted',
      'granted',
      'granted',
      'granted',
    ]);
  });

  it('of somebody without GDAP access, says so', async () => {
    const { auth } = await signedIn([accountOf(3), accept]);
    await expect(auth.accessToken(customer.id, READ_SCOPES)).rejects.toMatchObject({
      problem: { kind: 'noGdapAccess' },
    });
  });

  it('is offline once the emulator is gone', async () => {
    const gone = await startEmulator();
    const log = { info: () => undefined, warn: () => undefined };
    const openUrl = personWho([['account', gone.ready.users[0]?.objectId ?? '']]);
    const auth = await createAuthService({
      cloud: gone.cloud,
      secrets: new MemorySecrets(),
      fetch: globalThis.fetch,
      openUrl,
      log,
    });
    await auth.signIn();
    const kept = await auth.accessToken(gone.ready.tenants[1]?.id ?? '', READ_SCOPES);
    await gone.stop();
    expect(await auth.accessToken(gone.ready.tenants[1]?.id ?? '', READ_SCOPES)).toEqual(kept);
    await expect(auth.accessToken(gone.ready.tenants[2]?.id ?? '', READ_SCOPES)).rejects.toMatchObject({
      problem: { kind: 'offline' },
    });
    await expect(auth.resolveTenant('contoso.example')).rejects.toMatchObject({ problem: { kind: 'offline' } });
  });
});
