import type { SignalRequest } from '../../contract/orders.ts';
import { recordAction } from '../actions/record-action.ts';
import type { LiveConnection } from '../connections/connection-directory.ts';
import type { WriteTransaction } from '../store/store.ts';
import { signalItem } from './signal-item.ts';

export interface SignalItemsInput {
  readonly items: readonly { readonly id: number; readonly connection: LiveConnection }[];
  readonly signal: SignalRequest;
  readonly nowMs: number;
  readonly undoMs: number;
  readonly by: string;
}

/** Says the same of several items, as one action that can be undone as one. Answers the ids of the signals it queued. */
export const signalItems = async (
  transaction: WriteTransaction,
  { items, signal, nowMs, undoMs, by }: SignalItemsInput,
): Promise<readonly number[]> => {
  const said = [];
  for (const { id, connection } of items) {
    said.push(await signalItem(transaction, { itemId: id, signal, connection, nowMs, undoMs, by }));
  }
  const [first] = said;
  if (first !== undefined && said.every(({ undoable }) => undoable)) {
    await recordAction(transaction, { kind: signal.kind, items: said, detail: first.detail, by, nowMs, undoMs });
  }
  return said.flatMap(({ outboxIds }) => outboxIds);
};
