import { readAuthority } from './authority.ts';
import type { Authority } from './authority.ts';
import { readKnownScopes } from './consent.ts';
import type { KnownApp } from '../directory.ts';
import type { EntraContext } from './entra-context.ts';
import { isCodeChallenge } from './pkce.ts';
import { loopbackRedirectUri } from './redirect-uri.ts';
import {
  badCodeChallenge,
  badRedirectUri,
  malformedRequest,
  unknownApplication,
  unsupportedResponseMode,
  unsupportedResponseType,
} from './refusals.ts';
import { readParameters, refuse } from './request-parameters.ts';
import type { RequestParameters } from './request-parameters.ts';
import type { AskedScopes } from './scopes.ts';

/** Where the answer to an authorize request goes. Once this is known to be good, refusals may be sent there. */
export interface AnswerAddress {
  readonly authority: Authority;
  /** The application that asks. */
  readonly app: KnownApp;
  readonly redirectUri: URL;
  /** As it was written, to be compared when the code is redeemed. */
  readonly redirectUriAsWritten: string;
  readonly responseMode: 'form_post' | 'query' | 'fragment';
  readonly state: string | undefined;
}

const PROMPTS = ['login', 'none', 'consent', 'select_account'] as const;
type Prompt = (typeof PROMPTS)[number];

/** The rest of an authorize request. */
export interface AuthorizeQuestion {
  readonly scope: string;
  readonly asked: AskedScopes;
  readonly prompt: Prompt | undefined;
  readonly loginHint: string | undefined;
  readonly codeChallenge: string | undefined;
  readonly nonce: string | undefined;
  readonly wantsClientInfo: boolean;
}

const toResponseMode = (mode: string): AnswerAddress['responseMode'] =>
  mode === 'form_post' || mode === 'query' || mode === 'fragment' ? mode : refuse(unsupportedResponseMode(mode));

/**
 * Reads where the answer goes.
 * @throws RefusedRequest 90002, 900144, 9002313, 700016, 50011 or 70007, to be shown in the browser and sent nowhere
 */
export const readAnswerAddress = (
  entra: EntraContext,
  tenant: string,
  query: URLSearchParams,
): { readonly address: AnswerAddress; readonly parameters: RequestParameters } => {
  const authority = readAuthority(entra.directory, tenant);
  const parameters = readParameters(query);
  const clientId = parameters.get('client_id');
  const known = entra.directory.appIn(authority.is === 'tenant' ? authority.tenant : undefined);
  if (clientId.toLowerCase() !== known.clientId.toLowerCase()) {
    refuse(unknownApplication(clientId, authority.is === 'tenant' ? authority.tenant.domain : authority.is));
  }
  const asWritten = parameters.get('redirect_uri');
  const redirectUri = loopbackRedirectUri(asWritten) ?? refuse(badRedirectUri(asWritten));
  return {
    parameters,
    address: {
      authority,
      app: known,
      redirectUri,
      redirectUriAsWritten: asWritten,
      responseMode: toResponseMode(parameters.find('response_mode') ?? 'query'),
      state: parameters.find('state'),
    },
  };
};

const toPrompt = (prompt: string): Prompt =>
  PROMPTS.find(known => known === prompt) ?? refuse(malformedRequest(`there is no prompt '${prompt}'`));

const readCodeChallenge = (parameters: RequestParameters): string | undefined => {
  const challenge = parameters.find('code_challenge');
  const method = parameters.find('code_challenge_method');
  if (challenge === undefined && method === undefined) return undefined;
  // Entra ID would take `plain` too, which protects nothing.
  return challenge !== undefined && method === 'S256' && isCodeChallenge(challenge)
    ? challenge
    : refuse(badCodeChallenge());
};

/**
 * Reads what is asked.
 * @throws RefusedRequest 900144, 70005, 501491, 9002313 or one about the scopes, to be sent to the application
 */
export const readQuestion = (address: AnswerAddress, parameters: RequestParameters): AuthorizeQuestion => {
  const responseType = parameters.get('response_type');
  if (responseType !== 'code') refuse(unsupportedResponseType(responseType));
  const scope = parameters.get('scope');
  const prompt = parameters.find('prompt');
  const { authority } = address;
  return {
    scope,
    asked: readKnownScopes(scope, authority.is === 'tenant' ? authority.tenant.domain : authority.is),
    prompt: prompt === undefined ? undefined : toPrompt(prompt),
    loginHint: parameters.find('login_hint'),
    codeChallenge: readCodeChallenge(parameters),
    nonce: parameters.find('nonce'),
    wantsClientInfo: parameters.find('client_info') === '1',
  };
};
