import type { JobFile } from '../domain/job-sighting.ts';
import { planOrderFiles, sourceHostOf } from '../orders/plan-order-files.ts';
import { appendHistory } from '../store/history.ts';
import { insertRows } from '../store/insert-rows.ts';
import type { WriteTransaction } from '../store/store.ts';
import type { JobContext } from './job-context.ts';

/** An item whose files a job has made. */
export interface ItemOfFiles {
  readonly id: number;
  readonly orderId: number;
  readonly externalId: string;
  readonly number: number;
  readonly title: string;
  readonly product: string;
  readonly copies: number;
}

const columns = ['id', 'jobId', 'sourceKey', 'sourceUrl', 'expectedBytes', 'state', 'role', 'format'] as const;

const pathsFor = async (
  transaction: WriteTransaction,
  { connection, nameTemplate }: JobContext,
  item: ItemOfFiles,
  files: readonly JobFile[],
) => {
  const order = await transaction.db
    .selectFrom('orders')
    .select('externalId')
    .where('id', '=', item.orderId)
    .executeTakeFirstOrThrow();
  return planOrderFiles(transaction, {
    connectionId: connection.id,
    orderExternalId: order.externalId,
    nameTemplate,
    files: files.map((file) => ({
      itemExternalId: item.externalId,
      itemNumber: item.number,
      title: item.title,
      product: item.product,
      copies: item.copies,
      role: file.role,
      format: file.format,
    })),
  });
};

/** Where a file comes from, and that it is due. */
const sourceOf = (file: JobFile, jobId: number, nowMs: number) => ({
  jobId,
  sourceUrl: file.url,
  sourceHost: sourceHostOf(file.url),
  expectedBytes: file.expectedBytes,
  expectedMd5: file.expectedMd5,
  needsToken: file.needsToken ? (1 as const) : (0 as const),
  state: 'queued' as const,
  receivedBytes: 0,
  mismatches: 0,
  nextAtMs: nowMs,
});

const addFiles = async (
  transaction: WriteTransaction,
  context: JobContext,
  item: ItemOfFiles,
  jobId: number,
  files: readonly JobFile[],
): Promise<void> => {
  const paths = await pathsFor(transaction, context, item, files);
  const ids = await insertRows(
    transaction,
    'files',
    files.flatMap((file, index) => {
      const path = paths[index];
      if (path === undefined) return [];
      return [
        {
          orderId: item.orderId,
          itemId: item.id,
          connectionId: context.connection.id,
          role: file.role,
          format: file.format,
          sourceKey: file.key,
          name: path.name,
          relativePath: path.relativePath,
          attempts: 0,
          priority: 0,
          ...sourceOf(file, jobId, context.nowMs),
        },
      ];
    }),
  );
  for (const id of ids) transaction.touched.files.add(id);
};

/** A file that a newer render has replaced, or that it no longer has: what is not ready is of no use any more. */
const dropFiles = async (transaction: WriteTransaction, ids: readonly number[]): Promise<void> => {
  if (ids.length === 0) return;
  const { db, touched } = transaction;
  await db.deleteFrom('attempts').where('fileId', 'in', ids).execute();
  await db.updateTable('events').set({ fileId: null }).where('fileId', 'in', ids).execute();
  await db.deleteFrom('files').where('id', 'in', ids).execute();
  for (const id of ids) touched.files.add(id);
};

/** Has a known file fetched again from its new source, under a new name when the old one lies there verified. */
const replaceFile = async (
  transaction: WriteTransaction,
  context: JobContext,
  item: ItemOfFiles,
  jobId: number,
  known: { readonly id: number; readonly wasReady: boolean },
  file: JobFile,
): Promise<void> => {
  const { db, touched } = transaction;
  const [path] = known.wasReady ? await pathsFor(transaction, context, item, [file]) : [];
  await db
    .updateTable('files')
    .set({
      ...sourceOf(file, jobId, context.nowMs),
      sourceKey: file.key,
      validator: null,
      problem: null,
      problemCode: null,
      readyAtMs: null,
      deletedAtMs: null,
      verification: null,
      ...(path === undefined ? {} : { name: path.name, relativePath: path.relativePath }),
    })
    .where('id', '=', known.id)
    .execute();
  // What comes again after it was deleted is deleted again.
  await db.updateTable('orders').set({ filesDeletedAtMs: null }).where('id', '=', item.orderId).execute();
  touched.files.add(known.id);
  await appendHistory(transaction, [
    {
      atMs: context.nowMs,
      code: 'file.replaced',
      evidence: 'platformSaid',
      orderId: item.orderId,
      itemId: item.id,
      fileId: known.id,
      connectionId: context.connection.id,
      detail: { role: file.role },
    },
  ]);
};

interface NamedRow {
  readonly sourceKey: string | null;
  readonly role: string;
  readonly format: string;
}

/**
 * The row of each file that is known: by its key, or, where a pipeline has run again and gave all its files new ones, the
 * next of its kind whose own file the result no longer has.
 */
const rowsOfFiles = <Row extends NamedRow>(
  rows: readonly Row[],
  files: readonly JobFile[],
): ReadonlyMap<JobFile, Row> => {
  const byKey = new Map(rows.map((row) => [row.sourceKey, row]));
  const keys = new Set<string | null>(files.map((file) => file.key));
  const left = rows.filter((row) => !keys.has(row.sourceKey));
  return new Map(
    files.flatMap((file): [JobFile, Row][] => {
      const next = left.findIndex(({ role, format }) => role === file.role && format === file.format);
      const row = byKey.get(file.key) ?? (next === -1 ? undefined : left.splice(next, 1)[0]);
      return row === undefined ? [] : [[file, row]];
    }),
  );
};

/**
 * Brings an item's files in line with a job's result: new ones are queued, changed ones are fetched again, those of an
 * older render that never arrived are dropped. Answers false when one is just being transferred: then it is looked at
 * again at the next sighting.
 */
export const takeInFiles = async (
  transaction: WriteTransaction,
  context: JobContext,
  item: ItemOfFiles,
  jobId: number,
  files: readonly JobFile[],
): Promise<boolean> => {
  const { db } = transaction;
  const rows = await db
    .selectFrom('files')
    .select(columns)
    .where('itemId', '=', item.id)
    .where('jobId', 'is not', null)
    .execute();
  const known = rowsOfFiles(rows, files);
  const added = files.filter((file) => !known.has(file));
  const changed = files.flatMap((file) => {
    const row = known.get(file);
    const same = row?.jobId === jobId && row.sourceUrl === file.url && row.expectedBytes === file.expectedBytes;
    return row === undefined || same ? [] : [{ row, file }];
  });
  const wanted = new Set(known.values());
  const dropped = rows.filter((row) => !wanted.has(row) && row.state !== 'ready' && row.jobId !== jobId);
  const isBusy = (state: string): boolean => state === 'fetching' || state === 'verifying';
  if (changed.some(({ row }) => isBusy(row.state)) || dropped.some((row) => isBusy(row.state))) return false;
  if (added.length === 0 && changed.length === 0 && dropped.length === 0) return true;
  await dropFiles(
    transaction,
    dropped.map((row) => row.id),
  );
  for (const { row, file } of changed) {
    await replaceFile(transaction, context, item, jobId, { id: row.id, wasReady: row.state === 'ready' }, file);
  }
  if (added.length > 0) await addFiles(transaction, context, item, jobId, added);
  const allReady = rows.every((row) => dropped.includes(row) || row.state === 'ready');
  const nothingToFetch = added.length === 0 && changed.length === 0;
  await db
    .updateTable('items')
    .set({ printReadyAtMs: nothingToFetch && allReady ? context.nowMs : null })
    .where('id', '=', item.id)
    .execute();
  return true;
};
