import { join } from 'node:path';
import Database from 'better-sqlite3';

const prefix = 'EARLIER-';
const hash = (character: string, length: number): string => character.repeat(length);

/** Rows of orders of earlier days: seven of ten are shipped, the others wait for somebody at the press. */
const statements = [
  `INSERT INTO orders (connection_id, external_id, customer, reference, titles, platform_priority, shipping_method, consignor,
     delivery_json, document, document_format, content_hash, unknown_fields_json, received_at_ms, ship_by_ms, reorder, stage, open)
   SELECT 'cp', '${prefix}' || n, 'Fjord Books', 'FB-' || n, 'Tide tables', '2', 'ups_international_standard', 'Fjord Books', NULL,
     printf('{"order":{"id":"${prefix}%d","filler":"%s"}}', n, hex(zeroblob(700))), 'json', 'earlier ' || n, '[]', :nowMs - n * 60000,
     :nowMs + 86400000, 0, CASE WHEN n % 10 < 7 THEN 'shipped' ELSE 'pickedUp' END, n % 10 >= 7
   FROM numbers`,
  `INSERT INTO items (order_id, connection_id, external_id, number, title, product, description, copies, options_json,
     received_at_ms, registered_at_ms, fetching_at_ms, print_ready_at_ms, handed_over_at_ms, picked_up_at_ms, produced_at_ms,
     packed_at_ms, shipped_at_ms, stage)
   SELECT id, 'cp', external_id || '-1', 1, 'Tide tables', 'textbook_pb_a5_p_bw', 'Softcover A5', 5, '[]', received_at_ms,
     received_at_ms, received_at_ms, received_at_ms, received_at_ms, received_at_ms,
     CASE WHEN open = 0 THEN received_at_ms END, CASE WHEN open = 0 THEN received_at_ms END,
     CASE WHEN open = 0 THEN received_at_ms END, stage
   FROM orders WHERE external_id LIKE '${prefix}%'`,
  `INSERT INTO files (order_id, item_id, connection_id, role, format, source_url, source_host, expected_bytes, expected_md5, state,
     name, relative_path, received_bytes, md5, sha256, verification, attempts, ready_at_ms)
   SELECT order_id, id, 'cp', 'product', 'pdf', 'http://127.0.0.1:9/' || id, '127.0.0.1:9', 100000, '${hash('a', 32)}', 'ready',
     external_id || '.pdf', 'cp/' || external_id || '.pdf', 100000, '${hash('a', 32)}', '${hash('b', 64)}', 'size+md5', 1, received_at_ms
   FROM items WHERE external_id LIKE '${prefix}%'`,
  `INSERT INTO inspections (file_id, sha256, at_ms, state, report_json)
   SELECT id, sha256, ready_at_ms, 'skipped', '{}' FROM files WHERE name LIKE '${prefix}%'`,
  `INSERT INTO handovers (file_id, item_id, order_id, hot_folder_id, state, file_name, temporary_name, sha256, bytes,
     intended_at_ms, sent_at_ms, picked_up_at_ms, attempts, created_by)
   SELECT id, item_id, order_id, 'press', 'pickedUp', name, '.platen-' || id || '.part', sha256, 100000, ready_at_ms, ready_at_ms,
     ready_at_ms, 1, 'station'
   FROM files WHERE name LIKE '${prefix}%'`,
  ...['registered', 'produced', 'packed', 'shipped'].map(
    (
      kind,
      at,
    ) => `INSERT INTO outbox (place, connection_id, order_id, item_id, kind, platform_name, payload_json, mandatory, state,
     attempts, created_at_ms, give_up_at_ms, sent_at_ms, created_by)
   SELECT ${at + 1}, 'cp', order_id, id, '${kind}', 'Item', '{}', 1, 'sent', 1, received_at_ms, received_at_ms, received_at_ms, 'AB'
   FROM items WHERE external_id LIKE '${prefix}%'${kind === 'registered' ? '' : " AND stage = 'shipped'"}`,
  ),
  ...['order.received', 'file.ready', 'handover.sent', 'handover.pickedUp', 'item.produced', 'item.shipped'].map(
    (code) => `INSERT INTO events (at_ms, order_id, item_id, connection_id, code, detail_json, evidence)
   SELECT received_at_ms, order_id, id, 'cp', '${code}', '{"role":"product"}', 'stationDid' FROM items WHERE external_id LIKE '${prefix}%'`,
  ),
];

/** Fills the database of a station that is off with orders of earlier days. */
export const fillWithEarlierOrders = (dataFolder: string, count: number, nowMs: number): void => {
  const database = new Database(join(dataFolder, 'platen.db'));
  try {
    database.pragma('journal_mode = WAL');
    database.transaction(() => {
      database.exec('CREATE TEMP TABLE numbers (n INTEGER)');
      const number = database.prepare('INSERT INTO numbers VALUES (?)');
      for (let n = 1; n <= count; n += 1) number.run(n);
      for (const statement of statements) {
        const prepared = database.prepare<{ nowMs: number }>(statement);
        if (statement.includes(':nowMs')) prepared.run({ nowMs });
        else database.exec(statement);
      }
    })();
  } finally {
    database.close();
  }
};

/** How many of them are still there. */
export const earlierOrdersIn = (database: Database.Database): number =>
  database.prepare<[], number>(`SELECT count(*) FROM orders WHERE external_id LIKE '${prefix}%'`).pluck().get() ?? 0;

export const isEarlier = (externalId: string): boolean => externalId.startsWith(prefix);
