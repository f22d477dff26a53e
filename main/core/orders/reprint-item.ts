import { ContractError } from '../../contract/failure.ts';
import { stationLine } from '../../contract/station-lines/station-lines.ts';
import { recordAction } from '../actions/record-action.ts';
import { appendHistory } from '../store/history.ts';
import { refreshProgress } from '../store/refresh-progress.ts';
import type { WriteTransaction } from '../store/store.ts';

export interface ReprintInput {
  readonly itemId: number;
  readonly reason: string;
  readonly nowMs: number;
  readonly undoMs: number;
  readonly by: string;
}

/** The facts that come again when an item is made again inside the shop. */
const madeAgain = { handedOverAtMs: null, pickedUpAtMs: null, producedAtMs: null, packedAtMs: null } as const;

/** Has an item made again: it is print-ready once more, and waits to be handed over. Throws a ContractError. */
export const reprintItem = async (transaction: WriteTransaction, input: ReprintInput): Promise<void> => {
  const { db } = transaction;
  const { itemId, reason, nowMs, undoMs, by } = input;
  const item = await db.selectFrom('items').selectAll().where('id', '=', itemId).executeTakeFirst();
  if (item === undefined) throw new ContractError('notFound', `there is no item ${itemId}`);
  if (item.cancelledAtMs !== null) throw new ContractError('conflict', stationLine('itemCancelled'));
  if (item.shippedAtMs !== null) throw new ContractError('conflict', stationLine('itemShipped'));
  if (item.handedOverAtMs === null && item.producedAtMs === null) {
    throw new ContractError('conflict', stationLine('itemNotPrinted'));
  }
  const { handedOverAtMs, pickedUpAtMs, producedAtMs, packedAtMs } = item;
  await db.updateTable('items').set(madeAgain).where('id', '=', itemId).execute();
  await db.insertInto('reprints').values({ itemId, atMs: nowMs, by, reason }).execute();
  await recordAction(transaction, {
    kind: 'reprint',
    items: [{ itemId, before: { handedOverAtMs, pickedUpAtMs, producedAtMs, packedAtMs }, outboxIds: [] }],
    detail: { reason },
    by,
    nowMs,
    undoMs,
  });
  await appendHistory(transaction, [
    {
      atMs: nowMs,
      code: 'item.reprint',
      evidence: 'operatorSaid',
      orderId: item.orderId,
      itemId,
      detail: { reason },
      by,
    },
  ]);
  await refreshProgress(transaction, item.orderId);
};
