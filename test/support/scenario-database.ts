import { join } from 'node:path';
import Database from 'better-sqlite3';

/** Reads a station's database from outside, also while the station runs. */
const reading = <Result>(dataFolder: string, read: (database: Database.Database) => Result): Result => {
  const database = new Database(join(dataFolder, 'platen.db'), { readonly: true, fileMustExist: true });
  try {
    return read(database);
  } finally {
    database.close();
  }
};

/** How many rows each table has. */
export const rowCounts = (dataFolder: string): Readonly<Record<string, number>> =>
  reading(dataFolder, (database) => {
    const tables = database
      .prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
      .pluck()
      .all();
    return Object.fromEntries(
      tables.map((table) => [
        table,
        database.prepare<[], number>(`SELECT count(*) FROM "${table}"`).pluck().get() ?? 0,
      ]),
    );
  });

/** The first column of the rows that a query gives. */
export const valuesOf = (dataFolder: string, sql: string): readonly unknown[] =>
  reading(dataFolder, (database) => database.prepare<[], unknown>(sql).pluck().all());

/** `ok`, or what SQLite finds wrong with the whole file and its references. */
export const integrityOf = (dataFolder: string): string =>
  reading(dataFolder, (database) => {
    const strangers = database.prepare('PRAGMA foreign_key_check').all();
    const verdict = String(database.pragma('integrity_check', { simple: true }));
    return strangers.length === 0 ? verdict : `${strangers.length} rows refer to nothing`;
  });
