import { hash } from 'node:crypto';
import type { JobItem, JobWork } from '../domain/job-sighting.ts';
import { appendHistory } from '../store/history.ts';
import { insertRows, insertUnlessKnown } from '../store/insert-rows.ts';
import type { WriteTransaction } from '../store/store.ts';
import type { JobContext } from './job-context.ts';

type OrderHead = Omit<JobWork, 'items'>;

/** The order's id, stored now when it is not known. */
export const takeInOrder = async (
  transaction: WriteTransaction,
  { connection, nowMs }: JobContext,
  work: OrderHead,
  by: string,
): Promise<number> => {
  const { db, touched } = transaction;
  const created = await insertUnlessKnown(
    transaction,
    'orders',
    {
      connectionId: connection.id,
      externalId: work.orderExternalId,
      customer: work.customer,
      reference: work.reference,
      titles: '',
      platformPriority: '',
      shippingMethod: work.shippingMethod,
      consignor: '',
      deliveryJson: work.delivery === null ? null : JSON.stringify(work.delivery),
      document: work.document,
      documentFormat: 'json',
      contentHash: hash('sha256', work.document, 'hex'),
      unknownFieldsJson: '[]',
      receivedAtMs: nowMs,
      shipByMs: null,
      reorder: 0,
      stage: 'received',
      problemCount: 0,
      held: 0,
      open: 1,
      lane: connection.platform.jobs?.lane ?? 'own',
    },
    ['connectionId', 'externalId'],
  );
  if (created === null) {
    const known = await db
      .selectFrom('orders')
      .select('id')
      .where('connectionId', '=', connection.id)
      .where('externalId', '=', work.orderExternalId)
      .executeTakeFirstOrThrow();
    return known.id;
  }
  await appendHistory(transaction, [
    {
      atMs: nowMs,
      code: 'order.received',
      evidence: by === 'platform' ? 'platformSaid' : 'operatorSaid',
      orderId: created,
      connectionId: connection.id,
      detail: { format: 'json' },
      by,
    },
  ]);
  await db.updateTable('connections').set({ lastOrderAtMs: nowMs }).where('id', '=', connection.id).execute();
  touched.connections.add(connection.id);
  return created;
};

/** Fills in what an order lacks: the shop may have handed over no more than its id. */
export const fillInOrder = async (
  { db }: WriteTransaction,
  orderId: number,
  { customer, reference, shippingMethod, delivery }: OrderHead,
): Promise<void> => {
  const known = await db
    .selectFrom('orders')
    .select(['customer', 'reference', 'shippingMethod', 'deliveryJson'])
    .where('id', '=', orderId)
    .executeTakeFirstOrThrow();
  const missing = {
    ...(known.customer === '' && customer !== '' ? { customer } : {}),
    ...(known.reference === '' && reference !== '' ? { reference } : {}),
    ...(known.shippingMethod === '' && shippingMethod !== '' ? { shippingMethod } : {}),
    ...(known.deliveryJson === null && delivery !== null ? { deliveryJson: JSON.stringify(delivery) } : {}),
  };
  if (Object.keys(missing).length === 0) return;
  await db.updateTable('orders').set(missing).where('id', '=', orderId).execute();
};

/** Adds items at the end of an order; answers their ids. */
export const addItems = async (
  transaction: WriteTransaction,
  { connection, nowMs }: JobContext,
  orderId: number,
  jobId: number,
  items: readonly JobItem[],
): Promise<readonly number[]> => {
  const { db } = transaction;
  const { last } = await db
    .selectFrom('items')
    .select((query) => query.fn.max<number | null>('number').as('last'))
    .where('orderId', '=', orderId)
    .executeTakeFirstOrThrow();
  const ids = await insertRows(
    transaction,
    'items',
    items.map((item, index) => ({
      orderId,
      connectionId: connection.id,
      externalId: item.externalId,
      number: (last ?? 0) + index + 1,
      title: item.title,
      product: item.product,
      description: item.description,
      copies: item.copies,
      pages: item.pages,
      optionsJson: JSON.stringify(item.options),
      receivedAtMs: nowMs,
      stage: 'received' as const,
      jobId,
    })),
  );
  // A line that was produced without a title is known by its own name, which is its template's.
  const titles = await db
    .selectFrom('items')
    .select(['title', 'product', 'externalId'])
    .where('orderId', '=', orderId)
    .execute();
  await db
    .updateTable('orders')
    .set({ titles: titles.map(({ title, product, externalId }) => title || product || externalId).join(', ') })
    .where('id', '=', orderId)
    .execute();
  return ids;
};
