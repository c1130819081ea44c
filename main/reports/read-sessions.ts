import type { AppError } from '../../shared/contract/errors.ts';
import type { RestoreSession } from '../../shared/contract/sessions.ts';
import type { UnitKind } from '../../shared/domain/protection-unit.ts';
import { hasSessionEnded } from '../../shared/domain/restore-session.ts';
import type { Catalog } from '../catalog/index.ts';
import { toAppError } from '../failures.ts';

/** Reads a tenant's restore sessions, and the artifacts of one, from the service into the catalog. */
export interface SessionsReading {
  refresh(tenantId: string, signal?: AbortSignal): Promise<unknown>;
  /** Reads the artifacts from the service first where they are not known in full. */
  listArtifacts(
    question: {
      readonly tenantId: string;
      readonly sessionId: string;
      readonly window: { readonly offset: number; readonly limit: number };
    },
    signal?: AbortSignal,
  ): Promise<unknown>;
}

export interface ReadingSource {
  readonly catalog: {
    readonly plans: Pick<Catalog['plans'], 'sessionsOf'>;
    readonly sessions: Pick<Catalog['sessions'], 'find' | 'artifactsComplete'>;
  };
  readonly reading: SessionsReading;
  readonly isOnline: () => boolean;
  /** Ends the reading of one report: a service that lets one wait must not keep the report back. */
  readonly patience: () => AbortSignal;
}

/** A session of the plan as the catalog knows it once it was read as far as it could be. */
export interface PlanSession {
  readonly id: string;
  readonly kind: UnitKind;
  /** Absent where the catalog does not know the session. */
  readonly session?: RestoreSession;
  /** Absent where all of its artifacts are known, of an ended one to their end; else why not, where that is known. */
  readonly unread?: { readonly why?: AppError };
}

export interface PlanSessions {
  readonly sessions: readonly PlanSession[];
  /** Why the sessions could not be asked about anew though some had not ended when last read. */
  readonly notAsked?: AppError;
}

/**
 * The sessions of a plan. What the catalog does not know of them is read from the service first; where that can't be done the
 * report is made all the same, and each session says that it was not read.
 *
 * @throws AppFailure where the catalog can't be read; the signal's reason where the caller gives up
 */
export async function readSessionsOfPlan(
  source: ReadingSource,
  { tenantId, planId }: { readonly tenantId: string; readonly planId: string },
  signal?: AbortSignal,
): Promise<PlanSessions> {
  const { catalog, reading, isOnline } = source;
  const links = await catalog.plans.sessionsOf(planId);
  const limit = signal === undefined ? source.patience() : AbortSignal.any([signal, source.patience()]);
  /** What kept the service from being read, where that is no fault of this program. */
  const attempt = async (work: () => Promise<unknown>): Promise<AppError | undefined> => {
    signal?.throwIfAborted();
    try {
      if (!isOnline()) return { code: 'OFFLINE' };
      if (limit.aborted) return { code: 'ABORTED' };
      await work();
      return undefined;
    } catch (error) {
      signal?.throwIfAborted();
      const known = toAppError(error, { tenantId });
      // Whoever waits too long is told so, whatever the wait was cut into.
      if (limit.aborted) return { code: 'ABORTED' };
      if (known === undefined) throw error;
      return known;
    }
  };

  const before = await Promise.all(links.map(({ sessionId }) => catalog.sessions.find(tenantId, sessionId)));
  const notAsked = before.every(session => session !== undefined && hasSessionEnded(session.status))
    ? undefined
    : await attempt(() => reading.refresh(tenantId, limit));

  const sessions: PlanSession[] = [];
  for (const { sessionId, kind } of links) {
    const refused = await attempt(() =>
      reading.listArtifacts({ tenantId, sessionId, window: { offset: 0, limit: 1 } }, limit),
    );
    const session = await catalog.sessions.find(tenantId, sessionId);
    const isRead =
      session !== undefined && !isBehind(session) && (await catalog.sessions.artifactsComplete(tenantId, sessionId));
    // Of a session that is missing because the list could not be read, that says more than that it is missing.
    const why = session === undefined ? (notAsked ?? refused) : refused;
    sessions.push({
      id: sessionId,
      kind,
      ...(session === undefined ? {} : { session }),
      ...(isRead ? {} : { unread: why === undefined ? {} : { why } }),
    });
  }
  return { sessions, ...(notAsked === undefined ? {} : { notAsked }) };
}

/** Whether the session has ended and some of its artifacts have not, as last read. */
function isBehind({ status, counts }: RestoreSession): boolean {
  return hasSessionEnded(status) && counts.inProgress + counts.waiting > 0;
}
