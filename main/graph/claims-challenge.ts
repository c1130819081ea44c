/**
 * The claims request of a 401's `WWW-Authenticate: Bearer …, error="insufficient_claims", claims="<base64>"`, decoded to JSON text, as the
 * sign-in library takes it. `undefined` where the answer holds no such challenge.
 */
export function findClaimsChallenge(wwwAuthenticate: string | null): string | undefined {
  const encoded = wwwAuthenticate?.match(/\bclaims="([^"]+)"/i)?.[1];
  if (encoded === undefined) return undefined;
  const decoded = Buffer.from(encoded, 'base64').toString('utf8');
  try {
    JSON.parse(decoded);
    return decoded;
  } catch {
    return undefined;
  }
}
