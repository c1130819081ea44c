/** Brings what the end-to-end tests need: Chromium, and Xvfb where Electron shall run without a screen. Does nothing where all is there. */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import './require-node.mjs';
import { browserSetUp } from './browser-packages.ts';

function has(program: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some(folder => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

const steps = browserSetUp({
  isDebian: existsSync('/etc/debian_version'),
  isRoot: process.getuid?.() === 0,
  platform: process.platform,
  has,
});
for (const { why, command } of steps) {
  const [program, ...args] = command;
  console.error(`${command.join(' ')}: ${why}`);
  // All output to standard error: what calls this may have a word of its own for standard output.
  const { status, error } = spawnSync(program, args, {
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  if (status !== 0) {
    console.error(
      `This failed (${error?.message ?? `exit ${status}`}); install a Chromium by hand and run the tests again.`,
    );
    process.exit(1);
  }
}
