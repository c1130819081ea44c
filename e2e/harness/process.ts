import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

export interface StartedProcess {
  readonly child: ChildProcess;
  /** The first line of standard output. */
  readonly line: string;
  /** All of standard error so far. */
  readonly errors: () => string;
  /** Ends it, and waits until it has ended. Rejects where it had ended by itself, which explains whatever failed because of it. */
  readonly stop: (signal?: NodeJS.Signals) => Promise<void>;
}

/** Starts a program and waits for its first line of output. Rejects, with what it said, where it ends before. */
export async function startProcess(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
  cwd?: string,
): Promise<StartedProcess> {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'], env, ...(cwd === undefined ? {} : { cwd }) });
  let errors = '';
  let stopped = false;
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString();
  });
  const ended = new Promise<void>(resolve => {
    child.once('exit', () => resolve());
  });
  const line = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', resolve);
    child.once('error', reject);
    child.once('exit', code => reject(new Error(`${command} ${args.join(' ')} ended with ${code}: ${errors}`)));
  });
  return {
    child,
    line,
    errors: () => errors,
    stop: async (signal = 'SIGTERM') => {
      const hasEnded = child.exitCode !== null || child.signalCode !== null;
      if (hasEnded && !stopped)
        throw new Error(
          `${command} ${args[0] ?? ''} had ended by itself with ${child.exitCode ?? child.signalCode}: ${errors}`,
        );
      stopped = true;
      if (!hasEnded) child.kill(signal);
      await ended;
    },
  };
}
