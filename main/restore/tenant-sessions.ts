import type { RestoreArtifact, RestoreSession } from '../../shared/contract/sessions.ts';
import type { TenantId } from '../../shared/domain/protection-unit.ts';
import { type ArtifactGroup, hasSessionEnded } from '../../shared/domain/restore-session.ts';
import type { Catalog, WindowOf } from '../catalog/index.ts';
import type { SessionReader } from './session-reader.ts';

export interface TenantSessionsOptions {
  readonly catalog: Pick<Catalog, 'sessions'>;
  readonly reader: SessionReader;
  readonly onSessionsChanged: (tenantId: TenantId) => void;
}

/** The restore sessions of a tenant, this console's and others', as last read; and reading them anew. */
export class TenantSessions {
  readonly #options: TenantSessionsOptions;

  constructor(options: TenantSessionsOptions) {
    this.#options = options;
  }

  async list(tenantId: TenantId): Promise<RestoreSession[]> {
    return await this.#options.catalog.sessions.list(tenantId);
  }

  /** Reads all from the service. @throws GraphError */
  async refresh(tenantId: TenantId, signal?: AbortSignal): Promise<RestoreSession[]> {
    await this.#options.reader.readAll(tenantId, signal);
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
    if (kind !== undefined && (!isComplete || (!isFollowed && isBehind(session)))) {
      try {
        const { planId, status } = session;
        const read = planId === undefined ? { id: sessionId, kind, status } : { id: sessionId, kind, status, planId };
        await this.#options.reader.readArtifacts(tenantId, read, signal);
      } catch (error) {
        // Known rows beat none; the session's own age tells the reader how old they are.
        if (!isComplete) throw error;
      }
    }
    return await this.#options.catalog.sessions.listArtifacts(question);
  }
}

/** Whether the counts still speak of artifacts under way, so that what is known of them is behind. */
function isBehind({ counts }: RestoreSession): boolean {
  return counts.inProgress + counts.waiting > 0;
}
