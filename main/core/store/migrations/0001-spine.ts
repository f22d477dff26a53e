/** The tables of the spine: orders to signals. SQLite's STRICT tables check the types. Columns are snake_case here, camelCase in code. */
export const spine = {
  number: 1,
  statements: [
    `CREATE TABLE connections (
      id TEXT PRIMARY KEY, platform TEXT NOT NULL, settings_json TEXT NOT NULL, from_config INTEGER NOT NULL DEFAULT 0,
      paused_by_person INTEGER NOT NULL DEFAULT 0, created_at_ms INTEGER NOT NULL, last_order_at_ms INTEGER
    ) STRICT`,
    `CREATE TABLE channels (
      connection_id TEXT NOT NULL REFERENCES connections(id) ON DELETE CASCADE, name TEXT NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('open','waiting','alarm','paused')), since_ms INTEGER NOT NULL,
      next_try_at_ms INTEGER, failures INTEGER NOT NULL DEFAULT 0, last_reached_at_ms INTEGER, problem TEXT,
      PRIMARY KEY (connection_id, name)
    ) STRICT`,
    `CREATE TABLE orders (
      id INTEGER PRIMARY KEY AUTOINCREMENT, connection_id TEXT NOT NULL REFERENCES connections(id), external_id TEXT NOT NULL,
      customer TEXT NOT NULL, reference TEXT NOT NULL, titles TEXT NOT NULL, platform_priority TEXT NOT NULL,
      shipping_method TEXT NOT NULL, consignor TEXT NOT NULL, delivery_json TEXT, document TEXT NOT NULL,
      document_format TEXT NOT NULL, content_hash TEXT NOT NULL, unknown_fields_json TEXT NOT NULL,
      received_at_ms INTEGER NOT NULL, ship_by_ms INTEGER, reorder INTEGER NOT NULL, stage TEXT NOT NULL,
      problem TEXT, problem_count INTEGER NOT NULL DEFAULT 0, held INTEGER NOT NULL DEFAULT 0, open INTEGER NOT NULL DEFAULT 1,
      UNIQUE (connection_id, external_id)
    ) STRICT`,
    // The Orders list: reorders first, then ship-by (none last), then the oldest.
    `CREATE INDEX orders_urgency ON orders (reorder DESC, ifnull(ship_by_ms, 9223372036854775807), id)`,
    `CREATE INDEX orders_open_urgency ON orders (reorder DESC, ifnull(ship_by_ms, 9223372036854775807), id) WHERE open = 1`,
    `CREATE INDEX orders_problem_urgency ON orders (reorder DESC, ifnull(ship_by_ms, 9223372036854775807), id) WHERE problem_count > 0`,
    `CREATE INDEX orders_open ON orders (connection_id) WHERE open = 1`,
    `CREATE TABLE order_revisions (
      id INTEGER PRIMARY KEY AUTOINCREMENT, order_id INTEGER NOT NULL REFERENCES orders(id), received_at_ms INTEGER NOT NULL,
      content_hash TEXT NOT NULL, document TEXT NOT NULL, document_format TEXT NOT NULL, summary TEXT NOT NULL,
      UNIQUE (order_id, content_hash)
    ) STRICT`,
    `CREATE TABLE items (
      id INTEGER PRIMARY KEY AUTOINCREMENT, order_id INTEGER NOT NULL REFERENCES orders(id), connection_id TEXT NOT NULL,
      external_id TEXT NOT NULL, number INTEGER NOT NULL, title TEXT NOT NULL, product TEXT NOT NULL, description TEXT NOT NULL,
      copies INTEGER NOT NULL, pages INTEGER, options_json TEXT NOT NULL, reorder_cause TEXT, reorder_description TEXT,
      reorder_order_external_id TEXT, reorder_item_external_id TEXT, received_at_ms INTEGER NOT NULL, registered_at_ms INTEGER,
      fetching_at_ms INTEGER, print_ready_at_ms INTEGER, handed_over_at_ms INTEGER, picked_up_at_ms INTEGER,
      produced_at_ms INTEGER, packed_at_ms INTEGER, shipped_at_ms INTEGER, cancelled_at_ms INTEGER, held_at_ms INTEGER,
      held_note TEXT, stage TEXT NOT NULL, problem TEXT, problem_code TEXT,
      UNIQUE (order_id, external_id)
    ) STRICT`,
    `CREATE INDEX items_external ON items (connection_id, external_id)`,
    `CREATE TABLE files (
      id INTEGER PRIMARY KEY AUTOINCREMENT, order_id INTEGER NOT NULL REFERENCES orders(id), item_id INTEGER REFERENCES items(id),
      connection_id TEXT NOT NULL, role TEXT NOT NULL, format TEXT NOT NULL, source_url TEXT NOT NULL, source_host TEXT NOT NULL,
      expected_bytes INTEGER, expected_md5 TEXT,
      state TEXT NOT NULL CHECK (state IN ('queued','fetching','verifying','ready','waiting','problem')),
      name TEXT NOT NULL, relative_path TEXT NOT NULL COLLATE NOCASE UNIQUE, received_bytes INTEGER NOT NULL DEFAULT 0, validator TEXT,
      md5 TEXT, sha256 TEXT, verification TEXT, attempts INTEGER NOT NULL DEFAULT 0, mismatches INTEGER NOT NULL DEFAULT 0,
      problem TEXT, problem_code TEXT, ready_at_ms INTEGER, priority INTEGER NOT NULL DEFAULT 0,
      next_at_ms INTEGER, lease_owner TEXT, lease_until_ms INTEGER
    ) STRICT`,
    `CREATE INDEX files_order ON files (order_id)`,
    `CREATE INDEX files_item ON files (item_id)`,
    `CREATE INDEX files_due ON files (connection_id, source_host, priority DESC, id) WHERE next_at_ms IS NOT NULL`,
    `CREATE INDEX files_state ON files (state, id)`,
    `CREATE TABLE outbox (
      id INTEGER PRIMARY KEY AUTOINCREMENT, place INTEGER NOT NULL, connection_id TEXT NOT NULL,
      order_id INTEGER NOT NULL REFERENCES orders(id), item_id INTEGER NOT NULL REFERENCES items(id), kind TEXT NOT NULL,
      platform_name TEXT NOT NULL, payload_json TEXT NOT NULL, mandatory INTEGER NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('queued','sending','sent','waiting','problem','maybe','cancelled')),
      attempts INTEGER NOT NULL DEFAULT 0, created_at_ms INTEGER NOT NULL, undo_until_ms INTEGER, deadline_at_ms INTEGER,
      give_up_at_ms INTEGER NOT NULL, sent_at_ms INTEGER, last_error TEXT, last_error_code TEXT,
      retried_as INTEGER REFERENCES outbox(id), created_by TEXT NOT NULL,
      next_at_ms INTEGER, lease_owner TEXT, lease_until_ms INTEGER
    ) STRICT`,
    `CREATE INDEX outbox_due ON outbox (connection_id, next_at_ms, id) WHERE next_at_ms IS NOT NULL`,
    `CREATE INDEX outbox_item ON outbox (item_id, place)`,
    `CREATE INDEX outbox_order ON outbox (order_id)`,
    `CREATE INDEX outbox_state ON outbox (state, id)`,
    // The foreign key looks here for each new row.
    `CREATE INDEX outbox_retried ON outbox (retried_as) WHERE retried_as IS NOT NULL`,
    `CREATE TABLE attempts (
      id INTEGER PRIMARY KEY AUTOINCREMENT, outbox_id INTEGER REFERENCES outbox(id), file_id INTEGER REFERENCES files(id),
      at_ms INTEGER NOT NULL, duration_ms INTEGER NOT NULL, outcome TEXT NOT NULL, http_status INTEGER, excerpt TEXT
    ) STRICT`,
    `CREATE INDEX attempts_outbox ON attempts (outbox_id) WHERE outbox_id IS NOT NULL`,
    `CREATE INDEX attempts_file ON attempts (file_id) WHERE file_id IS NOT NULL`,
    `CREATE TABLE hot_folders (
      id TEXT PRIMARY KEY, name TEXT NOT NULL, settings_json TEXT NOT NULL, from_config INTEGER NOT NULL DEFAULT 0,
      state TEXT NOT NULL DEFAULT 'ok', problem TEXT, last_pick_up_at_ms INTEGER
    ) STRICT`,
    `CREATE TABLE handovers (
      id INTEGER PRIMARY KEY AUTOINCREMENT, file_id INTEGER NOT NULL REFERENCES files(id), item_id INTEGER REFERENCES items(id),
      order_id INTEGER NOT NULL REFERENCES orders(id), hot_folder_id TEXT NOT NULL REFERENCES hot_folders(id),
      state TEXT NOT NULL CHECK (state IN ('intended','copying','sent','pickedUp','maybeSent','waiting','problem','undone')),
      file_name TEXT NOT NULL, temporary_name TEXT NOT NULL, renaming INTEGER NOT NULL DEFAULT 0, sha256 TEXT NOT NULL,
      bytes INTEGER NOT NULL, intended_at_ms INTEGER NOT NULL, sent_at_ms INTEGER, picked_up_at_ms INTEGER,
      attempts INTEGER NOT NULL DEFAULT 0, problem TEXT, created_by TEXT NOT NULL,
      next_at_ms INTEGER, lease_owner TEXT, lease_until_ms INTEGER
    ) STRICT`,
    `CREATE INDEX handovers_file ON handovers (file_id)`,
    `CREATE INDEX handovers_item ON handovers (item_id)`,
    `CREATE INDEX handovers_order ON handovers (order_id)`,
    `CREATE INDEX handovers_due ON handovers (hot_folder_id, next_at_ms) WHERE next_at_ms IS NOT NULL`,
    `CREATE INDEX handovers_state ON handovers (state, hot_folder_id, sent_at_ms)`,
    `CREATE TABLE events (
      id INTEGER PRIMARY KEY AUTOINCREMENT, at_ms INTEGER NOT NULL, order_id INTEGER REFERENCES orders(id),
      item_id INTEGER REFERENCES items(id), file_id INTEGER REFERENCES files(id), connection_id TEXT, code TEXT NOT NULL,
      detail_json TEXT NOT NULL, evidence TEXT NOT NULL, by TEXT
    ) STRICT`,
    `CREATE INDEX events_order ON events (order_id, id)`,
    `CREATE TABLE settings (key TEXT PRIMARY KEY, value_json TEXT NOT NULL) STRICT`,
  ],
} as const;
