import type { FileView } from '../../contract/files.ts';
import type { HandoverView } from '../../contract/hot-folders.ts';
import { addressView, type ItemView, itemView, type OrderView, orderView } from '../../contract/orders.ts';
import type { OutboxView } from '../../contract/outbox.ts';
import { type Stage, stages } from '../../contract/values.ts';
import { reachedAtMs, type StageFacts } from '../domain/stage.ts';
import { toMoment } from '../ports/clock.ts';
import type { Reader } from '../store/store.ts';
import { readStored } from '../store/stored-json.ts';
import { filesOfOrders } from './file-views.ts';
import { type JobViewDeps, jobsOfOrders } from './job-views.ts';
import { orderRowsById } from './order-rows.ts';
import { signalsOfOrders } from './outbox-views.ts';

export interface OrderViewDeps {
  readonly db: Reader;
  readonly filesFolder: string;
  readonly nowMs: number;
  readonly jobs: JobViewDeps;
  handoversOfOrders(orderIds: readonly number[]): Promise<HandoverView[]>;
}

const storedOptions = itemView.shape.options.catch([]);
const storedDelivery = addressView.nullable().catch(null);
const storedUnknownFields = orderView.shape.unknownFields.catch([]);

const reachedOf = (facts: StageFacts): Partial<Record<Stage, string>> =>
  Object.fromEntries(
    stages.flatMap((stage) => {
      const atMs = reachedAtMs(facts, stage);
      return atMs === null ? [] : [[stage, toMoment(atMs)]];
    }),
  );

interface Belongings {
  readonly files: readonly FileView[];
  readonly handovers: readonly HandoverView[];
  readonly signals: readonly OutboxView[];
}

const readItems = async (deps: OrderViewDeps, orderIds: readonly number[], belongings: Belongings) => {
  const rows = await deps.db
    .selectFrom('items')
    .leftJoin('orders as original', (join) =>
      join
        .onRef('original.connectionId', '=', 'items.connectionId')
        .onRef('original.externalId', '=', 'items.reorderOrderExternalId'),
    )
    .selectAll('items')
    .select('original.id as originalOrderId')
    .where('items.orderId', 'in', orderIds)
    .orderBy('items.orderId')
    .orderBy('items.number')
    .execute();
  const reprints = await deps.db
    .selectFrom('reprints')
    .innerJoin('items', 'items.id', 'reprints.itemId')
    .selectAll('reprints')
    .where('items.orderId', 'in', orderIds)
    .orderBy('reprints.id')
    .execute();
  const reprintsByItem = Map.groupBy(reprints, (reprint) => reprint.itemId);
  const filesByItem = Map.groupBy(belongings.files, (file) => file.itemId);
  const handoversByItem = Map.groupBy(belongings.handovers, (handover) => handover.itemId);
  const signalsByItem = Map.groupBy(belongings.signals, (signal) => signal.item);
  return rows.map(
    (row): ItemView => ({
      id: row.id,
      orderId: row.orderId,
      externalId: row.externalId,
      number: row.number,
      title: row.title,
      product: row.product,
      description: row.description,
      copies: row.copies,
      pages: row.pages,
      options: readStored(storedOptions, row.optionsJson),
      stage: row.stage,
      reached: reachedOf(row),
      problem: row.problem,
      problemCode: row.problemCode,
      held: row.heldAtMs === null ? null : { note: row.heldNote ?? '', since: toMoment(row.heldAtMs) },
      reorder:
        row.reorderCause === null
          ? null
          : {
              cause: row.reorderCause,
              description: row.reorderDescription ?? '',
              originalOrder: row.reorderOrderExternalId ?? '',
              originalItem: row.reorderItemExternalId ?? '',
              originalOrderId: row.originalOrderId,
            },
      files: filesByItem.get(row.id) ?? [],
      jobId: row.jobId,
      reprints: (reprintsByItem.get(row.id) ?? []).map(({ atMs, by, reason }) => ({ at: toMoment(atMs), by, reason })),
      handovers: handoversByItem.get(row.id) ?? [],
      signals: signalsByItem.get(row.id) ?? [],
    }),
  );
};

/** Orders in full, in the order of `orderIds`. */
export const orderViewsById = async (deps: OrderViewDeps, orderIds: readonly number[]): Promise<OrderView[]> => {
  if (orderIds.length === 0) return [];
  const { db } = deps;
  const [rows, details, revisions, files, signals, handovers, jobs, notes] = await Promise.all([
    orderRowsById(db, orderIds),
    db
      .selectFrom('orders')
      .select(['id', 'shippingMethod', 'consignor', 'deliveryJson', 'unknownFieldsJson'])
      .where('id', 'in', orderIds)
      .execute(),
    db.selectFrom('orderRevisions').selectAll().where('orderId', 'in', orderIds).orderBy('id').execute(),
    filesOfOrders(db, orderIds, deps.filesFolder),
    signalsOfOrders(db, orderIds, deps.nowMs),
    deps.handoversOfOrders(orderIds),
    jobsOfOrders(db, orderIds, deps.jobs),
    db.selectFrom('notes').selectAll().where('orderId', 'in', orderIds).orderBy('id').execute(),
  ]);
  const notesByOrder = Map.groupBy(notes, (note) => note.orderId);
  const jobsByOrder = Map.groupBy(jobs, (job) => job.orderId);
  const items = await readItems(deps, orderIds, { files, handovers, signals });
  const itemsByOrder = Map.groupBy(items, (item) => item.orderId);
  const orderFiles = Map.groupBy(
    files.filter((file) => file.itemId === null),
    (file) => file.orderId,
  );
  const revisionsByOrder = Map.groupBy(revisions, (revision) => revision.orderId);
  const detailById = new Map(details.map((detail) => [detail.id, detail]));
  return rows.map((row) => {
    const detail = detailById.get(row.id);
    return {
      ...row,
      shippingMethod: detail?.shippingMethod ?? '',
      consignor: detail?.consignor ?? '',
      delivery: detail?.deliveryJson == null ? null : readStored(storedDelivery, detail.deliveryJson),
      items: itemsByOrder.get(row.id) ?? [],
      files: orderFiles.get(row.id) ?? [],
      jobs: jobsByOrder.get(row.id) ?? [],
      notes: (notesByOrder.get(row.id) ?? []).map(({ id, atMs, by, text }) => ({ id, at: toMoment(atMs), by, text })),
      revisions: (revisionsByOrder.get(row.id) ?? []).map((revision) => ({
        id: revision.id,
        receivedAt: toMoment(revision.receivedAtMs),
        summary: revision.summary,
      })),
      unknownFields: detail === undefined ? [] : readStored(storedUnknownFields, detail.unknownFieldsJson),
    };
  });
};
