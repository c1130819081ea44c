import type { Refusal } from './aadsts.ts';

/**
 * The refusals the emulator knows. Numbers, `error` and meaning are those of the "Microsoft Entra authentication and
 * authorization error codes" page; `suberror` and `claims` those MSAL reacts to. What the page leaves open (which
 * `error` goes with a number at the v2.0 token endpoint) follows what applications report: `invalid_grant` with a
 * suberror wherever a person could help.
 */

/** Entra ID names the policies that refused here; the application hands the text back unread. */
const challenge = (policyId: string): string =>
  JSON.stringify({ access_token: { capolids: { essential: true, values: [policyId] } } });

export const missingParameter = (name: string): Refusal => ({
  code: 900144,
  error: 'invalid_request',
  status: 400,
  text: `The request must have the parameter '${name}', once.`,
});

export const malformedRequest = (what: string): Refusal => ({
  code: 9002313,
  error: 'invalid_request',
  status: 400,
  text: `The request is malformed: ${what}.`,
});

export const unknownTenant = (tenant: string): Refusal => ({
  code: 90002,
  error: 'invalid_request',
  status: 400,
  text: `There is no tenant '${tenant}'. Check the tenant's id or domain, and that it lives in this cloud.`,
});

export const unknownApplication = (clientId: string, tenant: string): Refusal => ({
  code: 700016,
  error: 'unauthorized_client',
  status: 400,
  text: `The directory '${tenant}' has no application with the identifier '${clientId}'. Its administrator has to install or consent to it, or the request went to the wrong tenant.`,
});

export const badRedirectUri = (redirectUri: string): Refusal => ({
  code: 50011,
  error: 'invalid_request',
  status: 400,
  text: `The redirect URI '${redirectUri}' is none of those registered for the application. Registered: http://localhost, with any port.`,
});

export const redirectUriChanged = (): Refusal => ({
  code: 500112,
  error: 'invalid_grant',
  status: 400,
  text: 'The redirect URI is not the one of the authorize request.',
});

export const unsupportedResponseType = (type: string): Refusal => ({
  code: 70005,
  error: 'unsupported_response_type',
  status: 400,
  text: `The response type '${type}' is not enabled for the application. Use 'code'.`,
});

export const unsupportedResponseMode = (mode: string): Refusal => ({
  code: 70007,
  error: 'unsupported_response_mode',
  status: 400,
  text: `The response mode '${mode}' is not one this emulator serves. Use 'form_post'.`,
});

export const unsupportedGrantType = (type: string): Refusal => ({
  code: 70003,
  error: 'unsupported_grant_type',
  status: 400,
  text: `The grant type '${type}' is not supported.`,
});

export const badCodeChallenge = (): Refusal => ({
  code: 501491,
  error: 'invalid_request',
  status: 400,
  text: 'The code_challenge must be 43 characters of base64url, with code_challenge_method S256.',
});

export const verifierMismatch = (): Refusal => ({
  code: 501481,
  error: 'invalid_grant',
  status: 400,
  text: 'The code_verifier does not match the code_challenge of the authorize request.',
});

export const codeAlreadyRedeemed = (): Refusal => ({
  code: 54005,
  error: 'invalid_grant',
  status: 400,
  text: 'The authorization code was redeemed before. Ask for a new one, or use the refresh token.',
});

export const codeExpired = (): Refusal => ({
  code: 70008,
  error: 'invalid_grant',
  status: 400,
  text: 'The authorization code has expired. Send the user to sign in again.',
});

export const invalidGrant = (what: string): Refusal => ({
  code: 70000,
  error: 'invalid_grant',
  status: 400,
  text: `The grant is not valid: ${what}.`,
});

export const codeOfOtherTenant = (): Refusal => ({
  code: 700005,
  error: 'invalid_grant',
  status: 400,
  text: 'The authorization code was issued for another tenant. Redeem it at the tenant it was asked from.',
});

/** Both in real UTC seconds. */
export const refreshTokenExpired = (issuedAt: number, now: number): Refusal => ({
  code: 700082,
  error: 'invalid_grant',
  status: 400,
  text: `The refresh token has expired due to inactivity. It was issued on ${new Date(issuedAt * 1000).toISOString()} and was inactive for ${now - issuedAt} seconds.`,
});

export const refreshTokenRevoked = (): Refusal => ({
  code: 50173,
  error: 'invalid_grant',
  status: 400,
  suberror: 'bad_token',
  text: 'The grant was revoked. The user has to sign in again.',
});

export const secretForPublicClient = (): Refusal => ({
  code: 700025,
  error: 'invalid_client',
  status: 401,
  text: "The client is public: neither 'client_assertion' nor 'client_secret' may be sent.",
});

export const wrongSecret = (clientId: string): Refusal => ({
  code: 7000215,
  error: 'invalid_client',
  status: 401,
  text: `The client secret is not the one of the application '${clientId}'. Send the secret's value, not its id.`,
});

export const missingSecret = (): Refusal => ({
  code: 7000218,
  error: 'invalid_client',
  status: 401,
  text: "The request must have the parameter 'client_secret' (this emulator takes no client_assertion).",
});

export const grantNotForCommon = (): Refusal => ({
  code: 9001023,
  error: 'invalid_request',
  status: 400,
  text: 'An application can not sign in as itself at /common. Name the tenant.',
});

export const tenantNotNamed = (): Refusal => ({
  code: 50059,
  error: 'invalid_request',
  status: 400,
  text: 'Nothing in the request says which tenant is meant. An application signing in as itself has to name it.',
});

export const invalidScope = (scope: string, why: string): Refusal => ({
  code: 70011,
  error: 'invalid_scope',
  status: 400,
  text: `The scope '${scope}' is not valid: ${why}.`,
});

export const unknownPermission = (name: string): Refusal => ({
  code: 650053,
  error: 'invalid_client',
  status: 400,
  text: `The application asked for the scope '${name}', which Microsoft Graph does not have.`,
});

export const scopeNotDefault = (scope: string): Refusal => ({
  code: 1002012,
  error: 'invalid_scope',
  status: 400,
  text: `The scope '${scope}' is not valid for an application signing in as itself: it must end in /.default.`,
});

export const multipleResources = (scope: string): Refusal => ({
  code: 28000,
  error: 'invalid_request',
  status: 400,
  text: `The scope '${scope}' names more than one resource.`,
});

export const unknownResource = (resource: string, tenant: string): Refusal => ({
  code: 500011,
  error: 'invalid_resource',
  status: 400,
  text: `The tenant '${tenant}' has no resource '${resource}'.`,
});

export const unknownUser = (userPrincipalName: string, tenant: string): Refusal => ({
  code: 50034,
  error: 'invalid_grant',
  status: 400,
  text: `The user account '${userPrincipalName}' does not exist in the directory '${tenant}'.`,
});

/** Also what a technician meets when no GDAP relationship (any more) leads into the customer's tenant. */
export const userNotInTenant = (userPrincipalName: string, homeTenant: string, tenant: string): Refusal => ({
  code: 50020,
  error: 'invalid_grant',
  status: 400,
  text: `The user account '${userPrincipalName}' of '${homeTenant}' does not exist in the tenant '${tenant}' and has no delegated access to it.`,
});

export const multiFactorRequired = (policyId: string): Refusal => ({
  code: 50076,
  error: 'invalid_grant',
  status: 400,
  suberror: 'basic_action',
  claims: challenge(policyId),
  text: 'An administrator changed the configuration, or the user moved: multifactor authentication is needed.',
});

export const multiFactorEnrollmentRequired = (policyId: string): Refusal => ({
  code: 50079,
  error: 'invalid_grant',
  status: 400,
  suberror: 'basic_action',
  claims: challenge(policyId),
  text: 'An administrator changed the configuration, or the user moved: the user has to enroll in multifactor authentication.',
});

export const blockedByConditionalAccess = (policyId: string): Refusal => ({
  code: 53003,
  error: 'invalid_grant',
  status: 400,
  suberror: 'message_only',
  claims: challenge(policyId),
  text: 'Access was blocked by conditional access policies: no token may be issued.',
});

export const consentMissing = (clientId: string): Refusal => ({
  code: 65001,
  error: 'invalid_grant',
  status: 400,
  suberror: 'consent_required',
  text: `Neither the user nor an administrator has consented to the application '${clientId}' for what it asks. Send an interactive authorize request.`,
});

export const consentDeclined = (): Refusal => ({
  code: 65004,
  error: 'access_denied',
  status: 400,
  text: 'The user declined to consent to the application.',
});

export const adminConsentRequired = (): Refusal => ({
  code: 90094,
  error: 'consent_required',
  status: 400,
  text: 'The application asks for permissions that only an administrator can grant.',
});

export const notSignedIn = (): Refusal => ({
  code: 50058,
  error: 'login_required',
  status: 400,
  text: 'A silent sign-in was asked for, but no user is signed in.',
});

export const tenantThrottled = (retryAfterSeconds: number): Refusal => ({
  code: 90055,
  error: 'temporarily_unavailable',
  status: 429,
  retryAfterSeconds,
  text: 'There are too many requests for the tenant.',
});
