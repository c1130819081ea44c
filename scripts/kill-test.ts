/** `npm run kill-test [ROUNDS]`: the tests that kill a restore at every moment of every step, ten times over unless told otherwise. */
import { spawnSync } from 'node:child_process';
import './require-node.mjs';

const rounds = process.argv[2] ?? '10';
if (!/^[1-9]\d*$/.test(rounds)) {
  console.error(`ROUNDS is a whole number from 1, not "${rounds}".`);
  process.exit(1);
}
const { status } = spawnSync('vitest', ['run', 'main/restore/kill.test.ts'], {
  stdio: 'inherit',
  shell: process.platform === 'win32',
  env: { ...process.env, BACKSTOP_KILL_ROUNDS: rounds },
});
process.exitCode = status ?? 1;
