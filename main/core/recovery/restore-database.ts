import { chmod, copyFile, mkdir, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { exists, moveIfThere, publish, syncFile, syncFolder } from '../ports/durable-files.ts';
import { sealDatabase } from '../store/look-at-database.ts';
import type { DatabaseLook } from '../store/look-protocol.ts';
import { DatabaseOpenError, takeFolderLock } from '../store/open-database.ts';
import { logOf, sidecars } from '../store/sidecars.ts';
import { Store } from '../store/store.ts';
import { type DataPlaces, databaseName, placesIn } from './data-places.ts';
import { newRecoveryNote, writeRecoveryNote } from './recovery-note.ts';
import { stampOf } from './rolling-name.ts';

export interface RestoreInput {
  readonly dataFolder: string;
  /** A database file; it stays what it is. */
  readonly from: string;
  /** When it was made, as far as its name or the file says; what it says itself counts more. */
  readonly fromAtMs: number;
  readonly nowMs: number;
  /** Why the present one is replaced: one line. */
  readonly cause: string;
}

export type Restored =
  /** `setAside` is null when there was no database to set aside. */
  | {
      readonly kind: 'restored';
      readonly setAside: string | null;
      readonly knownUntilMs: number;
      readonly orders: number;
    }
  | { readonly kind: 'unusable'; readonly look: DatabaseLook };

const commitFile = z.object({ setAside: z.string() });

const freeName = async (folder: string, stamp: string): Promise<string> => {
  for (let copy = 1; ; copy += 1) {
    const path = join(folder, copy === 1 ? stamp : `${stamp}-${copy}`);
    if (!(await exists(path))) return path;
  }
};

/** A copy that the station can start from and that says what it is. */
const prepare = async (input: RestoreInput, places: DataPlaces, setAside: string): Promise<Restored> => {
  const copy = places.restoredCopy;
  await rm(places.restoring, { recursive: true, force: true });
  await mkdir(places.restoring, { mode: 0o700 });
  await copyFile(input.from, copy);
  // A copy of a database that nobody closed has its last commits beside it.
  await copyFile(logOf(input.from), logOf(copy)).catch(() => undefined);
  await chmod(copy, 0o600);
  const look = await sealDatabase(copy);
  if (look.kind !== 'good') return { kind: 'unusable', look };
  const knownUntilMs = Math.min(look.lastAliveAtMs ?? input.fromAtMs, input.nowMs);
  let store: Store;
  try {
    store = await Store.open(copy);
  } catch (error) {
    if (!(error instanceof DatabaseOpenError)) throw error;
    return { kind: 'unusable', look: { kind: 'damaged', reason: error.message } };
  }
  try {
    await store.write((transaction) =>
      writeRecoveryNote(
        transaction,
        newRecoveryNote({
          kind: 'backup',
          atMs: input.nowMs,
          knownUntilMs,
          from: basename(input.from),
          setAside: basename(setAside),
          cause: input.cause,
        }),
      ),
    );
  } finally {
    await store.close();
  }
  const sealed = await sealDatabase(copy);
  if (sealed.kind !== 'good') return { kind: 'unusable', look: sealed };
  return { kind: 'restored', setAside, knownUntilMs, orders: sealed.orders };
};

/** Moves what is there aside, and the copy to its place. Each step may be the last before a kill: the next start goes on. */
const swap = async (places: DataPlaces, setAside: string): Promise<boolean> => {
  let moved = false;
  if (await exists(places.restoredCopy)) {
    await mkdir(setAside, { recursive: true, mode: 0o700 });
    // The log goes first: beside another database it would be taken for its own.
    for (const suffix of [...sidecars, '']) {
      const from = `${places.database}${suffix}`;
      moved = (await moveIfThere(from, join(setAside, `${databaseName}${suffix}`))) || moved;
    }
    if (moved) await syncFolder(setAside);
    else await rmdir(setAside).catch(() => undefined);
    await rename(places.restoredCopy, places.database);
    await syncFolder(dirname(places.database));
  }
  await rm(places.restoring, { recursive: true, force: true });
  return moved;
};

/** Finishes a restore that was killed after its copy was complete; throws away one that was killed before. */
export const finishRestore = async (dataFolder: string): Promise<void> => {
  const places = placesIn(dataFolder);
  const text = await readFile(places.restoreCommit, 'utf8').catch(() => null);
  const commit = text === null ? null : commitFile.safeParse(JSON.parse(text));
  if (commit?.success) await swap(places, commit.data.setAside);
  else await rm(places.restoring, { recursive: true, force: true });
};

/**
 * Puts a copy of `from` in the place of the station's database, which is moved aside and never deleted. The copy is
 * checked, migrated and marked before anything is moved; a kill at any moment leaves the old database or the new one.
 * The vault and its key stay as they are. Rejects with a DatabaseOpenError when a station runs on the folder.
 */
export const restoreDatabase = async (input: RestoreInput): Promise<Restored> => {
  const places = placesIn(input.dataFolder);
  const lock = takeFolderLock(places.database);
  try {
    await finishRestore(input.dataFolder);
    const setAside = await freeName(places.setAside, stampOf(input.nowMs));
    const prepared = await prepare(input, places, setAside);
    if (prepared.kind === 'unusable') {
      await rm(places.restoring, { recursive: true, force: true });
      return prepared;
    }
    const unfinished = `${places.restoreCommit}.part`;
    await syncFile(places.restoredCopy);
    await writeFile(unfinished, JSON.stringify({ setAside }));
    await publish(unfinished, places.restoreCommit);
    const moved = await swap(places, setAside);
    return { ...prepared, setAside: moved ? setAside : null };
  } finally {
    lock.close();
  }
};
