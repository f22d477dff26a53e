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
    ],
    check: (database) => {
      expect(database.prepare('SELECT external_id FROM orders WHERE id = 7').pluck().get()).toBe('A1');
      expect(database.prepare('SELECT state FROM outbox WHERE item_id = 8').pluck().get()).toBe('queued');
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
