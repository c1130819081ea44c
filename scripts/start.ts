/**
 * `npm start`: builds what is missing and opens the console in Electron. Where Electron's runtime can't be had it says so, and
 * serves the loopback host (the demo tenants, in a browser) instead; `npm start -- --web [--port 0] [--no-open]
 * [--profile DIR] [--no-background-sync]` forces that. There, standard output holds one line, `{"url": …}`, once it is ready.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import './require-node.mjs';
import { buildStale } from './build-stale.ts';
import { downloadElectron, findElectronRuntime } from './electron-runtime.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
endWithParent();
await buildStale(root);

if (process.argv.includes('--web')) {
  await serveInBrowser();
} else {
  const packageFolder = join(root, 'node_modules', 'electron');
  const runtime = findElectronRuntime({
    packageFolder,
    platform: process.platform,
    env: process.env,
    download: () => downloadElectron(packageFolder),
  });
  if ('executable' in runtime) {
    openElectron(runtime.executable);
  } else {
    console.error(
      `Electron can't be used here (${runtime.missing}), so Backstop serves its demo tenants to your browser at the address below.`,
    );
    await serveInBrowser();
  }
}

/**
 * npm starts a script through a shell that passes no signal on: whoever ends npm would leave the console running. So this
 * process looks whether it still has the parent that it was born with.
 */
function endWithParent(): void {
  const parent = process.ppid;
  const look = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(look);
    process.kill(process.pid, 'SIGTERM');
  }, 500);
  look.unref();
}

/** In this very process: nobody has to pass signals on, and nothing is left behind when it is killed. */
async function serveInBrowser(): Promise<void> {
  await import(pathToFileURL(join(root, 'dist', 'main', 'web.js')).href);
}

function openElectron(executable: string): void {
  const child = spawn(executable, [root, ...process.argv.slice(2)], { stdio: 'inherit' });
  child.on('error', error => {
    console.error(`Electron could not be started: ${error.message}`);
    process.exitCode = 1;
  });
  child.on('exit', code => {
    process.exitCode = code ?? 1;
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
}
