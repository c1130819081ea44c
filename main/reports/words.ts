import type { Certainty } from '../../shared/contract/certainty.ts';
import { toIso, type UtcSeconds } from '../../shared/domain/time.ts';
import { toArtifactGroup } from '../../shared/domain/restore-session.ts';
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

/** How certain it was that the chosen point is the newest before the incident. */
export function certaintyText({ unit }: ReportRow, timeZone: string | undefined): string {
  if (unit.chosenBy === 'hand') return 'chosen by hand';
  return verdictText(unit.newest, timeZone);
}

function verdictText(certainty: Certainty, timeZone: string | undefined): string {
  switch (certainty.is) {
    case 'exact':
      return 'exact: no newer point existed';
    case 'asShown':
      return `as shown at ${timeText(certainty.askedAt, timeZone)}`;
    case 'atLeast':
      return 'at least: a newer point may have existed';
    case 'none':
      return 'no point existed before the incident';
    case 'notAsked':
      return 'never asked';
  }
}

/** What became of the unit, in one word or two. */
export function resultText({ unit, artifact }: ReportRow): string {
  if (artifact !== undefined) {
    const group = toArtifactGroup(artifact.status);
    return { succeeded: 'Restored', failed: 'Failed', inProgress: 'In progress', waiting: 'Waiting' }[group];
  }
  if (unit.refused !== undefined) return 'Not started';
  return unit.chosen === undefined ? 'Left out: no point' : 'Not started';
}

/** Why it failed, as the service said it. */
export function reasonText({ unit, artifact }: ReportRow): string {
  const error = artifact?.error ?? unit.refused;
  if (error === undefined) return '';
  return error.message === '' ? error.code : `${error.code}: ${error.message}`;
}

export const kindText = { site: 'Site', drive: 'OneDrive', mailbox: 'Mailbox' } as const;
