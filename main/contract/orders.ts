import { z } from 'zod';
import { call, event } from './define.ts';
import { fileView } from './files.ts';
import { historyEntry } from './history.ts';
import { handoverView } from './hot-folders.ts';
import { jobView } from './job-view.ts';
import { outboxView } from './outbox.ts';
import { itemRef, lane, moment, orderRef, rowId, snapshotMark, stage } from './values.ts';

/** One row of the Orders list: everything the row shows, nothing more. */
export const orderRow = z.object({
  id: rowId,
  connection: z.string(),
  /** The platform's id, such as `cloudprinter`. */
  platform: z.string(),
  /** `outsourced`: the platform makes and ships it; it is only followed here. */
  lane,
  externalId: z.string(),
  customer: z.string(),
  reference: z.string(),
  titles: z.string(),
  stage,
  /** One line: the first problem of its items; null when there is none. */
  problem: z.string().nullable(),
  problemCount: z.number().int().nonnegative(),
  held: z.boolean(),
  reorder: z.boolean(),
  itemCount: z.number().int().nonnegative(),
  copies: z.number().int().nonnegative(),
  filesReady: z.number().int().nonnegative(),
  filesTotal: z.number().int().nonnegative(),
  bytesReceived: z.number().int().nonnegative(),
  bytesExpected: z.number().int().nonnegative(),
  receivedAt: moment,
  shipBy: moment.nullable(),
});
export type OrderRow = z.infer<typeof orderRow>;

/** What the platform says an item is a remake of. `originalOrderId` is set when that order is in this station. */
const reorderLineage = z.object({
  cause: z.string(),
  description: z.string(),
  originalOrder: z.string(),
  originalItem: z.string(),
  originalOrderId: rowId.nullable(),
});

export const itemView = z.object({
  id: rowId,
  orderId: rowId,
  externalId: z.string(),
  number: z.number().int().positive(),
  title: z.string(),
  product: z.string(),
  description: z.string(),
  copies: z.number().int().nonnegative(),
  pages: z.number().int().nullable(),
  options: z.array(z.object({ code: z.string(), description: z.string(), count: z.string(), type: z.string() })),
  stage,
  /** When each stage was reached; a stage that nothing proves is absent. */
  reached: z.partialRecord(stage, moment),
  problem: z.string().nullable(),
  problemCode: z.string().nullable(),
  held: z.object({ note: z.string(), since: moment }).nullable(),
  reorder: reorderLineage.nullable(),
  files: z.array(fileView),
  /** The job that makes it at the platform; null for items that come ready. */
  jobId: rowId.nullable(),
  /** How often it was made again inside the shop, oldest first. */
  reprints: z.array(z.object({ at: moment, by: z.string(), reason: z.string() })),
  handovers: z.array(handoverView),
  signals: z.array(outboxView),
});
export type ItemView = z.infer<typeof itemView>;

export const addressView = z.object({
  company: z.string(),
  name: z.string(),
  lines: z.array(z.string()),
  country: z.string(),
  email: z.string(),
  phone: z.string(),
});

export const orderView = orderRow.extend({
  shippingMethod: z.string(),
  /** The sender name on the label; the shop's own name must not appear (Cloudprinter, shipping labels). */
  consignor: z.string(),
  delivery: addressView.nullable(),
  items: z.array(itemView),
  /** Files of the order itself, such as a ready shipping label. */
  files: z.array(fileView),
  /** What is made of it at the platform, and what the platform says of that; those that were replaced come last. */
  jobs: z.array(jobView),
  /** What office and floor wrote to each other, oldest first. */
  notes: z.array(z.object({ id: rowId, at: moment, by: z.string(), text: z.string() })),
  /** How often the platform sent it again with other content; the first document is the one in work. */
  revisions: z.array(z.object({ id: rowId, receivedAt: moment, summary: z.string() })),
  /** Fields of the document that this version does not know, as `path: value`. */
  unknownFields: z.array(z.object({ path: z.string(), value: z.string() })),
});
export type OrderView = z.infer<typeof orderView>;

export const orderFilter = z.object({
  stages: z.array(stage).optional(),
  connections: z.array(z.string()).optional(),
  lanes: z.array(lane).optional(),
  problemsOnly: z.boolean().default(false),
  /** Orders with work left: neither shipped nor cancelled. */
  openOnly: z.boolean().default(false),
  /** Ship-by from this moment on. */
  dueFrom: moment.optional(),
  dueBefore: moment.optional(),
  /** Only orders with, or without, an item that is held. */
  held: z.boolean().optional(),
  /** Wholly shipped, the last item from this moment on. */
  shippedFrom: moment.optional(),
  shippedBefore: moment.optional(),
  search: z.string().max(200).optional(),
});

/** What an operator tells the platform about an item. */
export const signalRequest = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('started') }),
  z.object({ kind: z.literal('produced') }),
  z.object({ kind: z.literal('packed') }),
  z.object({
    kind: z.literal('shipped'),
    tracking: z.string().trim().min(1, 'a tracking number is needed').max(200),
    /** Default: the shipping method of the order. */
    shippingOption: z.string().trim().min(1).max(200).optional(),
  }),
  z.object({
    kind: z.literal('error'),
    text: z.string().trim().min(1, 'an error text is needed').max(1000),
    delayHours: z.number().int().min(0).max(10_000),
  }),
  z.object({
    kind: z.literal('cancel'),
    cause: z.string().min(1, 'a cancellation cause is needed'),
    text: z.string().trim().min(1, 'a description is needed').max(1000),
  }),
]);
export type SignalRequest = z.infer<typeof signalRequest>;

const page = {
  offset: z.number().int().nonnegative().default(0),
  limit: z.number().int().positive().max(1000).default(200),
};

export const ordersGroup = {
  /** Rows by urgency: reorders first, then ship-by, then the oldest. `total` counts all that match. */
  list: call(
    orderFilter.extend(page),
    z.object({
      ...snapshotMark,
      total: z.number().int(),
      problemCount: z.number().int(),
      orders: z.array(orderRow),
    }),
    { for: 'everyone' },
  ),
  /** The ids of all that match, in the order of `list`; of more than 200,000 those of the most urgent. */
  places: call(orderFilter, z.object({ ...snapshotMark, total: z.number().int(), ids: z.array(rowId) }), {
    for: 'everyone',
  }),
  /** These orders as `list` shows them, in no order; one that is not there is missing. */
  rows: call(
    z.object({ ids: z.array(rowId).min(1).max(1000) }),
    z.object({ ...snapshotMark, orders: z.array(orderRow) }),
    { for: 'everyone' },
  ),
  /** The same selection with items and files in full. */
  listDetailed: call(orderFilter.extend(page), z.object({ total: z.number().int(), orders: z.array(orderView) }), {
    for: 'everyone',
  }),
  get: call(
    z.object({ order: orderRef }),
    z.object({ ...snapshotMark, order: orderView, history: z.array(historyEntry) }),
    { for: 'everyone' },
  ),
  /** Takes an order document (JSON or XML) as if the platform had posted it, without its key check. */
  import: call(
    z.object({ connection: z.string(), document: z.string().max(10_000_000) }),
    z.object({ orderId: rowId, externalId: z.string(), outcome: z.enum(['stored', 'known', 'revision']) }),
  ),
  /** Ships every item that is not yet shipped or cancelled with one tracking number, one signal each. */
  ship: call(
    z.object({
      order: orderRef,
      tracking: z.string().trim().min(1, 'a tracking number is needed').max(200),
      shippingOption: z.string().trim().min(1).max(200).optional(),
    }),
    z.object({ signals: z.array(outboxView) }),
  ),
  /** A note that everybody sees with the order. */
  addNote: call(
    z.object({ order: orderRef, text: z.string().trim().min(1, 'a note is needed').max(2000) }),
    z.object({ order: orderView }),
  ),
  changed: event(z.object({ ...snapshotMark, orders: z.array(orderRow) })),
};

export const itemsGroup = {
  /** One item with its order's row, such as the one whose job ticket was scanned. */
  get: call(z.object({ item: itemRef }), z.object({ ...snapshotMark, item: itemView, order: orderRow }), {
    for: 'everyone',
  }),
  /**
   * Says something about an item. Irreversible signals wait their undo time before they leave. The answer's signal is
   * null when a setting keeps this kind from being sent: then it is only written down here.
   */
  signal: call(
    z.object({ item: itemRef, signal: signalRequest }),
    z.object({ signal: outboxView.nullable(), item: itemView }),
  ),
  /** The same of several items, of whichever orders, as one action: all of them or none. */
  signalMany: call(
    z.object({ items: z.array(itemRef).min(1).max(500), signal: signalRequest }),
    z.object({ signals: z.array(outboxView), items: z.array(itemView) }),
  ),
  /** Has a printed item made again inside the shop: it is print-ready once more. */
  reprint: call(
    z.object({ item: itemRef, reason: z.string().trim().min(1, 'a reason is needed').max(500) }),
    z.object({ item: itemView }),
  ),
  /** Keeps an item from being handed over until it is resumed. */
  hold: call(z.object({ item: itemRef, note: z.string().trim().min(1).max(500) }), z.object({ item: itemView })),
  /** The same for several items, as one action that can be undone as one. */
  holdMany: call(
    z.object({ items: z.array(itemRef).min(1).max(500), note: z.string().trim().min(1).max(500) }),
    z.object({ items: z.array(itemView) }),
  ),
  resume: call(z.object({ item: itemRef }), z.object({ item: itemView })),
};
