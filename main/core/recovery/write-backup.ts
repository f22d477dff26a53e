import { access, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, isAbsolute, join } from 'node:path';
import { ContractError } from '../../contract/failure.ts';
import type { Store } from '../store/store.ts';

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/** Copies the database, which holds no secrets, while the station works. The path must be absolute and new. */
export const writeBackup = async (
  store: Store,
  path: string,
): Promise<{ readonly path: string; readonly bytes: number }> => {
  if (!isAbsolute(path)) throw new ContractError('invalidInput', 'give an absolute path');
  if (await exists(path)) throw new ContractError('conflict', `${path} exists already`);
  if (!(await exists(dirname(path)))) throw new ContractError('invalidInput', `${dirname(path)} does not exist`);
  const unfinished = `${path}.part`;
  try {
    await store.backup(unfinished);
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw new ContractError(
      'unavailable',
      `the backup failed: ${error instanceof Error ? error.message : error}`,
      true,
    );
  }
  return { path, bytes: (await stat(path)).size };
};

/** How many rolling backups are kept. */
const keptBackups = 7;
const dayMs = 86_400_000;
const rollingName = /^platen-\d{8}-\d{6}\.db$/;

/** Makes a rolling backup when the newest is a day old, and deletes the oldest. Answers whether it made one. */
export const rollBackups = async (store: Store, folder: string, nowMs: number): Promise<boolean> => {
  await mkdir(folder, { recursive: true });
  const names = (await readdir(folder)).filter((name) => rollingName.test(name)).toSorted();
  const newest = names.at(-1);
  if (newest !== undefined && nowMs - (await stat(join(folder, newest))).mtimeMs < dayMs) return false;
  const stamp = new Date(nowMs).toISOString().replace(/[-:]/gu, '').replace('T', '-').slice(0, 15);
  const path = join(folder, `platen-${stamp}.db`);
  if (await exists(path)) return false;
  await writeBackup(store, path);
  const surplus = [...names, path].slice(0, -keptBackups);
  for (const name of surplus) await rm(join(folder, name), { force: true });
  return true;
};
