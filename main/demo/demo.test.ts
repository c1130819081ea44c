import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { toUtcSeconds } from '../../shared/domain/time.ts';
import { openDemoParts } from './demo-parts.ts';
import { attachEmulator, startEmulatorChild } from './emulator-child.ts';
import { EmulatorClock } from './emulator-clock.ts';
import { DemoUnavailableError, FirstLine, readEmulatorReady } from './emulator-ready.ts';

const program = new URL('testing/small-emulator.mjs', import.meta.url);
const START = toUtcSeconds('2026-03-06T10:00:00Z') ?? 0;

let profile: string;
beforeEach(() => {
  profile = mkdtempSync(join(tmpdir(), 'backstop-demo-'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(profile, { recursive: true, force: true });
});
const emulatorLog = (): string => readFileSync(join(profile, 'emulator.db'), 'utf8');

describe('the emulator as a child', () => {
  it('starts sixtyfold with its state in the profile, and stops when it is told', async () => {
    const emulator = await startEmulatorChild(profile, program);
    const parts = await openDemoParts(emulator);
    expect(parts.demo).toMatchObject({
      emulatorUrl: emulator.ready.url,
      timeScale: 60,
      userPrincipalName: 'tech@msp.example',
      homeTenantId: '11111111-1111-4111-8111-111111111111',
      customers: [
        { id: '22222222-2222-4222-8222-222222222222', domain: 'customer.example', displayName: 'A customer' },
      ],
    });
    await parts.stop();
    await emulator.ended;
    expect(emulatorLog()).toMatch(/^started \d+\nstopped\n$/);
  });

  it('signs in at the emulator by addresses alone: the authority keeps its name', async () => {
    const parts = await openDemoParts(await startEmulatorChild(profile, program));
    const { url } = { url: parts.demo.emulatorUrl };
    expect(parts.cloud).toMatchObject({ graphOrigin: url, loginOrigin: 'https://login.microsoftonline.com' });
    expect(JSON.parse(parts.cloud.authorityMetadata ?? '')).toEqual({
      authorization_endpoint: `${url}/{tenant}/oauth2/v2.0/authorize`,
      token_endpoint: `${url}/{tenant}/oauth2/v2.0/token`,
      issuer: `${url}/{tenant}/v2.0`,
      jwks_uri: `${url}/{tenant}/discovery/v2.0/keys`,
      end_session_endpoint: `${url}/{tenant}/oauth2/v2.0/logout`,
    });
    await parts.stop();
  });

  it('ends with its parent, even when that is killed', async () => {
    const script = `import { startEmulatorChild } from ${JSON.stringify(new URL('emulator-child.ts', import.meta.url).href)};
      await startEmulatorChild(process.argv[1], new URL(${JSON.stringify(program.href)}));
      console.log('ready');`;
    const parent = spawn(process.execPath, ['--input-type=module', '-e', script, profile], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await new Promise(resolve => parent.stdout.once('data', resolve));
    parent.kill('SIGKILL');
    await vi.waitUntil(() => emulatorLog().endsWith('stopped\n'), { timeout: 10_000 });
  });

  it('says with its own last words why it did not start', async () => {
    vi.stubEnv('SMALL_EMULATOR', 'fails');
    await expect(startEmulatorChild(profile, program)).rejects.toThrow(
      'The emulator ended before it was ready (exit 3): the state file is from a newer version',
    );
  });
});

describe('the ready line', () => {
  const line = {
    url: 'http://127.0.0.1:5000/',
    clientId: 'c',
    now: '2026-03-06T10:00:00Z',
    tenants: [{ id: '11111111-1111-4111-8111-111111111111', domain: 'd', displayName: 'n', role: 'home' }],
    users: [{ userPrincipalName: 'u', homeTenantId: '11111111-1111-4111-8111-111111111111' }],
  };

  it('is read, its address without a slash at the end', () => {
    expect(readEmulatorReady(JSON.stringify(line)).url).toBe('http://127.0.0.1:5000');
  });

  it.each([
    ['another machine', JSON.stringify({ ...line, url: 'http://emulator.example:5000' }), /on this machine/],
    [
      'an address that only looks like this machine',
      JSON.stringify({ ...line, url: 'http://127.0.0.1.evil.example' }),
      /on this machine/,
    ],
    [
      'credentials in front of another machine',
      JSON.stringify({ ...line, url: 'http://127.0.0.1@evil.example' }),
      /on this machine/,
    ],
    ['an address that is no http', JSON.stringify({ ...line, url: 'file:///etc' }), /url/],
    ['no user', JSON.stringify({ ...line, users: [] }), /users/],
    ['no JSON', 'listening on 5000', /whole line/],
  ])('is refused with %s', (_, text, message) => {
    expect(() => readEmulatorReady(text)).toThrow(message);
    expect(() => readEmulatorReady(text)).toThrow(DemoUnavailableError);
  });

  it('is the first line, however it comes in pieces', async () => {
    const first = new FirstLine();
    first.add('{"a"');
    first.add(Buffer.from(':1}\n{"b'));
    first.add('":2}\n');
    expect(await first.line).toBe('{"a":1}');
  });
});

describe('the clock of the demo', () => {
  it('follows an emulator whose clock is moved', async () => {
    const emulator = await startEmulatorChild(profile, program);
    const clock = await EmulatorClock.start(emulator.ready.url);
    expect(clock.now()).toBeGreaterThanOrEqual(START);
    expect(clock.now()).toBeLessThan(START + 3_600);
    await fetch(`${emulator.ready.url}/_emulator/clock`, { method: 'POST' });
    await clock.look();
    expect(clock.now()).toBeGreaterThanOrEqual(START + 3_600);
    clock.stop();
    await emulator.stop();
  });

  it('runs on at its rate between two looks, and when the emulator does not answer', async () => {
    const answers = [Response.json({ now: '2026-03-06T10:00:00Z', timeScale: 60 })];
    const clock = await EmulatorClock.start('http://127.0.0.1:1', async () => {
      const answer = answers.shift();
      if (answer === undefined) throw new TypeError('fetch failed');
      return answer;
    });
    const spy = vi.spyOn(performance, 'now').mockReturnValue(performance.now() + 10_000);
    await expect(clock.look()).rejects.toThrow('fetch failed');
    expect(clock.now() - START).toBeGreaterThanOrEqual(600);
    expect(clock.now() - START).toBeLessThan(900);
    expect(clock.rate).toBe(60);
    spy.mockRestore();
    clock.stop();
  });

  it('is not started with an emulator that is not there', async () => {
    const emulator = await startEmulatorChild(profile, program);
    await emulator.stop();
    const line = JSON.stringify({ ...emulator.ready });
    await expect(openDemoParts(attachEmulator(line))).rejects.toThrow(/does not answer; start it again/);
  });
});
