import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export type ElectronRuntime =
  | { readonly executable: string }
  | { /** Half a sentence for a person. */ readonly missing: string };

const EXECUTABLES: Readonly<Partial<Record<NodeJS.Platform, string>>> = {
  darwin: 'Electron.app/Contents/MacOS/Electron',
  win32: 'electron.exe',
  linux: 'electron',
};

export interface RuntimeSearch {
  readonly packageFolder: string;
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Runs the package's own download. @returns whether it succeeded */
  readonly download: () => boolean;
}

/**
 * Finds Electron's runtime: where `ELECTRON_OVERRIDE_DIST_PATH` says, or in its package, which brings it on first use. Never
 * throws: a machine without it gets the loopback host, and is told why.
 */
export function findElectronRuntime({ packageFolder, platform, env, download }: RuntimeSearch): ElectronRuntime {
  const name = EXECUTABLES[platform];
  if (name === undefined) return { missing: `there is no Electron for ${platform}` };
  const override = env['ELECTRON_OVERRIDE_DIST_PATH'];
  if (override !== undefined && override !== '') {
    const executable = join(override, name);
    return existsSync(executable)
      ? { executable }
      : { missing: `ELECTRON_OVERRIDE_DIST_PATH names ${override}, which holds no ${name}` };
  }
  const executable = join(packageFolder, 'dist', name);
  if (!isWhole(packageFolder, executable) && !(download() && existsSync(executable))) {
    return { missing: 'it is not on this machine and could not be downloaded' };
  }
  if (platform === 'linux' && !env['DISPLAY'] && !env['WAYLAND_DISPLAY']) {
    return { missing: 'this machine has no display to open a window on' };
  }
  return { executable };
}

/** A download that was cut off leaves no version behind, or another one. */
function isWhole(packageFolder: string, executable: string): boolean {
  const versionFile = join(packageFolder, 'dist', 'version');
  if (!existsSync(executable) || !existsSync(versionFile)) return false;
  const manifest: unknown = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8'));
  const wanted =
    typeof manifest === 'object' && manifest !== null && 'version' in manifest ? manifest.version : undefined;
  return readFileSync(versionFile, 'utf8').trim().replace(/^v/, '') === wanted;
}

/** Long enough for a slow line, short enough for one that leads nowhere. */
const DOWNLOAD_MINUTES = 10;

/** The package's own installer. What it prints on failure is a stack; the caller has a sentence instead. */
export function downloadElectron(packageFolder: string): boolean {
  console.error("Bringing Electron's runtime (once) …");
  const { status } = spawnSync(process.execPath, [join(packageFolder, 'install.js')], {
    stdio: 'ignore',
    timeout: DOWNLOAD_MINUTES * 60_000,
  });
  return status === 0;
}
