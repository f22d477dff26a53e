import { execFile } from 'node:child_process';
import { mkdir, readdir, rmdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

export const repository = path.resolve(import.meta.dirname, '../..');
const built = path.join(repository, 'out');
const sources = ['main', 'preload', 'renderer', 'vite.config.ts', 'package.json'];
/** Made by whoever builds, so that two test files never build at once. */
const buildLock = path.join(repository, 'node_modules/.cache/build-lock');
const longestBuildMs = 120_000;

const changedAtMs = async (file: string): Promise<number> => {
  const found = await stat(file).catch(() => null);
  if (found === null) return 0;
  if (!found.isDirectory()) return found.mtimeMs;
  const inside = await readdir(file);
  return Math.max(found.mtimeMs, ...(await Promise.all(inside.map((name) => changedAtMs(path.join(file, name))))));
};

const isFresh = async (): Promise<boolean> => {
  const entries = ['main/index.js', 'preload/index.cjs', 'renderer/index.html'];
  const builtAt = await Promise.all(entries.map((entry) => changedAtMs(path.join(built, entry))));
  const changedAt = await Promise.all(sources.map((source) => changedAtMs(path.join(repository, source))));
  return Math.min(...builtAt) > Math.max(...changedAt);
};

const takeLock = async (): Promise<void> => {
  await mkdir(path.dirname(buildLock), { recursive: true });
  for (;;) {
    const taken = await mkdir(buildLock).then(
      () => true,
      () => false,
    );
    if (taken) return;
    const age = Date.now() - (await changedAtMs(buildLock));
    if (age > longestBuildMs) await rmdir(buildLock).catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
};

/** The folder `out/`, built anew first when it is missing or older than a source. */
export const builtApp = async (): Promise<string> => {
  await takeLock();
  try {
    if (!(await isFresh())) {
      const vite = path.join(repository, 'node_modules/vite/bin/vite.js');
      await promisify(execFile)(process.execPath, [vite, 'build', '--logLevel', 'error'], { cwd: repository });
    }
    return built;
  } finally {
    await rmdir(buildLock).catch(() => undefined);
  }
};
