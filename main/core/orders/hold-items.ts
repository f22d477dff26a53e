import { recordAction } from '../actions/record-action.ts';
import type { WriteTransaction } from '../store/store.ts';
import { holdItem } from './hold-item.ts';

export interface HoldItemsInput {
  readonly itemIds: readonly number[];
  readonly note: string;
  readonly nowMs: number;
  readonly undoMs: number;
  readonly by: string;
}

/** Holds several items with the same note, as one action that can be undone as one. Throws a ContractError. */
export const holdItems = async (
  transaction: WriteTransaction,
  { itemIds, note, nowMs, undoMs, by }: HoldItemsInput,
): Promise<void> => {
  const before = await transaction.db
    .selectFrom('items')
    .select(['id as itemId', 'heldAtMs', 'heldNote'])
    .where('id', 'in', itemIds)
    .orderBy('id')
    .execute();
  for (const itemId of itemIds) await holdItem(transaction, itemId, note, nowMs, by);
  await recordAction(transaction, {
    kind: 'hold',
    items: before.map(({ itemId, ...facts }) => ({ itemId, before: facts, outboxIds: [] })),
    detail: { text: note },
    by,
    nowMs,
    undoMs,
  });
};
