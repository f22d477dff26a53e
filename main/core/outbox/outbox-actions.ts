import { ContractError } from '../../contract/failure.ts';
import { stationLine } from '../../contract/station-lines/station-lines.ts';
import type { OutboxKind } from '../../contract/values.ts';
import { probeAtOnce } from '../store/channels.ts';
import { appendHistory } from '../store/history.ts';
import { refreshProgress, refreshProgressOfOrders } from '../store/refresh-progress.ts';
import type { WriteTransaction } from '../store/store.ts';
import { signalsGiveUpAfterMs } from '../work/retry-table.ts';
import { channelOf } from './outbox-channels.ts';

/** The item's fact that a signal tells; undoing the signal takes it back. */
export const factOfSignal = {
  registered: null,
  started: null,
  produced: 'producedAtMs',
  packed: 'packedAtMs',
  shipped: 'shippedAtMs',
  error: null,
  cancel: 'cancelledAtMs',
  produce: null,
  renderAgain: null,
  resume: null,
  restart: null,
  // Queued with the shipping of a job's last item, whose undo it is.
  tagDone: 'shippedAtMs',
} as const satisfies Record<OutboxKind, string | null>;

/** While the platform is being asked what became of a command, its answer decides first. */
const refuseDuringLookUp = (
  { id, state, leaseUntilMs }: { readonly id: number; readonly state: string; readonly leaseUntilMs: number | null },
  nowMs: number,
): void => {
  if (state === 'maybe' && leaseUntilMs !== null && leaseUntilMs > nowMs) {
    throw new ContractError('conflict', stationLine('signalLookedUpNow', { id }), true);
  }
};

const readSignal = async ({ db }: WriteTransaction, id: number) => {
  const row = await db.selectFrom('outbox').selectAll().where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw new ContractError('notFound', `there is no signal ${id}`);
  return row;
};

/** Takes signals back within their undo time, with the facts they tell. Answers their items. */
export const undoSignals = async (
  transaction: WriteTransaction,
  ids: readonly number[],
  nowMs: number,
  by: string,
): Promise<readonly { readonly itemId: number; readonly kind: OutboxKind }[]> => {
  const { db, touched } = transaction;
  const undone: { itemId: number; kind: OutboxKind }[] = [];
  for (const id of ids) {
    const row = await readSignal(transaction, id);
    if (row.state !== 'queued' || row.undoUntilMs === null || row.undoUntilMs <= nowMs) {
      throw new ContractError('conflict', stationLine('signalUndoTooLate', { id, signal: row.platformName }));
    }
    await db.updateTable('outbox').set({ state: 'cancelled', nextAtMs: null }).where('id', '=', id).execute();
    const fact = factOfSignal[row.kind];
    if (fact !== null) {
      await db
        .updateTable('items')
        .set({ [fact]: null })
        .where('id', '=', row.itemId)
        .execute();
    }
    await appendHistory(transaction, [
      {
        atMs: nowMs,
        code: 'signal.undone',
        evidence: 'operatorSaid',
        orderId: row.orderId,
        itemId: row.itemId,
        detail: { signal: row.platformName },
        by,
      },
    ]);
    await refreshProgress(transaction, row.orderId);
    touched.signals.add(id);
    undone.push({ itemId: row.itemId, kind: row.kind });
  }
  return undone;
};

/** The row that now stands for a signal, and the order whose progress that changes. */
interface Decided {
  readonly id: number;
  readonly orderId: number;
}

const retryOne = async (transaction: WriteTransaction, id: number, nowMs: number, by: string): Promise<Decided> => {
  const { db, touched } = transaction;
  const row = await readSignal(transaction, id);
  const { orderId } = row;
  if (row.retriedAs !== null) return { id: row.retriedAs, orderId };
  touched.signals.add(id);
  if (row.state === 'waiting') {
    await db.updateTable('outbox').set({ nextAtMs: nowMs }).where('id', '=', id).execute();
    await probeAtOnce(transaction, row.connectionId, channelOf(row.kind), nowMs);
    return { id, orderId };
  }
  if (row.state !== 'problem' && row.state !== 'maybe') {
    throw new ContractError('conflict', `signal ${id} is ${row.state}: there is nothing to retry`);
  }
  refuseDuringLookUp(row, nowMs);
  const { id: newId } = await db
    .insertInto('outbox')
    .values({
      place: row.place,
      connectionId: row.connectionId,
      orderId: row.orderId,
      itemId: row.itemId,
      jobId: row.jobId,
      kind: row.kind,
      platformName: row.platformName,
      payloadJson: row.payloadJson,
      mandatory: row.mandatory,
      repeatable: row.repeatable,
      state: 'queued',
      attempts: 0,
      // It still tells of the same moment on the floor.
      createdAtMs: row.createdAtMs,
      deadlineAtMs: row.deadlineAtMs,
      giveUpAtMs: nowMs + signalsGiveUpAfterMs,
      nextAtMs: nowMs,
      createdBy: by,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await db
    .updateTable('outbox')
    .set({ state: 'cancelled', retriedAs: newId, nextAtMs: null })
    .where('id', '=', id)
    .execute();
  await appendHistory(transaction, [
    {
      atMs: nowMs,
      code: 'signal.retried',
      evidence: 'operatorSaid',
      orderId: row.orderId,
      itemId: row.itemId,
      detail: { signal: row.platformName, oldSignal: id, newSignal: newId },
      by,
    },
  ]);
  await probeAtOnce(transaction, row.connectionId, channelOf(row.kind), nowMs);
  touched.signals.add(newId);
  return { id: newId, orderId };
};

/**
 * Queues problems again as new rows in the old ones' places, so that the old rows keep their attempts. Asked twice, it
 * answers the same new rows. A row that only waits is tried at once.
 */
export const retrySignals = async (
  transaction: WriteTransaction,
  ids: readonly number[],
  nowMs: number,
  by: string,
): Promise<readonly number[]> => {
  const decided: Decided[] = [];
  for (const id of ids) decided.push(await retryOne(transaction, id, nowMs, by));
  await refreshProgressOfOrders(transaction, [...new Set(decided.map(({ orderId }) => orderId))]);
  return decided.map(({ id }) => id);
};

/** As `retrySignals`, for one. */
export const retrySignal = async (
  transaction: WriteTransaction,
  id: number,
  nowMs: number,
  by: string,
): Promise<number> => {
  const [newId] = await retrySignals(transaction, [id], nowMs, by);
  return newId ?? id;
};

const dismissOne = async (
  transaction: WriteTransaction,
  id: number,
  reason: string,
  nowMs: number,
  by: string,
): Promise<number> => {
  const { db, touched } = transaction;
  const row = await readSignal(transaction, id);
  if (row.state !== 'problem' && row.state !== 'maybe') {
    throw new ContractError('conflict', `signal ${id} is ${row.state}: only a problem can be dismissed`);
  }
  refuseDuringLookUp(row, nowMs);
  await db.updateTable('outbox').set({ state: 'cancelled', nextAtMs: null }).where('id', '=', id).execute();
  if (row.kind === 'produce' && row.jobId !== null) {
    // Nobody waits for it any more; should the platform have it after all, its list brings it back.
    await db
      .updateTable('jobs')
      .set({ state: 'cancelled', nextAtMs: null })
      .where('id', '=', row.jobId)
      .where('state', '=', 'requested')
      .execute();
    touched.jobs.add(row.jobId);
  }
  await appendHistory(transaction, [
    {
      atMs: nowMs,
      code: 'signal.dismissed',
      evidence: 'operatorSaid',
      orderId: row.orderId,
      itemId: row.itemId,
      detail: { signal: row.platformName, reason },
      by,
    },
  ]);
  touched.signals.add(id);
  return row.orderId;
};

/** Gives problems up for good: later signals of their items go on. */
export const dismissSignals = async (
  transaction: WriteTransaction,
  ids: readonly number[],
  reason: string,
  nowMs: number,
  by: string,
): Promise<void> => {
  const orderIds = new Set<number>();
  for (const id of ids) orderIds.add(await dismissOne(transaction, id, reason, nowMs, by));
  await refreshProgressOfOrders(transaction, [...orderIds]);
};

/** Asks the platform now what became of a `maybe`, however often that was done before. */
export const lookUpSignal = async (transaction: WriteTransaction, id: number, nowMs: number): Promise<void> => {
  const row = await readSignal(transaction, id);
  if (row.state !== 'maybe') {
    throw new ContractError('conflict', `signal ${id} is ${row.state}: only a maybe can be looked up`);
  }
  await transaction.db
    .updateTable('outbox')
    .set((column) => ({ nextAtMs: nowMs, lookUps: column.fn<number>('min', ['lookUps', column.val(1)]) }))
    .where('id', '=', id)
    .execute();
  await probeAtOnce(transaction, row.connectionId, channelOf(row.kind), nowMs);
  transaction.touched.signals.add(id);
};
