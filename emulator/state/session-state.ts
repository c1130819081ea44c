/** What state a restore session is in at a moment: an aggregate of its artifacts. */
import type { Ticks } from '../instant.ts';
import { activatingTakes, sessionKept } from './machines/session-machine.ts';
import type { SessionStatus } from './machines/session-machine.ts';
import { artifactStatusAt } from './restore-run.ts';
import type { Artifact, Session } from './session-store.ts';

interface ArtifactCounts {
  readonly total: number;
  readonly inProgress: number;
  readonly completed: number;
  readonly failed: number;
}

export interface SessionState {
  /** A {@link SessionStatus}, or whatever a session was put in place with. */
  readonly status: string;
  readonly counts: ArtifactCounts;
  readonly completedAt?: Ticks;
}

const countsOf = (artifacts: readonly Artifact[], isStarted: boolean, now: Ticks): ArtifactCounts => {
  const counts = { total: artifacts.length, inProgress: 0, completed: 0, failed: 0 };
  for (const { run } of artifacts) {
    const status = artifactStatusAt(run, now);
    if (status === 'succeeded') counts.completed += 1;
    else if (status === 'failed') counts.failed += 1;
    else if (isStarted) counts.inProgress += 1;
  }
  return counts;
};

export const sessionStateAt = (session: Session, artifacts: readonly Artifact[], now: Ticks): SessionState => {
  const { activatedAt, pinned } = session;
  const counts = countsOf(artifacts, activatedAt !== undefined, now);
  if (pinned !== undefined) {
    const { status, completedAt } = pinned;
    return { status, counts, ...(completedAt === undefined ? {} : { completedAt }) };
  }
  if (activatedAt === undefined) return { status: 'draft', counts };
  if (now < activatedAt + activatingTakes) return { status: 'activating', counts };
  const isResolving = session.resolvedAt !== undefined && now < session.resolvedAt;
  if (isResolving || counts.inProgress > 0) return { status: 'active', counts };
  if (session.resolvedAt !== undefined && artifacts.length === 0) {
    return { status: 'failed', counts, completedAt: session.resolvedAt };
  }
  const lastEnd = artifacts.reduce((latest, { run }) => Math.max(latest, run?.endAt ?? latest), activatedAt);
  const status: SessionStatus =
    counts.failed === 0 ? 'completed' : counts.completed === 0 ? 'failed' : 'completedWithError';
  return { status, counts, completedAt: Math.max(lastEnd, activatedAt + activatingTakes) };
};

/** Ended more than a year ago: the service tells of it no more. */
export const isForgotten = (state: SessionState, now: Ticks): boolean =>
  state.completedAt !== undefined && now >= state.completedAt + sessionKept;
