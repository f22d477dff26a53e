import { rm } from 'node:fs/promises';

/** Deletes all that a practice left behind. */
export const deletePractice = (folder: string): Promise<void> =>
  rm(folder, { recursive: true, force: true, maxRetries: 5 });
