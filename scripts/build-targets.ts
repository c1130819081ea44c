import { existsSync, mkdirSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** One of the builds: what it reads and what it makes. Paths are relative to the root. */
export interface BuildTarget {
  readonly name: string;
  readonly config: string;
  readonly sources: readonly string[];
  readonly result: string;
}

export const BUILD_TARGETS: readonly BuildTarget[] = [
  { name: 'main', config: 'vite.main.config.ts', sources: ['main', 'shared', 'emulator'], result: 'dist/main/web.js' },
  {
    name: 'preload',
    config: 'vite.preload.config.ts',
    sources: ['preload', 'shared'],
    result: 'dist/preload/index.cjs',
  },
  {
    name: 'renderer',
    config: 'vite.renderer.config.ts',
    sources: ['renderer', 'shared'],
    result: 'dist/renderer/index.html',
  },
];

/** What a build depends on beside its sources. */
const COMMON_SOURCES = ['package-lock.json'];

const stampOf = (root: string, target: BuildTarget): string => join(root, '.cache', 'built', target.name);

/** Whether a target is missing, or anything that it is made of has changed (or gone) since it was built. Tests don't count. */
export function isStale(root: string, target: BuildTarget): boolean {
  const stamp = statSync(stampOf(root, target), { throwIfNoEntry: false });
  if (stamp === undefined || !existsSync(join(root, target.result))) return true;
  return [...target.sources, target.config, ...COMMON_SOURCES].some(
    source => newestChange(join(root, source)) > stamp.mtimeMs,
  );
}

/** Notes that a target was built from what its sources were at `startedAt` (milliseconds): a change during the build makes it stale. */
export function markBuilt(root: string, target: BuildTarget, startedAt: number): void {
  const stamp = stampOf(root, target);
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, '');
  utimesSync(stamp, startedAt / 1_000, startedAt / 1_000);
}

/** Folders count too: theirs is the only time that tells of a file that was deleted. */
function newestChange(path: string): number {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return 0;
  if (!stats.isDirectory()) return stats.mtimeMs;
  return readdirSync(path)
    .filter(name => !/\.test\.tsx?$/.test(name) && name !== 'testing')
    .reduce((newest, name) => Math.max(newest, newestChange(join(path, name))), stats.mtimeMs);
}
