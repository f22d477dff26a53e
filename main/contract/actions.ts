import { z } from 'zod';
import { call, event } from './define.ts';
import { moment, rowId, snapshotMark } from './values.ts';

const actionKinds = ['started', 'produced', 'packed', 'shipped', 'error', 'cancel', 'reprint', 'hold'] as const;
export const actionKind = z.enum(actionKinds);
export type ActionKind = z.infer<typeof actionKind>;

/** Something that somebody did to items, which everybody sees and can undo for a while. */
export const actionView = z.object({
  id: rowId,
  at: moment,
  by: z.string(),
  kind: actionKind,
  orderId: rowId,
  orderExternalId: z.string(),
  /** How many orders the items are of; the one named is that of the first. */
  orderCount: z.number().int().positive(),
  items: z.array(z.object({ id: rowId, number: z.number().int().positive(), title: z.string() })),
  /** Such as the tracking number or the reason. */
  detail: z.record(z.string(), z.union([z.string(), z.number()])),
  /** Until then it can be undone; what it told a platform has not left before. */
  undoUntil: moment,
});
export type ActionView = z.infer<typeof actionView>;

export const actionsGroup = {
  /** What can be undone now, newest first. */
  list: call(z.object({}), z.object({ ...snapshotMark, actions: z.array(actionView) }), { for: 'everyone' }),
  /** Takes an action back with all that it queued; refused once its time is over. */
  undo: call(z.object({ id: rowId }), z.object({})),
  /** All that can be undone now, so that what was undone or is over is missing. */
  changed: event(z.object({ ...snapshotMark, actions: z.array(actionView) })),
};
