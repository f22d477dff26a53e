import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

const lookEveryMs = 2_000;

/** Takes each file out of a hot folder some time after it came, as a RIP does. Answers a function that ends it. */
export const startSimulatedRip = (folder: string, takesAfterMs: number): (() => void) => {
  let stopped = false;
  let timer: NodeJS.Timeout;
  const look = async (): Promise<void> => {
    const names = await readdir(folder).catch(() => []);
    for (const name of names) {
      if (name.startsWith('.')) continue;
      const path = join(folder, name);
      const file = await stat(path).catch(() => null);
      if (file !== null && Date.now() - file.ctimeMs >= takesAfterMs) await rm(path, { force: true });
    }
    if (!stopped) timer = setTimeout(() => void look(), lookEveryMs);
  };
  timer = setTimeout(() => void look(), lookEveryMs);
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
};
