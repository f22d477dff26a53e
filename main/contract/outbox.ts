import { z } from 'zod';
import { callFailures } from './call-failures.ts';
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

/** What kept signals from being accepted. */
export const signalCause = z.enum(callFailures);
export type SignalCause = z.infer<typeof signalCause>;

/** `stopped`: they wait behind a channel that the platform refuses, and nothing but a person ends that. */
export const failedStanding = z.enum(['problem', 'maybe', 'stopped']);
export type FailedStanding = z.infer<typeof failedStanding>;

/** Failed signals of one connection that have one cause, to be dealt with together. */
export const failedGroup = z.object({
  /** Names the group in calls; says nothing by itself. */
  key: z.string(),
  connection: z.string(),
  channel: z.enum(['signals', 'commands']),
  standing: failedStanding,
  cause: signalCause,
  /** What was said of them. Where it differs by an id only, `…` stands for that; else it is one of several. */
  message: z.string().nullable(),
  /** How many different things were said. */
  messageCount: z.number().int().nonnegative(),
  count: z.number().int().positive(),
  /** What all of them are; null when they differ. */
  kind: outboxKind.nullable(),
  platformName: z.string().nullable(),
  oldestAt: moment,
  /** The earliest deadline among them. */
  deadlineAt: moment.nullable(),
});
export type FailedGroup = z.infer<typeof failedGroup>;

const dismissReason = z.string().trim().min(1).max(500);

/** What a person decides for all signals of a group. A `maybe` is never just sent again: it is looked up first. */
export const groupDecision = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('retry') }),
  z.object({ kind: z.literal('lookUp') }),
  z.object({ kind: z.literal('dismiss'), reason: dismissReason }),
]);
export type GroupDecision = z.infer<typeof groupDecision>;

export const outboxGroup = {
  /** Signals, unsent first by deadline, then the newest sent; `total` counts all that match. */
  list: call(
    z.object({
      states: z.array(outboxState).optional(),
      /** Only those of this group of failed ones. */
      failedGroup: z.string().optional(),
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
  /** The failed signals by their cause, the most numerous first; `total` counts the groups beyond those given, too. */
  failedGroups: call(
    z.object({}),
    z.object({ ...snapshotMark, total: z.number().int(), groups: z.array(failedGroup) }),
    { for: 'everyone' },
  ),
  /** Does the same with every signal of a group; answers with how many. */
  decideGroup: call(
    z.object({ group: z.string().max(2000), decision: groupDecision }),
    z.object({ count: z.number().int() }),
  ),
  retryProblems: call(z.object({}), z.object({ count: z.number().int() })),
  /** Gives a problem up for good, with the reason kept in the history; later signals of the item go on. */
  dismiss: call(z.object({ id: rowId, reason: dismissReason }), z.object({ signal: outboxView })),
  changed: event(z.object({ ...snapshotMark, signals: z.array(outboxView) })),
};
