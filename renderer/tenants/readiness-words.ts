import type { ReadinessItem } from '../../shared/contract/tenants.ts';
import { takeover } from '../../shared/domain/control.ts';
import { serviceStatusWords } from '../../shared/domain/service-lock.ts';

export interface ReadinessWords {
  readonly title: string;
  /** What the check found, or why it could not look. */
  readonly cause: string;
  /** What to do; absent where there is nothing to do. */
  readonly next?: string;
}

interface Names {
  readonly tenantName: string;
}

/** What consent to a scope lets one do. Keyed by check, so that a new one without words is a type error. */
const checks: {
  readonly [C in ReadinessItem['check']]: {
    readonly title: string;
    readonly ok: string;
    readonly failed: (names: Names, fact: string | undefined) => { cause: string; next: string };
  };
} = {
  signIn: {
    title: 'Sign-in to the tenant',
    ok: 'Your account gets a token of this tenant without a prompt.',
    failed: ({ tenantName }, fact) => ({
      cause: `${tenantName} gives your account no token.`,
      next: nextOfSignIn(fact, tenantName),
    }),
  },
  consentControl: {
    title: 'Consent: who controls Backup Storage',
    ok: 'Service status and service apps can be read.',
    failed: consentMissing('Who controls Backup Storage, and whether it is locked, can’t be read.'),
  },
  consentConfiguration: {
    title: 'Consent: policies and units',
    ok: 'Protection policies and units can be read.',
    failed: consentMissing('Policies and protected units can’t be read.'),
  },
  consentSearch: {
    title: 'Consent: restore points',
    ok: 'Restore points can be searched.',
    failed: consentMissing('Restore points can’t be asked for.'),
  },
  consentRestoreRead: {
    title: 'Consent: restore sessions, reading',
    ok: 'Restore sessions can be read.',
    failed: consentMissing('Restore sessions can’t be read.'),
  },
  consentRestoreWrite: {
    title: 'Consent: restore sessions, writing',
    ok: 'Restores can be started.',
    failed: consentMissing('No restore can be started.'),
  },
  role: {
    title: 'Role of your account',
    ok: 'Your roles allow restores of every kind of unit.',
    failed: () => ({
      cause: 'Your account lacks a role for at least one kind of unit.',
      next: 'Microsoft 365 Backup Administrator covers all; SharePoint Administrator sites and OneDrive, Exchange Administrator mailboxes. Ask for it through GDAP.',
    }),
  },
  controller: {
    title: 'Controller of Backup Storage',
    ok: 'Backstop controls Backup Storage in this tenant.',
    failed: (_names, fact) => ({
      cause: 'Backstop does not control Backup Storage here.',
      next: nextOfController(fact),
    }),
  },
  serviceStatus: {
    title: 'Service status',
    ok: 'Backup Storage is on.',
    failed: () => ({
      cause: 'Backup Storage is off or locked.',
      next: 'Look at who controls it and at the billing; a locked tenant takes no restore.',
    }),
  },
  billing: {
    title: 'Billing',
    ok: 'The billing profile is healthy.',
    failed: () => ({
      cause: 'The billing profile of the paying tenant is not valid.',
      next: 'Repair the billing policy in the tenant that owns the app. The cure takes 24 to 48 hours.',
    }),
  },
};

/** An application that is not there is another matter than a person who is not let in. */
function nextOfSignIn(fact: string | undefined, tenantName: string): string {
  switch (fact) {
    case 'notSignedInHere':
      return `Sign in to the tenant once; the browser opens for it. If it says AADSTS700016 there, ${tenantName} does not know this application: check its id, or have an administrator consent to it.`;
    case 'AADSTS700016':
      return `Check the application’s id under “Account and application…” in the tenant’s menu, or have an administrator of ${tenantName} consent to it; then check again.`;
    case 'accountNotChosen':
      return 'Choose the account under “Account and application…” in the tenant’s menu.';
    default:
      return 'Sign in to the tenant. If that fails, check the GDAP relationship and your security group in Partner Center.';
  }
}

/** Who controls now decides what it takes to change that. */
function nextOfController(by: string | undefined): string {
  const activate = 'register and activate Backstop’s app under Service';
  switch (by) {
    case 'nobody':
    case 'anotherApp':
    case 'microsoft':
      return `${takeover[by]}: ${activate}.`;
    case 'pending':
      return 'Wait for the day. The customer’s administrator can still cancel it.';
    case 'leaving':
      return 'Ask the customer whether it is meant; the service tells nobody of such a change.';
    default:
      return `Look who controls it: ${activate}, at once where nobody does, else with a date 7 to 30 days ahead.`;
  }
}

function consentMissing(cause: string) {
  return ({ tenantName }: Names) => ({
    cause,
    next: `An administrator of ${tenantName} gives admin consent to Backstop; then check again.`,
  });
}

const causes: { readonly [fact: string]: string } = {
  signedOut: 'The account that works in this tenant is signed out.',
  accountNotChosen: 'Nobody has said which of the accounts works in this tenant.',
  notSignedInHere: 'Your account has not signed in to the tenant’s application yet.',
  AADSTS65001: 'Nobody has consented yet (AADSTS65001).',
  AADSTS50020: 'Your account is not known there: no GDAP relationship reaches it (AADSTS50020).',
  AADSTS50076: 'The tenant wants a second factor (AADSTS50076).',
  AADSTS50079: 'The tenant wants a second factor to be set up (AADSTS50079).',
  AADSTS53003: 'A conditional access policy refuses the sign-in (AADSTS53003).',
  AADSTS53000: 'A conditional access policy asks for a compliant device (AADSTS53000).',
  AADSTS700016: 'Backstop’s app is not known in the tenant (AADSTS700016).',
  anotherApp: 'Another app controls it.',
  microsoft: 'Microsoft’s own tool controls it.',
  nobody: 'Nobody controls it.',
  pending: 'Control passes to Backstop later; until then it is read-only.',
  leaving: 'Control passes to another app soon.',
  restoreLocked: serviceStatusWords.restorelocked.means,
  protectionChangeLocked: serviceStatusWords.protectionchangelocked.means,
  disabled: serviceStatusWords.disabled.means,
  invalidBillingProfile: 'The billing profile is not valid.',
};

/** One line of the readiness check in words: what was found, why, and what to do about it. */
export function readinessWords(item: ReadinessItem, names: Names): ReadinessWords {
  const { title, ok, failed } = checks[item.check];
  if (item.result === 'ok') return { title, cause: ok };
  const known = item.fact === undefined ? undefined : (causes[item.fact] ?? `The answer was ${item.fact}.`);
  const subject = item.subject === undefined ? '' : ` Concerned: ${item.subject}.`;
  if (item.result === 'notChecked')
    return {
      title,
      cause: `Not checked.${known === undefined ? '' : ` ${known}`}${subject}`,
      next: 'Solve what stands above, then check again.',
    };
  const words = failed(names, item.fact);
  const isPrecise =
    item.fact !== undefined && item.fact in causes && !item.check.startsWith('consent') && item.check !== 'signIn';
  const cause = isPrecise && known !== undefined ? known : `${words.cause}${known === undefined ? '' : ` ${known}`}`;
  return { title, cause: `${cause}${subject}`, next: words.next };
}

/** `9 of 10 fine, 1 to do`. */
export function readinessSummary(items: readonly ReadinessItem[]): { ok: number; toDo: number; total: number } {
  return {
    ok: items.filter(item => item.result === 'ok').length,
    toDo: items.filter(item => item.result === 'failed' || item.result === 'warning').length,
    total: items.length,
  };
}
