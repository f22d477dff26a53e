import { appendHistory } from '../store/history.ts';
import type { WriteTransaction } from '../store/store.ts';

/** Adds a note to an order. */
export const addNote = async (
  transaction: WriteTransaction,
  orderId: number,
  text: string,
  nowMs: number,
  by: string,
): Promise<void> => {
  await transaction.db.insertInto('notes').values({ orderId, atMs: nowMs, by, text }).execute();
  await appendHistory(transaction, [
    { atMs: nowMs, code: 'order.noted', evidence: 'operatorSaid', orderId, detail: {}, by },
  ]);
};
