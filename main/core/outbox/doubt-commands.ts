import type { OutboxState } from '../../contract/values.ts';
import type { WriteTransaction } from '../store/store.ts';

interface DoubtedCommands {
  /** Only those in one of these states. */
  readonly states: readonly OutboxState[];
  /** One line for whoever looks. */
  readonly cause: string;
  readonly nowMs: number;
}

/** What may not be sent twice, and may have been carried out, is looked up at the platform before anybody decides. */
export const doubtCommands = async (
  { db, touched }: WriteTransaction,
  { states, cause, nowMs }: DoubtedCommands,
): Promise<readonly { readonly id: number; readonly orderId: number }[]> => {
  const rows = await db
    .updateTable('outbox')
    .set({
      state: 'maybe',
      leaseOwner: null,
      leaseUntilMs: null,
      nextAtMs: nowMs,
      lookUps: 0,
      lastError: cause,
      lastErrorCode: 'network',
    })
    .where('state', 'in', states)
    .where('repeatable', '=', 0)
    .returning(['id', 'orderId'])
    .execute();
  for (const { id } of rows) touched.signals.add(id);
  return rows;
};
