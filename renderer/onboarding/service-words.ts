import type { ServiceApp, Tenant } from '../../shared/contract/tenants.ts';
import { holders, takeover } from '../../shared/domain/control.ts';
import { type ActionBar, billingTrouble, type ControlFacts } from '../../shared/domain/onboarding.ts';
import type { OnboardingStep, StepState } from '../../shared/domain/onboarding.ts';
import { disableReasonInWords, wordsOfStatus } from '../../shared/domain/service-lock.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import type { Tone } from '../ui/unit-words.ts';

type Date = (at: UtcSeconds) => string;

/** Status, why, and until when, of the service: what each means. */
export function standingWords(
  { service }: Pick<Tenant, 'service'>,
  date: Date,
): { readonly word: string; readonly tone: Tone; readonly lines: readonly string[] } {
  if (service === undefined)
    return { word: 'Not yet read', tone: 'waiting', lines: ['Nobody has asked the service of this tenant so far.'] };
  const { word, means } = wordsOfStatus(service.status);
  const why = disableReasonInWords(service.disableReason);
  const lines = [`${means}${why === undefined ? '' : ` The reason: ${why}.`}`];
  switch (service.status.toLowerCase()) {
    case 'disabled':
      lines.push('Nothing is backed up. This is also how a tenant answers that never had Backup Storage.');
      break;
    case 'protectionchangelocked':
      if (service.restoreAllowedUntilAt !== undefined)
        lines.push(`Restores are allowed until ${date(service.restoreAllowedUntilAt)}; after that none is.`);
      lines.push('No policy can be made or changed, and no unit added or removed.');
      break;
    case 'restorelocked':
      lines.push('Neither policies nor units can be changed. Billing has stopped; kept backups may be deleted.');
      break;
    default:
  }
  if (service.gracePeriodUntilAt !== undefined)
    lines.push(`The grace period ends on ${date(service.gracePeriodUntilAt)}: until then it can be mended.`);
  return { word, tone: tones[service.status.toLowerCase()] ?? 'warning', lines };
}

const tones: { readonly [status: string]: Tone } = {
  enabled: 'good',
  disabled: 'neutral',
  protectionchangelocked: 'warning',
  restorelocked: 'bad',
};

/** A service app's status in words, with the date where one comes. */
export function appWords(
  app: ServiceApp,
  date: Date,
): { readonly word: string; readonly tone: Tone; readonly means: string } {
  const on = app.effectiveAt === undefined ? '' : ` on ${date(app.effectiveAt)}`;
  switch (app.status) {
    case 'active':
      return { word: 'In control', tone: 'good', means: 'It changes policies and makes restores; its owner pays.' };
    case 'inactive':
      return {
        word: 'Registered, not in control',
        tone: 'neutral',
        means: 'It can ask for control, and nothing else.',
      };
    case 'pendingActive':
      return {
        word: `Takes control${on === '' ? ' later' : on}`,
        tone: 'waiting',
        means: 'Until then it may read policies and units, and change or restore nothing.',
      };
    case 'pendingInactive':
      return {
        word: `Gives control up${on === '' ? ' later' : on}`,
        tone: 'warning',
        means: 'Until then it keeps full control, and its owner pays.',
      };
    default:
      return { word: app.status, tone: 'neutral', means: 'This version does not know that word.' };
  }
}

/** Why an action can't be asked for by the state of the service, in a sentence with what to do. */
export function barWords(why: string, at?: string): string {
  return isBar(why) ? bars[why](at) : 'The service is in a state that this version does not know.';
}

const isBar = (why: string): why is ActionBar => Object.hasOwn(bars, why);

const bars: { readonly [B in ActionBar]: (at: string | undefined) => string } = {
  appsUnknown: () => 'Which apps are registered is not known: read the service first.',
  registered: () => 'Backstop’s app is registered already.',
  notRegistered: () => 'Backstop’s app is not registered here: register it first.',
  controlsAlready: () => 'Backstop controls Backup Storage already.',
  takeoverPending: () => 'Backstop’s takeover is pending already. Cancel it first to choose another day.',
  leaving: at =>
    `Another app takes control over${at === undefined ? '' : ` on ${at}`}; until that day, or until the customer cancels it, the service refuses this.`,
  othersChangePending: at =>
    `Another change of control is pending${at === undefined ? '' : ` for ${at}`}; the service takes one at a time. Wait for it, or ask the customer to cancel it.`,
  nothingPending: () => 'No takeover by Backstop is pending.',
  notController: () => 'Only the app in control can do this: activate Backstop’s app first.',
  statusUnknown: () => 'The app is in a state that this version does not know.',
};

export const stepStateWords: { readonly [S in StepState]: { readonly word: string; readonly tone: Tone } } = {
  done: { word: 'Done', tone: 'good' },
  next: { word: 'Next', tone: 'neutral' },
  waiting: { word: 'Waiting', tone: 'waiting' },
  blocked: { word: 'Blocked', tone: 'bad' },
  unseen: { word: 'Seen when enabling', tone: 'neutral' },
  later: { word: 'Later', tone: 'neutral' },
};

interface StepContext {
  readonly facts: ControlFacts;
  readonly tenantName: string;
  readonly date: Date;
}

/** A step of onboarding: what it is, and what is to be known of it as it stands. */
export function stepWords(
  step: OnboardingStep,
  state: StepState,
  { facts, tenantName, date }: StepContext,
): { readonly title: string; readonly detail: string } {
  switch (step) {
    case 'consent':
      return {
        title: 'Consent of the customer',
        detail:
          state === 'done'
            ? 'The service and its apps can be read.'
            : `Status and service apps of ${tenantName} can’t be read, or were not read yet. An administrator there consents to Backstop; the readiness check says what is missing.`,
      };
    case 'billing':
      return {
        title: 'Billing policy of the app’s owner',
        detail: billingDetail(state, facts),
      };
    case 'register':
      return {
        title: 'Register Backstop’s app',
        detail: state === 'done' ? 'The tenant knows Backstop’s app.' : 'Costs nothing and changes no protection.',
      };
    case 'activate': {
      const { controller } = facts;
      if (state === 'waiting')
        return {
          title: 'Take control',
          detail: `Control passes to Backstop${controller.fromAt === undefined ? '' : ` on ${date(controller.fromAt)}`}. Until then policies and units can be read. The customer’s administrator can cancel it too, and the service tells nobody.`,
        };
      if (state === 'done')
        return {
          title: 'Take control',
          detail:
            controller.by === 'leaving'
              ? `Backstop controls Backup Storage until another app takes over${controller.untilAt === undefined ? '' : ` on ${date(controller.untilAt)}`}. The customer’s backup administrator can cancel that, Backstop can’t.`
              : 'Backstop controls Backup Storage.',
        };
      if (state === 'blocked')
        return { title: 'Take control', detail: barWords('othersChangePending', pendingDate(facts, date)) };
      return {
        title: 'Take control',
        detail:
          controller.by === 'nobody'
            ? `${takeover.nobody}.`
            : controller.by === 'unknown'
              ? 'On a day 7 to 30 days ahead where somebody else controls, at once where nobody does.'
              : `On a day 7 to 30 days ahead, since ${holders[controller.by]} controls.`,
      };
    }
    case 'enable':
      return {
        title: 'Enable Backup Storage',
        detail:
          state === 'done'
            ? 'The service is on, and the app’s owner pays. Enable it again after every change of billing.'
            : facts.controlCameAt !== undefined
              ? `Control came to Backstop on ${date(facts.controlCameAt)}. Unless it was enabled elsewhere since, the owner’s billing is still to be enabled; once more does no harm.`
              : 'Switches the service on, the app’s owner paying. Policies are made and activated after it.',
      };
  }
}

function billingDetail(state: StepState, facts: ControlFacts): string {
  if (state === 'done') return 'The service found it in order when it was enabled last.';
  switch (billingTrouble(facts)) {
    case 'locked':
      return 'The service says that the billing profile is not valid, and has locked the tenant. Mend it as said under Billing, then enable again.';
    case 'refused':
      return `The last enabling was refused: ${facts.lastEnable?.code ?? ''}. Mend it as said under Billing, then enable again.`;
    case undefined:
      return 'No API tells of it beforehand: enabling says whether it is missing. How it is set up is said under Billing.';
  }
}

function pendingDate({ apps }: ControlFacts, date: Date): string | undefined {
  const at = apps?.find(app => !app.isOurs && app.status === 'pendingActive')?.effectiveAt;
  return at === undefined ? undefined : date(at);
}

/** The command that makes an app's billing policy, in the owner's tenant. (backup-3p-billing) */
export function billingCommand(clientId: string): string {
  return `New-SPOAppBillingPolicy -ApplicationId ${clientId} -UsageCharges AppOwnerIsCharged -AzureSubscriptionId <subscription> -ResourceGroup <group> -AzureRegion <region>`;
}
