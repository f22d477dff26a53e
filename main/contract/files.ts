import { z } from 'zod';
import { call, event } from './define.ts';
import { inspectionView } from './inspection.ts';
import { fileState, moment, rowId, snapshotMark, verification } from './values.ts';

/** A file of an item (or of the order, then `itemId` is null). */
export const fileView = z.object({
  id: rowId,
  orderId: rowId,
  orderExternalId: z.string(),
  itemId: rowId.nullable(),
  itemExternalId: z.string().nullable(),
  connection: z.string(),
  /** `cover`, `bookBlock`, `product`, `shippingLabel`, or the platform's own word. */
  role: z.string(),
  format: z.string(),
  name: z.string(),
  state: fileState,
  /** Where the verified file lies; null until it is ready, and once it was deleted. */
  path: z.string().nullable(),
  bytes: z.number().int().nonnegative(),
  expectedBytes: z.number().int().nonnegative().nullable(),
  /** MD5 of what was fetched last; null until something was fetched whole. */
  md5: z.string().nullable(),
  expectedMd5: z.string().nullable(),
  sha256: z.string().nullable(),
  verification: verification.nullable(),
  attempts: z.number().int().nonnegative(),
  nextAttemptAt: moment.nullable(),
  readyAt: moment.nullable(),
  /** When the station deleted it, some time after the order was over; null while it is kept. */
  deletedAt: moment.nullable(),
  /** One line: why it waits or what is wrong; null when nothing is. */
  problem: z.string().nullable(),
  problemCode: z.string().nullable(),
  /** What is in it; null while nobody has looked, and for what is no PDF. */
  inspection: inspectionView.nullable(),
});
export type FileView = z.infer<typeof fileView>;

/** One running transfer. `condition` is a word of its own for slow (moving, below a tenth of its usual speed) and stalled (no byte for 10 s). */
export const transferProgress = z.object({
  fileId: rowId,
  receivedBytes: z.number().int().nonnegative(),
  expectedBytes: z.number().int().nonnegative().nullable(),
  bytesPerSecond: z.number().nonnegative(),
  secondsLeft: z.number().nonnegative().nullable(),
  attempt: z.number().int().positive(),
  condition: z.enum(['moving', 'slow', 'stalled', 'verifying']),
});
export type TransferProgress = z.infer<typeof transferProgress>;

export const filesGroup = {
  /** Files, unfinished and problems first, then the newest; `total` counts all that match. */
  list: call(
    z.object({
      states: z.array(fileState).optional(),
      offset: z.number().int().nonnegative().default(0),
      limit: z.number().int().positive().max(1000).default(200),
    }),
    z.object({
      ...snapshotMark,
      total: z.number().int(),
      countByState: z.record(z.string(), z.number().int()),
      files: z.array(fileView),
      transfers: z.array(transferProgress),
    }),
    { for: 'everyone' },
  ),
  /** Fetches a file again from the start: one that is a problem or waits. */
  retry: call(z.object({ file: rowId }), z.object({ file: fileView })),
  /** Queues every file that is a problem again; answers how many. */
  retryProblems: call(z.object({}), z.object({ count: z.number().int() })),
  changed: event(z.object({ ...snapshotMark, files: z.array(fileView) })),
  /** At most five times a second, all running transfers at once. */
  progress: event(z.object({ transfers: z.array(transferProgress) })),
};
