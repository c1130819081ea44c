import { join } from 'node:path';
import { safeStorage } from 'electron';
import type { Log, SecretStore } from '../host.ts';
import { encryptedSecrets, memorySecrets } from '../secrets/index.ts';

/**
 * The profile's secrets, encrypted by the system's own key store; in memory alone where it has none. Called once the
 * application is ready.
 */
export async function openSecrets(profile: string, platform: NodeJS.Platform, log: Log): Promise<SecretStore> {
  if (!(await canEncrypt(platform))) {
    log.warn('secrets.keptInMemory');
    return memorySecrets();
  }
  return encryptedSecrets(join(profile, 'secrets'), {
    encrypt: text => safeStorage.encryptStringAsync(text),
    decrypt: async bytes => {
      const { result, shouldReEncrypt } = await safeStorage.decryptStringAsync(Buffer.from(bytes));
      return { text: result, stale: shouldReEncrypt };
    },
  });
}

/** On Linux `basic_text` is a key that everybody has: that is no encryption. */
async function canEncrypt(platform: NodeJS.Platform): Promise<boolean> {
  if (platform === 'linux' && ['basic_text', 'unknown'].includes(safeStorage.getSelectedStorageBackend())) return false;
  return safeStorage.isAsyncEncryptionAvailable();
}
