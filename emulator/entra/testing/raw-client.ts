import { createHash } from 'node:crypto';
import { app } from './entra-server.ts';
import type { EntraServer } from './entra-server.ts';
import { createVisitor } from './page-visitor.ts';
import { formsOf } from './page-reader.ts';

export const REDIRECT_URI = 'http://localhost:61234';
const VERIFIER = 'a-verifier-of-more-than-forty-three-characters~.';
const CHALLENGE = createHash('sha256').update(VERIFIER).digest('base64url');
export const SCOPE = 'openid profile offline_access https://graph.microsoft.com/BackupRestore-Search.Read.All';

/** Parameters to put in the place of the usual ones; undefined leaves one out. */
export type Over = Readonly<Record<string, string | undefined>>;

const merge = (usual: Record<string, string>, over: Over): URLSearchParams => {
  const merged = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...usual, ...over })) if (value !== undefined) merged.set(name, value);
  return merged;
};

/** The address of an authorize request, with PKCE, answered by form_post. */
export const authorizeUrl = (server: EntraServer, tenant: string, over: Over = {}): string => {
  const query = merge(
    {
      client_id: app.clientId,
      response_type: 'code',
      response_mode: 'form_post',
      redirect_uri: REDIRECT_URI,
      scope: SCOPE,
      state: 'a state & more',
      nonce: 'a-nonce',
      client_info: '1',
      code_challenge: CHALLENGE,
      code_challenge_method: 'S256',
    },
    over,
  );
  return `${server.origin}/${tenant}/oauth2/v2.0/authorize?${query.toString()}`;
};

/** What a page of `form_post` would post to the application; empty for any other page. */
export const answerOn = (page: string): Readonly<Record<string, string>> =>
  formsOf(page).find(({ action }) => action !== undefined)?.hidden ?? {};

/** Signs in by the page and gives what the application would be sent. */
export const signIn = async (
  server: EntraServer,
  tenant: string,
  presses: readonly string[],
  over: Over = {},
): Promise<Readonly<Record<string, string>>> => {
  const visitor = createVisitor(false);
  await visitor.open(authorizeUrl(server, tenant, over));
  for (const press of presses) await visitor.press(press);
  return answerOn(visitor.page());
};

export interface TokenReply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Readonly<Record<string, unknown>>;
}

export const postToken = async (server: EntraServer, tenant: string, fields: URLSearchParams): Promise<TokenReply> => {
  const response = await fetch(`${server.origin}/${tenant}/oauth2/v2.0/token`, { method: 'POST', body: fields });
  const body: unknown = await response.json();
  if (typeof body !== 'object' || body === null) throw new Error('The token endpoint gave no object.');
  return { status: response.status, headers: response.headers, body: { ...body } };
};

export const redeem = (server: EntraServer, tenant: string, code: string, over: Over = {}): Promise<TokenReply> =>
  postToken(
    server,
    tenant,
    merge(
      {
        grant_type: 'authorization_code',
        client_id: app.clientId,
        code,
        redirect_uri: REDIRECT_URI,
        code_verifier: VERIFIER,
        client_info: '1',
        scope: SCOPE,
      },
      over,
    ),
  );

export const refresh = (
  server: EntraServer,
  tenant: string,
  refreshToken: string,
  over: Over = {},
): Promise<TokenReply> =>
  postToken(
    server,
    tenant,
    merge({ grant_type: 'refresh_token', client_id: app.clientId, refresh_token: refreshToken, scope: SCOPE }, over),
  );

export const asApplication = (server: EntraServer, tenant: string, over: Over = {}): Promise<TokenReply> =>
  postToken(
    server,
    tenant,
    merge(
      {
        grant_type: 'client_credentials',
        client_id: app.clientId,
        client_secret: app.clientSecret,
        scope: 'https://graph.microsoft.com/.default',
      },
      over,
    ),
  );
