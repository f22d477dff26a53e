import { access, open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

export const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

/** Some network file systems cannot sync at all, and Windows no folder: it orders their entries itself. */
const cannotSync: ReadonlySet<string> = new Set(['EISDIR', 'EPERM', 'EACCES', 'EINVAL', 'ENOTSUP', 'EBADF']);

const sync = async (path: string, flags: string): Promise<void> => {
  try {
    const handle = await open(path, flags);
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (!cannotSync.has(codeOf(error))) throw error;
  }
};

/** Has a file's content on the disk. Windows syncs only what was opened for writing. */
export const syncFile = (path: string): Promise<void> => sync(path, 'r+');

/** Has the names in a folder on the disk. */
export const syncFolder = (path: string): Promise<void> => sync(path, 'r');

/** Moves a file; answers false when there is none. */
export const moveIfThere = async (from: string, to: string): Promise<boolean> => {
  try {
    await rename(from, to);
    return true;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false;
    throw error;
  }
};

/** Gives a finished file its name in one step, so that it is there after a power cut, too. */
export const publish = async (unfinished: string, path: string): Promise<void> => {
  await syncFile(unfinished);
  await rename(unfinished, path);
  await syncFolder(dirname(path));
};
