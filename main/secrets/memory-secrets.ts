import type { SecretStore } from '../host.ts';

/** Secrets that are never written down: sign-in ends with the process. */
export function memorySecrets(): SecretStore {
  const secrets = new Map<string, string>();
  return {
    isPersistent: false,
    load: async name => secrets.get(name),
    save: async (name, value) => {
      secrets.set(name, value);
    },
    remove: async name => {
      secrets.delete(name);
    },
  };
}
