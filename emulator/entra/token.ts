import type { Context } from 'hono';
import { toCorrelationId, toTokenErrorBody } from './aadsts.ts';
import type { Refusal } from './aadsts.ts';
import { readAuthority, tenantFor, toAuthorityKey } from './authority.ts';
import type { Authority } from './authority.ts';
import { grantScopes, readKnownScopes } from './consent.ts';
import type { EntraContext } from './entra-context.ts';
import { toClientInfo, toIdTokenClaims } from './identity.ts';
import { matchesCodeChallenge } from './pkce.ts';
import {
  codeAlreadyRedeemed,
  codeExpired,
  codeOfOtherTenant,
  grantNotForCommon,
  invalidGrant,
  malformedRequest,
  missingSecret,
  redirectUriChanged,
  refreshTokenExpired,
  scopeNotDefault,
  secretForPublicClient,
  tenantNotNamed,
  tenantThrottled,
  unknownApplication,
  unknownUser,
  unsupportedGrantType,
  verifierMismatch,
  wrongSecret,
} from './refusals.ts';
import { issueRefreshToken, readRefreshToken, REFRESH_TOKEN_LIFETIME_SECONDS } from './refresh-tokens.ts';
import { readParameters, RefusedRequest, refuse } from './request-parameters.ts';
import type { RequestParameters } from './request-parameters.ts';
import { GRAPH, readScopes, toGrantedScope } from './scopes.ts';
import { isSameSecret } from './secrets.ts';
import type { DirectoryTenant, DirectoryUser } from '../directory.ts';

type TokenAnswer = Readonly<Record<string, string | number>>;

/** A request at the token endpoint, read as far as all grants have it in common. */
interface TokenRequest {
  readonly authority: Authority;
  readonly parameters: RequestParameters;
  readonly origin: string;
  /** The application that asks. */
  readonly clientId: string;
}

const EVERYTHING = `openid profile offline_access ${GRAPH}/.default`;

const issueDelegated = (
  entra: EntraContext,
  request: TokenRequest,
  grant: {
    readonly user: DirectoryUser;
    readonly tenant: DirectoryTenant;
    readonly scope: string;
    readonly nonce: string | undefined;
  },
): TokenAnswer => {
  const { user, tenant } = grant;
  const asked = readKnownScopes(grant.scope, tenant.domain);
  const granted = grantScopes(entra.directory, tenant, asked);
  const access = entra.tokens.issueDelegated({ tenant, user, scopes: granted, clientId: request.clientId });
  const now = entra.now();
  const { clientId } = request;
  const idToken = () =>
    entra.tokens.sign(
      toIdTokenClaims({
        origin: request.origin,
        clientId,
        user,
        tenant,
        nonce: grant.nonce,
        openId: asked.openId,
        now,
        lifetimeSeconds: access.lifetimeSeconds,
      }),
    );
  return {
    token_type: 'Bearer',
    scope: toGrantedScope(asked, granted),
    expires_in: access.lifetimeSeconds,
    ext_expires_in: access.lifetimeSeconds,
    access_token: access.accessToken,
    ...(asked.openId.includes('offline_access')
      ? { refresh_token: issueRefreshToken(entra.tokens, { clientId, userId: user.objectId, issuedAt: now }) }
      : {}),
    ...(asked.openId.includes('openid') ? { id_token: idToken() } : {}),
    ...(request.parameters.find('client_info') === '1' ? { client_info: toClientInfo(user) } : {}),
  };
};

const getUser = (entra: EntraContext, objectId: string, tenant: string): DirectoryUser =>
  entra.directory.findUser(objectId) ?? refuse(unknownUser(objectId, tenant));

const refusePublicSecret = (parameters: RequestParameters): void => {
  if (parameters.find('client_secret') !== undefined || parameters.find('client_assertion') !== undefined) {
    refuse(secretForPublicClient());
  }
};

const FAILED_REDEMPTIONS = {
  unknown: invalidGrant('the authorization code is malformed or unknown'),
  expired: codeExpired(),
  alreadyRedeemed: codeAlreadyRedeemed(),
};

const redeemCode = (entra: EntraContext, request: TokenRequest): TokenAnswer => {
  const { parameters, authority } = request;
  refusePublicSecret(parameters);
  const code = parameters.get('code');
  const redirectUri = parameters.get('redirect_uri');
  const redemption = entra.codes.redeem(code);
  if (redemption.is !== 'grant') return refuse(FAILED_REDEMPTIONS[redemption.is]);
  const { grant } = redemption;
  if (grant.clientId !== request.clientId)
    return refuse(invalidGrant('the authorization code was issued to another application'));
  if (grant.authorityKey !== toAuthorityKey(authority)) return refuse(codeOfOtherTenant());
  if (grant.redirectUri !== redirectUri) return refuse(redirectUriChanged());
  const verifier = parameters.find('code_verifier');
  const isProven =
    grant.codeChallenge === undefined
      ? verifier === undefined
      : verifier !== undefined && matchesCodeChallenge(verifier, grant.codeChallenge);
  if (!isProven) return refuse(verifierMismatch());

  const user = getUser(entra, grant.userId, grant.tenantId);
  const tenant = tenantFor(entra.directory, authority, user);
  // The rules may have changed while the person sat at the page.
  const bar = entra.policy.findBar(user, tenant);
  if (bar !== undefined) return refuse(bar);
  const scope = parameters.find('scope') ?? grant.scope;
  return issueDelegated(entra, request, { user, tenant, scope, nonce: grant.nonce });
};

const refresh = (entra: EntraContext, request: TokenRequest): TokenAnswer => {
  const { parameters, authority } = request;
  refusePublicSecret(parameters);
  const grant = readRefreshToken(entra.tokens, parameters.get('refresh_token'));
  if (grant === undefined) return refuse(invalidGrant('the refresh token is malformed or not of this service'));
  if (grant.clientId !== request.clientId) {
    return refuse(invalidGrant('the refresh token was issued to another application'));
  }
  if (entra.now() >= grant.issuedAt + REFRESH_TOKEN_LIFETIME_SECONDS) {
    return refuse(refreshTokenExpired(grant.issuedAt, entra.now()));
  }
  const user = getUser(entra, grant.userId, toAuthorityKey(authority));
  const tenant = tenantFor(entra.directory, authority, user);
  const refusal = entra.policy.findBar(user, tenant) ?? entra.policy.findInterrupt(user, tenant, grant.issuedAt);
  if (refusal !== undefined) return refuse(refusal);
  const scope = parameters.find('scope') ?? EVERYTHING;
  return issueDelegated(entra, request, { user, tenant, scope, nonce: undefined });
};

const signInAsApplication = (entra: EntraContext, request: TokenRequest): TokenAnswer => {
  const { parameters, authority } = request;
  const { app } = entra.directory;
  if (authority.is !== 'tenant') return refuse(authority.is === 'common' ? grantNotForCommon() : tenantNotNamed());
  const secret = parameters.find('client_secret') ?? refuse(missingSecret());
  // A tenant's own application has no secret here: it signs people in.
  if (request.clientId !== app.clientId || !isSameSecret(secret, app.clientSecret))
    return refuse(wrongSecret(request.clientId));
  const scope = parameters.get('scope');
  const asked = readScopes(scope, authority.tenant.domain);
  if ('code' in asked) return refuse(asked);
  if (!asked.isDefault || asked.openId.length > 0) return refuse(scopeNotDefault(scope));
  // Consent is what installs the application in a tenant.
  if (authority.tenant.signInRules.consentMissing)
    return refuse(unknownApplication(app.clientId, authority.tenant.domain));
  const access = entra.tokens.issueAppOnly({ tenant: authority.tenant, roles: authority.tenant.consentedRoles });
  return {
    token_type: 'Bearer',
    expires_in: access.lifetimeSeconds,
    ext_expires_in: access.lifetimeSeconds,
    access_token: access.accessToken,
  };
};

const GRANTS: ReadonlyMap<string, (entra: EntraContext, request: TokenRequest) => TokenAnswer> = new Map([
  ['authorization_code', redeemCode],
  ['refresh_token', refresh],
  ['client_credentials', signInAsApplication],
]);

const answer = (
  entra: EntraContext,
  authority: Authority,
  parameters: RequestParameters,
  origin: string,
): TokenAnswer => {
  const grantType = parameters.get('grant_type');
  const clientId = parameters.get('client_id');
  const tenantName = authority.is === 'tenant' ? authority.tenant.domain : authority.is;
  const known = entra.directory.appIn(authority.is === 'tenant' ? authority.tenant : undefined);
  if (clientId.toLowerCase() !== known.clientId.toLowerCase()) {
    return refuse(unknownApplication(clientId, tenantName));
  }
  const throttled = authority.is === 'tenant' ? authority.tenant.signInRules.throttledForSeconds : undefined;
  if (throttled !== undefined) return refuse(tenantThrottled(throttled));
  const grant = GRANTS.get(grantType) ?? refuse(unsupportedGrantType(grantType));
  return grant(entra, { authority, parameters, origin, clientId: known.clientId });
};

/** `POST /{tenant}/oauth2/v2.0/token`: the authorization code, refresh token and client credentials grants. */
export const tokenEndpoint =
  (entra: EntraContext) =>
  async (c: Context): Promise<Response> => {
    c.header('Cache-Control', 'no-store');
    c.header('Pragma', 'no-cache');
    let sent: string | undefined;
    try {
      const authority = readAuthority(entra.directory, c.req.param('tenant') ?? '');
      if (!/^application\/x-www-form-urlencoded\b/i.test(c.req.header('content-type') ?? '')) {
        return refuse(malformedRequest('the body must be application/x-www-form-urlencoded'));
      }
      const body = new URLSearchParams(await c.req.text());
      sent = body.get('client-request-id') ?? c.req.query('client-request-id');
      return c.json(answer(entra, authority, readParameters(body), new URL(c.req.url).origin));
    } catch (error) {
      if (!(error instanceof RefusedRequest)) throw error;
      return refused(c, error.refusal, sent, entra.now());
    }
  };

const refused = (c: Context, refusal: Refusal, sent: string | undefined, now: number): Response => {
  const correlationId = toCorrelationId(sent ?? c.req.header('client-request-id'));
  const body = toTokenErrorBody(refusal, { correlationId, now });
  c.header('x-ms-request-id', body.trace_id);
  if (refusal.retryAfterSeconds !== undefined) c.header('Retry-After', String(refusal.retryAfterSeconds));
  return c.json(body, refusal.status);
};
