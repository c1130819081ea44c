import type { AppError, AppErrorCode } from '../../shared/contract/errors.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import { formatCount, formatList, formatQuantity } from './number.ts';

/** What a view says of an error, in three answers and in this order: what, why, what to do. */
export interface Message {
  readonly what: string;
  readonly why: string;
  readonly next: string;
}

/** What the words need that an error does not carry. */
export interface WordContext {
  /** The tenant's name, or words that stand for it ("this tenant"). */
  readonly tenantName: (tenantId: string) => string;
  /** A moment with its zone, as it is shown elsewhere. */
  readonly moment: (at: UtcSeconds) => string;
  /** The same with its whole date, also where that is today's. */
  readonly datedMoment: (at: UtcSeconds) => string;
}

type Words = { readonly [C in AppErrorCode]: (error: Extract<AppError, { code: C }>, context: WordContext) => Message };

/** The `errorId` of a fault in the page itself, which no log of main knows. */
export const WINDOW_FAULT = 'window';

/**
 * The words for every code that can cross the bridge. A code without words is a type error here. What Graph says in its own
 * words is quoted, never explained away.
 */
const words = {
  SIGNED_OUT: () => ({
    what: 'You are signed out.',
    why: 'Asking Microsoft Graph needs an account. What is in the catalog stays readable.',
    next: 'Sign in.',
  }),
  ACCOUNT_NOT_CHOSEN: ({ tenantId }, { tenantName }) => ({
    what: `Nobody has said which account works in ${tenantName(tenantId)}.`,
    why: 'Several accounts are signed in, and a tenant is asked as one of them alone.',
    next: 'Choose it in the tenant’s menu, under “Account and application…”.',
  }),
  APP_SIGN_IN_NEEDED: ({ tenantId }, { tenantName }) => ({
    what: `You have not signed in to the application of ${tenantName(tenantId)} yet.`,
    why: 'The tenant has an application of its own, and a sign-in to the shared one is not good for it.',
    next: `Sign in to ${tenantName(tenantId)} once. If the browser says AADSTS700016, the tenant does not know the application: check its id, or have it consented to.`,
  }),
  OTHER_ACCOUNT_SIGNED_IN: ({ tenantId }, { tenantName }) => ({
    what: `Somebody else signed in than works in ${tenantName(tenantId)}.`,
    why: 'In the browser another account was chosen than the one that this tenant has. Nothing was kept of it.',
    next: 'Sign in as the account of the tenant, or give the tenant to the other one under “Account and application…”.',
  }),
  TENANT_BUSY: ({ tenantId, restores }, { tenantName }) => ({
    what: `${tenantName(tenantId)} keeps its account and application for now.`,
    why:
      restores.length > 0
        ? `A restore that this console started has not ended: ${restores.join(', ')}. It goes on as it began.`
        : 'A change that was made here is being sent, and goes on as it began.',
    next: 'Wait until it has ended, then change it.',
  }),
  SESSION_EXPIRED: () => ({
    what: 'Your sign-in has expired.',
    why: 'Microsoft Entra ID no longer accepts it, for instance after a changed password or a long pause.',
    next: 'Sign in again.',
  }),
  INTERACTION_REQUIRED: ({ tenantId }, { tenantName }) => ({
    what: `${tenantName(tenantId)} wants you to sign in once more.`,
    why: 'Its directory asks for something that only you can answer, such as a second factor.',
    next: `Sign in to ${tenantName(tenantId)}; the browser opens for it.`,
  }),
  CONSENT_MISSING: ({ tenantId, scopes }, { tenantName }) => ({
    what: `${tenantName(tenantId)} has not consented to Backstop.`,
    why: scopes.length === 0 ? 'Admin consent is missing.' : `Admin consent is missing for ${formatList(scopes)}.`,
    next: 'An administrator of the tenant has to give admin consent; then check the readiness again.',
  }),
  CONDITIONAL_ACCESS: ({ tenantId }, { tenantName }) => ({
    what: `A conditional access policy of ${tenantName(tenantId)} refuses this sign-in.`,
    why: 'The policy asks for a device, place or method that this sign-in does not have.',
    next: 'Use a device that meets the policy, or ask the tenant’s administrator to except you from it.',
  }),
  NO_GDAP_ACCESS: ({ tenantId }, { tenantName }) => ({
    what: `Your account has no access to ${tenantName(tenantId)}.`,
    why: 'There is no GDAP relationship that gives you a role there, or it has ended.',
    next: 'Renew the relationship in Partner Center, or have your account added to its security group.',
  }),
  APP_UNKNOWN_IN_TENANT: ({ tenantId }, { tenantName }) => ({
    what: `Backstop is not known in ${tenantName(tenantId)}.`,
    why: 'Its application has never been consented to there, or was deleted.',
    next: 'Have an administrator of the tenant give admin consent, or check the tenant’s application id under “Account and application…”; then check the readiness again.',
  }),
  WRONG_TENANT_TOKEN: ({ tenantId }, { tenantName }) => ({
    what: `Nothing was sent to ${tenantName(tenantId)}: the sign-in gave a token of another tenant.`,
    why: 'A request with it would have mixed two customers’ data, so it was refused.',
    next: 'Sign out and sign in again. If it stays, report it: this must not happen.',
  }),
  SIGN_IN_CANCELLED: () => ({
    what: 'The sign-in was cancelled.',
    why: 'It was stopped here, or the consent was declined in the browser.',
    next: 'Start it again when you are ready.',
  }),
  SIGN_IN_TIMED_OUT: () => ({
    what: 'The sign-in took too long.',
    why: 'The browser did not come back in time; its window may have been closed.',
    next: 'Start it again.',
  }),
  SIGN_IN_BUSY: () => ({
    what: 'Another sign-in is already open.',
    why: 'Only one browser prompt runs at a time.',
    next: 'Finish or cancel that one first.',
  }),
  SIGN_IN_FAILED: ({ aadCode }) => ({
    what: 'The sign-in failed.',
    why: aadCode === undefined ? 'Microsoft Entra ID gave no code for it.' : `Microsoft Entra ID answered ${aadCode}.`,
    next: 'Try again; if it stays, look the code up in Entra’s sign-in log.',
  }),
  OFFLINE: () => ({
    what: 'There is no connection to Microsoft Graph.',
    why: 'The network is gone, or a proxy or firewall is in the way.',
    next: 'What is in the catalog stays readable. Try again once the network is back.',
  }),
  THROTTLED: ({ retryAt }, { moment }) => ({
    what: 'Microsoft Graph is slowing this tenant down.',
    why: 'Too many requests were made in a short time, by any application in the tenant.',
    next: retryAt === undefined ? 'Try again in a few minutes.' : `Try again after ${moment(retryAt)}.`,
  }),
  GRAPH_REFUSED: ({ status, graphCode, message }) => ({
    what: `Microsoft Graph refused the request: ${graphCode}.`,
    why: message === '' ? `It answered ${status} and gave no reason.` : `It answered ${status}: ${message}`,
    next: 'If the reason does not tell you what to change, give Microsoft support the request id.',
  }),
  GRAPH_UNREADABLE: ({ status }) => ({
    what: 'The answer could not be read.',
    why: `What came back${status === undefined ? '' : ` (status ${status})`} was not an answer of Microsoft Graph; a proxy or a sign-in page of the network may have taken its place.`,
    next: 'Try again; if it stays, check the network between here and Microsoft Graph.',
  }),
  OUTCOME_UNKNOWN: () => ({
    what: 'It is not known whether the change was made.',
    why: 'The connection ended before the answer came.',
    next: 'Backstop reads the state before it does anything further. Nothing is sent twice.',
  }),
  FOREIGN_ORIGIN: ({ origin }) => ({
    what: `A request to ${origin} was refused.`,
    why: 'An answer pointed to an address that is not Microsoft Graph; no token was sent there.',
    next: 'Report it: Microsoft Graph does not do this.',
  }),
  TENANT_UNKNOWN: ({ asked }) => ({
    what: `No tenant was found for “${asked}”.`,
    why: 'Microsoft Entra ID knows no directory by that domain or id.',
    next: 'Check the spelling, or use a verified domain or the tenant id of the customer.',
  }),
  TENANT_NOT_ADDED: () => ({
    what: 'This tenant is not in the console.',
    why: 'It was forgotten, or has not been added yet.',
    next: 'Add it from the list of tenants.',
  }),
  TENANT_READ_ONLY: ({ tenantId, sinceAt, by }, { tenantName, datedMoment }) => ({
    what: `${tenantName(tenantId)} is set read-only here.`,
    why: `It was set by ${by} on ${datedMoment(sinceAt)}; nothing was sent.`,
    next: 'If the work is meant, allow changes again in the tenant’s menu.',
  }),
  UNIT_NOT_FOUND: () => ({
    what: 'This protection unit is not in the catalog.',
    why: 'It is no longer protected, or came back under another id.',
    next: 'Sync the tenant, then look for it by name.',
  }),
  SELECTION_NOT_FOUND: () => ({
    what: 'The selection is gone.',
    why: 'A selection lives as long as the console runs.',
    next: 'Select the units again.',
  }),
  PLAN_NOT_FOUND: () => ({
    what: 'This restore plan does not exist.',
    why: 'It was deleted, or its tenant was forgotten.',
    next: 'Go back to the restores of the tenant.',
  }),
  SESSION_NOT_FOUND: () => ({
    what: 'This restore session is not known.',
    why: 'The service keeps a session for one year after its end; this one may be older, or of another tenant.',
    next: 'Read the sessions of the tenant again.',
  }),
  AUDIT_ROW_NOT_FOUND: ({ seq }) => ({
    what: `The audit has no row ${formatCount(seq)}.`,
    why: 'Rows are never deleted by Backstop; somebody else’s hand may have been in the file.',
    next: 'Verify the audit: it tells the first broken link.',
  }),
  POLICY_NOT_FOUND: () => ({
    what: 'This protection policy is not known.',
    why: 'It was deleted, or is of another tenant.',
    next: 'Read the policies of the tenant again.',
  }),
  CHANGE_NOT_FOUND: () => ({
    what: 'This change is gone.',
    why: 'A prepared change lives as long as the console runs. What was sent of it stands in the audit.',
    next: 'Read the policy again, and prepare the change anew if it is still wanted.',
  }),
  CHANGE_BLOCKED: ({ problems }) => ({
    what: 'The change was not sent.',
    why: `What stands in its way: ${formatList(problems)}.`,
    next: 'Mend that, then prepare the change again.',
  }),
  OWNER_LIST_NOT_FOUND: () => ({
    what: 'The list of those to be added is gone.',
    why: 'It lives as long as the console runs, and makes room for newer ones.',
    next: 'Select them in the gaps again.',
  }),
  IMPORT_NOT_FOUND: () => ({
    what: 'The imported list is gone.',
    why: 'A list lives as long as the console runs.',
    next: 'Paste it or open the file again.',
  }),
  IMPORT_TOO_LARGE: ({ limitBytes }) => ({
    what: 'The file is too large.',
    why: `A list may have ${formatQuantity(Math.floor(limitBytes / 1_048_576), 'megabyte')} at most.`,
    next: 'Split it, and import the parts one after the other.',
  }),
  SETTING_CHANGED: () => ({
    what: 'The setting is no longer what it was when this change was prepared.',
    why: 'Somebody else has changed it at the service meanwhile. Nothing was sent.',
    next: 'Look at it as it is now, and prepare the change anew.',
  }),
  PLAN_EMPTY: () => ({
    what: 'A plan needs at least one unit.',
    why: 'The selection is empty.',
    next: 'Select units first.',
  }),
  PLAN_NOT_DRAFT: () => ({
    what: 'This plan can no longer be changed.',
    why: 'It has been started.',
    next: 'Make a new plan for what is left to do.',
  }),
  PLAN_INCOMPLETE: ({ missing }) => ({
    what: 'The plan is not complete.',
    why: {
      units: 'It has no units.',
      incidentTime: 'It has no incident time.',
      destination: 'It does not say where to restore to.',
      points: 'None of its units has a restore point before the incident.',
    }[missing],
    next: 'Go back to that step and fill it in.',
  }),
  INCIDENT_IN_FUTURE: ({ now }, { datedMoment }) => ({
    what: 'The incident time lies in the future.',
    why: `By the service’s clock it is ${datedMoment(now)}.`,
    next: 'Check the date, the time and the zone that it is typed in.',
  }),
  POINT_NOT_BEFORE_INCIDENT: () => ({
    what: 'This point is not before the incident.',
    why: 'A restore goes back to a point strictly before the incident time.',
    next: 'Choose an earlier point, or correct the incident time.',
  }),
  POINT_UNKNOWN: () => ({
    what: 'This restore point is no longer in the catalog.',
    why: 'It has expired, or a newer answer of the service did not name it.',
    next: 'Choose another point.',
  }),
  NAME_MISMATCH: ({ expected }) => ({
    what: 'What was typed does not name the tenant.',
    why: `Its name is ${expected}; capital letters count.`,
    next: 'Type the name exactly as shown.',
  }),
  START_BLOCKED: ({ findings }) => ({
    what: 'The restore was not started.',
    why: `The last check found ${formatQuantity(findings.length, 'reason')} to stop. Nothing was changed.`,
    next: 'Look at the review again; each finding says what to do.',
  }),
  NOTHING_TO_RETRY: ({ retriedIn = [] }) =>
    retriedIn.length === 0
      ? {
          what: 'There is nothing to retry.',
          why: 'No unit of this plan has failed.',
          next: 'Wait for the sessions to end, or make a new plan.',
        }
      : {
          what: 'There is nothing left to retry.',
          why: `What failed was restored by a retry, or is being restored by one: ${formatList(retriedIn.map(({ name }) => `“${name}”`))}.`,
          next: 'Look at the retry under Restores; what fails there can be retried from there.',
        },
  CATALOG_UNAVAILABLE: () => ({
    what: 'The catalog does not answer.',
    why: 'Its worker has stopped or is being started again.',
    next: 'Try again in a moment; if it stays, restart Backstop.',
  }),
  WORK_UNREADABLE: ({ setAsidePath }) => ({
    what: 'Plans and the audit can’t be read, so nothing is written.',
    why: `The file that holds them is damaged.${setAsidePath === undefined ? '' : ` A copy lies at ${setAsidePath}.`}`,
    next: 'Close Backstop and put the newest good copy in its place. Reading the catalog still works.',
  }),
  CATALOG_NEWER: ({ path, found, known }) => ({
    what: 'The profile was written by a newer Backstop.',
    why: `${path} has version ${found}; this Backstop knows up to ${known} and must not touch it.`,
    next: 'Use the newer Backstop, or start this one with another profile folder.',
  }),
  PROFILE_UNWRITABLE: ({ path }) => ({
    what: 'The profile folder can’t be written.',
    why: `Backstop has no right to write to ${path}, or the disk is full.`,
    next: 'Make room or give your account the right to write there, then start again.',
  }),
  PROFILE_IN_USE: ({ path }) => ({
    what: 'Another Backstop has this profile open.',
    why: `Only one can use ${path} at a time.`,
    next: 'Use the one that is open, or close it first.',
  }),
  SECRETS_UNAVAILABLE: () => ({
    what: 'The sign-in can’t be kept safely here.',
    why: 'The system offers no encrypted store, and Backstop does not write tokens in plain text.',
    next: 'Unlock or set up the system’s key ring. Until then you sign in again at each start.',
  }),
  NOT_IN_THIS_HOST: () => ({
    what: 'This can’t be done in the browser.',
    why: 'The loopback host shows the demo tenants alone.',
    next: 'Use the desktop application.',
  }),
  BAD_REQUEST: ({ problems }) => ({
    what: 'The console asked for something that makes no sense.',
    why: problems.length === 0 ? 'Its input was refused.' : `Its input was refused: ${formatList(problems)}.`,
    next: 'Correct the input; if you typed nothing, report it.',
  }),
  BRIDGE_CLOSED: () => ({
    what: 'The window has lost its connection to Backstop.',
    why: 'Its background process has ended or was restarted. Restores that were started go on in the service.',
    next: 'Reload the window; if that does not help, start Backstop again.',
  }),
  ABORTED: () => ({
    what: 'It was stopped.',
    why: 'You cancelled it, or left the view that asked for it. What was answered until then is kept.',
    next: 'Start it again when you need the rest.',
  }),
  UNEXPECTED: ({ errorId }) => ({
    what: 'Something unforeseen went wrong.',
    why:
      errorId === WINDOW_FAULT
        ? 'The fault lies in this window; nothing was sent or changed by it.'
        : `It stands in the log under ${errorId}.`,
    next: 'Try again. If it happens again, report it.',
  }),
} satisfies Words;

/** The words for an error. */
export function messageFor(error: AppError, context: WordContext): Message {
  // `words[code]` is a union of functions, each for its own error; the map's type above is what ties the two together.
  const word = words[error.code] as (error: AppError, context: WordContext) => Message;
  return word(error, context);
}

/** The id to hand to support: Graph's request id, else the id in our own log. */
export function idToCopy(error: AppError): { label: string; id: string } | undefined {
  if (error.requestId !== undefined) return { label: 'request-id', id: error.requestId };
  return error.code === 'UNEXPECTED' && error.errorId !== WINDOW_FAULT
    ? { label: 'log id', id: error.errorId }
    : undefined;
}
