import { existsSync, rmSync, writeFileSync } from 'node:fs';
import type Database from 'better-sqlite3';

// Runs in the database's thread, which is synchronous.

const markOf = (database: string): string => `${database}-remnants`;

/**
 * Whether transactions that a full disk cut off may stand in the log of this database. SQLite has given them up and does
 * not read them; but their frames look like commits behind a damaged place.
 */
export const mayHaveRemnants = (database: string): boolean => existsSync(markOf(database));

/** Called when a write failed: an empty file still fits on most full disks, and where it does not, a person looks. */
export const noteRemnants = (database: string, error: unknown): void => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code !== 'SQLITE_FULL' && !code.startsWith('SQLITE_IOERR')) return;
  try {
    writeFileSync(markOf(database), '');
  } catch {
    // As before: what a kill leaves now may be taken for damage.
  }
};

/** Begins the log anew where there may be remnants. While the disk is still full they stay. */
export const dropRemnants = (path: string, writer: Database.Database): void => {
  if (!mayHaveRemnants(path)) return;
  try {
    const [outcome] = writer.pragma('wal_checkpoint(TRUNCATE)') as readonly { readonly busy: number }[];
    if (outcome?.busy === 0) rmSync(markOf(path), { force: true });
  } catch {
    // The next start tries again.
  }
};
