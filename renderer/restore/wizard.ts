import type { Plan } from '../../shared/contract/plans.ts';
import { wizardSteps } from '../store/routes.ts';
import type { WizardStep } from '../store/routes.ts';
import { readTypedTime } from '../ui/time/typed-time.ts';
import type { TypedTime } from '../ui/time/typed-time.ts';

/** The steps in order. `starting` is no step that one goes to: it follows from the start alone. */
export const stepNames = wizardSteps;
export type StepName = WizardStep;

/** What was typed and is not, or not yet, a part of the plan in main. It outlives the steps, so that Back keeps everything. */
export interface Typed {
  /** The incident as typed, also while it names no instant; absent until somebody typed. */
  readonly incident?: TypedTime;
  /** The tenant's name as typed for a restore in place. */
  readonly name: string;
}

/** Where the wizard stands; each step holds exactly its own data. Units, points and destination are the plan's, and live in main. */
export type Step =
  | {
      readonly at: 'what';
      readonly typed: Typed;
      /** The table to choose other units is open. */ readonly isChanging: boolean;
    }
  | { readonly at: 'when'; readonly typed: Typed; readonly only: CertaintyFilter }
  | { readonly at: 'where'; readonly typed: Typed }
  | { readonly at: 'review'; readonly typed: Typed }
  | { readonly at: 'starting'; readonly typed: Typed };

/** Which of the plan's units the table of the second step shows. */
export type CertaintyFilter = 'all' | 'exact' | 'asShown' | 'atLeast' | 'notAsked' | 'none';

export type WizardEvent =
  | { readonly type: 'next'; readonly plan: Plan }
  | { readonly type: 'back' }
  | { readonly type: 'goTo'; readonly step: StepName; readonly plan: Plan }
  | { readonly type: 'unitsOpened' }
  | { readonly type: 'unitsClosed' }
  | { readonly type: 'incidentTyped'; readonly incident: TypedTime }
  | { readonly type: 'filtered'; readonly only: CertaintyFilter }
  | { readonly type: 'uncertainAsked'; readonly only: CertaintyFilter }
  | { readonly type: 'nameTyped'; readonly name: string }
  | { readonly type: 'startAsked'; readonly plan: Plan }
  | { readonly type: 'startRefused' };

/** What a step still needs before one can go past it. */
export type Missing = 'units' | 'incidentTime' | 'incidentUnsaved' | 'points' | 'destination';

/** Whether the plan holds the incident as it was typed last: a plan must not go on with a former time that nobody sees any more. */
function isIncidentSaved({ incident }: Pick<Typed, 'incident'>, plan: Plan): boolean {
  if (incident === undefined) return true;
  const read = readTypedTime(incident);
  return read.is === 'ok' && read.at === plan.incidentAt && incident.zone === plan.timeZone;
}

/** What the plan, with what was typed and is not in it, lacks of a step; absent where the step is done. */
export function missingOf(step: StepName, plan: Plan, typed: Pick<Typed, 'incident'>): Missing | undefined {
  switch (step) {
    case 'what':
      return plan.units === 0 ? 'units' : undefined;
    case 'when':
      if (!isIncidentSaved(typed, plan)) return 'incidentUnsaved';
      return plan.incidentAt === undefined ? 'incidentTime' : plan.restorable === 0 ? 'points' : undefined;
    case 'where':
      return plan.destination === undefined ? 'destination' : undefined;
    case 'review':
      return undefined;
  }
}

/** Whether one can go to a step: everything before it is there. */
export function canReach(step: StepName, plan: Plan, typed: Pick<Typed, 'incident'>): boolean {
  return stepNames.slice(0, stepNames.indexOf(step)).every(before => missingOf(before, plan, typed) === undefined);
}

function enter(step: StepName, typed: Typed): Step {
  switch (step) {
    case 'what':
      return { at: 'what', typed, isChanging: false };
    case 'when':
      return { at: 'when', typed, only: 'all' };
    case 'where':
      return { at: 'where', typed };
    case 'review':
      return { at: 'review', typed };
  }
}

/** Where a plan is taken up: at the step wanted where it can be reached, else at the first that lacks something, else at the review. */
export function firstStep(plan: Plan, wanted?: StepName): Step {
  const typed: Typed = { name: '' };
  if (wanted !== undefined && canReach(wanted, plan, typed)) return enter(wanted, typed);
  const open = stepNames.find(step => missingOf(step, plan, typed) !== undefined);
  return enter(open ?? 'review', typed);
}

/** The next step of an event. An event that means nothing where the wizard stands leaves it as it is: the very same object. */
export function next(step: Step, event: WizardEvent): Step {
  switch (event.type) {
    case 'next': {
      if (step.at === 'starting' || step.at === 'review') return step;
      const following = stepNames[stepNames.indexOf(step.at) + 1];
      return following === undefined || missingOf(step.at, event.plan, step.typed) !== undefined
        ? step
        : enter(following, step.typed);
    }
    case 'back': {
      if (step.at === 'starting') return step;
      if (step.at === 'what') return step.isChanging ? { ...step, isChanging: false } : step;
      const before = stepNames[stepNames.indexOf(step.at) - 1];
      return before === undefined ? step : enter(before, step.typed);
    }
    case 'goTo':
      return step.at === 'starting' || step.at === event.step || !canReach(event.step, event.plan, step.typed)
        ? step
        : enter(event.step, step.typed);
    case 'unitsOpened':
      return step.at === 'what' ? { ...step, isChanging: true } : step;
    case 'unitsClosed':
      return step.at === 'what' ? { ...step, isChanging: false } : step;
    case 'incidentTyped':
      return step.at === 'when' ? { ...step, typed: { ...step.typed, incident: event.incident } } : step;
    case 'filtered':
      return step.at === 'when' ? { ...step, only: event.only } : step;
    case 'uncertainAsked':
      return step.at === 'review' ? { at: 'when', typed: step.typed, only: event.only } : step;
    case 'nameTyped':
      return step.at === 'review' ? { ...step, typed: { ...step.typed, name: event.name } } : step;
    case 'startAsked':
      return step.at === 'review' && canReach('review', event.plan, step.typed)
        ? { at: 'starting', typed: step.typed }
        : step;
    case 'startRefused':
      return step.at === 'starting' ? { at: 'review', typed: step.typed } : step;
  }
}
