/** Restore sessions: a draft is changed, activated or deleted; from there on it is what its artifacts are. */
import { days, seconds } from '../../instant.ts';
import type { Move } from './move.ts';

export type SessionStatus = 'draft' | 'activating' | 'active' | 'completed' | 'completedWithError' | 'failed';

/** Each status and those that can follow it. */
export const sessionStates = {
  draft: ['activating'],
  activating: ['active', 'completed', 'completedWithError', 'failed'],
  active: ['completed', 'completedWithError', 'failed'],
  completed: [],
  completedWithError: [],
  failed: [],
} as const satisfies Readonly<Record<SessionStatus, readonly SessionStatus[]>>;

const draftOnly = { from: ['draft'], refused: { status: 403, code: 'RestoreSessionActionNotAllowed' } } as const;

export const sessionMoves = {
  patch: draftOnly,
  addBulkRequest: draftOnly,
  activate: draftOnly,
  delete: draftOnly,
} as const satisfies Readonly<Record<string, Move>>;

/** How long a session stays `activating`. */
export const activatingTakes = seconds(25);

/**
 * Artifacts taken out of a draft are being deleted this long. A session deleted meanwhile is answered 500
 * `IncompleteArtifactDeletion`, which passes.
 */
export const artifactDeletionTakes = seconds(10);

/** Sessions are forgotten so long after their end. */
export const sessionKept = days(365);

/** Sessions that may be under way at a time. */
export const mostActiveSessions = 25;

export const isUnderWay = (status: string): boolean => status === 'activating' || status === 'active';
