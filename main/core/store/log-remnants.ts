import { existsSync, rmSync, writeFileSync } from 'node:fs';
import type Database from 'better-sqlite3';

/**
 * The empty file beside a database that says that transactions which a full disk cut off may stand in its log. SQLite has
 * given them up and does not read them; but their frames look like commits behind a damaged place.
 */
export const remnantsMarkOf = (database: string): string => `${database}-remnants`;

// What follows runs in the database's thread, which is synchronous.

/** Called when a write failed: an empty file still fits on most full disks, and where it does not, a person looks. */
export const noteRemnants = (database: string, error: unknown): void => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code !== 'SQLITE_FULL' && !code.startsWith('SQLITE_IOERR')) return;
  try {
    writeFileSync(remnantsMarkOf(database), '');
  } catch {
    // As before: what a kill leaves now may be taken for damage.
  }
};

/** Begins the log anew where there may be remnants. While the disk is still full they stay. */
export const dropRemnants = (path: string, writer: Database.Database): void => {
  const mark = remnantsMarkOf(path);
  if (!existsSync(mark)) return;
  try {
    const busy = writer.pragma('wal_checkpoint(TRUNCATE)', { simple: true });
    if (busy === 0) rmSync(mark, { force: true });
  } catch {
    // The next start tries again.
  }
};
