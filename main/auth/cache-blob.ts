import { z } from 'zod';

/** An account of MSAL's serialized cache; each tenant profile is a JSON text inside the JSON. */
const AccountEntry = z.looseObject({
  home_account_id: z.string(),
  environment: z.string(),
  realm: z.string(),
  local_account_id: z.string(),
  username: z.string(),
  authority_type: z.string(),
  tenantProfiles: z.array(z.string().refine(isTenantProfile, 'not a tenant profile')).optional(),
});

const Credential = z.looseObject({
  home_account_id: z.string(),
  environment: z.string(),
  credential_type: z.string(),
  client_id: z.string(),
  secret: z.string(),
});
const TenantCredential = Credential.extend({ realm: z.string() });
const AccessTokenEntry = TenantCredential.extend({ target: z.string(), cached_at: z.string(), expires_on: z.string() });

/** The serialized cache of MSAL for Node. What we don't know of it is kept as it is. */
const CacheBlob = z.looseObject({
  Account: z.record(z.string(), AccountEntry).default({}),
  IdToken: z.record(z.string(), TenantCredential).default({}),
  AccessToken: z.record(z.string(), AccessTokenEntry).default({}),
  RefreshToken: z.record(z.string(), Credential).default({}),
  AppMetadata: z.record(z.string(), z.looseObject({ client_id: z.string(), environment: z.string() })).default({}),
});

/** What a cache may hold: one person's entries, and none of the forgotten tenants. */
export interface CacheRule {
  readonly homeAccountId: string;
  readonly homeTenantId: string;
  readonly forgottenTenants: ReadonlySet<string>;
}

/** An empty cache that MSAL reads as one; the empty text would leave its memory as it was. */
export const EMPTY_BLOB = '{}';

/** @returns whether MSAL can read the text as its cache, and finds this person in it */
export function isBlobOf(blob: string, homeAccountId: string): boolean {
  const parsed = CacheBlob.safeParse(parseJson(blob));
  return (
    parsed.success && Object.values(parsed.data.Account).some(account => account.home_account_id === homeAccountId)
  );
}

/** @returns the blob with only what `rule` allows; the very same text where nothing of it has to go */
export function keepOnly(blob: string, rule: CacheRule): string {
  if (isAllowed(blob, rule)) return blob;
  const cache = CacheBlob.parse(parseJson(blob));
  const isOurs = (entry: { home_account_id: string }) => entry.home_account_id === rule.homeAccountId;
  const isKnown = (entry: { realm: string }) => !rule.forgottenTenants.has(entry.realm.toLowerCase());
  return JSON.stringify({
    ...cache,
    Account: mapEntries(filterEntries(cache.Account, isOurs), account => withoutProfiles(account, rule)),
    IdToken: filterEntries(cache.IdToken, entry => isOurs(entry) && isKnown(entry)),
    AccessToken: filterEntries(cache.AccessToken, entry => isOurs(entry) && isKnown(entry)),
    RefreshToken: filterEntries(cache.RefreshToken, isOurs),
  });
}

/** Looks at the text alone: this runs at every write, and the text of a hundred tenants takes long to read and to check. */
function isAllowed(blob: string, rule: CacheRule): boolean {
  for (const [, person] of blob.matchAll(/"home_account_id"\s*:\s*"([^"]*)"/g))
    if (person !== rule.homeAccountId) return false;
  const text = blob.toLowerCase();
  for (const tenantId of rule.forgottenTenants) if (text.includes(tenantId)) return false;
  return true;
}

/** @returns the blob without the access and id tokens of the tenant; the person's refresh token, good for all tenants, stays */
export function withoutTokensOf(blob: string, tenantId: string): string {
  const cache = CacheBlob.parse(parseJson(blob));
  const isOther = (entry: { realm: string }) => entry.realm.toLowerCase() !== tenantId;
  return JSON.stringify({
    ...cache,
    IdToken: filterEntries(cache.IdToken, isOther),
    AccessToken: filterEntries(cache.AccessToken, isOther),
  });
}

function withoutProfiles(account: z.infer<typeof AccountEntry>, rule: CacheRule): z.infer<typeof AccountEntry> {
  if (account.tenantProfiles === undefined) return account;
  // Without its home profile MSAL doesn't find the account any more and would store nothing.
  const stays = (tenantId: string) => tenantId === rule.homeTenantId || !rule.forgottenTenants.has(tenantId);
  return {
    ...account,
    tenantProfiles: account.tenantProfiles.filter(profile => stays(tenantOfProfile(profile) ?? '')),
  };
}

const TenantProfile = z.looseObject({ tenantId: z.string() });

function tenantOfProfile(profile: string): string | undefined {
  const parsed = TenantProfile.safeParse(parseJson(profile));
  return parsed.success ? parsed.data.tenantId.toLowerCase() : undefined;
}

function isTenantProfile(profile: string): boolean {
  return tenantOfProfile(profile) !== undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function filterEntries<T>(
  entries: Readonly<Record<string, T>>,
  keep: (entry: NoInfer<T>) => boolean,
): Record<string, T> {
  return Object.fromEntries(Object.entries(entries).filter(([, entry]) => keep(entry)));
}

function mapEntries<T>(entries: Readonly<Record<string, T>>, change: (entry: NoInfer<T>) => T): Record<string, T> {
  return Object.fromEntries(Object.entries(entries).map(([key, entry]) => [key, change(entry)]));
}
