/** The restore sessions of one tenant and their artifacts, as records; their state is told by `session-state.ts`. */
import type { Ticks } from '../instant.ts';
import type { UnitKind } from '../world/units.ts';
import type { Journal } from './journal.ts';
import type { RestoreRun } from './restore-run.ts';

export interface Identity {
  readonly id: string;
  readonly displayName?: string;
  readonly email?: string;
}

export interface IdentitySet {
  readonly application?: Identity;
  readonly user?: Identity;
}

export interface Artifact {
  readonly id: string;
  readonly sessionId: string;
  readonly unitId: string;
  readonly pointId: string;
  readonly pointAt: Ticks;
  readonly pointExpiresAt: Ticks;
  readonly isFastPoint: boolean;
  readonly destinationType: 'new' | 'inPlace';
  /** One item of a browse session. */
  readonly item?: {
    readonly browseSessionId: string;
    readonly itemKey: string;
    readonly name: string;
    readonly webUrl: string;
    /** Put in place with a status of its own. */
    readonly status?: string;
  };
  /** All messages that a search found. */
  readonly search?: { readonly searchResponseId: string; readonly hits: number };
  /** Put in place by hand: what its restore is told to have made. */
  readonly made?: Readonly<Record<string, string | number>>;
  /** Since its session was activated. */
  readonly run?: RestoreRun;
}

export interface Session {
  readonly id: string;
  readonly kind: UnitKind;
  readonly jobType: string;
  readonly createdAt: Ticks;
  readonly createdBy: IdentitySet;
  readonly lastModifiedAt: Ticks;
  readonly lastModifiedBy: IdentitySet;
  /** A draft has none. */
  readonly activatedAt?: Ticks;
  /** A draft: artifacts taken out of it are being deleted until then. */
  readonly artifactsGoneAt?: Ticks;
  /** Bulk: no artifact is known before this. */
  readonly resolvedAt?: Ticks;
  /** Set only on sessions put in place in a state that does not follow from their artifacts. */
  readonly pinned?: { readonly status: string; readonly completedAt?: Ticks };
}

export interface SessionStore {
  /** Newest first. */
  list(): readonly Session[];
  find(id: string): Session | undefined;
  listArtifacts(sessionId: string): readonly Artifact[];
  /** A session and, of its artifacts, those that are new or changed: kept together or not at all. */
  put(session: Session, artifacts?: readonly Artifact[]): void;
  removeArtifacts(sessionId: string, artifactIds: readonly string[]): void;
  /** With its artifacts. */
  remove(sessionId: string): void;
  /** Is some artifact of a started session restoring this unit now? */
  isRestoring(unitId: string, now: Ticks): boolean;
}

export const createSessionStore = (tenantId: string, journal: Journal): SessionStore => {
  const sessionsKeptAs = `session ${tenantId}`;
  const artifactsKeptAs = `artifact ${tenantId}`;
  const sessions = new Map<string, Session>(journal.read<Session>(sessionsKeptAs));
  const artifacts = new Map<string, Map<string, Artifact>>();
  /** Until when a unit is being restored. */
  const busyUntil = new Map<string, Ticks>();
  const artifactsOf = (sessionId: string): Map<string, Artifact> => {
    const known = artifacts.get(sessionId) ?? new Map<string, Artifact>();
    artifacts.set(sessionId, known);
    return known;
  };
  const file = (artifact: Artifact): void => {
    artifactsOf(artifact.sessionId).set(artifact.id, artifact);
    const { run, unitId } = artifact;
    // An artifact that never starts keeps nobody else from the unit.
    if (run?.startAt !== undefined) busyUntil.set(unitId, Math.max(run.endAt, busyUntil.get(unitId) ?? run.endAt));
  };
  for (const artifact of journal.read<Artifact>(artifactsKeptAs).values()) file(artifact);

  return {
    list: () => [...sessions.values()].sort((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? -1 : 1)),
    find: id => sessions.get(id) ?? sessions.get(id.toLowerCase()),
    listArtifacts: sessionId => [...(artifacts.get(sessionId)?.values() ?? [])],
    put: (session, changed = []) => {
      sessions.set(session.id, session);
      for (const artifact of changed) file(artifact);
      journal.putAll([
        { kind: sessionsKeptAs, key: session.id, value: session },
        ...changed.map(artifact => ({ kind: artifactsKeptAs, key: artifact.id, value: artifact })),
      ]);
    },
    removeArtifacts: (sessionId, artifactIds) => {
      for (const id of artifactIds) {
        artifactsOf(sessionId).delete(id);
        journal.remove(artifactsKeptAs, id);
      }
    },
    remove: sessionId => {
      for (const id of artifactsOf(sessionId).keys()) journal.remove(artifactsKeptAs, id);
      artifacts.delete(sessionId);
      sessions.delete(sessionId);
      journal.remove(sessionsKeptAs, sessionId);
    },
    isRestoring: (unitId, now) => now < (busyUntil.get(unitId) ?? Number.NEGATIVE_INFINITY),
  };
};
