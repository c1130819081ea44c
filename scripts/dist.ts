/** `npm run dist`: builds everything anew and packs it for this platform, or as electron-builder's own arguments say (`--linux`, `--dir`, …). */
import { fileURLToPath } from 'node:url';
import { createRequire } from 'node:module';
import { spawnSync } from 'node:child_process';
import './require-node.mjs';
import { buildStale } from './build-stale.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
await buildStale(root, true);
const builder = createRequire(import.meta.url).resolve('electron-builder/cli.js');
const { status } = spawnSync(process.execPath, [builder, '--publish', 'never', ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
