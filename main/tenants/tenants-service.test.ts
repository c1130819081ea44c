import { beforeEach, describe, expect, test } from 'vitest';
import type { ConsoleEvent } from '../../shared/contract/console.ts';
import { AppFailure } from '../../shared/contract/errors.ts';
import { type Account, type ScopeConsent, SignInError, type SignInProblem } from '../auth/index.ts';
import { type DelegatedAdminCustomer, GraphError, type Organization } from '../graph/index.ts';
import { MemoryTenants } from './testing/memory-tenants.ts';
import { TenantsService, type TenantsParts } from './tenants-service.ts';

const contoso = 'aaaaaaaa-0000-4000-8000-000000000001';
const home = 'dddddddd-0000-4000-8000-000000000004';
const now = 1_772_800_000;
const toni: Account = {
  id: '00000000000000a1',
  username: 'u',
  displayName: 'U',
  homeTenantId: home,
  homeAccountId: 'x.y',
};
const told = { id: toni.id, username: 'u', displayName: 'U', homeTenantId: home };
const berta: Account = { ...toni, id: '00000000000000b2', username: 'b', homeTenantId: contoso };
const facts = { status: 200, clientRequestId: 'x', roundTripSeconds: 0, receivedAt: now, serviceAt: now };

let tenants: MemoryTenants;
let events: ConsoleEvent[];
/** What was done, in order. */
let done: string[];
let organization: Organization | GraphError;
let problem: SignInProblem | undefined;
let missing: string[];
let roleIds: readonly string[] | undefined;
let accounts: readonly Account[];
let isOnline: boolean;
let serviceIsAsked: boolean;
let service: TenantsService;

beforeEach(() => {
  tenants = new MemoryTenants();
  events = [];
  done = [];
  organization = {
    tenantId: contoso,
    name: 'Contoso',
    domain: 'contoso.example',
    domains: ['contoso.example'],
    graph: {},
  };
  problem = undefined;
  missing = [];
  roleIds = ['1707125e-0aa2-4d4d-8655-a7c786c76a25'];
  accounts = [toni];
  isOnline = true;
  serviceIsAsked = true;
  service = new TenantsService(parts());
});

function parts(): TenantsParts {
  return {
    catalog: { tenants },
    graph: {
      forTenant: tenantId => ({
        organization: {
          fetch: async () => {
            done.push(`organization ${tenantId}`);
            if (organization instanceof GraphError) throw organization;
            return { ...facts, value: organization };
          },
        },
      }),
    },
    graphAs: accountId => ({
      forTenant: tenantId => ({
        delegatedAdminCustomers: {
          list: async function* () {
            done.push(`customers of ${accountId} at ${tenantId}`);
            const items: DelegatedAdminCustomer[] = [
              { tenantId: 'BBBBBBBB-0000-4000-8000-000000000002', name: 'Woodgrove', graph: {} },
              { tenantId: contoso, name: 'Contoso', graph: {} },
            ];
            yield { ...facts, value: { items, unreadable: [], annotations: {} } };
          },
        },
      }),
    }),
    auth: {
      accounts: () => accounts,
      accountIn: () => accounts[0],
      clientIdIn: () => '11111111-0000-4000-8000-000000000001',
      setAccess: async (tenantId, access) => void done.push(`access ${tenantId} ${access?.accountId ?? 'nobody'}`),
      resolveTenant: async asked => {
        if (asked === 'nowhere.example') throw new SignInError({ kind: 'unknownTenant', asked });
        return contoso;
      },
      rememberTenant: async tenantId => void done.push(`remember ${tenantId}`),
      forgetTenant: async tenantId => void done.push(`forget tokens ${tenantId}`),
      consentOf: async (_, scopes) =>
        scopes.map((scope): ScopeConsent => {
          if (problem !== undefined) return { scope, consent: 'unknown', problem };
          if (!missing.some(one => scope.endsWith(one))) return { scope, consent: 'granted' };
          return {
            scope,
            consent: 'missing',
            problem: { kind: 'consentMissing', scopes: [scope], declined: false, errorNo: 65001 },
          };
        }),
      claimsIn: async () => {
        if (problem !== undefined) throw new SignInError(problem);
        return roleIds === undefined ? {} : { roleIds };
      },
    },
    sync: {
      readStanding: async () => {
        const error = new GraphError('x', { status: 0, code: 'clientNetworkLost', outcome: 'nothing-done' });
        return serviceIsAsked
          ? {
              status: { ok: true, value: { status: 'enabled', graph: {} } },
              apps: { ok: true, value: [] },
              service: { status: 'enabled', askedAt: now },
              controller: { by: 'ours' },
            }
          : { status: { ok: false, error }, apps: { ok: false, error } };
      },
      closeTenantWhile: async (tenantId, during) => {
        done.push(`close ${tenantId}`);
        const value = await during();
        done.push(`open ${tenantId}`);
        return value;
      },
    },
    clocks: {
      now: () => now,
      clock: () => ({ now, rate: 1 }),
      learn: () => undefined,
      forget: () => void done.push('forget clock'),
    },
    connectivity: {
      get isOnline() {
        return isOnline;
      },
      suspect: async () => undefined,
    },
    hostNow: () => now - 30,
    emit: event => void events.push(event),
    beforeForget: async tenantId => void done.push(`end restores ${tenantId}`),
  };
}

describe('adding a tenant', () => {
  test('gives it its own name and domain, and checks its readiness', async () => {
    const { tenant, readiness } = await service.add({ domainOrId: ' contoso.example ' });
    expect(tenant).toMatchObject({ id: contoso, displayName: 'Contoso', domain: 'contoso.example', addedAt: now });
    expect(readiness.items.every(({ result }) => result === 'ok')).toBe(true);
    expect(await service.readiness(contoso)).toEqual(readiness);
    expect(done.slice(0, 2)).toEqual([`remember ${contoso}`, `access ${contoso} ${toni.id}`]);
    expect(tenant.access).toEqual({ account: told });
    expect(events.at(-1)).toEqual({ type: 'tenantsChanged', tenantId: contoso });
  });

  test('that does not exist adds nothing and asks nothing', async () => {
    await expect(service.add({ domainOrId: 'nowhere.example' })).rejects.toMatchObject({
      error: { code: 'TENANT_UNKNOWN', asked: 'nowhere.example' },
    });
    expect(tenants.added.size).toBe(0);
    expect(done).toEqual([]);
  });

  test.each<[SignInProblem, string]>([
    [{ kind: 'noGdapAccess', errorNo: 50020 }, 'AADSTS50020'],
    [{ kind: 'wrongTenantToken', wrong: 'tenant' }, 'wrongTenantToken'],
    [{ kind: 'conditionalAccess' }, 'conditionalAccess'],
  ])('with %o in the way adds it all the same, and says what is missing', async (given, fact) => {
    problem = given;
    organization = new GraphError('x', { status: 0, code: 'clientTokenUnavailable', outcome: 'nothing-done' });
    const { tenant, readiness } = await service.add({ domainOrId: 'Contoso.example' });
    expect(tenant).toMatchObject({ displayName: 'contoso.example', domain: 'contoso.example' });
    expect(readiness.items[0]).toEqual({ check: 'signIn', result: 'failed', fact });
  });

  test('of several accounts takes the one that is named, and keeps it when it is added again', async () => {
    accounts = [toni, berta];
    const first = await service.add({ domainOrId: contoso, accountId: berta.id });
    expect(first.tenant.access?.account?.username).toBe('b');
    const again = await service.add({ domainOrId: contoso, accountId: toni.id });
    expect(again.tenant.access?.account?.username).toBe('b');
    expect(done.filter(step => step.startsWith('access'))).toEqual([
      `access ${contoso} ${berta.id}`,
      `access ${contoso} ${berta.id}`,
    ]);
  });

  test('of several accounts without naming one, or naming one that is signed out, adds nothing', async () => {
    accounts = [toni, berta];
    await expect(service.add({ domainOrId: contoso })).rejects.toEqual(
      new AppFailure({ code: 'ACCOUNT_NOT_CHOSEN', tenantId: contoso }),
    );
    accounts = [toni];
    await expect(service.add({ domainOrId: contoso, accountId: berta.id })).rejects.toEqual(
      new AppFailure({ code: 'SIGNED_OUT' }),
    );
    expect(tenants.added.size).toBe(0);
    expect(done).toEqual([]);
  });

  test('while nobody is signed in leaves it to the next who signs in', async () => {
    accounts = [];
    expect((await service.add({ domainOrId: contoso })).tenant.access).toEqual({});
  });

  test('that does not tell its name takes the one from the list of customers', async () => {
    await service.listCustomers({ accountId: toni.id });
    organization = new GraphError('x', { status: 403, code: 'accessDenied', outcome: 'refused' });
    const { tenant } = await service.add({ domainOrId: contoso });
    expect(tenant).toMatchObject({ displayName: 'Contoso', domain: contoso });
  });

  test('keeps a known name where none can be read any more', async () => {
    await service.add({ domainOrId: 'contoso.example' });
    organization = new GraphError('x', { status: 403, code: 'accessDenied', outcome: 'refused' });
    expect((await service.add({ domainOrId: contoso })).tenant).toMatchObject({
      displayName: 'Contoso',
      domain: 'contoso.example',
    });
  });

  test('takes no name from an organization that is another tenant', async () => {
    organization = { tenantId: home, name: 'Home', domains: [], graph: {} };
    expect((await service.add({ domainOrId: 'contoso.example' })).tenant.displayName).toBe('contoso.example');
  });
});

describe('the customers', () => {
  test('are asked of the home tenant; those added already are marked', async () => {
    await service.add({ domainOrId: 'contoso.example' });
    expect(await service.listCustomers({ accountId: toni.id })).toEqual([
      { tenantId: contoso, displayName: 'Contoso', added: true },
      { tenantId: 'bbbbbbbb-0000-4000-8000-000000000002', displayName: 'Woodgrove', added: false },
    ]);
    expect(done).toContain(`customers of ${toni.id} at ${home}`);
  });

  test('are nobody’s while signed out', async () => {
    accounts = [];
    await expect(service.listCustomers({ accountId: toni.id })).rejects.toEqual(new AppFailure({ code: 'SIGNED_OUT' }));
  });
});

describe('the readiness check', () => {
  test('offline says so, and leaves the last one as it was', async () => {
    const { readiness } = await service.add({ domainOrId: 'contoso.example' });
    problem = { kind: 'offline' };
    await expect(service.checkReadiness(contoso)).rejects.toEqual(new AppFailure({ code: 'OFFLINE' }));
    expect(await service.readiness(contoso)).toEqual(readiness);
  });

  test('of a tenant that was not added asks nobody', async () => {
    await expect(service.checkReadiness(contoso)).rejects.toMatchObject({ error: { code: 'TENANT_NOT_ADDED' } });
    expect(await service.readiness(contoso)).toBeNull();
  });

  test('is not saved once it was aborted', async () => {
    await service.add({ domainOrId: 'contoso.example' });
    const before = await service.readiness(contoso);
    missing = ['Search.Read.All'];
    await expect(service.checkReadiness(contoso, { signal: AbortSignal.abort() })).rejects.toEqual(
      new AppFailure({ code: 'ABORTED' }),
    );
    expect(await service.readiness(contoso)).toEqual(before);
  });
});

describe('how a tenant stands for a restore', () => {
  beforeEach(async () => {
    await service.add({ domainOrId: 'contoso.example' });
  });

  test('is asked of the service', async () => {
    missing = ['Restore.ReadWrite.All'];
    expect(await service.forRestore(contoso)).toEqual({
      online: true,
      signInNeeded: false,
      controller: { by: 'ours' },
      service: { status: 'enabled', askedAt: now },
      roleIds: ['1707125e-0aa2-4d4d-8655-a7c786c76a25'],
      missingScopes: ['BackupRestore-Restore.ReadWrite.All'],
    });
  });

  test('offline is what was known last, and says that it is offline', async () => {
    problem = { kind: 'offline' };
    serviceIsAsked = false;
    const known = tenants.added.get(contoso);
    if (known !== undefined) tenants.added.set(contoso, { ...known, controller: { by: 'leaving' } });
    expect(await service.forRestore(contoso)).toEqual({
      online: false,
      signInNeeded: false,
      controller: { by: 'leaving' },
    });
  });

  test('is offline with a token that still lives and a service that can not be reached', async () => {
    isOnline = false;
    serviceIsAsked = false;
    expect(await service.forRestore(contoso)).toMatchObject({ online: false, signInNeeded: false });
  });

  test.each<SignInProblem>([
    { kind: 'signedOut' },
    { kind: 'interactionRequired' },
    { kind: 'noGdapAccess' },
    { kind: 'sessionExpired' },
  ])('wants the technician where %o', async given => {
    problem = given;
    serviceIsAsked = false;
    expect(await service.forRestore(contoso)).toEqual({
      online: true,
      signInNeeded: true,
      controller: { by: 'unknown' },
    });
  });
});

describe('forgetting a tenant', () => {
  beforeEach(async () => {
    await service.add({ domainOrId: 'contoso.example' });
    done = [];
  });

  test('wants its name typed; spaces around it do not matter, case does', async () => {
    await expect(service.forget(contoso, 'contoso')).rejects.toEqual(
      new AppFailure({ code: 'NAME_MISMATCH', expected: 'Contoso' }),
    );
    expect(done).toEqual([]);
    expect(tenants.added.size).toBe(1);
    await service.forget(contoso, ' Contoso ');
    expect(tenants.added.size).toBe(0);
  });

  test('ends all work in it first, then takes its tokens, then what is known', async () => {
    tenants.forget = async tenantId => {
      done.push(`forget catalog ${tenantId}`);
    };
    await service.forget(contoso, 'Contoso');
    expect(done).toEqual([
      `close ${contoso}`,
      `end restores ${contoso}`,
      `forget tokens ${contoso}`,
      `forget catalog ${contoso}`,
      'forget clock',
      `open ${contoso}`,
    ]);
    expect(events.slice(-2)).toEqual([
      { type: 'tenantForgotten', tenantId: contoso },
      { type: 'tenantsChanged', tenantId: contoso },
    ]);
  });
});

describe('read-only', () => {
  beforeEach(async () => {
    await service.add({ domainOrId: 'contoso.example' });
  });

  test('stands with the tenant until it is taken back, is told to a restore, and is audited each time, once', async () => {
    expect(await service.setReadOnly(contoso, true)).toMatchObject({ readOnly: { sinceAt: now, by: 'u' } });
    await service.setReadOnly(contoso, true);
    expect(await service.forRestore(contoso)).toMatchObject({ readOnly: { sinceAt: now, by: 'u' } });
    isOnline = false;
    expect(await service.forRestore(contoso)).toMatchObject({ online: false, readOnly: { by: 'u' } });
    await service.setReadOnly(contoso, false);
    expect(await service.forRestore(contoso)).not.toHaveProperty('readOnly');
    expect(tenants.audit).toMatchObject([
      { what: 'tenant.setReadOnly', who: 'u', after: { readOnly: true } },
      { what: 'tenant.allowChanges', who: 'u', after: { readOnly: false } },
    ]);
    expect(events.at(-1)).toEqual({ type: 'tenantsChanged', tenantId: contoso });
  });

  test('is set by nobody who is signed out: the audit names who it was', async () => {
    accounts = [];
    await expect(service.setReadOnly(contoso, true)).rejects.toEqual(new AppFailure({ code: 'SIGNED_OUT' }));
    expect(tenants.audit).toEqual([]);
  });
});

describe('the rest', () => {
  test('a time zone is one that this machine knows', async () => {
    await service.add({ domainOrId: 'contoso.example' });
    expect(await service.setTimeZone(contoso, 'Europe/Helsinki')).toMatchObject({ timeZone: 'Europe/Helsinki' });
    await expect(service.setTimeZone(contoso, 'Middle/Earth')).rejects.toMatchObject({
      error: { code: 'BAD_REQUEST' },
    });
  });

  test('the overview carries the service clock', async () => {
    await service.add({ domainOrId: 'contoso.example' });
    expect(await service.overview(contoso)).toMatchObject({ clock: { now, rate: 1 }, tenant: { id: contoso } });
    expect(await service.list()).toHaveLength(1);
    // The host's clock is half a minute behind the tenant's.
    expect(await service.atHome()).toMatchObject([{ tenant: { id: contoso }, clockAheadSeconds: 30 }]);
  });
});
