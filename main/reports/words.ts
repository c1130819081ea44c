import type { Certainty } from '../../shared/contract/certainty.ts';
import type { AppError } from '../../shared/contract/errors.ts';
import type { Preference } from '../../shared/contract/plans.ts';
import { artifactReason, NO_REASON } from '../../shared/domain/artifact-reason.ts';
import { auditResultWords, toAuditResult } from '../../shared/domain/audit-words.ts';
import { isDecidedByFast } from '../../shared/domain/fast-preference.ts';
import {
  type ArtifactGroup,
  type SessionStatus,
  toArtifactGroup,
  toSessionStatus,
} from '../../shared/domain/restore-session.ts';
import { toIso, type UtcSeconds } from '../../shared/domain/time.ts';
import type { ReportData, ReportRow } from './report-data.ts';

/** A time as a report writes it: UTC in full, so that it means the same to every reader; the tenant's zone beside it where known. */
export function timeText(at: UtcSeconds | undefined, timeZone: string | undefined): string {
  if (at === undefined) return '';
  const utc = toIso(at).replace('T', ' ').replace('Z', ' UTC');
  if (timeZone === undefined || timeZone === 'UTC') return utc;
  const local = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    day: '2-digit',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
  }).format(new Date(at * 1000));
  return `${utc} (${local})`;
}

/** A length of time in words, cut to its two largest units: `2 d 14 h`, `22 min`. */
export function durationText(seconds: number): string {
  const parts = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor(seconds / 3_600) % 24, 'h'],
    [Math.floor(seconds / 60) % 60, 'min'],
    [seconds % 60, 's'],
  ] as const;
  const from = parts.findIndex(([count]) => count > 0);
  if (from === -1) return '0 s';
  return parts
    .slice(from, from + 2)
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(' ');
}

/** How certain it was that the chosen point is the newest before the incident; where fast points were preferred, the newest fast one. */
export function certaintyText({ unit }: ReportRow, preference: Preference, timeZone: string | undefined): string {
  if (unit.chosenBy === 'hand') return 'chosen by hand';
  return verdictText(unit.newest, isDecidedByFast(unit.fast, preference) ? 'fast point' : 'point', timeZone);
}

function verdictText(certainty: Certainty, noun: string, timeZone: string | undefined): string {
  switch (certainty.is) {
    case 'exact':
      return `exact: no newer ${noun} existed`;
    case 'asShown':
      return `as shown at ${timeText(certainty.askedAt, timeZone)}`;
    case 'atLeast':
      return `at least: a newer ${noun} may have existed`;
    case 'none':
      return 'no point existed before the incident';
    case 'notAsked':
      return noun === 'point' ? 'never asked' : 'never asked about fast points';
  }
}

/** What may become of a unit, in one word or two: what the reader has to act on first. */
export const results = [
  'Failed',
  'Not started',
  'Left out: no point',
  'Not known here',
  'In progress',
  'Waiting',
  'Restored',
] as const;
export type Result = (typeof results)[number];

/** Whether somebody has to look after a unit with this result: it was not restored, or nobody here knows. */
export function isTrouble(result: Result): boolean {
  return results.indexOf(result) <= results.indexOf('Not known here');
}

const groupResults = {
  succeeded: 'Restored',
  failed: 'Failed',
  inProgress: 'In progress',
  waiting: 'Waiting',
} as const satisfies Record<ArtifactGroup, Result>;

/**
 * What became of the unit. That the catalog knows no artifact of it does not say that there is none: of what was sent, only the
 * service's refusal says that a unit was not started.
 */
export function resultText({ unit, artifact }: ReportRow, { plan, sessions }: ReportFacts): Result {
  if (artifact !== undefined) return groupResults[toArtifactGroup(artifact.status)];
  if (unit.refused !== undefined || plan.status === 'draft') return 'Not started';
  if (unit.chosen === undefined) return 'Left out: no point';
  // Nothing is activated that is not on disk as a session of the plan before.
  return plan.status === 'starting' && sessions.length === 0 ? 'Waiting' : 'Not known here';
}

type ReportFacts = Pick<ReportData, 'plan' | 'sessions'>;

/** Why it failed: the service's own code and words, with ours where they say more; or why it is not known. */
export function reasonText(row: ReportRow, facts: ReportFacts): string {
  const result = resultText(row, facts);
  if (result === 'Not known here')
    return facts.sessions.some(({ unread }) => unread !== undefined)
      ? 'its session was not read'
      : 'no session of this restore names it';
  const error = row.artifact === undefined ? row.unit.refused : row.artifact.error;
  if (error === undefined) return result === 'Failed' ? NO_REASON : '';
  const reason = artifactReason(error);
  return reason === error.code ? reason : `${error.code}: ${reason}`;
}

/** Why a session was not read, or not read anew, as the end of a sentence. */
export function whyUnreadText(why: AppError | undefined): string {
  if (why === undefined) return 'its artifacts are not known to their end';
  switch (why.code) {
    case 'OFFLINE':
      return 'Backstop was offline';
    case 'SIGNED_OUT':
      return 'nobody was signed in';
    case 'SESSION_NOT_FOUND':
      return 'the service does not list it; it keeps a session for one year after its end';
    case 'ABORTED':
      return 'the service took too long to answer';
    case 'THROTTLED':
      return 'the service asked to wait';
    case 'GRAPH_REFUSED':
      return `the service refused: ${why.graphCode}`;
    default:
      return why.code;
  }
}

/** What a restore session came to. A status that this version does not know stands as it came. */
export function statusText(status: string): string {
  const known = toSessionStatus(status);
  return known === undefined ? status : statusTexts[known];
}

const statusTexts: { readonly [S in SessionStatus]: string } = {
  draft: 'draft, not started',
  activating: 'being started',
  active: 'running',
  completed: 'completed',
  completedWithError: 'completed, some failed',
  failed: 'failed',
};

/** How a change ended, as the audit keeps it beside it; empty where it keeps nothing of the kind. */
export function outcomeText(after: unknown): string {
  const result = toAuditResult(after);
  return result.is === 'recorded' ? '' : auditResultWords(result);
}

export const kindText = { site: 'Site', drive: 'OneDrive', mailbox: 'Mailbox' } as const;
