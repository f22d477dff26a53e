/** What people do on the floor: who they are, notes, actions that can be undone, reprints; and what lies in the files. */
export const floor = {
  number: 3,
  statements: [
    `CREATE TABLE people (
      id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, initials TEXT NOT NULL COLLATE NOCASE,
      role TEXT NOT NULL CHECK (role IN ('operator','manager')), pin_hash TEXT NOT NULL, created_at_ms INTEGER NOT NULL,
      removed_at_ms INTEGER, failed_tries INTEGER NOT NULL DEFAULT 0, locked_until_ms INTEGER
    ) STRICT`,
    `CREATE UNIQUE INDEX people_initials ON people (initials) WHERE removed_at_ms IS NULL`,
    `CREATE TABLE notes (
      id INTEGER PRIMARY KEY AUTOINCREMENT, order_id INTEGER NOT NULL REFERENCES orders(id), at_ms INTEGER NOT NULL,
      by TEXT NOT NULL, text TEXT NOT NULL
    ) STRICT`,
    `CREATE INDEX notes_order ON notes (order_id, id)`,
    `CREATE TABLE actions (
      id INTEGER PRIMARY KEY AUTOINCREMENT, at_ms INTEGER NOT NULL, by TEXT NOT NULL, kind TEXT NOT NULL,
      detail_json TEXT NOT NULL, undo_until_ms INTEGER NOT NULL, undone_at_ms INTEGER, undone_by TEXT
    ) STRICT`,
    `CREATE INDEX actions_undoable ON actions (undo_until_ms)`,
    `CREATE TABLE action_items (
      action_id INTEGER NOT NULL REFERENCES actions(id) ON DELETE CASCADE, item_id INTEGER NOT NULL REFERENCES items(id),
      before_json TEXT NOT NULL, outbox_ids_json TEXT NOT NULL, PRIMARY KEY (action_id, item_id)
    ) STRICT`,
    `CREATE INDEX action_items_item ON action_items (item_id)`,
    `CREATE TABLE reprints (
      id INTEGER PRIMARY KEY AUTOINCREMENT, item_id INTEGER NOT NULL REFERENCES items(id), at_ms INTEGER NOT NULL,
      by TEXT NOT NULL, reason TEXT NOT NULL
    ) STRICT`,
    `CREATE INDEX reprints_item ON reprints (item_id)`,
    `CREATE TABLE inspections (
      file_id INTEGER PRIMARY KEY REFERENCES files(id) ON DELETE CASCADE, sha256 TEXT NOT NULL, at_ms INTEGER NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('readable','unreadable','skipped')), report_json TEXT NOT NULL
    ) STRICT`,
    `ALTER TABLE handovers ADD COLUMN outcome TEXT CHECK (outcome IN ('accepted','failed'))`,
    `ALTER TABLE handovers ADD COLUMN outcome_detail TEXT`,
    `ALTER TABLE handovers ADD COLUMN outcome_at_ms INTEGER`,
    `CREATE INDEX handovers_picked_up ON handovers (hot_folder_id, picked_up_at_ms) WHERE picked_up_at_ms IS NOT NULL`,
    `CREATE INDEX events_file ON events (file_id) WHERE file_id IS NOT NULL`,
    `CREATE INDEX items_print_ready ON items (print_ready_at_ms) WHERE print_ready_at_ms IS NOT NULL`,
    `CREATE INDEX items_handed_over ON items (handed_over_at_ms) WHERE handed_over_at_ms IS NOT NULL`,
    `CREATE INDEX items_shipped ON items (shipped_at_ms) WHERE shipped_at_ms IS NOT NULL`,
    `CREATE INDEX outbox_sent ON outbox (sent_at_ms) WHERE sent_at_ms IS NOT NULL`,
    `CREATE INDEX files_ready_at ON files (ready_at_ms) WHERE ready_at_ms IS NOT NULL`,
  ],
} as const;
