import { z } from 'zod';

const Claims = z.looseObject({ tid: z.string().optional() });
const PersonClaims = z.looseObject({ oid: z.string().optional(), wids: z.array(z.string()).optional() });

/** What a token says of the person: their object id and the template ids of their directory roles. */
export interface TokenPerson {
  readonly objectId?: string;
  readonly roleIds?: readonly string[];
}

/** What a token says of itself: `opaque` where it is no JWT, and then nothing can be read from it. */
export type TokenTenant = { readonly form: 'opaque' } | { readonly form: 'jwt'; readonly tenantId: string | undefined };

/**
 * Reads the `tid` claim of an access token. The signature is not checked: Graph does that; this guards against mixing up
 * tokens, not against forged ones.
 *
 * @returns the tenant in lower case; `undefined` within a JWT that names none or can't be read
 */
export function readTokenTenant(accessToken: string): TokenTenant {
  const [header, payload, signature, ...rest] = accessToken.split('.');
  if (header === undefined || payload === undefined || signature === undefined || rest.length > 0)
    return { form: 'opaque' };
  if (decodeJson(header) === undefined) return { form: 'opaque' };
  const claims = Claims.safeParse(decodeJson(payload));
  return { form: 'jwt', tenantId: claims.success ? claims.data.tid?.toLowerCase() : undefined };
}

/** Reads the `oid` and `wids` claims of an access token; nothing where it is no JWT or has none. */
export function readTokenPerson(accessToken: string): TokenPerson {
  if (readTokenTenant(accessToken).form === 'opaque') return {};
  const claims = PersonClaims.safeParse(decodeJson(accessToken.split('.')[1] ?? ''));
  if (!claims.success) return {};
  const { oid, wids } = claims.data;
  return { ...(oid !== undefined && { objectId: oid }), ...(wids !== undefined && { roleIds: wids }) };
}

function decodeJson(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}
