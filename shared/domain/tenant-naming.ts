/** What a tenant is called. */
interface NamedTenant {
  readonly displayName: string;
  readonly domain: string;
}

/**
 * Whether a text that somebody typed names this tenant and no other: its display name as it stands, letter case and all, or its
 * domain, for names that not every keyboard can type. Blanks around it don't count.
 */
export function isTenantNamed(typed: string, { displayName, domain }: NamedTenant): boolean {
  const text = plain(typed);
  if (text === '') return false;
  return text === plain(displayName) || text.toLowerCase() === plain(domain).toLowerCase();
}

/** Two ways of writing the same letters are the same name. */
function plain(text: string): string {
  return text.normalize('NFC').trim();
}
