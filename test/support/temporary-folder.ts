import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

export interface TemporaryFolder {
  readonly path: string;
  readonly remove: () => Promise<void>;
}

/** A new folder, for whoever removes it. */
export const makeTemporaryFolder = async (): Promise<TemporaryFolder> => {
  const path = await mkdtemp(join(tmpdir(), 'platen-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
};

/** A new folder that is gone after the test. */
export const temporaryFolder = async (): Promise<string> => {
  const { path, remove } = await makeTemporaryFolder();
  onTestFinished(remove);
  return path;
};
