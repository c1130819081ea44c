/** The emulator as a program: one line of JSON when ready, then silence on standard output; the log goes to standard error. */
import { readCommandLine, usage, UsageError } from './command-line.ts';
import { startEmulator } from './server.ts';

const say = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

const run = async (): Promise<void> => {
  const { options, exitWithParent } = readCommandLine(process.argv.slice(2), Date.now());
  const emulator = await startEmulator(options);
  let isEnding = false;
  const end = async (why: string): Promise<void> => {
    if (isEnding) return;
    isEnding = true;
    say(`Ending: ${why}.`);
    await emulator.stop();
    process.exit(0);
  };
  process.on('SIGTERM', () => void end('SIGTERM'));
  process.on('SIGINT', () => void end('SIGINT'));
  if (exitWithParent) {
    process.on('disconnect', () => void end("the parent's channel closed"));
    process.stdin.on('end', () => void end('standard input closed'));
    process.stdin.on('error', () => void end('standard input closed'));
    process.stdin.resume();
  }
  process.stdout.write(`${JSON.stringify(emulator.ready)}\n`);
  say(`Listening at ${emulator.ready.url}, service time ${emulator.ready.now}.`);
};

try {
  await run();
} catch (error) {
  say(
    error instanceof UsageError ? `${error.message}\n${usage}` : error instanceof Error ? error.message : String(error),
  );
  process.exit(error instanceof UsageError ? 2 : 1);
}
