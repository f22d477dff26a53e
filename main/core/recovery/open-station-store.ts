import { copyFile, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { publish } from '../ports/durable-files.ts';
import { remnantsMarkOf } from '../store/log-remnants.ts';
import { DatabaseOpenError, takeFolderLock } from '../store/open-database.ts';
import { logOf } from '../store/sidecars.ts';
import { Store } from '../store/store.ts';
import { type DataPlaces, placesIn } from './data-places.ts';
import { findBackups } from './list-backups.ts';
import { readLogState } from './log-damage.ts';
import { lookWord } from './look-word.ts';
import { newRecoveryNote, recoveryNote, writeRecoveryNote } from './recovery-note.ts';
import { finishRestore, restoreDatabase } from './restore-database.ts';
import { rollingName, stampOf } from './rolling-name.ts';

export interface OpenStoreInput {
  readonly dataFolder: string;
  readonly nowMs: number;
  /** One line for whoever starts the station, when the database was not what it should be. */
  readonly onRecovered: (line: string) => void;
}

const bytesOf = async (path: string): Promise<number | null> =>
  stat(path).then(
    ({ size }) => size,
    () => null,
  );

const rollingBackups = async (places: DataPlaces) =>
  (await findBackups(places.backups)).filter(({ name }) => rollingName.test(name));

/** A station that has backups, or changes that wait to be taken over, once had a database that was not empty. */
const causeOfLoss = async (places: DataPlaces): Promise<string | null> => {
  const bytes = await bytesOf(places.database);
  if (bytes !== null && bytes > 0) return null;
  const hadOne = (await rollingBackups(places)).length > 0 || ((await bytesOf(logOf(places.database))) ?? 0) > 0;
  if (!hadOne) return null;
  return bytes === null ? 'the database was missing' : 'the database was empty';
};

const pendingNote = (dataFolder: string): string => join(dataFolder, 'recovery.json');

/**
 * SQLite drops what stands behind a damaged place of its log, and says nothing. What is left is whole and newer than any
 * backup: it is used, with a note that it is not all.
 */
const noteCutLog = async (input: OpenStoreInput, places: DataPlaces): Promise<void> => {
  if ((await bytesOf(remnantsMarkOf(places.database))) !== null) return;
  const log = logOf(places.database);
  const state = await readLogState(log);
  if (state.kind === 'whole') return;
  const folder = join(places.setAside, `${stampOf(input.nowMs)}-log`);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await copyFile(log, join(folder, basename(log)));
  const note = newRecoveryNote({
    kind: 'cutLog',
    atMs: input.nowMs,
    knownUntilMs: input.nowMs,
    from: '',
    setAside: basename(folder),
    cause: `${state.lostCommits} changes in its log were damaged`,
  });
  const unfinished = `${pendingNote(input.dataFolder)}.part`;
  await writeFile(unfinished, JSON.stringify(note));
  await publish(unfinished, pendingNote(input.dataFolder));
  input.onRecovered(
    `the log of the database was damaged and the last ${state.lostCommits} changes are lost: it goes on without them, a copy lies in ${folder}`,
  );
};

const takeInNote = async (store: Store, dataFolder: string): Promise<void> => {
  const text = await readFile(pendingNote(dataFolder), 'utf8').catch(() => null);
  if (text === null) return;
  const note = recoveryNote.safeParse(JSON.parse(text));
  if (note.success) await store.write((transaction) => writeRecoveryNote(transaction, note.data));
  await rm(pendingNote(dataFolder), { force: true });
};

/** Restores the newest backup that is good. Rejects with a DatabaseOpenError when none is: then nothing was moved. */
const restoreNewest = async (input: OpenStoreInput, places: DataPlaces, cause: string): Promise<void> => {
  const tried: string[] = [];
  for (const backup of await rollingBackups(places)) {
    const { dataFolder, nowMs } = input;
    const restored = await restoreDatabase({ dataFolder, from: backup.path, fromAtMs: backup.atMs, nowMs, cause });
    if (restored.kind === 'restored') {
      const aside = restored.setAside === null ? '' : `; the damaged one lies in ${restored.setAside}`;
      input.onRecovered(
        `${cause}: restored from ${backup.name} with ${restored.orders} orders${aside}; another backup: stop the station, then platen restore`,
      );
      return;
    }
    tried.push(`${backup.name} is ${lookWord(restored.look)}`);
  }
  const backups = tried.length === 0 ? 'there is no backup' : `no backup is good (${tried.join(', ')})`;
  throw new DatabaseOpenError(
    'damaged',
    `${cause}, and ${backups}: nothing was changed; give a copy with platen restore FILE`,
  );
};

/**
 * Opens the station's database. One that is damaged is moved aside and the newest good backup takes its place, so that
 * a station that nobody looks at works on; `settleRecovery` then puts in doubt what may have happened since. Rejects
 * with a DatabaseOpenError when the database must not or cannot be used.
 */
export const openStationStore = async (input: OpenStoreInput): Promise<Store> => {
  const places = placesIn(input.dataFolder);
  const lock = takeFolderLock(places.database);
  let lost: string | null;
  try {
    await finishRestore(input.dataFolder);
    lost = await causeOfLoss(places);
    if (lost === null) await noteCutLog(input, places);
  } finally {
    lock.close();
  }
  if (lost !== null) await restoreNewest(input, places, lost);
  const store = await Store.open(places.database).catch(async (error: unknown) => {
    if (!(error instanceof DatabaseOpenError) || error.failure !== 'damaged') throw error;
    await restoreNewest(input, places, error.message.replace(/: restore a file.*$/u, ''));
    return Store.open(places.database);
  });
  await takeInNote(store, input.dataFolder);
  return store;
};
