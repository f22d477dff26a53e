/** What is deleted after an order is done with, when, and why it may be: see `retention/`. */
export const retention = {
  number: 4,
  statements: [
    // When the last item was shipped or cancelled; null while there is work left.
    `ALTER TABLE orders ADD COLUMN closed_at_ms INTEGER`,
    `ALTER TABLE orders ADD COLUMN files_deleted_at_ms INTEGER`,
    `ALTER TABLE orders ADD COLUMN personal_deleted_at_ms INTEGER`,
    `ALTER TABLE files ADD COLUMN deleted_at_ms INTEGER`,
    `UPDATE orders SET closed_at_ms = (
      SELECT max(max(ifnull(shipped_at_ms, 0), ifnull(cancelled_at_ms, 0))) FROM items WHERE items.order_id = orders.id
    ) WHERE open = 0`,
    `CREATE TABLE deletions (
      id INTEGER PRIMARY KEY AUTOINCREMENT, at_ms INTEGER NOT NULL, order_id INTEGER NOT NULL REFERENCES orders(id),
      what TEXT NOT NULL CHECK (what IN ('files','personal')), file_count INTEGER NOT NULL, byte_count INTEGER NOT NULL,
      by TEXT NOT NULL
    ) STRICT`,
    `CREATE INDEX deletions_order ON deletions (order_id)`,
    `CREATE INDEX deletions_at ON deletions (at_ms)`,
    // An order that was opened again is due again once it is closed. The queries say the same words; with the column on
    // the right, SQLite would turn them around and not know them again.
    `CREATE INDEX orders_files_due ON orders (closed_at_ms)
      WHERE closed_at_ms > ifnull(files_deleted_at_ms, 0)`,
    `CREATE INDEX orders_personal_due ON orders (closed_at_ms)
      WHERE closed_at_ms > ifnull(personal_deleted_at_ms, 0)`,
  ],
} as const;
