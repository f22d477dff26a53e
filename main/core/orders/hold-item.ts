import { ContractError } from '../../contract/failure.ts';
import { stationLine } from '../../contract/station-lines/station-lines.ts';
import { appendHistory } from '../store/history.ts';
import { refreshProgress } from '../store/refresh-progress.ts';
import type { WriteTransaction } from '../store/store.ts';

/** `note` null: not held. */
const setHold = async (
  transaction: WriteTransaction,
  itemId: number,
  note: string | null,
  nowMs: number,
  by: string,
): Promise<void> => {
  const { db } = transaction;
  const item = await db.selectFrom('items').selectAll().where('id', '=', itemId).executeTakeFirst();
  if (item === undefined) throw new ContractError('notFound', `there is no item ${itemId}`);
  if (item.cancelledAtMs !== null) throw new ContractError('conflict', stationLine('itemCancelled'));
  if (item.shippedAtMs !== null) throw new ContractError('conflict', stationLine('itemShipped'));
  if (note === null && item.heldAtMs === null) throw new ContractError('conflict', stationLine('itemNotHeld'));
  await db
    .updateTable('items')
    .set({ heldAtMs: note === null ? null : nowMs, heldNote: note })
    .where('id', '=', itemId)
    .execute();
  await appendHistory(transaction, [
    {
      atMs: nowMs,
      code: note === null ? 'item.resumed' : 'item.held',
      evidence: 'operatorSaid',
      orderId: item.orderId,
      itemId,
      detail: note === null ? {} : { note },
      by,
    },
  ]);
  await refreshProgress(transaction, item.orderId);
};

/** Holds an item with a note: its files are still fetched, but not handed over. Throws a ContractError. */
export const holdItem = (
  transaction: WriteTransaction,
  itemId: number,
  note: string,
  nowMs: number,
  by: string,
): Promise<void> => setHold(transaction, itemId, note, nowMs, by);

/** Lets an item that is held go on. Throws a ContractError. */
export const resumeItem = (transaction: WriteTransaction, itemId: number, nowMs: number, by: string): Promise<void> =>
  setHold(transaction, itemId, null, nowMs, by);
