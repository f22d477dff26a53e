import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { migrations } from '../../../../main/core/store/migrations/migrations.ts';
import { openWriter } from '../../../../main/core/store/open-database.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

/** What each step did when it shipped. A new step gets a line here; an old line never changes. */
const shipped: Readonly<Record<number, string>> = {
  1: 'fa399ae376f83514',
  2: '9e74d60d1d06a49c',
  3: '4b1dbadeb91e7285',
  4: 'fae3465ea96549b7',
  5: 'd2050353bbefc838',
};

/** Rows as the steps up to `number` left them, and what must be true of them after all later ones. */
interface OldRows {
  readonly number: number;
  readonly insert: readonly string[];
  readonly check: (database: Database.Database) => void;
}

const oldRows: readonly OldRows[] = [
  {
    number: 1,
    insert: [
      `INSERT INTO connections (id, platform, settings_json, created_at_ms) VALUES ('shop', 'cloudprinter', '{}', 1)`,
      `INSERT INTO orders (id, connection_id, external_id, customer, reference, titles, platform_priority, shipping_method,
         consignor, document, document_format, content_hash, unknown_fields_json, received_at_ms, reorder, stage)
       VALUES (7, 'shop', 'A1', 'c', 'r', 't', '', '', '', '{}', 'json 2.2', 'h', '[]', 1, 0, 'received')`,
      `INSERT INTO items (id, order_id, connection_id, external_id, number, title, product, description, copies,
         options_json, received_at_ms, stage) VALUES (8, 7, 'shop', 'A1-1', 1, 't', 'p', 'd', 1, '[]', 1, 'received')`,
      `INSERT INTO outbox (id, place, connection_id, order_id, item_id, kind, platform_name, payload_json, mandatory, state,
         created_at_ms, give_up_at_ms, created_by, next_at_ms)
       VALUES (9, 1, 'shop', 7, 8, 'registered', 'ItemRegistered', '{}', 1, 'queued', 1, 2, 'station', 1)`,
      `INSERT INTO files (id, order_id, item_id, connection_id, role, format, source_url, source_host, state, name,
         relative_path) VALUES (10, 7, 8, 'shop', 'product', 'pdf', 'https://x/y', 'x', 'queued', 'n', 'a/n')`,
    ],
    check: (database) => {
      expect(database.prepare('SELECT external_id FROM orders WHERE id = 7').pluck().get()).toBe('A1');
      expect(database.prepare('SELECT state FROM outbox WHERE item_id = 8').pluck().get()).toBe('queued');
      // Step 2: what was there before is made in this shop, is fetched openly, and may be sent twice.
      expect(database.prepare('SELECT lane FROM orders WHERE id = 7').pluck().get()).toBe('own');
      expect(database.prepare('SELECT job_id FROM items WHERE id = 8').pluck().get()).toBeNull();
      expect(database.prepare('SELECT job_id, source_key, needs_token FROM files WHERE id = 10').get()).toEqual({
        job_id: null,
        source_key: null,
        needs_token: 0,
      });
      expect(database.prepare('SELECT job_id, repeatable, look_ups FROM outbox WHERE id = 9').get()).toEqual({
        job_id: null,
        repeatable: 1,
        look_ups: 0,
      });
    },
  },
  {
    number: 2,
    insert: [
      `INSERT INTO connections (id, platform, settings_json, created_at_ms) VALUES ('px', 'printess', '{}', 1)`,
      `INSERT INTO orders (id, connection_id, external_id, customer, reference, titles, platform_priority, shipping_method,
         consignor, document, document_format, content_hash, unknown_fields_json, received_at_ms, reorder, stage, lane)
       VALUES (7, 'px', 'A1', 'c', 'r', 't', '', '', '', '{}', 'json', 'h', '[]', 1, 0, 'received', 'outsourced')`,
      `INSERT INTO jobs (id, connection_id, external_id, handle, order_id, state, status_text, beliefs_json, warnings_json,
         match_key, nonce, sighting_hash, outline_hash, known_since_ms, next_at_ms)
       VALUES (4, 'px', NULL, '', 7, 'requested', '', '[]', '[]', 'm', 'secret', '', '', 1, 2),
         (5, 'px', 'j-1', 'h-1', 7, 'done', 'ok', '[]', '[]', 'm', NULL, 's', 'o', 1, NULL)`,
      `UPDATE jobs SET replaced_by = 5 WHERE id = 4`,
      `INSERT INTO items (id, order_id, connection_id, external_id, number, title, product, description, copies,
         options_json, received_at_ms, stage, job_id) VALUES (8, 7, 'px', 'A1-1', 1, 't', 'p', 'd', 1, '[]', 1, 'received', 5)`,
      `INSERT INTO files (id, order_id, item_id, connection_id, role, format, source_url, source_host, state, name,
         relative_path, job_id, source_key, needs_token)
       VALUES (10, 7, 8, 'px', 'product', 'pdf', 'https://x/y', 'x', 'ready', 'n', 'a/n', 5, 'doc 1', 1)`,
      `INSERT INTO outbox (id, place, connection_id, order_id, item_id, kind, platform_name, payload_json, mandatory, state,
         created_at_ms, give_up_at_ms, created_by, next_at_ms, job_id, repeatable, look_ups)
       VALUES (9, 1, 'px', 7, 8, 'produce', '/production/produce', '{}', 1, 'maybe', 1, 2, 'AB', 1, 4, 0, 3)`,
      `INSERT INTO sweeps (connection_id, cursor, last_swept_at_ms, reconcile_reason, next_at_ms)
       VALUES ('px', 'c-1', 1, 'hourly', 2)`,
      `INSERT INTO reconciliations (connection_id, at_ms, reason, there, here, missing, ended)
       VALUES ('px', 1, 'start', 214, 214, 1, 0)`,
      `INSERT INTO budgets (connection_id, state_json) VALUES ('px', '{}')`,
    ],
    check: (database) => {
      expect(database.prepare('SELECT id, external_id, nonce, replaced_by FROM jobs ORDER BY id').raw().all()).toEqual([
        [4, null, 'secret', 5],
        [5, 'j-1', null, null],
      ]);
      expect(database.prepare('SELECT state, job_id, repeatable, look_ups FROM outbox').raw().all()).toEqual([
        ['maybe', 4, 0, 3],
      ]);
      expect(database.prepare('SELECT lane FROM orders').pluck().all()).toEqual(['outsourced']);
      expect(database.prepare('SELECT job_id, source_key, needs_token FROM files').raw().all()).toEqual([
        [5, 'doc 1', 1],
      ]);
      expect(database.prepare('SELECT cursor FROM sweeps').pluck().get()).toBe('c-1');
      expect(database.prepare('SELECT there FROM reconciliations').pluck().get()).toBe(214);
      expect(database.prepare('SELECT state_json FROM budgets').pluck().get()).toBe('{}');
    },
  },
  {
    number: 3,
    insert: [
      `INSERT INTO connections (id, platform, settings_json, created_at_ms) VALUES ('px', 'printess', '{}', 1)`,
      `INSERT INTO orders (id, connection_id, external_id, customer, reference, titles, platform_priority, shipping_method,
         consignor, document, document_format, content_hash, unknown_fields_json, received_at_ms, reorder, stage)
       VALUES (7, 'px', 'A1', 'c', 'r', 't', '', '', '', '{}', 'json', 'h', '[]', 1, 0, 'received')`,
      `INSERT INTO items (id, order_id, connection_id, external_id, number, title, product, description, copies,
         options_json, received_at_ms, stage) VALUES (8, 7, 'px', 'A1-1', 1, 't', 'p', 'd', 1, '[]', 1, 'received')`,
      `INSERT INTO people (id, name, initials, role, pin_hash, created_at_ms) VALUES (1, 'n', 'AB', 'operator', 'h', 1)`,
      `INSERT INTO notes (order_id, at_ms, by, text) VALUES (7, 1, 'AB', 'hold the press')`,
      `INSERT INTO actions (id, at_ms, by, kind, detail_json, undo_until_ms) VALUES (2, 1, 'AB', 'shipped', '{}', 2)`,
      `INSERT INTO action_items (action_id, item_id, before_json, outbox_ids_json) VALUES (2, 8, '{}', '[]')`,
      `INSERT INTO reprints (item_id, at_ms, by, reason) VALUES (8, 1, 'AB', 'smeared')`,
      `INSERT INTO orders (id, connection_id, external_id, customer, reference, titles, platform_priority, shipping_method,
         consignor, document, document_format, content_hash, unknown_fields_json, received_at_ms, reorder, stage, open)
       VALUES (17, 'px', 'A2', 'c', 'r', 't', '', '', '', '{}', 'json', 'h', '[]', 1, 0, 'shipped', 0)`,
      `INSERT INTO items (id, order_id, connection_id, external_id, number, title, product, description, copies,
         options_json, received_at_ms, stage, shipped_at_ms, cancelled_at_ms)
       VALUES (18, 17, 'px', 'A2-1', 1, 't', 'p', 'd', 1, '[]', 1, 'shipped', 20, NULL),
         (19, 17, 'px', 'A2-2', 2, 't', 'p', 'd', 1, '[]', 1, 'cancelled', NULL, 30)`,
    ],
    check: (database) => {
      expect(database.prepare('SELECT text FROM notes').pluck().all()).toEqual(['hold the press']);
      expect(database.prepare('SELECT initials, failed_tries FROM people').raw().all()).toEqual([['AB', 0]]);
      expect(database.prepare('SELECT action_id, item_id FROM action_items').raw().all()).toEqual([[2, 8]]);
      expect(database.prepare('SELECT reason FROM reprints').pluck().all()).toEqual(['smeared']);
      // Step 4: an order that is closed says since when.
      expect(database.prepare('SELECT closed_at_ms FROM orders ORDER BY id').pluck().all()).toEqual([null, 30]);
      // Step 5: it is found by all its words.
      expect(database.prepare('SELECT words FROM order_words ORDER BY order_id').pluck().all()).toEqual([
        'A1\nc\nr\nt\nA1-1\np',
        'A2\nc\nr\nt\nA2-1\np\nA2-2\np',
      ]);
    },
  },
  {
    number: 4,
    insert: [
      `INSERT INTO connections (id, platform, settings_json, created_at_ms) VALUES ('px', 'printess', '{}', 1)`,
      `INSERT INTO orders (id, connection_id, external_id, customer, reference, titles, platform_priority, shipping_method,
         consignor, document, document_format, content_hash, unknown_fields_json, received_at_ms, reorder, stage, open,
         closed_at_ms, files_deleted_at_ms)
       VALUES (7, 'px', 'A1', 'c', 'r', 't', '', '', '', '{}', 'json', 'h', '[]', 1, 0, 'shipped', 0, 5, 6)`,
      `INSERT INTO deletions (at_ms, order_id, what, file_count, byte_count, by) VALUES (6, 7, 'files', 2, 300, 'retention')`,
    ],
    check: (database) => {
      expect(database.prepare('SELECT what, file_count, byte_count FROM deletions').raw().all()).toEqual([
        ['files', 2, 300],
      ]);
      expect(database.prepare('SELECT closed_at_ms, files_deleted_at_ms FROM orders').raw().all()).toEqual([[5, 6]]);
    },
  },
  {
    number: 5,
    insert: [
      `INSERT INTO connections (id, platform, settings_json, created_at_ms) VALUES ('px', 'printess', '{}', 1)`,
      `INSERT INTO orders (id, connection_id, external_id, customer, reference, titles, platform_priority, shipping_method,
         consignor, document, document_format, content_hash, unknown_fields_json, received_at_ms, reorder, stage)
       VALUES (7, 'px', 'A1', 'Ann', 'r', 't', '', '', '', '{}', 'json', 'h', '[]', 1, 0, 'received')`,
      `INSERT INTO items (id, order_id, connection_id, external_id, number, title, product, description, copies,
         options_json, received_at_ms, stage)
       VALUES (8, 7, 'px', 'A1-1', 1, 't', 'p', 'd', 1, '[]', 1, 'received'),
         (9, 7, 'px', 'A1-2', 2, 't', 'p', 'd', 1, '[]', 1, 'received')`,
    ],
    check: (database) => {
      const words = database.prepare('SELECT words FROM order_words').pluck();
      expect(words.get()).toBe('A1\nAnn\nr\nt\nA1-1\np\nA1-2\np');
      database.exec(`UPDATE orders SET customer = ''; UPDATE items SET product = 'q' WHERE id = 8`);
      expect(words.get()).toBe('A1\n\nr\nt\nA1-1\nq\nA1-2\np');
      database.exec('DELETE FROM items WHERE id = 8');
      expect(words.get()).toBe('A1\n\nr\nt\nA1-2\np');
    },
  },
];

const hashOf = (statements: readonly string[]): string =>
  createHash('sha256').update(statements.join(';\n')).digest('hex').slice(0, 16);

const schemaOf = (database: Database.Database): string =>
  database
    .prepare<[], { sql: string }>(
      `SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY tbl_name, type DESC, name`,
    )
    .all()
    .map(({ sql }) => `${sql.replace(/\s+/gu, ' ')};\n`)
    .join('');

describe('the migrations', () => {
  it('are numbered one after another', () => {
    expect(migrations.map(({ number }) => number)).toEqual(migrations.map((_, index) => index + 1));
  });

  it('are what they were when they shipped', () => {
    expect(Object.fromEntries(migrations.map((one) => [one.number, hashOf(one.statements)]))).toEqual(shipped);
  });

  it('make the schema from nothing', async () => {
    const database = openWriter(join(await temporaryFolder(), 'platen.db'));
    const schema = schemaOf(database);
    expect(database.pragma('user_version', { simple: true })).toBe(migrations.at(-1)?.number);
    database.close();
    await expect(schema).toMatchFileSnapshot('schema.snapshot.sql');
  });

  it.each(oldRows)('keep the rows of step $number', async ({ number, insert, check }) => {
    const path = join(await temporaryFolder(), 'platen.db');
    const old = openWriter(
      path,
      migrations.filter((migration) => migration.number <= number),
    );
    for (const statement of insert) old.exec(statement);
    old.close();
    const database = openWriter(path);
    check(database);
    expect(database.pragma('foreign_key_check')).toEqual([]);
    expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
    database.close();
  });

  it('have old rows to be tested with, each of them', () => {
    expect(oldRows.map(({ number }) => number)).toEqual(migrations.map(({ number }) => number));
  });

  it('change nothing when they have run already', async () => {
    const path = join(await temporaryFolder(), 'platen.db');
    const first = openWriter(path);
    const schema = schemaOf(first);
    first.close();
    const second = openWriter(path);
    expect(schemaOf(second)).toBe(schema);
    second.close();
  });
});
