import { createHash, randomBytes } from 'node:crypto';
import type { DirectoryTenant, DirectoryUser } from '../directory.ts';

/** The issuer of a tenant's id tokens (v2.0). Access tokens for Graph have another one, as they have in Entra ID. */
export const toIssuer = (origin: string, tenantId: string): string => `${origin}/${tenantId}/v2.0`;

/** `client_info`: who signed in, by home account, whichever tenant the answer is for. MSAL makes the homeAccountId of it. */
export const toClientInfo = (user: DirectoryUser): string =>
  Buffer.from(JSON.stringify({ uid: user.objectId, utid: user.homeTenantId })).toString('base64url');

const toGuid = (hash: Buffer): string =>
  hash
    .toString('hex')
    .slice(0, 32)
    .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');

/** An opaque `session_state` for the application; nothing is done with it. */
export const toSessionState = (user: DirectoryUser): string =>
  toGuid(createHash('sha256').update(`session ${user.objectId}`).digest());

/** Claims of an id token (v2.0), before signing. Times are real UTC seconds. */
export const toIdTokenClaims = (sign: {
  readonly origin: string;
  readonly clientId: string;
  readonly user: DirectoryUser;
  readonly tenant: DirectoryTenant;
  readonly nonce: string | undefined;
  readonly openId: readonly string[];
  readonly now: number;
  readonly lifetimeSeconds: number;
}): Record<string, unknown> => {
  const { user, tenant, now } = sign;
  return {
    ver: '2.0',
    iss: toIssuer(sign.origin, tenant.id),
    aud: sign.clientId,
    // Pairwise: another application sees another sub for the same user.
    sub: createHash('sha256').update(`${sign.clientId} ${user.objectId}`).digest('base64url'),
    oid: user.objectId,
    tid: tenant.id,
    iat: now,
    nbf: now,
    exp: now + sign.lifetimeSeconds,
    uti: randomBytes(16).toString('base64url'),
    ...(sign.nonce === undefined ? {} : { nonce: sign.nonce }),
    ...(sign.openId.includes('profile') ? { name: user.displayName, preferred_username: user.userPrincipalName } : {}),
    ...(sign.openId.includes('email') ? { email: user.userPrincipalName } : {}),
    ...(user.homeTenantId === tenant.id ? {} : { idp: `https://sts.windows.net/${user.homeTenantId}/` }),
  };
};
