import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { defaultProfile, readWebArguments, WebUsageError } from './web-arguments.ts';

describe('the arguments of the loopback host', () => {
  it('are a free port, an opened browser and the demo profile, unless they say otherwise', () => {
    expect(readWebArguments([])).toEqual({
      port: 0,
      open: true,
      backgroundSync: true,
      profile: resolve(defaultProfile(process.platform, process.env)),
    });
    expect(
      readWebArguments(['--web', '--port', '8080', '--no-open', '--profile', 'here', '--no-background-sync']),
    ).toEqual({
      port: 8080,
      open: false,
      backgroundSync: false,
      profile: resolve('here'),
    });
  });

  it('take the ready line of an emulator as it is, or in a file', () => {
    const folder = mkdtempSync(join(tmpdir(), 'backstop-arguments-'));
    writeFileSync(join(folder, 'ready.json'), '{"url":"u"}\nmore\n');
    expect(readWebArguments(['--emulator', '{"url":"u"}']).emulatorReady).toBe('{"url":"u"}');
    expect(readWebArguments(['--emulator', join(folder, 'ready.json')]).emulatorReady).toBe('{"url":"u"}');
    rmSync(folder, { recursive: true });
  });

  it.each([
    [['--port', 'eighty'], /--port takes a number from 0 to 65535, not "eighty"/],
    [['--port', '70000'], /--port takes/],
    [['--port', '-1'], /--port/],
    [['--port', '1.5'], /--port takes/],
    [['--tenant', 'x'], /Unknown option '--tenant'\. Known are --web/],
    [['stray'], /stray/],
    [['--emulator', '/no/such/file'], /no file \/no\/such\/file/],
  ])('%j are refused in one sentence', (args, message) => {
    expect(() => readWebArguments(args)).toThrow(message);
    expect(() => readWebArguments(args)).toThrow(WebUsageError);
  });

  it.each([
    ['win32', { APPDATA: 'C:\\Data' }, join('C:\\Data', 'Backstop', 'demo')],
    ['darwin', {}, join(homedir(), 'Library', 'Application Support', 'Backstop', 'demo')],
    ['linux', {}, join(homedir(), '.config', 'Backstop', 'demo')],
    ['linux', { XDG_CONFIG_HOME: '/config' }, '/config/Backstop/demo'],
  ] as const)('keep the demo where %s keeps such things', (platform, env, folder) => {
    expect(defaultProfile(platform, env)).toBe(folder);
  });
});
