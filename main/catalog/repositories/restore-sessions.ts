import type { ArtifactCounts } from '../../../shared/contract/sessions.ts';
import type { ReadSession } from '../api/sessions.ts';
import type { UnitKind } from '../../../shared/domain/protection-unit.ts';
import { sessionMoves } from '../../../shared/domain/restore-session.ts';
import type { WritableDb } from '../worker/database.ts';
import { fromJson, orNull, toJson } from './columns.ts';
import { toServiceError } from './service-error.ts';
import { RUNNING_STATUSES } from './tenants.ts';
import type { TenantKey } from './tenants.ts';

interface SessionRow {
  readonly id: string;
  readonly kind: UnitKind | null;
  readonly status: string;
  readonly jobType: string | null;
  readonly createdAt: number | null;
  readonly endedAt: number | null;
  readonly createdBy: string | null;
  readonly destination: string | null;
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
  readonly counts: string | null;
  readonly complete: number;
  readonly askedAt: number;
  readonly nextAskAt: number | null;
}

/** A session as kept, and whether all of its artifacts have been read. */
export interface KeptSession {
  readonly session: ReadSession;
  readonly artifactsComplete: boolean;
}

/** Statuses of a session that has ended; none follows them. */
const ENDED_STATUSES = `(${Object.entries(sessionMoves)
  .filter(([, next]) => next.length === 0)
  .map(([status]) => `'${status}'`)
  .join(', ')})`;

const COLUMNS = `id, kind, status, job_type AS jobType, created_at AS createdAt, ended_at AS endedAt, created_by AS createdBy,
  destination, error_code AS errorCode, error_message AS errorMessage, counts, artifacts_complete AS complete,
  asked_at AS askedAt, next_ask_at AS nextAskAt`;
const SELECT = `SELECT ${COLUMNS} FROM restore_session WHERE tenant = ?`;

/** Across all tenants: who asks says so. Exported so that a test can hold the plan. */
export const runningQuery = `SELECT tenant, ${COLUMNS} FROM restore_session WHERE status IN ${RUNNING_STATUSES}
  ORDER BY tenant, created_at DESC, id`;

const toKept = (row: SessionRow): KeptSession => ({
  artifactsComplete: row.complete === 1,
  session: {
    id: row.id,
    status: row.status,
    askedAt: row.askedAt,
    ...(row.kind === null ? {} : { kind: row.kind }),
    ...(row.jobType === null ? {} : { jobType: row.jobType }),
    ...(row.createdAt === null ? {} : { createdAt: row.createdAt }),
    ...(row.endedAt === null ? {} : { endedAt: row.endedAt }),
    ...(row.createdBy === null ? {} : { createdBy: row.createdBy }),
    ...(row.destination === null ? {} : { destination: row.destination }),
    ...(row.counts === null ? {} : { counts: fromJson(row.counts) as ArtifactCounts }),
    ...(row.nextAskAt === null ? {} : { nextAskAt: row.nextAskAt }),
    ...toServiceError(row),
  },
});

/** `restore_session` of the cache: each tenant's sessions as last read. */
export const restoreSessionsRepository = (db: WritableDb) => {
  const all = db.read<[TenantKey], SessionRow>(
    `${SELECT} ORDER BY status NOT IN ${RUNNING_STATUSES}, created_at DESC, id`,
  );
  const running = db.read<[], SessionRow & { tenant: TenantKey }>(runningQuery);
  const one = db.read<[TenantKey, string], SessionRow>(`${SELECT} AND id = ?`);
  // Two readings may be under way at once, and the one that was asked first may be written last: then it changes nothing. Of two
  // of the same second the one that saw the end is the later one.
  const put = db.write<
    [
      TenantKey,
      string,
      string | null,
      string,
      string | null,
      number | null,
      number | null,
      string | null,
      string | null,
      string | null,
      string | null,
      string | null,
      number,
      number | null,
    ]
  >(`
    INSERT INTO restore_session (tenant, id, kind, status, job_type, created_at, ended_at, created_by, destination,
      error_code, error_message, counts, asked_at, next_ask_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET kind = coalesce(excluded.kind, kind), status = excluded.status, job_type = excluded.job_type,
      created_at = coalesce(excluded.created_at, created_at), ended_at = excluded.ended_at,
      created_by = coalesce(excluded.created_by, created_by), destination = coalesce(excluded.destination, destination),
      error_code = excluded.error_code, error_message = excluded.error_message, counts = coalesce(excluded.counts, counts),
      asked_at = excluded.asked_at,
      next_ask_at = CASE WHEN excluded.status IN ${ENDED_STATUSES} THEN NULL ELSE coalesce(excluded.next_ask_at, next_ask_at) END
    WHERE excluded.asked_at > asked_at
      OR excluded.asked_at = asked_at AND (status NOT IN ${ENDED_STATUSES} OR excluded.status IN ${ENDED_STATUSES})`);
  const setNextAsk = db.write<[number | null, TenantKey, string]>(
    'UPDATE restore_session SET next_ask_at = ? WHERE tenant = ? AND id = ?',
  );
  const setComplete = db.write<[TenantKey, string]>(
    'UPDATE restore_session SET artifacts_complete = 1 WHERE tenant = ? AND id = ?',
  );
  const remove = db.write<[TenantKey, string]>('DELETE FROM restore_session WHERE tenant = ? AND id = ?');
  const removeAll = db.write<[TenantKey]>('DELETE FROM restore_session WHERE tenant = ?');

  return {
    /** Running first, then newest first. */
    list: (tenant: TenantKey) => all.all(tenant).map(toKept),
    /** Those of all tenants that have begun and not ended, a tenant's newest first. */
    running: () => running.all().map(row => ({ tenant: row.tenant, kept: toKept(row) })),
    find: (tenant: TenantKey, id: string): KeptSession | undefined => {
      const row = one.get(tenant, id);
      return row === undefined ? undefined : toKept(row);
    },
    put: (tenant: TenantKey, session: ReadSession) => {
      put.run(
        tenant,
        session.id,
        orNull(session.kind),
        session.status,
        orNull(session.jobType),
        orNull(session.createdAt),
        orNull(session.endedAt),
        orNull(session.createdBy),
        orNull(session.destination),
        orNull(session.error?.code),
        orNull(session.error?.message),
        session.counts === undefined ? null : toJson(session.counts),
        session.askedAt,
        orNull(session.nextAskAt),
      );
    },
    setNextAskAt: (tenant: TenantKey, id: string, at: number | undefined) => {
      setNextAsk.run(orNull(at), tenant, id);
    },
    setArtifactsComplete: (tenant: TenantKey, id: string) => {
      setComplete.run(tenant, id);
    },
    remove: (tenant: TenantKey, id: string) => {
      remove.run(tenant, id);
    },
    removeAll: (tenant: TenantKey) => {
      removeAll.run(tenant);
    },
  };
};
