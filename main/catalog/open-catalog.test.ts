import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { cacheHistory } from './migrations/cache/index.ts';
import { workHistory } from './migrations/work/index.ts';
import { failsWith } from './testing/fails-with.ts';
import { aProfile, NOW, openedCatalog, WORKER } from './testing/profiles.ts';
import { anAddedTenant, aUnit, OTHER_TENANT, TENANT } from './testing/units.ts';
import { openDatabase } from './worker/database.ts';

const MORTAL = new URL('./testing/mortal-worker.ts', import.meta.url);

/** Puts a page of nonsense into the middle of a closed database file. */
function damage(path: string, page = 1): void {
  const bytes = readFileSync(path);
  bytes.fill(0xa5, page * 4_096, (page + 1) * 4_096);
  writeFileSync(path, bytes);
}

describe('openCatalog', () => {
  it('makes the profile folder and its files readable by the owner alone', async () => {
    const profile = aProfile();
    mkdirSync(profile, { recursive: true });
    chmodSync(profile, 0o755);
    await openedCatalog(profile);
    if (process.platform === 'win32') return;
    expect(statSync(profile).mode & 0o777).toBe(0o700);
    for (const name of readdirSync(profile))
      expect([name, statSync(join(profile, name)).mode & 0o077]).toEqual([name, 0]);
  });

  it('fails with PROFILE_UNWRITABLE where the folder cannot be made', async () => {
    const profile = aProfile();
    writeFileSync(profile, 'a file stands where the folder should');
    await expect(openedCatalog(profile)).rejects.toEqual(failsWith('PROFILE_UNWRITABLE', { path: profile }));
  });

  it('keeps what was written over a restart', async () => {
    const profile = aProfile();
    const first = await openedCatalog(profile);
    await first.catalog.tenants.add(anAddedTenant());
    await first.catalog.settings.set('theme', 'dark');
    await first.catalog.close();
    const { catalog, trouble } = await openedCatalog(profile);
    expect(await catalog.tenants.list()).toMatchObject([{ id: TENANT, displayName: 'Contoso' }]);
    expect(await catalog.settings.all()).toEqual({ theme: 'dark' });
    expect(catalog.notices).toEqual([]);
    expect(trouble).toEqual([]);
  });

  it('refuses files of a newer version by name', async () => {
    for (const { name: file, migrations } of [cacheHistory, workHistory]) {
      const name = `${file}.db`;
      const profile = aProfile();
      await (await openedCatalog(profile)).catalog.close();
      const db = openDatabase(join(profile, name));
      db.exec('PRAGMA user_version = 99');
      db.close();
      await expect(openedCatalog(profile)).rejects.toEqual(
        failsWith('CATALOG_NEWER', { path: join(profile, name), found: 99, known: migrations.length }),
      );
      expect(readdirSync(profile).filter(file => file.includes('damaged'))).toEqual([]);
    }
  });

  it('fails every call after it was closed', async () => {
    const { catalog } = await openedCatalog(aProfile());
    await catalog.close();
    await expect(catalog.tenants.list()).rejects.toEqual(failsWith('CATALOG_UNAVAILABLE'));
  });

  it('answers what was asked before it was closed', async () => {
    const { catalog } = await openedCatalog(aProfile());
    const asked = catalog.settings.set('last', 'words');
    const closed = catalog.close();
    await expect(asked).resolves.toBeUndefined();
    await closed;
  });
});

describe('a worker that dies', () => {
  it('fails all calls under way, and is started anew by the next', async () => {
    const { catalog, trouble } = await openedCatalog(aProfile(), MORTAL);
    await catalog.tenants.add(anAddedTenant());
    const selection = await catalog.selections.open(TENANT);
    const calls = [catalog.settings.get('die now'), catalog.tenants.list(), catalog.plans.list({ now: NOW })];
    for (const call of await Promise.allSettled(calls)) {
      expect(call).toEqual({ status: 'rejected', reason: failsWith('CATALOG_UNAVAILABLE') });
    }
    expect(trouble[0]).toMatch(/catalogWorkerDied: The worker ended with exit code 70/);
    expect(await catalog.tenants.list()).toMatchObject([{ id: TENANT }]);
    // What lived in the worker ended with it, and says so.
    await expect(catalog.selections.summary(selection.id)).rejects.toEqual(failsWith('SELECTION_NOT_FOUND'));
  });

  it('is started once for calls made at the same time', async () => {
    const { catalog, trouble } = await openedCatalog(aProfile(), MORTAL);
    await catalog.tenants.add(anAddedTenant());
    await expect(catalog.settings.get('die now')).rejects.toEqual(failsWith('CATALOG_UNAVAILABLE'));
    const selections = await Promise.all([catalog.selections.open(TENANT), catalog.selections.open(TENANT)]);
    for (const { id } of selections) expect(await catalog.selections.summary(id)).toMatchObject({ count: 0 });
    expect(trouble).toHaveLength(1);
  });
});

describe('the worker', () => {
  it('outlives ten thousand malformed messages, and still answers', async () => {
    const profile = aProfile();
    const worker = new Worker(WORKER, { workerData: { profile, now: NOW }, execArgv: [] });
    const answers: unknown[] = [];
    const opened = Promise.withResolvers<void>();
    const answered = Promise.withResolvers<void>();
    worker.on('message', (message: { type: string; id?: number }) => {
      if (message.type === 'opened') opened.resolve();
      if (message.id !== undefined && message.id >= 0) answers.push(message);
      if (message.id === 42) answered.resolve();
    });
    await opened.promise;
    const shapes: ((n: number) => unknown)[] = [
      () => null,
      n => n,
      n => `call ${n}`,
      () => [],
      () => ({ type: 'call' }),
      n => ({ type: 'call', id: `${n}`, group: 'tenants', method: 'list', args: [] }),
      n => ({ type: 'call', id: n + 0.5, group: 'tenants', method: 'list', args: [] }),
      n => ({ type: 'call', id: n, group: 'tenants', method: 'list', args: 'none' }),
      n => ({ type: 'open', id: n }),
      n => ({ type: 'call', id: n, group: '__proto__', method: 'toString', args: [], extra: new Map([[n, n]]) }),
    ];
    for (let n = 0; n < 10_000; n += 1) worker.postMessage(shapes[n % shapes.length]?.(n + 100), []);
    worker.postMessage({ type: 'call', id: 42, group: 'tenants', method: 'list', args: [] }, []);
    await answered.promise;
    // Only what had the shape of a call was answered: the thousand calls of nothing by an error each, the last by its value.
    expect(answers).toHaveLength(1_001);
    expect(answers.at(-1)).toEqual({ type: 'answer', id: 42, json: '[]' });
    await worker.terminate();
  });

  it('answers calls that do not exist, and arguments that make no sense, by an error', async () => {
    const { catalog } = await openedCatalog(aProfile());
    const unexpected = failsWith('UNEXPECTED', { errorId: expect.any(String) });
    await expect(Reflect.apply(Reflect.get(catalog.tenants, 'drop'), undefined, [])).rejects.toEqual(unexpected);
    await expect(Reflect.apply(Reflect.get(catalog.tenants, 'constructor'), undefined, [])).rejects.toEqual(unexpected);
    await expect(Reflect.apply(Reflect.get(catalog.units, 'list'), undefined, ['?'])).rejects.toBeDefined();
    await expect(Reflect.apply(Reflect.get(catalog.settings, 'set'), undefined, ['x', () => 1])).rejects.toBeDefined();
    expect(await catalog.tenants.list()).toEqual([]);
  });
});

describe('a damaged cache', () => {
  const withUnits = async (profile: string, count: number): Promise<void> => {
    const { catalog } = await openedCatalog(profile);
    await catalog.tenants.add(anAddedTenant());
    const read = await catalog.units.beginRead({ tenantId: TENANT, kind: 'site', at: NOW });
    await catalog.units.putPage(
      read,
      Array.from({ length: count }, (_, index) => aUnit(`unit-${index}`)),
    );
    await catalog.units.endRead(read);
    await catalog.close();
  };

  it.each([
    [
      'is no database',
      (path: string) => writeFileSync(path, 'this was a database once, long ago; now it is a sentence'),
    ],
    ['fails its check', (path: string) => damage(path, 3)],
    [
      'is another application’s',
      (path: string) => {
        const db = openDatabase(path);
        db.exec('PRAGMA application_id = 12345');
        db.close();
      },
    ],
  ])('that %s is set aside under a dated name, told, and refilled', async (_, spoil) => {
    const profile = aProfile();
    await withUnits(profile, 300);
    spoil(join(profile, 'cache.db'));
    const { catalog } = await openedCatalog(profile);
    const setAsidePath = join(profile, 'cache-damaged-2026-09-21T141320Z.db');
    expect(catalog.notices).toEqual([{ code: 'CACHE_SET_ASIDE', setAsidePath }]);
    expect(existsSync(setAsidePath)).toBe(true);
    // The tenant stands in work; its units are to be read again.
    expect(await catalog.tenants.list()).toMatchObject([{ id: TENANT, units: 0 }]);
    await catalog.close();
    const again = await openedCatalog(profile);
    expect(again.catalog.notices).toEqual([]);
  });

  it('met later is set aside too: reads go on from an empty one, and a listener is told', async () => {
    const profile = aProfile();
    await withUnits(profile, 1_000);
    const path = join(profile, 'cache.db');
    const { catalog } = await openedCatalog(profile);
    const told: unknown[] = [];
    catalog.onNotice(notice => void told.push(notice));
    const other = openDatabase(path);
    const { page } = other
      .read<[], { page: number }>("SELECT rootpage AS page FROM sqlite_schema WHERE name = 'unit'")
      .get() ?? { page: 0 };
    damage(path, page - 1);
    // Another connection's write makes the worker read its pages anew.
    other.exec('UPDATE tenant SET synced_at = 1');
    other.close();
    const question = {
      tenantId: TENANT,
      filter: {},
      sort: { by: 'status', descending: false } as const,
      window: { offset: 0, limit: 5 },
      now: NOW,
    };
    expect(await catalog.units.list(question)).toEqual({ total: 0, offset: 0, rows: [] });
    expect(told).toEqual([{ code: 'CACHE_SET_ASIDE', setAsidePath: expect.stringMatching(/cache-damaged-.*\.db$/) }]);
    expect(await catalog.tenants.list()).toMatchObject([{ id: TENANT, units: 0 }]);
  });
});

describe('a damaged work', () => {
  const withPlan = async (profile: string): Promise<void> => {
    const { catalog } = await openedCatalog(profile);
    await catalog.tenants.add(anAddedTenant());
    await catalog.units.put(TENANT, [aUnit('unit-1')]);
    await catalog.settings.set('theme', 'dark');
    await catalog.close();
    // A second opening finds it sound, and copies it.
    await (await openedCatalog(profile)).catalog.close();
  };

  it('is never replaced: writes stop, its copy is offered, and the cache is read on', async () => {
    const profile = aProfile();
    await withPlan(profile);
    const path = join(profile, 'work.db');
    damage(path, 2);
    const spoilt = readFileSync(path);
    const { catalog } = await openedCatalog(profile);
    expect(catalog.notices).toEqual([
      { code: 'WORK_UNREADABLE', workPath: path, copyPath: join(profile, 'work-copy.db') },
    ]);

    const unreadable = failsWith('WORK_UNREADABLE');
    await expect(catalog.settings.set('theme', 'light')).rejects.toEqual(unreadable);
    await expect(catalog.plans.list({ now: NOW })).rejects.toEqual(unreadable);
    await expect(catalog.tenants.add(anAddedTenant(OTHER_TENANT))).rejects.toEqual(unreadable);
    await expect(catalog.tenants.forget(TENANT)).rejects.toEqual(unreadable);
    const entry = { at: NOW, tenantId: TENANT, who: 'me', what: 'plan.start', target: 't' } as const;
    await expect(catalog.audit.append(entry)).rejects.toEqual(unreadable);

    expect(await catalog.tenants.list()).toMatchObject([{ id: TENANT, displayName: 'Contoso', units: 1 }]);
    await catalog.units.put(TENANT, [aUnit('unit-2')]);
    expect(await catalog.units.byIds(TENANT, ['unit-1', 'unit-2'])).toHaveLength(2);
    await catalog.close();
    expect(readFileSync(path).equals(spoilt)).toBe(true);
    expect(readdirSync(profile).filter(name => name.includes('damaged'))).toEqual([]);

    // The copy is what it is offered for: with it in its place, everything is there again.
    writeFileSync(path, readFileSync(join(profile, 'work-copy.db')));
    const mended = await openedCatalog(profile);
    expect(mended.catalog.notices).toEqual([]);
    expect(await mended.catalog.settings.all()).toEqual({ theme: 'dark' });
  });

  it('that was cut to nothing is not taken for a new one', async () => {
    const profile = aProfile();
    await withPlan(profile);
    writeFileSync(join(profile, 'work.db'), '');
    const { catalog } = await openedCatalog(profile);
    expect(catalog.notices).toMatchObject([{ code: 'WORK_UNREADABLE', copyPath: join(profile, 'work-copy.db') }]);
    await expect(catalog.settings.all()).rejects.toEqual(failsWith('WORK_UNREADABLE'));
  });

  it('offers no copy that is damaged itself', async () => {
    const profile = aProfile();
    await withPlan(profile);
    damage(join(profile, 'work.db'), 2);
    damage(join(profile, 'work-copy.db'), 2);
    const { catalog } = await openedCatalog(profile);
    expect(catalog.notices).toEqual([{ code: 'WORK_UNREADABLE', workPath: join(profile, 'work.db') }]);
  });
});

describe('forgetting a tenant', () => {
  it('leaves nothing of it in any file but the audit, and nothing of others is lost', async () => {
    const profile = aProfile();
    const secretName = 'Zebrafinch Holdings';
    const { catalog } = await openedCatalog(profile);
    await catalog.tenants.add(anAddedTenant());
    await catalog.tenants.add(anAddedTenant(OTHER_TENANT, 'Fabrikam'));
    for (const [tenantId, name] of [
      [TENANT, secretName],
      [OTHER_TENANT, 'Fabrikam Portal'],
    ] as const) {
      await catalog.units.put(tenantId, [aUnit('unit-1', { name })]);
      const plan = {
        id: tenantId,
        tenantId,
        name: `Plan of ${name}`,
        createdAt: NOW,
        createdBy: 'me',
        preference: 'newest',
      } as const;
      await catalog.plans.create(plan, { type: 'units', unitIds: ['unit-1'] });
      await catalog.intents.append({ planId: tenantId, tenantId, step: 's', about: name, at: NOW, facts: null });
      await catalog.settings.set('note', name, tenantId);
      await catalog.audit.append({ at: NOW, tenantId, who: 'me', what: 'plan.start', target: tenantId });
    }
    await catalog.close();

    const again = (await openedCatalog(profile)).catalog;
    expect(existsSync(join(profile, 'work-copy.db'))).toBe(true);
    await again.tenants.forget(TENANT);

    expect(await again.tenants.list()).toMatchObject([{ id: OTHER_TENANT, units: 1 }]);
    await expect(again.tenants.get(TENANT)).rejects.toEqual(failsWith('TENANT_NOT_ADDED', { tenantId: TENANT }));
    expect((await again.plans.list({ now: NOW })).map(plan => plan.tenantId)).toEqual([OTHER_TENANT]);
    expect(await again.intents.list(TENANT)).toEqual([]);
    expect(await again.settings.get('note', TENANT)).toBeUndefined();
    expect(await again.settings.get('note', OTHER_TENANT)).toBe('Fabrikam Portal');
    expect((await again.audit.listAcrossTenants({ limit: 10 })).map(row => row.tenantId)).toEqual([
      TENANT,
      OTHER_TENANT,
    ]);
    await again.close();

    // Not in a freed page, not in a log, not in a copy.
    const holding = readdirSync(profile).filter(name => readFileSync(join(profile, name)).includes(secretName));
    expect(holding).toEqual([]);
    expect(readFileSync(join(profile, 'work-copy.db')).includes('Fabrikam Portal')).toBe(true);
  });

  it('is finished at the next opening where it was broken off', async () => {
    const profile = aProfile();
    const { catalog } = await openedCatalog(profile);
    await catalog.tenants.add(anAddedTenant());
    await catalog.units.put(TENANT, [aUnit('unit-1')]);
    await catalog.close();
    // As if the process had ended right after the tenant's own row was deleted.
    const work = openDatabase(join(profile, 'work.db'));
    work.exec('DELETE FROM added_tenant');
    work.close();

    const again = (await openedCatalog(profile)).catalog;
    // Ingests wait for their turn behind what the worker does at its opening.
    await expect(again.units.put(TENANT, [])).rejects.toEqual(failsWith('TENANT_NOT_ADDED'));
    await again.close();
    const cache = openDatabase(join(profile, 'cache.db'));
    expect(
      cache.read<[], { n: number }>('SELECT (SELECT count(*) FROM unit) + (SELECT count(*) FROM tenant) AS n').get(),
    ).toEqual({ n: 0 });
    cache.close();
  });
});
