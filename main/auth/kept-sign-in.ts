import { z } from 'zod';
import type { SecretStore } from '../host.ts';
import type { KeptSignIn } from './auth-state.ts';
import { isBlobOf } from './cache-blob.ts';

/** What MSAL needs of the account to ask for it again; a tenant's id takes the place of `tenantId` in each silent call. */
const HomeAccount = z.object({
  homeAccountId: z.string().regex(/^[^.]+\.[^.]+$/),
  environment: z.string().min(1),
  homeTenantId: z.guid().toLowerCase(),
  username: z.string(),
  localAccountId: z.string().min(1),
  name: z.string().optional(),
});
export type HomeAccount = z.infer<typeof HomeAccount>;

const KeptText = z.object({ format: z.literal(1), home: HomeAccount, cache: z.string() });

export interface SignIn {
  readonly home: HomeAccount;
  /** MSAL's serialized cache. */
  readonly cache: string;
}

/** How many people can be signed in with one client id. */
export const SLOTS = 16;

/**
 * Names of the secrets of one client id, and of one of its sign-ins.
 *
 * @param slot the place of the sign-in, from 0; the first has the name that the only one had
 */
export function toSecretNames(
  clientId: string,
  slot = 0,
): {
  readonly signIn: string;
  readonly setAside: string;
  readonly forgottenTenants: string;
} {
  const id = clientId.toLowerCase().replaceAll(/[^a-z0-9-]/g, '-');
  const signIn = slot === 0 ? `sign-in-${id}` : `sign-in-${id}-${slot + 1}`;
  return { signIn, setAside: `${signIn}-set-aside`, forgottenTenants: `forgotten-tenants-${id}` };
}

/** The text of the secret. */
export function toKeptText(signIn: SignIn): string {
  return JSON.stringify({ format: 1, ...signIn });
}

/**
 * Loads the sign-in of last time. A damaged one would come out of MSAL as a bare SyntaxError, for a prompt only after the
 * person has signed in; so its shape is checked here, and what doesn't pass is set aside under another name.
 */
export async function loadKeptSignIn(
  secrets: SecretStore,
  names: { readonly signIn: string; readonly setAside: string },
): Promise<{ readonly outcome: KeptSignIn; readonly signIn?: SignIn; readonly error?: unknown }> {
  let text: string | undefined;
  try {
    text = await secrets.load(names.signIn);
  } catch (error) {
    return { outcome: 'unreadable', error };
  }
  if (text === undefined) return { outcome: 'fine' };
  const signIn = findSignIn(text);
  if (signIn !== undefined) return { outcome: 'fine', signIn };
  try {
    await secrets.save(names.setAside, text);
    await secrets.remove(names.signIn);
  } catch (error) {
    // It stays where it is, unused, until the next sign-in replaces it.
    return { outcome: 'setAside', error };
  }
  return { outcome: 'setAside' };
}

function findSignIn(text: string): SignIn | undefined {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return undefined;
  }
  const kept = KeptText.safeParse(json);
  if (!kept.success || !isBlobOf(kept.data.cache, kept.data.home.homeAccountId)) return undefined;
  return { home: kept.data.home, cache: kept.data.cache };
}
