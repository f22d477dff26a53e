import type { Kysely } from 'kysely';
import { z } from 'zod';
import { type HotFolderSettings, hotFolderSettings } from '../../contract/hot-folders.ts';
import type { HotFolderTable } from '../store/tables/hot-folder-tables.ts';
import type { Tables } from '../store/tables.ts';
import { folderIdentity } from './folder-identity.ts';

/** A hot folder's settings as stored, with what the station keeps beside them. */
const storedSettings = hotFolderSettings.extend({
  /** Its place in the order in which routing asks the folders. */
  position: z.number().int().default(0),
  /** Removed, but still named by old hand-overs. */
  removed: z.boolean().default(false),
  /** The folder that files were last seen or written in; null until it was looked at. */
  identity: folderIdentity.nullable().default(null),
});
export type StoredSettings = z.infer<typeof storedSettings>;

export interface HotFolder {
  readonly settings: HotFolderSettings;
  readonly stored: StoredSettings;
  readonly state: HotFolderTable['state'];
  readonly problem: string | null;
  readonly lastPickUpAtMs: number | null;
  readonly fromConfig: boolean;
}

const toHotFolder = (row: HotFolderTable): HotFolder => {
  const stored = storedSettings.parse(JSON.parse(row.settingsJson));
  return {
    settings: hotFolderSettings.parse(stored),
    stored,
    state: row.state,
    problem: row.problem,
    lastPickUpAtMs: row.lastPickUpAtMs,
    fromConfig: row.fromConfig === 1,
  };
};

/** Every hot folder, removed ones too, in configured order. */
export const readAllHotFolders = async (db: Kysely<Tables>): Promise<readonly HotFolder[]> => {
  const rows = await db.selectFrom('hotFolders').selectAll().orderBy('id').execute();
  return rows.map(toHotFolder).toSorted((a, b) => a.stored.position - b.stored.position);
};

/** The hot folders in use, in configured order. */
export const readHotFolders = async (db: Kysely<Tables>): Promise<readonly HotFolder[]> =>
  (await readAllHotFolders(db)).filter((folder) => !folder.stored.removed);

/** A hot folder in use; null when there is none of this id. */
export const findHotFolder = async (db: Kysely<Tables>, id: string): Promise<HotFolder | null> => {
  const row = await db.selectFrom('hotFolders').selectAll().where('id', '=', id).executeTakeFirst();
  const folder = row === undefined ? null : toHotFolder(row);
  return folder === null || folder.stored.removed ? null : folder;
};

/** The settings as a row holds them. */
export const storeSettings = (stored: StoredSettings): { readonly name: string; readonly settingsJson: string } => ({
  name: stored.name,
  settingsJson: JSON.stringify(stored),
});
