/** Jobs that are made at a platform, how they are asked for, and the request budgets. */
export const jobs = {
  number: 2,
  statements: [
    `CREATE TABLE jobs (
      id INTEGER PRIMARY KEY AUTOINCREMENT, connection_id TEXT NOT NULL REFERENCES connections(id), external_id TEXT,
      handle TEXT NOT NULL, order_id INTEGER REFERENCES orders(id),
      state TEXT NOT NULL CHECK (state IN ('requested','waiting','working','done','failed','cancelled','gone')),
      status_text TEXT NOT NULL, beliefs_json TEXT NOT NULL, warnings_json TEXT NOT NULL, problem TEXT, problem_code TEXT,
      match_key TEXT, nonce TEXT UNIQUE, sighting_hash TEXT NOT NULL, outline_hash TEXT NOT NULL, known_since_ms INTEGER NOT NULL, created_at_ms INTEGER,
      last_seen_at_ms INTEGER, last_checked_at_ms INTEGER, last_command_at_ms INTEGER,
      replaced_by INTEGER REFERENCES jobs(id), next_at_ms INTEGER, lease_owner TEXT, lease_until_ms INTEGER,
      UNIQUE (connection_id, external_id)
    ) STRICT`,
    `CREATE INDEX jobs_order ON jobs (order_id)`,
    `CREATE INDEX jobs_due ON jobs (connection_id, next_at_ms, id) WHERE next_at_ms IS NOT NULL`,
    `CREATE INDEX jobs_match ON jobs (connection_id, match_key) WHERE match_key IS NOT NULL`,
    `CREATE INDEX jobs_state ON jobs (state, id)`,
    `CREATE INDEX jobs_known ON jobs (connection_id, known_since_ms)`,
    `CREATE INDEX jobs_replaced ON jobs (replaced_by) WHERE replaced_by IS NOT NULL`,
    `ALTER TABLE orders ADD COLUMN lane TEXT NOT NULL DEFAULT 'own'`,
    `ALTER TABLE items ADD COLUMN job_id INTEGER REFERENCES jobs(id)`,
    `CREATE INDEX items_job ON items (job_id) WHERE job_id IS NOT NULL`,
    `ALTER TABLE files ADD COLUMN job_id INTEGER REFERENCES jobs(id)`,
    `ALTER TABLE files ADD COLUMN source_key TEXT`,
    `ALTER TABLE files ADD COLUMN needs_token INTEGER NOT NULL DEFAULT 0`,
    `CREATE INDEX files_job ON files (job_id) WHERE job_id IS NOT NULL`,
    `ALTER TABLE outbox ADD COLUMN job_id INTEGER REFERENCES jobs(id)`,
    `ALTER TABLE outbox ADD COLUMN repeatable INTEGER NOT NULL DEFAULT 1`,
    `ALTER TABLE outbox ADD COLUMN look_ups INTEGER NOT NULL DEFAULT 0`,
    `CREATE INDEX outbox_job ON outbox (job_id) WHERE job_id IS NOT NULL`,
    `CREATE TABLE sweeps (
      connection_id TEXT PRIMARY KEY REFERENCES connections(id) ON DELETE CASCADE, cursor TEXT, last_swept_at_ms INTEGER,
      reconcile_at_ms INTEGER, reconcile_reason TEXT NOT NULL DEFAULT 'start', list_refused TEXT,
      next_at_ms INTEGER, lease_owner TEXT, lease_until_ms INTEGER
    ) STRICT`,
    `CREATE TABLE reconciliations (
      id INTEGER PRIMARY KEY AUTOINCREMENT, connection_id TEXT NOT NULL REFERENCES connections(id) ON DELETE CASCADE,
      at_ms INTEGER NOT NULL, reason TEXT NOT NULL, there INTEGER NOT NULL, here INTEGER NOT NULL,
      missing INTEGER NOT NULL, ended INTEGER NOT NULL
    ) STRICT`,
    `CREATE INDEX reconciliations_latest ON reconciliations (connection_id, id)`,
    `CREATE TABLE budgets (
      connection_id TEXT PRIMARY KEY REFERENCES connections(id) ON DELETE CASCADE, state_json TEXT NOT NULL
    ) STRICT`,
  ],
} as const;
