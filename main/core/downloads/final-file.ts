import { mkdir, rename, stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { stationLine } from '../../contract/station-lines/station-lines.ts';
import { syncFolder } from '../ports/durable-files.ts';
import { type Digests, digestsOf, LocalFileError, locally } from './part-file.ts';

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT';

/** Makes the folder and those above it, so that they are there after a power cut too. */
export const makeFolder = async (folder: string): Promise<void> =>
  locally(async () => {
    const firstMade = await mkdir(folder, { recursive: true });
    if (firstMade === undefined) return;
    for (let made = folder; made.length >= firstMade.length; made = dirname(made)) await syncFolder(dirname(made));
  });

export const isThere = async (path: string): Promise<boolean> =>
  locally(async () => {
    try {
      await stat(path);
      return true;
    } catch (error) {
      if (isMissing(error)) return false;
      throw error;
    }
  });

export const takenName = (path: string): LocalFileError =>
  new LocalFileError(new Error(stationLine('fileNameTaken', { file: basename(path) })));

/**
 * Gives a verified part file its final name. What lies there already is replaced only by itself: when a crash came
 * between the rename and the commit.
 */
export const giveFinalName = async (
  partPath: string,
  finalPath: string,
  digests: Digests,
  signal: AbortSignal,
): Promise<void> => {
  if (await isThere(finalPath)) {
    const lying = await digestsOf(finalPath, signal);
    if (lying !== null && lying.sha256 !== digests.sha256) throw takenName(finalPath);
  }
  await locally(async () => {
    await rename(partPath, finalPath);
    await syncFolder(dirname(finalPath));
  });
};
