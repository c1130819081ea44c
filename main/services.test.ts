import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Host, LogFacts, SecretStore } from './host.ts';
import { memorySecrets } from './secrets/index.ts';
import { startServices } from './services.ts';

const TENANT = '0b5c3c1e-4f0a-4d0e-9c60-3b1c8a4f2d01';
const NOW = 1_790_000_000;

/** All services, on a machine without a network. */
describe('the services', () => {
  let profile: string;
  let logged: string[];
  beforeEach(() => {
    profile = mkdtempSync(join(tmpdir(), 'backstop-services-'));
    logged = [];
  });
  afterEach(() => rmSync(profile, { recursive: true, force: true }));

  const hostWith = (secrets: SecretStore = memorySecrets()): Host => {
    const write = (event: string, _facts?: LogFacts): void => void logged.push(event);
    return {
      secrets,
      openUrl: async () => undefined,
      fetch: async () => {
        throw new TypeError('fetch failed');
      },
      paths: { profile, catalogWorker: new URL('./catalog/worker/main.ts', import.meta.url) },
      now: () => NOW,
      backgroundSync: false,
      log: { info: write, warn: write, error: write },
      cloud: {
        clientId: '2f1f6a4e-6d5f-4d3c-8a51-0f3c1f6f7a01',
        graphOrigin: 'https://graph.microsoft.com',
        loginOrigin: 'https://login.microsoftonline.com',
      },
    };
  };
  /** SQLite takes its write-ahead log away when the last connection is closed. */
  const isOpen = (): boolean => existsSync(join(profile, 'cache.db-wal'));

  const withATenant = async (): Promise<void> => {
    const services = await startServices(hostWith());
    await services.catalog.tenants.add({
      id: TENANT,
      displayName: 'Contoso',
      domain: 'contoso.example',
      addedAt: NOW,
    });
    expect(isOpen()).toBe(true);
    await services.stop();
    expect(isOpen()).toBe(false);
  };

  it('open without a network, and say so', async () => {
    await withATenant();
    const services = await startServices(hostWith());
    await services.connectivity.tryNow();
    expect(services.connectivity.state()).toMatchObject({ state: 'offline' });
    expect(await services.tenants.list()).toMatchObject([{ id: TENANT, displayName: 'Contoso' }]);
    await services.stop();
  });

  it('take a restore that waits for a sign-in up again as soon as the account changes', async () => {
    const services = await startServices(hostWith());
    const wake = vi.spyOn(services.restore.runner, 'wake');
    services.events.publish({ type: 'accountChanged' });
    await vi.waitFor(() => expect(wake).toHaveBeenCalled());
    await services.stop();
  });

  it('open on a damaged `work`: what the cache knows can be read, and nothing is written', async () => {
    await withATenant();
    // A sound file is copied whenever it is opened.
    await (await startServices(hostWith())).stop();
    writeFileSync(join(profile, 'work.db'), 'this is no database, and longer than the header of one'.repeat(200));
    const services = await startServices(hostWith());
    expect(services.consoleState().notices).toEqual([
      { code: 'WORK_UNREADABLE', workPath: join(profile, 'work.db'), copyPath: join(profile, 'work-copy.db') },
    ]);
    expect(await services.tenants.list()).toMatchObject([{ id: TENANT, displayName: 'Contoso' }]);
    expect(await services.settings.get()).toMatchObject({ theme: 'system' });
    const refused = { error: { code: 'WORK_UNREADABLE' } };
    await expect(services.settings.change({ theme: 'dark' })).rejects.toMatchObject(refused);
    await expect(services.tenants.setTimeZone(TENANT, 'Europe/Oslo')).rejects.toMatchObject(refused);
    await services.stop();
  });

  it('open on a damaged `cache`, which is set aside and begun anew', async () => {
    await withATenant();
    writeFileSync(join(profile, 'cache.db'), 'this is no database, and longer than the header of one'.repeat(200));
    const services = await startServices(hostWith());
    expect(services.consoleState().notices).toMatchObject([{ code: 'CACHE_SET_ASIDE' }]);
    expect(await services.tenants.list()).toMatchObject([{ id: TENANT, displayName: 'Contoso', units: 0 }]);
    await services.stop();
  });

  it('leave nothing running where one of them can not start', async () => {
    const broken: SecretStore = {
      ...memorySecrets(),
      get isPersistent(): boolean {
        throw new Error('no key store');
      },
    };
    await expect(startServices(hostWith(broken))).rejects.toThrow('no key store');
    expect(isOpen()).toBe(false);
  });

  it('close the catalog also where something else can not be stopped', async () => {
    const services = await startServices(hostWith());
    services.connectivity.stop = () => {
      throw new Error('will not stop');
    };
    await expect(services.stop()).rejects.toThrow('will not stop');
    expect(isOpen()).toBe(false);
  });
});
