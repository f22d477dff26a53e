import { isAbsolute, relative, resolve, sep } from 'node:path';
import { ContractError } from '../../contract/failure.ts';
import type { HotFolderSettings } from '../../contract/hot-folders.ts';
import { stationLine } from '../../contract/station-lines/station-lines.ts';
import type { WriteTransaction } from '../store/store.ts';
import { otherVolume } from './folder-failure.ts';
import { type HotFolder, readAllHotFolders, type StoredSettings, storeSettings } from './hot-folder-records.ts';
import { pendingStates } from './lane-rows.ts';

const invalid = (message: string): ContractError => new ContractError('invalidInput', message);

const isInside = (path: string, folder: string): boolean => {
  const way = relative(folder, path);
  return way === '' || !(way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way));
};

/** Refuses a path that is not absolute or that lies in one of the station's own folders. */
export const requireUsablePath = (path: string, ownFolders: readonly string[]): void => {
  if (!isAbsolute(path)) throw invalid('path: give the whole path of the hot folder, from the root or the drive on');
  if (ownFolders.some((folder) => isInside(resolve(path), resolve(folder)))) {
    throw invalid("path: a hot folder cannot lie in the station's own data folder");
  }
};

const countIn = async (
  { db }: WriteTransaction,
  hotFolderId: string,
  states: readonly ('sent' | 'maybeSent' | (typeof pendingStates)[number])[],
): Promise<number> => {
  const row = await db
    .selectFrom('handovers')
    .select((query) => query.fn.countAll<number>().as('count'))
    .where('hotFolderId', '=', hotFolderId)
    .where('state', 'in', states)
    .executeTakeFirst();
  return row?.count ?? 0;
};

const put = async ({ db, touched }: WriteTransaction, stored: StoredSettings, fromConfig: boolean): Promise<void> => {
  const columns = { ...storeSettings(stored), fromConfig: fromConfig ? (1 as const) : (0 as const) };
  await db
    .insertInto('hotFolders')
    .values({ id: stored.id, ...columns, state: 'ok', problem: null, lastPickUpAtMs: null })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(columns))
    .execute();
  touched.hotFolders.add(stored.id);
};

/** A definition of one's own that names no folder reads nothing, and was surely meant otherwise. */
const requireOutcomeFolders = ({ preset, outcome }: HotFolderSettings): void => {
  if (preset === 'own' && outcome.accepted.length + outcome.failed.length === 0) {
    throw invalid('outcome: name a folder into which the RIP puts the files that it accepts or refuses');
  }
};

/** Two lanes in one folder could not keep their names apart. */
const requireOwnPath = (folders: readonly HotFolder[], settings: HotFolderSettings): void => {
  const path = resolve(settings.path);
  const twin = folders.find(
    ({ stored }) => stored.id !== settings.id && !stored.removed && resolve(stored.path) === path,
  );
  if (twin !== undefined) throw new ContractError('conflict', stationLine('pathTwice', { folder: twin.settings.name }));
};

/** Files that lie in the old folder would be lost from sight. */
const requireMovable = async (transaction: WriteTransaction, before: HotFolder, path: string): Promise<void> => {
  if (before.stored.removed || before.settings.path === path) return;
  const lying = await countIn(transaction, before.settings.id, ['sent', 'copying', 'maybeSent']);
  if (lying > 0) {
    throw new ContractError('conflict', stationLine('pathInUse', { count: lying }));
  }
};

const sameSettings = (one: HotFolderSettings, other: HotFolderSettings): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

/**
 * Adds or changes a hot folder. Saving one that waits because another volume lies at its path, unchanged too, accepts
 * that volume. Rejects with a ContractError.
 */
export const saveHotFolder = async (
  transaction: WriteTransaction,
  settings: HotFolderSettings,
  ownFolders: readonly string[],
): Promise<void> => {
  requireUsablePath(settings.path, ownFolders);
  requireOutcomeFolders(settings);
  const folders = await readAllHotFolders(transaction.db);
  requireOwnPath(folders, settings);
  const before = folders.find(({ stored }) => stored.id === settings.id);
  if (before?.fromConfig === true && !sameSettings(before.settings, settings)) {
    throw new ContractError('notPermitted', 'the config file declares this hot folder: change it there');
  }
  if (before !== undefined) await requireMovable(transaction, before, settings.path);
  const last = Math.max(-1, ...folders.map(({ stored }) => stored.position));
  const position = before === undefined || before.stored.removed ? last + 1 : before.stored.position;
  const keeps = before?.settings.path === settings.path && before.problem !== otherVolume.message;
  const identity = keeps ? before.stored.identity : null;
  await put(transaction, { ...settings, position, removed: false, identity }, before?.fromConfig ?? false);
};

/** The row stays while old hand-overs name it. */
const drop = async ({ db, touched }: WriteTransaction, folder: HotFolder): Promise<void> => {
  const { id } = folder.settings;
  const named = await db.selectFrom('handovers').select('id').where('hotFolderId', '=', id).limit(1).executeTakeFirst();
  await (named === undefined
    ? db.deleteFrom('hotFolders').where('id', '=', id).execute()
    : db
        .updateTable('hotFolders')
        .set({
          ...storeSettings({ ...folder.stored, removed: true, identity: null }),
          fromConfig: 0,
          state: 'ok',
          problem: null,
        })
        .where('id', '=', id)
        .execute());
  touched.hotFolders.add(id);
};

/** Removes a hot folder while nothing lies in it or waits for it. Rejects with a ContractError. */
export const removeHotFolder = async (transaction: WriteTransaction, id: string): Promise<void> => {
  const folder = (await readAllHotFolders(transaction.db)).find(({ stored }) => stored.id === id && !stored.removed);
  if (folder === undefined) throw new ContractError('notFound', `there is no hot folder "${id}"`);
  if (folder.fromConfig) {
    throw new ContractError('notPermitted', 'the config file declares this hot folder: remove it there');
  }
  const open = await countIn(transaction, id, ['sent', 'maybeSent', ...pendingStates]);
  if (open > 0) throw new ContractError('conflict', stationLine('filesInFolder', { count: open }));
  await drop(transaction, folder);
};

/**
 * Brings the table in line with the config file, in its order, before the folders made on the screen. One that is no
 * longer declared is removed, or kept for what still lies in it: then it takes nothing by itself any more.
 */
export const declareHotFolders = async (
  transaction: WriteTransaction,
  declared: readonly HotFolderSettings[],
  ownFolders: readonly string[],
): Promise<void> => {
  const before = await readAllHotFolders(transaction.db);
  for (const [position, settings] of declared.entries()) {
    requireUsablePath(settings.path, ownFolders);
    requireOutcomeFolders(settings);
    const known = before.find(({ stored }) => stored.id === settings.id);
    const moved = known === undefined || known.settings.path !== settings.path;
    const identity = moved ? null : known.stored.identity;
    await put(transaction, { ...settings, position, removed: false, identity }, true);
  }
  const ids = new Set(declared.map(({ id }) => id));
  const others = before.filter(({ stored }) => !stored.removed && !ids.has(stored.id));
  for (const [index, folder] of others.entries()) {
    const { stored } = folder;
    const open = await countIn(transaction, stored.id, ['sent', 'maybeSent', ...pendingStates]);
    if (folder.fromConfig && open === 0) await drop(transaction, folder);
    else {
      const mode = folder.fromConfig ? 'manual' : stored.mode;
      await put(transaction, { ...stored, mode, position: declared.length + index }, false);
    }
  }
};
