/** `npm test`: unit and integration tests, then the end-to-end tests; ends with the counts of both on a line of its own. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import './require-node.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const Counts = z.object({ passed: z.int(), failed: z.int(), skipped: z.int() });

/** A step that tests: what runs, and where its reporter leaves the counts. */
interface TestStep {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
  readonly counts: string;
}

const prepare: readonly (readonly [string, ...string[]])[] = [
  ['node', 'scripts/set-up-browsers.ts'],
  ['node', 'scripts/build.ts'],
];

const steps: readonly TestStep[] = [
  { name: 'unit and integration', command: ['vitest', 'run'], counts: `${root}.cache/counts/unit.json` },
  { name: 'end to end', command: ['playwright', 'test'], counts: `${root}.cache/counts/e2e.json` },
];

function run([command, ...args]: readonly [string, ...string[]]): boolean {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
  if (error !== undefined) console.error(`${command} could not be started: ${error.message}`);
  return status === 0;
}

const total = { passed: 0, failed: 0, skipped: 0 };
let ok = prepare.every(run);
if (!ok) console.error('The tests need the builds and a browser; see above what kept them from being made.');
else {
  for (const step of steps) {
    rmSync(step.counts, { force: true });
    const passed = run(step.command);
    if (!existsSync(step.counts)) {
      // A runner that died before its reporter wrote anything must never look like a run without failures.
      console.error(`${step.name}: no counts were written.`);
      total.failed += 1;
      ok = false;
      continue;
    }
    const counts = Counts.parse(JSON.parse(readFileSync(step.counts, 'utf8')));
    console.log(`${step.name}: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
    total.passed += counts.passed;
    total.failed += counts.failed;
    total.skipped += counts.skipped;
    ok &&= passed;
  }
}
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = ok && total.failed === 0 && total.passed > 0 ? 0 : 1;
