import { z } from 'zod';
import { startAuth, type Started } from './start-auth.ts';

export const Kept = z.looseObject({ cache: z.string() });

/** What MSAL keeps, as far as tests change it. `realm` is the tenant that a token is filed under. */
export const Cache = z.looseObject({
  AccessToken: z.record(z.string(), z.looseObject({ realm: z.string(), secret: z.string() })),
  IdToken: z.record(z.string(), z.looseObject({ realm: z.string(), secret: z.string() })),
});
export type Cache = z.infer<typeof Cache>;

/** Changes the kept sign-in as a fault in MSAL, or anyone with the key, could; and starts anew on it. */
export async function restartWith({ auth, entra, secrets }: Started, change: (cache: Cache) => void): Promise<Started> {
  await auth.stop();
  const name = `sign-in-${entra.cloud.clientId}`;
  const kept = Kept.parse(JSON.parse(secrets.kept.get(name) ?? ''));
  const cache = Cache.parse(JSON.parse(kept.cache));
  change(cache);
  secrets.kept.set(name, JSON.stringify({ ...kept, cache: JSON.stringify(cache) }));
  return startAuth({ entra, secrets });
}

/** A token that is filed under the tenant. */
export function secretOf(entries: Readonly<Record<string, { realm: string; secret: string }>>, realm: string): string {
  const found = Object.values(entries).find(entry => entry.realm === realm);
  if (found === undefined) throw new Error(`Nothing is cached for ${realm}.`);
  return found.secret;
}

/** Puts one token in the place of all that are filed under the tenant. */
export function plant(entries: Record<string, { realm: string; secret: string }>, realm: string, secret: string): void {
  for (const entry of Object.values(entries)) if (entry.realm === realm) entry.secret = secret;
}
