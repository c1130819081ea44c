import { describe, expect, it } from 'vitest';
import type { Readiness } from '../../../../shared/contract/tenants.ts';
import { HOUR, MINUTE } from '../../../../shared/domain/time.ts';
import { callsInMemory, NOW } from '../../testing/calls.ts';
import { failsWith } from '../../testing/fails-with.ts';
import { anAddedTenant, aUnit, OTHER_TENANT, TENANT } from '../../testing/units.ts';
import { headAnswer } from '../../testing/answers.ts';

describe('tenants', () => {
  it('are listed by name, each with a colour of its own as long as there are enough', async () => {
    const { tenants } = callsInMemory();
    const more = Array.from({ length: 7 }, (_, index) => `00000000-0000-4000-8000-00000000000${index}`);
    for (const id of more) await tenants.add(anAddedTenant(id, `A${id}`));
    const all = await tenants.list();
    expect(all.map(tenant => tenant.displayName).at(-1)).toBe('Fabrikam');
    expect(new Set(all.slice(0, 8).map(tenant => tenant.colour)).size).toBeGreaterThanOrEqual(7);
    expect(new Set(all.map(tenant => tenant.colour)).size).toBe(8);
  });

  it('keep their colour, zone and date when they are added again', async () => {
    const { tenants } = callsInMemory();
    await tenants.setTimeZone(TENANT, 'Europe/Helsinki');
    const before = await tenants.setColour(TENANT, 5);
    const after = await tenants.add({ ...anAddedTenant(TENANT, 'Contoso Ltd'), addedAt: NOW + 99 });
    expect(after).toEqual({ ...before, displayName: 'Contoso Ltd', domain: 'contoso ltd.example' });
  });

  it('fail with TENANT_NOT_ADDED where one is unknown', async () => {
    const { tenants } = callsInMemory();
    const stranger = '00000000-0000-4000-8000-000000000099';
    expect(await tenants.find(stranger)).toBeUndefined();
    for (const call of [
      tenants.get(stranger),
      tenants.rename(stranger, { displayName: 'x', domain: 'y' }),
      tenants.setSyncedAt(stranger, 1),
    ]) {
      await expect(call).rejects.toEqual(failsWith('TENANT_NOT_ADDED', { tenantId: stranger }));
    }
  });

  it('keep what the service said of itself and its controller, each by itself', async () => {
    const { tenants } = callsInMemory();
    expect((await tenants.get(TENANT)).controller).toEqual({ by: 'unknown' });
    const service = { status: 'enabled', askedAt: NOW };
    await tenants.setService(TENANT, { service, at: NOW });
    await tenants.setService(TENANT, { controller: { by: 'pending', fromAt: NOW + 5 }, at: NOW });
    expect(await tenants.get(TENANT)).toMatchObject({ service, controller: { by: 'pending', fromAt: NOW + 5 } });
    expect((await tenants.get(OTHER_TENANT)).service).toBeUndefined();
  });

  it('keep the last change of their controller that was noticed, and take no first look for one', async () => {
    const { tenants } = callsInMemory();
    const change = async () => (await tenants.get(TENANT)).controllerChange;
    await tenants.setService(TENANT, { controller: { by: 'pending', fromAt: NOW + 5 }, at: NOW });
    await tenants.setService(TENANT, { controller: { by: 'pending', fromAt: NOW + 9 }, at: NOW + 1 });
    expect(await change()).toBeUndefined();
    await tenants.setService(TENANT, { controller: { by: 'ours' }, at: NOW + 20 });
    const first = { from: { by: 'pending', fromAt: NOW + 9 }, to: { by: 'ours' }, noticedAt: NOW + 20 };
    expect(await change()).toEqual(first);
    // What can't be told for a while changes nothing.
    await tenants.setService(TENANT, { controller: { by: 'unknown' }, at: NOW + 30 });
    await tenants.setService(TENANT, { controller: { by: 'ours' }, at: NOW + 40 });
    expect(await change()).toEqual(first);
    // Nor does it hide a takeover.
    await tenants.setService(TENANT, { controller: { by: 'unknown' }, at: NOW + 45 });
    await tenants.setService(TENANT, { controller: { by: 'anotherApp' }, at: NOW + 50 });
    expect(await change()).toEqual({ from: { by: 'ours' }, to: { by: 'anotherApp' }, noticedAt: NOW + 50 });
    expect((await tenants.list()).map(tenant => tenant.controllerChange?.noticedAt)).toEqual([NOW + 50, undefined]);
  });

  it('tell a change when it is noticed, and take what this console changed itself for none', async () => {
    const { tenants } = callsInMemory();
    await tenants.setService(TENANT, { controller: { by: 'nobody' }, at: NOW });
    const own = { controller: { by: 'ours' }, isOwnChange: true, at: NOW + 1 } as const;
    expect(await tenants.setService(TENANT, own)).toBeUndefined();
    expect((await tenants.get(TENANT)).controllerChange).toBeUndefined();
    const leaving = { controller: { by: 'leaving', untilAt: NOW + 9 }, at: NOW + 2 } as const;
    const noticed = { from: { by: 'ours' }, to: leaving.controller, noticedAt: NOW + 2 };
    expect(await tenants.setService(TENANT, leaving)).toEqual(noticed);
    // Told once.
    expect(await tenants.setService(TENANT, { ...leaving, at: NOW + 3 })).toBeUndefined();
    expect((await tenants.get(TENANT)).controllerChange).toEqual(noticed);
  });

  it('notice one other app after another, where both were told', async () => {
    const { tenants } = callsInMemory();
    const controller = { by: 'anotherApp' } as const;
    const noticedAt = async () => (await tenants.get(TENANT)).controllerChange?.noticedAt;
    await tenants.setService(TENANT, { controller, controllingAppId: 'App-One', at: NOW });
    await tenants.setService(TENANT, { controller, controllingAppId: 'app-one', at: NOW + 1 });
    // A look that does not tell which, is none by which a change could be noticed, nor one that hides it.
    await tenants.setService(TENANT, { controller, at: NOW + 2 });
    expect(await noticedAt()).toBeUndefined();
    await tenants.setService(TENANT, { controller, controllingAppId: 'app-two', at: NOW + 3 });
    expect(await noticedAt()).toBe(NOW + 3);
  });

  it('keep their last readiness check', async () => {
    const { tenants } = callsInMemory();
    expect(await tenants.readiness(TENANT)).toBeUndefined();
    const readiness: Readiness = { tenantId: TENANT, checkedAt: NOW, items: [{ check: 'signIn', result: 'ok' }] };
    await tenants.saveReadiness(readiness);
    expect(await tenants.readiness(TENANT)).toEqual(readiness);
  });
});

describe('read-only', () => {
  const audit = {
    at: NOW,
    tenantId: TENANT,
    who: 'anna',
    what: 'tenant.setReadOnly',
    target: `tenant ${TENANT}`,
  } as const;
  const readOnly = { sinceAt: NOW, by: 'anna@msp.example' };

  it('is kept in work with its audit row, wherever the tenant is read, and outlives the cache', async () => {
    const calls = callsInMemory();
    const { tenants } = calls;
    expect(await tenants.setReadOnly(TENANT, readOnly, audit)).toMatchObject({ id: TENANT, readOnly });
    expect((await tenants.list()).map(tenant => tenant.readOnly)).toEqual([readOnly, undefined]);
    expect(await tenants.find(TENANT)).toMatchObject({ readOnly });
    expect((await tenants.atHome([])).map(({ tenant }) => tenant.readOnly)).toEqual([readOnly, undefined]);
    expect((await calls.audit.list({ tenantId: TENANT, limit: 9 })).map(row => row.what)).toEqual([
      'tenant.setReadOnly',
    ]);
    expect(calls.store.work.settings.get('readOnly', TENANT)).toEqual(readOnly);
    const after = await tenants.setReadOnly(TENANT, undefined, { ...audit, what: 'tenant.allowChanges' });
    expect(after).not.toHaveProperty('readOnly');
  });

  it('of a tenant that is not there writes nothing', async () => {
    const { tenants, audit: rows } = callsInMemory();
    const stranger = '00000000-0000-4000-8000-000000000099';
    await expect(tenants.setReadOnly(stranger, readOnly, { ...audit, tenantId: stranger })).rejects.toEqual(
      failsWith('TENANT_NOT_ADDED', { tenantId: stranger }),
    );
    expect(await rows.listAcrossTenants({ limit: 9 })).toEqual([]);
  });
});

describe('who works in a tenant', () => {
  const access = {
    account: { id: '0123456789abcdef', username: 'anna@msp.example', displayName: 'Anna', homeTenantId: OTHER_TENANT },
    clientId: '22222222-0000-4000-8000-000000000002',
  };

  it('is kept in work, with an audit row where there is one, and goes with the tenant', async () => {
    const calls = callsInMemory();
    const { tenants } = calls;
    expect(await tenants.setAccess(TENANT, access)).toMatchObject({ id: TENANT, access });
    expect((await tenants.list()).map(tenant => tenant.access)).toEqual([access, undefined]);
    expect(await calls.audit.list({ tenantId: TENANT, limit: 9 })).toEqual([]);
    const { account } = access;
    const audit = {
      at: NOW,
      tenantId: TENANT,
      who: 'anna@msp.example',
      what: 'tenant.setAccess' as const,
      target: 'tenant',
    };
    expect((await tenants.setAccess(TENANT, { account }, audit)).access).toEqual({ account });
    expect((await calls.audit.list({ tenantId: TENANT, limit: 9 })).map(({ what }) => what)).toEqual([
      'tenant.setAccess',
    ]);
    await tenants.forget(TENANT);
    expect(calls.store.work.settings.ofTenants('access')).toEqual(new Map());
  });
});

describe('all tenants at home', () => {
  it('count the units of each kind, with what is late, missing, in error or not asked', async () => {
    const { tenants, units, knowledge } = callsInMemory();
    const since = (protectedSinceAt: number) => ({ protectedSinceAt });
    await units.put(TENANT, [
      aUnit('late', since(0)),
      aUnit('in time', since(0)),
      aUnit('bare', since(NOW - 3 * HOUR)),
      aUnit('just added', since(NOW - 10 * MINUTE)),
      aUnit('leaving', { status: 'unprotectRequested' }),
      aUnit('box', { kind: 'mailbox', error: { code: 'boom', message: 'It broke.' } }),
    ]);
    await units.put(OTHER_TENANT, [aUnit('theirs', { kind: 'drive' })]);
    const askedAt = NOW - 60;
    await knowledge.apply({
      tenantId: TENANT,
      answers: [
        headAnswer(askedAt, {
          late: NOW - 3 * HOUR,
          'in time': NOW - 20 * MINUTE,
          leaving: NOW - 4 * HOUR,
          bare: undefined,
          'just added': undefined,
        }),
      ],
      now: NOW,
    });
    const [contoso, fabrikam] = await tenants.atHome([
      { tenantId: TENANT, now: NOW },
      { tenantId: OTHER_TENANT, now: NOW },
    ]);
    expect(contoso).toMatchObject({ tenant: { id: TENANT, units: 6 }, running: [] });
    expect(contoso?.kinds).toEqual([
      {
        kind: 'mailbox',
        units: 1,
        protected: 1,
        inError: 1,
        withoutPoint: { units: 0 },
        notAsked: 1,
        late: { units: 0 },
      },
      {
        kind: 'site',
        units: 5,
        protected: 4,
        inError: 0,
        // Of the two without a point one was added too lately for it to mean anything.
        withoutPoint: { units: 1, sinceAt: NOW - 3 * HOUR },
        notAsked: 0,
        // Nobody promises a point for the one that is leaving.
        late: { units: 1, oldestAt: NOW - 3 * HOUR },
        stalest: { at: NOW - 3 * HOUR, askedAt },
      },
    ]);
    expect(fabrikam?.kinds).toEqual([expect.objectContaining({ kind: 'drive', units: 1, notAsked: 1 })]);
  });

  it('say what runs, with its counts, and what the last readiness check found missing', async () => {
    const { tenants, sessions } = callsInMemory();
    const session = (id: string, status: string) => ({
      id,
      kind: 'drive' as const,
      status,
      askedAt: NOW,
      createdAt: NOW,
    });
    const counts = { total: 5, succeeded: 1, failed: 2, inProgress: 2, waiting: 0 };
    await sessions.put(OTHER_TENANT, [
      { ...session('runs', 'active'), counts },
      session('begins', 'activating'),
      session('draft', 'draft'),
      session('over', 'completed'),
    ]);
    await tenants.saveReadiness({
      tenantId: OTHER_TENANT,
      checkedAt: NOW,
      items: [
        { check: 'signIn', result: 'failed', fact: 'AADSTS50020' },
        { check: 'role', result: 'warning' },
      ],
    });
    const [contoso, fabrikam] = await tenants.atHome([]);
    expect(contoso).toMatchObject({ running: [] });
    expect(contoso).not.toHaveProperty('notReady');
    expect(fabrikam?.running.map(({ id, counts: of }) => [id, of.failed])).toEqual([
      ['begins', 0],
      ['runs', 2],
    ]);
    expect(fabrikam?.notReady).toEqual({
      checkedAt: NOW,
      items: [{ check: 'signIn', result: 'failed', fact: 'AADSTS50020' }],
    });
  });

  it('let go of a newest point once it has expired, each by its own clock', async () => {
    const { tenants, units, knowledge } = callsInMemory();
    for (const tenantId of [TENANT, OTHER_TENANT]) {
      await units.put(tenantId, [aUnit('a')]);
      const answers = [headAnswer(NOW - 60, { a: NOW - HOUR }, HOUR + 600)];
      await knowledge.apply({ tenantId, answers, now: NOW });
    }
    const [contoso, fabrikam] = await tenants.atHome([
      { tenantId: TENANT, now: NOW },
      { tenantId: OTHER_TENANT, now: NOW + HOUR },
    ]);
    expect(contoso?.kinds[0]?.stalest?.at).toBe(NOW - HOUR);
    expect(fabrikam?.kinds[0]).toMatchObject({ notAsked: 1 });
    expect(fabrikam?.kinds[0]).not.toHaveProperty('stalest');
  });
});

describe('forgetting', () => {
  it('of a tenant that is added again meanwhile leaves it added, and empty', async () => {
    const { tenants, units } = callsInMemory();
    await units.put(
      TENANT,
      Array.from({ length: 50 }, (_, index) => aUnit(`unit-${index}`)),
    );
    const forgotten = tenants.forget(TENANT);
    // The forgetting runs in slices; this comes between the first and the last of them.
    await new Promise(setImmediate);
    await tenants.add(anAddedTenant());
    await forgotten;
    expect(await tenants.get(TENANT)).toMatchObject({ displayName: 'Contoso', units: 0 });
  });
});

describe('the overview', () => {
  it('counts the tiles, and gives the age of the oldest newest point', async () => {
    const { tenants, units, knowledge } = callsInMemory();
    await units.put(TENANT, [
      aUnit('old'),
      aUnit('new', { kind: 'drive' }),
      aUnit('none', { kind: 'mailbox', error: { code: 'boom', message: 'It broke.' } }),
      aUnit('unasked', { status: 'unprotected' }),
    ]);
    await units.put(OTHER_TENANT, [aUnit('old'), aUnit('theirs')]);
    const askedAt = NOW - 60;
    await knowledge.apply({
      tenantId: TENANT,
      answers: [headAnswer(askedAt, { old: NOW - 2 * HOUR, new: NOW - 10 * MINUTE, none: undefined })],
      now: NOW,
    });
    const { tenant, ...overview } = await tenants.overview({ tenantId: TENANT, now: NOW });
    expect(tenant).toMatchObject({ units: 4, protectedUnits: 3 });
    expect(overview).toEqual({
      counts: { units: 4, protected: 3, inError: 1, withoutPoint: 1, notAsked: 1, sites: 2, drives: 1, mailboxes: 1 },
      oldestNewest: { ageSeconds: 2 * HOUR, certain: true },
    });
    // A cadence later a newer point may be there: the age is at most what it was.
    const later = await tenants.overview({ tenantId: TENANT, now: NOW + 10 * MINUTE });
    expect(later.oldestNewest).toEqual({ ageSeconds: 2 * HOUR + 10 * MINUTE, certain: false });
  });

  it('lets go of a newest point once it has expired', async () => {
    const { tenants, units, knowledge } = callsInMemory();
    await units.put(TENANT, [aUnit('a')]);
    await knowledge.apply({
      tenantId: TENANT,
      answers: [headAnswer(NOW - 60, { a: NOW - HOUR }, HOUR + 600)],
      now: NOW,
    });
    expect((await tenants.overview({ tenantId: TENANT, now: NOW })).oldestNewest).toBeDefined();
    const expired = await tenants.overview({ tenantId: TENANT, now: NOW + HOUR });
    expect(expired.oldestNewest).toBeUndefined();
    expect(expired.counts).toMatchObject({ notAsked: 1, withoutPoint: 0 });
  });

  it('of a tenant without units is all zero', async () => {
    const { tenants } = callsInMemory();
    const { counts, oldestNewest } = await tenants.overview({ tenantId: TENANT, now: NOW });
    expect(counts.units + counts.notAsked).toBe(0);
    expect(oldestNewest).toBeUndefined();
  });
});
