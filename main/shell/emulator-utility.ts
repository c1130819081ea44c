import { fileURLToPath } from 'node:url';
import { utilityProcess } from 'electron';
import {
  DemoUnavailableError,
  emulatorArguments,
  FirstLine,
  readEmulatorReady,
  type RunningEmulator,
} from '../demo/index.ts';

const START_SECONDS = 60;
const STOP_SECONDS = 5;

/**
 * Starts the emulator in a utility process: with the run-as-node fuse off there is no Node to spawn. Electron ends it with the
 * application.
 *
 * @throws DemoUnavailableError where it ends or stays silent instead of printing its ready line
 */
export async function startEmulatorUtility(profile: string, emulator: URL): Promise<RunningEmulator> {
  const child = utilityProcess.fork(fileURLToPath(emulator), emulatorArguments(profile), {
    stdio: ['ignore', 'pipe', 'ignore'],
    serviceName: 'Backstop demo tenants',
  });
  const ended = Promise.withResolvers<void>();
  const line = new FirstLine();
  let running = true;
  child.stdout?.on('data', (chunk: Buffer) => line.add(chunk));
  // Told before V8 gives up, and `exit` follows. Without a listener it would be thrown in this process.
  child.on('error', () => undefined);
  child.on('exit', code => {
    running = false;
    line.fail(new DemoUnavailableError(`The demo tenants could not be started (exit ${code}); start Backstop again.`));
    ended.resolve();
  });
  const stop = async (): Promise<void> => {
    if (!running) return;
    child.kill();
    // One that does not listen must not keep the application from quitting.
    const kill = setTimeout(() => {
      if (running && child.pid !== undefined) process.kill(child.pid, 'SIGKILL');
    }, STOP_SECONDS * 1_000);
    await ended.promise;
    clearTimeout(kill);
  };
  const tooLate = setTimeout(
    () =>
      line.fail(
        new DemoUnavailableError(
          `The demo tenants were not ready within ${START_SECONDS} seconds; start Backstop again.`,
        ),
      ),
    START_SECONDS * 1_000,
  );
  try {
    return { ready: readEmulatorReady(await line.line), ended: ended.promise, stop };
  } catch (error) {
    await stop();
    throw error;
  } finally {
    clearTimeout(tooLate);
  }
}
