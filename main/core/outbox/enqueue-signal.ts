import type { OutboxKind } from '../../contract/values.ts';
import type { Platform } from '../platforms/platform.ts';
import { insertRows } from '../store/insert-rows.ts';
import type { WriteTransaction } from '../store/store.ts';
import { signalsGiveUpAfterMs } from '../work/retry-table.ts';

/** A signal or command to queue for each of these items, in the transaction that also writes what it tells. */
export interface NewSignals {
  readonly platform: Platform;
  readonly connectionId: string;
  readonly orderId: number;
  readonly itemIds: readonly number[];
  readonly kind: OutboxKind;
  /** The job that a command is about or makes. */
  readonly jobId?: number;
  readonly payload: Readonly<Record<string, string | number>>;
  readonly atMs: number;
  /** How long Undo can take it back before it leaves; 0: it leaves at once. */
  readonly undoMs: number;
  /** It does not leave before; default: at once, or when it can no longer be undone. */
  readonly notBeforeMs?: number;
  readonly createdBy: string;
  /** The items are new: nothing is in their queues yet. */
  readonly itemsAreNew?: boolean;
}

const lastPlaces = async (
  { db }: WriteTransaction,
  itemIds: readonly number[],
): Promise<ReadonlyMap<number, number>> => {
  const rows = await db
    .selectFrom('outbox')
    .select((query) => ['itemId', query.fn.max('place').as('place')])
    .where('itemId', 'in', itemIds)
    .groupBy('itemId')
    .execute();
  return new Map(rows.map((row) => [row.itemId, row.place]));
};

/** Puts signals at the end of their items' queues. Answers their row ids, in the order of the items. */
export const enqueueSignals = async (
  transaction: WriteTransaction,
  signals: NewSignals,
): Promise<readonly number[]> => {
  const { touched } = transaction;
  const { platform, kind, atMs, undoMs } = signals;
  const { outgoing } = platform;
  if (outgoing === undefined) throw new Error(`${platform.id} takes nothing from the outbox`);
  const deadlineMs = outgoing.deadlineMs(kind);
  const platformName = outgoing.nameOf(kind);
  const payloadJson = JSON.stringify(signals.payload);
  const mandatory = outgoing.isMandatory(kind) ? (1 as const) : (0 as const);
  const repeatable = outgoing.isRepeatable(kind) ? (1 as const) : (0 as const);
  touched.connections.add(signals.connectionId);
  const places = signals.itemsAreNew === true ? null : await lastPlaces(transaction, signals.itemIds);
  const ids = await insertRows(
    transaction,
    'outbox',
    signals.itemIds.map((itemId) => ({
      place: (places?.get(itemId) ?? 0) + 1,
      connectionId: signals.connectionId,
      orderId: signals.orderId,
      itemId,
      jobId: signals.jobId ?? null,
      kind,
      platformName,
      payloadJson,
      mandatory,
      repeatable,
      state: 'queued' as const,
      attempts: 0,
      createdAtMs: atMs,
      undoUntilMs: undoMs > 0 ? atMs + undoMs : null,
      deadlineAtMs: deadlineMs === null ? null : atMs + deadlineMs,
      giveUpAtMs: atMs + signalsGiveUpAfterMs,
      nextAtMs: Math.max(atMs + undoMs, signals.notBeforeMs ?? 0),
      createdBy: signals.createdBy,
    })),
  );
  for (const id of ids) touched.signals.add(id);
  return ids;
};
