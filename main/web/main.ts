import { fileURLToPath } from 'node:url';
import { createRouter } from '../bridge/router.ts';
import { startServices } from '../services.ts';
import { wordStartFailure } from '../start-error.ts';
import { readWebArguments } from './web-arguments.ts';
import { startWebHost } from './web-host.ts';

// Addresses beside this file, as the build lays it: dist/main/web.js.
const besideThis = (path: string): URL => new URL(path, import.meta.url);

try {
  const host = await startWebHost(
    readWebArguments(process.argv.slice(2)),
    {
      pageFolder: fileURLToPath(besideThis('../renderer/')),
      catalogWorker: besideThis('./catalog-worker.js'),
      emulator: besideThis('./emulator.js'),
    },
    { startServices, createRouter },
  );
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    host.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  process.stdout.write(`${JSON.stringify({ url: host.url })}\n`);
} catch (error) {
  console.error(wordStartFailure(error) ?? error);
  process.exit(1);
}
