import { beforeEach, describe, expect, it } from 'vitest';
import type { ConsoleEvent } from '../../shared/contract/console.ts';
import { AppFailure } from '../../shared/contract/errors.ts';
import { READ_SCOPES } from '../auth/index.ts';
import { toAccountId } from '../auth/account-id.ts';
import { aPerson, aTenantId } from '../auth/testing/entra-stand-in.ts';
import { startAuth, startSignedIn, type Started } from '../auth/testing/start-auth.ts';
import { MemoryTenants } from '../tenants/testing/memory-tenants.ts';
import { AccountsService } from './accounts-service.ts';
import { toAuthAccess } from './tenant-access.ts';

const A = aTenantId(1);
const B = aTenantId(2);
const OWN_APP = '22222222-0000-4000-8000-000000000002';
const NOW = 1_790_000_000;
const toni = aPerson();
const berta = aPerson({
  objectId: 'bbbbbbbb-0000-4000-8000-00000000000b',
  username: 'berta@msp.example',
  name: 'Berta',
});
const toldOf = ({ objectId, homeTenantId, username, name }: typeof toni) => ({
  id: toAccountId(`${objectId}.${homeTenantId}`),
  username,
  displayName: name,
  homeTenantId,
});

let tenants: MemoryTenants;
let events: ConsoleEvent[];
let running: { name: string; status: 'draft' | 'starting' | 'running' | 'done' }[];
let isSending: boolean;
let otherApplications: string[];

beforeEach(async () => {
  tenants = new MemoryTenants();
  events = [];
  running = [];
  isSending = false;
  otherApplications = [];
  for (const id of [A, B]) await tenants.add({ id, displayName: `Tenant ${id}`, domain: 'a.example', addedAt: NOW });
});

function serviceOn({ auth, entra }: Started): AccountsService {
  const closed = new Set<string>();
  return new AccountsService({
    catalog: {
      tenants,
      // Of a plan, name and status alone are looked at.
      plans: { list: async () => JSON.parse(JSON.stringify(running)) },
    },
    auth,
    sharedClientId: entra.cloud.clientId,
    now: () => NOW,
    isSending: () => isSending,
    whileClosed: async (tenantId, during) => {
      expect(closed.has(tenantId)).toBe(false);
      closed.add(tenantId);
      return await during().finally(() => closed.delete(tenantId));
    },
    onApplicationChanged: tenantId => void otherApplications.push(tenantId),
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    emit: event => void events.push(event),
  });
}

const accountOf = async (id: string) => (await tenants.get(id)).access?.account?.username;

describe('a profile that knew one account only', () => {
  it('goes on with its sign-in, and its tenants become that account’s for good', async () => {
    const former = await startSignedIn();
    await former.auth.accessToken(A, READ_SCOPES);
    await former.auth.stop();
    // What such a profile has: one secret under the former name, and tenants that say nothing of accounts.
    expect([...former.secrets.kept.keys()]).toEqual([`sign-in-${former.entra.cloud.clientId}`]);
    const started = await startAuth({ entra: former.entra, secrets: former.secrets, access: new Map() });
    const accounts = serviceOn(started);
    await accounts.giveUnclaimed();
    expect(accounts.state().accounts).toEqual([toldOf(toni)]);
    expect([await accountOf(A), await accountOf(B)]).toEqual([toni.username, toni.username]);
    await expect(started.auth.accessToken(A, READ_SCOPES)).resolves.toMatchObject({ tenantId: A });
    // A second account changes nothing of that.
    started.entra.person = berta;
    await accounts.signIn({});
    expect(await accountOf(A)).toBe(toni.username);
    expect(started.auth.accountIn(A)?.username).toBe(toni.username);
    expect(started.entra.visited).toHaveLength(2);
  });

  it('that is signed out gives its tenants to the first who signs in', async () => {
    const started = await startAuth();
    const accounts = serviceOn(started);
    await accounts.giveUnclaimed();
    expect(await accountOf(A)).toBeUndefined();
    await accounts.signIn({ username: toni.username });
    expect(await accountOf(A)).toBe(toni.username);
    expect(started.entra.visited[0]?.searchParams.get('login_hint')).toBe(toni.username);
    expect(events).toContainEqual({ type: 'tenantsChanged', tenantId: A });
  });
});

describe('the account and application of a tenant', () => {
  async function both(): Promise<{ started: Started; accounts: AccountsService }> {
    const started = await startAuth();
    const accounts = serviceOn(started);
    await accounts.signIn({});
    started.entra.person = berta;
    await accounts.signIn({});
    return { started, accounts };
  }

  it('are changed with an audit row by the account that takes over, and used at once', async () => {
    const { started, accounts } = await both();
    const { id } = toldOf(berta);
    expect((await accounts.setAccess(A, { accountId: id })).access).toEqual({ account: toldOf(berta) });
    expect(started.auth.accountIn(A)?.username).toBe(berta.username);
    expect(started.auth.accountIn(B)?.username).toBe(toni.username);
    expect(otherApplications).toEqual([]);
    expect((await accounts.setAccess(A, { clientId: OWN_APP.toUpperCase() })).access?.clientId).toBe(OWN_APP);
    expect(otherApplications).toEqual([A]);
    expect(started.auth.clientIdIn(A)).toBe(OWN_APP);
    expect((await accounts.setAccess(A, { clientId: null })).access).toEqual({ account: toldOf(berta) });
    const shared = started.entra.cloud.clientId;
    expect(tenants.audit).toMatchObject([
      {
        who: berta.username,
        what: 'tenant.setAccess',
        tenantId: A,
        before: { account: toni.username, clientId: shared },
        after: { account: berta.username, clientId: shared },
      },
      { who: berta.username, before: { clientId: shared }, after: { clientId: OWN_APP } },
      { who: berta.username, before: { clientId: OWN_APP }, after: { clientId: shared } },
    ]);
  });

  it('that are set already, and the shared application as its own, change nothing', async () => {
    const { started, accounts } = await both();
    const { id } = toldOf(toni);
    await accounts.setAccess(A, { accountId: id, clientId: started.entra.cloud.clientId.toUpperCase() });
    await accounts.setAccess(A, { clientId: null });
    expect(tenants.audit).toEqual([]);
    expect((await tenants.get(A)).access).toEqual({ account: toldOf(toni) });
  });

  it('stay while a restore runs there or a change is sent, and are known to need an account that is signed in', async () => {
    const { accounts } = await both();
    const change = { accountId: toldOf(berta).id };
    for (const status of ['starting', 'running'] as const) {
      running = [
        { name: 'Done', status: 'done' },
        { name: 'Monday', status },
      ];
      await expect(accounts.setAccess(A, change)).rejects.toEqual(
        new AppFailure({ code: 'TENANT_BUSY', tenantId: A, restores: ['Monday'] }),
      );
    }
    running = [{ name: 'Draft', status: 'draft' }];
    isSending = true;
    await expect(accounts.setAccess(A, change)).rejects.toEqual(
      new AppFailure({ code: 'TENANT_BUSY', tenantId: A, restores: [] }),
    );
    isSending = false;
    await accounts.signOut(toldOf(berta).id);
    await expect(accounts.setAccess(A, change)).rejects.toEqual(new AppFailure({ code: 'SIGNED_OUT' }));
    expect(tenants.audit).toEqual([]);
    expect(await accountOf(A)).toBe(toni.username);
  });

  it('of a tenant whose account is signed out can be given to another, and the application can’t', async () => {
    const { accounts } = await both();
    await accounts.signOut(toldOf(toni).id);
    await expect(accounts.setAccess(A, { clientId: OWN_APP })).rejects.toEqual(new AppFailure({ code: 'SIGNED_OUT' }));
    await accounts.setAccess(A, { accountId: toldOf(berta).id });
    expect(await accountOf(A)).toBe(berta.username);
  });
});

describe('what crosses the bridge', () => {
  it('of an account is no more than name, home and a short id', async () => {
    const started = await startSignedIn();
    const text = JSON.stringify(serviceOn(started).state());
    expect(JSON.parse(text)).toEqual({ accounts: [toldOf(toni)], clientId: started.entra.cloud.clientId });
    expect(text).not.toContain(toni.objectId);
    for (const secret of started.entra.confidential) expect(text).not.toContain(secret);
  });

  it('of a tenant, read back, is what the sign-in goes by', () => {
    expect(toAuthAccess({ account: toldOf(toni), clientId: OWN_APP })).toEqual({
      accountId: toldOf(toni).id,
      clientId: OWN_APP,
    });
    expect(toAuthAccess({})).toEqual({});
  });
});
