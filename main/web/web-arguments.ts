import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { StartError } from '../start-error.ts';

export interface WebArguments {
  /** 0 lets the system choose. */
  readonly port: number;
  /** Whether the technician's browser is opened on start. */
  readonly open: boolean;
  readonly profile: string;
  /** False with `--no-background-sync`: nothing is asked but what somebody asks for, as tests need that count requests. */
  readonly backgroundSync: boolean;
  /** The ready line of an emulator that runs already; absent means that the host starts its own. */
  readonly emulatorReady?: string;
}

/** A call that can't be obeyed. */
export class WebUsageError extends StartError {
  override readonly name = 'WebUsageError';
}

/**
 * Reads `[--port 0] [--no-open] [--profile DIR] [--no-background-sync] [--emulator READY]`. READY is the line that the emulator prints when ready,
 * or a file that holds it. `--web` is taken and means nothing here: `npm start` has read it.
 *
 * @throws WebUsageError
 */
export function readWebArguments(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>> = process.env,
): WebArguments {
  const values = parse(args);
  const port = Number(values.port ?? '0');
  if (!/^\d{1,5}$/.test(values.port ?? '0') || port > 65_535) {
    throw new WebUsageError(`--port takes a number from 0 to 65535, not "${values.port}".`);
  }
  const emulator = values.emulator;
  return {
    port,
    open: values['no-open'] !== true,
    backgroundSync: values['no-background-sync'] !== true,
    profile: resolve(values.profile ?? defaultProfile(process.platform, env)),
    ...(emulator === undefined ? {} : { emulatorReady: readyLine(emulator) }),
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      strict: true,
      allowPositionals: false,
      options: {
        web: { type: 'boolean' },
        port: { type: 'string' },
        'no-open': { type: 'boolean' },
        profile: { type: 'string' },
        'no-background-sync': { type: 'boolean' },
        emulator: { type: 'string' },
      },
    }).values;
  } catch (error) {
    const why = error instanceof Error ? (error.message.split('. ')[0] ?? error.message) : String(error);
    throw new WebUsageError(
      `${why.replace(/\.$/, '')}. Known are --web, --port, --no-open, --profile, --no-background-sync and --emulator.`,
    );
  }
}

function readyLine(given: string): string {
  if (given.trimStart().startsWith('{')) return given;
  if (!existsSync(given)) {
    throw new WebUsageError(
      `--emulator takes the emulator's ready line or a file that holds it; there is no file ${given}.`,
    );
  }
  return readFileSync(given, 'utf8').split('\n')[0] ?? '';
}

/** Where this system keeps an application's data. The demo has a folder of its own, in either host. */
export function defaultProfile(platform: NodeJS.Platform, env: Readonly<Record<string, string | undefined>>): string {
  const home = homedir();
  const base =
    platform === 'win32'
      ? (env['APPDATA'] ?? join(home, 'AppData', 'Roaming'))
      : platform === 'darwin'
        ? join(home, 'Library', 'Application Support')
        : (env['XDG_CONFIG_HOME'] ?? join(home, '.config'));
  return join(base, 'Backstop', 'demo');
}
