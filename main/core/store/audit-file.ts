import Database from 'better-sqlite3';
import { z } from 'zod';
import type { DatabaseAudit } from './look-protocol.ts';

// Runs in a thread of its own (see look-worker.ts), as better-sqlite3 is synchronous.

/** A lease that ran out so long ago was given back by nobody. */
const stuckAfterMs = 120_000;

const rowsOfTable = z.array(z.object({ table: z.string(), rows: z.number() }));
const overdueSignals = z.array(
  z.object({
    id: z.number(),
    name: z.string(),
    order: z.string(),
    state: z.string(),
    deadlineAtMs: z.number(),
  }),
);
const files = z.array(
  z.object({
    id: z.number(),
    relativePath: z.string(),
    state: z.string(),
    bytes: z.number(),
    sha256: z.string().nullable(),
    open: z.number(),
    deletedAtMs: z.number().nullable(),
  }),
);
const settings = z.object({ files: z.object({ keepDaysAfterShipped: z.number() }).partial() }).partial();

const leasedTables = ['files', 'outbox', 'handovers', 'jobs', 'sweeps'] as const;

const setting = (database: Database.Database, key: string): unknown => {
  const text = database.prepare('SELECT value_json FROM settings WHERE key = ?').pluck().get(key);
  try {
    return typeof text === 'string' ? JSON.parse(text) : null;
  } catch {
    return null;
  }
};

const audit = (database: Database.Database, nowMs: number): DatabaseAudit => ({
  brokenReferences: rowsOfTable.parse(
    database.prepare('SELECT "table", count(*) AS rows FROM pragma_foreign_key_check GROUP BY "table"').all(),
  ),
  stuckLeases: leasedTables.flatMap((table) => {
    const rows = database
      .prepare(`SELECT count(*) FROM ${table} WHERE lease_until_ms < ?`)
      .pluck()
      .get(nowMs - stuckAfterMs);
    return Number(rows) > 0 ? [{ table, rows: Number(rows) }] : [];
  }),
  overdueSignals: overdueSignals.parse(
    database
      .prepare(
        `SELECT outbox.id, platform_name AS name, outbox.connection_id || ':' || orders.external_id AS "order",
           outbox.state, deadline_at_ms AS deadlineAtMs
         FROM outbox JOIN orders ON orders.id = outbox.order_id
         WHERE outbox.state NOT IN ('sent', 'cancelled') AND retried_as IS NULL AND deadline_at_ms < ?
         ORDER BY deadline_at_ms`,
      )
      .all(nowMs),
  ),
  filesFolder: z.string().nullable().catch(null).parse(setting(database, 'filesFolder')),
  keepDaysAfterShipped: settings.catch({}).parse(setting(database, 'station')).files?.keepDaysAfterShipped ?? null,
  files: files.parse(
    database
      .prepare(
        `SELECT files.id, relative_path AS relativePath, state, received_bytes AS bytes, sha256, orders.open,
           deleted_at_ms AS deletedAtMs
         FROM files JOIN orders ON orders.id = files.order_id`,
      )
      .all(),
  ),
});

/** Reads it all from one moment; null when the database cannot be read. */
export const auditFile = (path: string, nowMs: number): DatabaseAudit | null => {
  let database: Database.Database | null = null;
  try {
    database = new Database(path, { readonly: true, timeout: 5000 });
    database.exec('BEGIN');
    return audit(database, nowMs);
  } catch {
    return null;
  } finally {
    database?.close();
  }
};
