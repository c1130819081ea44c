import { createHash } from 'node:crypto';
import { accessSync, chmodSync, constants, mkdirSync, realpathSync, rmSync } from 'node:fs';
import { createConnection, createServer, type Server } from 'node:net';
import { dirname, join } from 'node:path';
import { AppFailure } from '../../shared/contract/errors.ts';

interface TakenProfile {
  /** The folder's real path. */
  readonly path: string;
  /** Lets another process have the profile. The end of this process does the same, however it ends. */
  release(): Promise<void>;
}

/**
 * Makes the profile's folder if it is missing, readable by its owner alone, and takes it for this process. To be called before
 * anything opens a file in it, the demo's emulator included.
 *
 * The lock is a listening local socket named for the folder: the system gives it up with the process, even after kill -9, so
 * no stale lock ever keeps a technician out on the worst day.
 *
 * @param platform decides what the lock's name looks like
 * @throws AppFailure PROFILE_UNWRITABLE, PROFILE_IN_USE
 */
export async function takeProfile(path: string, platform: NodeJS.Platform = process.platform): Promise<TakenProfile> {
  const real = prepareFolder(path);
  const server = await listen(lockName(real, platform)).catch((error: unknown) => {
    const inUse = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    throw new AppFailure({ code: inUse ? 'PROFILE_IN_USE' : 'PROFILE_UNWRITABLE', path }, { cause: error });
  });
  server.unref();
  return { path: real, release: () => new Promise(resolve => server.close(() => resolve())) };
}

function prepareFolder(path: string): string {
  try {
    makeFolder(path);
    if (process.platform !== 'win32') chmodSync(path, 0o700);
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
    return realpathSync(path);
  } catch (error) {
    throw new AppFailure({ code: 'PROFILE_UNWRITABLE', path }, { cause: error });
  }
}

/** One level at a time: Node's own `recursive` never returns where a file system (such as /proc) answers that a folder's parent is missing while it is there. */
function makeFolder(path: string): void {
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EEXIST') return;
    if (code !== 'ENOENT' || dirname(path) === path) throw error;
    makeFolder(dirname(path));
    mkdirSync(path, { mode: 0o700 });
  }
}

/** The longest path of a local socket on macOS, less its final zero. */
const MAX_SOCKET_PATH = 103;

/** Linux and Windows have names that live and die with the process; elsewhere the socket is a file. */
function lockName(folder: string, platform: NodeJS.Platform): string {
  const name = `backstop-${createHash('sha256').update(folder).digest('hex').slice(0, 32)}`;
  if (platform === 'linux') return `\0${name}`;
  if (platform === 'win32') return `\\\\.\\pipe\\${name}`;
  const beside = join(folder, 'profile.lock');
  return Buffer.byteLength(beside) <= MAX_SOCKET_PATH ? beside : `/tmp/${name}`;
}

async function listen(name: string): Promise<Server> {
  try {
    return await listenOnce(name);
  } catch (error) {
    // A socket file outlives a killed process. Where nobody answers at it, it is litter.
    if (!name.startsWith('/') || (await isAnswered(name))) throw error;
    rmSync(name, { force: true });
    return await listenOnce(name);
  }
}

function listenOnce(name: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer(connection => connection.destroy());
    server.once('error', reject);
    server.listen(name, () => resolve(server));
  });
}

function isAnswered(name: string): Promise<boolean> {
  return new Promise(resolve => {
    const connection = createConnection(name);
    connection.once('connect', () => {
      connection.destroy();
      resolve(true);
    });
    connection.once('error', () => resolve(false));
  });
}
