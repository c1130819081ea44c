import type { UnitKind } from '../../../shared/domain/protection-unit.ts';
import {
  type Answer,
  type DeltaFailure,
  type FetchedArtifact,
  type FetchedSession,
  GraphError,
  type Page,
} from '../../graph/index.ts';
import type { RestoreCalls } from '../restore-calls.ts';

/** Who made a session, as the service tells it. */
export interface ModelMaker {
  readonly userId: string;
  readonly userEmail: string;
  readonly applicationId: string;
}

interface ModelSession {
  readonly id: string;
  readonly kind: UnitKind;
  readonly maker: ModelMaker;
  status: string;
  artifacts: { id: string; restorePointId: string; destinationType: 'new' | 'inPlace' }[];
}

/**
 * What a request meets on its way: nothing done, done but the answer lost, a plain refusal to listen right now, or one for good; or a part
 * of the service that is behind, and knows no such session, or only the draft that it was.
 */
export type Fault =
  | 'dropBefore'
  | 'dropAfter'
  | 'gatewayTimeout'
  | 'throttledOut'
  | 'forbidden'
  | 'notFound'
  | 'staleDraft';
export type CallName = Exclude<keyof RestoreCalls, 'pointExists' | 'unitsOfPoints'>;

/** A small model of restore sessions: drafts, activation once, and what was really restored. */
export class ModelService implements RestoreCalls {
  readonly sessions = new Map<string, ModelSession>();
  /** Every artifact that began to restore, in order. */
  readonly restored: string[] = [];
  /** Points that the service does not know (any more). */
  readonly gone = new Set<string>();
  /** Points that fail alone inside a change's answer. */
  readonly failsAlone = new Set<string>();
  /** What the answer of a change says of points that failed alone. */
  toFailures: (restorePointIds: readonly string[]) => DeltaFailure[] = points =>
    points.map(() => ({ code: 'ArtifactNotFound', message: 'gone', graph: {} }));
  /** Called before each request; may give it a fault. */
  onCall: (call: CallName) => Fault | undefined = () => undefined;
  #next = 1;
  readonly #us: ModelMaker;

  constructor(us: ModelMaker) {
    this.#us = us;
  }

  /** A draft of somebody, put in place. */
  place(
    kind: UnitKind,
    maker: ModelMaker,
    restorePointIds: readonly string[],
    destinationType: 'new' | 'inPlace',
  ): string {
    const id = `session-${this.#next++}`;
    this.sessions.set(id, { id, kind, maker, status: 'draft', artifacts: [] });
    this.#add(
      id,
      restorePointIds.map(restorePointId => ({ restorePointId, destinationType })),
    );
    return id;
  }

  drafts(): ModelSession[] {
    return [...this.sessions.values()].filter(({ status }) => status === 'draft');
  }

  async *listSessions(): AsyncGenerator<FetchedSession> {
    const all = await this.#request('listSessions', 'read', () => [...this.sessions.values()].map(toFetched));
    yield* all.value;
  }

  getSession: RestoreCalls['getSession'] = (_tenantId, sessionId) =>
    this.#request('getSession', 'read', fault => {
      const session = toFetched(this.#find(sessionId));
      return fault === 'staleDraft' ? { ...session, status: 'draft' } : session;
    });

  async *listArtifacts(
    _tenantId: string,
    _kind: UnitKind,
    sessionId: string,
  ): AsyncGenerator<Answer<Page<FetchedArtifact>>> {
    yield await this.#request('listArtifacts', 'read', () => ({
      items: this.#find(sessionId).artifacts.map(artifact => ({ ...artifact, status: 'added', graph: {} })),
      unreadable: [],
      annotations: {},
    }));
  }

  createSession: RestoreCalls['createSession'] = (_tenantId, kind, artifacts) =>
    this.#request('createSession', 'write', () => {
      if (artifacts.some(({ restorePointId }) => this.gone.has(restorePointId)))
        throw refusal(400, 'InvalidRestorePoint');
      const id = `session-${this.#next++}`;
      this.sessions.set(id, { id, kind, maker: this.#us, status: 'draft', artifacts: [] });
      this.#add(id, artifacts);
      return toFetched(this.#find(id));
    });

  updateSession: RestoreCalls['updateSession'] = (_tenantId, _kind, sessionId, { add = [] }) =>
    this.#request('updateSession', 'write', () => {
      const session = this.#find(sessionId);
      if (session.status !== 'draft') throw refusal(403, 'RestoreSessionActionNotAllowed');
      if (add.some(({ restorePointId }) => this.gone.has(restorePointId))) throw refusal(400, 'InvalidRestorePoint');
      const there = new Set(session.artifacts.map(({ restorePointId }) => restorePointId));
      if (add.some(({ restorePointId }) => there.has(restorePointId))) throw refusal(400, 'DuplicateArtifactInList');
      const failing = add.filter(({ restorePointId }) => this.failsAlone.has(restorePointId));
      this.#add(
        sessionId,
        add.filter(({ restorePointId }) => !this.failsAlone.has(restorePointId)),
      );
      return {
        artifacts: [],
        removedIds: [],
        failures: this.toFailures(failing.map(({ restorePointId }) => restorePointId)),
        unreadable: [],
        graph: {},
      };
    });

  activateSession: RestoreCalls['activateSession'] = (_tenantId, sessionId) =>
    this.#request('activateSession', 'write', () => {
      const session = this.#find(sessionId);
      if (session.status !== 'draft') throw refusal(403, 'RestoreSessionActionNotAllowed');
      this.activateByHand(sessionId);
      return toFetched(session);
    });

  /** Starts a session without our asking, as somebody may in another tool. */
  activateByHand(sessionId: string): void {
    const session = this.#find(sessionId);
    session.status = 'activating';
    this.restored.push(...session.artifacts.map(({ restorePointId }) => restorePointId));
  }

  deleteSession: RestoreCalls['deleteSession'] = (_tenantId, sessionId) =>
    this.#request('deleteSession', 'write', () => {
      if (this.#find(sessionId).status !== 'draft') throw refusal(403, 'RestoreSessionActionNotAllowed');
      this.sessions.delete(sessionId);
    });

  pointExists: RestoreCalls['pointExists'] = async (_tenantId, restorePointId) => !this.gone.has(restorePointId);

  unitsOfPoints: RestoreCalls['unitsOfPoints'] = async () => new Map();

  async #request<T>(
    call: CallName,
    effect: 'read' | 'write',
    work: (fault: Fault | undefined) => T,
  ): Promise<Answer<T>> {
    const fault = this.onCall(call);
    if (fault === 'forbidden') throw refusal(403, 'Forbidden');
    if (fault === 'notFound') throw refusal(404, 'RestoreSessionNotFound');
    if (fault === 'throttledOut') throw failure(429, 'TooManyRequests', 'nothing-done');
    if (fault === 'dropBefore') throw failure(0, 'clientNetworkLost', effect === 'write' ? 'unknown' : 'nothing-done');
    const value = work(fault);
    if (fault === 'dropAfter') throw failure(0, 'clientNetworkLost', effect === 'write' ? 'unknown' : 'nothing-done');
    if (fault === 'gatewayTimeout')
      throw failure(504, 'GatewayTimeout', effect === 'write' ? 'unknown' : 'nothing-done');
    return {
      value,
      status: 200,
      requestId: `request-${call}`,
      clientRequestId: 'client',
      roundTripSeconds: 0,
      receivedAt: 0,
    };
  }

  #find(sessionId: string): ModelSession {
    const session = this.sessions.get(sessionId);
    if (session === undefined) throw refusal(404, 'RestoreSessionNotFound');
    return session;
  }

  #add(sessionId: string, artifacts: readonly { restorePointId: string; destinationType: 'new' | 'inPlace' }[]): void {
    for (const artifact of artifacts)
      this.#find(sessionId).artifacts.push({ id: `artifact-${this.#next++}`, ...artifact });
  }
}

function toFetched({ id, kind, status, maker }: ModelSession): FetchedSession {
  return { id, kind, status, counts: {}, createdBy: maker, artifacts: [], graph: {} };
}

function refusal(status: number, code: string): GraphError {
  return failure(status, code, 'refused');
}

function failure(status: number, code: string, outcome: GraphError['outcome']): GraphError {
  return new GraphError(code, { status, code, outcome });
}
