import type { LiveConnection } from '../connections/connection-directory.ts';
import type { IncomingFile, IncomingItem, IncomingOrder } from '../domain/incoming-order.ts';
import { planFilePaths } from '../downloads/file-names.ts';
import { enqueueSignals } from '../outbox/enqueue-signal.ts';
import { appendHistory } from '../store/history.ts';
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

const insertOrder = async (
  { db }: WriteTransaction,
  { connection, order, nowMs }: AcceptOrderInput,
): Promise<number | null> => {
  const row = await db
    .insertInto('orders')
    .values({
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
    })
    .onConflict((conflict) => conflict.columns(['connectionId', 'externalId']).doNothing())
    .returning('id')
    .executeTakeFirst();
  return row?.id ?? null;
};

const insertItems = async (
  { db }: WriteTransaction,
  orderId: number,
  { connection, order, nowMs }: AcceptOrderInput,
): Promise<readonly number[]> => {
  const rows = await db
    .insertInto('items')
    .values(
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
    )
    .returning('id')
    .execute();
  return rows.map((row) => row.id);
};

interface PlannedFile {
  readonly file: IncomingFile;
  readonly item: IncomingItem | null;
  readonly itemId: number | null;
  readonly itemNumber: number | null;
}

/** `host:port`, by which transfers are limited; the address itself is judged when it is fetched. */
const sourceHostOf = (url: string): string => {
  const parsed = URL.parse(url);
  return parsed === null || parsed.host === '' ? 'unreadable address' : parsed.host;
};

const insertFiles = async (
  transaction: WriteTransaction,
  orderId: number,
  itemIds: readonly number[],
  { connection, order, nameTemplate, nowMs }: AcceptOrderInput,
): Promise<void> => {
  const { db, touched } = transaction;
  const planned: readonly PlannedFile[] = [
    ...order.items.flatMap((item, index) =>
      item.files.map((file) => ({ file, item, itemId: itemIds[index] ?? null, itemNumber: index + 1 })),
    ),
    ...order.files.map((file) => ({ file, item: null, itemId: null, itemNumber: null })),
  ];
  const plan = (taken: ReadonlySet<string>) =>
    planFilePaths({
      connection: connection.id,
      order,
      template: nameTemplate,
      files: planned.map(({ file, item, itemNumber }) => ({
        itemExternalId: item?.externalId ?? null,
        itemNumber,
        title: item?.title ?? '',
        product: item?.product ?? '',
        copies: item?.copies ?? 1,
        role: file.role,
        format: file.format,
      })),
      taken: (path) => taken.has(path),
    });
  // Two orders share a folder only when their ids look alike to a file system; then the names must not clash.
  const folder = plan(new Set())[0]?.relativePath.split('/').slice(0, 2).join('/') ?? '';
  const existing = await db
    .selectFrom('files')
    .select('relativePath')
    .where('relativePath', '>', `${folder}/`)
    .where('relativePath', '<', `${folder}0`)
    .execute();
  const paths = plan(new Set(existing.map((row) => row.relativePath.toLowerCase())));
  const rows = await db
    .insertInto('files')
    .values(
      planned.map(({ file, itemId }, index) => ({
        orderId,
        itemId,
        connectionId: connection.id,
        role: file.role,
        format: file.format,
        sourceUrl: file.url,
        sourceHost: sourceHostOf(file.url),
        expectedBytes: file.expectedBytes,
        expectedMd5: file.expectedMd5,
        state: 'queued' as const,
        name: paths[index]?.name ?? '',
        relativePath: paths[index]?.relativePath ?? '',
        receivedBytes: 0,
        attempts: 0,
        mismatches: 0,
        priority: order.items.some((item) => item.reorder !== null) ? 1 : 0,
        nextAtMs: nowMs,
      })),
    )
    .returning('id')
    .execute();
  for (const { id } of rows) touched.files.add(id);
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
  const itemIds = await insertItems(transaction, orderId, input);
  await insertFiles(transaction, orderId, itemIds, input);
  if (connection.platform.signals(connection.settings).includes('registered')) {
    await enqueueSignals(transaction, {
      platform: connection.platform,
      connectionId: connection.id,
      orderId,
      itemIds,
      kind: 'registered',
      payload: {},
      atMs: nowMs,
      undoMs: 0,
      createdBy: 'station',
    });
  }
  await appendHistory(transaction, [
    {
      atMs: nowMs,
      code: 'order.received',
      evidence: by === 'platform' ? 'platformSaid' : 'operatorSaid',
      orderId,
      connectionId: connection.id,
      detail: { items: order.items.length, format: order.documentFormat },
      by,
    },
  ]);
  await transaction.db
    .updateTable('connections')
    .set({ lastOrderAtMs: nowMs })
    .where('id', '=', connection.id)
    .execute();
  transaction.touched.connections.add(connection.id);
  return { orderId, outcome: 'stored' };
};
