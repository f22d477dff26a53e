import type { LiveConnection } from '../connections/connection-directory.ts';
import type { IncomingFile, IncomingOrder } from '../domain/incoming-order.ts';
import type { FilePath } from '../downloads/file-names.ts';
import { planOrderFiles, sourceHostOf } from '../orders/plan-order-files.ts';
import { enqueueSignals } from '../outbox/enqueue-signal.ts';
import { signalsOf } from '../platforms/platform.ts';
import { appendHistory } from '../store/history.ts';
import { insertRows, insertUnlessKnown } from '../store/insert-rows.ts';
import type { WriteTransaction } from '../store/store.ts';

export interface AcceptedOrder {
  readonly orderId: number;
  /** `known`: an identical repeat, nothing changed. `revision`: kept beside the order, not merged into it. */
  readonly outcome: 'stored' | 'known' | 'revision';
}

export interface AcceptOrderInput {
  readonly connection: LiveConnection;
  readonly order: IncomingOrder;
  readonly nameTemplate: string;
  readonly nowMs: number;
  /** `platform` when it was posted, else who imported it. */
  readonly by: string;
}

const insertOrder = (
  transaction: WriteTransaction,
  { connection, order, nowMs }: AcceptOrderInput,
): Promise<number | null> =>
  insertUnlessKnown(
    transaction,
    'orders',
    {
      connectionId: connection.id,
      externalId: order.externalId,
      customer: order.customer,
      reference: order.reference,
      titles: order.items.map((item) => item.title || item.product).join(', '),
      platformPriority: order.platformPriority,
      shippingMethod: order.shippingMethod,
      consignor: order.consignor,
      deliveryJson: order.delivery === null ? null : JSON.stringify(order.delivery),
      document: order.document,
      documentFormat: order.documentFormat,
      contentHash: order.contentHash,
      unknownFieldsJson: JSON.stringify(order.unknownFields),
      receivedAtMs: nowMs,
      shipByMs: order.shipByMs,
      reorder: order.items.some((item) => item.reorder !== null) ? 1 : 0,
      stage: 'received',
      problemCount: 0,
      held: 0,
      open: 1,
    },
    ['connectionId', 'externalId'],
  );

const insertItems = (
  transaction: WriteTransaction,
  orderId: number,
  { connection, order, nowMs }: AcceptOrderInput,
): Promise<readonly number[]> =>
  insertRows(
    transaction,
    'items',
    order.items.map((item, index) => ({
      orderId,
      connectionId: connection.id,
      externalId: item.externalId,
      number: index + 1,
      title: item.title,
      product: item.product,
      description: item.description,
      copies: item.copies,
      pages: item.pages,
      optionsJson: JSON.stringify(item.options),
      reorderCause: item.reorder?.cause ?? null,
      reorderDescription: item.reorder?.description ?? null,
      reorderOrderExternalId: item.reorder?.originalOrder ?? null,
      reorderItemExternalId: item.reorder?.originalItem ?? null,
      receivedAtMs: nowMs,
      stage: 'received' as const,
    })),
  );

interface PlannedFile {
  readonly file: IncomingFile;
  readonly itemIndex: number | null;
  readonly path: FilePath;
}

const planFiles = async (
  transaction: WriteTransaction,
  { connection, order, nameTemplate }: AcceptOrderInput,
): Promise<readonly PlannedFile[]> => {
  const files = [
    ...order.items.flatMap((item, itemIndex) => item.files.map((file) => ({ file, item, itemIndex }))),
    ...order.files.map((file) => ({ file, item: null, itemIndex: null })),
  ];
  const paths = await planOrderFiles(transaction, {
    connectionId: connection.id,
    orderExternalId: order.externalId,
    nameTemplate,
    files: files.map(({ file, item, itemIndex }) => ({
      itemExternalId: item?.externalId ?? null,
      itemNumber: itemIndex === null ? null : itemIndex + 1,
      title: item?.title ?? '',
      product: item?.product ?? '',
      copies: item?.copies ?? 1,
      role: file.role,
      format: file.format,
    })),
  });
  return files.flatMap(({ file, itemIndex }, index) => {
    const path = paths[index];
    return path === undefined ? [] : [{ file, itemIndex, path }];
  });
};

const insertFiles = async (
  transaction: WriteTransaction,
  orderId: number,
  itemIds: readonly number[],
  planned: readonly PlannedFile[],
  { connection, order, nowMs }: AcceptOrderInput,
): Promise<void> => {
  const priority = order.items.some((item) => item.reorder !== null) ? 1 : 0;
  const ids = await insertRows(
    transaction,
    'files',
    planned.map(({ file, itemIndex, path }) => ({
      orderId,
      itemId: itemIndex === null ? null : (itemIds[itemIndex] ?? null),
      connectionId: connection.id,
      role: file.role,
      format: file.format,
      sourceUrl: file.url,
      sourceHost: sourceHostOf(file.url),
      expectedBytes: file.expectedBytes,
      expectedMd5: file.expectedMd5,
      state: 'queued' as const,
      name: path.name,
      relativePath: path.relativePath,
      receivedBytes: 0,
      attempts: 0,
      mismatches: 0,
      priority,
      nextAtMs: nowMs,
    })),
  );
  for (const id of ids) transaction.touched.files.add(id);
};

const acceptRepeat = async (transaction: WriteTransaction, input: AcceptOrderInput): Promise<AcceptedOrder> => {
  const { db } = transaction;
  const { connection, order, nowMs } = input;
  const known = await db
    .selectFrom('orders')
    .select(['id', 'contentHash'])
    .where('connectionId', '=', connection.id)
    .where('externalId', '=', order.externalId)
    .executeTakeFirstOrThrow();
  if (known.contentHash === order.contentHash) return { orderId: known.id, outcome: 'known' };
  const revision = await db
    .insertInto('orderRevisions')
    .values({
      orderId: known.id,
      receivedAtMs: nowMs,
      contentHash: order.contentHash,
      document: order.document,
      documentFormat: order.documentFormat,
      summary: order.items.map((item) => `${item.copies} × ${item.title || item.product}`).join(', '),
    })
    .onConflict((conflict) => conflict.columns(['orderId', 'contentHash']).doNothing())
    .returning('id')
    .executeTakeFirst();
  if (revision === undefined) return { orderId: known.id, outcome: 'known' };
  await appendHistory(transaction, [
    { atMs: nowMs, code: 'order.revision', evidence: 'platformSaid', orderId: known.id, by: input.by },
  ]);
  return { orderId: known.id, outcome: 'revision' };
};

/**
 * Stores an order with its items, files and first signals in one transaction; a repeat changes nothing, or becomes a
 * revision. The caller answers the platform only after the transaction is on disk.
 */
export const acceptOrder = async (transaction: WriteTransaction, input: AcceptOrderInput): Promise<AcceptedOrder> => {
  const { connection, order, nowMs, by } = input;
  const orderId = await insertOrder(transaction, input);
  if (orderId === null) return acceptRepeat(transaction, input);
  const [itemIds, planned] = await Promise.all([
    insertItems(transaction, orderId, input),
    planFiles(transaction, input),
  ]);
  const sendsRegistered = signalsOf(connection.platform, connection.settings).includes('registered');
  transaction.touched.connections.add(connection.id);
  await Promise.all([
    insertFiles(transaction, orderId, itemIds, planned, input),
    sendsRegistered &&
      enqueueSignals(transaction, {
        platform: connection.platform,
        connectionId: connection.id,
        orderId,
        itemIds,
        kind: 'registered',
        payload: {},
        atMs: nowMs,
        undoMs: 0,
        createdBy: 'station',
        itemsAreNew: true,
      }),
    appendHistory(transaction, [
      {
        atMs: nowMs,
        code: 'order.received',
        evidence: by === 'platform' ? 'platformSaid' : 'operatorSaid',
        orderId,
        connectionId: connection.id,
        detail: { items: order.items.length, format: order.documentFormat },
        by,
      },
    ]),
    transaction.db.updateTable('connections').set({ lastOrderAtMs: nowMs }).where('id', '=', connection.id).execute(),
  ]);
  return { orderId, outcome: 'stored' };
};
