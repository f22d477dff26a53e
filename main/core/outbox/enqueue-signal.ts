import { sql } from 'kysely';
import type { SignalKind } from '../../contract/values.ts';
import type { Platform } from '../platforms/platform.ts';
import type { WriteTransaction } from '../store/store.ts';
import { signalsGiveUpAfterMs } from '../work/retry-table.ts';

/** A signal to queue for each of these items, in the transaction that also writes what it tells. */
export interface NewSignals {
  readonly platform: Platform;
  readonly connectionId: string;
  readonly orderId: number;
  readonly itemIds: readonly number[];
  readonly kind: SignalKind;
  readonly payload: Readonly<Record<string, string | number>>;
  readonly atMs: number;
  /** How long Undo can take it back before it leaves; 0: it leaves at once. */
  readonly undoMs: number;
  readonly createdBy: string;
}

/** Puts signals at the end of their items' queues. Answers their row ids, in the order of the items. */
export const enqueueSignals = async (
  { db, touched }: WriteTransaction,
  signals: NewSignals,
): Promise<readonly number[]> => {
  const { platform, kind, atMs, undoMs } = signals;
  const deadlineMs = platform.deadlineMs(kind);
  const rows = await db
    .insertInto('outbox')
    .values(
      signals.itemIds.map((itemId) => ({
        place: sql<number>`(SELECT ifnull(max(place), 0) + 1 FROM outbox WHERE item_id = ${itemId})`,
        connectionId: signals.connectionId,
        orderId: signals.orderId,
        itemId,
        kind,
        platformName: platform.signalName(kind),
        payloadJson: JSON.stringify(signals.payload),
        mandatory: platform.isMandatory(kind) ? (1 as const) : (0 as const),
        state: 'queued' as const,
        attempts: 0,
        createdAtMs: atMs,
        undoUntilMs: undoMs > 0 ? atMs + undoMs : null,
        deadlineAtMs: deadlineMs === null ? null : atMs + deadlineMs,
        giveUpAtMs: atMs + signalsGiveUpAfterMs,
        nextAtMs: atMs + undoMs,
        createdBy: signals.createdBy,
      })),
    )
    .returning('id')
    .execute();
  for (const { id } of rows) touched.signals.add(id);
  touched.connections.add(signals.connectionId);
  return rows.map(({ id }) => id);
};
