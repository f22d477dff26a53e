import { z } from 'zod';
import { appendHistory } from '../store/history.ts';
import type { WriteTransaction } from '../store/store.ts';
import { readStored } from '../store/stored-json.ts';
import { type DueQuestion, stillDue } from './due-orders.ts';

export interface DeletePersonalInput extends Pick<DueQuestion, 'closedUntilMs' | 'nowMs'> {
  readonly orderIds: readonly number[];
}

/** What of the history's details stays: facts of the work. All else may be text that somebody typed, or a file's name. */
const keptDetails: ReadonlySet<string> = new Set([
  'action',
  'bytes',
  'by',
  'code',
  'expectedBytes',
  'expectedMd5',
  'files',
  'format',
  'foundBytes',
  'foundMd5',
  'hotFolder',
  'items',
  'newSignal',
  'oldSignal',
  'outcome',
  'role',
  'seconds',
  'signal',
  'verification',
]);

const storedDetail = z.record(z.string(), z.unknown()).catch({});

const stripHistory = async ({ db }: WriteTransaction, orderIds: readonly number[]): Promise<void> => {
  const events = await db
    .selectFrom('events')
    .select(['id', 'detailJson'])
    .where('orderId', 'in', orderIds)
    .where('detailJson', '!=', '{}')
    .execute();
  for (const { id, detailJson } of events) {
    const detail = Object.entries(readStored(storedDetail, detailJson));
    const kept = detail.filter(([key]) => keptDetails.has(key));
    if (kept.length === detail.length) continue;
    await db
      .updateTable('events')
      .set({ detailJson: JSON.stringify(Object.fromEntries(kept)) })
      .where('id', '=', id)
      .execute();
  }
};

/** Names of files may have been made of a title. The files are gone, so nothing is looked for under them any more. */
const stripFiles = async ({ db }: WriteTransaction, orderIds: readonly number[]): Promise<void> => {
  const files = await db.selectFrom('files').select('id').where('orderId', 'in', orderIds).execute();
  const ids = files.map(({ id }) => id);
  if (ids.length === 0) return;
  for (const id of ids) {
    const name = `deleted-${id}`;
    await db
      .updateTable('files')
      .set({ name, relativePath: `deleted/${id}`, sourceUrl: '', sourceKey: null, problem: null })
      .where('id', '=', id)
      .execute();
    await db
      .updateTable('handovers')
      .set({ fileName: name, temporaryName: name, problem: null, outcomeDetail: null })
      .where('fileId', '=', id)
      .execute();
  }
  await db.deleteFrom('inspections').where('fileId', 'in', ids).execute();
  await db.updateTable('attempts').set({ excerpt: null }).where('fileId', 'in', ids).execute();
};

const stripSignals = async ({ db }: WriteTransaction, orderIds: readonly number[]): Promise<void> => {
  const signals = await db.selectFrom('outbox').select('id').where('orderId', 'in', orderIds).execute();
  const ids = signals.map(({ id }) => id);
  if (ids.length === 0) return;
  await db.updateTable('outbox').set({ payloadJson: '{}', lastError: null }).where('id', 'in', ids).execute();
  await db.updateTable('attempts').set({ excerpt: null }).where('outboxId', 'in', ids).execute();
};

const stripItems = async ({ db }: WriteTransaction, orderIds: readonly number[]): Promise<void> => {
  await db
    .updateTable('items')
    .set({ title: '', description: '', optionsJson: '[]', reorderDescription: null, heldNote: null, problem: null })
    .where('orderId', 'in', orderIds)
    .execute();
  const items = await db.selectFrom('items').select('id').where('orderId', 'in', orderIds).execute();
  const ids = items.map(({ id }) => id);
  if (ids.length === 0) return;
  await db.updateTable('reprints').set({ reason: '' }).where('itemId', 'in', ids).execute();
  await db
    .updateTable('actions')
    .set({ detailJson: '{}' })
    .where('id', 'in', (query) => query.selectFrom('actionItems').select('actionId').where('itemId', 'in', ids))
    .execute();
};

const stripOrders = async ({ db }: WriteTransaction, orderIds: readonly number[], nowMs: number): Promise<void> => {
  await db
    .updateTable('jobs')
    .set({ beliefsJson: '[]', warningsJson: '[]', problem: null, matchKey: null, nonce: null })
    .where('orderId', 'in', orderIds)
    .execute();
  await db.deleteFrom('notes').where('orderId', 'in', orderIds).execute();
  await db.updateTable('orderRevisions').set({ document: '', summary: '' }).where('orderId', 'in', orderIds).execute();
  await db
    .updateTable('orders')
    .set({
      customer: '',
      reference: '',
      titles: '',
      consignor: '',
      deliveryJson: null,
      // The hash of its content stays: by it an identical repeat is known.
      document: '',
      unknownFieldsJson: '[]',
      problem: null,
      personalDeletedAtMs: nowMs,
    })
    .where('id', 'in', orderIds)
    .execute();
};

const logDeletions = async (
  transaction: WriteTransaction,
  orders: readonly { readonly id: number; readonly bytes: number }[],
  nowMs: number,
): Promise<void> => {
  const { db } = transaction;
  await db
    .insertInto('deletions')
    .values(
      orders.map(({ id, bytes }) => ({
        atMs: nowMs,
        orderId: id,
        what: 'personal' as const,
        fileCount: 0,
        byteCount: bytes,
        by: 'retention',
      })),
    )
    .execute();
  await appendHistory(
    transaction,
    orders.map(({ id }) => ({
      atMs: nowMs,
      code: 'order.personalDeleted',
      evidence: 'stationDid' as const,
      orderId: id,
    })),
  );
};

/**
 * Deletes what orders say of persons, in one transaction: who it goes to, the document, references, titles, notes, and
 * whatever people or platforms wrote as text. What stays are numbers: which product, how many, when, and with which
 * evidence. Answers the orders. See docs/retention.md.
 */
export const deletePersonal = async (
  transaction: WriteTransaction,
  { orderIds, ...question }: DeletePersonalInput,
): Promise<readonly number[]> => {
  const { db, touched } = transaction;
  const due = await stillDue(db, { what: 'personal', ...question }, orderIds);
  if (due.length === 0) return [];
  const orders = await db
    .selectFrom('orders')
    .select((query) => ['id', query.fn<number>('length', ['document']).as('bytes')])
    .where('id', 'in', due)
    .execute();
  await stripHistory(transaction, due);
  await stripFiles(transaction, due);
  await stripSignals(transaction, due);
  await stripItems(transaction, due);
  await stripOrders(transaction, due, question.nowMs);
  await logDeletions(transaction, orders, question.nowMs);
  for (const id of due) touched.orders.add(id);
  return due;
};
