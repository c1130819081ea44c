/**
 * Tokens: JSON Web Tokens signed with a key that only this emulator has. To a client they are opaque, as Entra ID's are.
 * Lifetimes are real time, never service time.
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { directoryRoleIds } from './directory.ts';
import type { Directory, DirectoryTenant, DirectoryUser } from './directory.ts';

/** Audience of every access token for Graph. */
const graphAudience = 'https://graph.microsoft.com';

/** Claims of an access token for Graph, in Entra ID's own names. `scp` stands in delegated tokens, `roles` in app-only ones. */
export interface AccessTokenClaims {
  readonly aud: string;
  readonly iss: string;
  /** Seconds of real time. */
  readonly iat: number;
  readonly exp: number;
  /** Tenant the token is for. */
  readonly tid: string;
  /** Object id of the person, or of the application. */
  readonly oid: string;
  readonly appid: string;
  readonly idtyp: 'user' | 'app';
  /** Delegated permissions, separated by blanks. */
  readonly scp?: string;
  /** Application permissions. */
  readonly roles?: readonly string[];
  /** Template ids of the person's directory roles. */
  readonly wids?: readonly string[];
  readonly upn?: string;
  readonly name?: string;
}

interface IssuedToken {
  readonly accessToken: string;
  /** Seconds of real time. */
  readonly expiresAt: number;
  readonly lifetimeSeconds: number;
}

/** Why a token is refused. */
export type TokenRefusal = 'missing' | 'malformed' | 'signature' | 'audience' | 'expired';

export type TokenVerdict =
  | { readonly ok: true; readonly claims: AccessTokenClaims }
  | { readonly ok: false; readonly refusal: TokenRefusal };

type JsonObject = { readonly [name: string]: unknown };

export interface Tokens {
  /** An access token for Graph in a person's name. `roles` are display names of directory roles; the person's own unless given. */
  issueDelegated(grant: {
    readonly tenant: DirectoryTenant;
    readonly user: DirectoryUser;
    readonly scopes: readonly string[];
    readonly roles?: readonly string[];
    readonly clientId?: string;
  }): IssuedToken;
  /** An access token for Graph in the application's own name, with the application permissions given. */
  issueAppOnly(grant: { readonly tenant: DirectoryTenant; readonly roles: readonly string[] }): IssuedToken;
  /** Judges the value of an `Authorization` header. */
  verifyAuthorization(header: string | undefined): TokenVerdict;
  /** Signs any claims (id tokens, refresh tokens, codes): `header.payload.signature`, each part base64url. */
  sign(claims: JsonObject): string;
  /** The claims of anything that `sign` made, or undefined. Looks at the signature only, not at `exp`. */
  open(token: string): JsonObject | undefined;
  /** The issuer named in tokens of this tenant. */
  issuerOf(tenantId: string): string;
}

const encode = (value: JsonObject | AccessTokenClaims): string =>
  Buffer.from(JSON.stringify(value)).toString('base64url');

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isAccessToken = (value: JsonObject): value is JsonObject & AccessTokenClaims =>
  typeof value['aud'] === 'string' &&
  typeof value['exp'] === 'number' &&
  typeof value['tid'] === 'string' &&
  typeof value['oid'] === 'string' &&
  typeof value['appid'] === 'string' &&
  (typeof value['scp'] === 'string' || Array.isArray(value['roles']));

const guidOfApp = (clientId: string, tenantId: string): string => {
  const hex = createHmac('sha256', tenantId).update(clientId).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
};

/** A fresh signing key, as text that can be kept. */
export const newSigningKey = (): string => randomBytes(32).toString('base64url');

/**
 * Issues and judges tokens.
 * @param realNow seconds of real time, since token lifetimes do not follow service time
 */
export const createTokens = (
  directory: Directory,
  signingKey: string,
  realNow: () => number = () => Math.floor(Date.now() / 1000),
): Tokens => {
  const key = Buffer.from(signingKey, 'base64url');
  const header = encode({ typ: 'JWT', alg: 'HS256', kid: 'emulator' });
  const signatureOf = (content: string): Buffer => createHmac('sha256', key).update(content).digest();
  const sign = (claims: JsonObject | AccessTokenClaims): string => {
    const content = `${header}.${encode(claims)}`;
    return `${content}.${signatureOf(content).toString('base64url')}`;
  };
  const open = (token: string): JsonObject | undefined => {
    const [head, payload, signature, more] = token.split('.');
    if (head === undefined || payload === undefined || signature === undefined || more !== undefined) return undefined;
    const given = Buffer.from(signature, 'base64url');
    const right = signatureOf(`${head}.${payload}`);
    if (given.length !== right.length || !timingSafeEqual(given, right)) return undefined;
    try {
      const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
      return isObject(claims) ? claims : undefined;
    } catch {
      return undefined;
    }
  };
  const issuerOf = (tenantId: string): string => `https://sts.windows.net/${tenantId}/`;
  const issue = (
    tenant: DirectoryTenant,
    claims: Omit<AccessTokenClaims, 'aud' | 'iss' | 'iat' | 'exp' | 'tid'>,
  ): IssuedToken => {
    const issuedAt = realNow();
    const expiresAt = issuedAt + tenant.tokenLifetimeSeconds;
    const accessToken = sign({
      aud: graphAudience,
      iss: issuerOf(tenant.id),
      iat: issuedAt,
      exp: expiresAt,
      tid: tenant.id,
      // Two tokens asked for in the same second are still two tokens.
      uti: randomBytes(12).toString('base64url'),
      ...claims,
    });
    return { accessToken, expiresAt, lifetimeSeconds: tenant.tokenLifetimeSeconds };
  };
  return {
    issueDelegated: ({ tenant, user, scopes, roles, clientId }) =>
      issue(tenant, {
        oid: user.objectId,
        appid: clientId ?? directory.app.clientId,
        idtyp: 'user',
        scp: scopes.join(' '),
        wids: (roles ?? user.roles).flatMap(role => directoryRoleIds[role] ?? []),
        upn: user.userPrincipalName,
        name: user.displayName,
      }),
    issueAppOnly: ({ tenant, roles }) =>
      issue(tenant, {
        oid: guidOfApp(directory.app.clientId, tenant.id),
        appid: directory.app.clientId,
        idtyp: 'app',
        roles,
      }),
    verifyAuthorization: authorization => {
      if (authorization === undefined || authorization === '') return { ok: false, refusal: 'missing' };
      const token = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
      if (token === undefined || token.split('.').length !== 3) return { ok: false, refusal: 'malformed' };
      const claims = open(token);
      if (claims === undefined) return { ok: false, refusal: 'signature' };
      if (!isAccessToken(claims) || claims.aud !== graphAudience) return { ok: false, refusal: 'audience' };
      if (claims.exp <= realNow()) return { ok: false, refusal: 'expired' };
      return { ok: true, claims };
    },
    sign,
    open,
    issuerOf,
  };
};
