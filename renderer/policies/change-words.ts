import type {
  Affected,
  ChangeEffect,
  ChangeProblem,
  ChangeResult,
  PreparedChange,
} from '../../shared/contract/policies.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import type { ProblemWay } from '../changes/index.ts';
import { formatCount, formatList, formatQuantity } from '../ui/number.ts';
import { retentionInWords } from '../ui/retention-words.ts';
import type { Tone } from '../ui/unit-words.ts';
import { unitsOfKind } from './policy-words.ts';
import { faultInWords } from './rule-words.ts';

/** What can be done about a problem from the preview itself. */
export type ProblemAction = ProblemWay | 'showLeftOut';

export interface ProblemWords {
  readonly title: string;
  readonly detail: string;
  readonly action?: { readonly does: ProblemAction; readonly word: string };
}

export interface ChangeContext {
  readonly tenantName: string;
  /** A moment with its zone, as it is shown elsewhere. */
  readonly moment: (at: UtcSeconds) => string;
}

/** At most this many names stand in a sentence; the rest is counted. */
const NAMES = 3;

/** `Finance, HR, Legal and 4 others` */
export function someNames(names: readonly string[], count: number): string {
  const shown = names.slice(0, NAMES);
  const rest = count - shown.length;
  if (shown.length === 0) return formatQuantity(count, 'unit');
  return rest > 0 ? `${shown.join(', ')} and ${formatQuantity(rest, 'other', 'others')}` : formatList(shown);
}

const plural = (count: number, one: string, many: string) => (count === 1 ? one : many);
const unitsAre = (count: number) => `${formatQuantity(count, 'unit')} ${plural(count, 'is', 'are')}`;
const readiness = { does: 'readiness', word: 'Go to the readiness check' } as const;
const showLeftOut = { does: 'showLeftOut', word: 'Show them' } as const;
const back = { does: 'back', word: 'Go back' } as const;

/** Who controls a tenant, in the words of "Backup is controlled by …". */
const controllers: { readonly [by: string]: string } = {
  pending: 'another application until this console’s takeover takes effect',
  anotherApp: 'another application',
  microsoft: 'Microsoft’s own admin centre',
  nobody: 'nobody yet',
};

type Words = {
  readonly [C in ChangeProblem['code']]: (
    problem: Extract<ChangeProblem, { code: C }>,
    context: ChangeContext,
  ) => ProblemWords;
};

/** The words of every code that a preparation can find. A code without words is a type error here. */
const words = {
  OFFLINE: () => ({
    title: 'There is no connection to Microsoft Graph',
    detail: 'What is shown is what the catalog knows. Nothing is sent later by itself.',
    action: { does: 'tryNow', word: 'Try now' },
  }),
  SIGN_IN_NEEDED: (_problem, { tenantName }) => ({
    title: `${tenantName} wants you to sign in`,
    detail: 'The browser opens for it.',
    action: { does: 'signIn', word: 'Sign in' },
  }),
  CONSENT_MISSING: ({ scopes }) => ({
    title: 'Consent to change policies is missing',
    detail: `An administrator of the tenant has to consent to ${formatList(scopes)}.`,
    action: { does: 'signIn', word: 'Ask for it' },
  }),
  TENANT_READ_ONLY: ({ sinceAt, by }, { tenantName, moment }) => ({
    title: `${tenantName} is set read-only here`,
    detail: `${by} set it at ${moment(sinceAt)}. Allow changes in the tenant’s menu once the work is meant.`,
  }),
  NOT_CONTROLLER: ({ controller }) => ({
    title: 'This console does not control Backup Storage here',
    detail: `It is controlled by ${controllers[controller] ?? controller}; only the controlling application can change policies.`,
    action: readiness,
  }),
  SERVICE_LOCKED: ({ status }, { tenantName }) => ({
    title: `Changes of protection are locked in ${tenantName}`,
    detail: `The service answers ${status}. It is unlocked by healthy billing, or by Microsoft’s support.`,
    action: readiness,
  }),
  STANDING_UNKNOWN: () => ({
    title: 'Who controls Backup Storage here could not be told',
    detail: 'Where another app does, or the service is locked, it refuses the first request and nothing is changed.',
    action: readiness,
  }),
  POLICY_UPDATING: () => ({
    title: 'The policy is being updated',
    detail: 'Its last change is still being carried out, which can take an hour; the service may refuse another.',
  }),
  POLICY_STATE: ({ status }) => ({
    title: `The policy’s state does not allow this: ${status}`,
    detail:
      'Only an inactive policy can be activated or deleted, and only an active one deactivated. Deactivate it first, or wait until the service is done with it.',
  }),
  POLICY_GONE: () => ({
    title: 'The policy is gone',
    detail: 'The service no longer knows it; somebody has deleted it. Read the policies again.',
  }),
  NAME_UNCHANGED: () => ({ title: 'The name is the same', detail: 'There is nothing to change.', action: back }),
  NAME_TAKEN: () => ({
    title: 'Another policy of this workload has this name',
    detail: 'The service allows it; people may mistake one for the other.',
    action: back,
  }),
  NOTHING_TO_DO: () => ({
    title: 'Nothing is left to send',
    detail: 'None of what was named can be changed this way; each reason stands below or under the items left out.',
    action: back,
  }),
  UNITS_IN_OTHER_POLICY: ({ units, names, policyNames }) => ({
    title: `${unitsAre(units)} in another policy`,
    detail: `${someNames(names, units)}, in ${formatList(policyNames)}. A unit is in one policy only: remove ${plural(units, 'it', 'them')} there first.`,
    action: showLeftOut,
  }),
  UNITS_IN_THIS_POLICY: ({ units, names }) => ({
    title: `${unitsAre(units)} in this policy already`,
    detail: `${someNames(names, units)}. Nothing is sent for ${plural(units, 'it', 'them')}.`,
    action: showLeftOut,
  }),
  UNITS_OF_OTHER_KIND: ({ units, names }) => ({
    title: `${unitsAre(units)} of another workload`,
    detail: `${someNames(names, units)}. A policy protects one workload.`,
    action: showLeftOut,
  }),
  UNITS_HELD_BY_RULE: ({ units, names }) => ({
    title: `${unitsAre(units)} held by a dynamic rule`,
    detail: `${someNames(names, units)}. ${plural(units, 'It leaves', 'They leave')} with the rule, or once ${plural(units, 'its owner leaves', 'their owners leave')} the group.`,
    action: showLeftOut,
  }),
  UNITS_NOT_IN_POLICY: ({ units, names }) => ({
    title: `${unitsAre(units)} not in this policy`,
    detail: `${someNames(names, units)}. Nothing is sent for ${plural(units, 'it', 'them')}.`,
    action: showLeftOut,
  }),
  UNITS_STATE: ({ units, names }) => ({
    title: `${unitsAre(units)} in a state that does not allow this`,
    detail: `${someNames(names, units)}. Backups are deleted only of units without a policy, and kept only where their deletion was asked for.`,
    action: showLeftOut,
  }),
  LINES_WRONG: ({ lines }) => ({
    title: `${formatQuantity(lines, 'line')} of the list ${plural(lines, 'is', 'are')} wrong and not sent`,
    detail: 'The right lines go on. Go back to see each wrong line with its reason.',
    action: back,
  }),
  TOO_MANY_UNITS: ({ units, limit }) => ({
    title: `${formatCount(units)} units are too many`,
    detail: `The limit is ${formatCount(limit)}. Take some out, or use two policies.`,
    action: back,
  }),
  TOO_MANY_POLICIES: ({ policies, limit }) => ({
    title: `${formatQuantity(policies, 'policy', 'policies')} of this workload ${plural(policies, 'exists', 'exist')} already`,
    detail: `The documented limit is ${formatCount(limit)}; the service may refuse a further one.`,
  }),
  RULE_GONE: () => ({
    title: 'The rule is gone',
    detail: 'The service no longer knows it. Read the policy again.',
  }),
  RULE_STATE: ({ status }) => ({
    title: `The rule’s state does not allow this: ${status}`,
    detail: 'Wait until the service is done with it, then try again.',
  }),
  RULE_TYPE: ({ type }) => ({
    title: type === 'dynamic' ? 'A dynamic rule can’t be run' : 'A static rule can’t be changed',
    detail:
      type === 'dynamic'
        ? 'The service follows it by itself.'
        : 'Delete it and create another. Rules for sites are always static.',
  }),
  RULE_INVALID: ({ fault }) => ({ title: 'The rule can’t be sent', detail: faultInWords(fault), action: back }),
  DYNAMIC_RULE_EXISTS: () => ({
    title: 'The policy has a dynamic rule already',
    detail: 'The service takes one active dynamic rule a policy: give that one further groups, or create a static one.',
    action: back,
  }),
  RULE_UNITS_UNTOLD: () => ({
    title: 'Which units the rule takes in is not known before',
    detail:
      'The service evaluates it once it is sent, and tells nobody beforehand. Units of other policies stay there.',
  }),
  COST_GROWS: ({ units }) => ({
    title: units === undefined ? 'The cost grows' : `The cost grows by ${formatQuantity(units, 'unit')}`,
    detail:
      'Microsoft bills protected gigabytes by the month, to the owner of the app. The service tells no sizes, so no sum is shown.',
  }),
  COST_GOES_ON: ({ units }) => ({
    title: units === undefined ? 'The cost goes on for now' : `The cost of ${formatQuantity(units, 'unit')} goes on`,
    detail: 'Kept restore points are paid for until they expire, or until the unit is offboarded.',
  }),
  UNITS_AGED: ({ readAt }, { moment }) => ({
    title: readAt === undefined ? 'The units were never read' : `The units were read last at ${moment(readAt)}`,
    detail: 'Numbers may have changed since. Sync the tenant for newer ones.',
  }),
  RETENTION_NOT_SETTABLE: () => ({
    title: 'Retention can’t be set',
    detail:
      'Microsoft Graph v1.0 documents it in answers alone. The service decides it, and the policy shows it afterwards.',
  }),
} satisfies Words;

/** The words for a problem. */
export function problemInWords(problem: ChangeProblem, context: ChangeContext): ProblemWords {
  // `words[code]` is a union of functions, each for its own problem; the map's type above is what ties the two together.
  const word = words[problem.code] as (problem: ChangeProblem, context: ChangeContext) => ProblemWords;
  return word(problem, context);
}

/** The word of a severity, beside its icon. */
export const severityWords: { readonly [S in ChangeProblem['severity']]: string } = {
  stop: 'Can’t be sent',
  leftOut: 'Left out',
  warning: 'Warning',
  note: 'Note',
};

interface EffectWords {
  readonly title: string;
  readonly detail: string;
  readonly tone: Tone;
}

/** `12 sites`, or `Sites: how many is the service’s to say`. */
function affectedInWords({ kind, count }: Affected): string {
  return count === undefined
    ? `${unitsOfKind(kind, 2)}, how many the service decides,`
    : `${formatCount(count)} ${unitsOfKind(kind, count)}`;
}

const sentence = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
const verb = ({ count }: Affected, one: string, many: string) => (count === 1 ? one : many);
const who = ({ names, count }: Affected) => (names.length === 0 ? '' : `${someNames(names, count ?? names.length)}. `);

/** What a change does to units, and what follows from it. */
export function effectInWords(effect: ChangeEffect, { moment }: ChangeContext): EffectWords {
  if (effect.effect === 'noUnits') return { title: 'No unit gains or loses protection', detail: '', tone: 'neutral' };
  const { units } = effect;
  const title = (one: string, many: string) => sentence(`${affectedInWords(units)} ${verb(units, one, many)}`);
  switch (effect.effect) {
    case 'gainsProtection':
      return {
        title: title('gains protection', 'gain protection'),
        detail: `${who(units)}Protection begins with this: the first restore points come within the hour, and none goes back further.`,
        tone: 'good',
      };
    case 'waitsInPolicy':
      return {
        title: title('comes into an inactive policy', 'come into an inactive policy'),
        detail: `${who(units)}Nothing is protected until the policy is activated.`,
        tone: 'waiting',
      };
    case 'losesProtection':
      return {
        title: title('loses protection', 'lose protection'),
        detail: `${who(units)}No further restore points. Those that are there can be restored until they expire${effect.retention.length === 0 ? '' : ` (${retentionInWords(effect.retention).join('; ')})`}.`,
        tone: 'warning',
      };
    case 'leavesPolicy':
      return {
        title: title('leaves the policy', 'leave the policy'),
        detail: `${who(units)}The policy is inactive and did not protect ${verb(units, 'it', 'them')}.`,
        tone: 'neutral',
      };
    case 'backupsDeleted':
      return {
        title: title('has its backups deleted for good', 'have their backups deleted for good'),
        detail: `${who(units)}At about ${moment(effect.deletedAt)}, 90 days from the request (7 where the tenant has two-person approval). Until then it can be cancelled; afterwards nothing brings them back.`,
        tone: 'bad',
      };
    case 'backupsKept':
      return {
        title: title('keeps its backups', 'keep their backups'),
        detail: `${who(units)}The deletion is cancelled. ${verb(units, 'It stays', 'They stay')} without a policy, so no further restore points come.`,
        tone: 'good',
      };
  }
}

/** What a change is called as a title, and what its sending is. */
export const changeTitles: {
  readonly [T in PreparedChange['type']]: { readonly title: string; readonly send: string };
} = {
  create: { title: 'Create a policy', send: 'Create the policy' },
  rename: { title: 'Rename the policy', send: 'Rename' },
  activate: { title: 'Activate the policy', send: 'Activate' },
  deactivate: { title: 'Deactivate the policy', send: 'Deactivate' },
  delete: { title: 'Delete the policy', send: 'Delete the policy' },
  addUnits: { title: 'Add units to the policy', send: 'Add the units' },
  removeUnits: { title: 'Remove units from the policy', send: 'Remove the units' },
  createRule: { title: 'Create an inclusion rule', send: 'Create the rule' },
  changeRule: { title: 'Change the dynamic rule', send: 'Change the rule' },
  runRule: { title: 'Run the static rule again', send: 'Run the rule' },
  deleteRule: { title: 'Delete the rule, keep its units', send: 'Delete the rule' },
  deleteRuleAndUnprotect: { title: 'Delete the rule and remove its units', send: 'Delete rule and remove units' },
  offboard: { title: 'Delete backups (offboard)', send: 'Ask for the deletion' },
  cancelOffboard: { title: 'Keep backups (cancel offboarding)', send: 'Cancel the deletion' },
};

/** How many requests a change takes, and in which way. */
export function sendingInWords({ requests, by }: Pick<PreparedChange, 'requests' | 'by'>): string {
  const sent = formatQuantity(requests, 'request');
  switch (by) {
    case undefined:
      return `${sent} to Microsoft Graph.`;
    case 'requests':
      return `${sent} to Microsoft Graph, each with up to 50 units; each unit gets its own answer.`;
    case 'job':
      return `${sent} to Microsoft Graph: the service adds the units in a bulk addition job, whose result comes line by line once it has ended.`;
  }
}

export const outcomeWords: { readonly [O in ChangeResult['outcome']]: { readonly word: string; readonly tone: Tone } } =
  {
    accepted: { word: 'Accepted', tone: 'good' },
    refused: { word: 'Refused', tone: 'bad' },
    leftOut: { word: 'Left out', tone: 'neutral' },
    waiting: { word: 'In the job', tone: 'waiting' },
    unknown: { word: 'Not known', tone: 'warning' },
    notSent: { word: 'Not sent', tone: 'neutral' },
  };

/** Documented codes of an item that say more than the service's own sentence, each with what to do. */
const itemErrors: { readonly [code: string]: string } = {
  ProtectionUnitAlreadyExists: 'Another policy holds it. Remove it there first.',
  ProtectionUnitNotFound: 'Nothing is known by this name or id. Check it in the directory.',
  DuplicateProtectionUnitInList: 'It was named twice.',
  ProtectionUnitActionNotAllowed: 'A dynamic rule holds it, or its state does not allow this now.',
  QuotaExceeded: 'The mailbox is over its quota. Make room, then add it again.',
  EmailNotFound: 'No user has this address. Check the spelling.',
  SiteUrlNotFound: 'No site has this address. Check the spelling.',
  UnknownError: 'The service gave no reason. Try it again later.',
  UNITS_IN_OTHER_POLICY: 'Another policy holds it. Remove it there first.',
  UNITS_IN_THIS_POLICY: 'It is in this policy already.',
  UNITS_OF_OTHER_KIND: 'It is of another workload.',
  UNITS_HELD_BY_RULE: 'A dynamic rule holds it.',
  UNITS_NOT_IN_POLICY: 'It is not in this policy.',
  UNITS_STATE: 'Its state does not allow this.',
  LINES_WRONG: 'The line is wrong.',
};

/** What became of one item, in a line. The service's own words follow where they say more. */
export function resultInWords({ outcome, error }: Pick<ChangeResult, 'outcome' | 'error'>): string {
  if (error !== undefined) {
    const known = itemErrors[error.code];
    if (known !== undefined) return known;
    return error.message === '' ? `The service answered ${error.code}.` : error.message;
  }
  switch (outcome) {
    case 'accepted':
      return 'Taken; done within 60 minutes.';
    case 'refused':
      return 'The service gave no reason.';
    case 'leftOut':
      return 'Not sent; the preview says why.';
    case 'waiting':
      return 'In the bulk addition job, which goes on in the service.';
    case 'unknown':
      return 'The answer was lost, and reading did not settle it. Read the policy again before anything is repeated.';
    case 'notSent':
      return 'The change ended before its turn.';
  }
}
