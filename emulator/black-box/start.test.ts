import { spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, describe, expect, test } from 'vitest';
import { entries, part, root, startClient, testStart, textOf } from './emulator-client.ts';

const program = path.join(import.meta.dirname, '..', 'main.ts');
const started: ChildProcessWithoutNullStreams[] = [];

interface Run {
  readonly child: ChildProcessWithoutNullStreams;
  readonly firstLine: Promise<string>;
  readonly ended: Promise<{ readonly code: number | null; readonly out: string; readonly log: string }>;
}

const run = (...args: string[]): Run => {
  const child = spawn(process.execPath, [program, ...args]);
  started.push(child);
  let out = '';
  let log = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (log += chunk.toString()));
  const firstLine = new Promise<string>((resolve, reject) => {
    createInterface(child.stdout).once('line', resolve);
    child.once('exit', () => reject(new Error(`It ended before it was ready: ${log}`)));
  });
  firstLine.catch(() => {});
  const ended = new Promise<{ code: number | null; out: string; log: string }>(resolve => {
    child.once('close', code => resolve({ code, out, log }));
  });
  return { child, firstLine, ended };
};

afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
});

const fileOfItsOwn = (): string => path.join(mkdtempSync(path.join(tmpdir(), 'emulator-')), 'state.db');

describe('as a program', () => {
  test('prints one line of JSON when ready and nothing else, and ends on SIGTERM', async () => {
    const { child, firstLine, ended } = run(
      '--seed',
      '7',
      '--tenants',
      '2',
      '--units',
      '40',
      '--now',
      '2026-03-06T14:00:00Z',
    );
    const ready: unknown = JSON.parse(await firstLine);
    expect(ready).toMatchObject({
      url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      clientId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      clientSecret: expect.any(String),
      now: expect.stringMatching(/^2026-03-06T14:00:0\dZ$/),
      tenants: [
        { role: 'home', units: 0, id: expect.any(String), domain: expect.any(String), displayName: expect.any(String) },
        { role: 'customer', units: 40 },
        { role: 'customer', units: 40 },
      ],
    });
    const [user] = entries(part(ready, 'users'));
    expect(user).toEqual({
      userPrincipalName: expect.stringContaining('@'),
      objectId: expect.any(String),
      homeTenantId: part(ready, 'tenants', 0, 'id'),
    });
    const state = await fetch(`${textOf(ready, 'url')}/_emulator/state`);
    expect(state.status).toBe(200);
    child.kill('SIGTERM');
    const { code, out } = await ended;
    expect(code).toBe(0);
    expect(out.trimEnd().split('\n')).toHaveLength(1);
  });

  test('ends with its parent when asked to', async () => {
    const { child, firstLine, ended } = run('--units', '1', '--tenants', '1', '--exit-with-parent');
    await firstLine;
    child.stdin.end();
    expect((await ended).code).toBe(0);
  });

  test.each([
    [['--seed', 'seven'], /--seed must be a whole number/],
    [['--search-cap', 'six'], /--search-cap must be per-unit or five/],
    [['--now', 'today'], /--now must be a time/],
    [['--prot', '80'], /prot/],
    [['--time-scale=-1'], /--time-scale must be a number from 0/],
  ])('refuses %j with a sentence and the usage', async (args, reason) => {
    const { code, out, log } = await run(...args).ended;
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(log).toMatch(reason);
    expect(log).toContain('Usage:');
  });

  test('says so when its port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise(resolve => other.once('listening', resolve));
    const address = other.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const { code, log } = await run('--units', '1', '--port', String(port)).ended;
    other.close();
    expect(code).toBe(1);
    expect(log).toContain('EADDRINUSE');
  });
});

describe('the same seed and time', () => {
  test('give the same organisations, units, ids and histories; another seed gives others', async () => {
    const look = async (seed: number) => {
      const client = await startClient({ seed });
      const units = await client.graph('GET', `${root}/protectionUnits/microsoft.graph.driveProtectionUnit`);
      const [unit] = entries(units.body['value']);
      const points = await client.control(
        'GET',
        `/points?tenantId=${client.tenantId}&unitId=${textOf(unit, 'id')}&from=2026-03-01T00:00:00Z`,
      );
      await client.stop();
      const { url: _url, ...ready } = client.ready;
      const { '@odata.context': _context, ...page } = units.body;
      return { ready, page, points: points.body };
    };
    const [first, again, other] = [await look(7), await look(7), await look(8)];
    expect(again).toEqual(first);
    expect(other.page).not.toEqual(first.page);
    expect(entries(first.points['value']).length).toBeGreaterThan(500);
  });
});

describe('a state file', () => {
  const draftOne = async (client: Awaited<ReturnType<typeof startClient>>) => {
    const [point] = await client.newestPoints(await client.unitsWithPoints('site', 1));
    const created = await client.graph('POST', `${root}/sharePointRestoreSessions`, {
      siteRestoreArtifacts: [{ restorePoint: { id: point?.id }, destinationType: 'inPlace' }],
    });
    return textOf(created.body, 'id');
  };

  test('keeps time, sessions, settings, entities and the validity of tokens over a restart', async () => {
    const file = fileOfItsOwn();
    const before = await startClient({ file });
    const token = await before.token();
    const draft = await draftOne(before);
    const started = await draftOne(before);
    expect((await before.graph('POST', `${root}/restoreSessions/${started}/activate`)).status).toBe(200);
    await before.control('PATCH', `/tenants/${before.tenantId}`, { displayName: 'Renamed', searchCap: 'five' });
    await before.control('POST', `/tenants/${before.tenantId}/entities`, {
      collection: 'exchangeProtectionPolicies',
      value: [{ id: 'put-in-place', displayName: 'By hand', status: 'inactive' }],
    });
    await before.advance(3 * 3600);
    const at = (await before.control('GET', '/state')).body['now'];
    await before.stop();

    const after = await startClient({ file });
    expect((await after.control('GET', '/state')).body['now']).toBe(at);
    expect((await after.graph('GET', `${root}/restoreSessions/${draft}`, undefined, { token })).body['status']).toBe(
      'draft',
    );
    const session = await after.graph('GET', `${root}/restoreSessions/${started}`);
    expect(part(session.body, 'restoreSessionArtifactCount', 'total')).toBe(1);
    expect(['completed', 'failed']).toContain(session.body['status']);
    const tenant = await after.control('GET', `/tenants/${after.tenantId}`);
    expect(tenant.body).toMatchObject({ displayName: 'Renamed', searchCap: 'five' });
    const policy = await after.graph('GET', `${root}/protectionPolicies/put-in-place`);
    expect(policy.body).toMatchObject({ displayName: 'By hand', status: 'inactive' });
    const restores = await after.control('GET', `/restores?tenantId=${after.tenantId}`);
    expect(entries(restores.body['value'])).toHaveLength(1);
    await after.stop();
  });

  test('survives a kill in the middle of a line, and time does not go back', async () => {
    const file = fileOfItsOwn();
    const args = ['--units', '30', '--tenants', '1', '--file', file, '--time-scale', '600'];
    const first = run(...args);
    const url = textOf(JSON.parse(await first.firstLine), 'url');
    const told = Date.parse(textOf(await (await fetch(`${url}/_emulator/state`)).json(), 'now'));
    first.child.kill('SIGKILL');
    await first.ended;
    writeFileSync(file, `${readFileSync(file, 'utf8')}{"kind":"clock","key":"ti`);
    const second = run(...args);
    const ready: unknown = JSON.parse(await second.firstLine);
    expect(Date.parse(textOf(ready, 'now'))).toBeGreaterThanOrEqual(told);
  });

  test('of other options, or that is none, is refused and left as it is', async () => {
    const file = fileOfItsOwn();
    const client = await startClient({ file });
    await client.stop();
    await expect(startClient({ file, seed: 8 })).rejects.toThrow(/--seed 7/);
    const other = fileOfItsOwn();
    writeFileSync(other, 'SQLite format 3\n and more\n');
    await expect(startClient({ file: other })).rejects.toThrow(/not a state file/);
    expect(readFileSync(other, 'utf8')).toBe('SQLite format 3\n and more\n');
  });
});

test('service time stands still, runs, and is moved on', async () => {
  const client = await startClient({ timeScale: 0 });
  const at = async () => Date.parse(textOf((await client.control('GET', '/state')).body, 'now'));
  expect(await at()).toBe(testStart);
  await client.advance(90);
  expect(await at()).toBe(testStart + 90_000);
  await client.control('POST', '/clock', { timeScale: 100_000 });
  const answer = await client.graph('GET', '/me');
  expect(Date.parse(answer.headers.get('date') ?? '')).toBeGreaterThanOrEqual(testStart + 90_000);
  const running = await at();
  await client.control('POST', '/clock', { freeze: true });
  const frozen = await at();
  expect(frozen).toBeGreaterThanOrEqual(running);
  expect(await at()).toBe(frozen);
  expect((await client.control('POST', '/clock', { advanceSeconds: -5 })).status).toBe(400);
  await client.stop();
});
