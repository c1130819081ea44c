import type { AuditEntry, AuditRow } from '../api/audit.ts';
import type { WritableDb } from '../worker/database.ts';
import { toFacts, orNull, toJson } from './columns.ts';

interface Row {
  readonly seq: number;
  readonly at: number;
  readonly tenantId: string;
  readonly who: string;
  readonly what: string;
  readonly target: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly requestId: string | null;
}

const toAuditRow = (row: Row): AuditRow => ({
  seq: row.seq,
  at: row.at,
  tenantId: row.tenantId,
  who: row.who,
  what: row.what,
  target: row.target,
  ...(row.before === null ? {} : { before: toFacts(row.before) }),
  ...(row.after === null ? {} : { after: toFacts(row.after) }),
  ...(row.requestId === null ? {} : { requestId: row.requestId }),
});

/** `audit` of `work`: the file itself refuses to change or delete its rows. */
export const auditRepository = (db: WritableDb) => {
  const insert = db.write<[number, string, string, string, string, string | null, string | null, string | null]>(`
    INSERT INTO audit (seq, at, tenant, who, what, target, before, after, request_id)
    VALUES ((SELECT coalesce(max(seq), 0) + 1 FROM audit), ?, ?, ?, ?, ?, ?, ?, ?)`);
  const list = db.read<[string | null, number, number], Row>(`
    SELECT seq, at, tenant AS tenantId, who, what, target, before, after, request_id AS requestId FROM audit
    WHERE (?1 IS NULL OR tenant = ?1) AND seq > ?2 ORDER BY seq LIMIT ?3`);
  return {
    append: (entry: AuditEntry): number =>
      insert.run(
        entry.at,
        entry.tenantId,
        entry.who,
        entry.what,
        entry.target,
        entry.before === undefined ? null : toJson(entry.before),
        entry.after === undefined ? null : toJson(entry.after),
        orNull(entry.requestId),
      ).lastInsertRowid,
    /** Rows after a number, in order; of all tenants where none is named. */
    list: (tenantId: string | undefined, afterSeq: number, limit: number): AuditRow[] =>
      list.all(orNull(tenantId), afterSeq, limit).map(toAuditRow),
  };
};
