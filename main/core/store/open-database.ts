import { accessSync, constants } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import type { OpenFailure } from './database-protocol.ts';
import { migrations as allMigrations, type Migration } from './migrations/migrations.ts';
import { newestSchema, standingOfSchema } from './schema-number.ts';

/** A database that must not be used: the message says why in one line, and what to do. */
export class DatabaseOpenError extends Error {
  readonly failure: OpenFailure;

  constructor(failure: OpenFailure, message: string) {
    super(message);
    this.name = 'DatabaseOpenError';
    this.failure = failure;
  }
}

const damaged = (path: string, verdict: string): DatabaseOpenError =>
  new DatabaseOpenError('damaged', `the database ${path} is damaged (${verdict}): restore a file of backups/`);

const isWritable = (path: string): boolean => {
  try {
    accessSync(path, constants.R_OK | constants.W_OK);
    return true;
  } catch {
    return false;
  }
};

/** What SQLite says of a file that it may use, but that is none of its own: not of the disk, and not of a busy file. */
const saysDamaged = (code: string, path: string): boolean =>
  code === 'SQLITE_NOTADB' ||
  code === 'SQLITE_ERROR' ||
  code.startsWith('SQLITE_CORRUPT') ||
  code === 'SQLITE_IOERR_SHORT_READ' ||
  code.startsWith('SQLITE_CONSTRAINT') ||
  // A header that asks for a newer SQLite is opened for reading only.
  (code === 'SQLITE_READONLY' && isWritable(path));

const isSqliteError = (error: unknown): error is Error & { code: string } =>
  error instanceof Error && 'code' in error && typeof error.code === 'string';

const schemaOf = (database: Database.Database): number => Number(database.pragma('user_version', { simple: true }));

const refuseNewer = (database: Database.Database, path: string, migrations: readonly Migration[]): void => {
  const current = schemaOf(database);
  const standing = standingOfSchema(current, migrations);
  if (standing === 'senseless') throw damaged(path, 'its header makes no sense');
  if (standing === 'newer') {
    throw new DatabaseOpenError(
      'newer',
      `the database ${path} was made by a newer Platen (schema ${current}, this one knows ${newestSchema(migrations)}): install that version again`,
    );
  }
};

const applyMigrations = (database: Database.Database, migrations: readonly Migration[]): void => {
  const current = schemaOf(database);
  for (const migration of migrations) {
    if (migration.number <= current) continue;
    database.transaction(() => {
      for (const statement of migration.statements) database.exec(statement);
      database.pragma(`user_version = ${migration.number}`);
    })();
  }
};

const checkIntegrity = (database: Database.Database, path: string): void => {
  const verdict = String(database.pragma('quick_check(1)', { simple: true })).replace(/\s+/gu, ' ');
  if (verdict !== 'ok') {
    throw damaged(path, verdict);
  }
};

/**
 * Takes the data folder for this process: an exclusive lock on a file beside the database, which the operating system
 * gives back when the process ends, however it ends.
 */
export const takeFolderLock = (databasePath: string): Database.Database => {
  const folder = dirname(databasePath);
  let lock: Database.Database | null = null;
  try {
    lock = new Database(join(folder, 'platen.lock'), { timeout: 0 });
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    lock?.close();
    if (isSqliteError(error) && error.code.startsWith('SQLITE_BUSY')) {
      throw new DatabaseOpenError('inUse', `the data folder ${folder} is in use by another Platen`);
    }
    const reason = error instanceof Error ? error.message : String(error);
    throw new DatabaseOpenError('unreadable', `the data folder ${folder} cannot be used: platen.lock: ${reason}`);
  }
};

/** Opens the database for writing: WAL, every commit on disk before it is answered, checked, and migrated. */
export const openWriter = (path: string, migrations: readonly Migration[] = allMigrations): Database.Database => {
  let database: Database.Database | null = null;
  try {
    database = new Database(path);
    // Looked at before anything is changed: a database that is refused stays as it was.
    refuseNewer(database, path, migrations);
    checkIntegrity(database, path);
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    database.pragma('foreign_keys = ON');
    database.pragma('busy_timeout = 5000');
    database.pragma('wal_autocheckpoint = 4000');
    // What is deleted or shortened is overwritten in the file, too: it may say something of a person.
    database.pragma('secure_delete = ON');
    // Savepoints keep what they may have to undo in memory, not in a temporary file.
    database.pragma('temp_store = MEMORY');
    applyMigrations(database, migrations);
    return database;
  } catch (error) {
    database?.close();
    if (isSqliteError(error) && saysDamaged(error.code, path)) {
      throw damaged(path, error.message.replace(/\s+/gu, ' '));
    }
    if (isSqliteError(error) && (error.code.startsWith('SQLITE_CANTOPEN') || error.code === 'SQLITE_READONLY')) {
      throw new DatabaseOpenError('unreadable', `the database ${path} cannot be opened for writing`);
    }
    throw error;
  }
};

/** A second connection that sees committed rows only. */
export const openReader = (path: string): Database.Database => {
  const database = new Database(path, { readonly: true });
  database.pragma('busy_timeout = 5000');
  // Kilobytes: the indexes of 100,000 orders, so that a count does not fetch them anew each time.
  database.pragma('cache_size = -64000');
  return database;
};
