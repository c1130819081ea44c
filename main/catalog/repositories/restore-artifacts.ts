import type { ArtifactCounts, RestoreArtifact } from '../../../shared/contract/sessions.ts';
import type { UnitKind } from '../../../shared/domain/protection-unit.ts';
import { type ArtifactGroup, artifactGroups, toArtifactGroup } from '../../../shared/domain/restore-session.ts';
import { fold } from '../folded-text.ts';
import type { WritableDb } from '../worker/database.ts';
import { orNull } from './columns.ts';
import { toServiceError } from './service-error.ts';
import { RUNNING_STATUSES } from './tenants.ts';
import type { TenantKey } from './tenants.ts';

interface ArtifactRow {
  readonly id: string;
  readonly unit: string | null;
  readonly name: string;
  readonly kind: UnitKind | null;
  readonly status: string;
  readonly destination: string | null;
  readonly pointAt: number | null;
  readonly restorePoint: string | null;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  readonly restoredTo: string | null;
  readonly restoredItems: number | null;
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
  readonly requestId: string | null;
}

const COLUMNS = `a.id, a.unit, a.name, a.kind, a.status, a.destination, a.point_at AS pointAt, a.restore_point AS restorePoint,
  a.started_at AS startedAt, a.ended_at AS endedAt, a.restored_to AS restoredTo, a.restored_items AS restoredItems,
  a.error_code AS errorCode, a.error_message AS errorMessage, a.request_id AS requestId`;

const toArtifact = (row: ArtifactRow): RestoreArtifact => ({
  id: row.id,
  name: row.name,
  status: row.status,
  ...(row.unit === null ? {} : { unitId: row.unit }),
  ...(row.kind === null ? {} : { kind: row.kind }),
  ...(row.destination === null ? {} : { destination: row.destination }),
  ...(row.pointAt === null ? {} : { pointAt: row.pointAt }),
  ...(row.restorePoint === null ? {} : { restorePointId: row.restorePoint }),
  ...(row.startedAt === null ? {} : { startedAt: row.startedAt }),
  ...(row.endedAt === null ? {} : { endedAt: row.endedAt }),
  ...(row.restoredTo === null ? {} : { restoredTo: row.restoredTo }),
  ...(row.restoredItems === null ? {} : { restoredItemCount: row.restoredItems }),
  ...(row.requestId === null ? {} : { requestId: row.requestId }),
  ...toServiceError(row),
});

/** An artifact's `rank`, by which it is listed and counted. */
const rankOf = (group: ArtifactGroup): number => artifactGroups.indexOf(group);

/** `restore_artifact` of the cache: what became of each unit of a session, as last read. */
export const restoreArtifactsRepository = (db: WritableDb) => {
  const put = db.write<
    [
      TenantKey,
      string,
      string,
      string | null,
      string,
      string,
      string | null,
      string,
      number,
      string | null,
      number | null,
      string | null,
      number | null,
      number | null,
      string | null,
      number | null,
      string | null,
      string | null,
      string | null,
    ]
  >(`
    INSERT INTO restore_artifact (tenant, session, id, unit, name, sort_name, kind, status, rank, destination, point_at,
      restore_point, started_at, ended_at, restored_to, restored_items, error_code, error_message, request_id)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET unit = coalesce(excluded.unit, unit), name = excluded.name, sort_name = excluded.sort_name,
      kind = coalesce(excluded.kind, kind), status = excluded.status, rank = excluded.rank, destination = excluded.destination,
      point_at = coalesce(excluded.point_at, point_at), restore_point = coalesce(excluded.restore_point, restore_point),
      started_at = excluded.started_at, ended_at = excluded.ended_at, restored_to = coalesce(excluded.restored_to, restored_to),
      restored_items = coalesce(excluded.restored_items, restored_items), error_code = excluded.error_code,
      error_message = excluded.error_message, request_id = excluded.request_id`);
  const window = db.read<[TenantKey, string, number | null, number, number], ArtifactRow>(
    `SELECT ${COLUMNS} FROM restore_artifact a WHERE a.tenant = ?1 AND a.session = ?2 AND (?3 IS NULL OR a.rank = ?3)
     ORDER BY a.rank, a.sort_name, a.id LIMIT ?4 OFFSET ?5`,
  );
  const ranks = db.read<[TenantKey, string], { rank: number; count: number }>(
    'SELECT rank, count(*) AS count FROM restore_artifact WHERE tenant = ? AND session = ? GROUP BY rank',
  );
  const busy = db.read<[TenantKey, string], { sessionId: string; name: string }>(
    `SELECT a.session AS sessionId, a.name FROM restore_artifact a JOIN restore_session s ON s.tenant = a.tenant AND s.id = a.session
     WHERE a.tenant = ? AND a.unit = ? AND s.status IN ${RUNNING_STATUSES} AND a.rank IN (1, 2) LIMIT 1`,
  );
  const last = db.read<
    [TenantKey, string],
    { sessionId: string; status: string; pointAt: number | null; endedAt: number | null }
  >(
    `SELECT a.session AS sessionId, a.status, a.point_at AS pointAt, a.ended_at AS endedAt FROM restore_artifact a
     LEFT JOIN restore_session s ON s.tenant = a.tenant AND s.id = a.session
     WHERE a.tenant = ? AND a.unit = ? AND s.status IS NOT 'draft'
     ORDER BY coalesce(a.ended_at, a.started_at, s.created_at, 0) DESC LIMIT 1`,
  );
  const since = db.read<[TenantKey, string, number, number], { sessionId: string; name: string; restoredAt: number }>(
    `SELECT a.session AS sessionId, a.name, coalesce(a.ended_at, s.ended_at, a.started_at, s.created_at) AS restoredAt
     FROM restore_artifact a LEFT JOIN restore_session s ON s.tenant = a.tenant AND s.id = a.session
     WHERE a.tenant = ?1 AND a.unit = ?2 AND a.rank = ?3 AND restoredAt > ?4 ORDER BY restoredAt DESC LIMIT 1`,
  );
  const removeOf = db.write<[TenantKey, string]>('DELETE FROM restore_artifact WHERE tenant = ? AND session = ?');
  const removeAll = db.write<[TenantKey]>('DELETE FROM restore_artifact WHERE tenant = ?');

  const counts = (tenant: TenantKey, session: string): ArtifactCounts => {
    const byRank = new Map(ranks.all(tenant, session).map(row => [row.rank, row.count]));
    const [failed = 0, inProgress = 0, waiting = 0, succeeded = 0] = artifactGroups.map(
      group => byRank.get(rankOf(group)) ?? 0,
    );
    return { total: failed + inProgress + waiting + succeeded, failed, inProgress, waiting, succeeded };
  };

  return {
    put: (tenant: TenantKey, session: string, artifact: RestoreArtifact) => {
      put.run(
        tenant,
        session,
        artifact.id,
        orNull(artifact.unitId),
        artifact.name,
        fold(artifact.name),
        orNull(artifact.kind),
        artifact.status,
        rankOf(toArtifactGroup(artifact.status)),
        orNull(artifact.destination),
        orNull(artifact.pointAt),
        orNull(artifact.restorePointId),
        orNull(artifact.startedAt),
        orNull(artifact.endedAt),
        orNull(artifact.restoredTo),
        orNull(artifact.restoredItemCount),
        orNull(artifact.error?.code),
        orNull(artifact.error?.message),
        orNull(artifact.requestId),
      );
    },
    counts,
    list: (
      tenant: TenantKey,
      session: string,
      only: ArtifactGroup | undefined,
      part: { readonly offset: number; readonly limit: number },
    ): { total: number; rows: RestoreArtifact[] } => {
      const all = counts(tenant, session);
      const rank = only === undefined ? null : rankOf(only);
      return {
        total: only === undefined ? all.total : all[only],
        rows: window.all(tenant, session, rank, part.limit, part.offset).map(toArtifact),
      };
    },
    /** The begun and unended session that the unit stands in and has not left, if there is one. */
    busySession: (tenant: TenantKey, unitId: string) => busy.get(tenant, unitId),
    /** What became of the unit's latest restore. */
    lastOf: (tenant: TenantKey, unitId: string) => last.get(tenant, unitId),
    /** The unit's latest restore that succeeded, where that was after a time. */
    restoredSince: (tenant: TenantKey, unitId: string, after: number) =>
      since.get(tenant, unitId, rankOf('succeeded'), after),
    removeOf: (tenant: TenantKey, session: string) => {
      removeOf.run(tenant, session);
    },
    removeAll: (tenant: TenantKey) => {
      removeAll.run(tenant);
    },
  };
};
