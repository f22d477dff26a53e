import { createHash } from 'node:crypto';
import { watch } from 'node:fs';
import { mkdir, readdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { onTestFinished } from 'vitest';

/** One file that the RIP took out of its hot folder. */
export interface Taken {
  readonly name: string;
  readonly path: string;
}

export interface Rip {
  readonly taken: readonly Taken[];
  /** How often a file of this name was taken. */
  countOf(name: string): number;
  /** Hexadecimal MD5 of what was taken. */
  md5Of(taken: Taken): Promise<string>;
  stop(): Promise<void>;
}

export interface RipOptions {
  /** Told right after a file was taken. */
  readonly onTaken?: (taken: Taken) => void;
}

const lookEveryMs = 4;

/** A RIP that takes every visible file out of its hot folder at once. It ends after the test. */
export const startRip = async (hotFolder: string, { onTaken }: RipOptions = {}): Promise<Rip> => {
  const tray = `${hotFolder}-taken`;
  await mkdir(tray, { recursive: true });
  const taken: Taken[] = [];
  let stopped = false;
  const takeOne = async (name: string): Promise<void> => {
    const path = join(tray, `${taken.length}-${name}`);
    const moved = await rename(join(hotFolder, name), path).then(
      () => true,
      () => false,
    );
    if (!moved) return;
    taken.push({ name, path });
    onTaken?.({ name, path });
  };
  const work = async (): Promise<void> => {
    while (!stopped) {
      const names = await readdir(hotFolder).catch(() => []);
      for (const name of names) if (!name.startsWith('.')) await takeOne(name);
      await delay(lookEveryMs);
    }
  };
  const working = work();
  const stop = async (): Promise<void> => {
    stopped = true;
    await working;
  };
  onTestFinished(stop);
  return {
    taken,
    countOf: (name) => taken.filter((each) => each.name === name).length,
    md5Of: async ({ path }) =>
      createHash('md5')
        .update(await readFile(path))
        .digest('hex'),
    stop,
  };
};

/** Every name that was ever to be seen in a folder. */
export interface FolderWatch {
  readonly names: ReadonlySet<string>;
  /** Looks a last time and answers all names. */
  stop(): Promise<ReadonlySet<string>>;
}

/** Watches a folder and those below it without a pause: by the system's notices, and by looking again and again. */
export const watchFolder = async (folder: string): Promise<FolderWatch> => {
  await mkdir(folder, { recursive: true });
  const names = new Set<string>();
  const watcher = watch(folder, { recursive: true }, (_event, name) => {
    if (name !== null) names.add(name);
  });
  let stopped = false;
  const look = async (): Promise<void> => {
    for (const name of await readdir(folder, { recursive: true }).catch(() => [])) names.add(name);
  };
  const work = async (): Promise<void> => {
    while (!stopped) {
      await look();
      await delay(2);
    }
  };
  const working = work();
  const stop = async (): Promise<ReadonlySet<string>> => {
    stopped = true;
    await working;
    watcher.close();
    await look();
    return names;
  };
  onTestFinished(async () => {
    await stop();
  });
  return { names, stop };
};
