import type { Context } from 'hono';
import type { DirectoryTenant, DirectoryUser } from '../directory.ts';
import { SIGN_IN_CANCELLED, toAuthorizeErrorFields, toCorrelationId, toTimestamp, withError } from './aadsts.ts';
import type { Refusal } from './aadsts.ts';
import { tenantFor, toAuthorityKey } from './authority.ts';
import { readAnswerAddress, readQuestion } from './authorize-request.ts';
import type { AnswerAddress, AuthorizeQuestion } from './authorize-request.ts';
import { findRememberedUser, rememberUser } from './browser-session.ts';
import { mayConsent, scopesToConsent } from './consent.ts';
import type { EntraContext } from './entra-context.ts';
import { toClientInfo, toSessionState } from './identity.ts';
import { accountPage, approvalRequiredPage, consentPage, formPostPage, refusalPage, verifyPage } from './pages.ts';
import type { Page } from './page-frame.ts';
import type { ShownAccount, SignInSubject } from './pages.ts';
import { adminConsentRequired, consentDeclined, consentMissing, notSignedIn } from './refusals.ts';
import { readParameters, RefusedRequest } from './request-parameters.ts';
import type { RequestParameters } from './request-parameters.ts';

/** One request of a sign-in. The pages keep no state here: the whole question stays in the address they post to. */
interface Step {
  readonly c: Context;
  readonly entra: EntraContext;
  readonly address: AnswerAddress;
  readonly question: AuthorizeQuestion;
  /** What the person did on the page before; undefined for the application's own request. */
  readonly posted: RequestParameters | undefined;
  readonly correlationId: string;
}

const show = (c: Context, page: Page, status: 200 | 400 | 403 = 200): Response | Promise<Response> => {
  for (const [name, value] of Object.entries(page.headers)) c.header(name, value);
  return c.html(page.body, status);
};

const sendBack = (
  c: Context,
  address: AnswerAddress,
  fields: Readonly<Record<string, string>>,
): Response | Promise<Response> => {
  const answer = { ...fields, ...(address.state === undefined ? {} : { state: address.state }) };
  if (address.responseMode === 'form_post') return show(c, formPostPage(address.redirectUri, answer));
  const to = new URL(address.redirectUri);
  if (address.responseMode === 'query') to.search = new URLSearchParams(answer).toString();
  else to.hash = new URLSearchParams(answer).toString();
  c.header('Cache-Control', 'no-store');
  return c.redirect(to.href);
};

const sendRefusal = (step: Pick<Step, 'c' | 'entra' | 'address' | 'correlationId'>, refusal: Refusal) =>
  sendBack(step.c, step.address, {
    ...toAuthorizeErrorFields(refusal, { correlationId: step.correlationId, now: step.entra.now() }),
  });

const toShownAccount = (user: DirectoryUser): ShownAccount => ({
  id: user.objectId,
  displayName: user.displayName,
  userPrincipalName: user.userPrincipalName,
});

const toSubject = (step: Step, tenant?: DirectoryTenant): SignInSubject => {
  const { authority } = step.address;
  const named = tenant ?? (authority.is === 'tenant' ? authority.tenant : undefined);
  return {
    applicationName: step.address.app.displayName,
    ...(named === undefined ? {} : { tenantName: named.displayName }),
  };
};

/** The hinted account alone; without a known hint all who may sign in here. */
const listAccounts = (step: Step): readonly DirectoryUser[] => {
  const { directory } = step.entra;
  const { authority } = step.address;
  const hinted = step.question.loginHint === undefined ? undefined : directory.findUser(step.question.loginHint);
  if (hinted !== undefined && step.posted?.find('again') === undefined) return [hinted];
  return directory.listUsers().filter(user => authority.is !== 'tenant' || directory.mayEnter(user, authority.tenant));
};

const showAccounts = (step: Step, problem?: { readonly userPrincipalName: string; readonly problem: string }) => {
  const { loginHint } = step.question;
  const unknownHint =
    loginHint !== undefined && step.entra.directory.findUser(loginHint) === undefined ? loginHint : '';
  return show(
    step.c,
    accountPage(toSubject(step), listAccounts(step).map(toShownAccount), problem ?? { userPrincipalName: unknownHint }),
  );
};

const showRefusal = (step: Step, refusal: Refusal, user: DirectoryUser) => {
  if (step.posted?.find('return') !== undefined) return sendRefusal(step, withError(refusal, 'access_denied'));
  const { correlationId } = step;
  return show(
    step.c,
    refusalPage(
      { code: refusal.code, text: refusal.text, correlationId, timestamp: toTimestamp(step.entra.now()) },
      { account: user.objectId },
    ),
  );
};

const sendCode = (step: Step, user: DirectoryUser, tenant: DirectoryTenant) => {
  const { address, question, entra } = step;
  const code = entra.codes.issue({
    clientId: address.app.clientId,
    userId: user.objectId,
    tenantId: tenant.id,
    authorityKey: toAuthorityKey(address.authority),
    redirectUri: address.redirectUriAsWritten,
    scope: question.scope,
    codeChallenge: question.codeChallenge,
    nonce: question.nonce,
  });
  return sendBack(step.c, address, {
    code,
    ...(question.wantsClientInfo ? { client_info: toClientInfo(user) } : {}),
    session_state: toSessionState(user),
  });
};

/** Asks for consent where it is needed; undefined when nothing (more) is to be asked. */
const askConsent = (
  step: Step,
  user: DirectoryUser,
  tenant: DirectoryTenant,
  fields: Readonly<Record<string, string>>,
) => {
  const { directory } = step.entra;
  const missing = scopesToConsent(directory, tenant, step.question.asked);
  const isForced = step.question.prompt === 'consent';
  if (missing.length === 0 && !isForced) return undefined;
  const mayAccept = mayConsent(user) && !tenant.signInRules.consentMissing;
  const decision = step.posted?.find('consent');
  if (decision === 'accept' && mayAccept) {
    if (missing.length > 0) {
      directory.changeTenant(tenant.id, { consentedScopes: [...tenant.consentedScopes, ...missing] });
    }
    return undefined;
  }
  if (decision === 'cancel') return sendRefusal(step, mayAccept ? consentDeclined() : adminConsentRequired());
  // Someone who may not consent is not stopped by a forced question that has nothing new in it.
  if (missing.length === 0 && !mayAccept) return undefined;
  const ask = mayAccept ? consentPage : approvalRequiredPage;
  const permissions = missing.length > 0 ? missing : step.question.asked.permissions;
  return show(step.c, ask(toSubject(step, tenant), toShownAccount(user), permissions, fields));
};

const signIn = (step: Step, user: DirectoryUser) => {
  const { entra } = step;
  const tenant = tenantFor(entra.directory, step.address.authority, user);
  const bar = entra.policy.findBar(user, tenant);
  if (bar !== undefined) return showRefusal(step, bar, user);
  const isVerified = step.posted?.find('verified') !== undefined;
  if (entra.policy.takesSecondFactor(user, tenant) && !isVerified) {
    return show(step.c, verifyPage(toSubject(step, tenant), toShownAccount(user), { account: user.objectId }));
  }
  const fields = { account: user.objectId, ...(isVerified ? { verified: '1' } : {}) };
  const asking = askConsent(step, user, tenant, fields);
  if (asking !== undefined) return asking;
  entra.policy.noteInteractiveSignIn(user, tenant);
  rememberUser(step.c, entra.tokens, user);
  return sendCode(step, user, tenant);
};

/** `prompt=none`: an answer without any page, or `login_required`, `interaction_required`, `consent_required`. */
const signInSilently = (step: Step) => {
  const { entra, question } = step;
  const user = findRememberedUser(step.c, entra.tokens, entra.directory);
  const isOther = question.loginHint !== undefined && entra.directory.findUser(question.loginHint) !== user;
  if (user === undefined || isOther) return sendRefusal(step, notSignedIn());
  const tenant = tenantFor(entra.directory, step.address.authority, user);
  const refusal = entra.policy.findBar(user, tenant) ?? entra.policy.findInterrupt(user, tenant, entra.now());
  if (refusal !== undefined) return sendRefusal(step, withError(refusal, 'interaction_required'));
  if (scopesToConsent(entra.directory, tenant, question.asked).length > 0) {
    return sendRefusal(step, withError(consentMissing(step.address.app.clientId), 'consent_required'));
  }
  return sendCode(step, user, tenant);
};

const takeStep = (step: Step) => {
  const { posted, entra } = step;
  if (posted === undefined) return step.question.prompt === 'none' ? signInSilently(step) : showAccounts(step);
  if (posted.find('cancel') !== undefined) return sendBack(step.c, step.address, SIGN_IN_CANCELLED);
  if (posted.find('again') !== undefined) return showAccounts(step);
  const name = posted.find('account') ?? posted.find('username') ?? '';
  const user = entra.directory.findUser(name.trim());
  if (user === undefined) {
    return showAccounts(step, { userPrincipalName: name, problem: 'AADSTS50034: This user account does not exist.' });
  }
  return signIn(step, user);
};

/** Other sites can open the page, as an application does, but not press its buttons. */
const isFromElsewhere = (c: Context): boolean => {
  const site = c.req.header('sec-fetch-site');
  return site !== undefined && site !== 'same-origin' && site !== 'none';
};

/**
 * `GET /{tenant}/oauth2/v2.0/authorize` shows the account page; its forms post to the same address.
 * Refusals found before the redirect URI is known to be good stay in the browser.
 */
export const authorizeEndpoint =
  (entra: EntraContext) =>
  async (c: Context): Promise<Response> => {
    const { searchParams } = new URL(c.req.url);
    const correlationId = toCorrelationId(searchParams.get('client-request-id') ?? undefined);
    const isPost = c.req.method === 'POST';
    if (isPost && isFromElsewhere(c)) return c.text('This form must be sent from its own page.', 403);
    let address: AnswerAddress | undefined;
    try {
      const read = readAnswerAddress(entra, c.req.param('tenant') ?? '', searchParams);
      address = read.address;
      const question = readQuestion(address, read.parameters);
      const posted = isPost ? readParameters(new URLSearchParams(await c.req.text())) : undefined;
      return await takeStep({ c, entra, address, question, posted, correlationId });
    } catch (error) {
      if (!(error instanceof RefusedRequest)) throw error;
      const { refusal } = error;
      if (address !== undefined) return sendRefusal({ c, entra, address, correlationId }, refusal);
      const shown = { code: refusal.code, text: refusal.text, correlationId, timestamp: toTimestamp(entra.now()) };
      return show(c, refusalPage(shown), 400);
    }
  };
