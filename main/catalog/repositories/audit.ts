import type { AuditEntry, AuditHead, AuditQuestion, AuditRow, ChainedAuditRow } from '../api/audit.ts';
import type { Json } from '../api/json.ts';
import type { AuditColumns, ChainedColumns } from '../audit-chain.ts';
import { auditHash, CHAIN_START } from '../audit-chain.ts';
import type { WritableDb } from '../worker/database.ts';
import { toFacts, orNull, toJson } from './columns.ts';

/** A row of another hand may hold what is no JSON; it is shown as the text that it is. */
const toShown = (text: string): Json => {
  try {
    return toFacts(text);
  } catch {
    return text;
  }
};

const toAuditRow = (row: AuditColumns): AuditRow => ({
  seq: row.seq,
  at: row.at,
  tenantId: row.tenantId,
  who: row.who,
  what: row.what,
  target: row.target,
  ...(row.before === null ? {} : { before: toShown(row.before) }),
  ...(row.after === null ? {} : { after: toShown(row.after) }),
  ...(row.requestId === null ? {} : { requestId: row.requestId }),
});

const toChainedRow = (row: ChainedColumns): ChainedAuditRow => ({
  ...toAuditRow(row),
  previous: row.previous,
  hash: row.hash,
});

const COLUMNS = 'seq, at, tenant AS tenantId, who, what, target, before, after, request_id AS requestId';

type Meant = [tenant: string | null, who: string | null, what: string | null, from: number | null, to: number | null];
const MEANT = `(?1 IS NULL OR tenant = ?1) AND (?2 IS NULL OR who = ?2) AND (?3 IS NULL OR what = ?3)
  AND (?4 IS NULL OR at >= ?4) AND (?5 IS NULL OR at < ?5)`;
const toMeant = ({ tenantId, who, what, fromAt, toAt }: AuditQuestion): Meant => [
  orNull(tenantId),
  orNull(who),
  orNull(what),
  orNull(fromAt),
  orNull(toAt),
];

/** SQLite keeps UTF-8, which has no half characters: the hash must be made of what will be read back. */
const kept = (text: string): string => text.toWellFormed();

/** `audit` of `work`: the file itself refuses to change or delete its rows. */
export const auditRepository = (db: WritableDb) => {
  const insert = db.write<
    [number, number, string, string, string, string, string | null, string | null, string | null, string, string]
  >(`
    INSERT INTO audit (seq, at, tenant, who, what, target, before, after, request_id, previous, hash)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const moveHead = db.write<[number, string]>(`
    INSERT INTO audit_head (one, seq, hash) VALUES (1, ?1, ?2)
    ON CONFLICT (one) DO UPDATE SET seq = excluded.seq, hash = excluded.hash`);
  const keptHead = db.read<[], AuditHead>('SELECT seq, hash FROM audit_head');
  const chained = db.read<[number, number], ChainedColumns>(
    `SELECT ${COLUMNS}, previous, hash FROM audit WHERE seq > ? ORDER BY seq LIMIT ?`,
  );
  const last = db.read<[], AuditHead>('SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1');
  const one = db.read<[number], ChainedColumns>(`SELECT ${COLUMNS}, previous, hash FROM audit WHERE seq = ?`);
  const list = db.read<[string | null, number, number], AuditColumns>(`
    SELECT ${COLUMNS} FROM audit WHERE (?1 IS NULL OR tenant = ?1) AND seq > ?2 ORDER BY seq LIMIT ?3`);
  const after = db.read<[...Meant, number, number], ChainedColumns>(`
    SELECT ${COLUMNS}, previous, hash FROM audit WHERE ${MEANT} AND seq > ?6 ORDER BY seq LIMIT ?7`);
  const before = db.read<[...Meant, number, number, number], AuditColumns>(`
    SELECT ${COLUMNS} FROM audit WHERE ${MEANT} AND seq < ?6 ORDER BY seq DESC LIMIT ?7 OFFSET ?8`);
  const count = db.read<Meant, { rows: number }>(`SELECT count(*) AS rows FROM audit WHERE ${MEANT}`);
  const who = db.read<[string | null], { text: string }>(
    'SELECT DISTINCT who AS text FROM audit WHERE (?1 IS NULL OR tenant = ?1) ORDER BY who',
  );
  const what = db.read<[string | null], { text: string }>(
    'SELECT DISTINCT what AS text FROM audit WHERE (?1 IS NULL OR tenant = ?1) ORDER BY what',
  );

  return {
    /** Adds a row, chained to the one before, and moves the chain's end to it: all of it or nothing. */
    append: (entry: AuditEntry): number =>
      db.transaction(() => {
        const ends = [keptHead.get(), last.get()].filter(head => head !== undefined);
        // They agree unless somebody's hand was in the file; then rows still go in, behind both, and the break stays to be seen.
        const end = ends.reduce((later, head) => (head.seq > later.seq ? head : later), { seq: 0, hash: CHAIN_START });
        const row: AuditColumns = {
          seq: end.seq + 1,
          at: entry.at,
          tenantId: kept(entry.tenantId),
          who: kept(entry.who),
          what: kept(entry.what),
          target: kept(entry.target),
          before: entry.before === undefined ? null : kept(toJson(entry.before)),
          after: entry.after === undefined ? null : kept(toJson(entry.after)),
          requestId: entry.requestId === undefined ? null : kept(entry.requestId),
        };
        const hash = auditHash(end.hash, row);
        insert.run(
          row.seq,
          row.at,
          row.tenantId,
          row.who,
          row.what,
          row.target,
          row.before,
          row.after,
          row.requestId,
          end.hash,
          hash,
        );
        moveHead.run(row.seq, hash);
        return row.seq;
      }),
    /** Rows after a number, in order; of all tenants where none is named. */
    list: (tenantId: string | undefined, afterSeq: number, limit: number): AuditRow[] =>
      list.all(orNull(tenantId), afterSeq, limit).map(toAuditRow),
    /** Rows that are meant, after a number, in order. The question's text is the caller's to compare. */
    listAfter: (question: AuditQuestion, afterSeq: number, limit: number): ChainedAuditRow[] =>
      after.all(...toMeant(question), afterSeq, limit).map(toChainedRow),
    /** Rows that are meant, before a number, newest first, without the first `offset`. The question's text is the caller's to compare. */
    listBefore: (question: AuditQuestion, beforeSeq: number, limit: number, offset: number): AuditRow[] =>
      before.all(...toMeant(question), beforeSeq, limit, offset).map(toAuditRow),
    count: (question: AuditQuestion): number => count.get(...toMeant(question))?.rows ?? 0,
    find: (seq: number): ChainedAuditRow | undefined => {
      const row = one.get(seq);
      return row === undefined ? undefined : toChainedRow(row);
    },
    who: (tenantId: string | undefined): string[] => who.all(orNull(tenantId)).map(({ text }) => text),
    what: (tenantId: string | undefined): string[] => what.all(orNull(tenantId)).map(({ text }) => text),
    findLast: (): AuditHead | undefined => last.get(),
    /** Where the chain ends, as it is written down beside it. */
    findKeptHead: (): AuditHead | undefined => keptHead.get(),
    /** Rows as they stand in the file, for reckoning their hashes. */
    chained: (afterSeq: number, limit: number): ChainedColumns[] => chained.all(afterSeq, limit),
  };
};
export type AuditRepository = ReturnType<typeof auditRepository>;
