import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { lookAtDatabase } from '../store/look-at-database.ts';
import type { DatabaseLook } from '../store/look-protocol.ts';
import { momentOfStamp, rollingName } from './rolling-name.ts';

/** A file that may be a backup. */
export interface BackupFile {
  readonly path: string;
  readonly name: string;
  readonly atMs: number;
  readonly bytes: number;
}

/** The files of the backups folder, newest first: the rolling ones, and others that somebody put there. */
export const findBackups = async (folder: string): Promise<readonly BackupFile[]> => {
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.db'));
  const files = await Promise.all(
    names.map(async (name): Promise<BackupFile[]> => {
      const path = join(folder, name);
      const found = await stat(path).catch(() => null);
      if (found === null || !found.isFile()) return [];
      const atMs = rollingName.test(name) ? momentOfStamp(name) : Math.round(found.mtimeMs);
      return [{ path, name, atMs, bytes: found.size }];
    }),
  );
  return files.flat().toSorted((left, right) => right.atMs - left.atMs);
};

export interface CheckedBackup extends BackupFile {
  readonly look: DatabaseLook;
}

/** All of them, each with what it is. */
export const listBackups = async (folder: string): Promise<readonly CheckedBackup[]> => {
  const checked: CheckedBackup[] = [];
  for (const file of await findBackups(folder)) checked.push({ ...file, look: await lookAtDatabase(file.path) });
  return checked;
};
