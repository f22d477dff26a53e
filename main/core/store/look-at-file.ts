import { rmSync, statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { z } from 'zod';
import type { DatabaseLook, SalvagedOrder } from './look-protocol.ts';
import { migrations } from './migrations/migrations.ts';
import { standingOfSchema } from './schema-number.ts';
import { sidecars } from './sidecars.ts';

// Runs in a thread of its own (see look-worker.ts), as better-sqlite3 is synchronous.

const oneLine = (text: string): string => text.replace(/\s+/gu, ' ').trim();
const reasonOf = (error: unknown): string => oneLine(error instanceof Error ? error.message : String(error));

const sizeOf = (path: string): number | null => statSync(path, { throwIfNoEntry: false })?.size ?? null;

/** Opening a copy to read it leaves files beside it that were not there before. */
const withoutTraces = <Result>(path: string, work: () => Result): Result => {
  const before = sidecars.filter((suffix) => sizeOf(`${path}${suffix}`) !== null);
  try {
    return work();
  } finally {
    for (const suffix of sidecars) if (!before.includes(suffix)) rmSync(`${path}${suffix}`, { force: true });
  }
};

const storedMoment = z.number().nullable().catch(null);

const lastAliveOf = (database: Database.Database): number | null => {
  const text = database.prepare(`SELECT value_json FROM settings WHERE key = 'lastAlive'`).pluck().get();
  try {
    return storedMoment.parse(JSON.parse(String(text)));
  } catch {
    return null;
  }
};

const count = z.number();

const lookInside = (database: Database.Database, thorough: boolean): DatabaseLook => {
  const schema = Number(database.pragma('user_version', { simple: true }));
  const standing = standingOfSchema(schema, migrations);
  if (standing === 'senseless') return { kind: 'damaged', reason: 'its header makes no sense' };
  const verdict = oneLine(
    String(database.pragma(thorough ? 'integrity_check(5)' : 'quick_check(1)', { simple: true })),
  );
  if (verdict !== 'ok') return { kind: 'damaged', reason: verdict };
  if (standing === 'newer') return { kind: 'newer', schema };
  const known = database.prepare(`SELECT count(*) FROM sqlite_schema WHERE name = 'orders'`).pluck().get();
  if (schema === 0 && known === 0) return { kind: 'foreign' };
  return {
    kind: 'good',
    schema,
    orders: count.parse(database.prepare('SELECT count(*) FROM orders').pluck().get()),
    lastAliveAtMs: lastAliveOf(database),
  };
};

/** Says what the file is, without changing it. */
export const lookAtFile = (path: string, thorough: boolean): DatabaseLook => {
  const bytes = sizeOf(path);
  if (bytes === null) return { kind: 'missing' };
  if (bytes === 0) return { kind: 'empty' };
  return withoutTraces(path, () => {
    let database: Database.Database | null = null;
    try {
      database = new Database(path, { readonly: true, timeout: 5000 });
      return lookInside(database, thorough);
    } catch (error) {
      return { kind: 'damaged', reason: reasonOf(error) };
    } finally {
      database?.close();
    }
  });
};

/** Makes a finished copy stand alone, and looks at it. */
export const sealFile = (path: string): DatabaseLook => {
  const bytes = sizeOf(path) ?? 0;
  if (bytes === 0) return { kind: 'empty' };
  let database: Database.Database | null = null;
  try {
    database = new Database(path, { fileMustExist: true, timeout: 5000 });
    database.pragma('journal_mode = DELETE');
    return lookInside(database, false);
  } catch (error) {
    return { kind: 'damaged', reason: reasonOf(error) };
  } finally {
    database?.close();
  }
};

const orderRow = z.object({
  connectionId: z.string(),
  externalId: z.string(),
  receivedAtMs: z.number(),
  document: z.string(),
});
const columns = 'connection_id AS connectionId, external_id AS externalId, received_at_ms AS receivedAtMs';

/** Ids that are looked for after the last that was found: between two orders few are left out. */
const gapOfIds = 200;

/**
 * Reads the orders after an id one by one, each by its own way through the file: a page that is damaged hides only the
 * orders on it. Answers nothing when not even the schema can be read.
 */
export const salvageOrders = (path: string, afterOrderId: number): readonly SalvagedOrder[] => {
  let database: Database.Database | null = null;
  const found: SalvagedOrder[] = [];
  try {
    database = new Database(path, { readonly: true, timeout: 5000 });
    const whole = database.prepare(`SELECT ${columns}, document FROM orders WHERE id = ?`);
    const named = database.prepare(`SELECT ${columns}, '' AS document FROM orders WHERE id = ?`);
    for (let id = afterOrderId + 1, last = afterOrderId; id <= last + gapOfIds; id += 1) {
      const order = readOne(whole, id) ?? readOne(named, id);
      if (order === null) continue;
      found.push(order);
      last = id;
    }
  } catch {
    // What was found until here is what there is.
  } finally {
    try {
      database?.close();
    } catch {
      // A file that cannot even be closed is set aside already.
    }
  }
  return found;
};

const readOne = (statement: Database.Statement, id: number): SalvagedOrder | null => {
  try {
    const row = orderRow.safeParse(statement.get(id));
    return row.success ? row.data : null;
  } catch {
    return null;
  }
};
