/**
 * Graph's own statuses of sessions and artifacts, and what they mean to a technician. A status that is not listed here is kept
 * and shown as it came; it counts as running, since nothing says that it has ended.
 */

/** `restoreSessionStatus`, each with the statuses that may follow it. Note the singular of `completedWithError`. */
export const sessionMoves = {
  draft: ['activating'],
  activating: ['active'],
  active: ['completed', 'completedWithError', 'failed'],
  completed: [],
  completedWithError: [],
  failed: [],
} as const satisfies Record<string, readonly string[]>;

export type SessionStatus = keyof typeof sessionMoves;

const byLowerCase = new Map(Object.keys(sessionMoves).map(status => [status.toLowerCase(), status as SessionStatus]));

/** Documentation examples write `Completed` and `CompletedWithErrors`; the service's spelling is found in any letter case. */
export function toSessionStatus(text: string): SessionStatus | undefined {
  const lower = text.toLowerCase();
  return byLowerCase.get(lower) ?? (lower === 'completedwitherrors' ? 'completedWithError' : undefined);
}

/** Whether the session has ended. Unknown statuses have not: they are asked about again. */
export function hasSessionEnded(status: string): boolean {
  const known = toSessionStatus(status);
  return known !== undefined && sessionMoves[known].length === 0;
}

/** Whether the session counts against the service's 25 active ones and holds its units. */
export function isSessionActive(status: string): boolean {
  return toSessionStatus(status) !== 'draft' && !hasSessionEnded(status);
}

/** What a technician counts artifacts by. */
export const artifactGroups = ['failed', 'inProgress', 'waiting', 'succeeded'] as const;
export type ArtifactGroup = (typeof artifactGroups)[number];

/** `artifactRestoreStatus` by what it means; an unknown status (the service has been seen to say `unknown`) counts as in progress. */
export function toArtifactGroup(status: string): ArtifactGroup {
  switch (status.toLowerCase()) {
    case 'succeeded':
      return 'succeeded';
    case 'failed':
      return 'failed';
    case 'added':
    case 'scheduling':
    case 'scheduled':
      return 'waiting';
    default:
      return 'inProgress';
  }
}

/** Limits of the service, by its documentation. */
export const restoreLimits = {
  /** Artifacts a create or a PATCH may carry. */
  artifactsPerRequest: 50,
  /** Sessions that may be active at a time; above `advisedSessions` Microsoft warns of slower restores. */
  activeSessions: 25,
  advisedSessions: 5,
  /** Artifacts restoring at a time, a workload; above `advisedArtifacts` Microsoft warns. */
  artifactsPerWorkload: 1_000,
  advisedArtifacts: 100,
} as const;
