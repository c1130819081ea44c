/**
 * What the audit can say was done: every code that main writes, with its plain words. A code without words does not compile
 * where a row is written; a code of a newer version, read from disk, stands as it is.
 */
const auditWords = {
  'plan.start': 'Restore ordered',
  'restoreSession.create': 'Restore session drafted',
  'restoreSession.add': 'Units added to the draft',
  'restoreSession.verify': 'Draft compared with the plan',
  'restoreSession.activate': 'Restore session started',
  'restoreSession.discard': 'Draft deleted',
  'tenant.setReadOnly': 'Tenant set read-only',
  'tenant.allowChanges': 'Changes to the tenant allowed again',
  'tenant.setAccess': 'Tenant given another account or application',
  'restoreSession.sweep': 'Left-over drafts looked for and deleted',
  'protectionPolicy.create': 'Protection policy created',
  'protectionPolicy.rename': 'Protection policy renamed',
  'protectionPolicy.addUnits': 'Units added to a protection policy',
  'protectionPolicy.removeUnits': 'Units removed from a protection policy',
  'protectionPolicy.addByJob': 'Bulk addition job created',
  'protectionPolicy.activate': 'Protection policy activated',
  'protectionPolicy.deactivate': 'Protection policy deactivated',
  'protectionPolicy.delete': 'Protection policy deleted',
  'inclusionRule.create': 'Inclusion rule created',
  'inclusionRule.update': 'Inclusion rule given other groups',
  'inclusionRule.run': 'Inclusion rule run again',
  'inclusionRule.delete': 'Inclusion rule deleted',
  'inclusionRule.deleteAndUnprotect': 'Inclusion rule deleted, its units unprotected',
  'emailNotifications.update': 'E-mail notifications of the service changed',
  'protectionUnit.offboard': 'Deletion of a unit’s backups asked for',
  'protectionUnit.cancelOffboard': 'Deletion of a unit’s backups cancelled',
  'serviceApp.register': 'Service app registered',
  'serviceApp.activate': 'Control of Backup Storage asked for',
  'serviceApp.cancelTakeover': 'Pending takeover of control cancelled',
  'serviceApp.unregister': 'Service app unregistered',
  'service.enable': 'Backup Storage enabled',
} as const;

export type AuditCode = keyof typeof auditWords;

export const auditCodes = Object.keys(auditWords) as readonly AuditCode[];

/** What was done, in plain words; a code that has none stands as it is. */
export function auditWordsOf(what: string): string {
  return isAuditCode(what) ? auditWords[what] : what;
}

export function isAuditCode(what: string): what is AuditCode {
  return Object.hasOwn(auditWords, what);
}

/** How a change ended. `recorded`: the row keeps no answer, as nothing was asked of the service. */
export const auditResults = ['done', 'refused', 'notDone', 'unknown', 'recorded'] as const;
export type AuditResult = (typeof auditResults)[number];

const resultsByOutcome: ReadonlyMap<string, AuditResult> = new Map([
  ['done', 'done'],
  ['refused', 'refused'],
  ['undone', 'notDone'],
  ['nothing-done', 'notDone'],
  ['unknown', 'unknown'],
]);

const resultWords: { readonly [R in AuditResult]: string } = {
  done: 'Done',
  refused: 'Refused',
  notDone: 'Not done',
  unknown: 'No sure answer',
  recorded: 'Recorded',
};

/** A result, the service's code where it gave one, and whether it was found out by reading, as no sure answer had come. */
interface ToldResult {
  readonly is: AuditResult;
  readonly code?: string | undefined;
  readonly foundByReading?: true | undefined;
}

/** The result that a row's `after` tells by its `outcome`, with the service's code where it gives one. */
export function toAuditResult(after: unknown): ToldResult {
  if (!isRecord(after) || typeof after['outcome'] !== 'string') return { is: 'recorded' };
  const is = resultsByOutcome.get(after['outcome']) ?? 'recorded';
  const code = codeOf(after) ?? codeOf(after['refusal']);
  return {
    is,
    ...(code === undefined ? {} : { code }),
    ...(after['settledBy'] === 'reading' ? { foundByReading: true as const } : {}),
  };
}

/** `Refused: accessDenied` */
export function auditResultWords({ is, code, foundByReading }: ToldResult): string {
  const result = `${resultWords[is]}${foundByReading === undefined ? '' : ', found by reading'}`;
  return code === undefined ? result : `${result}: ${code}`;
}

function codeOf(facts: unknown): string | undefined {
  return isRecord(facts) && typeof facts['code'] === 'string' ? facts['code'] : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
