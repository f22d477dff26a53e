import { chmod, mkdir, readdir, rm, stat } from 'node:fs/promises';
import { dirname, isAbsolute, join } from 'node:path';
import { ContractError } from '../../contract/failure.ts';
import { exists, publish } from '../ports/durable-files.ts';
import { errorText } from '../ports/logger.ts';
import { sealDatabase } from '../store/look-at-database.ts';
import type { Store } from '../store/store.ts';
import { lookWord } from './look-word.ts';
import { dayMs, momentOfStamp, rollingName, rollingNameAt } from './rolling-name.ts';

/**
 * Copies the database, which holds no secrets, while the station works, and checks the copy before it gets its name.
 * The path must be absolute and new.
 */
export const writeBackup = async (
  store: Pick<Store, 'backup'>,
  path: string,
): Promise<{ readonly path: string; readonly bytes: number }> => {
  if (!isAbsolute(path)) throw new ContractError('invalidInput', 'give an absolute path');
  if (await exists(path)) throw new ContractError('conflict', `${path} exists already`);
  if (!(await exists(dirname(path)))) throw new ContractError('invalidInput', `${dirname(path)} does not exist`);
  const unfinished = `${path}.part`;
  try {
    await rm(unfinished, { force: true });
    await store.backup(unfinished);
    // Addresses of customers are in it.
    await chmod(unfinished, 0o600);
    const look = await sealDatabase(unfinished);
    if (look.kind !== 'good') throw new Error(`the copy is ${lookWord(look)}`);
    await publish(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => undefined);
    throw new ContractError('unavailable', `the backup failed: ${errorText(error)}`, true);
  }
  return { path, bytes: (await stat(path)).size };
};

/** How many rolling backups are kept. */
const keptBackups = 7;

/** What a kill left of a rolling backup: nobody will finish it. */
const removeUnfinished = async (folder: string, names: readonly string[]): Promise<void> => {
  const unfinished = names.filter((name) => /^platen-\d{8}-\d{6}\.db\.part(-journal|-wal|-shm)?$/u.test(name));
  for (const name of unfinished) await rm(join(folder, name), { force: true });
};

export interface RollInput {
  readonly store: Store;
  readonly folder: string;
  readonly nowMs: number;
  /** No backup is kept for longer than what it holds of persons may be kept; the newest one always is. */
  readonly keepDays: number;
}

/**
 * Makes a rolling backup when the newest is a day old, and deletes those that are too many or too old. Answers whether
 * it made one.
 */
export const rollBackups = async ({ store, folder, nowMs, keepDays }: RollInput): Promise<boolean> => {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const all = await readdir(folder);
  await removeUnfinished(folder, all);
  const names = all.filter((name) => rollingName.test(name)).toSorted();
  // One that seems to come from the future says that the clock was wrong: it does not keep new ones from being made, nor
  // does it let one be made at each look, for which those of other days would have to go.
  const isFresh = names.some((name) => Math.abs(nowMs - momentOfStamp(name)) < dayMs);
  const made = isFresh ? [] : [rollingNameAt(nowMs)];
  for (const name of made) await writeBackup(store, join(folder, name));
  const kept = [...names, ...made].toSorted();
  const surplus = kept.slice(0, -keptBackups);
  const tooOld = kept.slice(0, -1).filter((name) => nowMs - momentOfStamp(name) > keepDays * dayMs);
  for (const name of new Set([...surplus, ...tooOld])) await rm(join(folder, name), { force: true });
  return made.length > 0;
};
