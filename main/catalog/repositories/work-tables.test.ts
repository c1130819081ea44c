import { describe, expect, it } from 'vitest';
import { rowsOf, workInMemory } from '../testing/memory-files.ts';
import { forgetInWork } from './forgetting.ts';

const tenant = (id: string) => ({ id, displayName: `Name ${id}`, domain: 'd', addedAt: 1 });

describe('added tenants', () => {
  it('get the least used colour, the first of those', () => {
    const { tenants } = workInMemory();
    for (const id of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i']) tenants.add(tenant(id));
    expect(tenants.list().map(row => row.colour)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 0]);
    tenants.remove('c');
    tenants.add(tenant('j'));
    expect(tenants.find('j')?.colour).toBe(2);
  });

  it('say whether there was one to change', () => {
    const { tenants } = workInMemory();
    tenants.add(tenant('a'));
    expect([tenants.setTimeZone('a', 'Europe/Oslo'), tenants.setTimeZone('b', 'Europe/Oslo')]).toEqual([true, false]);
    expect(tenants.find('a')?.timeZone).toBe('Europe/Oslo');
  });
});

describe('settings', () => {
  it('are the console’s own or one tenant’s, and never mixed', () => {
    const { settings } = workInMemory();
    settings.set('theme', 'dark');
    settings.set('theme', { of: 'a' }, 'a');
    settings.set('theme', 'light');
    expect(settings.get('theme')).toBe('light');
    expect(settings.get('theme', 'a')).toEqual({ of: 'a' });
    expect(settings.get('theme', 'b')).toBeUndefined();
    expect(settings.all()).toEqual({ theme: 'light' });
    settings.remove('theme');
    expect(settings.all()).toEqual({});
    expect(settings.get('theme', 'a')).toEqual({ of: 'a' });
  });
});

describe('remembered names', () => {
  it('are found by unit, else by owner, within the tenant', () => {
    const { names } = workInMemory();
    names.put('t', { id: 'u', ownerKey: 'o', name: 'Ada', address: 'ada@x' });
    expect(names.find('t', 'u', 'other')).toEqual({ name: 'Ada', address: 'ada@x' });
    expect(names.find('t', 'new', 'o')).toEqual({ name: 'Ada', address: 'ada@x' });
    expect(names.find('t2', 'u', 'o')).toBeUndefined();
  });

  it('keep an address that a later reading leaves out', () => {
    const { names } = workInMemory();
    names.put('t', { id: 'u', ownerKey: 'o', name: 'Ada', address: 'ada@x' });
    names.put('t', { id: 'u', ownerKey: 'o', name: 'Ada L.' });
    expect(names.find('t', 'u', 'o')).toEqual({ name: 'Ada L.', address: 'ada@x' });
    expect(names.isKnown('t', 'u', 'Ada L.', undefined)).toBe(true);
    expect(names.isKnown('t', 'u', 'Ada L.', 'new@x')).toBe(false);
  });
});

describe('forgetting', () => {
  it('takes a tenant out of every table but the audit, whatever tables there are', () => {
    const work = workInMemory();
    // A later version may have a table that this one does not know.
    work.db.exec('CREATE TABLE note (tenant TEXT NOT NULL, text TEXT) STRICT');
    for (const id of ['a', 'b']) {
      work.tenants.add(tenant(id));
      work.settings.set('x', 1, id);
      work.names.put(id, { id: 'u', ownerKey: 'o', name: 'N' });
      const key = work.plans.openAside(id);
      work.plans.show(key, {
        id: `plan ${id}`,
        tenantId: id,
        name: 'P',
        createdAt: 1,
        createdBy: 'me',
        preference: 'newest',
      });
      // One more, left from a plan whose making was broken off.
      work.planUnits.add(work.plans.openAside(id), [{ unitId: 'u', kind: 'site', name: 'N' }]);
      work.planUnits.add(key, [{ unitId: 'u', kind: 'site', name: 'N' }]);
      work.planSessions.link({ planId: `plan ${id}`, sessionId: 's', tenantId: id, kind: 'site' });
      const seq = work.intents.append({
        planId: `plan ${id}`,
        tenantId: id,
        step: 's',
        about: 'a',
        at: 1,
        facts: null,
      });
      work.intents.conclude({ intent: seq, outcome: 'done', at: 2, facts: null });
      work.audit.append({ at: 1, tenantId: id, who: 'me', what: 'plan.start', target: 't' });
      work.db.write<[string]>('INSERT INTO note VALUES (?, NULL)').run(id);
    }
    forgetInWork(work.db, 'a');
    const counts = Object.fromEntries(
      [
        'added_tenant',
        'setting',
        'remembered_name',
        'plan',
        'plan_unit',
        'plan_session',
        'intent',
        'audit',
        'note',
      ].map(name => [name, rowsOf(work.db, name).length]),
    );
    expect(counts).toEqual({
      added_tenant: 1,
      setting: 1,
      remembered_name: 1,
      plan: 2,
      plan_unit: 2,
      plan_session: 1,
      intent: 2,
      audit: 2,
      note: 1,
    });
    expect(work.plans.find('plan b')).toBeDefined();
  });
});
