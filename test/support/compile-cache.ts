import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

/**
 * Threads that this test file starts from now on keep what they compiled for those that follow: a station has several,
 * and compiling their sources is much of what its start costs.
 */
export const shareCompiledCode = async (): Promise<void> => {
  // The whole run has one already.
  if (process.env.NODE_COMPILE_CACHE !== undefined) return;
  const folder = await mkdtemp(join(tmpdir(), 'platen-compiled-'));
  process.env.NODE_COMPILE_CACHE = folder;
  afterAll(async () => {
    delete process.env.NODE_COMPILE_CACHE;
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  });
};
