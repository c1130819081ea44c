import type { Finding } from '../../shared/contract/plans.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import { formatCount, formatList, formatPart, formatQuantity } from '../ui/number.ts';
import { kindWords } from '../ui/unit-words.ts';
import { namesInWords } from './names-in-words.ts';

/** What a technician can do about a finding from the review itself. */
export type FindingAction =
  | 'tryNow'
  | 'signIn'
  | 'readiness'
  | 'allowChanges'
  | 'takeOut'
  | 'openRestores'
  | 'showUncertain'
  | 'showLeftOut'
  | 'choosePoints';

export interface FindingWords {
  readonly title: string;
  readonly detail: string;
  readonly action?: { readonly does: FindingAction; readonly word: string };
  /** A second way out. */
  readonly also?: { readonly does: FindingAction; readonly word: string };
}

export interface FindingContext {
  /** A moment with its zone, as it is shown elsewhere. */
  readonly moment: (at: UtcSeconds) => string;
  readonly tenantName: string;
}

type Words = {
  readonly [C in Finding['code']]: (finding: Extract<Finding, { code: C }>, context: FindingContext) => FindingWords;
};

const readiness = { does: 'readiness', word: 'Go to the readiness check' } as const;
const choosePoints = { does: 'choosePoints', word: 'Look at the points' } as const;

const plural = (count: number, one: string, many: string) => (count === 1 ? one : many);

/** `1 unit is`, `4 units are`. */
const unitsAre = (count: number) => `${formatQuantity(count, 'unit')} ${plural(count, 'is', 'are')}`;

/** Who controls a tenant, in the words of the sentence "Backup is controlled by …". */
const controllers: { readonly [by: string]: string } = {
  pending: 'another application until this console’s takeover takes effect',
  anotherApp: 'another application',
  microsoft: 'Microsoft’s own admin centre',
  nobody: 'nobody yet',
};

/** The words of every code that a review can find. A code without words is a type error here. */
const words = {
  OFFLINE: () => ({
    title: 'There is no connection to Microsoft Graph',
    detail:
      'What was checked is what the catalog knows. The plan is kept; it starts only when you say so, once online.',
    action: { does: 'tryNow', word: 'Try now' },
  }),
  TENANT_READ_ONLY: ({ sinceAt, by }, { moment, tenantName }) => ({
    title: `${tenantName} is set read-only here`,
    detail: `${by} set it at ${moment(sinceAt)}. The plan is kept; allow changes once the work is meant.`,
    action: { does: 'allowChanges', word: 'Allow changes…' },
  }),
  NOT_CONTROLLER: ({ controller }) => ({
    title: 'This console does not control Backup Storage here',
    detail: `It is controlled by ${controllers[controller] ?? controller}; only the controlling application can restore.`,
    action: readiness,
  }),
  SERVICE_LOCKED: ({ status, severity, restoreAllowedUntilAt }, { moment, tenantName }) => ({
    title:
      severity === 'stop' ? `Restores are locked in ${tenantName}` : `Backup Storage is partly locked in ${tenantName}`,
    detail: `The service answers ${status}.${restoreAllowedUntilAt === undefined ? '' : ` Restores are allowed until ${moment(restoreAllowedUntilAt)}.`}${
      severity === 'stop' ? ' It is unlocked by healthy billing, or by Microsoft’s support.' : ' Restoring still works.'
    }`,
    action: readiness,
  }),
  OTHER_SESSIONS_UNTOLD: ({ sessions }) => ({
    title: `${formatQuantity(sessions, 'session')} of others ${sessions === 1 ? 'runs' : 'run'} here, without saying on which units`,
    detail: 'The service refuses a unit that is being restored already: it fails alone, and can be retried afterwards.',
  }),
  STANDING_UNKNOWN: () => ({
    title: 'Who controls Backup Storage here could not be told',
    detail: 'Where another app does, or the service is locked, it refuses the first request and nothing is restored.',
    action: readiness,
  }),
  ROLE_MISSING: ({ kinds }) => ({
    title: 'Your account may lack a role for this',
    detail: `No role that restores ${formatList(kinds.map(kind => kindWords[kind].many))} was found. A GDAP relationship may still carry one.`,
    action: readiness,
  }),
  ROLE_UNKNOWN: () => ({
    title: 'Your roles could not be read',
    detail: 'If the role is missing, the service refuses the first request and nothing is restored.',
    action: readiness,
  }),
  CONSENT_MISSING: ({ scopes }) => ({
    title: 'Consent to restore is missing',
    detail: `An administrator of the tenant has to consent to ${formatList(scopes)}.`,
    action: readiness,
  }),
  SIGN_IN_NEEDED: (_finding, { tenantName }) => ({
    title: `${tenantName} wants you to sign in`,
    detail: 'Nothing could be checked at the service before. The browser opens for it.',
    action: { does: 'signIn', word: 'Sign in' },
  }),
  UNITS_IN_OTHER_SESSION: ({ units, names, sessionIds }) => ({
    title: `${unitsAre(units)} being restored already`,
    detail: `${namesInWords(names, units)}, in ${sessionIds.length === 1 ? 'another session' : `${formatCount(sessionIds.length)} other sessions`}. The service refuses two restores of one unit at once.`,
    action: { does: 'takeOut', word: `Take ${plural(units, 'it', 'them')} out of the plan` },
  }),
  RESTORED_SINCE: ({ units, names, lastAt }, { moment }) => ({
    title: `${formatQuantity(units, 'unit')} ${plural(units, 'was', 'were')} restored since the incident`,
    detail: `${namesInWords(names, units)}; the latest on ${moment(lastAt)}. A restore in place takes back what was changed since.`,
    action: { does: 'takeOut', word: `Take ${plural(units, 'it', 'them')} out of the plan` },
    also: { does: 'openRestores', word: 'See the restores' },
  }),
  NO_OTHER_SESSION: ({ checkedAt, activeSessions }, { moment }) => ({
    title: 'No unit is being restored by another session',
    detail: `Checked ${moment(checkedAt)}, ${formatQuantity(activeSessions, 'session')} active of 25.`,
  }),
  SESSIONS_FULL: ({ activeSessions, wanted, limit }) => ({
    title: `No room for ${formatQuantity(wanted, 'more session')}`,
    detail: `${formatPart(activeSessions, limit)} sessions are active in the tenant. Wait until some have ended.`,
    action: { does: 'openRestores', word: 'See the restores' },
  }),
  MANY_SESSIONS: ({ activeSessions, wanted, advised }) => ({
    title: `${formatCount(activeSessions + wanted)} sessions at a time: above ${formatCount(advised)} it can get slower`,
    detail: `${formatQuantity(activeSessions, 'session')} ${plural(activeSessions, 'is', 'are')} active, ${formatCount(wanted)} would be added. The limit is 25.`,
  }),
  MANY_ARTIFACTS: ({ kind, artifacts, advised }) => ({
    title: `${formatCount(artifacts)} ${kindWords[kind].many} at a time: above ${formatCount(advised)} it can get slower`,
    detail: `Microsoft warns above ${formatCount(advised)} a workload; the limit is 1,000.`,
  }),
  TOO_MANY_ARTIFACTS: ({ kind, artifacts, limit }) => ({
    title: `${formatCount(artifacts)} ${kindWords[kind].many} are more than can restore at a time`,
    detail: `The limit is ${formatCount(limit)} a workload, with what is being restored now. Take some units out, or wait.`,
    action: { does: 'openRestores', word: 'See the restores' },
  }),
  POINTS_EXPIRE_SOON: ({ units, firstAt }, { moment }) => ({
    title: `${formatQuantity(units, 'chosen point')} ${plural(units, 'expires', 'expire')} within a day`,
    detail: `The first at ${moment(firstAt)}. A point that is gone before its unit’s turn can’t be restored: start soon.`,
    action: choosePoints,
  }),
  POINTS_CHANGED: ({ units, names }) => ({
    title: `${formatQuantity(units, 'point')} changed since you looked`,
    detail: `Asked again just now, the service named another point for ${namesInWords(names, units)}. Nothing was started; look at the points once more.`,
    action: choosePoints,
  }),
  POINTS_EXPIRED: ({ units, names }) => ({
    title: `${formatQuantity(units, 'chosen point')} ${plural(units, 'has', 'have')} expired`,
    detail: `${namesInWords(names, units)}. Choose another point, or take ${plural(units, 'the unit', 'the units')} out.`,
    action: { does: 'takeOut', word: `Take ${plural(units, 'it', 'them')} out of the plan` },
    also: choosePoints,
  }),
  UNITS_UNCERTAIN: ({ units }) => ({
    title: `${unitsAre(units)} uncertain: a newer point may exist`,
    detail: 'More may be lost than needs to be. Asking the service makes it certain.',
    action: { does: 'showUncertain', word: 'Show' },
  }),
  UNITS_LEFT_OUT: ({ units, names }) => ({
    title: `${unitsAre(units)} left out`,
    detail: `No point before the incident is known of ${namesInWords(names, units)}. ${plural(units, 'It is', 'They are')} not restored, and listed in the report.`,
    action: { does: 'showLeftOut', word: 'Show' },
  }),
  USERS_CAN_EDIT: ({ sites, drives }) => ({
    title: 'Users can keep editing while a site rolls back',
    detail: `Sites and OneDrives are not locked; edits made meanwhile are lost. Tell the ${formatList([
      ...(sites === 0 ? [] : [`owners of ${formatQuantity(sites, 'site')}`]),
      ...(drives === 0 ? [] : [formatQuantity(drives, 'OneDrive owner')]),
    ])} first.`,
  }),
  HOLDS_UNSEEN: () => ({
    title: 'Holds can’t be seen before',
    detail:
      'A unit under a preservation hold can fail in place; the session then says so, and a site can go to a new location.',
  }),
} satisfies Words;

/** The words for a finding. */
export function findingInWords(finding: Finding, context: FindingContext): FindingWords {
  // `words[code]` is a union of functions, each for its own finding; the map's type above is what ties the two together.
  const word = words[finding.code] as (finding: Finding, context: FindingContext) => FindingWords;
  return word(finding, context);
}

/** The word of a severity, beside its icon. */
export const severityWords: { readonly [S in Finding['severity']]: string } = {
  stop: 'Stops the start',
  warning: 'Warning',
  note: 'Note',
  ok: 'All right',
};
