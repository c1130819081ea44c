import { join } from 'node:path';
import { build } from 'vite';
import { BUILD_TARGETS, isStale, markBuilt } from './build-targets.ts';

/** Builds the targets that are stale, or all of them, one after the other. Progress goes to standard error. */
export async function buildStale(root: string, all = false): Promise<void> {
  for (const target of BUILD_TARGETS) {
    if (!all && !isStale(root, target)) continue;
    console.error(`Building ${target.name} …`);
    const startedAt = Date.now();
    await build({ configFile: join(root, target.config), logLevel: 'warn' });
    markBuilt(root, target, startedAt);
  }
}
