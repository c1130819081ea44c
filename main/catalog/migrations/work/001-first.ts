import type { Migration } from '../migration.ts';

export const first: Migration = {
  to: 1,
  up: db => {
    db.exec(`
      CREATE TABLE added_tenant (
        id TEXT PRIMARY KEY,
        display_name TEXT NOT NULL,
        domain TEXT NOT NULL,
        colour INTEGER NOT NULL,
        time_zone TEXT,
        added_at INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE setting (
        tenant TEXT NOT NULL, -- '' for the console's own
        name TEXT NOT NULL,
        value TEXT NOT NULL, -- JSON
        PRIMARY KEY (tenant, name)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE remembered_name (
        tenant TEXT NOT NULL,
        unit TEXT NOT NULL,
        owner TEXT NOT NULL,
        name TEXT NOT NULL,
        address TEXT,
        PRIMARY KEY (tenant, unit)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX remembered_name_by_owner ON remembered_name (tenant, owner);

      CREATE TABLE plan (
        key INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        tenant TEXT NOT NULL,
        name TEXT NOT NULL,
        status TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        saved_at INTEGER NOT NULL,
        created_by TEXT NOT NULL,
        started_at INTEGER,
        ended_at INTEGER,
        incident_at INTEGER,
        time_zone TEXT,
        preference TEXT NOT NULL,
        destination TEXT,
        retry_of TEXT,
        facts TEXT NOT NULL DEFAULT 'null' -- JSON
      ) STRICT;
      CREATE INDEX plan_by_tenant ON plan (tenant);
      CREATE INDEX plan_unfinished ON plan (started_at) WHERE status IN ('starting', 'running');

      CREATE TABLE plan_unit (
        plan INTEGER NOT NULL,
        unit TEXT NOT NULL,
        kind TEXT NOT NULL,
        name TEXT NOT NULL,
        address TEXT,
        certainty TEXT NOT NULL, -- the "is" of newest
        newest TEXT NOT NULL, -- JSON
        fast TEXT, -- JSON
        fast_at INTEGER,
        chosen_id TEXT,
        chosen_at INTEGER,
        chosen_expires_at INTEGER,
        chosen_fast INTEGER,
        chosen_by TEXT NOT NULL,
        loss_seconds INTEGER,
        loss_up_to INTEGER,
        refused_code TEXT,
        refused_message TEXT,
        PRIMARY KEY (plan, unit)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE plan_session (
        plan TEXT NOT NULL,
        session TEXT NOT NULL,
        tenant TEXT NOT NULL,
        kind TEXT NOT NULL,
        PRIMARY KEY (plan, session)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX plan_session_by_tenant ON plan_session (tenant, session);

      -- Intents and outcomes share one sequence, so that the order in which they were written can be read back.
      CREATE TABLE intent (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        outcome_of INTEGER, -- the intent that this row is an outcome of
        tenant TEXT NOT NULL,
        plan TEXT NOT NULL,
        step TEXT NOT NULL, -- of an outcome: done, refused, unknown, undone
        about TEXT NOT NULL,
        at INTEGER NOT NULL,
        facts TEXT NOT NULL -- JSON
      ) STRICT;
      CREATE INDEX intent_by_plan ON intent (plan, seq);
      CREATE INDEX intent_outcome ON intent (outcome_of, seq) WHERE outcome_of IS NOT NULL;
      CREATE TRIGGER intent_is_append_only BEFORE UPDATE ON intent
        BEGIN SELECT RAISE(ABORT, 'intents are never changed'); END;

      CREATE TABLE audit (
        seq INTEGER PRIMARY KEY,
        at INTEGER NOT NULL,
        tenant TEXT NOT NULL,
        who TEXT NOT NULL,
        what TEXT NOT NULL,
        target TEXT NOT NULL,
        before TEXT, -- JSON
        after TEXT, -- JSON
        request_id TEXT
      ) STRICT;
      CREATE INDEX audit_by_tenant ON audit (tenant, seq);
      CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit
        BEGIN SELECT RAISE(ABORT, 'audit rows are never changed'); END;
      CREATE TRIGGER audit_is_never_deleted BEFORE DELETE ON audit
        BEGIN SELECT RAISE(ABORT, 'audit rows are never deleted'); END;
    `);
  },
};
