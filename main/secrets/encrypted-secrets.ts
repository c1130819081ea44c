import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { SecretStoreUnavailableError, SecretUnreadableError, type SecretStore } from '../host.ts';

/** The platform's own encryption, bound to this user on this machine. */
export interface Encryption {
  encrypt(text: string): Promise<Uint8Array>;
  /** `stale`: the platform has a newer key, and what was decrypted should be encrypted again. */
  decrypt(bytes: Uint8Array): Promise<{ readonly text: string; readonly stale: boolean }>;
}

const NAME = /^[a-z0-9-]{1,100}$/;

/**
 * Keeps each secret as an encrypted file of its own, readable by its owner alone. A file is replaced as a whole or not at all:
 * written beside, flushed, renamed. Calls for one name are carried out in their order.
 */
export function encryptedSecrets(folder: string, encryption: Encryption): SecretStore {
  const turns = new Map<string, Promise<unknown>>();
  const inTurn = <T>(name: string, work: (path: string) => Promise<T>): Promise<T> => {
    if (!NAME.test(name)) return Promise.reject(new TypeError(`no name for a secret: ${name}`));
    const before = turns.get(name) ?? Promise.resolve();
    const turn = before.then(() => work(join(folder, `${name}.bin`)));
    // The next in line waits for this turn to end, whichever way it ends.
    turns.set(
      name,
      turn.catch(() => undefined),
    );
    return turn;
  };

  const write = async (path: string, value: string): Promise<void> => {
    const bytes = await encryption.encrypt(value).catch((error: unknown) => {
      throw new SecretStoreUnavailableError('the platform can not encrypt now', { cause: error });
    });
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await replaceFile(path, bytes);
  };

  return {
    isPersistent: true,
    load: name =>
      inTurn(name, async path => {
        const bytes = await readFile(path).catch((error: unknown) => {
          if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
          throw new SecretUnreadableError(`the secret ${name} can not be read`, { cause: error });
        });
        if (bytes === undefined) return undefined;
        const { text, stale } = await encryption.decrypt(bytes).catch((error: unknown) => {
          throw new SecretUnreadableError(`the secret ${name} can not be decrypted here`, { cause: error });
        });
        // What can't be renewed now is still readable; the next load tries again.
        if (stale) await write(path, text).catch(() => undefined);
        return text;
      }),
    save: (name, value) => inTurn(name, path => write(path, value)),
    remove: name => inTurn(name, path => rm(path, { force: true })),
  };
}

async function replaceFile(path: string, bytes: Uint8Array): Promise<void> {
  const beside = `${path}.${randomUUID()}.new`;
  try {
    const file = await open(beside, 'wx', 0o600);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}
