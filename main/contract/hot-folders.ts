import { z } from 'zod';
import { call, event } from './define.ts';
import { fileState, handoverState, itemRef, moment, rowId, slug, snapshotMark } from './values.ts';

/** What the RIP made of a file, told by the subfolder into which it put it. */
export const handoverOutcome = z.enum(['accepted', 'failed']);
export type HandoverOutcome = z.infer<typeof handoverOutcome>;

/** One hand-over of one file to one hot folder, with its evidence. */
export const handoverView = z.object({
  id: rowId,
  fileId: rowId,
  itemId: rowId.nullable(),
  orderId: rowId,
  /** The platform's id of the order. */
  order: z.string(),
  /** Null for a file of the order itself. */
  itemNumber: z.number().int().positive().nullable(),
  hotFolder: slug,
  hotFolderName: z.string(),
  fileName: z.string(),
  role: z.string(),
  /** `problem` too when the RIP refused the file: then `outcome` is `failed`. */
  state: handoverState,
  intendedAt: moment,
  sentAt: moment.nullable(),
  pickedUpAt: moment.nullable(),
  /** True while Undo can still take the file back (it lies in the folder) or call the hand-over off. */
  undoable: z.boolean(),
  /** The file lies longer than the folder's alarm time. */
  overdue: z.boolean(),
  problem: z.string().nullable(),
  /** Null while nothing tells: a plain folder never does. */
  outcome: handoverOutcome.nullable(),
  outcomeAt: moment.nullable(),
  /** Where the RIP put the file, below the hot folder: `Input_Error/J12_cover.pdf`. */
  outcomeIn: z.string().nullable(),
});
export type HandoverView = z.infer<typeof handoverView>;

/** What a hot folder takes; an empty list and a rule that is not there take everything. */
export const acceptRules = z.object({
  platforms: z.array(z.string()).default([]),
  connections: z.array(z.string()).default([]),
  roles: z.array(z.string()).default([]),
  /** Product codes; `*` stands for any run of characters, as in `textbook_*`. */
  products: z.array(z.string()).default([]),
  /** How many pages a file may have, both ends included. */
  pages: z
    .object({ least: z.number().int().min(1), most: z.number().int().min(1).max(1_000_000) })
    .refine(({ least, most }) => least <= most, 'the least number of pages is above the most')
    .optional(),
  /** The trimmed size of a page, upright or turned; each side may differ by the tolerance. */
  trim: z
    .object({
      widthMm: z.number().positive().max(100_000),
      heightMm: z.number().positive().max(100_000),
      toleranceMm: z.number().min(0).max(100).default(1),
    })
    .optional(),
});
export type AcceptRules = z.infer<typeof acceptRules>;

/** The name of a subfolder: one step down, on every system, and never up or elsewhere. */
const folderName = z
  .string()
  .trim()
  .regex(/^(?!\.{1,2}$)[^/\\:*?"<>|\p{Cc}]{1,100}(?<![. ])$/u, 'use the name of a folder that lies in the hot folder');

const isDistinct = (names: readonly string[]): boolean =>
  new Set(names.map((name) => name.toLowerCase())).size === names.length;

/** The subfolders of a hot folder into which the RIP puts the files it is done with. */
export const outcomeFolders = z
  .object({
    accepted: z.array(folderName).max(20).default([]),
    failed: z.array(folderName).max(20).default([]),
  })
  .refine(({ accepted, failed }) => isDistinct([...accepted, ...failed]), 'each folder may be named once');
export type OutcomeFolders = z.infer<typeof outcomeFolders>;

/**
 * How the RIP tells what became of a file. `plain`: it does not. `prinergy`: by the subfolders that Kodak Prinergy
 * makes. `own`: by the subfolders named in `outcome`.
 */
export const hotFolderPreset = z.enum(['plain', 'prinergy', 'own']);
export type HotFolderPreset = z.infer<typeof hotFolderPreset>;

export const hotFolderSettings = z.object({
  id: slug,
  name: z.string().trim().min(1).max(100),
  /** A folder on this machine or a mounted share. */
  path: z.string().min(1),
  /** `auto`: verified files that fit are handed over by the station. `manual`: only when an operator says so. */
  mode: z.enum(['auto', 'manual']).default('manual'),
  accepts: acceptRules.default({ platforms: [], connections: [], roles: [], products: [] }),
  preset: hotFolderPreset.default('plain'),
  /** For the preset `own`; the others pay no heed to it. */
  outcome: outcomeFolders.default({ accepted: [], failed: [] }),
  /** How often the folder is looked at while files lie in it. */
  pollSeconds: z.number().min(1).max(60).default(3),
  /** A file that lies longer than this, and than three times the usual pick-up time, raises an alarm. */
  pickUpAlarmSeconds: z.number().int().min(5).max(86_400).default(600),
});
export type HotFolderSettings = z.infer<typeof hotFolderSettings>;

/** A file of ours: whose it is. All null: it was put there by somebody else, and is never touched. */
const owner = {
  handover: rowId.nullable(),
  orderId: rowId.nullable(),
  /** The platform's id of the order. */
  order: z.string().nullable(),
  itemNumber: z.number().int().positive().nullable(),
};

/** A file that lies in a hot folder. */
export const lyingFile = z.object({ name: z.string(), ...owner, since: moment.nullable() });
export type LyingFile = z.infer<typeof lyingFile>;

/** A file that the RIP took, and what became of it as far as it is known. */
export const takenFile = z.object({
  name: z.string(),
  ...owner,
  pickedUpAt: moment,
  /** How long it lay in the folder; null when nobody watched, as while the station was off. */
  laySeconds: z.number().nonnegative().nullable(),
  outcome: handoverOutcome.nullable(),
  outcomeAt: moment.nullable(),
  outcomeIn: z.string().nullable(),
});
export type TakenFile = z.infer<typeof takenFile>;

export const hotFolderView = hotFolderSettings.extend({
  state: z.enum(['ok', 'offline', 'full']),
  problem: z.string().nullable(),
  /** Files handed over that still lie in it. */
  lying: z.number().int().nonnegative(),
  waiting: z.number().int().nonnegative(),
  oldestLyingSince: moment.nullable(),
  lastPickUpAt: moment.nullable(),
  /** The median of the last 20 pick-ups; null before there were three. */
  usualPickUpSeconds: z.number().positive().nullable(),
  /** After so long a file that still lies raises the alarm. */
  alarmAfterSeconds: z.number().positive(),
  /** A file lies longer than that. */
  stuck: z.boolean(),
  inside: z.object({
    /** When the folder was listed last; null before the first time. */
    lookedAt: moment.nullable(),
    /** Ours first, the oldest first, then those of others; 50 at most. */
    files: z.array(lyingFile).max(50),
    /** How many files of others lie in it. */
    strangers: z.number().int().nonnegative(),
  }),
  /** `none`: the preset names no outcome folders. `missing`: none of them is there, so nothing can be read. */
  outcomes: z.enum(['none', 'unknown', 'read', 'missing']),
  /** The last files that the RIP took, the newest first. */
  taken: z.array(takenFile).max(5),
  /** Declared by the config file: shown, not edited. */
  fromConfig: z.boolean(),
});
export type HotFolderView = z.infer<typeof hotFolderView>;

/** Why a file does not go into a folder: a line, and its parts for a screen that has its own words. */
export const misfit = z.object({
  code: z.enum(['role', 'platform', 'connection', 'product', 'pages', 'trim']),
  detail: z.record(z.string(), z.union([z.string(), z.number()])),
  text: z.string(),
});
export type Misfit = z.infer<typeof misfit>;

/** One file before one folder. */
const fileFit = z.object({
  file: rowId,
  /** `staysBehind`: the folder takes other parts, so it is left out when the whole item is handed over. */
  verdict: z.enum(['goes', 'staysBehind', 'misfit']),
  /** Empty when it goes. */
  reasons: z.array(misfit),
  /** Rules that cannot be judged, as the file was not inspected (yet); they refuse nothing. */
  unknown: z.array(z.enum(['pages', 'trim'])),
  /** It went to this folder before, or is on its way: only `again` hands it over once more. */
  handedOver: z.boolean(),
});

/** One item before one folder. */
export const folderFit = z.object({
  hotFolder: slug,
  /** Something goes, and nothing that would go is a misfit. */
  fits: z.boolean(),
  files: z.array(fileFit),
});
export type FolderFit = z.infer<typeof folderFit>;

/** What can be handed over of an item, and how it fits the hot folders. */
export const itemFits = z.object({
  item: z.object({
    id: rowId,
    orderId: rowId,
    number: z.number().int(),
    title: z.string(),
    copies: z.number().int(),
    held: z.boolean(),
    /** False once it is shipped or cancelled. */
    open: z.boolean(),
  }),
  files: z.array(z.object({ id: rowId, role: z.string(), name: z.string(), state: fileState })),
  folders: z.array(folderFit),
});
export type ItemFits = z.infer<typeof itemFits>;

export const hotFoldersGroup = {
  list: call(
    z.object({}),
    z.object({ ...snapshotMark, hotFolders: z.array(hotFolderView), handovers: z.array(handoverView) }),
    { for: 'everyone' },
  ),
  save: call(z.object({ hotFolder: hotFolderSettings }), z.object({ hotFolder: hotFolderView }), { for: 'manager' }),
  /** Only while nothing lies in it or waits for it. */
  remove: call(z.object({ id: slug }), z.object({}), { for: 'manager' }),
  /** Lists the folder now, as the station else does by itself while files lie in it. */
  look: call(z.object({ id: slug }), z.object({ hotFolder: hotFolderView }), { for: 'everyone' }),
  /** Writes, renames and deletes a small file, measures free space and latency, and looks for the outcome folders. */
  check: call(
    z.object({
      path: z.string().min(1),
      preset: hotFolderPreset.default('plain'),
      outcome: outcomeFolders.default({ accepted: [], failed: [] }),
    }),
    z.object({
      ok: z.boolean(),
      steps: z.array(z.object({ step: z.string(), ok: z.boolean(), detail: z.string() })),
      freeBytes: z.number().nullable(),
      latencyMs: z.number().nullable(),
    }),
  ),
  /** How the files of an item fit what the folders accept: one folder, or all of them. */
  fits: call(z.object({ item: itemRef, hotFolder: slug.optional() }), itemFits, { for: 'everyone' }),
  /**
   * Hands the ready files of an item over: those of parts that the folder takes, or the named ones. Refused with
   * `conflict` and the reasons for a misfit, unless `anyway` says so, and for a file that was handed over already,
   * unless `again` does.
   */
  release: call(
    z.object({
      item: itemRef,
      hotFolder: slug,
      again: z.boolean().default(false),
      anyway: z.boolean().default(false),
      files: z.array(rowId).min(1).optional(),
    }),
    z.object({ handovers: z.array(handoverView) }),
  ),
  /** Takes a file back while the RIP has not taken it; one that the RIP refused is set aside, and stays where the RIP put it. */
  undo: call(z.object({ handover: rowId }), z.object({ handover: handoverView })),
  /** Answers what a crash left open: the file did arrive, or it did not (then it is handed over again). */
  settle: call(
    z.object({ handover: rowId, outcome: z.enum(['sent', 'notSent']) }),
    z.object({ handover: handoverView }),
  ),
  /** All hot folders, so that one that was removed is missing; of the hand-overs those that changed. */
  changed: event(z.object({ ...snapshotMark, hotFolders: z.array(hotFolderView), handovers: z.array(handoverView) })),
};
