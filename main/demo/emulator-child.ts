import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { emulatorArguments } from './emulator-arguments.ts';
import { DemoUnavailableError, FirstLine, readEmulatorReady, type EmulatorReady } from './emulator-ready.ts';

/** An emulator that runs, in a process of its own or somebody else's. */
export interface RunningEmulator {
  readonly ready: EmulatorReady;
  /** Resolves when its process has ended by itself or was stopped; never for an emulator that is not ours. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

const START_SECONDS = 60;
const STOP_SECONDS = 5;

/**
 * Starts the emulator as a child of this process; it ends with its parent.
 *
 * @param program the emulator's built (or source) file
 * @throws DemoUnavailableError where it ends or stays silent instead of printing its ready line
 */
export async function startEmulatorChild(profile: string, program: URL): Promise<RunningEmulator> {
  const child = spawn(
    process.execPath,
    // Its standard input is a pipe that only this process holds: it closes when we end, even by kill -9.
    [fileURLToPath(program), ...emulatorArguments(profile), '--exit-with-parent'],
    { stdio: ['pipe', 'pipe', 'pipe'] },
  );
  const ended = Promise.withResolvers<void>();
  const line = new FirstLine();
  let lastWords = '';
  child.stdout.on('data', (chunk: Buffer) => line.add(chunk));
  child.stderr.on('data', (chunk: Buffer) => {
    lastWords = lastLine(chunk.toString('utf8')) ?? lastWords;
  });
  // A pipe to a child that has just died breaks; `exit` tells of it.
  child.stdin.on('error', () => undefined);
  child.on('error', error =>
    line.fail(new DemoUnavailableError(`The emulator could not be started: ${error.message}.`)),
  );
  child.on('exit', (code, signal) => {
    line.fail(
      new DemoUnavailableError(
        `The emulator ended before it was ready (${signal ?? `exit ${code}`})${lastWords && `: ${lastWords}`}`,
      ),
    );
    ended.resolve();
  });
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
    child.kill('SIGTERM');
    const kill = setTimeout(() => child.kill('SIGKILL'), STOP_SECONDS * 1_000);
    await ended.promise;
    clearTimeout(kill);
  };
  const tooLate = setTimeout(
    () => line.fail(new DemoUnavailableError(`The emulator was not ready within ${START_SECONDS} seconds.`)),
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

/** An emulator that somebody else has started, and will stop. */
export function attachEmulator(readyLine: string): RunningEmulator {
  return { ready: readEmulatorReady(readyLine), ended: new Promise(() => undefined), stop: async () => undefined };
}

function lastLine(text: string): string | undefined {
  return text.trim().split('\n').at(-1);
}
