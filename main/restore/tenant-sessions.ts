import type { RestoreArtifact, RestoreSession } from '../../shared/contract/sessions.ts';
import type { TenantId } from '../../shared/domain/protection-unit.ts';
import { type ArtifactGroup, hasSessionEnded } from '../../shared/domain/restore-session.ts';
import { DAY, MINUTE, type UtcSeconds } from '../../shared/domain/time.ts';
import type { Catalog, WindowOf } from '../catalog/index.ts';
import { isAwaitingDetails } from './late-details.ts';
import type { SessionReader } from './session-reader.ts';

export interface TenantSessionsOptions {
  readonly catalog: {
    readonly sessions: Pick<Catalog['sessions'], 'list' | 'get' | 'artifactsComplete' | 'listArtifacts'>;
  };
  readonly reader: Pick<SessionReader, 'readAll' | 'readArtifacts'>;
  /** Service time of the tenant. */
  readonly now: (tenantId: TenantId) => UtcSeconds;
  readonly onSessionsChanged: (tenantId: TenantId) => void;
}

const PAGE = 200;
/** Where units went is filled in late; a day after the end nobody asks for it any more. */
const DETAILS_LATE_SECONDS = DAY;
/** Whoever looks through a session's artifacts asks for late details once in this time. */
const DETAILS_ASKED_SECONDS = MINUTE;

/** The restore sessions of a tenant, this console's and others', as last read; and reading them anew. */
export class TenantSessions {
  readonly #options: TenantSessionsOptions;
  /** When late details of a session were last asked for by somebody who looked at it. */
  readonly #detailsAskedAt = new Map<string, UtcSeconds>();

  constructor(options: TenantSessionsOptions) {
    this.#options = options;
  }

  async list(tenantId: TenantId): Promise<RestoreSession[]> {
    return await this.#options.catalog.sessions.list(tenantId);
  }

  /** Reads all from the service, and where units went of which it did not say so yet. @throws GraphError */
  async refresh(tenantId: TenantId, signal?: AbortSignal): Promise<RestoreSession[]> {
    await this.#options.reader.readAll(tenantId, signal);
    for (const session of await this.list(tenantId))
      if (await this.#isAwaitingDetails(session)) await this.#readArtifacts(session, signal);
    this.#options.onSessionsChanged(tenantId);
    return await this.list(tenantId);
  }

  async get(tenantId: TenantId, sessionId: string): Promise<RestoreSession> {
    return await this.#options.catalog.sessions.get(tenantId, sessionId);
  }

  /**
   * A window of artifacts. Those of a session that was never read in full, or that ended since, are read from the service
   * first; where that fails and some are known, the known ones are answered.
   *
   * @throws GraphError where none is known and the service can't be asked
   */
  async listArtifacts(
    question: {
      readonly tenantId: TenantId;
      readonly sessionId: string;
      readonly only?: ArtifactGroup;
      readonly window: WindowOf;
    },
    signal?: AbortSignal,
  ): Promise<{ total: number; offset: number; rows: RestoreArtifact[] }> {
    const { tenantId, sessionId } = question;
    const session = await this.get(tenantId, sessionId);
    const isComplete = await this.#options.catalog.sessions.artifactsComplete(tenantId, sessionId);
    const { kind } = session;
    // A running session of a plan is followed anyway; anything else is read when someone looks.
    const isFollowed = session.planId !== undefined && !hasSessionEnded(session.status);
    if (
      kind !== undefined &&
      (!isComplete || (!isFollowed && (isBehind(session) || (await this.#wantsDetails(session)))))
    ) {
      try {
        await this.#readArtifacts(session, signal);
      } catch (error) {
        // Known rows beat none; the session's own age tells the reader how old they are.
        if (!isComplete) throw error;
      }
    }
    return await this.#options.catalog.sessions.listArtifacts(question);
  }

  async #readArtifacts(
    { tenantId, id, kind, status, planId }: RestoreSession,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    if (kind === undefined) return;
    const read = planId === undefined ? { id, kind, status } : { id, kind, status, planId };
    await this.#options.reader.readArtifacts(tenantId, read, signal);
  }

  /** Late details are asked for again when somebody looks, but not with every window of the same look. */
  async #wantsDetails(session: RestoreSession): Promise<boolean> {
    const key = `${session.tenantId} ${session.id}`;
    const now = this.#options.now(session.tenantId);
    const askedAt = this.#detailsAskedAt.get(key);
    if (askedAt !== undefined && now < askedAt + DETAILS_ASKED_SECONDS) return false;
    if (!(await this.#isAwaitingDetails(session))) return false;
    this.#detailsAskedAt.set(key, now);
    return true;
  }

  /** Whether the session ended lately, its artifacts have been read, and some of them don't say yet where they went. */
  async #isAwaitingDetails({ tenantId, id: sessionId, status, endedAt }: RestoreSession): Promise<boolean> {
    const { sessions } = this.#options.catalog;
    if (!hasSessionEnded(status) || endedAt === undefined) return false;
    if (this.#options.now(tenantId) > endedAt + DETAILS_LATE_SECONDS) return false;
    if (!(await sessions.artifactsComplete(tenantId, sessionId))) return false;
    for (let offset = 0; ; offset += PAGE) {
      const window = { offset, limit: PAGE };
      const { rows } = await sessions.listArtifacts({ tenantId, sessionId, only: 'succeeded', window });
      if (rows.some(isAwaitingDetails)) return true;
      if (rows.length < PAGE) return false;
    }
  }
}

/** Whether the counts still speak of artifacts under way, so that what is known of them is behind. */
function isBehind({ counts }: RestoreSession): boolean {
  return counts.inProgress + counts.waiting > 0;
}
