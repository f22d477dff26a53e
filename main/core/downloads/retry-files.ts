import { ContractError } from '../../contract/failure.ts';
import { stationLine } from '../../contract/station-lines/station-lines.ts';
import { probeAtOnce } from '../store/channels.ts';
import { appendHistory } from '../store/history.ts';
import { refreshProgressOfOrders } from '../store/refresh-progress.ts';
import type { WriteTransaction } from '../store/store.ts';
import type { FileTable } from '../store/tables/file-tables.ts';
import { channelNameOf } from './download-rows.ts';

type RetryRow = Pick<FileTable, 'orderId' | 'itemId' | 'connectionId' | 'role' | 'sourceHost'> & {
  readonly id: number;
};

const columns = ['id', 'orderId', 'itemId', 'connectionId', 'role', 'sourceHost'] as const;

const queueAgain = async (
  transaction: WriteTransaction,
  rows: readonly RetryRow[],
  nowMs: number,
  by: string | null,
): Promise<void> => {
  if (rows.length === 0) return;
  const { db, touched } = transaction;
  const ids = rows.map((row) => row.id);
  await db
    .updateTable('files')
    .set({
      state: 'queued',
      nextAtMs: nowMs,
      problem: null,
      problemCode: null,
      mismatches: 0,
      // Nothing says any more what a part file belongs to: the next try overwrites it from its start.
      receivedBytes: 0,
      validator: null,
    })
    .where('id', 'in', ids)
    .execute();
  const ways = new Map(rows.map((row) => [`${row.connectionId} ${row.sourceHost}`, row]));
  for (const { connectionId, sourceHost } of ways.values()) {
    await probeAtOnce(transaction, connectionId, channelNameOf(sourceHost), nowMs);
  }
  await appendHistory(
    transaction,
    rows.map((row) => ({
      atMs: nowMs,
      code: 'file.retried',
      evidence: 'operatorSaid',
      orderId: row.orderId,
      itemId: row.itemId,
      fileId: row.id,
      connectionId: row.connectionId,
      detail: { role: row.role },
      by,
    })),
  );
  for (const id of ids) touched.files.add(id);
  await refreshProgressOfOrders(transaction, [...new Set(rows.map((row) => row.orderId))]);
};

export interface RetryInput {
  readonly id: number;
  readonly nowMs: number;
  readonly by: string | null;
  /** It was verified once, and does not lie there any more. */
  readonly isMissing: boolean;
}

/**
 * Queues one file from its start. Rejects with a ContractError when it is unknown, ready and there, deleted, or being
 * fetched just now.
 */
export const retryFile = async (
  transaction: WriteTransaction,
  { id, nowMs, by, isMissing }: RetryInput,
): Promise<void> => {
  const row = await transaction.db
    .selectFrom('files')
    .select([...columns, 'state', 'deletedAtMs'])
    .where('id', '=', id)
    .executeTakeFirst();
  if (row === undefined) throw new ContractError('notFound', `there is no file ${id}`);
  if (row.deletedAtMs !== null) {
    throw new ContractError('conflict', stationLine('fileDeleted'));
  }
  if (row.state === 'ready' && !isMissing) throw new ContractError('conflict', stationLine('fileReadyAlready'));
  if (row.state === 'fetching' || row.state === 'verifying') {
    throw new ContractError('conflict', stationLine('fileFetchedNow'), true);
  }
  await queueAgain(transaction, [row], nowMs, by);
};

/** Queues every file that is a problem; answers how many. */
export const retryProblemFiles = async (
  transaction: WriteTransaction,
  nowMs: number,
  by: string | null,
): Promise<number> => {
  const rows = await transaction.db
    .selectFrom('files')
    .select(columns)
    .where('state', '=', 'problem')
    .where('deletedAtMs', 'is', null)
    .execute();
  await queueAgain(transaction, rows, nowMs, by);
  return rows.length;
};
