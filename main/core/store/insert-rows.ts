import { CompiledQuery, type Insertable } from 'kysely';
import type { WriteTransaction } from './store.ts';
import type { Tables } from './tables.ts';

/** A row to insert; all rows of one call have the same columns. */
export type NewRow<Table extends keyof Tables> = {
  readonly [Column in keyof Insertable<Tables[Table]>]: Insertable<Tables[Table]>[Column];
};

/** Fewer than SQLite takes in one statement (32,766). */
const mostParameters = 30_000;

const snakeNames = new Map<string, string>();

const snakeCase = (name: string): string => {
  const known = snakeNames.get(name);
  if (known !== undefined) return known;
  const made = name.replace(/[A-Z]/gu, (letter) => `_${letter.toLowerCase()}`);
  snakeNames.set(name, made);
  return made;
};

const insertPart = async <Table extends keyof Tables>(
  { db }: WriteTransaction,
  table: Table,
  rows: readonly NewRow<Table>[],
  end: string,
): Promise<readonly number[]> => {
  const columns = Object.keys(rows[0] ?? {});
  const parameters = rows.flatMap((row) => {
    const values = new Map<string, unknown>(Object.entries(row));
    return columns.map((column) => values.get(column) ?? null);
  });
  const tuple = `(${columns.map(() => '?').join(', ')})`;
  const names = columns.map((column) => `"${snakeCase(column)}"`).join(', ');
  const text = `INSERT INTO "${snakeCase(table)}" (${names}) VALUES ${rows.map(() => tuple).join(', ')} ${end}`;
  const result = await db.executeQuery<{ id: number }>(CompiledQuery.raw(text, parameters));
  return result.rows.map((row) => row.id);
};

/**
 * Inserts many rows with few statements, and answers their ids in order. The text is put together here, because for
 * rows by the hundred building a query node for each value costs more than inserting it.
 */
export const insertRows = async <Table extends 'orders' | 'items' | 'files' | 'outbox' | 'attempts' | 'events'>(
  transaction: WriteTransaction,
  table: Table,
  rows: readonly NewRow<Table>[],
): Promise<readonly number[]> => {
  const [first] = rows;
  if (first === undefined) return [];
  const rowsAtOnce = Math.max(1, Math.floor(mostParameters / Object.keys(first).length));
  const parts = Array.from({ length: Math.ceil(rows.length / rowsAtOnce) }, (_, part) =>
    rows.slice(part * rowsAtOnce, (part + 1) * rowsAtOnce),
  );
  const ids = await Promise.all(parts.map((part) => insertPart(transaction, table, part, 'RETURNING id')));
  return ids.flat();
};

/** Inserts a row unless there is one with the same `unique` columns. Answers its id, or null when there is one. */
export const insertUnlessKnown = async <Table extends 'orders'>(
  transaction: WriteTransaction,
  table: Table,
  row: NewRow<Table>,
  unique: readonly (keyof NewRow<Table> & string)[],
): Promise<number | null> => {
  const columns = unique.map(snakeCase).join(', ');
  const [id] = await insertPart(transaction, table, [row], `ON CONFLICT (${columns}) DO NOTHING RETURNING id`);
  return id ?? null;
};
