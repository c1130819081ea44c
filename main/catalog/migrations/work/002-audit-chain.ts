import { auditHash, CHAIN_START } from '../../audit-chain.ts';
import type { AuditColumns } from '../../audit-chain.ts';
import type { Migration } from '../migration.ts';

/** Chains the audit: each row holds the hash of the one before and its own; where the chain ends stands apart from it. */
export const auditChain: Migration = {
  to: 2,
  up: db => {
    // The old table refuses changes, and a column added to it would need a value before it has one: so the rows move.
    db.exec(`
      DROP INDEX audit_by_tenant;
      ALTER TABLE audit RENAME TO unchained_audit;

      CREATE TABLE audit (
        seq INTEGER PRIMARY KEY,
        at INTEGER NOT NULL,
        tenant TEXT NOT NULL,
        who TEXT NOT NULL,
        what TEXT NOT NULL,
        target TEXT NOT NULL,
        before TEXT, -- JSON
        after TEXT, -- JSON
        request_id TEXT,
        previous TEXT NOT NULL, -- the hash of the row before
        hash TEXT NOT NULL
      ) STRICT;

      -- The last row that was written. New rows go on from here, so that a cut end stays a gap for ever.
      CREATE TABLE audit_head (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        seq INTEGER NOT NULL,
        hash TEXT NOT NULL
      ) STRICT;
    `);
    const rows = db.read<[], AuditColumns>(`
      SELECT seq, at, tenant AS tenantId, who, what, target, before, after, request_id AS requestId
      FROM unchained_audit ORDER BY seq`);
    const insert = db.write<[string, string, number]>(`
      INSERT INTO audit (seq, at, tenant, who, what, target, before, after, request_id, previous, hash)
      SELECT seq, at, tenant, who, what, target, before, after, request_id, ?1, ?2 FROM unchained_audit WHERE seq = ?3`);
    let head = { seq: 0, hash: CHAIN_START };
    for (const row of rows.all()) {
      const hash = auditHash(head.hash, row);
      insert.run(head.hash, hash, row.seq);
      head = { seq: row.seq, hash };
    }
    db.write<[number, string]>('INSERT INTO audit_head (one, seq, hash) VALUES (1, ?, ?)').run(head.seq, head.hash);
    db.exec(`
      DROP TABLE unchained_audit;
      CREATE INDEX audit_by_tenant ON audit (tenant, seq);
      CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit
        BEGIN SELECT RAISE(ABORT, 'audit rows are never changed'); END;
      CREATE TRIGGER audit_is_never_deleted BEFORE DELETE ON audit
        BEGIN SELECT RAISE(ABORT, 'audit rows are never deleted'); END;
      CREATE TRIGGER audit_head_goes_forward BEFORE UPDATE ON audit_head WHEN new.seq <= old.seq
        BEGIN SELECT RAISE(ABORT, 'the audit only grows'); END;
      CREATE TRIGGER audit_head_stays BEFORE DELETE ON audit_head
        BEGIN SELECT RAISE(ABORT, 'the audit has one end'); END;
    `);
  },
};
