import { z } from 'zod';
import { ContractError } from '../../contract/failure.ts';
import { stationLine } from '../../contract/station-lines/station-lines.ts';
import { undoSignals } from '../outbox/outbox-actions.ts';
import { appendHistory } from '../store/history.ts';
import { refreshProgressOfOrders } from '../store/refresh-progress.ts';
import type { WriteTransaction } from '../store/store.ts';
import { readStored } from '../store/stored-json.ts';

const fact = z.number().nullable().optional();
const storedFacts = z.object({
  producedAtMs: fact,
  packedAtMs: fact,
  shippedAtMs: fact,
  cancelledAtMs: fact,
  handedOverAtMs: fact,
  pickedUpAtMs: fact,
  heldAtMs: fact,
  heldNote: z.string().nullable().optional(),
});
const storedIds = z.array(z.number());

/** Of these rows of the outbox, those that were taken back by themselves. */
const takenBack = async ({ db }: WriteTransaction, ids: readonly number[]): Promise<ReadonlySet<number>> => {
  const rows = await db
    .selectFrom('outbox')
    .select('id')
    .where('id', 'in', ids)
    .where('state', '=', 'cancelled')
    .where('retriedAs', 'is', null)
    .execute();
  return new Set(rows.map((row) => row.id));
};

/** An action of which single signals were taken back is undone once none of its signals is left. */
export const closeUndoneActions = async (transaction: WriteTransaction, nowMs: number, by: string): Promise<void> => {
  const { db, touched } = transaction;
  const rows = await db
    .selectFrom('actions')
    .innerJoin('actionItems', 'actionItems.actionId', 'actions.id')
    .select(['actions.id', 'outboxIdsJson'])
    .where('undoneAtMs', 'is', null)
    .where('undoUntilMs', '>', nowMs)
    .execute();
  for (const [id, ofAction] of Map.groupBy(rows, (row) => row.id)) {
    const outboxIds = ofAction.flatMap((row) => readStored(storedIds, row.outboxIdsJson));
    if (outboxIds.length === 0 || (await takenBack(transaction, outboxIds)).size < outboxIds.length) continue;
    await db.updateTable('actions').set({ undoneAtMs: nowMs, undoneBy: by }).where('id', '=', id).execute();
    touched.actions.add(id);
  }
};

/** What was undone, for what follows from it. */
export interface UndoneAction {
  readonly kind: string;
  readonly itemIds: readonly number[];
}

/** Takes an action back: its signals do not leave, and the items are what they were. All of it or nothing. */
export const undoAction = async (
  transaction: WriteTransaction,
  id: number,
  nowMs: number,
  by: string,
): Promise<UndoneAction> => {
  const { db, touched } = transaction;
  const action = await db.selectFrom('actions').selectAll().where('id', '=', id).executeTakeFirst();
  if (action === undefined) throw new ContractError('notFound', `there is no action ${id}`);
  if (action.undoneAtMs !== null)
    throw new ContractError('conflict', stationLine('undoneAlready', { who: String(action.undoneBy) }));
  if (action.undoUntilMs <= nowMs) throw new ContractError('conflict', stationLine('undoTooLate'));
  const rows = await db
    .selectFrom('actionItems')
    .innerJoin('items', 'items.id', 'actionItems.itemId')
    .select(['itemId', 'beforeJson', 'outboxIdsJson', 'items.orderId', 'items.heldAtMs'])
    .where('actionId', '=', id)
    .execute();
  const outboxIds = rows.flatMap((row) => readStored(storedIds, row.outboxIdsJson));
  const gone = await takenBack(transaction, outboxIds);
  await undoSignals(
    transaction,
    outboxIds.filter((outboxId) => !gone.has(outboxId)),
    nowMs,
    by,
  );
  // An item whose signals were taken back by themselves may have been told of anew since then.
  const left = rows.filter((row) => {
    // Resumed meanwhile, or held for another reason: that is somebody's newer word.
    if (action.kind === 'hold') return row.heldAtMs === action.atMs;
    const ids = readStored(storedIds, row.outboxIdsJson);
    return ids.length === 0 || ids.some((outboxId) => !gone.has(outboxId));
  });
  for (const { itemId, orderId, beforeJson } of left) {
    if (action.kind === 'reprint') {
      await db.deleteFrom('reprints').where('itemId', '=', itemId).where('atMs', '=', action.atMs).execute();
    }
    const before = readStored(storedFacts, beforeJson);
    if (Object.keys(before).length > 0) {
      await db.updateTable('items').set(before).where('id', '=', itemId).execute();
    }
    await appendHistory(transaction, [
      {
        atMs: nowMs,
        code: 'action.undone',
        evidence: 'operatorSaid',
        orderId,
        itemId,
        detail: { action: action.kind },
        by,
      },
    ]);
  }
  await db.updateTable('actions').set({ undoneAtMs: nowMs, undoneBy: by }).where('id', '=', id).execute();
  await refreshProgressOfOrders(transaction, [...new Set(left.map((row) => row.orderId))]);
  touched.actions.add(id);
  return { kind: action.kind, itemIds: left.map((row) => row.itemId) };
};
