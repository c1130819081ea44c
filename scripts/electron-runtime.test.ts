import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findElectronRuntime } from './electron-runtime.ts';

describe("finding Electron's runtime", () => {
  let folder: string;
  let downloads: number;
  beforeEach(() => {
    downloads = 0;
    folder = mkdtempSync(join(tmpdir(), 'backstop-electron-'));
    mkdirSync(join(folder, 'dist'));
    writeFileSync(join(folder, 'package.json'), '{"version":"45.4.1"}');
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const unpack = (version: string): void => {
    writeFileSync(join(folder, 'dist', 'electron'), '');
    writeFileSync(join(folder, 'dist', 'version'), version);
  };
  const find = (
    env: Record<string, string> = { DISPLAY: ':0' },
    download: () => boolean = () => false,
    platform: NodeJS.Platform = 'linux',
  ) =>
    findElectronRuntime({
      packageFolder: folder,
      platform,
      env,
      download: () => {
        downloads += 1;
        return download();
      },
    });

  it('takes what its package has brought already', () => {
    unpack('45.4.1');
    expect(find()).toEqual({ executable: join(folder, 'dist', 'electron') });
    expect(downloads).toBe(0);
  });

  it('brings it on first use, or when another version lies there', () => {
    expect(find(undefined, () => (unpack('45.4.1'), true))).toEqual({ executable: join(folder, 'dist', 'electron') });
    unpack('44.0.0');
    find();
    expect(downloads).toBe(2);
  });

  it('says that it could not be brought', () => {
    expect(find()).toEqual({ missing: expect.stringContaining('could not be downloaded') });
    expect(find(undefined, () => true)).toEqual({ missing: expect.stringContaining('could not be downloaded') });
  });

  it('looks where ELECTRON_OVERRIDE_DIST_PATH says, and nowhere else', () => {
    unpack('45.4.1');
    expect(find({ ELECTRON_OVERRIDE_DIST_PATH: join(folder, 'dist') })).toEqual({
      executable: join(folder, 'dist', 'electron'),
    });
    expect(find({ ELECTRON_OVERRIDE_DIST_PATH: '/no/such' })).toEqual({ missing: expect.stringContaining('/no/such') });
    expect(downloads).toBe(0);
  });

  it('wants a display on Linux', () => {
    unpack('45.4.1');
    expect(find({})).toEqual({ missing: expect.stringContaining('no display') });
    expect(find({ WAYLAND_DISPLAY: 'wayland-0' })).toHaveProperty('executable');
  });

  it('knows where there is none at all', () => {
    expect(find({}, () => true, 'aix')).toEqual({ missing: expect.stringContaining('aix') });
  });
});
