import type { Migration } from '../migration.ts';

export const first: Migration = {
  to: 1,
  up: db => {
    db.exec(`
      CREATE TABLE tenant (
        key INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        -- as in work, so that the cache can be read alone
        display_name TEXT NOT NULL,
        domain TEXT NOT NULL,
        colour INTEGER NOT NULL,
        time_zone TEXT,
        added_at INTEGER NOT NULL,
        synced_at INTEGER,
        service TEXT, -- JSON
        controller TEXT, -- JSON
        readiness TEXT, -- JSON
        traits TEXT, -- JSON: what is known of how the service behaves in this tenant
        last_read INTEGER NOT NULL DEFAULT 0
      ) STRICT;

      CREATE TABLE policy (
        tenant INTEGER NOT NULL,
        id TEXT NOT NULL,
        kind TEXT,
        name TEXT NOT NULL,
        status TEXT NOT NULL,
        retention TEXT NOT NULL, -- JSON
        created_at INTEGER,
        modified_at INTEGER,
        error_code TEXT,
        error_message TEXT,
        PRIMARY KEY (tenant, id)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE unit (
        key INTEGER PRIMARY KEY,
        tenant INTEGER NOT NULL,
        id TEXT NOT NULL,
        kind TEXT NOT NULL,
        name TEXT NOT NULL,
        address TEXT,
        sort_name TEXT NOT NULL, -- the name without case and accents
        folded TEXT NOT NULL, -- name and address without case and accents, to be searched
        owner TEXT NOT NULL,
        policy TEXT,
        status TEXT NOT NULL,
        sources TEXT NOT NULL, -- JSON
        protected_since_at INTEGER,
        offboard_requested_at INTEGER,
        error_code TEXT,
        error_message TEXT,
        first_read INTEGER NOT NULL,
        read INTEGER NOT NULL, -- the last read that saw it
        gone_at INTEGER, -- when a whole read no longer saw it
        -- The newest point as known, for sorting and counting; the verdict shown is reckoned anew from what is known.
        newest_at INTEGER,
        newest_asked_at INTEGER, -- when it was shown to be the newest
        newest_none INTEGER NOT NULL DEFAULT 0, -- 1: the service showed none
        fast_at INTEGER,
        heads_until INTEGER, -- the first of the two to expire
        UNIQUE (tenant, id)
      ) STRICT;
      CREATE INDEX unit_by_name ON unit (tenant, sort_name, id) WHERE gone_at IS NULL;
      CREATE INDEX unit_by_heads_until ON unit (tenant, heads_until) WHERE heads_until IS NOT NULL;
      CREATE INDEX unit_by_owner ON unit (tenant, owner);

      -- Points and proofs in one row: (t, any_to) is proven. One row with t = 0 and an empty id stands for the floor.
      CREATE TABLE know (
        unit INTEGER NOT NULL,
        t INTEGER NOT NULL,
        id BLOB NOT NULL, -- packed
        exp INTEGER NOT NULL,
        any_to INTEGER NOT NULL,
        fast_to INTEGER NOT NULL,
        flags INTEGER NOT NULL, -- ticks after t, times 16, and 1 for fast
        seen INTEGER NOT NULL,
        PRIMARY KEY (unit, t, id)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX know_fast ON know (unit, t, id) WHERE flags & 1;

      CREATE TABLE shown (
        unit INTEGER NOT NULL,
        fast INTEGER NOT NULL,
        to_at INTEGER NOT NULL,
        asked_at INTEGER NOT NULL,
        from_at INTEGER NOT NULL,
        point BLOB, -- packed
        PRIMARY KEY (unit, fast, to_at, asked_at)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE restore_session (
        tenant INTEGER NOT NULL,
        id TEXT NOT NULL,
        kind TEXT,
        status TEXT NOT NULL,
        job_type TEXT,
        created_at INTEGER,
        ended_at INTEGER,
        created_by TEXT,
        destination TEXT,
        error_code TEXT,
        error_message TEXT,
        counts TEXT, -- JSON, as the service answered them
        artifacts_complete INTEGER NOT NULL DEFAULT 0,
        asked_at INTEGER NOT NULL,
        next_ask_at INTEGER,
        PRIMARY KEY (tenant, id)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE restore_artifact (
        tenant INTEGER NOT NULL,
        session TEXT NOT NULL,
        id TEXT NOT NULL,
        unit TEXT,
        name TEXT NOT NULL,
        sort_name TEXT NOT NULL,
        kind TEXT,
        status TEXT NOT NULL,
        rank INTEGER NOT NULL, -- 0 failed, 1 in progress, 2 waiting, 3 succeeded
        destination TEXT,
        point_at INTEGER,
        restore_point TEXT,
        started_at INTEGER,
        ended_at INTEGER,
        restored_to TEXT,
        restored_items INTEGER,
        error_code TEXT,
        error_message TEXT,
        request_id TEXT,
        PRIMARY KEY (tenant, session, id)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX restore_artifact_by_rank ON restore_artifact (tenant, session, rank, sort_name, id);
      CREATE INDEX restore_artifact_by_unit ON restore_artifact (tenant, unit);
    `);
  },
};
