import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MessagePort } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { smallRouter } from '../bridge/testing/small-bridge.ts';
import type { Host } from '../host.ts';
import { standInElectron, type StandIn, type StandInOptions } from './testing/electron-stand-in.ts';

const APP_ID = '1f7c5b0e-2d54-4a63-9a5c-0f6a6b1d2c3e';
const MSP = '11111111-1111-4111-8111-111111111111';

/** What Electron gives the shell's own folder, and the services that the shell starts: everything in a test's hand. */
class ShellTest {
  readonly folder = mkdtempSync(join(tmpdir(), 'backstop-shell-'));
  readonly hosts: Host[] = [];
  readonly stopped: Host[] = [];
  failNext: Error | undefined;
  emulatorsSpeak = true;
  started = 0;
  standIn: StandIn = standInElectron({ userData: '' });
  #server: Server | undefined;
  #running: Promise<void> | undefined;

  get data(): string {
    return join(this.folder, 'data');
  }

  async emulatorLine(): Promise<string> {
    this.#server ??= createServer((_, response) => {
      response.end(JSON.stringify({ now: '2026-03-06T10:00:00Z', timeScale: 60 }));
    });
    const server = this.#server;
    if (!server.listening) await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    return JSON.stringify({
      url: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`,
      clientId: APP_ID,
      now: '2026-03-06T10:00:00Z',
      tenants: [{ id: MSP, domain: 'msp.example', displayName: 'The MSP', role: 'home' }],
      users: [{ userPrincipalName: 'tech@msp.example', homeTenantId: MSP }],
    });
  }

  /** Runs the shell up to where it waits for Electron. */
  async begin(options: Omit<StandInOptions, 'userData'> = {}): Promise<void> {
    mkdirSync(join(this.folder, 'page'), { recursive: true });
    mkdirSync(this.data, { recursive: true });
    writeFileSync(join(this.folder, 'page', 'index.html'), '<!doctype html><title>the page</title>');
    const line = await this.emulatorLine();
    this.standIn = standInElectron({
      ...options,
      userData: this.data,
      onFork: utility => {
        if (this.emulatorsSpeak) setImmediate(() => utility.print(`${line}\n`));
      },
    });
    vi.resetModules();
    vi.doMock('electron', () => this.standIn.electron);
    const { runShell } = await import('./run-shell.ts');
    this.#running = runShell(
      {
        pageFolder: join(this.folder, 'page'),
        preload: '/built/preload/index.cjs',
        catalogWorker: new URL('file:///built/main/catalog-worker.js'),
        emulator: new URL('file:///built/main/emulator.js'),
      },
      {
        startServices: async host => {
          this.hosts.push(host);
          const failure = this.failNext;
          this.failNext = undefined;
          if (failure !== undefined) throw failure;
          this.started += 1;
          return { stop: async () => void this.stopped.push(host) };
        },
        createRouter: () => smallRouter().router,
      },
    );
  }

  /** Lets Electron become ready. */
  async finish(): Promise<void> {
    this.standIn.becomeReady();
    await this.#running;
  }

  async dispose(): Promise<void> {
    const server = this.#server;
    server?.closeAllConnections();
    if (server?.listening === true) await new Promise(resolve => server.close(resolve));
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** The window's page has loaded: its preload gets a port. @returns the newest port */
  loadPage(): MessagePort | undefined {
    const [window] = this.standIn.windows;
    window?.contents.happen('did-finish-load');
    return window?.ports.at(-1)?.port;
  }
}

const answerOf = (port: MessagePort, text: string): Promise<unknown> => {
  // `on`, and for good: Node stops a port whose last listener has gone, and then its end is not told either.
  const answer = new Promise(resolve => port.on('message', (data: string) => resolve(JSON.parse(data))));
  port.postMessage(text);
  return answer;
};
const COUNT = '{"i":"1","p":{"u":"/counter/value"}}';

let test: ShellTest;
beforeEach(() => {
  test = new ShellTest();
});
afterEach(async () => {
  vi.unstubAllEnvs();
  test.standIn.electron.app.quit();
  // Services that failed to start have nothing to stop.
  await vi.waitUntil(() => test.stopped.length >= test.started);
  await test.dispose();
});

describe('starting', () => {
  it('does before Electron is ready what has an effect only then, and opens nothing yet', async () => {
    await test.begin();
    expect(test.standIn.seen.order).toEqual([
      'registerSchemesAsPrivileged',
      'enableSandbox',
      'requestSingleInstanceLock',
    ]);
    expect(test.standIn.seen.schemes).toEqual([
      { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
    ]);
    expect(test.standIn.windows).toHaveLength(0);
    await test.finish();
    expect(test.standIn.windows[0]?.calls).toEqual(['loadURL app://backstop/']);
  });

  it('leaves a second instance to the first, which comes to the front', async () => {
    await test.begin({ isSecond: true });
    expect(test.standIn.seen.order.at(-2)).toBe('quit');
    expect(test.hosts).toHaveLength(0);

    await test.begin();
    test.standIn.app.happen('second-instance');
    expect(test.standIn.windows).toHaveLength(0);
    await test.finish();
    const [window] = test.standIn.windows;
    if (window === undefined) throw new Error('no window');
    window.minimized = true;
    test.standIn.app.happen('second-instance');
    expect(window.calls.slice(-2)).toEqual(['restore', 'focus']);
    expect(test.standIn.windows).toHaveLength(1);
  });

  it('opens a window without Node, isolated, in a sandbox', async () => {
    await test.begin();
    await test.finish();
    expect(test.standIn.seen.windowOptions).toEqual([
      expect.objectContaining({
        show: false,
        webPreferences: expect.objectContaining({
          preload: '/built/preload/index.cjs',
          sandbox: true,
          contextIsolation: true,
          nodeIntegration: false,
          nodeIntegrationInSubFrames: false,
          nodeIntegrationInWorker: false,
          webSecurity: true,
          webviewTag: false,
        }),
      }),
    ]);
    test.standIn.windows[0]?.events.happen('ready-to-show');
    expect(test.standIn.windows[0]?.calls).toContain('show');
  });

  it('shows the demo while no Entra app is registered, from a utility process that keeps its state in the demo profile', async () => {
    await test.begin();
    await test.finish();
    const [utility] = test.standIn.utilities;
    expect(utility?.path).toBe('/built/main/emulator.js');
    expect(utility?.args).toEqual([
      '--port',
      '0',
      '--time-scale',
      '60',
      '--lived-in',
      '--file',
      join(test.data, 'demo', 'emulator.db'),
    ]);
    expect(utility?.options).toMatchObject({ stdio: ['ignore', 'pipe', 'ignore'] });
    expect(test.hosts[0]).toMatchObject({ demo: { homeTenantId: MSP }, paths: { profile: join(test.data, 'demo') } });
    expect(test.hosts[0]?.switchProfile).toBeUndefined();
  });

  it("opens the own profile, in Microsoft's cloud, once an Entra app is registered", async () => {
    mkdirSync(test.data, { recursive: true });
    writeFileSync(join(test.data, 'backstop.json'), JSON.stringify({ clientId: APP_ID }));
    await test.begin({ isPackaged: true });
    await test.finish();
    expect(test.standIn.utilities).toHaveLength(0);
    expect(test.hosts[0]?.demo).toBeUndefined();
    expect(test.hosts[0]?.cloud).toEqual({
      clientId: APP_ID,
      graphOrigin: 'https://graph.microsoft.com',
      loginOrigin: 'https://login.microsoftonline.com',
    });
    expect(Math.abs((test.hosts[0]?.now() ?? 0) - Date.now() / 1_000)).toBeLessThan(5);
  });

  it.each([
    ['{"clientId": "not an id"}'],
    [`{"clientId": "${APP_ID}", "authority": "https://evil.example"}`],
    ['not json'],
  ])('refuses a registration that is %s', async text => {
    mkdirSync(test.data, { recursive: true });
    writeFileSync(join(test.data, 'backstop.json'), text);
    await test.begin();
    await test.finish();
    expect(test.standIn.seen.errorBoxes).toEqual([
      { title: "Backstop can't start", content: expect.stringMatching(/backstop\.json must hold/) },
    ]);
    expect(test.standIn.seen.order).toContain('exit 1');
    expect(test.standIn.windows).toHaveLength(0);
  });

  it('says in one sentence why it can not start', async () => {
    test.emulatorsSpeak = false;
    await test.begin();
    test.standIn.becomeReady();
    await vi.waitUntil(() => test.standIn.utilities.length === 1);
    test.standIn.utilities[0]?.exit(3);
    await vi.waitUntil(() => test.standIn.seen.errorBoxes.length === 1);
    expect(test.standIn.seen.errorBoxes[0]?.content).toBe(
      'The demo tenants could not be started (exit 3); start Backstop again.',
    );
    expect(test.standIn.seen.order).toContain('exit 1');
  });
});

describe('overrides', () => {
  it('give a development build another profile and an emulator that runs already', async () => {
    vi.stubEnv('BACKSTOP_EMULATOR', await test.emulatorLine());
    vi.stubEnv('BACKSTOP_PROFILE', join(test.folder, 'elsewhere'));
    await test.begin();
    expect(test.standIn.seen.order.indexOf('setPath userData')).toBeLessThan(
      test.standIn.seen.order.indexOf('requestSingleInstanceLock'),
    );
    await test.finish();
    expect(test.standIn.utilities).toHaveLength(0);
    expect(test.hosts[0]?.paths.profile).toBe(join(test.folder, 'elsewhere'));
  });

  it('are nothing to a packaged build', async () => {
    vi.stubEnv('BACKSTOP_EMULATOR', JSON.stringify({ url: 'http://127.0.0.1:1' }));
    vi.stubEnv('BACKSTOP_PROFILE', join(test.folder, 'elsewhere'));
    await test.begin({ isPackaged: true });
    await test.finish();
    expect(test.standIn.seen.order).not.toContain('setPath userData');
    expect(test.standIn.utilities).toHaveLength(1);
    expect(test.hosts[0]?.paths.profile).toBe(join(test.data, 'demo'));
  });
});

describe('the page', () => {
  it('is served under its own name alone, with the strict policy', async () => {
    await test.begin();
    await test.finish();
    const page = await test.standIn.request('app://backstop/');
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('the page');
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'; script-src 'self';");
    expect(policy).toContain("connect-src 'none'");
    expect(policy).not.toContain('unsafe');
    expect((await test.standIn.request('app://elsewhere/')).status).toBe(403);
    expect((await test.standIn.request('app://backstop/../data/backstop.json')).status).toBe(404);
    expect((await test.standIn.request('app://backstop/', 'POST')).status).toBe(405);
  });

  it('goes nowhere, opens nothing, holds no web view', async () => {
    await test.begin();
    await test.finish();
    const { contents, events } = strictContents();
    test.standIn.app.happen('web-contents-created', {}, contents);
    for (const event of ['will-navigate', 'will-frame-navigate', 'will-redirect', 'will-attach-webview']) {
      expect(events.happen(event, { url: 'https://evil.example' })).toBe(true);
    }
    expect(contents.openHandler?.({ url: 'https://evil.example' })).toEqual({ action: 'deny' });
  });

  it('may write to the clipboard; it is granted nothing else and no device, and saves only what it has made itself', async () => {
    await test.begin();
    await test.finish();
    const { permissions, session } = test.standIn;
    const isGranted = (permission: string, address: string): boolean => {
      const answers: boolean[] = [];
      permissions.request?.({}, permission, granted => answers.push(granted), { requestingUrl: address });
      expect(answers).toEqual([permissions.check?.(null, permission, address)]);
      return answers[0] === true;
    };
    for (const permission of [
      'media',
      'geolocation',
      'notifications',
      'openExternal',
      'clipboard-read',
      'fileSystem',
      'unknown',
    ]) {
      expect(isGranted(permission, 'app://backstop/')).toBe(false);
    }
    expect(isGranted('clipboard-sanitized-write', 'app://backstop/')).toBe(true);
    expect(isGranted('clipboard-sanitized-write', 'app://backstop.evil.example/')).toBe(false);
    expect(isGranted('clipboard-sanitized-write', 'https://evil.example/')).toBe(false);
    expect(permissions.device?.()).toBe(false);
    expect(session.happen('will-download', {}, { getURL: () => 'https://evil.example/x.exe' })).toBe(true);
    expect(session.happen('will-download', {}, { getURL: () => 'blob:app://evil/1' })).toBe(true);
    expect(session.happen('will-download', {}, { getURL: () => 'blob:app://backstop/1' })).toBe(false);
  });
});

describe('the port', () => {
  it('is handed to the main frame at each load, and serves the contract', async () => {
    await test.begin();
    await test.finish();
    const port = test.loadPage();
    expect(test.standIn.windows[0]?.ports[0]?.channel).toBe('backstop:port');
    if (port === undefined) throw new Error('no port');
    expect(await answerOf(port, COUNT)).toEqual({ i: '1', p: { b: { json: 0 } } });
  });

  it('is given to no page but our own', async () => {
    await test.begin();
    await test.finish();
    for (const origin of ['https://evil.example', 'null', 'app://elsewhere', '']) {
      const [window] = test.standIn.windows;
      if (window !== undefined) window.origin = origin;
      expect(test.loadPage()).toBeUndefined();
    }
  });

  it('of the load before is closed: one page, one port', async () => {
    await test.begin();
    await test.finish();
    const first = test.loadPage();
    const closed = new Promise(resolve => first?.once('close', resolve));
    const second = test.loadPage();
    await closed;
    if (second === undefined) throw new Error('no port');
    expect(await answerOf(second, COUNT)).toMatchObject({ i: '1' });
  });

  it('is closed when the page is left, and not when it only moves within itself', async () => {
    await test.begin();
    await test.finish();
    const port = test.loadPage();
    if (port === undefined) throw new Error('no port');
    const closed = new Promise(resolve => port.once('close', resolve));
    const { contents } = test.standIn.windows[0] ?? {};
    contents?.happen('did-start-navigation', { isMainFrame: true, isSameDocument: true });
    contents?.happen('did-start-navigation', { isMainFrame: false, isSameDocument: false });
    expect(await answerOf(port, COUNT)).toMatchObject({ i: '1' });
    contents?.happen('did-start-navigation', { isMainFrame: true, isSameDocument: false });
    await closed;
  });

  it('is closed when the page crashes; the page is loaded again, but not for ever', async () => {
    await test.begin();
    await test.finish();
    const port = test.loadPage();
    const closed = new Promise(resolve => port?.once('close', resolve));
    const [window] = test.standIn.windows;
    for (let crash = 0; crash < 5; crash += 1)
      window?.contents.happen('render-process-gone', {}, { reason: 'crashed' });
    await closed;
    expect(window?.calls.filter(call => call === 'reload')).toHaveLength(3);
  });
});

describe('what the services get of Electron', () => {
  const open = async (options: Omit<StandInOptions, 'userData'> = {}): Promise<Host> => {
    await test.begin(options);
    await test.finish();
    const [host] = test.hosts;
    if (host === undefined) throw new Error('no services were started');
    return host;
  };

  it('is a browser that opens web addresses and nothing else', async () => {
    const host = await open();
    await host.openUrl(new URL('https://login.microsoftonline.com/x'));
    await host.openUrl(new URL('http://127.0.0.1:5/x'));
    for (const address of [
      'file:///etc/passwd',
      'javascript:alert(1)',
      'ms-settings:',
      'http://example.org/',
      'smb://evil.example/share',
    ]) {
      await expect(host.openUrl(new URL(address))).rejects.toThrow(/not an address for a browser/);
    }
    expect(test.standIn.seen.opened).toEqual(['https://login.microsoftonline.com/x', 'http://127.0.0.1:5/x']);
  });

  const onClick = vi.fn();
  const restored = { title: 'Restored', body: '20 units', onClick };

  it("is Chromium's network, and the system's notifications", async () => {
    const host = await open();
    expect(await (await host.fetch(new URL('https://graph.microsoft.com/v1.0'))).text()).toBe('answered');
    expect(test.standIn.seen.fetched).toEqual(['https://graph.microsoft.com/v1.0']);
    expect(await host.notify?.(restored)).toEqual({ outcome: 'shown' });
    expect(test.standIn.seen.notices).toEqual([{ title: 'Restored', body: '20 units' }]);
  });

  it('brings the window to the front when a notification is clicked, then tells of the click', async () => {
    const host = await open();
    await host.notify?.(restored);
    const [window] = test.standIn.windows;
    window?.calls.splice(0);
    onClick.mockImplementationOnce(() => expect(window?.calls).toContain('focus'));
    test.standIn.notifications[0]?.tell('click', {});
    expect(onClick).toHaveBeenCalledOnce();
  });

  it('says so where the system shows no notification', async () => {
    expect(await (await open({ notifications: 'unsupported' })).notify?.(restored)).toEqual({ outcome: 'unsupported' });
    expect(test.standIn.seen.notices).toEqual([]);
  });

  it('says so where the system refuses a notification, in its words', async () => {
    expect(await (await open({ notifications: 'refused' })).notify?.(restored)).toEqual({
      outcome: 'refused',
      reason: 'Notifications are off for this app',
    });
  });

  it('says so where the system never tells what became of a notification', async () => {
    const host = await open({ notifications: 'unanswered' });
    vi.useFakeTimers();
    try {
      const shown = host.notify?.(restored);
      await vi.advanceTimersByTimeAsync(5_000);
      expect(await shown).toEqual({ outcome: 'unanswered' });
    } finally {
      vi.useRealTimers();
    }
  });

  it('tells a redirect that Chromium has cancelled from a network that is lost', async () => {
    // As electron 45 words it (lib/browser/api/net-client-request): there is no code to tell it by.
    const host = await open({ fetchFails: new Error('Redirect was cancelled') });
    const graph = new URL('https://graph.microsoft.com/v1.0');
    const answer = await host.fetch(graph, { redirect: 'manual' });
    expect([answer.type, answer.status]).toEqual(['error', 0]);
    await expect(host.fetch(graph)).rejects.toThrow('Redirect was cancelled');
  });

  it('says so where the network is lost', async () => {
    const host = await open({ fetchFails: new Error('net::ERR_INTERNET_DISCONNECTED') });
    const asked = host.fetch(new URL('https://graph.microsoft.com/v1.0'), { redirect: 'manual' });
    await expect(asked).rejects.toThrow('ERR_INTERNET_DISCONNECTED');
  });

  it('is a store of secrets that the system encrypts', async () => {
    const host = await open();
    expect(host.secrets.isPersistent).toBe(true);
    await host.secrets.save('sign-in-1', 'TOKEN-LIKE');
    expect(await host.secrets.load('sign-in-1')).toBe('TOKEN-LIKE');
  });

  it.each(['unavailable', 'basic_text'] as const)('is memory alone where encryption is %s', async encryption => {
    vi.spyOn(process, 'platform', 'get').mockReturnValue('linux');
    const host = await open({ encryption });
    expect(host.secrets.isPersistent).toBe(false);
    await host.secrets.save('sign-in-1', 'TOKEN-LIKE');
    expect(await host.secrets.load('sign-in-1')).toBe('TOKEN-LIKE');
    vi.restoreAllMocks();
  });
});

describe('switching the profile', () => {
  const openOwn = async (): Promise<void> => {
    mkdirSync(test.data, { recursive: true });
    writeFileSync(join(test.data, 'backstop.json'), JSON.stringify({ clientId: APP_ID }));
    await test.begin();
    await test.finish();
  };

  it('answers first, then stops the services, opens the other profile and loads the page anew', async () => {
    await openOwn();
    const port = test.loadPage();
    const gone = new Promise(resolve => port?.once('close', resolve));
    await test.hosts[0]?.switchProfile?.('demo');
    expect(test.stopped).toHaveLength(0);
    await vi.waitUntil(() => test.standIn.windows[0]?.calls.includes('reload') === true);
    await gone;
    expect(test.stopped).toEqual([test.hosts[0]]);
    expect(test.hosts[1]?.demo?.homeTenantId).toBe(MSP);
    expect(test.hosts[1]?.paths.profile).toBe(join(test.data, 'demo'));
    const demoPort = test.loadPage();
    if (demoPort === undefined) throw new Error('no port');
    expect(await answerOf(demoPort, COUNT)).toMatchObject({ i: '1' });

    await test.hosts[1]?.switchProfile?.('own');
    await vi.waitUntil(() => test.hosts.length === 3);
    expect(test.standIn.utilities[0]?.killed).toBe(true);
    expect(test.hosts[2]?.demo).toBeUndefined();
  });

  it('comes back to the profile that was open where the other can not be opened', async () => {
    test.emulatorsSpeak = false;
    await openOwn();
    await test.hosts[0]?.switchProfile?.('demo');
    await vi.waitUntil(() => test.standIn.utilities.length === 1);
    test.standIn.utilities[0]?.exit(1);
    await vi.waitUntil(() => test.standIn.windows[0]?.calls.includes('reload') === true);
    expect(test.standIn.seen.errorBoxes).toEqual([
      {
        title: 'The other profile could not be opened',
        content: 'The demo tenants could not be started (exit 1); start Backstop again.',
      },
    ]);
    expect(test.hosts).toHaveLength(2);
    expect(test.hosts[1]?.paths.profile).toBe(join(test.data, 'own'));
    expect(test.standIn.seen.order).not.toContain('exit 1');
  });

  it('ends the application where neither can be opened', async () => {
    test.emulatorsSpeak = false;
    await openOwn();
    await test.hosts[0]?.switchProfile?.('demo');
    await vi.waitUntil(() => test.standIn.utilities.length === 1);
    test.failNext = new Error('the disk is gone');
    test.standIn.utilities[0]?.exit(1);
    await vi.waitUntil(() => test.standIn.seen.order.includes('exit 1'));
  });
});

describe('ending', () => {
  it('waits until the services have stopped', async () => {
    await test.begin();
    await test.finish();
    test.standIn.electron.app.quit();
    expect(test.standIn.seen.order.at(-1)).toBe('quit');
    await vi.waitUntil(() => test.standIn.seen.order.at(-1) === 'will-quit');
    expect(test.stopped).toEqual(test.hosts);
    expect(test.standIn.utilities[0]?.killed).toBe(true);
  });

  it.each([
    ['linux', true],
    ['win32', true],
    ['darwin', false],
  ] as const)('with the last window on %s: %s', async (platform, quits) => {
    await test.begin();
    await test.finish();
    vi.spyOn(process, 'platform', 'get').mockReturnValue(platform);
    test.standIn.windows[0]?.events.happen('closed');
    test.standIn.app.happen('window-all-closed');
    vi.restoreAllMocks();
    expect(test.standIn.seen.order.includes('quit')).toBe(quits);
    if (quits) return;
    test.standIn.app.happen('activate');
    expect(test.standIn.windows).toHaveLength(2);
  });
});

describe('the menu', () => {
  it.each([
    [true, false],
    [false, true],
  ])('holds developer tools only in a build that is not packaged (packaged: %s)', async (isPackaged, has) => {
    await test.begin({ isPackaged });
    await test.finish();
    expect(JSON.stringify(test.standIn.seen.menu).includes('toggleDevTools')).toBe(has);
    expect(JSON.stringify(test.standIn.seen.menu)).toContain('editMenu');
  });
});

/** Any contents, as Electron announces them. */
function strictContents() {
  const events = new (class {
    readonly listeners = new Map<string, ((event: object) => void)[]>();
    happen(name: string, details: object): boolean {
      let prevented = false;
      for (const listener of this.listeners.get(name) ?? [])
        listener({ ...details, preventDefault: () => (prevented = true) });
      return prevented;
    }
  })();
  const contents = {
    openHandler: undefined as ((details: { url: string }) => { action: string }) | undefined,
    on: (name: string, listener: (event: object) => void) => {
      events.listeners.set(name, [...(events.listeners.get(name) ?? []), listener]);
    },
    setWindowOpenHandler: (handler: (details: { url: string }) => { action: string }) => {
      contents.openHandler = handler;
    },
  };
  return { contents, events };
}
