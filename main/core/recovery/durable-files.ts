import { access, open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

export const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

/** Has the content of a file or the entries of a folder on the disk. Windows orders the entries of folders itself. */
export const syncPath = async (path: string): Promise<void> => {
  const handle = await open(path, 'r').catch((error: unknown) => {
    if (['EISDIR', 'EPERM', 'EACCES'].includes(codeOf(error))) return null;
    throw error;
  });
  try {
    await handle?.sync().catch((error: unknown) => {
      if (!['EINVAL', 'EPERM', 'ENOTSUP', 'EBADF'].includes(codeOf(error))) throw error;
    });
  } finally {
    await handle?.close();
  }
};

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

/** Renames, so that it is there after a power cut, too. */
export const publish = async (unfinished: string, path: string): Promise<void> => {
  await syncPath(unfinished);
  await rename(unfinished, path);
  await syncPath(dirname(path));
};
