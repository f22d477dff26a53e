import { z } from 'zod';
import { call, event } from './define.ts';
import { handoverState, itemRef, moment, rowId, slug, snapshotMark } from './values.ts';

/** One hand-over of one file to one hot folder, with its evidence. */
export const handoverView = z.object({
  id: rowId,
  fileId: rowId,
  itemId: rowId.nullable(),
  orderId: rowId,
  hotFolder: slug,
  hotFolderName: z.string(),
  fileName: z.string(),
  role: z.string(),
  state: handoverState,
  intendedAt: moment,
  sentAt: moment.nullable(),
  pickedUpAt: moment.nullable(),
  /** True while Undo can still take the file back: it lies in the folder. */
  undoable: z.boolean(),
  /** The file lies longer than the folder's alarm time. */
  overdue: z.boolean(),
  problem: z.string().nullable(),
});
export type HandoverView = z.infer<typeof handoverView>;

/** What a hot folder takes; an empty list takes everything. */
export const acceptRules = z.object({
  platforms: z.array(z.string()).default([]),
  connections: z.array(z.string()).default([]),
  roles: z.array(z.string()).default([]),
  /** Product codes; `*` stands for any run of characters, as in `textbook_*`. */
  products: z.array(z.string()).default([]),
});
export type AcceptRules = z.infer<typeof acceptRules>;

export const hotFolderSettings = z.object({
  id: slug,
  name: z.string().trim().min(1).max(100),
  /** A folder on this machine or a mounted share. */
  path: z.string().min(1),
  /** `auto`: verified files that fit are handed over by the station. `manual`: only when an operator says so. */
  mode: z.enum(['auto', 'manual']).default('manual'),
  accepts: acceptRules.default({ platforms: [], connections: [], roles: [], products: [] }),
  /** How often the folder is looked at while files lie in it. */
  pollSeconds: z.number().min(1).max(60).default(3),
  /** A file that lies longer than this raises an alarm. */
  pickUpAlarmSeconds: z.number().int().min(5).max(86_400).default(600),
});
export type HotFolderSettings = z.infer<typeof hotFolderSettings>;

export const hotFolderView = hotFolderSettings.extend({
  state: z.enum(['ok', 'offline', 'full']),
  problem: z.string().nullable(),
  /** Files handed over that still lie in it. */
  lying: z.number().int().nonnegative(),
  waiting: z.number().int().nonnegative(),
  oldestLyingSince: moment.nullable(),
  lastPickUpAt: moment.nullable(),
  /** Declared by the config file: shown, not edited. */
  fromConfig: z.boolean(),
});
export type HotFolderView = z.infer<typeof hotFolderView>;

export const hotFoldersGroup = {
  list: call(
    z.object({}),
    z.object({ ...snapshotMark, hotFolders: z.array(hotFolderView), handovers: z.array(handoverView) }),
    { for: 'everyone' },
  ),
  save: call(z.object({ hotFolder: hotFolderSettings }), z.object({ hotFolder: hotFolderView }), { for: 'manager' }),
  /** Only while nothing lies in it or waits for it. */
  remove: call(z.object({ id: slug }), z.object({}), { for: 'manager' }),
  /** Writes, renames and deletes a small file, and measures free space and latency. */
  check: call(
    z.object({ path: z.string().min(1) }),
    z.object({
      ok: z.boolean(),
      steps: z.array(z.object({ step: z.string(), ok: z.boolean(), detail: z.string() })),
      freeBytes: z.number().nullable(),
      latencyMs: z.number().nullable(),
    }),
  ),
  /** Hands the ready files of an item over. Refused for a file that was handed over already, unless `again` says so. */
  release: call(
    z.object({ item: itemRef, hotFolder: slug, again: z.boolean().default(false) }),
    z.object({ handovers: z.array(handoverView) }),
  ),
  /** Takes a file back while the RIP has not taken it. */
  undo: call(z.object({ handover: rowId }), z.object({ handover: handoverView })),
  /** Answers what a crash left open: the file did arrive, or it did not (then it is handed over again). */
  settle: call(
    z.object({ handover: rowId, outcome: z.enum(['sent', 'notSent']) }),
    z.object({ handover: handoverView }),
  ),
  /** All hot folders, so that one that was removed is missing; of the hand-overs those that changed. */
  changed: event(z.object({ ...snapshotMark, hotFolders: z.array(hotFolderView), handovers: z.array(handoverView) })),
};
