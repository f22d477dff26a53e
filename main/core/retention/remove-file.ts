import { realpath, rm, rmdir } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

/** The real folder that a file lies in; null when it is not there. Throws when it is not below `root`. */
const folderBelow = async (root: string, path: string): Promise<string | null> => {
  try {
    const folder = await realpath(dirname(path));
    const way = relative(await realpath(root), folder);
    if (way === '..' || way.startsWith(`..${sep}`)) throw new Error('the file lies outside the files folder');
    return folder;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
};

/**
 * Deletes a file below `root`, with what was fetched of it, and its folder when that is empty then. One that is gone
 * already is fine. Never leaves `root`, whatever links lie on the way. Rejects when the system refuses.
 */
export const removeFile = async (root: string, relativePath: string): Promise<void> => {
  const path = join(root, relativePath);
  const folder = await folderBelow(root, path);
  if (folder === null) return;
  await rm(path, { force: true });
  await rm(`${path}.part`, { force: true });
  // It stays as long as something lies in it.
  if (folder !== (await realpath(root))) await rmdir(folder).catch(() => undefined);
};
