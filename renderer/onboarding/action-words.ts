import type { SentAction, ServiceEffect, ServiceProblem } from '../../shared/contract/onboarding.ts';
import { holders } from '../../shared/domain/control.ts';
import type { ServiceActionType } from '../../shared/domain/onboarding.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import type { ProblemWay } from '../changes/index.ts';
import { formatList, formatQuantity } from '../ui/number.ts';
import type { Tone } from '../ui/unit-words.ts';
import { barWords } from './service-words.ts';

export interface ActionContext {
  readonly tenantName: string;
  /** A moment with its zone, as it is shown elsewhere. */
  readonly moment: (at: UtcSeconds) => string;
}

/** What an action is called: on the button that opens its dialog, over the dialog, and on the button that sends it. */
export const actionTitles: {
  readonly [T in ServiceActionType]: { readonly ask: string; readonly title: string; readonly send: string };
} = {
  register: { ask: 'Register…', title: 'Register Backstop’s app', send: 'Register the app' },
  activate: { ask: 'Take control…', title: 'Take control of Backup Storage', send: 'Take control' },
  cancelTakeover: { ask: 'Cancel the takeover…', title: 'Cancel Backstop’s takeover', send: 'Cancel the takeover' },
  enable: { ask: 'Enable…', title: 'Enable Backup Storage', send: 'Enable Backup Storage' },
  unregister: { ask: 'Unregister…', title: 'Unregister Backstop’s app', send: 'Unregister the app' },
};

/** One consequence of an action, in words. */
export function effectWords(
  effect: ServiceEffect,
  { moment }: ActionContext,
): { readonly title: string; readonly detail: string; readonly tone: Tone } {
  switch (effect.effect) {
    case 'becomesRegistered':
      return {
        title: 'Backstop’s app becomes known to the tenant',
        detail: 'It stays inactive: no policy, no unit and no bill changes. It can be unregistered again.',
        tone: 'good',
      };
    case 'controlAtOnce':
      return {
        title: 'Backstop controls Backup Storage at once',
        detail: 'Nobody controls it now. Control ends when another app takes over, or when Backstop is unregistered.',
        tone: 'good',
      };
    case 'controlPasses':
      return {
        title: `Control passes to Backstop on ${moment(effect.at)}`,
        detail: `Until then ${effect.from.by === 'unknown' ? 'whoever controls now' : holders[effect.from.by]} keeps control and the bill, and Backstop may read policies and units, change nothing and restore nothing. It can be cancelled here, and by the customer’s administrator.`,
        tone: 'warning',
      };
    case 'noWayBackToMicrosoft':
      return {
        title: 'Control can’t be given back to Microsoft’s own tool',
        detail: 'Microsoft supports no transfer from a partner’s app back to the Microsoft 365 admin center.',
        tone: 'bad',
      };
    case 'notYetEnabled':
      return {
        title: 'Nothing is billed to the app’s owner by this alone',
        detail: 'Backup Storage is enabled with the owner’s billing in a step of its own, once Backstop is in control.',
        tone: 'neutral',
      };
    case 'takeoverCancelled':
      return {
        title: `${effect.stays.by === 'unknown' ? 'Whoever controls now' : capital(holders[effect.stays.by])} keeps control`,
        detail: 'Policies, units and the bill stay as they are. A new takeover again needs at least 7 days.',
        tone: 'neutral',
      };
    case 'ownerPays':
      return {
        title: `The tenant ${effect.ownerTenantId} pays`,
        detail:
          'By protected gigabyte and month, for everything protected in this tenant; restores are free. The customer is not billed by Microsoft.',
        tone: 'warning',
      };
    case 'protectionAllowed':
      return {
        title: 'Policies can be made and activated, and restores made',
        detail: 'Nothing is protected by this alone: policies do that.',
        tone: 'good',
      };
    case 'lockEndsLater':
      return {
        title: 'The lock ends 24 to 48 hours later',
        detail: 'The service has deactivated the policies when billing went bad: activate them again after it.',
        tone: 'waiting',
      };
    case 'nothingNew':
      return {
        title: 'The service is on already',
        detail:
          'Enabling again changes nothing but the billing that it reads: it is meant for after a change of subscription or resource group.',
        tone: 'neutral',
      };
    case 'noLongerRegistered':
      return {
        title: 'The tenant no longer knows Backstop’s app',
        detail: 'Policies, units and backups are not touched. It can be registered again.',
        tone: 'neutral',
      };
    case 'accessEnds':
      return {
        title: 'Backstop loses this tenant at once',
        detail: `From now on no policy can be read or changed from here, and nothing restored. ${
          effect.protectedUnits === undefined
            ? 'How many units are protected was never read.'
            : `${formatQuantity(effect.protectedUnits, 'unit')} known as protected ${effect.protectedUnits === 1 ? 'is' : 'are'} concerned.`
        }`,
        tone: 'bad',
      };
    case 'costGoesOn':
      return {
        title: 'The app’s owner goes on paying, up to 37 days',
        detail: `7 days of grace until ${moment(effect.graceUntil)}, then up to 30 days until ${moment(effect.until)}, unless another app takes control before.`,
        tone: 'warning',
      };
    case 'dataOffboarded':
      return {
        title: `The service is offboarded from ${moment(effect.from)} on, and its backups are deleted`,
        detail: 'Unless another app is activated in time. Once deleted, backups can’t be brought back.',
        tone: 'bad',
      };
  }
}

const capital = (words: string): string => `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;

/** What stands in the way of an action, in words. */
export function problemWords(
  problem: ServiceProblem,
  { moment, tenantName }: ActionContext,
): { readonly title: string; readonly detail: string; readonly way?: ProblemWay } {
  switch (problem.code) {
    case 'TENANT_READ_ONLY':
      return {
        title: `${tenantName} is set read-only here`,
        detail: `By ${problem.by}, ${moment(problem.sinceAt)}. The tenant’s menu allows changes again.`,
      };
    case 'SIGN_IN_NEEDED':
      return { title: 'A sign-in is needed', detail: `${tenantName} wants to know who asks.`, way: 'signIn' };
    case 'CONSENT_MISSING':
      return {
        title: 'Consent is missing',
        detail: `Backstop asks for ${formatList(problem.scopes)} only when control is first changed. An administrator of ${tenantName} has to consent.`,
        way: 'signIn',
      };
    case 'OFFLINE':
      return { title: 'There is no connection', detail: 'Nothing is sent later by itself.', way: 'tryNow' };
    case 'NOT_NOW':
      return {
        title: 'The state of the service rules it out',
        detail: barWords(problem.why, problem.at === undefined ? undefined : moment(problem.at)),
        ...(problem.why === 'appsUnknown' ? { way: 'readiness' as const } : {}),
      };
    case 'TAKEOVER_TOO_SOON':
      return {
        title: 'The day is too soon',
        detail: `Somebody else controls: the earliest is ${moment(problem.from)}, 7 days ahead.`,
        way: 'back',
      };
    case 'TAKEOVER_TOO_LATE':
      return {
        title: 'The day is too late',
        detail: `The latest is ${moment(problem.until)}, 30 days ahead.`,
        way: 'back',
      };
    case 'TAKEOVER_NEEDS_DATE':
      return {
        title: 'Somebody controls by now',
        detail: 'Control can’t be taken at once any more: choose a day 7 to 30 days ahead.',
        way: 'back',
      };
    case 'OWNER_IS_CUSTOMER':
      return {
        title: 'The paying tenant is the customer’s own',
        detail: 'It must be the tenant that the app is registered in; the service refuses any other.',
        way: 'back',
      };
    case 'RESTORES_RUNNING':
      return {
        title: `${formatQuantity(problem.sessions, 'restore')} under way`,
        detail: 'Whether a restore ends once its app is unregistered is documented nowhere. Wait for its end.',
      };
    case 'ANOTHER_TAKES_OVER':
      return {
        title: 'Another app takes control over',
        detail: `${problem.at === undefined ? 'Soon' : `On ${moment(problem.at)}`}; until then this tenant’s bill is the owner’s.`,
      };
  }
}

interface RefusalWords {
  readonly what: string;
  readonly next: string;
}

const sameTry = 'Read the service again; then, if it is still wanted, try once more.';

/** Documented refusals of `enable`. (backup-storage-error-codes, backup-3p-billing) */
const enableRefusals: { readonly [code: string]: RefusalWords } = {
  invalidappownertenantid: {
    what: 'The service knows no app owner by this tenant id.',
    next: 'Enter the id of the tenant that Backstop’s app is registered in, never the customer’s: it stands in the Entra admin center of that tenant, under Overview.',
  },
  invalidbillingprofile: {
    what: 'The billing of the app’s owner is missing or not healthy.',
    next: 'In the owner’s tenant, a SharePoint Administrator who owns or contributes to the Azure subscription makes or mends the billing policy (see Billing). A change can take up to 24 hours to be seen; then enable again.',
  },
  unabletoreadbillingprofile: {
    what: 'The service could not read the billing of the app’s owner.',
    next: 'Check that the owner’s tenant has a billing policy for this app, at least one licence with SharePoint or OneDrive, and an Azure subscription that is not disabled. Wait up to 24 hours after a change, then enable again.',
  },
};

/** 403 of the calls on service apps: documented for these reasons, without a code. (backup-3p-lifecycle) */
const forbidden: { readonly [T in ServiceActionType]: RefusalWords } = {
  register: {
    what: 'The tenant does not let Backstop’s app be registered.',
    next: 'Check consent and your role in the readiness check: Global Administrator or Microsoft 365 Backup Administrator.',
  },
  activate: {
    what: 'The service takes no change of control now.',
    next: 'Another change of control is pending, or your role does not reach: read the service again, wait for the pending day, or ask the customer to cancel it.',
  },
  cancelTakeover: {
    what: 'The takeover can’t be cancelled any more.',
    next: 'An app that is in control can’t be deactivated: the day has come. Read the service again. Control ends by another app’s takeover, or by unregistering.',
  },
  enable: {
    what: 'The service lets only the app in control enable it.',
    next: 'Read the service again: control may have passed on. Check your role in the readiness check.',
  },
  unregister: {
    what: 'The app can’t be unregistered now.',
    next: 'Another app is taking control over: wait for that day, or until the customer has cancelled it.',
  },
};

/** A refusal of the service: what happened, and what to do. The service’s own words stand beside it. */
export function refusalWords(
  type: ServiceActionType,
  { code, status }: NonNullable<SentAction['refusal']>,
): RefusalWords {
  const known = type === 'enable' ? enableRefusals[code.toLowerCase()] : undefined;
  if (known !== undefined) return known;
  if (status === 403) return forbidden[type];
  if (status === 404)
    return {
      what: 'The service no longer knows Backstop’s app here.',
      next: 'Read the service again, and register it anew.',
    };
  if (status === 400 && type === 'activate')
    return {
      what: 'The service does not take this day.',
      next: 'Somebody controls: choose a day 7 to 30 days ahead by the service’s clock.',
    };
  return { what: 'The service refused it.', next: sameTry };
}

/** What came of an action, in a sentence and what it means. */
export function outcomeWords({ change: { action }, foundByReading, outcome, standing }: SentAction): {
  readonly title: string;
  readonly detail: string;
  readonly tone: Tone;
} {
  const read = foundByReading ? ' No answer came; reading the service again shows it.' : '';
  switch (outcome) {
    case 'done': {
      const { title, detail } = doneWords(action.type, standing.controller.by, standing.service?.status);
      return { title, detail: `${detail}${read}`, tone: 'good' };
    }
    case 'refused':
      return { title: 'The service refused it', detail: 'Nothing was changed.', tone: 'bad' };
    case 'notDone':
      return {
        title: 'It was not done',
        detail: 'No answer came, and reading the service twice shows that nothing has changed. It can be sent again.',
        tone: 'warning',
      };
    case 'unknown':
      return {
        title: 'Whether it was done is not known',
        detail:
          'No answer came, and reading the service does not tell. Read it again in a while before it is sent once more.',
        tone: 'warning',
      };
  }
}

function doneWords(type: ServiceActionType, by: string, status: string | undefined) {
  switch (type) {
    case 'register':
      return { title: 'Backstop’s app is registered', detail: 'Next: take control.' };
    case 'activate':
      return by === 'pending'
        ? {
            title: 'The takeover is pending',
            detail: 'It takes effect on its day; the tab shows it, and it can be cancelled until then.',
          }
        : { title: 'Backstop is in control', detail: 'Next: enable Backup Storage.' };
    case 'cancelTakeover':
      return { title: 'The takeover is cancelled', detail: 'Backstop’s app stays registered.' };
    case 'enable':
      return status === 'enabled'
        ? { title: 'Backup Storage is on', detail: 'Next: make a protection policy, or activate those that there are.' }
        : { title: 'The service has taken note', detail: 'The lock ends 24 to 48 hours after billing is healthy.' };
    case 'unregister':
      return { title: 'Backstop’s app is unregistered', detail: 'The tab shows how the service stands now.' };
  }
}
