import { z } from 'zod';
import { call, event } from './define.ts';
import { moment, outboxKind, outboxState, rowId, snapshotMark } from './values.ts';

/** One try of an outbox row: what was answered, in the platform's own words. */
export const attemptView = z.object({
  at: moment,
  outcome: z.string(),
  httpStatus: z.number().int().nullable(),
  durationMs: z.number().int().nonnegative(),
  excerpt: z.string().nullable(),
});
export type AttemptView = z.infer<typeof attemptView>;

/** A signal or command to a platform, with its place in the queue and its deadline. */
export const outboxView = z.object({
  id: rowId,
  connection: z.string(),
  kind: outboxKind,
  /** The platform's own name of it, such as `ItemShipped`. */
  platformName: z.string(),
  item: rowId,
  itemExternalId: z.string(),
  orderId: rowId,
  orderExternalId: z.string(),
  state: outboxState,
  /** What is sent beside the ids: tracking, cause, text, delay; never a key. */
  payload: z.record(z.string(), z.union([z.string(), z.number()])),
  attempts: z.number().int().nonnegative(),
  createdAt: moment,
  /** Until then Undo takes it back; null when it can no longer be undone. */
  undoUntil: moment.nullable(),
  nextAttemptAt: moment.nullable(),
  deadlineAt: moment.nullable(),
  sentAt: moment.nullable(),
  lastError: z.string().nullable(),
  /** What it waits for, in one line: its channel, an earlier signal of the item, its next attempt. */
  waitsFor: z.string().nullable(),
  /** The row that was queued in its place by a retry. */
  retriedAs: rowId.nullable(),
  mandatory: z.boolean(),
  /** False for what is never sent again by itself once an answer was lost: then a person decides. */
  repeatable: z.boolean(),
  /** The job that a command is about or makes; null for a signal. */
  job: rowId.nullable(),
});
export type OutboxView = z.infer<typeof outboxView>;

export const outboxGroup = {
  /** Signals, unsent first by deadline, then the newest sent; `total` counts all that match. */
  list: call(
    z.object({
      states: z.array(outboxState).optional(),
      offset: z.number().int().nonnegative().default(0),
      limit: z.number().int().positive().max(1000).default(200),
    }),
    z.object({
      ...snapshotMark,
      total: z.number().int(),
      countByState: z.record(z.string(), z.number().int()),
      signals: z.array(outboxView),
    }),
    { for: 'everyone' },
  ),
  get: call(z.object({ id: rowId }), z.object({ signal: outboxView, attempts: z.array(attemptView) }), {
    for: 'everyone',
  }),
  /** Takes back signals that are still within their undo time; all of them or none. */
  undo: call(z.object({ ids: z.array(rowId).min(1) }), z.object({ signals: z.array(outboxView) })),
  /** Queues a problem again as a new row in the old one's place. Asked twice, the second answers the same new row. */
  retry: call(z.object({ id: rowId }), z.object({ signal: outboxView })),
  /** Asks the platform now what became of a `maybe`. */
  lookUp: call(z.object({ id: rowId }), z.object({ signal: outboxView })),
  retryProblems: call(z.object({}), z.object({ count: z.number().int() })),
  /** Gives a problem up for good, with the reason kept in the history; later signals of the item go on. */
  dismiss: call(z.object({ id: rowId, reason: z.string().trim().min(1).max(500) }), z.object({ signal: outboxView })),
  changed: event(z.object({ ...snapshotMark, signals: z.array(outboxView) })),
};
