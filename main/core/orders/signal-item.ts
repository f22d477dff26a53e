import { ContractError } from '../../contract/failure.ts';
import type { SignalRequest } from '../../contract/orders.ts';
import type { ChangedItem } from '../actions/record-action.ts';
import type { LiveConnection } from '../connections/connection-directory.ts';
import { isIrreversible, refusalOf } from '../domain/signal-rules.ts';
import { commandJob, requireJob } from '../jobs/job-commands.ts';
import { enqueueSignals } from '../outbox/enqueue-signal.ts';
import { factOfSignal } from '../outbox/outbox-actions.ts';
import { signalsOf } from '../platforms/platform.ts';
import { appendHistory } from '../store/history.ts';
import { refreshProgress } from '../store/refresh-progress.ts';
import type { WriteTransaction } from '../store/store.ts';

export interface SignalItemInput {
  readonly itemId: number;
  readonly signal: SignalRequest;
  readonly connection: LiveConnection;
  readonly nowMs: number;
  readonly undoMs: number;
  readonly by: string;
}

/** What is sent beside the ids. */
const payloadOf = (signal: SignalRequest, shippingMethod: string): Readonly<Record<string, string | number>> => {
  switch (signal.kind) {
    case 'shipped':
      return { tracking: signal.tracking, shippingOption: signal.shippingOption ?? shippingMethod };
    case 'error':
      return { text: signal.text, delayHours: signal.delayHours };
    case 'cancel':
      return { cause: signal.cause, text: signal.text };
    case 'started':
    case 'produced':
    case 'packed':
      return {};
  }
};

/** Where a setting wants it, the platform is told that a job is done when the last of its items is shipped. */
const tagJobDone = async (
  transaction: WriteTransaction,
  { jobId }: { readonly jobId: number | null },
  { connection, nowMs, undoMs, by }: SignalItemInput,
): Promise<number | null> => {
  const { platform, settings } = connection;
  if (jobId === null || platform.outgoing?.kinds(settings).includes('tagDone') !== true) return null;
  const left = await transaction.db
    .selectFrom('items')
    .select('id')
    .where('jobId', '=', jobId)
    .where('shippedAtMs', 'is', null)
    .where('cancelledAtMs', 'is', null)
    .limit(1)
    .executeTakeFirst();
  if (left !== undefined) return null;
  return commandJob(transaction, { connection, nowMs }, await requireJob(transaction, jobId), 'tagDone', by, undoMs);
};

/** What was said of an item, and whether it can be undone. */
export interface SignalledNow extends ChangedItem {
  readonly undoable: boolean;
  readonly detail: Readonly<Record<string, string | number>>;
}

/**
 * Writes down what an operator says of an item and queues the signal that tells the platform, in one transaction. A
 * setting may keep this kind from being sent: then nothing is queued.
 */
export const signalItem = async (transaction: WriteTransaction, input: SignalItemInput): Promise<SignalledNow> => {
  const { db } = transaction;
  const { signal, connection, nowMs, by } = input;
  const item = await db
    .selectFrom('items')
    .innerJoin('orders', 'orders.id', 'items.orderId')
    .selectAll('items')
    .select(['orders.shippingMethod', 'orders.lane'])
    .where('items.id', '=', input.itemId)
    .executeTakeFirst();
  if (item === undefined) throw new ContractError('notFound', `there is no item ${input.itemId}`);
  const refusal = refusalOf(
    item,
    signal,
    connection.platform.cancelCauses.map((cause) => cause.code),
  );
  if (refusal !== null) throw new ContractError('conflict', refusal);
  const fact = factOfSignal[signal.kind];
  if (fact !== null) {
    await db
      .updateTable('items')
      .set({ [fact]: nowMs })
      .where('id', '=', item.id)
      .execute();
  }
  const payload = payloadOf(signal, item.shippingMethod);
  await appendHistory(transaction, [
    {
      atMs: nowMs,
      code: `item.${signal.kind}`,
      evidence: 'operatorSaid',
      orderId: item.orderId,
      itemId: item.id,
      detail: payload,
      by,
    },
  ]);
  const sends = signalsOf(connection.platform, connection.settings).includes(signal.kind);
  const ids = sends
    ? await enqueueSignals(transaction, {
        platform: connection.platform,
        connectionId: connection.id,
        orderId: item.orderId,
        itemIds: [item.id],
        kind: signal.kind,
        payload,
        atMs: nowMs,
        undoMs: isIrreversible(signal.kind) ? input.undoMs : 0,
        createdBy: by,
      })
    : [];
  const tagged = signal.kind === 'shipped' ? await tagJobDone(transaction, item, input) : null;
  await refreshProgress(transaction, item.orderId);
  return {
    itemId: item.id,
    before: fact === null ? {} : { [fact]: item[fact] },
    outboxIds: tagged === null ? ids : [...ids, tagged],
    // What leaves at once cannot be taken back; what is only written down here can.
    undoable: isIrreversible(signal.kind) || ids.length === 0,
    detail: payload,
  };
};
