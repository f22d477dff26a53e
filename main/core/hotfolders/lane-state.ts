import { appendHistory } from '../store/history.ts';
import type { WriteTransaction } from '../store/store.ts';
import { findHotFolder } from './hot-folder-records.ts';
import type { LaneChange } from './lane-context.ts';

/** Sets what a hot folder's lane shows, with its history; answers the change for who is told of it, null when there is none. */
export const setLaneState = async (
  transaction: WriteTransaction,
  hotFolderId: string,
  state: LaneChange['state'],
  problem: string | null,
  nowMs: number,
): Promise<LaneChange | null> => {
  const folder = await findHotFolder(transaction.db, hotFolderId);
  if (folder === null) return null;
  if (folder.state === state && folder.problem === problem) return null;
  const { name } = folder.settings;
  await transaction.db.updateTable('hotFolders').set({ state, problem }).where('id', '=', hotFolderId).execute();
  transaction.touched.hotFolders.add(hotFolderId);
  // A folder that stays away for another reason is shown, but is no new line of history.
  if (folder.state !== state) {
    await appendHistory(transaction, [
      { atMs: nowMs, code: `hotFolder.${state}`, evidence: 'stationDid', detail: { hotFolder: name, problem } },
    ]);
  }
  return { hotFolderId, hotFolderName: name, state, problem };
};
