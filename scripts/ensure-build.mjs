import './node-version.mjs';
import { mkdir, readdir, rmdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { isMain, root, runTool } from './tools.mjs';

const sources = ['main', 'preload', 'renderer', 'scripts/sbom', 'vite.config.ts', 'package.json'];
const results = ['main/index.js', 'main/cli.js', 'preload/index.cjs', 'renderer/index.html', 'sbom.cdx.json'];
/** A folder that only one process can make: whoever made it builds, the others wait. */
const lock = join(root, 'node_modules', '.cache', 'build-lock');
const longestBuildMs = 120_000;

const newestMs = async (path) => {
  const found = await stat(path).catch(() => null);
  if (found === null) return 0;
  if (!found.isDirectory()) return found.mtimeMs;
  const inside = await readdir(path);
  return Math.max(found.mtimeMs, ...(await Promise.all(inside.map((name) => newestMs(join(path, name))))));
};

const isFresh = async () => {
  const built = await Promise.all(results.map((file) => newestMs(join(root, 'out', file))));
  const changed = await Promise.all(sources.map((source) => newestMs(join(root, source))));
  return Math.min(...built) > Math.max(...changed);
};

const takeLock = async () => {
  await mkdir(dirname(lock), { recursive: true });
  for (;;) {
    const taken = await mkdir(lock).then(
      () => true,
      () => false,
    );
    if (taken) return;
    // Left over from a build that was killed.
    if (Date.now() - (await newestMs(lock)) > longestBuildMs) await rmdir(lock).catch(() => undefined);
    else await delay(200);
  }
};

/** Builds `out/` when it is missing or older than a source; silent when there is nothing to do. Throws when it fails. */
export const ensureBuild = async () => {
  if (await isFresh()) return;
  await takeLock();
  try {
    if (await isFresh()) return;
    // Its output goes to stderr: a command that is built on the way must not mix it with its own answer.
    const exitCode = await runTool('vite', ['build', '--logLevel', 'warn'], { stdio: ['ignore', 2, 'inherit'] });
    if (exitCode !== 0) throw new Error('the build failed');
  } finally {
    await rmdir(lock).catch(() => undefined);
  }
};

if (isMain(import.meta.url)) {
  await ensureBuild().catch((error) => {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  });
}
