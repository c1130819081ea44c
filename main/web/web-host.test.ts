import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { smallRouter } from '../bridge/testing/small-bridge.ts';
import { textOf } from '../bridge/testing/wire.ts';
import type { Host } from '../host.ts';
import { takeProfile } from '../profile/index.ts';
import type { Composition } from '../start/index.ts';
import { httpRequest } from './testing/http-get.ts';
import { startWebHost, type BuiltFiles, type WebHost } from './web-host.ts';

describe('the loopback host', () => {
  let folder: string;
  let hosts: Host[];
  let stopped: string[];
  let running: WebHost | undefined;
  let built: BuiltFiles;
  let composition: Composition<{ stop(): Promise<void> }>;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'backstop-web-'));
    mkdirSync(join(folder, 'page'));
    writeFileSync(join(folder, 'page', 'index.html'), '<!doctype html>');
    hosts = [];
    stopped = [];
    built = {
      pageFolder: join(folder, 'page'),
      catalogWorker: new URL('file:///catalog-worker.js'),
      emulator: new URL('../demo/testing/small-emulator.mjs', import.meta.url),
    };
    composition = {
      startServices: async host => {
        hosts.push(host);
        return { stop: async () => void stopped.push('services') };
      },
      createRouter: () => smallRouter().router,
    };
  });
  afterEach(async () => {
    await running?.stop();
    running = undefined;
    rmSync(folder, { recursive: true, force: true });
  });
  const args = () => ({ port: 0, open: false, backgroundSync: false, profile: join(folder, 'profile') });

  /** A page that has been let in. */
  const openPage = async (url: string): Promise<WebSocket> => {
    const { origin } = new URL(url);
    const cookie = (await httpRequest(url)).headers['set-cookie']?.[0]?.split(';')[0] ?? '';
    const socket = new WebSocket(`${origin.replace('http', 'ws')}/bridge`, { origin, headers: { cookie } });
    await new Promise((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('error', reject);
    });
    return socket;
  };
  const nextText = (socket: WebSocket): Promise<string> =>
    new Promise(resolve => socket.once('message', data => resolve(textOf(data))));

  it('serves the bridge of its services to a page that was let in', async () => {
    running = await startWebHost(args(), built, composition);
    const page = await openPage(running.url);
    page.send('{"i":"1","p":{"u":"/counter/add","b":{"json":{"by":4}}}}');
    expect(JSON.parse(await nextText(page))).toEqual({ i: '1', p: { b: { json: 4 } } });
    page.close();
  });

  it('gives its services a host that keeps secrets in memory and shows the demo alone', async () => {
    running = await startWebHost(args(), built, composition);
    const [host] = hosts;
    expect(host?.secrets.isPersistent).toBe(false);
    await host?.secrets.save('sign-in', 'TOKEN-LIKE');
    expect(await host?.secrets.load('sign-in')).toBe('TOKEN-LIKE');
    expect(host?.cloud.graphOrigin).toMatch(/^http:\/\/127\.0\.0\.1:/);
    expect(host?.demo?.customers).toHaveLength(1);
    expect(host?.switchProfile).toBeUndefined();
    const kept = readdirSync(join(folder, 'profile'), { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(entry => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
    expect(kept.join()).not.toContain('TOKEN-LIKE');
  });

  it('asks its page to open a sign-in address, and says so when there is none to ask', async () => {
    running = await startWebHost(args(), built, composition);
    const url = new URL('http://127.0.0.1:9/authorize?x=1');
    await expect(hosts[0]?.openUrl(url)).rejects.toThrow(/no page and no browser/);
    const page = await openPage(running.url);
    const asked = nextText(page);
    await hosts[0]?.openUrl(url);
    expect(JSON.parse(await asked)).toEqual({ control: 'openUrl', url: url.href });
    page.close();
  });

  it('stops pages, services and emulator, and lets go of the profile', async () => {
    const host = await startWebHost(args(), built, composition);
    const page = await openPage(host.url);
    const texts: string[] = [];
    page.on('message', data => texts.push(textOf(data)));
    const closed = new Promise(resolve => page.once('close', resolve));
    await host.stop();
    await closed;
    expect(texts).toEqual(['{"control":"gone"}']);
    expect(stopped).toEqual(['services']);
    expect(readFileSync(join(folder, 'profile', 'emulator.db'), 'utf8')).toMatch(/stopped\n$/);
    await (await takeProfile(join(folder, 'profile'))).release();
    await expect(httpRequest(host.url)).rejects.toThrow(/ECONNREFUSED/);
  });

  it('is refused by a profile that is in use, before anything opens a file in it', async () => {
    const taken = await takeProfile(join(folder, 'profile'));
    await expect(startWebHost(args(), built, composition)).rejects.toMatchObject({ error: { code: 'PROFILE_IN_USE' } });
    expect(existsSync(join(folder, 'profile', 'emulator.db'))).toBe(false);
    await taken.release();
  });

  it('stops what it has started when a later part fails', async () => {
    const failing = { ...composition, startServices: () => Promise.reject(new Error('no services')) };
    await expect(startWebHost(args(), built, failing)).rejects.toThrow('no services');
    expect(readFileSync(join(folder, 'profile', 'emulator.db'), 'utf8')).toMatch(/stopped\n$/);
    await (await takeProfile(join(folder, 'profile'))).release();
  });

  it('takes no emulator of another machine', async () => {
    const emulatorReady = JSON.stringify({
      url: 'http://emulator.example',
      clientId: 'c',
      now: '',
      tenants: [],
      users: [],
    });
    await expect(startWebHost({ ...args(), emulatorReady }, built, composition)).rejects.toThrow(
      /must be on this machine/,
    );
  });

  it('says that the page is not built', async () => {
    rmSync(join(folder, 'page', 'index.html'));
    await expect(startWebHost(args(), built, composition)).rejects.toThrow(/The page is not built.*npm run build/);
  });
});
