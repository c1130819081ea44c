import { createHash } from 'node:crypto';

/**
 * The console's own short name of an account: the same on every machine and after every restart, and nothing that a directory
 * could be asked with.
 *
 * @param homeAccountId MSAL's key of the person
 */
export function toAccountId(homeAccountId: string): string {
  return createHash('sha256').update(homeAccountId.toLowerCase()).digest('hex').slice(0, 16);
}
