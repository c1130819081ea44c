import type { Plan } from '../../shared/contract/plans.ts';
import type { RestoreArtifact, RestoreSession } from '../../shared/contract/sessions.ts';
import { artifactReason } from '../../shared/domain/artifact-reason.ts';
import { hasSessionEnded, toArtifactGroup, toSessionStatus } from '../../shared/domain/restore-session.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import { formatCount, formatPart, formatQuantity } from '../ui/number.ts';
import { formatAgo, formatDuration, formatMoment } from '../ui/time/format.ts';
import { kindWords } from '../ui/unit-words.ts';

/** What a session's destination is called; another word of the service is shown as it came. */
export function destinationInWords(destination: string | undefined): string | undefined {
  switch (destination) {
    case undefined:
      return undefined;
    case 'inPlace':
      return 'in place';
    case 'new':
      return 'to a new location';
    default:
      return destination;
  }
}

/** `OneDrive, in place, to before Fri 20 Nov 14:05 EET`. Of another's session the incident is not known. */
export function sessionTitle(session: RestoreSession, plan: Plan | undefined, zone: string, now: UtcSeconds): string {
  const kind = session.kind === undefined ? 'Units of a kind that is not known' : kindWords[session.kind].many;
  const where = destinationInWords(session.destination ?? plan?.destination);
  const before =
    plan?.incidentAt === undefined
      ? undefined
      : `to before ${formatMoment(plan.incidentAt, plan.timeZone ?? zone, now)}`;
  return [kind, where, before].filter(part => part !== undefined).join(', ');
}

/** What became of an artifact, in one line. The service's own message is quoted where there is one. */
export function artifactResult(artifact: RestoreArtifact): string {
  const { error, restoredTo, restoredItemCount } = artifact;
  switch (toArtifactGroup(artifact.status)) {
    case 'failed':
      return artifactReason(error);
    case 'succeeded': {
      const items = restoredItemCount === undefined ? '' : `${formatQuantity(restoredItemCount, 'item')} restored`;
      if (restoredItemCount === 0) return 'Nothing had changed since the point: nothing was restored';
      // In place it went to where it was: its address would only take the room.
      if (restoredTo !== undefined && artifact.destination !== 'inPlace')
        return items === '' ? `Restored to ${restoredTo}` : `${items} to ${restoredTo}`;
      if (artifact.destination === 'new')
        return items === ''
          ? 'Restored; the service fills in where, up to 15 min later'
          : `${items}; the folder’s name comes later`;
      return items === '' ? 'Restored in place' : `${items} in place`;
    }
    case 'waiting':
      return 'waits for its turn in the service';
    case 'inProgress':
      return '–';
  }
}

/** Why nothing is asked of the service now, whatever is planned: main's next asking waits for it too. */
export type NotAsking = 'offline' | 'signedOut';

const notAskingWords: { readonly [N in NotAsking]: string } = {
  offline: 'nothing is asked while offline',
  signedOut: 'nothing is asked while signed out',
};

/**
 * Whether the frame above every page says already what holds a plan up, so that the page need not say it again.
 *
 * @param notAsking what the frame says
 */
export function isSaidByFrame(problem: Plan['problem'], notAsking: NotAsking | undefined): boolean {
  return (
    (problem?.code === 'SIGNED_OUT' && notAsking === 'signedOut') ||
    (problem?.code === 'OFFLINE' && notAsking === 'offline')
  );
}

/**
 * Whether what held a plan up is over already, though it was not yet tried again: it will be within a minute, by itself.
 *
 * @param notAsking why nothing can be asked of the service now, where that is so
 */
export function isOver(problem: Plan['problem'], notAsking: NotAsking | undefined): boolean {
  return notAsking === undefined && (problem?.code === 'SIGNED_OUT' || problem?.code === 'OFFLINE');
}

/** The title of a start that waits for what the frame says. */
export const waitingStartWords: { readonly [N in NotAsking]: string } = {
  offline: 'The start goes on once you are online.',
  signedOut: 'The start goes on once you have signed in.',
};

/**
 * `asked 12 s ago, next in 18 s`; of a session that has ended nothing more is asked.
 *
 * @param notAsking why nothing is asked of the service now, where that is so
 */
export function askedInWords(
  session: Pick<RestoreSession, 'askedAt' | 'nextAskAt' | 'status'>,
  now: UtcSeconds,
  notAsking: NotAsking | undefined,
): string {
  const asked = `asked ${formatDuration(now - session.askedAt)} ago`;
  if (hasSessionEnded(session.status)) return asked;
  if (notAsking !== undefined) return `last ${asked}; ${notAskingWords[notAsking]}`;
  return session.nextAskAt === undefined
    ? asked
    : session.nextAskAt <= now
      ? `${asked}, being asked now`
      : `${asked}, next in ${formatDuration(session.nextAskAt - now)}`;
}

/** `Retry failed only (6 of all kinds)…`: what a retry takes in, which is more than the kind that is shown. */
export function retryInWords(failed: number, sessions: number): string {
  return `Retry failed only (${formatCount(failed)}${sessions > 1 ? ' of all kinds' : ''})…`;
}

/** When a session was started: with its plan, where it has one, so that list and session say the same; absent where nobody says. */
export function startedAt(
  session: Pick<RestoreSession, 'createdAt'>,
  plan: Pick<Plan, 'startedAt'> | undefined,
): UtcSeconds | undefined {
  return plan?.startedAt ?? session.createdAt;
}

/** What has come to its end, of which some may have failed, is "ended"; "done" only where none has. */
export function endedWord({ failed }: Pick<RestoreSession['counts'], 'failed'>): 'ended' | 'done' {
  return failed > 0 ? 'ended' : 'done';
}

/** `12 of 13 ended, 1 failed`, or `13 of 13 done`. */
export function progressInWords(counts: RestoreSession['counts']): string {
  const part = formatPart(counts.succeeded + counts.failed, counts.total);
  const failed = counts.failed > 0 ? `, ${formatQuantity(counts.failed, 'failed', 'failed')}` : '';
  return `${part} ${endedWord(counts)}${failed}`;
}

/** `done; started 2 h 42 min ago`, or `done 12:10 CET, 3 h 14 min after the start`: what stands behind "3 of 3". */
export function lengthInWords(session: RestoreSession, plan: Plan | undefined, zone: string, now: UtcSeconds): string {
  const from = startedAt(session, plan);
  const word = endedWord(session.counts);
  if (from === undefined) return word;
  if (session.endedAt !== undefined)
    return `${word} ${formatMoment(session.endedAt, zone, now)}, ${formatDuration(session.endedAt - from)} after the start`;
  return toSessionStatus(session.status) === 'draft' || hasSessionEnded(session.status)
    ? word
    : `${word}; started ${formatAgo(from, now)}`;
}
