import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppFailure } from '../../shared/contract/errors.ts';
import { takeProfile } from './take-profile.ts';

const moduleUrl = new URL('take-profile.ts', import.meta.url);

describe('taking a profile', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'backstop-profile-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const codeOf = async (path: string): Promise<unknown> => {
    const thrown: unknown = await takeProfile(path).catch((error: unknown) => error);
    return thrown instanceof AppFailure ? thrown.error : thrown;
  };

  it('makes a folder that only its owner can read', async () => {
    const taken = await takeProfile(join(folder, 'new', 'demo'));
    expect(statSync(taken.path).mode & 0o777).toBe(0o700);
    await taken.release();
  });

  it('refuses the second, by whichever path it comes, until the first has let go', async () => {
    const profile = join(folder, 'demo');
    const taken = await takeProfile(profile);
    symlinkSync(profile, join(folder, 'link'));
    expect(await codeOf(join(folder, 'link'))).toEqual({ code: 'PROFILE_IN_USE', path: join(folder, 'link') });
    await taken.release();
    await (await takeProfile(profile)).release();
  });

  it.skipIf(process.platform === 'win32').each(['linux', 'darwin'] as const)(
    'refuses a second process, and lets the next in when the first is killed (%s)',
    async platform => {
      const script = `import { takeProfile } from ${JSON.stringify(moduleUrl.href)};
      await takeProfile(process.argv[1], '${platform}'); console.log('taken'); setInterval(() => {}, 1000);`;
      const holder = spawn(process.execPath, ['--input-type=module', '-e', script, folder], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      await new Promise(resolve => holder.stdout.once('data', resolve));
      await expect(takeProfile(folder, platform)).rejects.toMatchObject({
        error: { code: 'PROFILE_IN_USE', path: folder },
      });
      holder.kill('SIGKILL');
      await new Promise(resolve => holder.once('exit', resolve));
      await (await takeProfile(folder, platform)).release();
    },
  );

  it.runIf(process.platform === 'linux')('refuses a place where the system makes no folder', async () => {
    expect(await codeOf('/proc/backstop/demo')).toEqual({ code: 'PROFILE_UNWRITABLE', path: '/proc/backstop/demo' });
  });

  it('refuses a place where no folder can be', async () => {
    writeFileSync(join(folder, 'file'), '');
    expect(await codeOf(join(folder, 'file', 'demo'))).toEqual({
      code: 'PROFILE_UNWRITABLE',
      path: join(folder, 'file', 'demo'),
    });
  });
});
