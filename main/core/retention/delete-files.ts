import { appendHistory } from '../store/history.ts';
import type { Store, WriteTransaction } from '../store/store.ts';
import type { DeletionTable } from '../store/tables/order-tables.ts';
import { type DueQuestion, stillDue } from './due-orders.ts';
import { removeFile } from './remove-file.ts';

export interface DeleteFilesInput extends Pick<DueQuestion, 'closedUntilMs' | 'nowMs'> {
  readonly orderIds: readonly number[];
  readonly by: DeletionTable['by'];
}

interface LeavingFile {
  readonly id: number;
  readonly orderId: number;
  readonly relativePath: string;
  readonly receivedBytes: number;
}

/** Whether anything of it lies on the disk. */
const hasBytes = (file: LeavingFile): boolean => file.receivedBytes > 0;

/** Nobody gets these files any more from here on; the log says so. Answers the orders and all of their files. */
const markDeleted = async (
  transaction: WriteTransaction,
  { orderIds, by, ...question }: DeleteFilesInput,
): Promise<{ readonly orderIds: readonly number[]; readonly files: readonly LeavingFile[] }> => {
  const { db, touched } = transaction;
  const due = await stillDue(db, { what: 'files', ...question }, orderIds);
  if (due.length === 0) return { orderIds: [], files: [] };
  const files = await db
    .selectFrom('files')
    .select(['id', 'orderId', 'relativePath', 'receivedBytes', 'deletedAtMs'])
    .where('orderId', 'in', due)
    .execute();
  const leaving = files.filter(({ deletedAtMs }) => deletedAtMs === null);
  const leavingIds = leaving.map(({ id }) => id);
  await db
    .updateTable('files')
    .set({ deletedAtMs: question.nowMs, nextAtMs: null, validator: null })
    .where('id', 'in', leavingIds)
    .execute();
  for (const id of leavingIds) touched.files.add(id);
  for (const [orderId, ofOrder] of Map.groupBy(leaving.filter(hasBytes), (file) => file.orderId)) {
    const fileCount = ofOrder.length;
    const byteCount = ofOrder.reduce((sum, file) => sum + file.receivedBytes, 0);
    await db
      .insertInto('deletions')
      .values({ atMs: question.nowMs, orderId, what: 'files', fileCount, byteCount, by })
      .execute();
    await appendHistory(transaction, [
      {
        atMs: question.nowMs,
        code: 'order.filesDeleted',
        evidence: 'stationDid',
        orderId,
        detail: { files: fileCount, bytes: byteCount, by },
      },
    ]);
  }
  return { orderIds: due, files };
};

/** What became of one order's files. */
export type DeletedFiles =
  | { readonly kind: 'deleted'; readonly orderId: number }
  /** The system refused, such as for a file that is open on Windows: the next look goes on with it. */
  | { readonly kind: 'refused'; readonly orderId: number; readonly cause: unknown };

/**
 * Deletes the files of orders in three steps: written down that they go, gone, written down that they are gone. A crash
 * after the first leaves the order due, and the next look goes on: no file stays without a row that knows it, and
 * nothing is counted twice.
 */
export const deleteFiles = async (
  store: Store,
  filesFolder: string,
  input: DeleteFilesInput,
): Promise<readonly DeletedFiles[]> => {
  const marked = await store.write((transaction) => markDeleted(transaction, input));
  const byOrder = Map.groupBy(marked.files, (file) => file.orderId);
  const results: DeletedFiles[] = [];
  for (const orderId of marked.orderIds) {
    try {
      for (const file of byOrder.get(orderId) ?? []) await removeFile(filesFolder, file.relativePath);
      results.push({ kind: 'deleted', orderId });
    } catch (cause) {
      results.push({ kind: 'refused', orderId, cause });
    }
  }
  const gone = results.filter(({ kind }) => kind === 'deleted').map(({ orderId }) => orderId);
  await store.write(async ({ db, touched }) => {
    await db.updateTable('orders').set({ filesDeletedAtMs: input.nowMs }).where('id', 'in', gone).execute();
    for (const id of gone) touched.orders.add(id);
  });
  return results;
};
