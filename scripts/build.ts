/** `npm run build`: builds what is missing or older than its sources into `dist/`. `--all` builds everything. */
import { fileURLToPath } from 'node:url';
import './require-node.mjs';
import { buildStale } from './build-stale.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
await buildStale(root, process.argv.includes('--all'));
