const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** @returns the tenant id in lower case, or `undefined` where the text is no GUID; MSAL's cache knows tenants by GUID alone */
export function toTenantId(text: string): string | undefined {
  const lower = text.trim().toLowerCase();
  return GUID.test(lower) ? lower : undefined;
}
