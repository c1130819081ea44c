import { createHash, randomUUID } from 'node:crypto';

/** An answer of the token endpoint that is not a token. */
export interface Refusal {
  readonly status?: number;
  readonly error: string;
  readonly codes?: readonly number[];
  readonly suberror?: string;
  readonly claims?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Person {
  readonly objectId: string;
  readonly homeTenantId: string;
  readonly username: string;
  readonly name: string;
}

export interface TokenRequest {
  /** As in the address: a GUID, or `organizations`. */
  readonly tenant: string;
  readonly grantType: string;
  readonly scopes: readonly string[];
  readonly claims: string | undefined;
  readonly correlationId: string | undefined;
}

/** What the browser's person does with an authorize page. */
export type Visit = 'signIn' | 'ignore' | { readonly declineWith: Readonly<Record<string, string>> };

/**
 * A scripted Entra ID: a `fetch` that answers token and OpenID configuration requests, and an `openUrl` that is a person
 * with a browser. It knows no rule of Entra ID but those of the protocol; each test says what is refused.
 */
export class EntraStandIn {
  readonly cloud = {
    clientId: '11111111-0000-4000-8000-000000000001',
    graphOrigin: 'https://graph.microsoft.com',
    loginOrigin: 'https://login.microsoftonline.com',
  };
  /** Who sits at the browser. */
  person: Person = aPerson();
  visit: Visit = 'signIn';
  /** Seconds that access tokens live. */
  expiresIn = 3600;
  /** Refusals by tenant as in the address; stay until deleted. */
  readonly refusals = new Map<string, Refusal>();
  /** Scopes consented by tenant; all, where absent. */
  readonly consented = new Map<string, readonly string[]>();
  /** For a tenant: the tenant whose tokens it wrongly hands out. */
  readonly mixedUp = new Map<string, { readonly idToken?: string; readonly accessToken?: string }>();
  /** Where set, answers to this tenant's token requests instead of all else. */
  readonly answers = new Map<string, (request: TokenRequest, signal: AbortSignal | undefined) => Promise<Response>>();
  readonly domains = new Map<string, string>();
  readonly requests: TokenRequest[] = [];
  readonly visited: URL[] = [];
  /** Every secret that was ever handed out, and words of the server that must go no further. */
  readonly confidential: string[] = [];
  /** While set, each token answer waits for it: so many come at one moment. */
  gate: Promise<void> | undefined;

  /** Who signed in, by object id. */
  readonly #persons = new Map<string, Person>();
  readonly #refreshTokens = new Map<string, { readonly person: Person; readonly clientId: string }>();

  readonly fetch: typeof globalThis.fetch = async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    if (url.origin !== this.cloud.loginOrigin) throw new TypeError(`The stand-in has no ${url.origin}.`);
    if (url.pathname.endsWith('/v2.0/.well-known/openid-configuration')) return this.#configuration(url);
    if (init?.method === 'POST' && url.pathname.endsWith('/oauth2/v2.0/token')) {
      return this.#token(
        url,
        new URLSearchParams(typeof init.body === 'string' ? init.body : ''),
        init.signal ?? undefined,
      );
    }
    throw new TypeError(`The stand-in has no ${url.pathname}.`);
  };

  readonly openUrl = async (url: URL): Promise<void> => {
    this.visited.push(url);
    if (this.visit === 'ignore') return;
    const query = url.searchParams;
    const form =
      this.visit === 'signIn' ? { code: this.#toCode(url), client_info: this.#clientInfo() } : this.visit.declineWith;
    const body = new URLSearchParams({ ...form, state: query.get('state') ?? '' });
    // The browser follows in its own time; the host's `openUrl` has long returned.
    setImmediate(() => void postForm(new URL(query.get('redirect_uri') ?? ''), body));
  };

  requestsOf(tenant: string): readonly TokenRequest[] {
    return this.requests.filter(request => request.tenant === tenant);
  }

  /** A token as Graph would get it: a JWT with nothing behind its signature. */
  accessTokenOf(tenantId: string, person = this.person, clientId = this.cloud.clientId): string {
    return this.#keep(
      aJwt({
        aud: 'https://graph.microsoft.com',
        appid: clientId,
        tid: tenantId,
        oid: person.objectId,
        upn: person.username,
        jti: randomUUID(),
      }),
    );
  }

  #toCode(url: URL): string {
    const query = url.searchParams;
    return this.#keep(
      Buffer.from(
        JSON.stringify({
          nonce: query.get('nonce'),
          challenge: query.get('code_challenge'),
          person: this.#nameOf(this.person),
          id: randomUUID(),
        }),
      ).toString('base64url'),
    );
  }

  async #token(url: URL, form: URLSearchParams, signal: AbortSignal | undefined): Promise<Response> {
    const tenant = url.pathname.split('/')[1] ?? '';
    const scopes = (form.get('scope') ?? '').split(' ');
    const request: TokenRequest = {
      tenant,
      grantType: form.get('grant_type') ?? '',
      scopes,
      claims: form.get('claims') ?? undefined,
      correlationId: form.get('client-request-id') ?? url.searchParams.get('client-request-id') ?? undefined,
    };
    this.requests.push(request);
    await this.gate;
    const answer = this.answers.get(tenant);
    if (answer !== undefined) return answer(request, signal);
    const refusal = this.refusals.get(tenant) ?? this.#consentRefusal(tenant, scopes);
    if (refusal !== undefined) return this.#refuse(refusal);
    const code = form.get('code');
    const visit: unknown = code === null ? {} : JSON.parse(Buffer.from(code, 'base64url').toString('utf8'));
    if (code !== null && !isOwnChallenge(visit, form.get('code_verifier') ?? ''))
      return this.#refuse({ error: 'invalid_grant', codes: [501481] });
    const clientId = form.get('client_id') ?? '';
    const refresh = this.#refreshTokens.get(form.get('refresh_token') ?? '');
    // A refresh token is good for the application that it was given to, and for nobody else.
    if (code === null && refresh?.clientId !== clientId)
      return this.#refuse({ error: 'invalid_grant', codes: [9002313] });
    const person = refresh?.person ?? this.#persons.get(personOf(visit)) ?? this.person;
    return this.#grant(tenant === 'organizations' ? person.homeTenantId : tenant, scopes, visit, { person, clientId });
  }

  #grant(
    tenantId: string,
    scopes: readonly string[],
    visit: unknown,
    { person, clientId }: { readonly person: Person; readonly clientId: string },
  ): Response {
    const { objectId, username, name } = person;
    const mixedUp = this.mixedUp.get(tenantId);
    const idTenant = mixedUp?.idToken ?? tenantId;
    const nonce =
      typeof visit === 'object' && visit !== null && 'nonce' in visit && typeof visit.nonce === 'string'
        ? { nonce: visit.nonce }
        : {};
    return Response.json({
      token_type: 'Bearer',
      scope: scopes.filter(scope => scope !== 'offline_access').join(' '),
      expires_in: this.expiresIn,
      ext_expires_in: this.expiresIn,
      access_token: this.accessTokenOf(mixedUp?.accessToken ?? tenantId, person, clientId),
      refresh_token: this.#refreshTokenOf(person, clientId),
      id_token: this.#keep(
        aJwt({
          iss: `${this.cloud.loginOrigin}/${idTenant}/v2.0`,
          aud: clientId,
          tid: idTenant,
          oid: objectId,
          sub: objectId,
          preferred_username: username,
          name,
          ...nonce,
        }),
      ),
      client_info: this.#clientInfo(person),
    });
  }

  #consentRefusal(tenant: string, scopes: readonly string[]): Refusal | undefined {
    const consented = this.consented.get(tenant);
    if (consented === undefined || scopes.every(scope => !scope.includes('://') || consented.includes(scope)))
      return undefined;
    return { error: 'invalid_grant', codes: [65001], suberror: 'consent_required' };
  }

  #refuse(refusal: Refusal): Response {
    const { status = 400, error, codes = [], suberror, claims, headers } = refusal;
    // Entra ID names the user in its sentences.
    const description = this.#keep(`AADSTS${codes[0] ?? 0}: something about ${this.person.username}`);
    return Response.json(
      {
        error,
        error_description: description,
        error_codes: codes,
        correlation_id: randomUUID(),
        ...(suberror && { suberror }),
        ...(claims && { claims }),
      },
      { status, headers: { ...headers } },
    );
  }

  #configuration(url: URL): Response {
    const name = url.pathname.split('/')[1] ?? '';
    const tenantId = this.domains.get(name);
    if (tenantId === undefined) return this.#refuse({ error: 'invalid_tenant', codes: [90002] });
    return Response.json({
      issuer: `${this.cloud.loginOrigin}/${tenantId}/v2.0`,
      token_endpoint: `${this.cloud.loginOrigin}/${tenantId}/oauth2/v2.0/token`,
    });
  }

  #clientInfo({ objectId, homeTenantId }: Person = this.person): string {
    return Buffer.from(JSON.stringify({ uid: objectId, utid: homeTenantId })).toString('base64url');
  }

  #refreshTokenOf(person: Person, clientId: string): string {
    const token = this.#keep(`refresh-${randomUUID()}`);
    this.#refreshTokens.set(token, { person, clientId });
    return token;
  }

  #nameOf(person: Person): string {
    this.#persons.set(person.objectId, person);
    return person.objectId;
  }

  #keep(secret: string): string {
    this.confidential.push(secret);
    return secret;
  }
}

export function aPerson(person: Partial<Person> = {}): Person {
  return {
    objectId: 'aaaaaaaa-0000-4000-8000-00000000000a',
    homeTenantId: '99999999-0000-4000-8000-000000000009',
    username: 'tech@msp.example',
    name: 'Toni Technician',
    ...person,
  };
}

/** The n-th customer tenant's GUID. */
export function aTenantId(n: number): string {
  return `cccccccc-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;
}

export function aJwt(claims: Readonly<Record<string, unknown>>): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'RS256', typ: 'JWT' })}.${part(claims)}.c2lnbmF0dXJl`;
}

/** A grant of exactly these scopes, whatever was asked. */
export function grantOf(entra: EntraStandIn, tenantId: string, scope: string): Response {
  const { objectId, homeTenantId, username } = entra.person;
  return Response.json({
    token_type: 'Bearer',
    scope,
    expires_in: 3600,
    access_token: entra.accessTokenOf(tenantId),
    id_token: aJwt({
      tid: tenantId,
      oid: objectId,
      sub: objectId,
      preferred_username: username,
      aud: entra.cloud.clientId,
    }),
    client_info: Buffer.from(JSON.stringify({ uid: objectId, utid: homeTenantId })).toString('base64url'),
  });
}

/** The same answer, whose text is there at once: without the turns of the event loop that reading a body takes. */
export async function inOnePiece(response: Response): Promise<Response> {
  const text = await response.text();
  return Object.defineProperty(new Response(null, { status: response.status }), 'text', {
    value: () => Promise.resolve(text),
  });
}

/** @returns the browser's page */
export async function postForm(redirectUri: URL, body: URLSearchParams): Promise<string> {
  // The loopback listens on this address alone, whatever "localhost" resolves to here.
  const response = await fetch(`http://127.0.0.1:${redirectUri.port}/`, { method: 'POST', body });
  return response.text();
}

function personOf(visit: unknown): string {
  return typeof visit === 'object' && visit !== null && 'person' in visit ? String(visit.person) : '';
}

function isOwnChallenge(visit: unknown, verifier: string): boolean {
  const challenge = createHash('sha256').update(verifier).digest('base64url');
  return typeof visit === 'object' && visit !== null && 'challenge' in visit && visit.challenge === challenge;
}
