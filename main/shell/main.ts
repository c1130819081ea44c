import { fileURLToPath } from 'node:url';
import { createRouter } from '../bridge/router.ts';
import { startServices } from '../services.ts';
import { runShell } from './run-shell.ts';

// Addresses beside this file, as the build lays it: dist/main/shell.js.
const besideThis = (path: string): URL => new URL(path, import.meta.url);

// Not awaited: Electron is ready only once this module has been evaluated, and `runShell` waits for Electron.
void runShell(
  {
    pageFolder: fileURLToPath(besideThis('../renderer/')),
    preload: fileURLToPath(besideThis('../preload/index.cjs')),
    catalogWorker: besideThis('./catalog-worker.js'),
    emulator: besideThis('./emulator.js'),
  },
  { startServices, createRouter },
);
