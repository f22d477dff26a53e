import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

export interface TakenFile {
  readonly folder: string;
  readonly name: string;
  readonly md5: string;
}

export interface TortureRip {
  readonly taken: readonly TakenFile[];
  /** How often a file of this name was taken from the folder. */
  countOf(folder: string, name: string): number;
  /** Told right after a file was taken. */
  onTaken(listener: () => void): () => void;
  stop(): Promise<void>;
}

const lookEveryMs = 25;

/** A RIP that takes every visible file out of its hot folders, and remembers what was in it. */
export const startTortureRip = async (
  folders: ReadonlyMap<string, string>,
  tray: string,
  note: (line: string) => void,
): Promise<TortureRip> => {
  await mkdir(tray, { recursive: true });
  const taken: TakenFile[] = [];
  const listeners = new Set<() => void>();
  const counts = new Map<string, number>();
  let stopped = false;
  let number = 0;

  const takeOne = async (folder: string, path: string, name: string): Promise<void> => {
    const here = join(tray, String(number));
    number += 1;
    const moved = await rename(join(path, name), here).then(
      () => true,
      () => false,
    );
    if (!moved) return;
    note(`taken ${folder}/${name}`);
    for (const listener of listeners) listener();
    const md5 = createHash('md5')
      .update(await readFile(here))
      .digest('hex');
    taken.push({ folder, name, md5 });
    counts.set(`${folder}/${name}`, (counts.get(`${folder}/${name}`) ?? 0) + 1);
    await rm(here);
  };
  const work = async (): Promise<void> => {
    while (!stopped) {
      for (const [folder, path] of folders) {
        const names = await readdir(path).catch(() => []);
        for (const name of names) if (!name.startsWith('.')) await takeOne(folder, path, name);
      }
      await delay(lookEveryMs);
    }
  };
  const working = work();
  return {
    taken,
    countOf: (folder, name) => counts.get(`${folder}/${name}`) ?? 0,
    onTaken: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stop: async () => {
      stopped = true;
      await working;
    },
  };
};
