import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { expect, test } from './harness/fixtures.ts';
import { entranceOf, startLoopback } from './harness/hosts.ts';
import { startProcess } from './harness/process.ts';
import { rawGet, tryWebSocket } from './harness/raw-http.ts';
import { Journey } from './pages/journey.ts';

test.use({ world: { units: 10 } });

const root = fileURLToPath(new URL('..', import.meta.url));
const SOCKET = '/bridge';

test.describe('the loopback host', () => {
  test.skip(({ host }) => host !== 'loopback', 'This is about the loopback host itself.');

  test('lets in one browser, once, under its own name alone', async ({ emulator, profile }) => {
    const host = await startLoopback({ profile, emulatorReady: emulator.readyLine });
    try {
      const entrance = entranceOf(host);
      const { origin, host: authority } = new URL(entrance);
      const socket = `ws://${authority}${SOCKET}`;

      // Nothing without the cookie, and no wrong token gets one.
      for (const path of ['/', '/index.html', '/assets/', '/?token=wrong']) {
        const { status, body, headers } = await rawGet(`${origin}${path}`);
        expect(status, path).toBe(403);
        expect(body, path).not.toContain('<script');
        expect(headers['set-cookie'], path).toBeUndefined();
      }
      expect(await tryWebSocket(socket, { Origin: origin })).toBe(403);
      // A foreign name meets a closed door even with the right token, which stays good.
      expect((await rawGet(entrance, { Host: 'evil.example' })).status).toBe(403);
      expect((await rawGet(entrance, { Origin: 'https://evil.example' })).status).toBe(403);

      const entered = await rawGet(entrance);
      expect(entered.status).toBeGreaterThanOrEqual(300);
      expect(entered.status).toBeLessThan(400);
      expect(entered.headers['location']).toBe('/');
      const [setCookie = ''] = z.array(z.string()).parse(entered.headers['set-cookie']);
      expect(setCookie).toContain('HttpOnly');
      expect(setCookie).toContain('SameSite=Strict');
      const cookie = setCookie.split(';')[0] ?? '';

      const again = await rawGet(entrance);
      expect(again.status).toBe(403);
      expect(again.body).toContain('used already');

      const page = await rawGet(origin, { Cookie: cookie });
      expect(page.status).toBe(200);
      const policy = String(page.headers['content-security-policy']);
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("script-src 'self';");
      expect(policy).toContain(`connect-src 'self' ws://${authority};`);
      for (const closed of ['base-uri', 'form-action', 'frame-ancestors', 'object-src'])
        expect(policy).toContain(`${closed} 'none'`);
      expect(policy).not.toContain('unsafe-');
      expect(page.body).not.toMatch(/<script(?![^>]* src=)/);

      expect((await rawGet(origin, { Cookie: cookie, Host: 'localhost' })).status).toBe(403);
      expect((await rawGet(origin, { Cookie: cookie, Origin: 'https://evil.example' })).status).toBe(403);
      expect(await tryWebSocket(socket, { Cookie: cookie, Origin: 'https://evil.example' })).toBe(403);
      expect(await tryWebSocket(socket, { Cookie: cookie })).toBe(403);
      expect(await tryWebSocket(socket, { Cookie: cookie, Origin: origin, Host: 'evil.example' })).toBe(403);
      expect(await tryWebSocket(socket, { Cookie: cookie, Origin: origin })).toBe('open');
    } finally {
      await host.stop();
    }
  });

  test('refuses what it cannot work with, in a sentence that says what to do', async ({ emulator, profile }) => {
    const emulatorReady = emulator.readyLine;

    await test.step('a second instance on one profile', async () => {
      const first = await startLoopback({ profile, emulatorReady });
      await expect(startLoopback({ profile, emulatorReady })).rejects.toThrow(
        `ended with 1: The profile ${profile} is in use by another Backstop; close that one, or choose another folder.`,
      );
      await first.stop();
      // Given up with its process.
      const next = await startLoopback({ profile, emulatorReady });
      await next.stop();
    });

    await test.step('a port in use', async () => {
      const taken = createServer();
      await new Promise<void>(resolve => {
        taken.listen(0, '127.0.0.1', resolve);
      });
      const { port } = z.object({ port: z.number() }).parse(taken.address());
      await expect(startLoopback({ profile, emulatorReady, port })).rejects.toThrow(
        `ended with 1: Port ${port} is in use by another program; give another one, or --port 0 for any that is free.`,
      );
      taken.close();
    });

    await test.step('a profile folder that cannot be written', async () => {
      const file = join(profile, 'a-file');
      writeFileSync(file, '');
      const below = join(file, 'profile');
      await expect(startLoopback({ profile: below, emulatorReady })).rejects.toThrow(
        `ended with 1: The profile folder ${below} can't be written; make it writable, or choose another folder.`,
      );
    });
  });

  test('`npm start -- --web` says its address in one line, and ends on SIGTERM with all that it started', async ({
    profile,
  }) => {
    const command = ['start', '--silent', '--', '--web', '--port', '0', '--no-open', '--profile', profile];
    const started = await startProcess('npm', command, process.env, root);
    const entrance = entranceOf(started);
    expect((await rawGet(entrance)).status).toBeLessThan(400);
    await started.stop('SIGTERM');
    await expect
      .poll(() =>
        rawGet(entrance).then(
          () => 'answers',
          () => 'gone',
        ),
      )
      .toBe('gone');
    // The profile is free again, so nothing that holds it is left.
    const next = await startProcess('npm', command, process.env, root);
    await next.stop('SIGTERM');
  });
});

/** A signed token, an authorization code of the emulator, or a value that is named as a token. The bare names stand in the address of every sign-in. */
const TOKEN =
  /eyJ[\w-]{16,}\.[\w-]{8,}|\b1\.[\w-]{60,}|Bearer\s+[\w.-]{8,}|(refresh|access)_token["']?\s*[:=]\s*["']?[\w.-]{16,}/;

test('no token leaves the console: not in the page, not in what the host answers, not on disk', async ({
  open,
  emulator,
  profile,
}) => {
  const { id: tenantId } = emulator.customer();
  const { accessToken } = z.object({ accessToken: z.string() }).parse(
    await emulator.control('POST', '/tokens', {
      tenantId,
      userPrincipalName: emulator.ready.users[0]?.userPrincipalName,
      scopes: ['BackupRestore-Configuration.Read.All'],
    }),
  );
  expect(accessToken, 'the pattern knows a token of this emulator').toMatch(TOKEN);

  const console = await open();
  const journey = new Journey(console, emulator);
  const { page } = journey;
  const heard: string[] = [];
  const reading: Promise<void>[] = [];
  page.on('response', response => {
    // Scripts name the word in their own text; what they are told is what matters.
    if (/\.(js|css|svg)$/.test(new URL(response.url()).pathname)) return;
    reading.push(
      response.text().then(
        text => void heard.push(text),
        () => undefined,
      ),
    );
  });
  page.on('websocket', socket => {
    socket.on('framereceived', ({ payload }) => void heard.push(payload.toString()));
  });
  // The page was there before anyone listened.
  await page.reload();
  await journey.toUnits();
  await journey.toReviewOfAll(await emulator.hoursAgo(4), 'To a new location');
  await journey.wizard.start();
  await expect(journey.frame.statusBar).toContainText('restores running', { timeout: 45_000 });
  await Promise.all(reading);

  expect(heard.length).toBeGreaterThan(20);
  expect(heard.filter(text => TOKEN.test(text))).toEqual([]);
  const inPage = await page.evaluate(() => ({
    html: document.documentElement.outerHTML,
    storage: JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage)]),
    cookie: document.cookie,
    address: location.href,
  }));
  expect(inPage.html).not.toMatch(TOKEN);
  expect(inPage.storage).not.toMatch(TOKEN);
  expect(inPage.cookie).toBe('');
  expect(inPage.address).not.toContain('token');

  await console.close();
  const files = readdirSync(profile, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile());
  // Where there was trouble to tell of, the log is among them.
  expect(files.map(({ name }) => name)).toEqual(expect.arrayContaining(['cache.db', 'work.db']));
  for (const { name, parentPath } of files)
    expect(TOKEN.test(readFileSync(join(parentPath, name), 'latin1')), `${name} holds a token`).toBe(false);
});
