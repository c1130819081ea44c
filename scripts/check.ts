/** `npm run check`: every static check, side by side. Each prints only when it has something to say; exits 1 when one fails. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import './require-node.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Each check by the name it is reported under, as a command of the project's own packages. */
export const checks = {
  types: ['tsc', '-b'],
  lint: ['oxlint', '--deny-warnings'],
  format: ['oxfmt', '--check', '.'],
  imports: [
    'depcruise',
    '--config',
    '.dependency-cruiser.mjs',
    ...['shared', 'main', 'preload', 'renderer', 'emulator', 'e2e', 'bench', 'conformance', 'scripts'],
  ],
  unused: ['knip', '--no-progress'],
} as const satisfies Record<string, readonly [string, ...string[]]>;

export type CheckName = keyof typeof checks;

interface CheckResult {
  readonly name: CheckName;
  readonly ok: boolean;
  readonly output: string;
}

/** Runs one check in `cwd`. Never rejects: a tool that can't be started is a failed check. */
export function runCheck(name: CheckName, cwd: string = root): Promise<CheckResult> {
  const [command, ...args] = checks[name];
  return new Promise(resolve => {
    const child = spawn(command, args, {
      cwd,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NO_COLOR: '1' },
    });
    let output = '';
    const take = (chunk: Buffer): void => {
      output += chunk.toString();
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.on('error', error =>
      resolve({ name, ok: false, output: `${command} could not be started: ${error.message}` }),
    );
    child.on('close', code => resolve({ name, ok: code === 0, output }));
  });
}

if (import.meta.main) {
  const names = Object.keys(checks) as CheckName[];
  const results = await Promise.all(names.map(name => runCheck(name)));
  for (const { name, ok, output } of results) {
    console.log(`${ok ? 'ok    ' : 'FAILED'} ${name}`);
    if (!ok) console.log(output);
  }
  process.exitCode = results.every(result => result.ok) ? 0 : 1;
}
