import type { WriteTransaction } from '../store/store.ts';

/** Queues the unfinished files of an item that is no longer cancelled. */
export const wakeFilesOfItem = async (
  { db, touched }: WriteTransaction,
  itemId: number,
  nowMs: number,
): Promise<void> => {
  const rows = await db
    .updateTable('files')
    .set({ state: 'queued', nextAtMs: nowMs, problem: null, problemCode: null })
    .where('itemId', '=', itemId)
    .where('state', 'in', ['queued', 'waiting'])
    .where('nextAtMs', 'is', null)
    .returning('id')
    .execute();
  for (const { id } of rows) touched.files.add(id);
};
