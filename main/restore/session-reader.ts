import type { ArtifactCounts, RestoreArtifact, RestoreSession } from '../../shared/contract/sessions.ts';
import type { ProtectionUnit, TenantId } from '../../shared/domain/protection-unit.ts';
import { hasSessionEnded, toSessionStatus } from '../../shared/domain/restore-session.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import type { Catalog, ReadSession } from '../catalog/index.ts';
import type { FetchedArtifact, FetchedSession } from '../graph/index.ts';
import { type ArtifactsSession, ArtifactUnits, type UnitsOfPage } from './artifact-units.ts';
import { isAwaitingDetails } from './late-details.ts';
import type { RestoreCalls } from './restore-calls.ts';

export interface SessionReaderOptions {
  readonly calls: RestoreCalls;
  readonly catalog: Pick<Catalog, 'sessions' | 'units' | 'plans' | 'knowledge'>;
  /** Service time of the tenant. */
  readonly now: (tenantId: TenantId) => UtcSeconds;
}

/** One page of artifacts, and the request that brought it. */
interface ReadPage {
  readonly items: readonly FetchedArtifact[];
  readonly requestId: string | undefined;
}

/** Reads sessions and their artifacts from the service into the catalog. Every method throws GraphError or AppFailure. */
export class SessionReader {
  readonly #calls: RestoreCalls;
  readonly #catalog: SessionReaderOptions['catalog'];
  readonly #units: ArtifactUnits;
  readonly #now: SessionReaderOptions['now'];

  constructor({ calls, catalog, now }: SessionReaderOptions) {
    this.#calls = calls;
    this.#catalog = catalog;
    this.#units = new ArtifactUnits({ calls, catalog });
    this.#now = now;
  }

  /** All sessions of the tenant, everybody's. */
  async readAll(tenantId: TenantId, signal?: AbortSignal): Promise<void> {
    const asked = this.#asking(tenantId);
    const sessions: FetchedSession[] = [];
    for await (const session of this.#calls.listSessions(tenantId, toOptions(signal))) sessions.push(session);
    const askedAt = asked();
    await this.#catalog.sessions.replaceAll(
      tenantId,
      sessions.map(session => toReadSession(session, askedAt)),
    );
  }

  /** One session, without its artifacts. */
  async readSession(tenantId: TenantId, sessionId: string, signal?: AbortSignal): Promise<RestoreSession> {
    const asked = this.#asking(tenantId);
    const { value } = await this.#calls.getSession(tenantId, sessionId, toOptions(signal));
    await this.#catalog.sessions.put(tenantId, [toReadSession(value, asked())]);
    return await this.#catalog.sessions.get(tenantId, sessionId);
  }

  /**
   * Of two readings the one that was asked later counts, however long the answers took; so what is kept is the moment of asking. An
   * answer can show that the clock was ahead until then: what is asked in the future would never be overwritten.
   */
  #asking(tenantId: TenantId): () => UtcSeconds {
    const before = this.#now(tenantId);
    return () => Math.min(before, this.#now(tenantId));
  }

  /** All artifacts of a session of a known kind. @returns whether each succeeded one says where it went, or that it went nowhere */
  async readArtifacts(
    tenantId: TenantId,
    session: ArtifactsSession,
    signal?: AbortSignal,
  ): Promise<{ readonly allPlacesKnown: boolean }> {
    const unitsOf = this.#units.reading(tenantId, session, signal);
    let allPlacesKnown = true;
    let waiting: ReadPage | undefined;
    for await (const { value, requestId } of this.#calls.listArtifacts(
      tenantId,
      session.kind,
      session.id,
      toOptions(signal),
    )) {
      if (waiting !== undefined) await this.#putPage(tenantId, session, waiting, unitsOf, false);
      waiting = { items: value.items, requestId };
      for (const artifact of value.items) {
        if (isAwaitingDetails(toRestoreArtifact(artifact, session.kind, undefined, undefined))) allPlacesKnown = false;
      }
    }
    await this.#putPage(tenantId, session, waiting ?? { items: [], requestId: undefined }, unitsOf, true);
    return { allPlacesKnown };
  }

  async #putPage(
    tenantId: TenantId,
    session: ArtifactsSession,
    { items, requestId }: ReadPage,
    unitsOf: UnitsOfPage,
    complete: boolean,
  ): Promise<void> {
    const unitIds = await unitsOf(items);
    const known = await this.#catalog.units.byIds(tenantId, [...new Set(unitIds.values())]);
    const units = new Map(known.map(unit => [unit.id, unit]));
    const artifacts = items.map(artifact => {
      const unitId = unitIds.get(artifact.id);
      const row = toRestoreArtifact(
        artifact,
        session.kind,
        unitId,
        unitId === undefined ? undefined : units.get(unitId),
      );
      return requestId === undefined ? row : { ...row, requestId };
    });
    await this.#catalog.sessions.putArtifacts(tenantId, session.id, artifacts, { complete });
  }
}

/** A session as the catalog keeps it. */
function toReadSession(session: FetchedSession, askedAt: UtcSeconds): ReadSession {
  const by = session.createdBy;
  const createdBy = by?.userEmail ?? by?.userName ?? by?.applicationName;
  const status = toSessionStatus(session.status) ?? session.status;
  return {
    id: session.id,
    status,
    askedAt,
    counts: toCounts(session),
    ...(session.kind === undefined ? {} : { kind: session.kind }),
    ...(session.jobType === undefined ? {} : { jobType: session.jobType }),
    ...(session.createdAt === undefined ? {} : { createdAt: session.createdAt }),
    ...(hasSessionEnded(status) && session.completedAt !== undefined ? { endedAt: session.completedAt } : {}),
    ...(createdBy === undefined ? {} : { createdBy }),
    ...(session.error === undefined ? {} : { error: session.error }),
  };
}

/** The service counts what is done, failed and under way; the rest waits. */
function toCounts({ counts }: FetchedSession): ArtifactCounts {
  const { completed = 0, failed = 0, inProgress = 0 } = counts;
  const total = counts.total ?? completed + failed + inProgress;
  return {
    total,
    succeeded: completed,
    failed,
    inProgress,
    waiting: Math.max(0, total - completed - failed - inProgress),
  };
}

function toRestoreArtifact(
  artifact: FetchedArtifact,
  kind: NonNullable<RestoreSession['kind']>,
  unitId: string | undefined,
  unit: ProtectionUnit | undefined,
): RestoreArtifact {
  const restoredTo = artifact.restoredSiteWebUrl ?? artifact.restoredFolderName;
  return {
    id: artifact.id,
    name: unit?.name ?? artifact.restoredSiteName ?? unitId ?? artifact.id,
    kind,
    status: artifact.status,
    ...(unitId === undefined ? {} : { unitId }),
    ...(artifact.destinationType === undefined ? {} : { destination: artifact.destinationType }),
    ...(artifact.restorePointAt === undefined ? {} : { pointAt: artifact.restorePointAt }),
    ...(artifact.restorePointId === undefined ? {} : { restorePointId: artifact.restorePointId }),
    ...(artifact.startedAt === undefined ? {} : { startedAt: artifact.startedAt }),
    ...(artifact.completedAt === undefined ? {} : { endedAt: artifact.completedAt }),
    ...(restoredTo === undefined ? {} : { restoredTo }),
    ...(artifact.restoredItemCount === undefined ? {} : { restoredItemCount: artifact.restoredItemCount }),
    ...(artifact.error === undefined ? {} : { error: artifact.error }),
  };
}

function toOptions(signal: AbortSignal | undefined): { signal?: AbortSignal } {
  return signal === undefined ? {} : { signal };
}
