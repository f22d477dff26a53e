import type { WriteTransaction } from '../store/store.ts';
import { changeHandover } from './handover-changes.ts';

/**
 * Calls off at once what has yet to be handed over of an item that was held or cancelled, in the transaction that did
 * so. Without it the same happens when the lane comes to each file.
 */
export const callOffItem = async (transaction: WriteTransaction, itemId: number, nowMs: number): Promise<void> => {
  const rows = await transaction.db
    .selectFrom('handovers')
    .innerJoin('hotFolders', 'hotFolders.id', 'handovers.hotFolderId')
    .selectAll('handovers')
    .select('hotFolders.name as hotFolderName')
    .where('itemId', '=', itemId)
    .where('handovers.state', 'in', ['intended', 'waiting'])
    .orderBy('handovers.id')
    .execute();
  for (const row of rows) {
    await changeHandover(transaction, row, {
      set: { state: 'undone', problem: null, nextAtMs: null },
      fileName: row.fileName,
      history: { code: 'handover.undone', evidence: 'stationDid' },
      nowMs,
    });
  }
};
