/**
 * `npm run kill-test -- [ROUNDS] [arguments of vitest]`: the tests that kill a restore at every moment of every step, ten times
 * over unless told otherwise. Each round ends with its counts, and a round that fails keeps none from following.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import './require-node.mjs';

const TESTS = 'main/restore/kill.test.ts';
const RESULTS = fileURLToPath(new URL('../.cache/counts/kill-round.json', import.meta.url));

/** What vitest's JSON reporter writes, as far as it is read here. */
interface Results {
  readonly numPassedTests: number;
  readonly testResults: readonly {
    readonly status: string;
    readonly message?: string;
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
}

const [first = '10', ...rest] = process.argv.slice(2);
if (!/^[1-9]\d*$/.test(first)) {
  console.error(`ROUNDS is a whole number from 1, not "${first}".`);
  process.exit(1);
}
const rounds = Number(first);

mkdirSync(dirname(RESULTS), { recursive: true });
let passed = 0;
let failed = 0;
let soundRounds = 0;
for (let round = 1; round <= rounds; round += 1) {
  rmSync(RESULTS, { force: true });
  const began = Date.now();
  const { status, signal } = spawnSync(
    'vitest',
    ['run', TESTS, '--reporter=default', '--reporter=json', `--outputFile.json=${RESULTS}`, ...rest],
    { stdio: 'inherit', shell: process.platform === 'win32' },
  );
  const seconds = Math.round((Date.now() - began) / 1000);
  if (signal === 'SIGINT' || status === 130) {
    console.error(`Round ${round} of ${rounds} was broken off.`);
    process.exit(130);
  }
  const results = readResults();
  if (results === undefined) {
    // Vitest itself came to nothing: no test of the round can be called passed.
    failed += 1;
    console.log(
      `Kill test, round ${round} of ${rounds}: no result (vitest ended with ${status ?? signal}), ${seconds} s.`,
    );
    continue;
  }
  // What fails before the tests (the emulator, the plan that they all start) fails none of them: it counts as one.
  const failures = results.testResults.flatMap(({ status: ofFile, message, assertionResults }) => {
    const tests = assertionResults.filter(test => test.status === 'failed').map(test => test.fullName);
    return tests.length === 0 && ofFile === 'failed' ? [`before the tests: ${message?.split('\n')[0] ?? ''}`] : tests;
  });
  passed += results.numPassedTests;
  failed += failures.length;
  if (status === 0 && failures.length === 0) soundRounds += 1;
  console.log(
    `Kill test, round ${round} of ${rounds}: ${results.numPassedTests} passed, ${failures.length} failed, ${seconds} s.`,
  );
  for (const failure of failures) console.log(`  failed: ${failure}`);
}
console.log(`Kill test: ${passed} passed, ${failed} failed; ${soundRounds} of ${rounds} rounds without a failure.`);
process.exitCode = soundRounds === rounds ? 0 : 1;

function readResults(): Results | undefined {
  try {
    return JSON.parse(readFileSync(RESULTS, 'utf8')) as Results;
  } catch {
    return undefined;
  }
}
