import { appendHistory } from '../store/history.ts';
import type { WriteTransaction } from '../store/store.ts';
import { knownUntilText, type RecoveryNote } from './recovery-note.ts';

/** Holds items that may have been printed since. The caller refreshes the progress of their orders. */
export const holdInDoubt = async (
  transaction: WriteTransaction,
  items: readonly { readonly orderId: number; readonly itemId: number }[],
  recovery: RecoveryNote,
  nowMs: number,
): Promise<void> => {
  const note = `The database was restored to ${knownUntilText(recovery)}: look whether this was printed since, then let it go on`;
  const itemIds = items.map(({ itemId }) => itemId);
  await transaction.db
    .updateTable('items')
    .set({ heldAtMs: nowMs, heldNote: note })
    .where('id', 'in', itemIds)
    .execute();
  await appendHistory(
    transaction,
    items.map(({ orderId, itemId }) => ({
      atMs: nowMs,
      code: 'item.held',
      evidence: 'stationDid' as const,
      orderId,
      itemId,
      detail: { note },
    })),
  );
};
