import { z } from 'zod';
import { call, event } from './define.ts';
import { jobView } from './job-view.ts';
import { outboxView } from './outbox.ts';
import { jobState, orderRef, rowId, slug, snapshotMark } from './values.ts';

/** One line to produce: a template's name or a save token, for an order of the shop. */
export const produceLine = z.object({
  template: z.string().trim().min(1, 'a template name or save token is needed').max(300),
  order: z.string().trim().min(1, 'an order reference is needed').max(100),
  copies: z.number().int().min(1).max(1_000_000).default(1),
  title: z.string().trim().max(200).default(''),
});
export type ProduceLine = z.infer<typeof produceLine>;

export const jobsGroup = {
  /** Jobs, problems first, then open ones, then the newest; `total` counts all that match. */
  list: call(
    z.object({
      states: z.array(jobState).optional(),
      connection: slug.optional(),
      openOnly: z.boolean().default(false),
      offset: z.number().int().nonnegative().default(0),
      limit: z.number().int().positive().max(1000).default(200),
    }),
    z.object({ ...snapshotMark, total: z.number().int(), jobs: z.array(jobView) }),
    { for: 'everyone' },
  ),
  /**
   * Has lines made at the platform. It is billed, so a line that the order already has is refused unless `again` says
   * that it is meant. Each order is answered in the order of its first line.
   */
  produce: call(
    z.object({
      connection: slug,
      lines: z.array(produceLine).min(1, 'there is nothing to produce').max(500),
      again: z.boolean().default(false),
    }),
    z.object({ orders: z.array(z.object({ orderId: rowId, externalId: z.string() })), signals: z.array(outboxView) }),
  ),
  /** Asks the platform for a job as soon as its own pace allows. */
  check: call(z.object({ job: rowId }), z.object({ job: jobView }), { for: 'everyone' }),
  /** The same for the open jobs of an order: whoever looks at an order wants its newest state. */
  checkOrder: call(z.object({ order: orderRef }), z.object({ jobs: z.array(jobView) }), { for: 'everyone' }),
  /** Queues a command about a job. What may not be sent twice becomes `maybe` when its answer is lost. */
  command: call(
    z.object({ job: rowId, command: z.enum(['renderAgain', 'resume', 'restart', 'tagDone']) }),
    z.object({ signal: outboxView }),
  ),
  changed: event(z.object({ ...snapshotMark, jobs: z.array(jobView) })),
};
