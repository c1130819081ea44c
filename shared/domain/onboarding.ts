import type { ControllerFacts } from './control.ts';
import type { ServiceStatusFacts } from './service-lock.ts';
import { DAY, MINUTE, type UtcSeconds } from './time.ts';

/** What of a registered service app decides. Structural: `ServiceApp` of the contract fits. */
export interface ServiceAppFacts {
  /** `serviceAppStatus`, or the service's own new word. */
  readonly status: string;
  readonly isOurs: boolean;
  readonly effectiveAt?: UtcSeconds | undefined;
}

/** How a tenant stands, as far as its onboarding goes. */
export interface ControlFacts {
  readonly service?: ServiceStatusFacts | undefined;
  readonly controller: ControllerFacts;
  /** Absent where they could not be read. */
  readonly apps?: readonly ServiceAppFacts[] | undefined;
  /** How the last `enable` from this console ended. */
  readonly lastEnable?:
    | { readonly at?: UtcSeconds | undefined; readonly outcome: string; readonly code?: string | undefined }
    | undefined;
  /** When control came to Backstop, where that was of late: the service may still run on the billing of who had it before. */
  readonly controlCameAt?: UtcSeconds | undefined;
}

/** Control that came to us longer ago than this has surely been enabled since, from here or elsewhere. */
const CAME_LATELY_SECONDS = 30 * DAY;

/**
 * When control came to Backstop of late: by the app's own date, or by the change that a look noticed.
 *
 * @param change the last change of controller that was noticed
 */
export function controlCameAt(
  apps: readonly ServiceAppFacts[] | undefined,
  change: { readonly from: ControllerFacts; readonly to: ControllerFacts; readonly noticedAt: UtcSeconds } | undefined,
  now: UtcSeconds,
): UtcSeconds | undefined {
  const own = ownApp(apps);
  if (!is(own, 'active')) return undefined;
  const noticedAt = change?.from.by === 'pending' && change.to.by === 'ours' ? change.noticedAt : undefined;
  const at = own?.effectiveAt ?? noticedAt;
  return at !== undefined && at <= now && now - at <= CAME_LATELY_SECONDS ? at : undefined;
}

/** What can be asked of the service about its control. `cancelTakeover` is Graph's `deactivate` of an app that waits: its one effect. */
export const serviceActions = ['register', 'activate', 'cancelTakeover', 'enable', 'unregister'] as const;
export type ServiceActionType = (typeof serviceActions)[number];

/** Why the state of the service rules an action out. */
export type ActionBar =
  | 'appsUnknown'
  | 'registered'
  | 'notRegistered'
  | 'controlsAlready'
  | 'takeoverPending'
  | 'leaving'
  | 'othersChangePending'
  | 'nothingPending'
  | 'notController'
  | 'statusUnknown';

/** Where somebody controls, a takeover lies so far ahead. (serviceapp-activate) */
const TAKEOVER_LEAST_SECONDS = 7 * DAY;
const TAKEOVER_MOST_SECONDS = 30 * DAY;
/** A request reaches the service after it was written: exactly seven days would be too few by then. */
const TAKEOVER_MARGIN_SECONDS = 10 * MINUTE;

const is = (app: ServiceAppFacts | undefined, ...statuses: readonly string[]): boolean =>
  app !== undefined && statuses.includes(app.status.toLowerCase());

/** The app of this console, where it is registered. */
export function ownApp<A extends ServiceAppFacts>(apps: readonly A[] | undefined): A | undefined {
  return apps?.find(({ isOurs }) => isOurs);
}

/** Why the action can't be asked for, by the state of the service alone; `undefined` where it can. */
export function whyNotAction(type: ServiceActionType, { apps }: ControlFacts): ActionBar | undefined {
  if (apps === undefined) return 'appsUnknown';
  const own = ownApp(apps);
  switch (type) {
    case 'register':
      return own === undefined ? undefined : 'registered';
    case 'activate':
      if (own === undefined) return 'notRegistered';
      if (is(own, 'active')) return 'controlsAlready';
      if (is(own, 'pendingactive')) return 'takeoverPending';
      if (is(own, 'pendinginactive')) return 'leaving';
      if (!is(own, 'inactive')) return 'statusUnknown';
      return apps.some(app => is(app, 'pendingactive', 'pendinginactive')) ? 'othersChangePending' : undefined;
    case 'cancelTakeover':
      return is(own, 'pendingactive') ? undefined : 'nothingPending';
    case 'enable':
      return is(own, 'active', 'pendinginactive') ? undefined : 'notController';
    case 'unregister':
      if (own === undefined) return 'notRegistered';
      return is(own, 'pendinginactive') ? 'leaving' : undefined;
  }
}

/**
 * When an activation of our app takes effect: `dated` where somebody controls, `atOnce` where nobody does. `either` where the two signs
 * disagree: a service that is not enabled has no active controller by the documentation, yet names one here.
 */
export function takeoverTiming({ apps = [], controller, service }: ControlFacts): 'atOnce' | 'dated' | 'either' {
  const isOn = service === undefined || service.status.toLowerCase() === 'enabled';
  if (isOn || apps.some(app => !app.isOurs && is(app, 'active', 'pendinginactive'))) return 'dated';
  return controller.by === 'nobody' ? 'atOnce' : 'either';
}

/** Between which moments a takeover may take effect, in whole minutes. */
export function takeoverLimits(now: UtcSeconds): { readonly from: UtcSeconds; readonly until: UtcSeconds } {
  const toMinute = (at: number, round: (value: number) => number): number => round(at / MINUTE) * MINUTE;
  return {
    from: toMinute(now + TAKEOVER_LEAST_SECONDS + TAKEOVER_MARGIN_SECONDS, Math.ceil),
    until: toMinute(now + TAKEOVER_MOST_SECONDS, Math.floor),
  };
}

/** What is wrong with the moment chosen for a takeover. */
export function takeoverProblem(at: UtcSeconds, now: UtcSeconds): 'tooSoon' | 'tooLate' | undefined {
  const { from, until } = takeoverLimits(now);
  if (at < from) return 'tooSoon';
  return at > until ? 'tooLate' : undefined;
}

/** Whether the tenant's name is typed for it: it ends protection by Backstop, or the control of somebody else. */
export function needsTypedName(type: ServiceActionType, facts: ControlFacts): boolean {
  if (type === 'unregister') return is(ownApp(facts.apps), 'active');
  return type === 'activate' && takeoverTiming(facts) !== 'atOnce';
}

/** After an active app is unregistered: a grace period, then billing until the service is offboarded. (backup-3p-lifecycle) */
export const UNREGISTER_GRACE_SECONDS = 7 * DAY;
export const UNREGISTER_COST_SECONDS = 37 * DAY;

export const onboardingSteps = ['consent', 'billing', 'register', 'activate', 'enable'] as const;
export type OnboardingStep = (typeof onboardingSteps)[number];
/**
 * `next`: the first that is to be done. `waiting`: for a date. `blocked`: something has to be mended elsewhere. `unseen`: the service tells
 * it only when it is tried. `later`: after those above.
 */
export type StepState = 'done' | 'next' | 'waiting' | 'blocked' | 'unseen' | 'later';

/** Refusals of `enable` that speak of billing. */
const billingCodes: ReadonlySet<string> = new Set(['invalidbillingprofile', 'unabletoreadbillingprofile']);

/** Whether the service has said that the billing of the app's owner is missing or not in order, and how. */
export function billingTrouble({ service, lastEnable }: ControlFacts): 'locked' | 'refused' | undefined {
  if (service?.disableReason?.toLowerCase() === 'invalidbillingprofile') return 'locked';
  if (lastEnable?.outcome === 'refused' && billingCodes.has(lastEnable.code?.toLowerCase() ?? '')) return 'refused';
  return undefined;
}

/** The steps of onboarding in their order, with how each stands. Pure. */
export function onboardingStates(facts: ControlFacts): { readonly step: OnboardingStep; readonly state: StepState }[] {
  const { apps, service } = facts;
  const own = ownApp(apps);
  const controls = is(own, 'active', 'pendinginactive');
  const { controlCameAt: cameAt, lastEnable } = facts;
  // After a takeover the service stays on, as it was enabled by whoever had it: ours is still to be done.
  const isOurs = cameAt === undefined || (lastEnable?.outcome === 'done' && (lastEnable.at ?? 0) >= cameAt);
  const isEnabled = controls && isOurs && service?.status.toLowerCase() === 'enabled';
  const trouble = billingTrouble(facts);
  const found: { readonly [S in OnboardingStep]: StepState } = {
    consent: apps !== undefined && service !== undefined ? 'done' : 'blocked',
    billing: trouble !== undefined ? 'blocked' : isEnabled ? 'done' : 'unseen',
    register: own === undefined ? 'later' : 'done',
    activate: controls
      ? 'done'
      : is(own, 'pendingactive')
        ? 'waiting'
        : whyNotAction('activate', facts) === 'othersChangePending'
          ? 'blocked'
          : 'later',
    enable: isEnabled ? 'done' : 'later',
  };
  // What is to be done next is the first that nobody has to be waited for; behind a consent that is missing nothing can be done.
  const next =
    found.consent === 'blocked' || found.activate === 'waiting' || found.activate === 'blocked'
      ? undefined
      : onboardingSteps.find(step => found[step] === 'later');
  return onboardingSteps.map(step => ({ step, state: step === next ? 'next' : found[step] }));
}
