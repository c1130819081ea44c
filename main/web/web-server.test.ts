import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openPageFiles } from '../page/index.ts';
import { httpRequest, socketHeaders } from './testing/http-get.ts';
import { PortInUseError, startWebServer, type WebServer } from './web-server.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'backstop-page-'));
  mkdirSync(join(folder, 'page', 'assets'), { recursive: true });
  writeFileSync(join(folder, 'page', 'index.html'), '<!doctype html><title>the page</title>');
  writeFileSync(join(folder, 'page', 'assets', 'main.js'), 'export {};');
  writeFileSync(join(folder, 'page', 'assets', 'main.js.map'), '{}');
  writeFileSync(join(folder, 'secret.html'), 'a file beside the page');
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe("the loopback host's door", () => {
  let server: WebServer;
  let origin: string;
  let sockets: number;

  beforeEach(async () => {
    sockets = 0;
    server = await startWebServer(0, await openPageFiles(join(folder, 'page')), () => {
      sockets += 1;
    });
    origin = new URL(server.entrance).origin;
  });
  afterEach(() => server.close());

  const enter = async (): Promise<string> => {
    const answer = await httpRequest(server.entrance);
    return answer.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
  };

  it('takes the token once, for a cookie that no script and no other site can use, and leaves the bare address', async () => {
    const first = await httpRequest(server.entrance);
    expect(first.status).toBe(303);
    expect(first.headers.location).toBe('/');
    expect(first.headers['set-cookie']).toEqual([
      expect.stringMatching(/^backstop-\d+=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/$/),
    ]);
    const second = await httpRequest(server.entrance);
    expect(second.status).toBe(403);
    expect(second.headers['set-cookie']).toBeUndefined();
    expect(second.body).toMatch(/used already.*start it again/);
  });

  it('keeps the token from whoever only asks about the page', async () => {
    expect((await httpRequest(server.entrance, { method: 'HEAD' })).status).toBe(403);
    expect((await httpRequest(server.entrance)).status).toBe(303);
  });

  it('refuses a wrong token, of any length', async () => {
    for (const token of ['', 'x', 'A'.repeat(43), `${new URL(server.entrance).searchParams.get('token')}A`]) {
      expect((await httpRequest(`${origin}/?token=${token}`)).status).toBe(403);
    }
    expect((await httpRequest(server.entrance)).status).toBe(303);
  });

  it('serves the page to the cookie', async () => {
    const cookie = await enter();
    const page = await httpRequest(origin, { headers: { cookie: `other=1; ${cookie}` } });
    expect(page.status).toBe(200);
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(page.body).toContain('the page');
    const script = await httpRequest(`${origin}/assets/main.js`, { headers: { cookie } });
    expect(script.headers['content-type']).toBe('text/javascript; charset=utf-8');
  });

  it('sends the strict policy with every answer', async () => {
    const port = new URL(origin).port;
    for (const answer of [
      await httpRequest(origin),
      await httpRequest(origin, { headers: { cookie: await enter() } }),
    ]) {
      const policy = String(answer.headers['content-security-policy']);
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("script-src 'self';");
      expect(policy).toContain(`connect-src 'self' ws://127.0.0.1:${port};`);
      expect(policy).toContain("style-src 'self' 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=';");
      expect(policy).not.toContain('unsafe');
      expect(answer.headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cache-control': 'no-store',
        'x-frame-options': 'DENY',
      });
    }
  });

  it.each(['/', '/assets/main.js', '/index.html', '/nothing'])('shows %s to nobody without the cookie', async path => {
    const answer = await httpRequest(origin + path);
    expect(answer.status).toBe(403);
    expect(answer.body).toMatch(/was not let in\. Open the address that Backstop printed/);
  });

  it('refuses a cookie that is not its own', async () => {
    const cookie = await enter();
    const [name, value = ''] = cookie.split('=');
    for (const wrong of [
      `${name}=`,
      `${name}=${'A'.repeat(value.length)}`,
      `other=${value}`,
      `${name}x=${value}`,
      `${cookie}x`,
    ]) {
      expect((await httpRequest(origin, { headers: { cookie: wrong } })).status).toBe(403);
    }
  });

  it.each(['evil.example', 'localhost', '127.0.0.1', '127.0.0.1:1', '[::1]', 'evil.example:80'])(
    'refuses the name %s, with a cookie and with a token (DNS rebinding)',
    async name => {
      const host = name === 'localhost' ? `localhost:${new URL(origin).port}` : name;
      expect((await httpRequest(server.entrance, { headers: { host } })).status).toBe(403);
      const cookie = await enter();
      expect(cookie).not.toBe('');
      expect((await httpRequest(origin, { headers: { host, cookie } })).status).toBe(403);
      expect(
        (await httpRequest(`${origin}/bridge`, { headers: { ...socketHeaders, host, cookie, origin } })).status,
      ).toBe(403);
      expect(sockets).toBe(0);
    },
  );

  it('refuses a page request that comes from elsewhere', async () => {
    const cookie = await enter();
    expect((await httpRequest(origin, { headers: { cookie, origin: 'https://evil.example' } })).status).toBe(403);
    expect((await httpRequest(origin, { headers: { cookie, origin: 'null' } })).status).toBe(403);
    expect((await httpRequest(origin, { headers: { cookie, origin } })).status).toBe(200);
  });

  it('opens a socket to its own page alone', async () => {
    const cookie = await enter();
    const open = (headers: Readonly<Record<string, string>>, path = '/bridge') =>
      httpRequest(origin + path, { headers: { ...socketHeaders, ...headers } });
    expect((await open({ origin })).status).toBe(403);
    expect((await open({ cookie })).status).toBe(403);
    expect((await open({ cookie, origin: 'https://evil.example' })).status).toBe(403);
    expect((await open({ cookie, origin: 'null' })).status).toBe(403);
    expect((await open({ cookie, origin: origin.replace('127.0.0.1', 'localhost') })).status).toBe(403);
    expect((await open({ cookie: 'backstop=1', origin })).status).toBe(403);
    expect((await open({ cookie, origin }, '/elsewhere')).status).toBe(404);
    expect(sockets).toBe(0);
    expect((await open({ cookie, origin })).status).toBe(101);
    expect(sockets).toBe(1);
  });

  it.each([
    '/../secret.html',
    '/%2e%2e/secret.html',
    '/..%2fsecret.html',
    '/assets/../../secret.html',
    '//secret.html',
    '/assets/main.js.map',
    '/%00',
    '/assets/',
  ])('has nothing at %s', async path => {
    const answer = await httpRequest(origin, { path, headers: { cookie: await enter() } });
    expect(answer.status).toBe(404);
    expect(answer.body).not.toContain('a file beside the page');
  });

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'TRACE'])('does not answer %s', async method => {
    const answer = await httpRequest(origin, { method, headers: { cookie: await enter() } });
    expect(answer.status).toBe(405);
  });

  it("listens on this machine's loopback address alone", async () => {
    expect(new URL(server.entrance).hostname).toBe('127.0.0.1');
    await expect(httpRequest(`http://127.0.0.2:${new URL(origin).port}`)).rejects.toThrow(/ECONNREFUSED/);
  });
});

describe('a port that is taken', () => {
  it('is said in one sentence', async () => {
    const other = createServer();
    await new Promise<void>(resolve => other.listen(0, '127.0.0.1', resolve));
    const address = other.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const starting = startWebServer(port, await openPageFiles(join(folder, 'page')), () => undefined);
    await expect(starting).rejects.toThrow(
      `Port ${port} is in use by another program; give another one, or --port 0 for any that is free.`,
    );
    await expect(starting).rejects.toBeInstanceOf(PortInUseError);
    await new Promise(resolve => other.close(resolve));
  });
});
