import { access, chmod, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, isAbsolute, join } from 'node:path';
import { ContractError } from '../../contract/failure.ts';
import { errorText } from '../ports/logger.ts';
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
    await rm(unfinished, { force: true });
    await store.backup(unfinished);
    // Addresses of customers are in it.
    await chmod(unfinished, 0o600);
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => undefined);
    throw new ContractError('unavailable', `the backup failed: ${errorText(error)}`, true);
  }
  return { path, bytes: (await stat(path)).size };
};

/** How many rolling backups are kept. */
const keptBackups = 7;
const dayMs = 86_400_000;
const rollingName = /^platen-(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)\.db$/;

const rollingNameAt = (atMs: number): string =>
  `platen-${new Date(atMs).toISOString().replace(/[-:]/gu, '').replace('T', '-').slice(0, 15)}.db`;

/** When the rolling backup of this name was made; to go by the file's own time would trust whoever copied it last. */
const madeAtMs = (name: string): number => Date.parse(name.replace(rollingName, '$1-$2-$3T$4:$5:$6Z'));

/** Makes a rolling backup when the newest is a day old, and deletes the oldest. Answers whether it made one. */
export const rollBackups = async (store: Store, folder: string, nowMs: number): Promise<boolean> => {
  await mkdir(folder, { recursive: true });
  const names = (await readdir(folder)).filter((name) => rollingName.test(name)).toSorted();
  const newest = names.at(-1);
  if (newest !== undefined && nowMs - madeAtMs(newest) < dayMs) return false;
  const name = rollingNameAt(nowMs);
  await writeBackup(store, join(folder, name));
  for (const surplus of [...names, name].slice(0, -keptBackups)) await rm(join(folder, surplus), { force: true });
  return true;
};
