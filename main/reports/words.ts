import type { Certainty } from '../../shared/contract/certainty.ts';
import type { Preference } from '../../shared/contract/plans.ts';
import { auditResultWords, toAuditResult } from '../../shared/domain/audit-words.ts';
import {
  type ArtifactGroup,
  type SessionStatus,
  toArtifactGroup,
  toSessionStatus,
} from '../../shared/domain/restore-session.ts';
import { toIso, type UtcSeconds } from '../../shared/domain/time.ts';
import type { ReportRow } from './report-data.ts';

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
  return verdictText(unit.newest, isOfFast(unit, preference) ? 'fast point' : 'point', timeZone);
}

/** Whether only fast points were compared: where there surely was none, the newest of any kind was taken. */
function isOfFast({ fast }: ReportRow['unit'], preference: Preference): boolean {
  return (
    preference === 'fast' && fast !== undefined && fast.is !== 'none' && !(fast.is === 'asShown' && fast.point === null)
  );
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
export const results = ['Failed', 'Not started', 'Left out: no point', 'In progress', 'Waiting', 'Restored'] as const;
export type Result = (typeof results)[number];

/** Whether a unit with this result was not restored, for whatever reason. */
export function isTrouble(result: Result): boolean {
  return result === 'Failed' || result === 'Not started' || result === 'Left out: no point';
}

const groupResults = {
  succeeded: 'Restored',
  failed: 'Failed',
  inProgress: 'In progress',
  waiting: 'Waiting',
} as const satisfies Record<ArtifactGroup, Result>;

/** What became of the unit. */
export function resultText({ unit, artifact }: ReportRow): Result {
  if (artifact !== undefined) return groupResults[toArtifactGroup(artifact.status)];
  if (unit.refused !== undefined) return 'Not started';
  return unit.chosen === undefined ? 'Left out: no point' : 'Not started';
}

/** Errors whose code says more than the service's own sentence, or that come without one. */
const errorTexts: { readonly [code: string]: string } = {
  UnknownError: 'the service gave no reason',
  ArtifactNotFound: 'the unit is no longer there',
  InvalidRestoreTime: 'the service had no point at this time any more',
  DuplicateArtifactRestoreRequest: 'another session was restoring this unit',
};

/** Why it failed: the service's own code, with its words or, where they say less, ours. */
export function reasonText({ unit, artifact }: ReportRow): string {
  const error = artifact?.error ?? unit.refused;
  if (error === undefined) return '';
  const text = errorTexts[error.code] ?? error.message;
  return text === '' ? error.code : `${error.code}: ${text}`;
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
