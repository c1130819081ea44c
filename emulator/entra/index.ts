import { Hono } from 'hono';
import type { Context } from 'hono';
import type { Directory } from '../directory.ts';
import type { Tokens } from '../tokens.ts';
import { toTokenErrorBody, toCorrelationId } from './aadsts.ts';
import { readAuthority } from './authority.ts';
import { createAuthorizationCodes } from './authorization-codes.ts';
import { authorizeEndpoint } from './authorize.ts';
import { forgetUser } from './browser-session.ts';
import type { EntraContext } from './entra-context.ts';
import { toIssuer } from './identity.ts';
import { signedOutPage } from './pages.ts';
import { loopbackRedirectUri } from './redirect-uri.ts';
import { RefusedRequest } from './request-parameters.ts';
import { createSignInPolicy } from './sign-in-policy.ts';
import { tokenEndpoint } from './token.ts';

/** What Entra ID's endpoints are built from. */
export interface EntraOptions {
  readonly directory: Directory;
  readonly tokens: Tokens;
  /** Real UTC seconds; the machine's clock unless given. */
  readonly realNow?: () => number;
}

/** The OpenID Connect discovery document of a tenant, or of `organizations` and `common` with `{tenantid}` in its issuer. */
const discovery =
  (entra: EntraContext) =>
  (c: Context): Response => {
    const { origin } = new URL(c.req.url);
    const name = c.req.param('tenant') ?? '';
    try {
      const authority = readAuthority(entra.directory, name);
      const base = `${origin}/${authority.is === 'tenant' ? authority.tenant.id : authority.is}`;
      return c.json({
        issuer: toIssuer(origin, authority.is === 'tenant' ? authority.tenant.id : '{tenantid}'),
        authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
        token_endpoint: `${base}/oauth2/v2.0/token`,
        end_session_endpoint: `${base}/oauth2/v2.0/logout`,
        jwks_uri: `${base}/discovery/v2.0/keys`,
        response_types_supported: ['code'],
        response_modes_supported: ['query', 'fragment', 'form_post'],
        scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
        subject_types_supported: ['pairwise'],
        token_endpoint_auth_methods_supported: ['client_secret_post'],
        id_token_signing_alg_values_supported: ['HS256'],
        code_challenge_methods_supported: ['S256'],
        claims_supported: [
          'sub',
          'iss',
          'aud',
          'exp',
          'iat',
          'nonce',
          'tid',
          'oid',
          'preferred_username',
          'name',
          'email',
        ],
      });
    } catch (error) {
      if (!(error instanceof RefusedRequest)) throw error;
      const correlationId = toCorrelationId(c.req.header('client-request-id'));
      return c.json(toTokenErrorBody(error.refusal, { correlationId, now: entra.now() }), 400);
    }
  };

/** Forgets who is signed in in this browser; goes on to a loopback address where one is asked. */
const logout = (c: Context): Response | Promise<Response> => {
  forgetUser(c);
  const next = loopbackRedirectUri(c.req.query('post_logout_redirect_uri') ?? '');
  if (next !== undefined) return c.redirect(next.href);
  const page = signedOutPage();
  for (const [header, value] of Object.entries(page.headers)) c.header(header, value);
  return c.html(page.body);
};

/**
 * Entra ID as MSAL for Node uses it, for each tenant by GUID or domain, and for `organizations` and `common`, to be
 * mounted at the root: `/{tenant}/v2.0/.well-known/openid-configuration`, `/{tenant}/oauth2/v2.0/authorize`, `/token`
 * and `/logout`, `/{tenant}/discovery/v2.0/keys`. Rules and consents are read from the directory at each request.
 * Authorization codes live in memory; refresh tokens carry what they stand for, so they survive a restart that keeps
 * the signing key.
 */
export const entraRoutes = (options: EntraOptions): Hono => {
  const { directory, tokens, realNow: now = () => Math.floor(Date.now() / 1000) } = options;
  const codes = createAuthorizationCodes(now);
  const policy = createSignInPolicy(directory, now);
  const entra: EntraContext = { directory, tokens, codes, policy, now };
  return (
    new Hono()
      .get('/:tenant/v2.0/.well-known/openid-configuration', discovery(entra))
      .on(['GET', 'POST'], '/:tenant/oauth2/v2.0/authorize', authorizeEndpoint(entra))
      .post('/:tenant/oauth2/v2.0/token', tokenEndpoint(entra))
      .get('/:tenant/oauth2/v2.0/logout', logout)
      // Tokens are signed with a secret (HS256), and a secret key is not published.
      .get('/:tenant/discovery/v2.0/keys', c => c.json({ keys: [] }))
  );
};
